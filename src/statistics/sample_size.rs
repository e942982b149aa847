//! How many hand labels an interval of some width needs.

use super::prediction_powered::Z_975;

/// The half-width of an interval with a number of labels, drawn at random from a number of sentences:
///
/// ```text
/// h = 1.96 · √( p (1 − p) (1 − ρ² · (1 − n/M)) / n )
/// ```
///
/// where p is the share, ρ the correlation of labels and model, and M all sentences (the variance of
/// PPI++ at its best λ; Angelopoulos, Duchi and Zrnic 2023).
pub fn half_width(share: f64, correlation: f64, labels: f64, sentences: f64) -> f64 {
    let helped = correlation * correlation * (1.0 - (labels / sentences).min(1.0));
    Z_975 * (share * (1.0 - share) * (1.0 - helped) / labels).sqrt()
}

/// The number of labels that a half-width of at most `half` needs; none where all sentences would not
/// suffice.
pub fn labels_needed(share: f64, correlation: f64, half: f64, sentences: f64) -> Option<f64> {
    // With v = p (1 − p) (1.96 / h)²: n = v (1 − ρ² + ρ² n / M), solved for n.
    let v = share * (1.0 - share) * (Z_975 / half).powi(2);
    let helped = correlation * correlation;
    let labels = (v * (1.0 - helped) / (1.0 - v * helped / sentences)).ceil();
    (labels > 0.0 && labels <= sentences).then_some(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_needed_are_those_of_the_formula() {
        // 1.96² p (1 − p) (1 − ρ²) / h² where sentences are without number.
        for (correlation, expected) in [(0.0, 323.0), (0.6, 207.0), (0.75, 142.0)] {
            let found = labels_needed(0.3, correlation, 0.05, f64::INFINITY);
            assert_eq!(found, Some(expected));
        }
    }

    #[test]
    fn width_and_labels_are_two_sides_of_one_formula() {
        let labels = labels_needed(0.4, 0.7, 0.08, 500.0).unwrap();
        assert!(half_width(0.4, 0.7, labels, 500.0) <= 0.08);
        assert!(half_width(0.4, 0.7, labels - 1.0, 500.0) > 0.08);
    }

    #[test]
    fn more_labels_than_sentences_cannot_be_had() {
        assert_eq!(labels_needed(0.5, 0.0, 0.01, 400.0), None);
        assert_eq!(labels_needed(0.5, 0.9, 0.01, 400.0), None);
    }
}
