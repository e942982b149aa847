//! The cluster bootstrap: how far a share could have come out otherwise, had the outlet's articles
//! been drawn anew. Pure arithmetic; knows nothing of text.
//!
//! ```text
//! share of label l = Σ pₐₗ / Σ nₐ        over articles a
//! ```
//!
//! where n counts an article's sentences and p sums their probabilities of the label. Each resample
//! draws as many articles as there are, with replacement, and takes the ratio of the two sums again;
//! the interval runs from the 2.5th to the 97.5th percentile of these ratios. Sentences of one
//! article are not independent, so articles are drawn, never sentences.

use std::cmp::Ordering;

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// Below so many articles with such sentences there is no interval: with four articles there are
/// only 35 different resamples, and the interval would be far too narrow.
pub const MIN_ARTICLES: usize = 5;

/// A 95 % interval of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// What one article brings to the shares.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster {
    /// How many of its sentences count.
    pub(super) sentences: f64,
    /// Their summed probabilities, by label.
    pub(super) sums: Box<[f64]>,
}

/// How the resamples are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draw {
    /// How many.
    pub(super) resamples: usize,
    /// Where chance starts.
    pub(super) seed: u64,
}

/// One interval per label, or none where fewer than [`MIN_ARTICLES`] articles have such sentences.
/// `empty` counts the articles that have none: they are drawn too, and bring nothing.
pub(super) fn intervals(clusters: &[Cluster], empty: usize, draw: Draw) -> Option<Vec<Interval>> {
    if clusters.len() < MIN_ARTICLES {
        return None;
    }
    let rows = canonical(clusters);
    let ratios: Vec<Vec<f64>> = (0..draw.resamples as u64)
        .into_par_iter()
        .filter_map(|number| {
            // Every resample has its own generator, so that threads cannot change the result.
            let mut rng = Pcg64Mcg::seed_from_u64(draw.seed.wrapping_add(number));
            resample(&rows, empty, &mut rng)
        })
        .collect();
    (0..clusters[0].sums.len())
        .map(|label| percentile_interval(ratios.iter().map(|ratio| ratio[label]).collect()))
        .collect()
}

/// In an order that depends on the values alone, not on the order in which articles were read.
fn canonical(clusters: &[Cluster]) -> Vec<&Cluster> {
    let mut rows: Vec<&Cluster> = clusters.iter().collect();
    rows.sort_by(|a, b| {
        let sums = a.sums.iter().zip(&b.sums).map(|(a, b)| a.total_cmp(b));
        sums.fold(a.sentences.total_cmp(&b.sentences), Ordering::then)
    });
    rows
}

/// The shares of one resample; none where it drew only articles without such sentences.
fn resample(rows: &[&Cluster], empty: usize, rng: &mut Pcg64Mcg) -> Option<Vec<f64>> {
    let articles = rows.len() + empty;
    let mut sentences = 0.0;
    let mut sums = vec![0.0; rows[0].sums.len()];
    for _ in 0..articles {
        if let Some(row) = rows.get(below(articles, rng)) {
            sentences += row.sentences;
            sums.iter_mut().zip(&row.sums).for_each(|(sum, part)| *sum += part);
        }
    }
    (sentences > 0.0).then(|| sums.iter().map(|sum| sum / sentences).collect())
}

/// A number below `bound`; the bias of multiply-and-shift is below bound / 2⁶⁴.
#[expect(clippy::cast_possible_truncation, reason = "the product's upper half is below `bound`")]
fn below(bound: usize, rng: &mut Pcg64Mcg) -> usize {
    ((u128::from(rng.next_u64()) * bound as u128) >> 64) as usize
}

fn percentile_interval(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    Some(Interval { low: percentile(&values, 0.025)?, high: percentile(&values, 0.975)? })
}

