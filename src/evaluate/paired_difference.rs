//! The difference of two models' macro-F1 on the same rows.

use super::scores::{Estimate, ScoredExample, confusions_by_article, figures, sum};
use crate::cluster_bootstrap::{self, Resampling};

/// By how much the macro-F1 of `one` lies above that of `other`, −1 to 1. Both hold the same rows in
/// the same order, and every resample draws the same articles for both (a paired bootstrap), so that
/// hard articles do not widen the interval.
pub fn paired_difference(
    one: &[ScoredExample],
    other: &[ScoredExample],
    n_labels: usize,
    resampling: Resampling,
) -> Estimate {
    let (one, other) =
        (confusions_by_article(one, n_labels), confusions_by_article(other, n_labels));
    let difference = |times: &[u32]| {
        let macro_f1 = |by_article| figures(&sum(by_article, times, n_labels), n_labels)[0];
        macro_f1(&one) - macro_f1(&other)
    };
    let intervals =
        cluster_bootstrap::intervals(one.len(), resampling, |times| Some(vec![difference(times)]));
    Estimate {
        value: difference(&vec![1; one.len()]),
        interval: intervals.map(|intervals| intervals[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    /// Ten articles of a row for each of two labels; of the first `n_wrong` all is mistaken.
    fn judged(n_wrong: usize) -> Vec<ScoredExample> {
        (0..20)
            .map(|row| {
                let (truth, article) = (row % 2, row / 2);
                let said = if article < n_wrong { 1 - truth } else { truth };
                let probabilities = if said == 0 { vec![0.9, 0.1] } else { vec![0.1, 0.9] };
                ScoredExample::most_probable(truth, probabilities, article)
            })
            .collect()
    }

    #[test]
    fn the_gap_is_that_of_the_macro_f1s() {
        let found = paired_difference(&judged(1), &judged(6), 2, DRAW);
        assert!((found.value - (0.9 - 0.4)).abs() < 1e-12);
        let interval = found.interval.unwrap();
        assert!(interval.low > 0.0 && interval.high < 0.9, "{interval:?}");
    }

    #[test]
    fn equal_judgements_have_no_gap_and_no_doubt() {
        let found = paired_difference(&judged(3), &judged(3), 2, DRAW);
        assert!(found.value.abs() < 1e-12);
        assert_eq!(found.interval.map(|interval| (interval.low, interval.high)), Some((0.0, 0.0)));
    }
}
