//! How many hand labels are needed for intervals of a given width.

use serde::Serialize;

use super::report_data::{OutletSummary, Report};
use super::voice_stratum::Stratum;
use crate::category::Category;
use crate::statistics::sample_size::{half_width, labels_needed};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// What one outlet and voice would need. It stands for the label that needs most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The outlet's name.
    pub outlet: String,
    /// The target's name.
    pub target: String,
    /// The voice.
    pub voice: Voice,
    /// How many sentences name the target.
    pub sentences: u64,
    /// How many of them have a hand label.
    pub labelled: u64,
    /// The label that needs most.
    pub label: Category,
    /// How far its interval reaches to either side now; none where the labels are too few to say.
    pub now: Option<f64>,
    /// How closely labels follow the model, 0 to 1: measured where there are corrected shares, else
    /// what it would be if the model's probabilities were right here.
    pub correlation: f64,
    /// Whether that is measured.
    #[serde(rename = "measured")]
    pub is_measured: bool,
    /// For each width that was asked for, the labels needed in all; none where all sentences would
    /// not do.
    pub needed: Vec<Option<u64>>,
}

/// What every outlet and voice needs for intervals that reach so far to either side.
pub fn plans(report: &Report, halves: &[f64]) -> Vec<Plan> {
    let outlets = report
        .targets
        .iter()
        .flat_map(|target| target.outlets.iter().map(move |outlet| (target.name.as_str(), outlet)));
    let of_outlet = |(target, outlet): (&str, &OutletSummary)| {
        let strata = Voice::ALL
            .into_iter()
            .filter_map(|voice| outlet.stratum(voice, TargetRelation::Mention));
        let plans = strata.filter_map(|stratum| plan(target, &outlet.outlet, stratum, halves));
        plans.collect::<Vec<_>>()
    };
    outlets.flat_map(of_outlet).collect()
}

/// What one label needs.
struct Need {
    now: Option<f64>,
    correlation: f64,
    is_measured: bool,
    needed: Vec<Option<f64>>,
}

fn plan(target: &str, outlet: &str, stratum: &Stratum, halves: &[f64]) -> Option<Plan> {
    // Where some labels are measured, one that hardly occurs must not be guessed at.
    let labels = 0..stratum.shares.len();
    let is_measured = labels.clone().any(|label| stratum.corrected(label).is_some());
    let judged = labels.filter(|label| !is_measured || stratum.corrected(*label).is_some());
    let needs = judged.map(|label| (label, need(stratum, label, halves)));
    // None means more than there are, which is most; of these the widest now needs most.
    let most = |need: &Need| {
        let needed = need.needed.last().map_or(0.0, |n| n.unwrap_or(f64::INFINITY));
        (needed, need.now.unwrap_or(0.0))
    };
    let (label, need) = needs.max_by(|(_, a), (_, b)| {
        most(a).partial_cmp(&most(b)).unwrap_or(std::cmp::Ordering::Equal)
    })?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of labels"
    )]
    let whole = |labels: &Option<f64>| labels.map(|labels| labels.ceil() as u64);
    Some(Plan {
        outlet: outlet.to_owned(),
        target: target.to_owned(),
        voice: stratum.voice,
        sentences: stratum.sentences,
        labelled: stratum.audited.as_ref().map_or(0, |audited| audited.labelled),
        label: stratum.shares[label].label.clone(),
        now: need.now,
        correlation: need.correlation,
        is_measured: need.is_measured,
        needed: need.needed.iter().map(whole).collect(),
    })
}

fn need(stratum: &Stratum, label: usize, halves: &[f64]) -> Need {
    let sentences = stratum.sentences as f64;
    let sums = &stratum.sums[label];
    let corrected = stratum.corrected(label);
    let measured = corrected.and_then(|_| sums.correlation());
    let correlation = measured.or(sums.correlation_if_calibrated()).unwrap_or(0.0).max(0.0);
    let share = corrected.map_or(stratum.shares[label].mean, |corrected| corrected.value);
    let interval = corrected.and_then(|corrected| corrected.interval);
    let now = interval.map(|interval| (interval.high - interval.low) / 2.0);
    // Sentences of one article are alike: labels are worth as much less as the interval shows.
    let by_formula = half_width(share, correlation, sums.labelled().max(1.0), sentences);
    let worth = now.filter(|_| by_formula > 0.0).map_or(1.0, |now| (now / by_formula).max(1.0));
    let needed = |half: &f64| labels_needed(share, correlation, half / worth, sentences);
    Need {
        now,
        correlation,
        is_measured: measured.is_some(),
        needed: halves.iter().map(needed).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{articles, report_on};

    #[test]
    fn a_small_corpus_must_be_labelled_whole() {
        let found = plans(&report_on(&articles()), &[0.3, 0.01]);
        assert_eq!(found.len(), 4);
        let own = &found[0];
        assert_eq!((own.outlet.as_str(), own.voice, own.sentences), ("Courier", Voice::Outlet, 8));
        assert_eq!((own.labelled, own.now, own.is_measured), (0, None, false));
        assert!(own.needed[0].is_some_and(|needed| needed <= 8) && own.needed[1].is_none());
    }
}
