//! The log-odds of a word in two corpora (Monroe, Colaresi and Quinn 2008).
//!
//! ```text
//! δ = ln[(yA + α) / (nA + α₀ − yA − α)] − ln[(yB + α) / (nB + α₀ − yB − α)]
//! z = δ / √(1/(yA + α) + 1/(yB + α))
//! ```
//!
//! y counts the word and n all words, A is the outlet, B all others. The prior α = α₀ · (the word's
//! share of all text) draws rare words toward "no difference".
//!
//! That variance takes words to be independent, but a word comes in bursts, an article at a time. So
//! z is taken over the larger of that variance and the one over articles, which is the article
//! bootstrap's in closed form (linearised):
//!
//! ```text
//! (1/(y + α) + 1/(n + α₀ − y − α))² · m/(m − 1) · Σ (y_a − n_a y/n)²      over m articles a
//! ```

/// How often a word stands among how many, and how that varies over articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usage {
    /// The word.
    pub(super) times: f64,
    /// All words.
    pub(super) of: f64,
    /// Articles.
    pub(super) articles: f64,
    /// Over articles: summed squares of the word's counts,
    pub(super) squares: f64,
    /// of these times the article's length,
    pub(super) with_length: f64,
    /// and of the lengths.
    pub(super) length_squares: f64,
}

/// The words that are added to either side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior {
    pub(super) times: f64,
    pub(super) of: f64,
}

impl Usage {
    /// What is left without another's part.
    pub(super) fn less(self, other: Usage) -> Usage {
        Usage {
            times: self.times - other.times,
            of: self.of - other.of,
            articles: self.articles - other.articles,
            squares: self.squares - other.squares,
            with_length: self.with_length - other.with_length,
            length_squares: self.length_squares - other.length_squares,
        }
    }

    /// How far the count would vary over other articles, lengths given.
    fn variance(&self) -> f64 {
        let rate = self.times / self.of;
        let far = self.squares - 2.0 * rate * self.with_length + rate * rate * self.length_squares;
        let few = self.articles / (self.articles - 1.0);
        if self.articles > 1.0 { (few * far).max(0.0) } else { 0.0 }
    }
}

/// How far the odds of a word differ, in standard errors.
pub(super) fn z(a: Usage, b: Usage, prior: Prior) -> f64 {
    let sides = [a, b].map(|side| {
        let times = side.times + prior.times;
        let others = side.of + prior.of - times;
        let over_articles = (1.0 / times + 1.0 / others).powi(2) * side.variance();
        ((times / others).ln(), 1.0 / times, over_articles)
    });
    let [(first, of_first, first_articles), (second, of_second, second_articles)] = sides;
    let variance = (of_first + of_second).max(first_articles + second_articles);
    (first - second) / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_agrees_with_convokit() {
        // ConvoKit's FightingWords with a flat prior of .1 (landscape M22).
        let (ours, theirs) = ([12.0, 3.0, 0.0, 40.0], [4.0, 9.0, 6.0, 41.0]);
        let expected = [2.353_271, -1.666_874, -1.295_170, 0.935_374];
        for (word, expected) in expected.into_iter().enumerate() {
            let usage = |times, of| Usage {
                times,
                of,
                articles: 1.0,
                squares: 0.0,
                with_length: 0.0,
                length_squares: 0.0,
            };
            let (a, b) = (usage(ours[word], 55.0), usage(theirs[word], 60.0));
            let found = z(a, b, Prior { times: 0.1, of: 0.4 });
            assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
        }
    }

    /// The closed form against the bootstrap that it stands for.
    #[test]
    fn the_variance_over_articles_is_the_bootstraps() {
        use crate::cluster_bootstrap::{Resampling, replicates, standard_deviation};
        let articles: Vec<(f64, f64)> =
            (0..40).map(|n| (f64::from(n * 7 % 5), f64::from(60 + n * 13 % 40))).collect();
        let sum = |of: fn(&(f64, f64)) -> f64| articles.iter().map(of).sum::<f64>();
        let usage = Usage {
            times: sum(|a| a.0),
            of: sum(|a| a.1),
            articles: 40.0,
            squares: sum(|a| a.0 * a.0),
            with_length: sum(|a| a.0 * a.1),
            length_squares: sum(|a| a.1 * a.1),
        };
        let drawn = replicates(40, Resampling { resamples: 2000, seed: 1 }, |_, times| {
            let total = |of: fn(&(f64, f64)) -> f64| -> f64 {
                articles.iter().zip(times).map(|(a, t)| f64::from(*t) * of(a)).sum()
            };
            let (times, of) = (total(|a| a.0), total(|a| a.1));
            Some(vec![(times / (of - times)).ln()])
        });
        let expected = standard_deviation(drawn.iter().map(|d| d[0])).unwrap();
        let slope = 1.0 / usage.times + 1.0 / (usage.of - usage.times);
        let found = slope * usage.variance().sqrt();
        assert!((found / expected - 1.0).abs() < 0.1, "{found} instead of {expected}");
    }
}
