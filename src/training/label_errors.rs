//! Labels that may be wrong: confident learning (Northcutt, Jiang & Chuang 2021).
//!
//! ```text
//! tⱼ    = mean of p̂ⱼ over the rows labelled j          how sure the model is where it should be
//! j*(x) = argmax of p̂ⱼ(x) over the labels with p̂ⱼ(x) ≥ tⱼ
//! suspect: the label is neither j* nor the most probable one
//! ranked by p̂ of the label − the largest p̂ of the others, lowest first
//! ```
//!
//! p̂ are the probabilities of models that have not seen the row.

use crate::evaluate::{ScoredExample, argmax};

/// A label that may be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelError {
    /// The row, as a place among those judged.
    pub row: usize,
    /// The label it has.
    pub label: usize,
    /// The label that it may deserve.
    pub suggested: usize,
    /// The probability of its label less the largest of the others: −1 to 0, lowest where the label
    /// is least likely.
    pub margin: f64,
}

/// The suspects among rows that were judged unseen, the least likely labels first.
pub fn suspects(judged: &[ScoredExample]) -> Vec<LabelError> {
    let thresholds = thresholds(judged);
    let mut found: Vec<LabelError> = judged
        .iter()
        .enumerate()
        .filter_map(|(row, judged)| {
            let suggested = confident_label(&judged.probabilities, &thresholds)?;
            let margin = margin(judged);
            let suspect = LabelError { row, label: judged.truth, suggested, margin };
            (suggested != judged.truth && margin < 0.0).then_some(suspect)
        })
        .collect();
    found.sort_by(|a, b| a.margin.total_cmp(&b.margin));
    found
}

/// The mean probability of each label over the rows that have it; what none has is out of reach.
fn thresholds(judged: &[ScoredExample]) -> Vec<f64> {
    let n_labels = judged.first().map_or(0, |row| row.probabilities.len());
    let threshold = |label: usize| {
        let own = || judged.iter().filter(|row| row.truth == label);
        match own().count() {
            0 => f64::INFINITY,
            n => own().map(|row| row.probabilities[label]).sum::<f64>() / n as f64,
        }
    };
    (0..n_labels).map(threshold).collect()
}

/// The most probable of the labels of which the model is as sure as it should be.
fn confident_label(probabilities: &[f64], thresholds: &[f64]) -> Option<usize> {
    let sure = (0..probabilities.len()).filter(|&label| probabilities[label] >= thresholds[label]);
    sure.max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]).then(b.cmp(&a)))
}

fn margin(judged: &ScoredExample) -> f64 {
    let mut others = judged.probabilities.clone();
    others[judged.truth] = f64::NEG_INFINITY;
    judged.probabilities[judged.truth] - others[argmax(&others)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(truth: usize, probabilities: [f64; 3]) -> ScoredExample {
        ScoredExample { truth, probabilities: probabilities.to_vec(), article: 0 }
    }

    /// Thresholds by hand: (0.8 + 0.6 + 0.1) / 3 = 0.5, (0.7 + 0.3) / 2 = 0.5, 0.6.
    fn rows() -> Vec<ScoredExample> {
        vec![
            judged(0, [0.8, 0.1, 0.1]),
            judged(0, [0.6, 0.3, 0.1]),
            judged(0, [0.1, 0.85, 0.05]),
            judged(1, [0.2, 0.7, 0.1]),
            judged(1, [0.55, 0.3, 0.15]),
            judged(2, [0.25, 0.15, 0.6]),
        ]
    }

    #[test]
    fn those_worked_by_hand_are_found_the_surest_first() {
        assert!(
            thresholds(&rows()).iter().zip([0.5, 0.5, 0.6]).all(|(t, e)| (t - e).abs() < 1e-12)
        );
        let found = suspects(&rows());
        let rows: Vec<_> = found.iter().map(|s| (s.row, s.label, s.suggested)).collect();
        assert_eq!(rows, [(2, 0, 1), (4, 1, 0)]);
        assert!((found[0].margin - -0.75).abs() < 1e-12);
        assert!((found[1].margin - -0.25).abs() < 1e-12);
    }

    #[test]
    fn a_doubtful_prediction_accuses_no_label() {
        // The other label is more probable here, but not as probable as it is where it should be.
        let rows =
            [judged(0, [0.9, 0.1, 0.0]), judged(1, [0.0, 0.9, 0.1]), judged(0, [0.4, 0.6, 0.0])];
        assert!(suspects(&rows).is_empty());
    }

    #[test]
    fn nothing_judged_has_no_suspects() {
        assert!(suspects(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn suspects_are_ranked_and_never_the_most_probable(
            rows in prop::collection::vec((0_usize..3, prop::array::uniform3(0.01_f64..1.0)), 0..40),
        ) {
            let rows: Vec<ScoredExample> = rows
                .into_iter()
                .map(|(truth, p)| judged(truth, p.map(|part| part / p.iter().sum::<f64>())))
                .collect();
            let found = suspects(&rows);
            prop_assert!(found.windows(2).all(|pair| pair[0].margin <= pair[1].margin));
            for suspect in found {
                prop_assert!(argmax(&rows[suspect.row].probabilities) != suspect.label);
                prop_assert!(suspect.suggested != suspect.label);
            }
        }
    }
}
