//! The tables of a report, before any format is chosen.

use std::ops::Range;

use super::sanitize;
use super::wording;
use crate::report::{Outlet, OutletSummary, Report, Share, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// So many labels stand side by side; a model with more gets several tables.
const LABELS: usize = 3;

/// A table whose first column names its rows.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// What it shares with its neighbours, such as a label; empty where it stands alone.
    pub(super) group: String,
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// How a column's cells are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Words,
    Figures,
}

/// A column of words.
pub(super) fn words(name: &str) -> Column {
    Column { group: String::new(), name: name.to_owned(), kind: Kind::Words }
}

/// A column of figures.
pub(super) fn figures(group: &str, name: &str) -> Column {
    Column { group: group.to_owned(), name: name.to_owned(), kind: Kind::Figures }
}

/// What was read of each outlet.
pub(super) fn coverage(report: &Report) -> Table {
    let names = ["articles", "sentences", "words", "shared", "comments", "menus"];
    let mut columns = vec![words("outlet")];
    columns.extend(names.map(|name| figures("", name)));
    columns.push(words("days"));
    let row = |outlet: &Outlet| {
        let counts = &outlet.counts;
        let numbers = [
            counts.articles,
            counts.sentences,
            counts.words,
            counts.shared,
            counts.comments,
            counts.boilerplate,
        ];
        let mut row = vec![wording::outlet(&outlet.name)];
        row.extend(numbers.map(|number| number.to_string()));
        row.push(wording::days(counts).unwrap_or_else(|| wording::NONE.to_owned()));
        row
    };
    Table {
        caption: "What was read".to_owned(),
        columns,
        rows: report.outlets.iter().map(row).collect(),
    }
}

/// The shares of one voice, outlet by outlet; no table where no outlet has such sentences.
pub(super) fn shares(
    report: &Report,
    target: &TargetSummary,
    voice: Voice,
    about: TargetRelation,
) -> Vec<Table> {
    let strata = || target.outlets.iter().filter_map(move |outlet| outlet.stratum(voice, about));
    if strata().all(|stratum| stratum.sentences == 0) {
        return Vec::new();
    }
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), figures("", "articles"), figures("", "sentences")];
        for name in &report.provenance.labels[labels.clone()] {
            columns.extend(["%", "95 %", "n"].map(|column| figures(name, column)));
        }
        let row = |outlet: &OutletSummary| {
            let stratum = outlet.stratum(voice, about)?;
            let counts = [stratum.articles.to_string(), stratum.sentences.to_string()];
            let mut row = vec![wording::outlet(&outlet.outlet)];
            row.extend(counts);
            row.extend(labels.clone().flat_map(|label| share(stratum.shares.get(label))));
            Some(row)
        };
        Table {
            caption: wording::stratum(voice, about, target.name.is_empty()),
            columns,
            rows: target.outlets.iter().filter_map(row).collect(),
        }
    };
    label_groups(&report.provenance.labels).map(table).collect()
}

/// The own-voice shares without what others print too, beside the whole; outlets that share nothing
/// are left out.
pub(super) fn unshared(report: &Report, target: &TargetSummary) -> Vec<Table> {
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), figures("", "sentences"), figures("", "left out")];
        for name in &report.provenance.labels[labels.clone()] {
            columns.extend(["%", "95 %", "all %"].map(|column| figures(name, column)));
        }
        let row = |outlet: &OutletSummary| {
            let rest = outlet.unshared.as_ref()?;
            let whole = outlet.stratum(Voice::Outlet, TargetRelation::Mention);
            let mut row = vec![wording::outlet(&outlet.outlet), rest.sentences.to_string()];
            row.push(rest.left_out.to_string());
            row.extend(labels.clone().flat_map(|label| {
                let [percent, interval, _] = share(rest.shares.get(label));
                let all = whole.and_then(|whole| Some(whole.shares.get(label)?.mean));
                [percent, interval, wording::maybe_percent(all)]
            }));
            Some(row)
        };
        let named =
            wording::stratum(Voice::Outlet, TargetRelation::Mention, target.name.is_empty());
        Table {
            caption: format!("{named}, without what other outlets or agencies print too"),
            columns,
            rows: target.outlets.iter().filter_map(row).collect(),
        }
    };
    let tables = label_groups(&report.provenance.labels).map(table);
    tables.filter(|table| !table.rows.is_empty()).collect()
}

pub(super) fn share(share: Option<&Share>) -> [String; 3] {
    match share {
        None => [wording::NONE; 3].map(str::to_owned),
        Some(share) => [
            wording::percent(share.mean),
            wording::interval(share.interval),
            share.predicted.to_string(),
        ],
    }
}

/// Who is quoted most, so many of each outlet, and what those of their sentences express that name
/// the target.
pub(super) fn speakers(report: &Report, target: &TargetSummary, most: usize) -> Vec<Table> {
    let table = |labels: Range<usize>| {
        let naming = if target.name.is_empty() { "read" } else { "on target" };
        let mut columns = vec![words("outlet"), words("speaker")];
        columns.extend(["sentences", naming].map(|name| figures("", name)));
        columns.extend(percent_columns(report, labels.clone()));
        let rows = |outlet: &OutletSummary| speaker_rows(outlet, &labels, most);
        Table {
            caption: "Most quoted".to_owned(),
            columns,
            rows: target.outlets.iter().flat_map(rows).collect(),
        }
    };
    label_groups(&report.provenance.labels)
        .map(table)
        .filter(|table| !table.rows.is_empty())
        .collect()
}

fn speaker_rows(outlet: &OutletSummary, labels: &Range<usize>, most: usize) -> Vec<Vec<String>> {
    let name = || wording::outlet(&outlet.outlet);
    let mut rows: Vec<Vec<String>> = (outlet.speakers.most_quoted.iter().take(most))
        .map(|speaker| {
            let counts = [speaker.sentences, speaker.about.sentences()];
            let mut row = vec![name(), wording::or(sanitize::name(&speaker.name), "(no name)")];
            row.extend(counts.map(|count| count.to_string()));
            row.extend(
                labels.clone().map(|label| wording::maybe_percent(speaker.about.mean(label))),
            );
            row
        })
        .collect();
    if outlet.speakers.unresolved > 0 {
        let mut row = vec![name(), "(speaker not found)".to_owned()];
        row.push(outlet.speakers.unresolved.to_string());
        row.resize(4 + labels.len(), wording::NONE.to_owned());
        rows.push(row);
    }
    rows
}

fn percent_columns(report: &Report, labels: Range<usize>) -> impl Iterator<Item = Column> {
    report.provenance.labels[labels].iter().map(|label| figures("", &format!("{label} %")))
}

/// The labels that stand side by side in a table.
pub(super) fn label_groups(labels: &[String]) -> impl Iterator<Item = Range<usize>> + use<> {
    let labels = labels.len();
    (0..labels).step_by(LABELS).map(move |start| start..(start + LABELS).min(labels))
}
