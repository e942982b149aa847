//! Agreement coefficients: percent agreement, Krippendorff's alpha and Gwet's AC1.
//!
//! Where most codes have one label, alpha can be low although coders hardly ever differ, and AC1 can be
//! high although they cannot tell the rare labels. Therefore both are given, beside the percentage.

use crate::cluster_bootstrap::{self, Resampling};
use crate::evaluate::Estimate;

/// The distance of two labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Two labels are the same or not.
    Nominal,
    /// Labels have an order; those with many codes between them are further apart.
    Ordinal,
}

/// An agreement coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Mean over items of the share of pairs of codes that are the same. None where no item has two
    /// codes.
    PercentAgreement,
    /// Krippendorff's alpha: 1 − observed over expected disagreement (Krippendorff 2004, 2011).
    ///
    /// `α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck`; none where all codes are the same, since
    /// agreement without variation proves nothing.
    Alpha(Metric),
    /// Alpha of one label against all others: how well coders tell it.
    AlphaOf(usize),
    /// AC1 (Gwet 2008): `(pₐ − pₑ) / (1 − pₑ)` with pₐ the percent agreement, and
    /// `pₑ = Σ π_k (1 − π_k) / (q − 1)` over the q labels that occur, π_k being the mean over items
    /// of the share of codes with label k. None where fewer than two labels occur.
    Ac1,
}

/// The codes of several coders for the same items.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    /// `units[item][coder]`: the index of the label, none where the coder did not code the item.
    pub units: Vec<Vec<Option<usize>>>,
    /// Number of labels.
    pub n_labels: usize,
}

impl Codes {
    /// The coincidence matrix: how often two codes of one item meet, each item weighted by its number of
    /// codes (Krippendorff 2011). Items with one code do not count.
    pub fn coincidences(&self) -> Vec<Vec<f64>> {
        let counts = Counts::new(self);
        counts.coincidences(&vec![1; self.units.len()])
    }

    /// Number of codes of each label.
    pub fn label_counts(&self) -> Vec<usize> {
        let of = |label| self.units.iter().flatten().filter(|code| **code == Some(label)).count();
        (0..self.n_labels).map(of).collect()
    }

    /// A coefficient; none where it is undefined.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        Counts::new(self).figure(figure, &vec![1; self.units.len()])
    }

    /// A coefficient with its bootstrap interval over items. Resamples in which it is undefined are left
    /// out.
    pub fn estimate(&self, figure: Figure, resampling: Resampling) -> Option<Estimate> {
        let counts = Counts::new(self);
        let value = counts.figure(figure, &vec![1; self.units.len()])?;
        let drawn = cluster_bootstrap::intervals(self.units.len(), resampling, |times| {
            counts.figure(figure, times).map(|value| vec![value])
        });
        Some(Estimate { value, interval: drawn.map(|intervals| intervals[0]) })
    }
}

/// The number of codes of each label for every item: all that the coefficients need.
struct Counts {
    units: Vec<Vec<f64>>,
    n_labels: usize,
    /// Number of labels that occur.
    n_occurring: usize,
}

impl Counts {
    fn new(codes: &Codes) -> Self {
        let counted = |unit: &Vec<Option<usize>>| {
            let mut counts = vec![0.0; codes.n_labels];
            unit.iter().flatten().for_each(|&label| counts[label] += 1.0);
            counts
        };
        let units = codes.units.iter().map(counted).collect();
        let n_occurring = codes.label_counts().iter().filter(|&&count| count > 0).count();
        Counts { units, n_labels: codes.n_labels, n_occurring }
    }

