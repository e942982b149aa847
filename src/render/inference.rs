//! Corrected shares, differences and gaps in tables and words. The words never say more than the
//! evidence allows.

use std::ops::Range;

use super::sanitize;
use super::table::{self, Table, figures, words};
use super::wording::{self, NONE};
use crate::cluster_bootstrap::Interval;
use crate::report::{
    AdjustedShares, Audited, Gap, OutletDifference, OutletSummary, Report, Significance, Stratum,
    TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// So many differences are told in words; all stand in JSON.
const TOLD: usize = 10;

/// Says what the columns of corrected shares are.
pub(super) const CORRECTED: &str = "Corrected by hand labels (prediction-powered inference): of \
    each label its share of all sentences (%), the 95 % interval, and how many of the sentences \
    labelled by hand have it (hand). Fewer than 30 labels, or fewer than 5 with or without the label, \
    are too few to say (too few). Where every sentence is labelled in few articles, it is counted and \
    nothing is left to chance.";

/// Says what the columns of model-based shares are.
pub(super) const MODELLED: &str = "Model-based: assumes that errors are alike in every outlet, and \
    as in the model's cross-validation. Of each label the counted predictions, adjusted by these \
    errors (%), their 95 % interval, the most likely share (EM), and the raw count (n). Where % and \
    EM lie far apart the assumption fails; where they agree it may fail all the same.";

/// Says what a gap is parted into.
pub(super) const GAPS: &str = "Why shares of all sentences, own and attributed, differ: whom \
    outlets quote and how much (selection), or what is said within each voice (wording).";

/// The corrected shares of one voice; no table without hand labels.
pub(super) fn corrected(report: &Report, target: &TargetSummary, voice: Voice) -> Vec<Table> {
    let with_labels = |stratum: &&Stratum| stratum.audited.is_some();
    if !strata(target, voice).any(|(_, stratum)| with_labels(&stratum)) {
        return Vec::new();
    }
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), figures("", "sentences"), figures("", "labelled")];
        for name in &report.provenance.labels[labels.clone()] {
            columns.extend(["%", "95 %", "hand"].map(|column| figures(name, column)));
        }
        let row = |(outlet, stratum): (&OutletSummary, &Stratum)| {
            let labelled = stratum.audited.as_ref().map_or(0, |audited| audited.labelled);
            let mut row = vec![wording::outlet(&outlet.outlet), stratum.sentences.to_string()];
            row.push(labelled.to_string());
            let audited = stratum.audited.as_ref();
            row.extend(labels.clone().flat_map(|label| corrected_cells(audited, label)));
            row
        };
        let named = wording::stratum(voice, TargetRelation::Mention, target.name.is_empty());
        Table {
            caption: format!("{named}, corrected by hand labels"),
            columns,
            rows: strata(target, voice).map(row).collect(),
        }
    };
    table::label_groups(&report.provenance.labels).map(table).collect()
}

fn strata(
    target: &TargetSummary,
    voice: Voice,
) -> impl Iterator<Item = (&OutletSummary, &Stratum)> {
    let outlets = target.outlets.iter();
    outlets
        .filter_map(move |outlet| Some((outlet, outlet.stratum(voice, TargetRelation::Mention)?)))
}

fn corrected_cells(audited: Option<&Audited>, label: usize) -> [String; 3] {
    let share = audited.and_then(|audited| audited.shares.get(label));
    let Some(share) = share else { return [NONE, "too few", NONE].map(str::to_owned) };
    let hand = format!("{:.0}", share.with_label);
    match share.corrected {
        None => [NONE.to_owned(), "too few".to_owned(), hand],
        Some(corrected) => {
            let interval = match corrected.interval {
                None => "counted".to_owned(),
                some => wording::interval(some),
            };
            [wording::percent(corrected.value), interval, hand]
        }
    }
}

/// The model-based shares of one voice; no table where there are none.
pub(super) fn modelled(report: &Report, target: &TargetSummary, voice: Voice) -> Vec<Table> {
    if strata(target, voice).all(|(_, stratum)| stratum.modelled.is_none()) {
        return Vec::new();
    }
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet")];
        for name in &report.provenance.labels[labels.clone()] {
            columns.extend(["%", "95 %", "EM", "n"].map(|column| figures(name, column)));
        }
        let row = |(outlet, stratum): (&OutletSummary, &Stratum)| {
            let cells = labels.clone().flat_map(|label| {
                let modelled = modelled_cells(stratum.modelled.as_ref(), label);
                let count = stratum.shares.get(label).map(|share| share.predicted.to_string());
                modelled.into_iter().chain([wording::or(count.unwrap_or_default(), NONE)])
            });
            std::iter::once(wording::outlet(&outlet.outlet)).chain(cells).collect()
        };
        let named = wording::stratum(voice, TargetRelation::Mention, target.name.is_empty());
        Table {
            caption: format!("{named}, model-based"),
            columns,
            rows: strata(target, voice).map(row).collect(),
        }
    };
    table::label_groups(&report.provenance.labels).map(table).collect()
}

