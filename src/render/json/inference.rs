//! Corrected shares, differences and gaps, for programs.

use serde::Serialize;

use super::rounded;
use crate::cluster_bootstrap::Interval;
use crate::report::{self, Report};

/// The audit sample.
#[derive(Serialize)]
pub(super) struct Audit<'r> {
    labelled: usize,
    blank: usize,
    lost: usize,
    coders: &'r [String],
    alpha: Option<f64>,
    alpha_low: Option<f64>,
    alpha_high: Option<f64>,
}

impl<'r> Audit<'r> {
    pub(super) fn new(audit: &'r report::AuditFacts) -> Self {
        let interval = audit.alpha.and_then(|alpha| alpha.interval);
        Audit {
            labelled: audit.labelled,
            blank: audit.blank,
            lost: audit.lost,
            coders: &audit.coders,
            alpha: audit.alpha.map(|alpha| rounded(alpha.value)),
            alpha_low: interval.map(|interval| rounded(interval.low)),
            alpha_high: interval.map(|interval| rounded(interval.high)),
        }
    }
}

/// What hand labels say of a stratum.
#[derive(Serialize)]
pub(super) struct Audited<'r> {
    labelled: usize,
    articles: usize,
    complete: bool,
    shares: Vec<AuditedShare<'r>>,
}

/// `share` is null where the hand labels are too few to say.
#[derive(Serialize)]
struct AuditedShare<'r> {
    label: &'r str,
    with_label: f64,
    share: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    standard_error: Option<f64>,
    lambda: Option<f64>,
    over: Option<&'static str>,
}

impl<'r> Audited<'r> {
    pub(super) fn new(report: &'r Report, audited: &report::Audited) -> Self {
        let share = |(label, share): (usize, &report::AuditedShare)| {
            let corrected = share.corrected;
            let interval = corrected.and_then(|corrected| corrected.interval);
            AuditedShare {
                label: report.label(label),
                with_label: rounded(share.with_label),
                share: corrected.map(|corrected| rounded(corrected.value)),
                low: interval.map(|interval| rounded(interval.low)),
                high: interval.map(|interval| rounded(interval.high)),
                standard_error: corrected.map(|corrected| rounded(corrected.standard_error)),
                lambda: corrected.map(|corrected| rounded(corrected.lambda)),
                over: corrected.map(|corrected| corrected.over.name()),
            }
        };
        Audited {
            labelled: audited.labelled,
            articles: audited.articles,
            complete: audited.is_complete,
            shares: audited.shares.iter().enumerate().map(share).collect(),
        }
    }
}

/// Shares that hold where the model errs here as it did in cross-validation.
#[derive(Serialize)]
pub(super) struct AdjustedShares<'r> {
    label: &'r str,
    adjusted: f64,
    low: Option<f64>,
    high: Option<f64>,
    most_likely: Option<f64>,
}

impl<'r> AdjustedShares<'r> {
    pub(super) fn all(report: &'r Report, modelled: &report::AdjustedShares) -> Vec<Self> {
        let of = |(label, adjusted): (usize, &f64)| {
            let interval = modelled.intervals.as_ref().map(|intervals| intervals[label]);
            AdjustedShares {
                label: report.label(label),
                adjusted: rounded(*adjusted),
                low: interval.map(|interval| rounded(interval.low)),
                high: interval.map(|interval| rounded(interval.high)),
                most_likely: modelled.most_likely.as_ref().map(|shares| rounded(shares[label])),
            }
        };
        modelled.adjusted.iter().enumerate().map(of).collect()
    }
}

/// `first` has the larger share.
#[derive(Serialize)]
pub(super) struct Difference<'r> {
    label: &'r str,
    first: &'r str,
    second: &'r str,
    share_first: f64,
    share_second: f64,
    #[serde(rename = "difference")]
    value: f64,
    low: f64,
    high: f64,
    p: f64,
    p_adjusted: f64,
    standing: &'static str,
}

impl<'r> Difference<'r> {
    pub(super) fn new(
        report: &'r Report,
        target: &'r report::TargetSummary,
        found: &report::OutletDifference,
    ) -> Self {
        Difference {
            label: report.label(found.label),
            first: &target.outlets[found.first].outlet,
            second: &target.outlets[found.second].outlet,
            share_first: rounded(found.shares[0]),
            share_second: rounded(found.shares[1]),
            value: rounded(found.difference.value),
            low: rounded(found.difference.interval.low),
            high: rounded(found.difference.interval.high),
            p: rounded(found.difference.p),
            p_adjusted: rounded(found.p_adjusted),
            standing: found.standing.name(),
        }
    }
}

/// `first` has the larger share of own and attributed sentences together.
#[derive(Serialize)]
pub(super) struct Gap<'r> {
    label: &'r str,
    first: &'r str,
    second: &'r str,
    #[serde(rename = "gap")]
    whole: f64,
    selection: f64,
    selection_low: Option<f64>,
    selection_high: Option<f64>,
    wording: f64,
    wording_low: Option<f64>,
    wording_high: Option<f64>,
    corrected: bool,
}

impl<'r> Gap<'r> {
    pub(super) fn new(
        report: &'r Report,
        target: &'r report::TargetSummary,
        gap: &report::Gap,
    ) -> Self {
        let end = |part: usize, of: fn(Interval) -> f64| {
            gap.intervals.map(|intervals| rounded(of(intervals[part])))
        };
        Gap {
            label: report.label(gap.label),
            first: &target.outlets[gap.first].outlet,
            second: &target.outlets[gap.second].outlet,
            whole: rounded(gap.split.gap()),
            selection: rounded(gap.split.selection),
            selection_low: end(0, |interval| interval.low),
            selection_high: end(0, |interval| interval.high),
            wording: rounded(gap.split.wording),
            wording_low: end(1, |interval| interval.low),
            wording_high: end(1, |interval| interval.high),
            corrected: gap.is_corrected,
        }
    }
}
