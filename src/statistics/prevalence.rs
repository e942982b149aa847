//! Prevalence estimation (quantification): shares from a model's predictions alone, corrected by the
//! errors that it made elsewhere.
//!
//! Both methods assume that the model's error rates here are those of the rows that they were measured
//! on. Where they are not, the estimates can be worse than uncorrected shares, and nothing in the
//! figures shows it.

/// Convergence tolerance: the largest change of a share in a step.
const TOLERANCE: f64 = 1e-9;

/// Maximum number of steps.
const MAX_STEPS: usize = 10_000;

/// Adjusted classify and count (ACC; Forman 2008): the shares p, none below 0, whose `M p` is closest
/// to the counted shares in least squares, where `M[i][j]` is how often the model predicts label i
/// where j is true.
///
/// `confusion` holds rows by true label, then by predicted label; `counted` the share of
/// predictions of each label. None where some label was never true or `M` is singular.
pub fn adjusted_count(confusion: &[Vec<f64>], counted: &[f64]) -> Option<Vec<f64>> {
    let matrix = error_rates(confusion)?;
    let solved = solve(&matrix, counted)?;
    if solved.iter().all(|share| *share >= 0.0) {
        return Some(solved);
    }
    Some(nearest_shares(&matrix, counted))
}

/// How often each label (rows) is predicted where each (columns) is true.
fn error_rates(confusion: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let totals: Vec<f64> = confusion.iter().map(|row| row.iter().sum()).collect();
    if totals.iter().any(|total| *total <= 0.0) {
        return None;
    }
    let rate = |predicted: usize, truth: usize| confusion[truth][predicted] / totals[truth];
    let n = confusion.len();
    Some((0..n).map(|i| (0..n).map(|j| rate(i, j)).collect()).collect())
}

/// Gaussian elimination with the largest pivot; none where the matrix is as good as singular.
fn solve(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    let mut rows: Vec<Vec<f64>> =
        matrix.iter().zip(right).map(|(row, r)| [row.as_slice(), &[*r]].concat()).collect();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        let top = rows[column].clone();
        if top[column].abs() < 1e-6 {
            return None;
        }
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / top[column];
            row.iter_mut().zip(&top).for_each(|(cell, above)| *cell -= factor * above);
        }
    }
    let mut solved = vec![0.0; n];
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|k| rows[at][k] * solved[k]).sum();
        solved[at] = (rows[at][n] - known) / rows[at][at];
    }
    Some(solved)
}

/// Projected gradient descent from equal shares.
fn nearest_shares(matrix: &[Vec<f64>], counted: &[f64]) -> Vec<f64> {
    let n = counted.len();
    // The sum of all squares bounds the curvature: no step is too long.
    let curvature: f64 = matrix.iter().flatten().map(|cell| cell * cell).sum();
    let mut shares = vec![1.0 / n as f64; n];
    for _ in 0..MAX_STEPS {
        let residual = |row: &Vec<f64>, counted: &f64| {
            row.iter().zip(&shares).map(|(cell, share)| cell * share).sum::<f64>() - counted
        };
        let residuals: Vec<f64> =
            matrix.iter().zip(counted).map(|(row, c)| residual(row, c)).collect();
        let gradient =
            |at: usize| matrix.iter().zip(&residuals).map(|(row, m)| row[at] * m).sum::<f64>();
        let next = onto_simplex((0..n).map(|at| shares[at] - gradient(at) / curvature).collect());
        let moved = distance(&next, &shares);
        shares = next;
        if moved < TOLERANCE {
            break;
        }
    }
    shares
}

/// The nearest shares that are not negative and sum to 1 (Duchi et al. 2008).
fn onto_simplex(values: Vec<f64>) -> Vec<f64> {
    let mut falling = values.clone();
    falling.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (at, value) in falling.iter().enumerate() {
        sum += value;
        let candidate = (sum - 1.0) / (at + 1) as f64;
        if *value > candidate {
            shift = candidate;
        }
    }
    values.into_iter().map(|value| (value - shift).max(0.0)).collect()
}

/// Expectation maximisation: the shares under which the predicted probabilities are most likely
/// (Saerens, Latinne and Decaestecker 2002; EMQ or SLD): `q_k ← mean of q_k p_k / ρ_k`, normalised over labels within
/// each sentence, from q = ρ until convergence.
///
/// `cells` are probabilities and how many sentences have them, `prior` the labels' shares ρ among
/// the rows on which the probabilities were calibrated. None without a sentence, or where some
/// label has no prior.
pub fn em_prevalence(cells: &[(Vec<f64>, f64)], prior: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = cells.iter().map(|(_, count)| count).sum();
    if total <= 0.0 || prior.iter().any(|share| *share <= 0.0) {
        return None;
    }
    let mut shares = prior.to_vec();
    for _ in 0..MAX_STEPS {
        let mut sums = vec![0.0; shares.len()];
        for (probabilities, count) in cells {
            let posteriors: Vec<f64> = probabilities
                .iter()
                .zip(&shares)
                .zip(prior)
                .map(|((p, share), prior)| p * share / prior)
                .collect();
            let all: f64 = posteriors.iter().sum();
            if all > 0.0 {
                sums.iter_mut()
                    .zip(&posteriors)
                    .for_each(|(sum, posterior)| *sum += count * posterior / all);
            }
        }
        let next: Vec<f64> = sums.iter().map(|sum| sum / total).collect();
        let moved = distance(&next, &shares);
        shares = next;
        if moved < TOLERANCE {
            break;
        }
    }
    Some(shares)
}

/// The largest difference of two values.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_was_never_true_cannot_be_corrected() {
        assert_eq!(adjusted_count(&[vec![5.0, 1.0], vec![0.0, 0.0]], &[0.5, 0.5]), None);
        assert_eq!(em_prevalence(&[(vec![0.5, 0.5], 3.0)], &[1.0, 0.0]), None);
        assert_eq!(em_prevalence(&[], &[0.5, 0.5]), None);
    }

    #[test]
    fn a_model_that_guesses_tells_nothing() {
        assert_eq!(adjusted_count(&[vec![5.0, 5.0], vec![3.0, 3.0]], &[0.5, 0.5]), None);
    }

    #[test]
    fn a_model_that_never_errs_is_believed() {
        assert_eq!(
            adjusted_count(&[vec![7.0, 0.0], vec![0.0, 2.0]], &[0.25, 0.75]).unwrap(),
            [0.25, 0.75]
        );
    }
}
