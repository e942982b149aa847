//! Differences between outlets: size, significance, and what they allow to conclude.

use serde::Serialize;

use super::audit_sample::AuditFacts;
use super::label_corrected_shares::Corrected;
use super::serialize::{ends, rounded};
use super::voice_stratum::{self, Stratum};
use crate::category::{Categories, Category};
use crate::cluster_bootstrap::Interval;
use crate::statistics::multiple_comparisons::{self, holm};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// The difference of one label's corrected shares in the own voice of two outlets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletDifference {
    /// The label.
    pub label: Category,
    /// The outlet with the larger share.
    pub first: Category,
    /// The other one.
    pub second: Category,
    /// The first outlet's corrected share.
    #[serde(serialize_with = "rounded")]
    pub share_first: f64,
    /// The other one's.
    #[serde(serialize_with = "rounded")]
    pub share_second: f64,
    /// The first share less the second.
    #[serde(serialize_with = "rounded")]
    pub difference: f64,
    /// 95 %, of this difference alone.
    #[serde(flatten, serialize_with = "ends")]
    pub interval: Interval,
    /// The p value of this comparison alone.
    #[serde(serialize_with = "rounded")]
    pub p: f64,
    /// The p value, adjusted for all comparisons (Holm 1979).
    #[serde(serialize_with = "rounded")]
    pub p_adjusted: f64,
    /// How firm it is.
    pub standing: Significance,
}

impl OutletDifference {
    /// Whether it is there when all comparisons are tested together.
    pub fn is_sure_of_all(&self) -> bool {
        self.p_adjusted < LEVEL
    }
}

/// How firm the evidence for a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Significance {
    /// It is there: sure among all comparisons, and coders agree (alpha of 0.80 or more).
    Firm,
    /// It is suggested: sure by itself alone, or coded by one person, or alpha from 0.667 on.
    Tentative,
    /// The outlets cannot be told apart.
    Open,
}

impl Significance {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Significance::Firm => "firm",
            Significance::Tentative => "tentative",
            Significance::Open => "open",
        }
    }
}

/// Significance level.
const LEVEL: f64 = 0.05;

/// From this alpha on coders agree firmly, and from the second on tentatively (Krippendorff 2004).
const FIRM_ALPHA: f64 = 0.8;
const TENTATIVE_ALPHA: f64 = 0.667;

/// Every pair of outlets and every label for which both have a share that may be told; the surest first.
/// `strata` and `names` are those of each outlet.
pub(super) fn differences(
    strata: &[&[Stratum]],
    names: &Categories,
    audit: Option<&AuditFacts>,
) -> Vec<OutletDifference> {
    let Some(audit) = audit else { return Vec::new() };
    let mut found = Vec::new();
    for first in 0..strata.len() {
        for second in first + 1..strata.len() {
            let pair = [strata[first], strata[second]].map(own_voice);
            let [Some(a), Some(b)] = pair else { continue };
            found.extend(between((first, a), (second, b), names));
        }
    }
    let p: Vec<f64> = found.iter().map(|found| found.p).collect();
    for (found, p_adjusted) in found.iter_mut().zip(holm(&p)) {
        found.p_adjusted = p_adjusted;
        found.standing = standing(found.p, p_adjusted, audit.alpha.map(|alpha| alpha.value));
    }
    found.sort_by(|a, b| {
        let places = |d: &OutletDifference| (d.label.index, d.first.index, d.second.index);
        a.p.total_cmp(&b.p).then_with(|| places(a).cmp(&places(b)))
    });
    found
}

fn own_voice(strata: &[Stratum]) -> Option<&Stratum> {
    voice_stratum::find(strata, Voice::Outlet, TargetRelation::Mention)
}

