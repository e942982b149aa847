//! Whom each outlet quotes most.

use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::{Column, LabelRow, LabelTable, Table};
use crate::render::wording;
use crate::report::{OutletSummary, Report, Speaker, TargetSummary};

/// Maximum number of speakers shown of each outlet.
const MOST: usize = 3;

/// The most quoted of each outlet, and what those of their sentences express that name the target.
pub(crate) fn tables(report: &Report, target: &TargetSummary) -> Vec<Table> {
    let n_labels = report.provenance.labels.len();
    let naming = if target.name.is_empty() { "read" } else { "on target" };
    let table = LabelTable {
        caption: "Most quoted".to_owned(),
        names: ["outlet", "speaker"].map(Column::text).to_vec(),
        counts: ["sentences", naming].map(Column::number).to_vec(),
        measures: |label| vec![Column::number(format!("{label} %"))],
        rows: target.outlets.iter().flat_map(|outlet| rows(outlet, n_labels)).collect(),
    };
    table.wide(&report.provenance.labels)
}

fn share(speaker: &Speaker, label: usize) -> Cell {
    Cell::share(speaker.about.mean(label)).of_sentences(speaker.about.sentences())
}

fn rows(outlet: &OutletSummary, n_labels: usize) -> impl Iterator<Item = LabelRow> {
    let names = |speaker: String| vec![Cell::outlet(&outlet.outlet), Cell::text(speaker)];
    let row = move |speaker: &Speaker| LabelRow {
        names: names(wording::or(sanitize::name(&speaker.name), "(no name)")),
        counts: [speaker.sentences, speaker.about.sentences()].map(Cell::count).to_vec(),
        measures: (0..n_labels).map(|label| vec![share(speaker, label)]).collect(),
    };
    let unresolved = outlet.speakers.unresolved;
    let rest = (unresolved > 0).then(|| LabelRow {
        names: names("(speaker not found)".to_owned()),
        counts: vec![Cell::count(unresolved), Cell::missing()],
        measures: vec![vec![Cell::missing()]; n_labels],
    });
    outlet.speakers.most_quoted.iter().take(MOST).map(row).chain(rest)
}
