//! The sentences of one voice that stand in one relation to a target.

use super::clusters::{Cluster, intervals};
use super::tally::Tally;
use crate::bootstrap::{Draw, Interval};
use crate::target::About;
use crate::voice::Voice;

/// What the sentences of one voice express toward a target that they name, or do not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// Whose words.
    pub voice: Voice,
    /// Whether the sentences name the target.
    pub about: About,
    /// How many articles hold such sentences.
    pub articles: usize,
    /// How many such sentences there are.
    pub sentences: u64,
    /// One per label; empty where there are no such sentences.
    pub shares: Vec<Share>,
}

/// A label's share of the sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The mean calibrated probability of the label.
    pub mean: f64,
    /// 95 %, over articles; none where fewer than five articles hold such sentences.
    pub interval: Option<Interval>,
    /// How many sentences the model gives this label: the raw count.
    pub predicted: u64,
}

impl Share {
    /// Whether the figure is too uncertain to stand beside others: it has no interval, or one that
    /// is wider than 20 points.
    pub fn is_loose(&self) -> bool {
        self.interval.is_none_or(|interval| interval.high - interval.low > 0.2)
    }
}

/// A stratum while articles come in.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    tally: Tally,
    articles: Vec<Cluster>,
}

impl Gathered {
    /// Takes in one article's sentences of this stratum.
    pub(super) fn add(&mut self, article: &Tally, labels: usize) {
        self.tally.merge(article);
        self.articles.push(Cluster {
            sentences: article.sentences() as f64,
            sums: (0..labels).map(|label| article.sum(label)).collect(),
        });
    }

    /// The shares, with intervals over the outlet's articles.
    pub(super) fn finish(&self, key: (Voice, About), articles: u64, draw: Draw) -> Stratum {
        let with = self.articles.len();
        let empty = usize::try_from(articles).unwrap_or(with).saturating_sub(with);
        let intervals = intervals(&self.articles, empty, draw);
        let labels = self.articles.first().map_or(0, |cluster| cluster.sums.len());
        let share = |label| {
            let interval = intervals.as_ref().and_then(|all| all.get(label).copied());
            let predicted = self.tally.predicted(label);
            Some(Share { mean: self.tally.mean(label)?, interval, predicted })
        };
        Stratum {
            voice: key.0,
            about: key.1,
            articles: with,
            sentences: self.tally.sentences(),
            shares: (0..labels).filter_map(share).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::prediction;

    const KEY: (Voice, About) = (Voice::Outlet, About::Mention);
    const DRAW: Draw = Draw { resamples: 200, seed: 1 };

    fn gathered(articles: usize) -> Gathered {
        let mut gathered = Gathered::default();
        for _ in 0..articles {
            let mut article = Tally::default();
            article.add(&prediction([0.5, 0.25, 0.25]));
            article.add(&prediction([0.0, 0.25, 0.75]));
            gathered.add(&article, 3);
        }
        gathered
    }

    #[test]
    fn shares_are_mean_probabilities() {
        let stratum = gathered(2).finish(KEY, 7, DRAW);
        assert_eq!((stratum.articles, stratum.sentences), (2, 4));
        assert_eq!(stratum.shares.iter().map(|s| s.mean).collect::<Vec<_>>(), [0.25, 0.25, 0.5]);
        assert_eq!(stratum.shares.iter().map(|s| s.predicted).collect::<Vec<_>>(), [2, 0, 2]);
        assert!(stratum.shares.iter().all(|share| share.interval.is_none() && share.is_loose()));
    }

    #[test]
    fn five_articles_make_an_interval() {
        let stratum = gathered(5).finish(KEY, 5, DRAW);
        assert_eq!(stratum.shares[0].interval, Some(Interval { low: 0.25, high: 0.25 }));
        assert!(!stratum.shares[0].is_loose());
    }

    #[test]
    fn missing_is_not_zero() {
        let stratum = Gathered::default().finish(KEY, 9, DRAW);
        assert_eq!((stratum.articles, stratum.sentences, stratum.shares.len()), (0, 0, 0));
    }
}
