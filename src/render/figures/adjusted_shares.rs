//! Shares corrected by hand labels (Angelopoulos et al. 2023, prediction-powered inference), and
//! shares adjusted by the model's errors in its cross-validation.

use crate::render::cell::Cell;
use crate::render::table::{Column, LabelRow, LabelTable, Table};
use crate::render::wording;
use crate::report::{OutletSummary, Report, Stratum, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Says what the columns of corrected shares are.
pub(crate) const CORRECTED: &str = "Corrected by hand labels (prediction-powered inference): of \
    each label its share of all sentences (%), the 95 % interval, and how many of the sentences \
    labelled by hand have it (hand). Fewer than 30 labels, or fewer than 5 with or without the label, \
    are too few to say (too few). Where every sentence is labelled in few articles, it is counted and \
    nothing is left to chance.";

/// Says what the columns of model-based shares are.
pub(crate) const MODELLED: &str = "Model-based: assumes that errors are alike in every outlet, and \
    as in the model's cross-validation. Of each label the counted predictions, adjusted by these \
    errors (%), their 95 % interval, the most likely share (EM), and the raw count (n). Where % and \
    EM lie far apart the assumption fails; where they agree it may fail all the same.";

/// The corrected shares of one voice; no table without hand labels.
pub(crate) fn corrected(report: &Report, target: &TargetSummary, voice: Voice) -> Vec<Table> {
    let labels = &report.provenance.labels;
    let row = |(outlet, stratum): (&OutletSummary, &Stratum)| LabelRow {
        names: vec![Cell::outlet(&outlet.outlet)],
        counts: vec![Cell::count(stratum.sentences), labelled(stratum)],
        measures: (0..labels.len()).map(|label| corrected_cells(stratum, label).to_vec()).collect(),
    };
    let table = LabelTable {
        caption: caption(target, voice, "corrected by hand labels"),
        names: vec![Column::text("outlet")],
        counts: ["sentences", "labelled"].map(Column::number).to_vec(),
        measures: |label| ["%", "95 %", "hand"].map(|name| Column::number(name).of(label)).to_vec(),
        rows: strata(target, voice, |stratum| stratum.audited.is_some())
            .into_iter()
            .map(row)
            .collect(),
    };
    table.wide(labels)
}

/// The model-based shares of one voice; no table where there are none.
pub(crate) fn modelled(report: &Report, target: &TargetSummary, voice: Voice) -> Vec<Table> {
    let labels = &report.provenance.labels;
    let cells = |stratum: &Stratum, label: usize| {
        let share = stratum.shares.get(label);
        let count = Cell::maybe(share, |share| Cell::count(share.predicted));
        modelled_cells(stratum, label).into_iter().chain([count]).collect()
    };
    let row = |(outlet, stratum): (&OutletSummary, &Stratum)| LabelRow {
        names: vec![Cell::outlet(&outlet.outlet)],
        counts: Vec::new(),
        measures: (0..labels.len()).map(|label| cells(stratum, label)).collect(),
    };
    let table = LabelTable {
        caption: caption(target, voice, "model-based"),
        names: vec![Column::text("outlet")],
        counts: Vec::new(),
        measures: |label| {
            ["%", "95 %", "EM", "n"].map(|name| Column::number(name).of(label)).to_vec()
        },
        rows: strata(target, voice, |stratum| stratum.modelled.is_some())
            .into_iter()
            .map(row)
            .collect(),
    };
    table.wide(labels)
}

fn caption(target: &TargetSummary, voice: Voice, method: &str) -> String {
    let sentences = wording::stratum(voice, TargetRelation::Mention, target.name.is_empty());
    format!("{sentences}, {method}")
}

/// The sentences of each outlet that name the target; of no outlet where none is adjusted.
fn strata(
    target: &TargetSummary,
    voice: Voice,
    is_adjusted: fn(&Stratum) -> bool,
) -> Vec<(&OutletSummary, &Stratum)> {
    let stratum =
        |outlet| Some((outlet, OutletSummary::stratum(outlet, voice, TargetRelation::Mention)?));
    let all: Vec<_> = target.outlets.iter().filter_map(stratum).collect();
    if all.iter().any(|(_, stratum)| is_adjusted(stratum)) { all } else { Vec::new() }
}

/// How many sentences are labelled by hand.
pub(super) fn labelled(stratum: &Stratum) -> Cell {
    match &stratum.audited {
        None => Cell::missing().shown_as("0"),
        Some(audited) => Cell::count(audited.labelled),
    }
}

/// A label's corrected share, its interval, and how many of the labelled sentences have the label.
pub(super) fn corrected_cells(stratum: &Stratum, label: usize) -> [Cell; 3] {
    let share = stratum.audited.as_ref().and_then(|audited| audited.shares.get(label));
    let corrected = share.and_then(|share| share.corrected.as_ref());
    let interval = Cell::interval(corrected.and_then(|corrected| corrected.interval));
    let interval = match corrected {
        None => interval.shown_as("too few"),
        Some(corrected) if corrected.interval.is_none() => interval.shown_as("counted"),
        Some(_) => interval,
    };
    let with_label = Cell::maybe(share, |share| Cell::weight(share.with_label));
    let value = Cell::share(corrected.map(|corrected| corrected.value));
    [value.of_sentences(stratum.sentences), interval, with_label]
}

/// A label's adjusted share, its interval, and its most likely share.
pub(super) fn modelled_cells(stratum: &Stratum, label: usize) -> [Cell; 3] {
    let share = stratum.modelled.as_ref().and_then(|shares| shares.get(label));
    [
        Cell::share(share.map(|share| share.adjusted)),
        Cell::interval(share.and_then(|share| share.interval)),
        Cell::share(share.and_then(|share| share.most_likely)),
    ]
}
