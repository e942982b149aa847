//! An outlet's own sentences without those that others print too. Identical copy makes outlets look
//! alike, and a small outlet that prints an agency's look like the agency.

use serde::Serialize;

use super::article_clusters::{ArticleCluster, canonical};
use super::prediction_sums::PredictionSums;
use super::share::Share;
use super::stratum::shares;
use crate::classifier::Classified;
use crate::cluster_bootstrap::Resampling;
use crate::model::Prediction;

/// The own-voice sentences that name the target and stand in no other outlet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unshared {
    /// How many own-voice sentences that name the target are left out, since another outlet or an
    /// agency has them too.
    pub left_out: u64,
    /// How many articles hold the others.
    pub articles: usize,
    /// How many others there are.
    pub sentences: u64,
    /// Their shares, one per label; empty where no sentence is left.
    pub shares: Vec<Share>,
}

/// These sentences while articles come in.
#[derive(Debug, Default)]
pub(super) struct UnsharedRest {
    left_out: u64,
    articles: Vec<ArticleCluster>,
}

/// One article's part.
#[derive(Debug, Default)]
pub(super) struct RestOfArticle {
    left_out: u64,
    kept: PredictionSums,
}

impl RestOfArticle {
    /// Takes in an own-voice sentence that names the target.
    pub(super) fn add(&mut self, of: &Classified<'_>, said: &Prediction) {
        match of.shared_with.is_empty() {
            true => self.kept.add(said),
            false => self.left_out += 1,
        }
    }
}

impl UnsharedRest {
    /// Takes in one article.
    pub(super) fn add(&mut self, article: &RestOfArticle) {
        self.left_out += article.left_out;
        if article.kept.sentences() > 0 {
            self.articles.push(ArticleCluster::of(&article.kept));
        }
    }

    /// The shares without what is shared; none where nothing is. `articles` counts all of the outlet.
    pub(super) fn finish(&self, articles: u64, draw: Resampling) -> Option<Unshared> {
        let with = self.articles.len();
        let empty = usize::try_from(articles).unwrap_or(with).saturating_sub(with);
        let sentences: f64 = self.articles.iter().map(|article| article.sentences).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let sentences = sentences as u64;
        (self.left_out > 0).then(|| Unshared {
            left_out: self.left_out,
            articles: with,
            sentences,
            shares: shares(&canonical(&self.articles), empty, draw),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, body, prediction};
    use crate::target::TargetRelation;

    #[test]
    fn shared_sentences_count_in_the_whole_alone() {
        let article = article("A", "a");
        let own = body(&article, 1, "The plan fell.", TargetRelation::Mention, [0.75, 0.25, 0.0]);
        let mut shared =
            body(&article, 2, "The plan rose.", TargetRelation::Mention, [0.0, 0.0, 1.0]);
        shared.shared_with.push("Wire".to_owned());
        let draw = Resampling { resamples: 100, seed: 1 };
        let mut rest = UnsharedRest::default();
        for _ in 0..6 {
            let mut of_article = RestOfArticle::default();
            of_article.add(&own, &prediction([0.75, 0.25, 0.0]));
            rest.add(&of_article);
        }
        assert_eq!(rest.finish(6, draw), None);
        let mut of_article = RestOfArticle::default();
        of_article.add(&shared, &prediction([0.0, 0.0, 1.0]));
        rest.add(&of_article);
        let found = rest.finish(7, draw).unwrap();
        assert_eq!((found.left_out, found.articles, found.sentences), (1, 6, 6));
        let means: Vec<f64> = found.shares.iter().map(|share| share.mean).collect();
        assert_eq!((means, found.shares[0].predicted), (vec![0.75, 0.25, 0.0], 6));
        assert!(found.shares[0].interval.is_some());
    }
}
