//! Calibration of probabilities by matrix scaling (Guo et al. 2017; Kull et al. 2019).
//!
//! A second, small regression on out-of-fold log-probabilities, fitted by linfa-logistic.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::softmax_regression::softmax;

/// A relation has a calibration of its own where it has at least so many rows of each label.
const ENOUGH_ROWS: usize = 50;

/// Log-probabilities, less the mean over labels, are clipped at this value.
const FLOOR: f64 = -12.0;

/// A linear map from scores to calibrated scores.
///
/// Its input is each label's score less the mean over labels, which equals the log-probability less its
/// mean. So the map is linear in the features: it can be folded into the weights, and explanations stay
/// exact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// `matrix[from][to]`: the weight of an input label in the score of an output label.
    pub matrix: Vec<Vec<f64>>,
    /// The intercept of each label.
    pub offset: Vec<f64>,
}

impl Calibration {
    /// The identity.
    pub fn none(n_labels: usize) -> Self {
        let unit = |from| (0..n_labels).map(|to| if from == to { 1.0 } else { 0.0 }).collect();
        Calibration { matrix: (0..n_labels).map(unit).collect(), offset: vec![0.0; n_labels] }
    }

    /// Divides every score by a temperature above 0 (Guo et al. 2017): above 1 it makes probabilities more
    /// alike.
    pub fn temperature(n_labels: usize, temperature: f64) -> Self {
        let mut calibration = Calibration::none(n_labels);
        calibration.matrix.iter_mut().flatten().for_each(|weight| *weight /= temperature);
        calibration
    }

    /// Fits to out-of-fold scores and true labels.
    ///
    /// # Errors
    /// Where a label is missing among the `truths`, or linfa-logistic refuses or finds no minimum, with its
    /// reason.
    pub fn fit(scores: &[Vec<f64>], truths: &[usize]) -> Result<Self, String> {
        let k = scores.first().map_or(0, Vec::len);
        if k == 0 || !(0..k).all(|label| truths.contains(&label)) {
            return Err("a label is missing among the rows to calibrate with".to_string());
        }
        let inputs: Vec<f64> =
            scores.iter().flat_map(|row| centred(row)).map(|score| score.max(FLOOR)).collect();
        let inputs =
            Array2::from_shape_vec((scores.len(), k), inputs).map_err(|e| e.to_string())?;
        let dataset = DatasetBase::new(inputs, Array1::from_vec(truths.to_vec()));
        let fitted = MultiLogisticRegression::<f64>::default()
            .max_iterations(500)
            .fit(&dataset)
            .map_err(|error| error.to_string())?;
        let calibration = Calibration {
            matrix: fitted.params().rows().into_iter().map(|row| row.to_vec()).collect(),
            offset: fitted.intercept().to_vec(),
        };
        // linfa-logistic does not report that it stopped early, so the gradient is checked.
        let slope = calibration.slope(scores, truths);
        match slope <= 1e-3 * scores.len() as f64 {
            true => Ok(calibration),
            false => Err(format!("linfa-logistic stopped at a slope of {slope:.3e}")),
        }
    }

    /// Whether it is one for so many labels.
    pub(super) fn fits(&self, n_labels: usize) -> bool {
        let sizes = self.matrix.iter().map(Vec::len);
        let is_finite = |number: &f64| number.is_finite();
        sizes.chain([self.matrix.len(), self.offset.len()]).all(|size| size == n_labels)
            && self.matrix.iter().flatten().chain(&self.offset).all(is_finite)
    }

    /// Calibrated scores.
    pub fn apply(&self, scores: &[f64]) -> Vec<f64> {
        let mut calibrated = self.linear(&centred(scores));
        calibrated.iter_mut().zip(&self.offset).for_each(|(score, offset)| *score += offset);
        calibrated
    }

    /// A feature's weights, one per label, after the map without its intercept.
    pub fn fold(&self, weights: &[f64]) -> Vec<f64> {
        centred(&self.linear(&centred(weights)))
    }