fn modelled_cells(modelled: Option<&AdjustedShares>, label: usize) -> [String; 3] {
    let Some(modelled) = modelled else { return [NONE; 3].map(str::to_owned) };
    let likely = modelled.most_likely.as_ref().map(|shares| shares[label]);
    [
        wording::percent(modelled.adjusted[label]),
        wording::interval(modelled.intervals.as_ref().map(|intervals| intervals[label])),
        wording::maybe_percent(likely),
    ]
}

/// What may be said of the differences between outlets' own voices, a sentence each.
pub(super) fn differences(report: &Report, target: &TargetSummary) -> Vec<String> {
    let settled = |found: &&OutletDifference| found.standing != Significance::Open;
    let mut told: Vec<String> = target
        .differences
        .iter()
        .filter(settled)
        .take(TOLD)
        .map(|found| difference(report, target, found))
        .collect();
    let n_settled = target.differences.iter().filter(settled).count();
    if n_settled > TOLD {
        told.push(format!("Not told here: {} more such differences.", n_settled - TOLD));
    }
    match target.differences.len() - n_settled {
        0 => {}
        1 => told.push("The other comparison: the data do not separate the outlets.".to_owned()),
        open => told.push(format!(
            "In {open} of {} comparisons (pairs of outlets, labels) the data do not separate the \
             outlets. That does not show that they are alike.",
            target.differences.len()
        )),
    }
    told
}

fn difference(report: &Report, target: &TargetSummary, found: &OutletDifference) -> String {
    let outlet = |at: usize| wording::outlet(&target.outlets[at].outlet);
    let about = match sanitize::name(&target.name) {
        name if name.is_empty() => String::new(),
        name => format!(" about {name}"),
    };
    let figures = format!(
        "{} % vs {} %; difference {} points, 95 % interval {}; p {} among all comparisons",
        wording::percent(found.shares[0]),
        wording::percent(found.shares[1]),
        points(found.difference.value),
        points_interval(found.difference.interval),
        probability(found.p_adjusted),
    );
    let said = format!(
        "{}'s own-voice sentences{about} were more often {} than {}'s ({figures})",
        outlet(found.first),
        sanitize::name(report.label(found.label)),
        outlet(found.second),
    );
    match found.standing {
        Significance::Firm => format!("In this coverage, {said}."),
        Significance::Tentative | Significance::Open => {
            format!("The hand labels suggest, but do not settle, that in this coverage {said}.")
        }
    }
}

/// A gap with its two parts, in one line.
pub(super) fn gap(report: &Report, target: &TargetSummary, gap: &Gap) -> String {
    let outlet = |at: usize| wording::outlet(&target.outlets[at].outlet);
    let part = |at: usize, value: f64| match gap.intervals {
        Some(intervals) => format!("{} ({})", points(value), points_interval(intervals[at])),
        None => points(value),
    };
    format!(
        "{}: {} {} points over {} = {} from selection, {} from wording{}",
        sanitize::name(report.label(gap.label)),
        outlet(gap.first),
        points(gap.split.gap()),
        outlet(gap.second),
        part(0, gap.split.selection),
        part(1, gap.split.wording),
        if gap.is_corrected { "" } else { " (by the model's probabilities)" },
    )
}

/// Whole points with a sign, as in `+14` or `−3`.
pub(super) fn points(share: f64) -> String {
    match (share * 100.0).round() {
        points if !points.is_finite() => NONE.to_owned(),
        points if points > 0.0 => format!("+{points:.0}"),
        points if points < 0.0 => format!("−{:.0}", -points),
        _ => "0".to_owned(),
    }
}

/// Both ends of an interval in whole points.
pub(super) fn points_interval(interval: Interval) -> String {
    format!("{} to {}", points(interval.low), points(interval.high))
}

fn probability(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { format!("{p:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_carry_their_sign() {
        let cases = [(0.144, "+14"), (-0.03, "−3"), (0.002, "0"), (-0.002, "0"), (f64::NAN, "–")];
        for (share, expected) in cases {
            assert_eq!(points(share), expected);
        }
        assert_eq!(points_interval(Interval { low: -0.04, high: 0.1 }), "−4 to +10");
    }
}
