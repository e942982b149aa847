//! How well a model does on each outlet. Where it is better calibrated or more often right on one than
//! on another, figures of the two cannot be compared.

use std::collections::BTreeMap;

use serde::Serialize;

use super::expected_calibration_error::calibration_error_by_chance;
use super::scores::{ScoredExample, Scores, scores};
use crate::cluster_bootstrap::Resampling;

/// Minimum number of rows; figures of fewer would mostly show chance.
pub const MIN_ROWS: usize = 30;

/// How well a model does on one outlet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletScores {
    /// Its name; empty for the rows that name none.
    pub outlet: String,
    /// Number of its rows.
    pub rows: usize,
    /// The figures; none below [`MIN_ROWS`] rows.
    pub scores: Option<Scores>,
    /// The calibration error that exact probabilities would show on the same number of rows.
    pub calibration_error_by_chance: Option<f64>,
}

/// The scores on each outlet, in byte order of their names. `outlets` has the outlet of each example.
/// Empty where no row names an outlet.
pub fn by_outlet(
    examples: &[ScoredExample],
    outlets: &[&str],
    labels: &[String],
    resampling: Resampling,
) -> Vec<OutletScores> {
    let mut rows = BTreeMap::<&str, Vec<ScoredExample>>::new();
    for (example, outlet) in examples.iter().zip(outlets) {
        rows.entry(outlet).or_default().push(example.clone());
    }
    if rows.keys().all(|outlet| outlet.is_empty()) {
        return Vec::new();
    }
    let scored = |(outlet, rows): (&str, Vec<ScoredExample>)| {
        let enough = Some(&rows).filter(|rows| rows.len() >= MIN_ROWS);
        OutletScores {
            outlet: outlet.to_string(),
            rows: rows.len(),
            scores: enough.and_then(|rows| scores(rows, labels, resampling)),
            calibration_error_by_chance: enough.map(|r| calibration_error_by_chance(r, resampling)),
        }
    };
    rows.into_iter().map(scored).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 100, seed: 1 };

    fn sure(truth: usize, article: usize) -> ScoredExample {
        ScoredExample::most_probable(truth, vec![0.9, 0.1], article)
    }

    #[test]
    fn each_outlet_is_judged_by_its_own_rows() {
        let labels = ["no", "yes"].map(String::from);
        let judged: Vec<ScoredExample> = (0..90).map(|n| sure(usize::from(n >= 60), n)).collect();
        let outlets: Vec<&str> = (0..90).map(|n| ["Beacon", "Clarion", "Wire"][n / 30]).collect();
        let found = by_outlet(&judged[..89], &outlets[..89], &labels, DRAW);
        let names: Vec<(&str, usize)> = found.iter().map(|o| (o.outlet.as_str(), o.rows)).collect();
        assert_eq!(names, [("Beacon", 30), ("Clarion", 30), ("Wire", 29)]);
        let beacon = found[0].scores.as_ref().unwrap();
        // Every row is right and called right with 0.9: 0.1 too timid, (0.1² + 0.1²) from the truth.
        assert!((beacon.calibration_error - 0.1).abs() < 1e-12);
        assert!((beacon.brier - 0.02).abs() < 1e-12);
        assert_eq!(found[2].scores, None);
    }

    #[test]
    fn without_outlets_there_is_nothing_to_tell_apart() {
        assert!(by_outlet(&[sure(0, 0)], &[""], &["no".into()], DRAW).is_empty());
    }
}
