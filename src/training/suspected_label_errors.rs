//! Labels that may be wrong: confident learning (Northcutt, Jiang & Chuang 2021).
//!
//! ```text
//! tⱼ    = mean of p̂ⱼ over the rows labelled j          how confident the model is where it should be
//! j*(x) = argmax of p̂ⱼ(x) over the labels with p̂ⱼ(x) ≥ tⱼ
//! error: the label is neither j* nor the most probable one
//! ranked by p̂ of the label − the largest p̂ of the others, lowest first
//! ```
//!
//! p̂ are out-of-fold probabilities.

use crate::evaluate::{ScoredExample, argmax};

/// A label that may be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelError {
    /// The index of the row.
    pub row: usize,
    /// The label it has.
    pub label: usize,
    /// The label that it may deserve instead.
    pub suggested: usize,
    /// The probability of its label less the largest of the others: −1 to 0, lowest where the label
    /// is least likely.
    pub margin: f64,
}

/// The labels that may be wrong, given out-of-fold predictions; the least likely labels first.
pub fn find_label_errors(examples: &[ScoredExample]) -> Vec<LabelError> {
    let thresholds = thresholds(examples);
    let mut found: Vec<LabelError> = examples
        .iter()
        .enumerate()
        .filter_map(|(row, example)| {
            let suggested = confident_label(&example.probabilities, &thresholds)?;
            let margin = margin(example);
            let error = LabelError { row, label: example.truth, suggested, margin };
            (suggested != example.truth && margin < 0.0).then_some(error)
        })
        .collect();
    found.sort_by(|a, b| a.margin.total_cmp(&b.margin));
    found
}

/// The mean probability of each label over the rows that have it; infinite where none has it.
fn thresholds(examples: &[ScoredExample]) -> Vec<f64> {
    let n_labels = examples.first().map_or(0, |row| row.probabilities.len());
    let threshold = |label: usize| {
        let own = || examples.iter().filter(|row| row.truth == label);
        match own().count() {
            0 => f64::INFINITY,
            n => own().map(|row| row.probabilities[label]).sum::<f64>() / n as f64,
        }
    };
    (0..n_labels).map(threshold).collect()
}

/// The most probable of the labels that reach their threshold.
fn confident_label(probabilities: &[f64], thresholds: &[f64]) -> Option<usize> {
    let confident =
        (0..probabilities.len()).filter(|&label| probabilities[label] >= thresholds[label]);
    confident.max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]).then(b.cmp(&a)))
}

/// The probability of a row's label less the largest of the others.
fn margin(example: &ScoredExample) -> f64 {
    let mut others = example.probabilities.clone();
    others[example.truth] = f64::NEG_INFINITY;
    example.probabilities[example.truth] - others[argmax(&others)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn examples(truth: usize, probabilities: [f64; 3]) -> ScoredExample {
        ScoredExample::most_probable(truth, probabilities.to_vec(), 0)
    }

    /// Thresholds by hand: (0.8 + 0.6 + 0.1) / 3 = 0.5, (0.7 + 0.3) / 2 = 0.5, 0.6.
    fn rows() -> Vec<ScoredExample> {
        vec![
            examples(0, [0.8, 0.1, 0.1]),
            examples(0, [0.6, 0.3, 0.1]),
            examples(0, [0.1, 0.85, 0.05]),
            examples(1, [0.2, 0.7, 0.1]),
            examples(1, [0.55, 0.3, 0.15]),
            examples(2, [0.25, 0.15, 0.6]),
        ]
    }

    #[test]
    fn those_worked_by_hand_are_found_the_surest_first() {
        assert!(
            thresholds(&rows()).iter().zip([0.5, 0.5, 0.6]).all(|(t, e)| (t - e).abs() < 1e-12)
        );
        let found = find_label_errors(&rows());
        let rows: Vec<_> = found.iter().map(|s| (s.row, s.label, s.suggested)).collect();
        assert_eq!(rows, [(2, 0, 1), (4, 1, 0)]);
        assert!((found[0].margin - -0.75).abs() < 1e-12);
        assert!((found[1].margin - -0.25).abs() < 1e-12);
    }

    #[test]
    fn a_doubtful_prediction_accuses_no_label() {
        // The other label is more probable here, but not as probable as it is where it should be.
        let rows = [
            examples(0, [0.9, 0.1, 0.0]),
            examples(1, [0.0, 0.9, 0.1]),
            examples(0, [0.4, 0.6, 0.0]),
        ];
        assert!(find_label_errors(&rows).is_empty());
    }

    #[test]
    fn no_rows_have_no_label_errors() {
        assert!(find_label_errors(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn suspects_are_ranked_and_never_the_most_probable(
            rows in prop::collection::vec((0_usize..3, prop::array::uniform3(0.01_f64..1.0)), 0..40),
        ) {
            let rows: Vec<ScoredExample> = rows
                .into_iter()
                .map(|(truth, p)| examples(truth, p.map(|part| part / p.iter().sum::<f64>())))
                .collect();
            let found = find_label_errors(&rows);
            prop_assert!(found.windows(2).all(|pair| pair[0].margin <= pair[1].margin));
            for suspect in found {
                prop_assert!(argmax(&rows[suspect.row].probabilities) != suspect.label);
                prop_assert!(suspect.suggested != suspect.label);
            }
        }
    }
}
