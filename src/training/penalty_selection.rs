//! Selects the penalty by cross-validation.

/// The weakest and the strongest penalty that a search ends at.
const WEAKEST: f64 = 1.0 / 64.0;
const STRONGEST: f64 = 1024.0;

/// The index of the penalty to use, given the losses of held-out rows, one list for each penalty.
///
/// Without a base, the one with the lowest mean. With a base, the one-standard-error rule (Breiman et
/// al. 1984, section 3.4.3): the strongest penalty whose mean loss is at most one standard error of the
/// difference above the lowest, so that the weights leave the base only for more than chance.
pub(super) fn choose(penalties: &[f64], losses: &[Vec<f64>], has_base: bool) -> usize {
    let by_mean = |a: &usize, b: &usize| mean(&losses[*a]).total_cmp(&mean(&losses[*b]));
    let best = (0..penalties.len()).min_by(by_mean).unwrap_or(0);
    let is_as_good = |at: &usize| is_within_one_error(&losses[*at], &losses[best]);
    let by_penalty = |a: &usize, b: &usize| penalties[*a].total_cmp(&penalties[*b]);
    match has_base {
        true => (0..penalties.len()).filter(is_as_good).max_by(by_penalty).unwrap_or(best),
        false => best,
    }
}

/// A further penalty to try, since the best of several lies at an end of them. Beside a base a stronger one
/// than the strongest would leave the base as it is just the same.
pub(super) fn beyond(penalties: &[f64], best: usize, has_base: bool) -> Option<f64> {
    let (chosen, is_grid) = (penalties[best], penalties.len() > 1);
    let is_weakest = penalties.iter().all(|penalty| *penalty >= chosen);
    let is_strongest = penalties.iter().all(|penalty| *penalty <= chosen);
    let next = match (is_weakest, is_strongest && !has_base) {
        (true, _) => chosen / 2.0,
        (_, true) => chosen * 2.0,
        _ => return None,
    };
    Some(next).filter(|next| is_grid && (WEAKEST..=STRONGEST).contains(next))
}

/// The arithmetic mean.
pub(super) fn mean(losses: &[f64]) -> f64 {
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// Whether losses are higher than others of the same rows by at most one standard error of the mean
/// difference.
fn is_within_one_error(losses: &[f64], others: &[f64]) -> bool {
    let differences: Vec<f64> = losses.iter().zip(others).map(|(a, b)| a - b).collect();
    let (n, mean) = (differences.len() as f64, mean(&differences));
    let squares: f64 = differences.iter().map(|difference| (difference - mean).powi(2)).sum();
    mean <= (squares / (n - 1.0).max(1.0) / n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second has the lowest mean; the third is 0.1 above it in the mean, ± 0.2 by row.
    fn losses() -> Vec<Vec<f64>> {
        vec![vec![0.9; 4], vec![0.5, 0.7, 0.5, 0.7], vec![0.8, 0.6, 0.8, 0.6], vec![0.8; 4]]
    }

    #[test]
    fn from_nothing_the_lowest_loss_decides() {
        assert_eq!(choose(&[1.0, 2.0, 4.0, 8.0], &losses(), false), 1);
    }

    /// Differences of 0.3, −0.1, 0.3, −0.1: mean 0.1, standard error √(0.16 / 3 / 4) = 0.115. Those of
    /// the fourth, 0.3, 0.1, 0.3, 0.1, have a mean of 0.2 and an error of 0.058.
    #[test]
    fn beside_a_base_the_strongest_that_is_as_good() {
        assert_eq!(choose(&[1.0, 2.0, 4.0, 8.0], &losses(), true), 2);
        assert_eq!(choose(&[8.0, 4.0, 2.0, 1.0], &losses(), true), 1);
    }

    #[test]
    fn the_search_goes_on_where_the_best_is_the_last() {
        let grid = [0.5, 1.0, 2.0];
        assert_eq!(beyond(&grid, 0, false), Some(0.25));
        assert_eq!(beyond(&grid, 1, false), None);
        assert_eq!(beyond(&grid, 2, false), Some(4.0));
        assert_eq!(beyond(&grid, 2, true), None);
        assert_eq!(beyond(&[1.0, 1024.0], 1, false), None);
        assert_eq!(beyond(&[1.0], 0, false), None);
    }

    #[test]
    fn one_row_or_one_penalty_leaves_no_choice() {
        assert_eq!(choose(&[2.0], &[vec![0.3]], true), 0);
        assert_eq!(choose(&[1.0, 2.0], &[vec![0.3], vec![0.4]], true), 0);
    }
}