    fn linear(&self, scores: &[f64]) -> Vec<f64> {
        let to = |to| scores.iter().zip(&self.matrix).map(|(score, row)| score * row[to]).sum();
        (0..self.offset.len()).map(to).collect()
    }

    /// The length of the gradient of linfa's objective with its default penalty of 1.
    fn slope(&self, scores: &[Vec<f64>], truths: &[usize]) -> f64 {
        let k = self.offset.len();
        let mut gradient: Vec<f64> = self.matrix.iter().flatten().copied().collect();
        let mut offsets = vec![0.0; k];
        for (row, &truth) in scores.iter().zip(truths) {
            let inputs: Vec<f64> = centred(row).into_iter().map(|s| s.max(FLOOR)).collect();
            let mut pull = self.linear(&inputs);
            pull.iter_mut().zip(&self.offset).for_each(|(score, offset)| *score += offset);
            softmax(&mut pull);
            pull[truth] -= 1.0;
            offsets.iter_mut().zip(&pull).for_each(|(offset, pull)| *offset += pull);
            for (from, input) in inputs.iter().enumerate() {
                for (to, pull) in pull.iter().enumerate() {
                    gradient[from * k + to] += input * pull;
                }
            }
        }
        gradient.iter().chain(&offsets).map(|g| g * g).sum::<f64>().sqrt()
    }
}

/// The calibrations of a model. Of a sentence that does not name its target the words tell less, so
/// that the same score means another probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrations {
    /// Of every sentence.
    pub first: Calibration,
    /// What sentences that do not name their target go through afterwards; none where nothing is known
    /// of these in particular.
    pub context: Option<Calibration>,
}

impl Calibrations {
    /// The same for every sentence.
    pub fn alike(first: Calibration) -> Self {
        Calibrations { first, context: None }
    }

    /// Fits to out-of-fold scores and true labels; `is_context` tells the rows that do not name their
    /// target. Where either kind has too few rows of a label, one calibration serves both, unless that of
    /// context is `known`: then the first is fitted to the other rows alone.
    ///
    /// # Errors
    /// As [`Calibration::fit`].
    pub fn fit(
        scores: &[Vec<f64>],
        truths: &[usize],
        is_context: &[bool],
        known: Option<&Calibration>,
    ) -> Result<Self, String> {
        let of = |context: bool| -> (Vec<Vec<f64>>, Vec<usize>) {
            let rows = (0..truths.len()).filter(|&row| is_context[row] == context);
            rows.map(|row| (scores[row].clone(), truths[row])).unzip()
        };
        let n_labels = scores.first().map_or(0, Vec::len);
        let suffice = |truths: &[usize]| {
            let count = |label| truths.iter().filter(|&&truth| truth == label).count();
            (0..n_labels).all(|label| count(label) >= ENOUGH_ROWS)
        };
        let ((named, of_named), (context, of_context)) = (of(false), of(true));
        match (suffice(&of_named) && suffice(&of_context), known) {
            (true, _) => {
                let first = Calibration::fit(&named, &of_named)?;
                let context: Vec<Vec<f64>> = context.iter().map(|row| first.apply(row)).collect();
                let context = Some(Calibration::fit(&context, &of_context)?);
                Ok(Calibrations { first, context })
            }
            (false, Some(known)) => {
                let first = Calibration::fit(&named, &of_named)?;
                Ok(Calibrations { first, context: Some(known.clone()) })
            }
            (false, None) => Calibration::fit(scores, truths).map(Calibrations::alike),
        }
    }

    /// Calibrated scores.
    pub fn apply(&self, scores: &[f64], is_context: bool) -> Vec<f64> {
        let calibrated = self.first.apply(scores);
        match self.context.as_ref().filter(|_| is_context) {
            Some(context) => context.apply(&calibrated),
            None => calibrated,
        }
    }
}

