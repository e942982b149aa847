//! Confidence intervals by the cluster bootstrap over articles (Efron & Tibshirani 1993; Field & Welsh
//! 2007).
//!
//! Sentences of one article are not independent. Therefore whole articles are drawn with replacement,
//! as many as there are. The figures are computed from each resample, and the interval runs from the
//! 2.5th to the 97.5th percentile of the results.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::{stream_rng, uniform_below};

/// With fewer clusters there is no interval: four can be drawn in only 35 ways.
pub const MIN_CLUSTERS: usize = 5;

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// What an interval is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Other articles like these.
    Articles,
    /// Other sentences of these articles: they are too few to speak of others.
    Sentences,
}

impl Over {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Over::Articles => "articles",
            Over::Sentences => "sentences",
        }
    }
}

/// Settings of the resampling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of resamples.
    pub resamples: usize,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// An interval for each figure that `figures` computes; none where there are fewer than
/// [`MIN_CLUSTERS`] clusters or no resample had any figures.
///
/// `figures` takes how often each cluster was drawn. It returns the same number of figures each time,
/// or none where they are undefined in that resample. The same seed gives the same intervals, on one
/// core or many.
pub fn intervals(
    n_clusters: usize,
    resampling: Resampling,
    figures: impl Fn(&[u32]) -> Option<Vec<f64>> + Sync,
) -> Option<Vec<Interval>> {
    let drawn = (n_clusters >= MIN_CLUSTERS)
        .then(|| replicates(n_clusters, resampling, |_, times| figures(times)))?;
    let n_figures = drawn.first()?.len();
    Some((0..n_figures).map(|at| interval(drawn.iter().map(|d| d[at]))).collect())
}

/// The figures of every resample in which they are defined, in order. `figures` takes the number of the
/// resample and how often each cluster was drawn.
pub fn replicates(
    n_clusters: usize,
    resampling: Resampling,
    figures: impl Fn(usize, &[u32]) -> Option<Vec<f64>> + Sync,
) -> Vec<Vec<f64>> {
    (0..resampling.resamples)
        .into_par_iter()
        .filter_map(|number| figures(number, &resample(n_clusters, resampling.seed, number as u64)))
        .collect()
}

/// How often each cluster is drawn in one resample.
fn resample(n_clusters: usize, seed: u64, number: u64) -> Vec<u32> {
    let mut rng = stream_rng(seed, number);
    let mut times = vec![0; n_clusters];
    (0..n_clusters).for_each(|_| times[uniform_below(n_clusters, &mut rng)] += 1);
    times
}

/// From the 2.5th to the 97.5th percentile of values. There must be one at least.
pub fn interval(values: impl Iterator<Item = f64>) -> Interval {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    Interval { low: percentile(&values, 0.025), high: percentile(&values, 0.975) }
}

/// The standard deviation of a sample; none of fewer than two values.
pub fn standard_deviation(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (n > 1.0).then(|| (values.map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

/// The quantile of rising values at `part`, interpolated linearly between neighbours.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`place` lies between 0 and the number of values"
)]
fn percentile(rising: &[f64], part: f64) -> f64 {
    let place = part * (rising.len() - 1) as f64;
    let (low, high) = (rising[place.floor() as usize], rising[place.ceil() as usize]);
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 1000, seed: 1 };

    /// The mean of the values of the clusters drawn.
    fn mean(values: &[f64]) -> impl Fn(&[u32]) -> Option<Vec<f64>> + Sync {
        move |times| {
            let sum: f64 = values.iter().zip(times).map(|(v, t)| v * f64::from(*t)).sum();
            Some(vec![sum / values.len() as f64])
        }
    }

    #[test]
    fn percentiles_lie_between_neighbours() {
        assert!((percentile(&[0.0, 1.0, 2.0, 4.0], 0.5) - 1.5).abs() < 1e-12);
        assert!((percentile(&[7.0], 0.975) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn four_clusters_are_too_few() {
        assert_eq!(intervals(4, DRAW, mean(&[1.0; 4])), None);
    }

    #[test]
    fn clusters_that_agree_leave_no_doubt() {
        let interval = intervals(5, DRAW, mean(&[0.25; 5])).unwrap()[0];
        assert_eq!((interval.low, interval.high), (0.25, 0.25));
    }

    #[test]
    fn every_resample_draws_as_many_as_there_are() {
        for number in 0..50 {
            assert_eq!(resample(7, 3, number).iter().sum::<u32>(), 7);
        }
        assert_ne!(resample(7, 3, 0), resample(7, 3, 1));
        assert_ne!(resample(7, 3, 0), resample(7, 4, 0));
    }

    /// 40 clusters of 0 or 1: of 200 such samples, about 95 in 100 intervals hold the true mean.
    #[test]
    fn intervals_cover_what_they_promise() {
        let mut rng = crate::random::rng(5);
        let draw = Resampling { resamples: 300, seed: 2 };
        let covered = (0..200).filter(|_| {
            let values: Vec<f64> =
                (0..40).map(|_| if uniform_below(10, &mut rng) < 3 { 1.0 } else { 0.0 }).collect();
            let interval = intervals(40, draw, mean(&values)).unwrap()[0];
            interval.low <= 0.3 && 0.3 <= interval.high
        });
        let covered = covered.count();
        assert!((178..=198).contains(&covered), "{covered} of 200");
    }
}
