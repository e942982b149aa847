//! Our numbers against those of scikit-learn and SciPy, recorded by
//! `tests/oracle/make.py`, and against linfa-logistic's own.

use framescope::cluster_bootstrap::Resampling;
use framescope::evaluate::{self, ScoredExample};
use framescope::model::newton_cg::{Objective, Stopping};
use framescope::model::softmax_regression::{Softmax, SoftmaxParams, SoftmaxValidParams};
use framescope::sparse_matrix::Csr;
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict, PredictInplace};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Cases<T> {
    cases: Vec<T>,
}

fn cases<T: DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str::<Cases<T>>(json).unwrap().cases
}

#[derive(Deserialize)]
struct Regression {
    name: String,
    x: Vec<Vec<f32>>,
    targets: Vec<Vec<f64>>,
    weights: Vec<f64>,
    alpha: f64,
    objective: f64,
    coefficients: Vec<Vec<f64>>,
    intercepts: Vec<f64>,
    probabilities: Vec<Vec<f64>>,
}

fn regressions() -> Vec<Regression> {
    cases(include_str!("../oracle/softmax.json"))
}

fn sparse(x: &[Vec<f32>]) -> Csr {
    let mut rows = Csr::new(x[0].len());
    for row in x {
        let filled: Vec<(u32, f32)> =
            (0..).zip(row.iter().copied()).filter(|(_, value)| *value != 0.0).collect();
        rows.push(&filled);
    }
    rows
}

impl Regression {
    fn n_labels(&self) -> usize {
        self.targets[0].len()
    }

    fn params(&self) -> SoftmaxValidParams {
        let stopping = Stopping { tolerance: 1e-9, max_steps: 200 };
        SoftmaxParams::new(self.n_labels()).penalty(self.alpha).stopping(stopping).check().unwrap()
    }

    fn zeros(&self) -> Softmax {
        Softmax::zeros(self.x[0].len(), self.n_labels())
    }

    fn fit(&self) -> (Softmax, f64) {
        let targets = self.targets.concat();
        let (model, how) = self
            .params()
            .fit_soft(&sparse(&self.x), &targets, &self.weights, self.zeros())
            .unwrap();
        (model, how.value)
    }

    /// The label of each row; none where targets are soft or rows weigh differently.
    fn hard_labels(&self) -> Option<Vec<usize>> {
        let label = |row: &Vec<f64>| row.iter().position(|&share| share > 0.999);
        let is_plain = self.weights.iter().all(|&weight| (weight - 1.0).abs() < 1e-12);
        self.targets.iter().map(label).collect::<Option<Vec<_>>>().filter(|_| is_plain)
    }
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let distance = (found - expected).abs() / expected.abs().max(1.0);
    assert!(distance <= tolerance, "{what}: {found} is not {expected}");
}

#[test]
fn the_objective_is_that_of_scikit_learn() {
    for case in regressions() {
        close(case.fit().1, case.objective, 1e-6, &case.name);
    }
}

#[test]
fn weights_and_probabilities_are_those_of_scikit_learn() {
    for case in regressions() {
        let (model, _) = case.fit();
        let k = case.n_labels();
        let mean = model.intercept.iter().sum::<f64>() / k as f64;
        for label in 0..k {
            close(model.intercept[label] - mean, case.intercepts[label], 1e-4, &case.name);
            for (column, weights) in model.weights.chunks(k).enumerate() {
                let mean = weights.iter().sum::<f64>() / k as f64;
                close(weights[label] - mean, case.coefficients[label][column], 1e-4, &case.name);
            }
        }
        let rows = sparse(&case.x);
        for (row, expected) in case.probabilities.iter().enumerate() {
            for (found, expected) in model.probabilities(&rows, row).iter().zip(expected) {
                close(*found, *expected, 1e-5, &case.name);
            }
        }
    }
}

#[test]
fn gradient_and_curvature_are_those_of_finite_differences() {
    for case in regressions().iter().filter(|case| case.name != "huge_row") {
        let (rows, targets) = (sparse(&case.x), case.targets.concat());
        let params = case.params();
        let mut loss = params.loss(&rows, &targets, &case.weights).unwrap();
        let n = loss.dimension();
        let at: Vec<f64> = (0..n).map(|i| ((i * 37 % 11) as f64 - 5.0) / 10.0).collect();
        let direction: Vec<f64> = (0..n).map(|i| ((i * 23 % 7) as f64 - 3.0) / 5.0).collect();
        let step = 1e-5;
        let moved = |sign: f64| -> Vec<f64> {
            at.iter().zip(&direction).map(|(w, d)| w + sign * step * d).collect()
        };
        let (mut here, mut ahead, mut behind) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let value_ahead = loss.evaluate(&moved(1.0), &mut ahead);
        let value_behind = loss.evaluate(&moved(-1.0), &mut behind);
        loss.evaluate(&at, &mut here);
        let slope: f64 = here.iter().zip(&direction).map(|(g, d)| g * d).sum();
        close(slope, (value_ahead - value_behind) / (2.0 * step), 1e-6, &case.name);
        let mut product = vec![0.0; n];
        loss.curvature(&direction, &mut product);
        for i in 0..n {
            close(product[i], (ahead[i] - behind[i]) / (2.0 * step), 1e-5, &case.name);
        }
        let mut diagonal = vec![0.0; n];
        loss.diagonal(&mut diagonal);
        for i in 0..n {
            let only: Vec<f64> = (0..n).map(|j| f64::from(u8::from(i == j))).collect();
            loss.curvature(&only, &mut product);
            close(diagonal[i], product[i], 1e-5, &case.name);
        }
    }
}