    /// Each item that is drawn, with how often it is drawn and its number of codes.
    fn drawn<'a>(&'a self, times: &'a [u32]) -> impl Iterator<Item = (&'a [f64], f64, f64)> {
        let drawn = self.units.iter().zip(times).filter(|(_, times)| **times > 0);
        drawn.map(|(unit, &times)| (unit.as_slice(), f64::from(times), unit.iter().sum()))
    }

    fn figure(&self, figure: Figure, times: &[u32]) -> Option<f64> {
        match figure {
            Figure::PercentAgreement => self.percent_agreement(times),
            Figure::Alpha(metric) => alpha(&self.coincidences(times), metric),
            Figure::AlphaOf(label) => {
                alpha(&against_others(&self.coincidences(times), label), Metric::Nominal)
            }
            Figure::Ac1 => self.ac1(times),
        }
    }

    fn coincidences(&self, times: &[u32]) -> Vec<Vec<f64>> {
        let mut matrix = vec![vec![0.0; self.n_labels]; self.n_labels];
        for (unit, times, codes) in self.drawn(times).filter(|(_, _, codes)| *codes > 1.0) {
            for (c, row) in matrix.iter_mut().enumerate() {
                for (k, cell) in row.iter_mut().enumerate() {
                    let itself = if c == k { 1.0 } else { 0.0 };
                    *cell += times * unit[c] * (unit[k] - itself) / (codes - 1.0);
                }
            }
        }
        matrix
    }

    fn percent_agreement(&self, times: &[u32]) -> Option<f64> {
        let (mut same, mut items) = (0.0, 0.0);
        for (unit, times, codes) in self.drawn(times).filter(|(_, _, codes)| *codes > 1.0) {
            let pairs: f64 = unit.iter().map(|count| count * (count - 1.0)).sum();
            same += times * pairs / (codes * (codes - 1.0));
            items += times;
        }
        (items > 0.0).then(|| same / items)
    }

    fn ac1(&self, times: &[u32]) -> Option<f64> {
        let agreement = self.percent_agreement(times)?;
        let mut shares = vec![0.0; self.n_labels];
        let mut items = 0.0;
        for (unit, times, codes) in self.drawn(times).filter(|(_, _, codes)| *codes > 0.0) {
            shares.iter_mut().zip(unit).for_each(|(share, count)| *share += times * count / codes);
            items += times;
        }
        let spread: f64 = shares.iter().map(|sum| sum / items * (1.0 - sum / items)).sum();
        let by_chance = spread / (self.n_occurring as f64 - 1.0);
        (self.n_occurring > 1).then(|| (agreement - by_chance) / (1.0 - by_chance))
    }
}

fn alpha(matrix: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let sums: Vec<f64> = matrix.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = sums.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (c, row) in matrix.iter().enumerate() {
        for (k, coincidences) in row.iter().enumerate() {
            let distance = squared_distance(metric, &sums, c, k);
            observed += coincidences * distance;
            expected += sums[c] * sums[k] * distance;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// The coincidences of one label and all others as a matrix of two labels.
fn against_others(matrix: &[Vec<f64>], label: usize) -> Vec<Vec<f64>> {
    let mut two = vec![vec![0.0; 2]; 2];
    for (c, row) in matrix.iter().enumerate() {
        for (k, count) in row.iter().enumerate() {
            two[usize::from(c == label)][usize::from(k == label)] += count;
        }
    }
    two
}

fn squared_distance(metric: Metric, sums: &[f64], c: usize, k: usize) -> f64 {
    match metric {
        Metric::Nominal => f64::from(u8::from(c != k)),
        Metric::Ordinal => {
            let between: f64 = sums[c.min(k)..=c.max(k)].iter().sum();
            (between - f64::midpoint(sums[c], sums[k])).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOMINAL: Figure = Figure::Alpha(Metric::Nominal);
    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    #[test]
    fn agreement_without_variation_proves_nothing() {
        let codes = Codes { units: vec![vec![Some(1), Some(1)]; 5], n_labels: 3 };
        assert_eq!((codes.figure(NOMINAL), codes.figure(Figure::Ac1)), (None, None));
        assert_eq!(codes.figure(Figure::PercentAgreement), Some(1.0));
        assert_eq!(codes.estimate(NOMINAL, DRAW), None);
    }

    #[test]
    fn one_coder_cannot_agree() {
        let codes = Codes { units: vec![vec![Some(1), None], vec![None, Some(0)]], n_labels: 2 };
        assert_eq!((codes.figure(NOMINAL), codes.figure(Figure::Ac1)), (None, None));
        assert_eq!(codes.figure(Figure::PercentAgreement), None);
    }

    /// Two coders who throw coins: every figure is that of chance.
    fn chance(n: usize) -> Codes {
        let units = (0..4).map(|n| vec![Some(n % 2), Some(n / 2)]).cycle().take(n).collect();
        Codes { units, n_labels: 2 }
    }

    #[test]
    fn chance_agreement_has_an_alpha_near_zero() {
        let alpha = chance(400).figure(NOMINAL).unwrap();
        assert!(alpha.abs() < 0.01, "{alpha}");
        assert!(chance(400).figure(Figure::Ac1).unwrap().abs() < 0.01);
    }

    #[test]
    fn a_rare_label_is_told_apart_from_all_others() {
        let units = [(0, 0), (0, 0), (1, 1), (1, 2), (2, 1), (2, 2)];
        let units = units.map(|(a, b)| vec![Some(a), Some(b)]).to_vec();
        let codes = Codes { units, n_labels: 3 };
        assert_eq!(codes.figure(Figure::AlphaOf(0)), Some(1.0));
        assert!(codes.figure(Figure::AlphaOf(1)).unwrap() < 0.5);
    }

    #[test]
    fn intervals_shrink_with_the_items_and_hold_the_figure() {
        let width = |n| {
            let estimate = chance(n).estimate(NOMINAL, DRAW).unwrap();
            let interval = estimate.interval.unwrap();
            assert!(interval.low <= estimate.value && estimate.value <= interval.high);
            interval.high - interval.low
        };
        assert!(width(400) < 0.6 * width(100), "{} {}", width(400), width(100));
    }
}