/// The values less their mean.
pub fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| value - mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty rows that claim three to one, and are right three times in four.
    fn honest() -> (Vec<Vec<f64>>, Vec<usize>) {
        let score = 3_f64.ln();
        (0..400)
            .map(|n| {
                let claimed = n % 2;
                let truth = if n % 8 < 6 { claimed } else { 1 - claimed };
                (if claimed == 0 { vec![score, 0.0] } else { vec![0.0, score] }, truth)
            })
            .unzip()
    }

    fn probability(calibration: &Calibration, scores: &[f64]) -> f64 {
        let mut scores = calibration.apply(scores);
        softmax(&mut scores);
        scores[0]
    }

    #[test]
    fn rows_of_context_alone_leave_nothing_to_fit_beside_a_known_calibration() {
        let (scores, truths) = honest();
        let known = Calibration::none(2);
        let is_context = vec![true; truths.len()];
        let few = &truths[..9];
        let fitted = Calibrations::fit(&scores[..9], few, &is_context[..9], Some(&known));
        assert!(fitted.is_err_and(|reason| reason.contains("a label is missing")));
    }

    #[test]
    fn honest_probabilities_are_left_alone() {
        let (scores, truths) = honest();
        let calibration = Calibration::fit(&scores, &truths).unwrap();
        assert!((probability(&calibration, &scores[0]) - 0.75).abs() < 0.01);
    }

    #[test]
    fn boasts_are_cut_down() {
        let (scores, truths) = honest();
        let boasts: Vec<Vec<f64>> =
            scores.iter().map(|row| row.iter().map(|s| s * 4.0).collect()).collect();
        let calibration = Calibration::fit(&boasts, &truths).unwrap();
        assert!(probability(&Calibration::none(2), &boasts[0]) > 0.98);
        assert!((probability(&calibration, &boasts[0]) - 0.75).abs() < 0.01);
    }

    #[test]
    fn folding_weights_is_the_same_as_calibrating_scores() {
        let calibration = Calibration {
            matrix: vec![vec![0.9, 0.1, 0.0], vec![-0.2, 1.1, 0.3], vec![0.0, 0.2, 0.8]],
            offset: vec![0.0; 3],
        };
        let weights = [0.5, -1.0, 2.0];
        for (folded, applied) in
            calibration.fold(&weights).iter().zip(centred(&calibration.apply(&weights)))
        {
            assert!((folded - applied).abs() < 1e-12);
        }
    }

    /// Sentences that name the target are right as often as they claim; of the others half are.
    #[test]
    fn relations_are_calibrated_apart() {
        let (scores, truths) = honest();
        let is_context: Vec<bool> = (0..800).map(|row| row >= 400).collect();
        let by_chance = (0..400).map(|row| row / 2 % 2);
        let both = [scores.clone(), scores.clone()].concat();
        let truths: Vec<usize> = truths.into_iter().chain(by_chance).collect();
        let found = Calibrations::fit(&both, &truths, &is_context, None).unwrap();
        let certainty = |is_context| {
            let mut scores = found.apply(&scores[0], is_context);
            softmax(&mut scores);
            scores[0]
        };
        assert!((certainty(false) - 0.75).abs() < 0.01);
        assert!((certainty(true) - 0.5).abs() < 0.01);
        let few: Vec<bool> = (0..800).map(|row| row >= 720).collect();
        assert_eq!(Calibrations::fit(&both, &truths, &few, None).unwrap().context, None);
        let known = Calibration::none(2);
        let found = Calibrations::fit(&both, &truths, &few, Some(&known)).unwrap();
        assert_eq!(found.context, Some(known));
    }

    #[test]
    fn a_missing_label_is_refused() {
        let scores = vec![vec![0.0, 1.0, 0.0]; 6];
        assert!(Calibration::fit(&scores, &[0, 1, 0, 1, 0, 1]).is_err());
    }
}
