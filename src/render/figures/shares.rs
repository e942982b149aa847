//! The shares of the labels, by outlet, voice and relation to the target.

use super::adjusted_shares;
use crate::render::cell::Cell;
use crate::render::table::{Column, LabelRow, LabelTable, Table};
use crate::render::wording::{self, NONE};
use crate::report::{OutletSummary, Report, Share, Stratum, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Says what the columns of the tables of shares are.
pub(crate) const KEY: &str = "Of each label: its share (%), the 95 % interval of the share \
    over articles (95 %), and the raw count of sentences with that label (n).";

/// What CSV says of each label beside its share: the fields of each cell.
const ESTIMATES: [&[&str]; 10] = [
    &["labelled"],
    &["with_label"],
    &["corrected"],
    &["corrected_low", "corrected_high"],
    &["model_based"],
    &["model_based_low", "model_based_high"],
    &["most_likely"],
    &["unshared_sentences"],
    &["unshared"],
    &["unshared_low", "unshared_high"],
];

/// The shares of one voice, outlet by outlet; no table where no outlet has such sentences.
pub(crate) fn of_stratum(
    report: &Report,
    target: &TargetSummary,
    voice: Voice,
    about: TargetRelation,
) -> Vec<Table> {
    let found = |outlet| Some((outlet, OutletSummary::stratum(outlet, voice, about)?));
    let strata: Vec<(&OutletSummary, &Stratum)> = target.outlets.iter().filter_map(found).collect();
    if strata.iter().all(|(_, stratum)| stratum.sentences == 0) {
        return Vec::new();
    }
    let caption = wording::stratum(voice, about, target.name.is_empty());
    let rows = strata.into_iter().map(|(outlet, stratum)| row(report, target, outlet, stratum));
    table(caption, "sentences", rows.collect()).wide(&report.provenance.labels)
}

/// All shares with their corrections, for CSV.
pub(super) fn all(report: &Report) -> Table {
    let outlets = report
        .targets
        .iter()
        .flat_map(|target| target.outlets.iter().map(move |outlet| (target, outlet)));
    let rows = outlets.flat_map(|(target, outlet)| {
        outlet.strata.iter().map(move |stratum| row(report, target, outlet, stratum))
    });
    table(String::new(), "sentences", rows.collect()).long(&report.provenance.labels)
}

/// Shares of sentences, or of passages.
pub(super) fn table(caption: String, unit: &str, rows: Vec<LabelRow>) -> LabelTable {
    let names = ["target", "voice", "about"].map(|name| Column::csv_only(&[name]));
    LabelTable {
        caption,
        names: [Column::text("outlet")].into_iter().chain(names).collect(),
        counts: vec![Column::number("articles"), Column::number(unit).fields(&["sentences"])],
        measures: |label| {
            let estimates = ESTIMATES.iter().map(|fields| Column::csv_only(fields));
            columns(label).into_iter().chain(estimates).collect()
        },
        rows,
    }
}

fn row(
    report: &Report,
    target: &TargetSummary,
    outlet: &OutletSummary,
    stratum: &Stratum,
) -> LabelRow {
    let measures = |label: usize| {
        let [corrected, interval, with_label] = adjusted_shares::corrected_cells(stratum, label);
        let labelled = [adjusted_shares::labelled(stratum), with_label, corrected, interval];
        let mut cells: Vec<Cell> = cells(stratum.shares.get(label));
        cells[..2].iter_mut().for_each(|cell| *cell = cell.clone().of_sentences(stratum.sentences));
        cells.extend(labelled);
        cells.extend(adjusted_shares::modelled_cells(stratum, label));
        cells.extend(unshared_cells(outlet, stratum, label));
        cells
    };
    LabelRow {
        names: vec![
            Cell::outlet(&outlet.outlet),
            Cell::text(&target.name),
            Cell::text(stratum.voice.name()),
            Cell::text(stratum.about.name()),
        ],
        counts: vec![Cell::count(stratum.articles as u64), Cell::count(stratum.sentences)],
        measures: (0..report.provenance.labels.len()).map(measures).collect(),
    }
}

/// The share without what others print too; empty where nothing is shared, and for all but the
/// own-voice sentences that name the target.
fn unshared_cells(outlet: &OutletSummary, stratum: &Stratum, label: usize) -> [Cell; 3] {
    let has_rest = (stratum.voice, stratum.about) == (Voice::Outlet, TargetRelation::Mention);
    let rest = outlet.unshared.as_ref().filter(|_| has_rest);
    let [share, interval, _] = three_cells(rest.and_then(|rest| rest.shares.get(label)));
    [Cell::maybe(rest, |rest| Cell::count(rest.sentences)), share, interval]
}

/// The own-voice shares without what others print too, beside the whole; outlets that share nothing
/// are left out.
pub(crate) fn unshared(report: &Report, target: &TargetSummary) -> Vec<Table> {
    let row = |outlet: &OutletSummary| {
        let rest = outlet.unshared.as_ref()?;
        let whole = outlet.stratum(Voice::Outlet, TargetRelation::Mention);
        let measures = |label: usize| {
            let [share, interval, _] =
                three_cells(rest.shares.get(label)).map(|cell| cell.of_sentences(rest.sentences));
            let all = whole.and_then(|whole| Some(whole.shares.get(label)?.mean));
            let n_all = whole.map_or(0, |whole| whole.sentences);
            vec![share, interval, Cell::share(all).of_sentences(n_all)]
        };
        Some(LabelRow {
            names: vec![Cell::outlet(&outlet.outlet)],
            counts: [rest.sentences, rest.left_out].map(Cell::count).to_vec(),
            measures: (0..report.provenance.labels.len()).map(measures).collect(),
        })
    };
    let sentences =
        wording::stratum(Voice::Outlet, TargetRelation::Mention, target.name.is_empty());
    let table = LabelTable {
        caption: format!("{sentences}, without what other outlets or agencies print too"),
        names: vec![Column::text("outlet")],
        counts: ["sentences", "left out"].map(Column::number).to_vec(),
        measures: |label| {
            ["%", "95 %", "all %"].map(|name| Column::number(name).of(label)).to_vec()
        },
        rows: target.outlets.iter().filter_map(row).collect(),
    };
    table.wide(&report.provenance.labels)
}

/// The columns of a label's share.
pub(super) fn columns(label: &str) -> Vec<Column> {
    let columns: [(&str, &[&str]); 3] =
        [("%", &["share"]), ("95 %", &["low", "high"]), ("n", &["count"])];
    columns.map(|(name, fields)| Column::number(name).of(label).fields(fields)).to_vec()
}

/// A label's share, its interval, and the count of sentences that get the label.
pub(super) fn cells(share: Option<&Share>) -> Vec<Cell> {
    three_cells(share).to_vec()
}

fn three_cells(share: Option<&Share>) -> [Cell; 3] {
    let count = match share {
        None => Cell::count(0).shown_as(NONE),
        Some(share) => Cell::count(share.predicted),
    };
    let interval = share.and_then(|share| share.interval);
    [Cell::share(share.map(|share| share.mean)), Cell::interval(interval), count]
}