/// linfa-logistic's fit and ours end at the same objective where linfa-logistic works: small,
/// dense, scaled.
#[test]
fn the_objective_is_that_of_linfa_logistic() {
    for case in regressions().iter().filter(|case| case.name == "dense") {
        let labels = case.hard_labels().unwrap();
        let x = Array2::from_shape_fn((case.x.len(), case.x[0].len()), |(i, j)| {
            f64::from(case.x[i][j])
        });
        let fitted = MultiLogisticRegression::default()
            .alpha(case.alpha)
            .gradient_tolerance(1e-8)
            .max_iterations(1000)
            .fit(&DatasetBase::new(x, Array1::from_vec(labels)))
            .unwrap();
        let (rows, targets) = (sparse(&case.x), case.targets.concat());
        let params = case.params();
        let mut loss = params.loss(&rows, &targets, &case.weights).unwrap();
        let theirs: Vec<f64> =
            fitted.params().iter().chain(fitted.intercept().iter()).copied().collect();
        let mut gradient = vec![0.0; loss.dimension()];
        let value = loss.evaluate(&theirs, &mut gradient);
        close(case.fit().1, value, 1e-5, &case.name);
    }
}

#[test]
fn the_regression_is_one_of_linfas() {
    for case in regressions() {
        let Some(labels) = case.hard_labels() else { continue };
        let dataset = DatasetBase::new(sparse(&case.x), Array1::from_vec(labels.clone()));
        let model = SoftmaxParams::new(case.n_labels()).penalty(case.alpha).fit(&dataset).unwrap();
        let predicted = model.predict(&dataset);
        let right = predicted.iter().zip(&labels).filter(|(p, l)| p == l).count();
        assert!(right * 2 > labels.len(), "{}: {right} of {}", case.name, labels.len());
    }
}

#[test]
fn linfas_model_predicts_the_same_as_the_one_it_was_made_from() {
    for case in regressions() {
        let (model, _) = case.fit();
        let theirs = MultiFittedLogisticRegression::<f64, usize>::try_from(&model).unwrap();
        let x = Array2::from_shape_fn((case.x.len(), case.x[0].len()), |(i, j)| {
            f64::from(case.x[i][j])
        });
        let rows = sparse(&case.x);
        let mut ours = model.default_target(&rows);
        model.predict_inplace(&rows, &mut ours);
        assert_eq!(theirs.predict(&x), ours, "{}", case.name);
        let probabilities = theirs.predict_probabilities(&x);
        for row in 0..case.probabilities.len() {
            let expected = model.probabilities(&rows, row);
            for (label, &expected) in expected.iter().enumerate() {
                close(probabilities[[row, label]], expected, 1e-9, &case.name);
            }
        }
    }
}

#[test]
fn settings_and_data_that_cannot_work_are_refused() {
    let case = &regressions()[0];
    let rows = sparse(&case.x);
    for params in [
        SoftmaxParams::new(1),
        SoftmaxParams::new(3).penalty(0.0),
        SoftmaxParams::new(3).penalty(f64::NAN),
    ] {
        assert!(params.check().is_err());
    }
    let targets = case.targets.concat();
    assert!(case.params().fit_soft(&rows, &targets[3..], &case.weights, case.zeros()).is_err());
    assert!(case.params().fit_soft(&rows, &targets, &case.weights[1..], case.zeros()).is_err());
    let hurried = Stopping { tolerance: 1e-12, max_steps: 1 };
    let params = SoftmaxParams::new(3).stopping(hurried).check().unwrap();
    let error =
        params.fit_soft(&rows, &targets, &case.weights, case.zeros()).unwrap_err().to_string();
    assert!(error.contains("did not converge"), "{error}");
}

#[derive(Deserialize)]
struct Predictions {
    name: String,
    truth: Vec<usize>,
    probabilities: Vec<Vec<f64>>,
    accuracy: f64,
    macro_f1: f64,
    log_loss: f64,
    brier: f64,
    ece: f64,
    f1: Vec<f64>,
    precision: Vec<f64>,
    recall: Vec<f64>,
    confusion: Vec<Vec<usize>>,
}

#[test]
fn scores_are_those_of_scikit_learn() {
    for case in cases::<Predictions>(include_str!("../oracle/metrics.json")) {
        let rows = case.truth.iter().zip(&case.probabilities).enumerate();
        let judged: Vec<ScoredExample> = rows
            .map(|(row, (&truth, p))| ScoredExample::most_probable(truth, p.clone(), row))
            .collect();
        let labels = ["critical", "neutral", "supportive"].map(String::from);
        let scores =
            evaluate::scores(&judged, &labels, Resampling { resamples: 50, seed: 1 }).unwrap();
        assert_eq!(scores.confusion, case.confusion);
        close(scores.accuracy.value, case.accuracy, 1e-12, &case.name);
        close(scores.macro_f1.value, case.macro_f1, 1e-12, &case.name);
        close(scores.log_loss, case.log_loss, 1e-12, &case.name);
        close(scores.brier, case.brier, 1e-12, &case.name);
        close(scores.calibration_error, case.ece, 1e-12, &case.name);
        for (at, label) in scores.labels.iter().enumerate() {
            close(label.f1.value, case.f1[at], 1e-12, &case.name);
            // scikit-learn writes 0 where there is nothing to divide by.
            close(label.precision.unwrap_or(0.0), case.precision[at], 1e-12, &case.name);
            close(label.recall.unwrap_or(0.0), case.recall[at], 1e-12, &case.name);
        }
    }
}
