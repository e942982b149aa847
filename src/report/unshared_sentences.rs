//! An outlet's own sentences without those that others print too. Identical copy makes outlets look
//! alike, and a small outlet that prints an agency's look like the agency.

use serde::Serialize;

use super::article_clusters::{ArticleCluster, canonical};
use super::cluster_shares::ClusterShares;
use super::collector::{Collector, OutletFinishInputs, TargetView};
use super::probability_sums::PredictionSums;
use super::share::Share;
use super::stored::stored;

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

/// Counts these sentences.
#[derive(Debug, Default)]
pub(super) struct UnsharedCollector {
    left_out: u64,
    articles: Vec<ArticleCluster>,
}

stored!(UnsharedCollector { left_out, articles });

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for UnsharedCollector {
    type Out = Option<Unshared>;

    fn add(&mut self, view: &TargetView<'_>) {
        let mut unshared = PredictionSums::default();
        for reading in view.readings.iter().filter(|reading| reading.is_own_mention()) {
            match reading.sentence.shared_with.is_empty() {
                true => unshared.add(reading.prediction),
                false => self.left_out += 1,
            }
        }
        if unshared.sentences() > 0 {
            self.articles.push(ArticleCluster::of(&unshared));
        }
    }

    fn merge(&mut self, later: Self) {
        self.left_out += later.left_out;
        self.articles.extend(later.articles);
    }

    /// None where nothing is shared.
    fn finish(self, context: &OutletFinishInputs<'_>) -> Option<Unshared> {
        let left_out = (self.left_out > 0).then_some(self.left_out)?;
        let rows = canonical(&self.articles);
        let ClusterShares { articles, sentences, shares } =
            ClusterShares::new(&rows, context.articles, context.resampling);
        Some(Unshared { left_out, articles, sentences, shares })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, body, outlet_context};
    use crate::target::TargetRelation;

    #[test]
    fn shared_sentences_count_in_the_whole_alone() {
        let article = article("A", "a");
        let own = body(&article, 1, "The plan fell.", TargetRelation::Mention, [0.75, 0.25, 0.0]);
        let mut shared =
            body(&article, 2, "The plan rose.", TargetRelation::Mention, [0.0, 0.0, 1.0]);
        shared.shared_with.push("Wire".to_owned());
        let collected = |n_shared: usize| {
            let mut unshared = UnsharedCollector::default();
            (0..6).for_each(|_| add(&mut unshared, std::slice::from_ref(&own)));
            (0..n_shared).for_each(|_| add(&mut unshared, std::slice::from_ref(&shared)));
            unshared.finish(&outlet_context(7))
        };
        assert_eq!(collected(0), None);
        let found = collected(1).unwrap();
        assert_eq!((found.left_out, found.articles, found.sentences), (1, 6, 6));
        let means: Vec<f64> = found.shares.iter().map(|share| share.mean).collect();
        assert_eq!((means, found.shares[0].predicted), (vec![0.75, 0.25, 0.0], 6));
        assert!(found.shares[0].interval.is_some());
    }
}