/// The value at a part of the way through rising values, between neighbours in proportion.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`place` lies between 0 and the number of values"
)]
fn percentile(rising: &[f64], part: f64) -> Option<f64> {
    let place = part * (rising.len().checked_sub(1)? as f64);
    let below = rising.get(place.floor() as usize)?;
    let above = rising.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

/// A seed of an outlet's own, so that adding another outlet changes none of its figures (FNV-1a).
pub(super) fn seed_of(seed: u64, outlet: &str) -> u64 {
    let bytes = seed.to_le_bytes();
    bytes.iter().chain(outlet.as_bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Draw = Draw { resamples: 1000, seed: 1 };

    fn cluster(sentences: f64, sum: f64) -> Cluster {
        Cluster { sentences, sums: Box::new([sum, sentences - sum]) }
    }

    #[test]
    fn percentiles_by_hand() {
        // R: quantile(c(10, 20, 30, 40, 50), c(.025, .5, .975)) is 11, 30, 49.
        let rising = [10.0, 20.0, 30.0, 40.0, 50.0];
        for (part, expected) in [(0.025, 11.0), (0.5, 30.0), (0.975, 49.0), (1.0, 50.0)] {
            assert!((percentile(&rising, part).unwrap() - expected).abs() < 1e-12);
        }
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(percentile(&[7.0], 0.025), Some(7.0));
    }

    #[test]
    fn equal_articles_leave_no_doubt() {
        let intervals = intervals(&vec![cluster(4.0, 1.0); 5], 0, DRAW).unwrap();
        assert_eq!(intervals[0], Interval { low: 0.25, high: 0.25 });
        assert_eq!(intervals[1], Interval { low: 0.75, high: 0.75 });
    }

    #[test]
    fn an_interval_needs_five_articles() {
        assert_eq!(intervals(&vec![cluster(4.0, 1.0); 4], 10, DRAW), None);
        assert_eq!(intervals(&[], 0, DRAW), None);
    }

    #[test]
    fn extreme_articles_by_hand() {
        // Five articles of one sentence: two wholly of the label, three not. The number of the
        // former in a resample is binomial(5, .4), whose 2.5 % and 97.5 % quantiles are 0 and 4.
        let clusters = [1.0, 1.0, 0.0, 0.0, 0.0].map(|sum| cluster(1.0, sum));
        let found = intervals(&clusters, 0, Draw { resamples: 20_000, seed: 3 }).unwrap();
        assert_eq!(found[0], Interval { low: 0.0, high: 0.8 });
    }

    #[test]
    fn order_of_articles_changes_nothing() {
        let mut clusters: Vec<_> =
            (1..20_u32).map(|n| cluster(f64::from(n), f64::from(n % 4))).collect();
        let forth = intervals(&clusters, 3, DRAW);
        clusters.reverse();
        assert_eq!(intervals(&clusters, 3, DRAW), forth);
    }

    #[test]
    fn draws_of_empty_articles_alone_are_dropped() {
        let found = intervals(&vec![cluster(2.0, 1.0); 5], 500, DRAW).unwrap();
        assert_eq!(found[0], Interval { low: 0.5, high: 0.5 });
    }

    #[test]
    fn seeds_differ_by_outlet_and_by_seed() {
        assert_ne!(seed_of(1, "A"), seed_of(1, "B"));
        assert_ne!(seed_of(1, "A"), seed_of(2, "A"));
    }

    /// Articles of 1 to 6 sentences whose own share varies about .4: the interval must hold .4 in
    /// about 95 of 100 corpora. 400 corpora: a standard error of 1.1 points.
    #[test]
    fn intervals_cover_the_truth() {
        let mut rng = Pcg64Mcg::seed_from_u64(20);
        let mut unit = || (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let mut covered = 0;
        for corpus in 0..400 {
            let clusters: Vec<_> = (0..40)
                .map(|_| {
                    let (sentences, share) = (1.0 + (unit() * 6.0).floor(), 0.1 + 0.6 * unit());
                    cluster(sentences, sentences * share)
                })
                .collect();
            let draw = Draw { resamples: 400, seed: corpus };
            let found = intervals(&clusters, 0, draw).unwrap()[0];
            covered += usize::from(found.low <= 0.4 && 0.4 <= found.high);
        }
        assert!((364..=396).contains(&covered), "{covered} of 400 intervals hold the truth");
    }
}
