//! How far coders agree on the cards that all of them have labelled, and where they do not.

use serde::Serialize;

use super::decision::Decision;
use super::session::Session;
use crate::agreement::{Codes, Figure, Metric};
use crate::cluster_bootstrap::{Interval, Resampling};

/// The agreement of several coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoderAgreement {
    /// Number of cards that every coder labels.
    pub shared: usize,
    /// Number of them that every coder has decided: only these are shown.
    pub complete: usize,
    /// The share of pairs of codes that are the same.
    pub percent: Option<f64>,
    /// Krippendorff's alpha, nominal.
    pub alpha: Option<f64>,
    /// The ends of its 95 % interval over cards.
    pub alpha_interval: Option<(f64, f64)>,
    /// How often each two labels meet on one card.
    pub coincidences: Vec<Vec<f64>>,
    /// The cards on which coders differ, in the order of cards.
    pub disputes: Vec<Dispute>,
}

/// A card on which coders differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dispute {
    /// The card's number.
    pub card: u32,
    /// The status or label of each coder.
    pub codes: Vec<String>,
    /// What was settled; none so far.
    pub adjudicated: Option<String>,
}

impl CoderAgreement {
    /// Takes a session; gives the agreement on the cards that every coder has decided. Coders see each
    /// other's labels of these alone.
    pub fn of(session: &Session, resampling: Resampling) -> Self {
        let labels = &session.header().labels;
        let n_coders = session.header().coders.len();
        let shared: Vec<u32> = session.assignment().shared().collect();
        let mut codes = Codes { units: Vec::new(), n_labels: labels.len() };
        let mut disputes = Vec::new();
        for &card in &shared {
            let given: Option<Vec<_>> =
                (0..n_coders).map(|coder| session.decision(card, coder)).collect();
            let Some(given) = given else { continue };
            let label = |label: &str| labels.iter().position(|known| known == label);
            let unit: Vec<_> = given.iter().map(|d| d.answer.label().and_then(label)).collect();
            if unit.iter().any(|code| *code != unit[0]) {
                let word = |d: &&Decision| d.word().to_string();
                let settled = session.decision(card, n_coders);
                let adjudicated = settled.map(|decision| decision.word().to_string());
                disputes.push(Dispute {
                    card,
                    codes: given.iter().map(word).collect(),
                    adjudicated,
                });
            }
            codes.units.push(unit);
        }
        let alpha = codes.estimate(Figure::Alpha(Metric::Nominal), resampling);
        let ends = |interval: Interval| (interval.low, interval.high);
        CoderAgreement {
            shared: shared.len(),
            complete: codes.units.len(),
            percent: codes.figure(Figure::PercentAgreement),
            alpha: alpha.map(|alpha| alpha.value),
            alpha_interval: alpha.and_then(|alpha| alpha.interval).map(ends),
            coincidences: codes.coincidences(),
            disputes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label_page::fixture::{decision, label, session};
    use crate::label_page::journal::Record;

    #[test]
    fn only_what_both_have_decided_is_compared() {
        let mut session = session(&["Ann", "Ben"], 8);
        let resampling = Resampling { resamples: 50, seed: 1 };
        for (coder, card, name) in [
            ("Ann", 1, "critical"),
            ("Ben", 1, "neutral"),
            ("Ann", 3, "critical"),
            ("Ben", 3, "critical"),
            ("Ann", 5, "neutral"),
        ] {
            session.apply(Record::Decided(decision(coder, card, label(name))));
        }
        let found = CoderAgreement::of(&session, resampling);
        assert_eq!((found.shared, found.complete, found.percent), (4, 2, Some(0.5)));
        assert_eq!(found.coincidences, [[2.0, 1.0], [1.0, 0.0]]);
        assert_eq!(found.disputes.len(), 1);
        assert_eq!(found.disputes[0].codes, ["critical", "neutral"]);
        session.apply(Record::Decided(decision("adjudicated", 1, label("neutral"))));
        let found = CoderAgreement::of(&session, resampling);
        assert_eq!(found.disputes[0].adjudicated.as_deref(), Some("neutral"));
    }
}
