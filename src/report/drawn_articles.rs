//! The articles of an outlet as the bootstrap draws them: rows of numbers that add up, which is all that
//! their figures are made of.
//!
//! Beyond [`MOST_DRAWN`] articles each goes at random into one of so many bundles, which are drawn in their
//! place (random groups: Wolter 2007, chapter 2). What a draw varies by stays the same on average: the
//! articles of a bundle are independent of each other. The variance is then estimated from so many
//! groups, which leaves its root uncertain by 1 / √(2 · 10,000), 0.7 %; a thousand resamples leave the ends of an
//! interval uncertain by 4 %.

use crate::cluster_bootstrap::{self, Interval, Resampling};
use crate::random::{stream_rng, uniform_below};

/// Maximum number of articles that are drawn one by one, and of bundles.
const MOST_DRAWN: usize = 10_000;

/// The stream of random numbers that puts articles into bundles; those of resamples count up from 0.
const BUNDLES: u64 = u64::MAX;

/// How many columns are added up at a time, in registers.
const LANES: usize = 4;

/// What each article brings, in columns.
#[derive(Debug)]
pub(super) struct DrawnArticles {
    /// Number of columns.
    width: usize,
    /// By four columns, the last filled up with zeros: the numbers of every row.
    blocks: Vec<Vec<[f64; LANES]>>,
    /// How many are drawn each time, with those that bring nothing.
    n_drawn: usize,
    resampling: Resampling,
}

impl DrawnArticles {
    /// Of articles that each bring `width` numbers, in an order that depends on their values alone, and of
    /// `empty` others that bring nothing.
    pub(super) fn new<R: Iterator<Item = f64>>(
        width: usize,
        rows: impl ExactSizeIterator<Item = R>,
        empty: usize,
        resampling: Resampling,
    ) -> Self {
        let n_articles = rows.len() + empty;
        let is_bundled = n_articles > MOST_DRAWN;
        let n_rows = if is_bundled { MOST_DRAWN } else { rows.len() };
        let mut rng = stream_rng(resampling.seed, BUNDLES);
        let mut blocks = vec![vec![[0.0; LANES]; n_rows]; width.div_ceil(LANES)];
        for (number, row) in rows.enumerate() {
            let place = if is_bundled { uniform_below(MOST_DRAWN, &mut rng) } else { number };
            for (column, value) in row.take(width).enumerate() {
                blocks[column / LANES][place][column % LANES] += value;
            }
        }
        DrawnArticles { width, blocks, n_drawn: n_articles.min(MOST_DRAWN), resampling }
    }

    /// The figures of every resample in which they are defined, in order. `figures` takes the number of the
    /// resample and the totals of what it drew, by column.
    pub(super) fn replicates(
        &self,
        figures: impl Fn(usize, &[f64]) -> Option<Vec<f64>> + Sync,
    ) -> Vec<Vec<f64>> {
        cluster_bootstrap::replicates(self.n_drawn, self.resampling, |number, times| {
            figures(number, &self.totals(times))
        })
    }

    /// An interval for each figure; none where no resample has any.
    pub(super) fn intervals(
        &self,
        figures: impl Fn(usize, &[f64]) -> Option<Vec<f64>> + Sync,
    ) -> Option<Vec<Interval>> {
        let drawn = self.replicates(figures);
        let of = |figure: usize| cluster_bootstrap::interval(drawn.iter().map(|d| d[figure]));
        Some((0..drawn.first()?.len()).map(of).collect())
    }

    fn totals(&self, times: &[u32]) -> Vec<f64> {
        let total = |rows: &Vec<[f64; LANES]>| {
            let mut total = [0.0; LANES];
            for (row, &times) in rows.iter().zip(times) {
                let times = f64::from(times);
                total.iter_mut().zip(row).for_each(|(total, value)| *total += times * value);
            }
            total
        };
        let mut totals: Vec<f64> = self.blocks.iter().flat_map(total).collect();
        totals.truncate(self.width);
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 1000, seed: 1 };

    /// So many articles of one sentence each, of which every third has the label.
    fn every_third(n: usize, empty: usize) -> DrawnArticles {
        let rows = (0..n).map(|number| [1.0, if number % 3 == 0 { 1.0 } else { 0.0 }].into_iter());
        DrawnArticles::new(2, rows, empty, DRAW)
    }

    fn share(_: usize, totals: &[f64]) -> Option<Vec<f64>> {
        (totals[0] > 0.0).then(|| vec![totals[1] / totals[0]])
    }

    #[test]
    fn totals_count_each_article_as_often_as_it_is_drawn() {
        let rows = [[1.0, 2.0, 4.0, 8.0, 16.0], [3.0, 5.0, 7.0, 9.0, 11.0]];
        let drawn = DrawnArticles::new(5, rows.iter().map(|row| row.iter().copied()), 1, DRAW);
        assert_eq!(drawn.n_drawn, 3);
        assert_eq!(drawn.totals(&[2, 1, 9]), [5.0, 9.0, 15.0, 25.0, 43.0]);
    }

    #[test]
    fn bundles_hold_every_article_once() {
        let drawn = every_third(MOST_DRAWN + 20_000, 70_000);
        assert_eq!((drawn.n_drawn, drawn.blocks[0].len()), (MOST_DRAWN, MOST_DRAWN));
        assert_eq!(drawn.totals(&vec![1; MOST_DRAWN]), [30_000.0, 10_000.0]);
    }

    /// By hand: 1.96 · √(1/3 · 2/3 / 40,000) = 0.00462 to either side, however many have no sentence.
    #[test]
    fn bundles_leave_the_width_of_intervals() {
        for empty in [0, 60_000] {
            let interval = every_third(40_000, empty).intervals(share).unwrap()[0];
            let half = (interval.high - interval.low) / 2.0;
            assert!((half / 0.004_62 - 1.0).abs() < 0.1, "{half} with {empty}");
            assert!(interval.low < 1.0 / 3.0 && 1.0 / 3.0 < interval.high);
        }
    }

    /// Three of 40,000 articles have a sentence: as few are drawn as without bundles.
    #[test]
    fn what_is_rare_stays_rare() {
        let none = |_: usize, totals: &[f64]| Some(vec![f64::from(u8::from(totals[0] == 0.0))]);
        let missed: f64 =
            every_third(3, 40_000).replicates(none).iter().map(|figures| figures[0]).sum();
        // e⁻³ of 1,000.
        assert!((30.0..75.0).contains(&missed), "{missed}");
    }
}