fn between(
    (first, a): (usize, &Stratum),
    (second, b): (usize, &Stratum),
    names: &Categories,
) -> impl Iterator<Item = OutletDifference> {
    let labels = 0..a.shares.len().min(b.shares.len());
    labels.filter_map(move |label| {
        let (mut first, mut second) = ((first, a.told(label)?), (second, b.told(label)?));
        if first.1.value < second.1.value {
            (first, second) = (second, first);
        }
        // Where every sentence is labelled its counts differ or do not: there is nothing to test.
        let is_census = |corrected: &Corrected| corrected.interval.is_none();
        if is_census(first.1) && is_census(second.1) {
            return None;
        }
        let side = |corrected: &Corrected| (corrected.value, corrected.standard_error);
        let found = multiple_comparisons::difference(side(first.1), side(second.1))?;
        Some(OutletDifference {
            label: a.shares[label].label.clone(),
            first: Category::new(first.0, names),
            second: Category::new(second.0, names),
            share_first: first.1.value,
            share_second: second.1.value,
            difference: found.value,
            interval: found.interval,
            p: found.p,
            p_adjusted: 1.0,
            standing: Significance::Open,
        })
    })
}

/// How firm a difference is, given the agreement of coders; none where one person coded.
pub(super) fn standing(p: f64, p_adjusted: f64, alpha: Option<f64>) -> Significance {
    match alpha {
        Some(alpha) if alpha < TENTATIVE_ALPHA => Significance::Open,
        Some(alpha) if alpha >= FIRM_ALPHA && p_adjusted < LEVEL => Significance::Firm,
        _ if p < LEVEL => Significance::Tentative,
        _ => Significance::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Over;
    use crate::report::fixture::labels;
    use crate::report::label_corrected_shares::{Audited, AuditedShare};
    use crate::report::share::Share;

    /// Own sentences that name the target, with a share of the first label.
    fn stratum(sentences: u64, corrected: Corrected) -> Stratum {
        let label = Category::new(0, &labels());
        let share = AuditedShare {
            label: label.clone(),
            with_label: corrected.value * sentences as f64,
            corrected: Some(corrected),
        };
        let is_complete = corrected.interval.is_none();
        Stratum {
            voice: Voice::Outlet,
            about: TargetRelation::Mention,
            articles: 9,
            sentences,
            shares: vec![Share { label, mean: 0.5, interval: None, predicted: 0 }],
            audited: Some(Audited {
                labelled: sentences,
                articles: 9,
                is_complete,
                shares: vec![share],
            }),
            modelled: None,
            sums: Vec::new(),
        }
    }

    #[test]
    fn an_outlet_of_few_sentences_is_not_compared() {
        let interval = Some(Interval { low: 0.05, high: 0.19 });
        let estimate = Corrected {
            value: 0.12,
            interval,
            standard_error: 0.035,
            over: Over::Sentences,
            lambda: 0.0,
        };
        let counted = Corrected { value: 1.0, interval: None, standard_error: 0.0, ..estimate };
        let names: Categories = ["Beacon".to_owned(), "Clarion".to_owned()].into();
        let compared = |sentences| {
            let outlets = [[stratum(200, estimate)], [stratum(sentences, counted)]];
            let strata: Vec<&[Stratum]> = outlets.iter().map(|of| &of[..]).collect();
            differences(&strata, &names, Some(&AuditFacts::default())).len()
        };
        assert_eq!(compared(29), 0, "all its sentences are labelled, but they are few");
        assert_eq!(compared(30), 1);
    }

    #[test]
    fn nothing_is_firmer_than_its_evidence() {
        assert_eq!(standing(0.001, 0.01, Some(0.85)), Significance::Firm);
        assert_eq!(standing(0.001, 0.2, Some(0.85)), Significance::Tentative);
        assert_eq!(standing(0.001, 0.01, Some(0.7)), Significance::Tentative);
        assert_eq!(standing(0.001, 0.01, None), Significance::Tentative);
        assert_eq!(standing(0.001, 0.01, Some(0.5)), Significance::Open);
        assert_eq!(standing(0.2, 0.9, Some(0.9)), Significance::Open);
    }
}
