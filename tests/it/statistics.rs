//! Our numbers against those of krippendorff, irrCAC, ppi-python, SciPy and statsmodels, recorded
//! by `tests/oracle/statistics.py`.

use framescope::agreement::{Codes, Figure, Metric};
use framescope::statistics::error_homogeneity::chi_squared;
use framescope::statistics::multiple_comparisons::{benjamini_hochberg, holm, two_sided};
use framescope::statistics::prediction_powered::{Lambda, Sums};
use framescope::statistics::prevalence::{adjusted_count, em_prevalence};
use serde::Deserialize;

#[derive(Deserialize)]
struct Recorded {
    agreement: Vec<Coders>,
    powered: Vec<Audit>,
    quantification: Quantification,
    comparison: Comparison,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../oracle/statistics.json")).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found} is not {expected}");
}

#[derive(Deserialize)]
struct Coders {
    name: String,
    codes: Vec<Vec<Option<usize>>>,
    alpha_nominal: f64,
    alpha_ordinal: f64,
    percent_agreement: f64,
    ac1: f64,
}

#[test]
fn agreement_is_that_of_krippendorff_and_irr_cac() {
    for case in recorded().agreement {
        let n_units = case.codes[0].len();
        let units = (0..n_units).map(|u| case.codes.iter().map(|coder| coder[u]).collect());
        let codes = Codes { units: units.collect(), n_labels: 5 };
        let check = |figure, expected| {
            close(codes.figure(figure).unwrap(), expected, 1e-9, &case.name);
        };
        check(Figure::Alpha(Metric::Nominal), case.alpha_nominal);
        check(Figure::Alpha(Metric::Ordinal), case.alpha_ordinal);
        check(Figure::PercentAgreement, case.percent_agreement);
        check(Figure::Ac1, case.ac1);
    }
}

/// Estimates are value, low and high.
#[derive(Deserialize)]
struct Audit {
    name: String,
    labels: Vec<f64>,
    predicted: Vec<f64>,
    unlabelled: Vec<f64>,
    tuned: [f64; 3],
    plain: [f64; 3],
    hand: [f64; 3],
}

#[test]
fn powered_shares_are_those_of_ppi_python() {
    for case in recorded().powered {
        let mut sums = Sums::default();
        let labelled = case.labels.iter().zip(&case.predicted);
        labelled.for_each(|(label, predicted)| sums.add_labelled(*label, *predicted, 0.4));
        case.unlabelled.iter().for_each(|predicted| sums.add_rest(*predicted));
        let ways = [
            (Lambda::Tuned, case.tuned),
            (Lambda::Fixed(1.0), case.plain),
            (Lambda::Fixed(0.0), case.hand),
        ];
        for (lambda, [value, low, high]) in ways {
            let found = sums.estimate(lambda).unwrap();
            let interval = found.interval();
            close(found.value, value, 1e-6, &case.name);
            close(interval.low, low, 1e-6, &case.name);
            close(interval.high, high, 1e-6, &case.name);
        }
    }
}

#[derive(Deserialize)]
struct Quantification {
    adjusted: Vec<Miscounted>,
    maximised: Vec<Probable>,
}

/// `matrix[i][j]`: how often i is predicted where j is true.
#[derive(Deserialize)]
struct Miscounted {
    matrix: Vec<Vec<f64>>,
    counted: Vec<f64>,
    shares: Vec<f64>,
}

#[derive(Deserialize)]
struct Probable {
    probabilities: Vec<Vec<f64>>,
    prior: Vec<f64>,
    shares: Vec<f64>,
}

#[test]
fn adjusted_counts_are_those_of_least_squares() {
    for case in recorded().quantification.adjusted {
        let n = case.counted.len();
        let confusion: Vec<Vec<f64>> =
            (0..n).map(|j| (0..n).map(|i| 100.0 * case.matrix[i][j]).collect()).collect();
        let found = adjusted_count(&confusion, &case.counted).unwrap();
        for (found, expected) in found.iter().zip(case.shares) {
            close(*found, expected, 1e-6, "adjusted");
        }
    }
}

#[test]
fn most_likely_shares_are_those_of_saerens() {
    for case in recorded().quantification.maximised {
        let cells: Vec<_> = case.probabilities.into_iter().map(|p| (p, 1.0)).collect();
        let found = em_prevalence(&cells, &case.prior).unwrap();
        for (found, expected) in found.iter().zip(case.shares) {
            close(*found, expected, 1e-6, "most likely");
        }
    }
}

#[derive(Deserialize)]
struct Comparison {
    p: Vec<f64>,
    holm: Vec<f64>,
    benjamini_hochberg: Vec<f64>,
    tables: Vec<Counts>,
    z: Vec<f64>,
    two_sided: Vec<f64>,
}

#[derive(Deserialize)]
struct Counts {
    counts: Vec<Vec<f64>>,
    chi_squared: f64,
}

#[test]
fn many_comparisons_are_those_of_statsmodels_and_scipy() {
    let case = recorded().comparison;
    let all = |found: Vec<f64>, expected: Vec<f64>, what| {
        found
            .iter()
            .zip(expected)
            .for_each(|(found, expected)| close(*found, expected, 1e-6, what));
    };
    all(holm(&case.p), case.holm, "Holm");
    all(benjamini_hochberg(&case.p), case.benjamini_hochberg, "Benjamini and Hochberg");
    all(case.z.iter().map(|z| two_sided(*z)).collect(), case.two_sided, "two-sided");
    for table in case.tables {
        close(chi_squared(&table.counts), table.chi_squared, 1e-9, "chi squared");
    }
}
