//! The sentences of one voice that stand in one relation to a target.

use serde::Serialize;
use std::collections::BTreeMap;

use super::article_clusters::{ArticleCluster, canonical};
use super::article_sums::ArticleSums;
use super::cluster_shares::{ClusterShares, n_without};
use super::collector::{Collector, OutletFinishInputs, TargetView};
use super::confusion_adjusted_shares::{AdjustedShare, Histogram};
use super::label_corrected_shares::{self, Audited, Corrected, whole};
use super::probability_sums::PredictionSums;
use super::share::{FEW_SENTENCES, Share};
use super::stored::{stored, stored_newtype};
use crate::statistics::prediction_powered::Sums;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// What the sentences of one voice express toward a target that they name, or do not name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratum {
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// Whether the sentences name the target.
    pub about: TargetRelation,
    /// How many articles hold such sentences.
    pub articles: usize,
    /// How many such sentences there are.
    pub sentences: u64,
    /// One per label; empty where there are no such sentences.
    pub shares: Vec<Share>,
    /// What hand labels say; none where none of these sentences has one.
    pub audited: Option<Audited>,
    /// What the model's errors elsewhere make of its predictions; none in a corpus with hand
    /// labels, of sentences that do not name the target, of fewer than 30, and where these errors are
    /// not known.
    pub modelled: Option<Vec<AdjustedShare>>,
    /// What plans are made from, by label.
    #[serde(skip)]
    pub sums: Vec<Sums>,
}

impl Stratum {
    /// A label's corrected share, where the hand labels allow one.
    pub fn corrected(&self, label: usize) -> Option<&Corrected> {
        self.audited.as_ref()?.shares.get(label)?.corrected.as_ref()
    }

    /// A label's share, where hand labels of enough sentences allow to tell it.
    pub fn told(&self, label: usize) -> Option<&Corrected> {
        self.corrected(label).filter(|_| self.sentences >= FEW_SENTENCES)
    }

    /// How many checked sentences have a label.
    pub fn labelled_as(&self, label: usize) -> u64 {
        let share = self.audited.as_ref().and_then(|audited| audited.shares.get(label));
        share.map_or(0, |share| whole(share.with_label))
    }

    /// Whether every sentence has a hand label, so that its figures are counts.
    pub fn is_census(&self) -> bool {
        self.audited.as_ref().is_some_and(|audited| audited.is_complete)
    }

    /// Whether there are too few sentences, or in a corpus with hand labels too few of these, to tell
    /// how often any label occurs.
    pub fn is_few(&self, is_audited: bool) -> bool {
        let is_corrected =
            |audited: &Audited| audited.shares.iter().any(|of| of.corrected.is_some());
        match is_audited {
            true => !self.audited.as_ref().is_some_and(is_corrected),
            false => self.sentences < FEW_SENTENCES,
        }
    }

    /// How many sentences the model gives a label.
    pub fn predicted(&self, label: usize) -> u64 {
        self.shares.get(label).map_or(0, |share| share.predicted)
    }
}

/// The sentences of one voice that stand in one relation to the target.
pub(super) fn find(strata: &[Stratum], voice: Voice, about: TargetRelation) -> Option<&Stratum> {
    strata.iter().find(|stratum| stratum.voice == voice && stratum.about == about)
}

/// The strata of one outlet and target.
#[derive(Debug, Default)]
pub(super) struct StrataCollector(BTreeMap<(Voice, TargetRelation), StratumCollector>);

stored_newtype!(StrataCollector);

#[derive(Debug, Default)]
struct StratumCollector {
    predictions: PredictionSums,
    histogram: Histogram,
    /// One per article that holds such sentences.
    articles: Vec<ArticleCluster>,
}

stored!(StratumCollector { predictions, histogram, articles });

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for StrataCollector {
    type Out = Vec<Stratum>;

    fn add(&mut self, view: &TargetView<'_>) {
        for (key, sums) in &view.strata {
            self.0.entry(*key).or_default().add(sums);
        }
    }

    fn merge(&mut self, later: Self) {
        for (key, stratum) in later.0 {
            self.0.entry(key).or_default().merge(stratum);
        }
    }

    /// Own voice and attributed voice, each with mentions and with context.
    fn finish(mut self, context: &OutletFinishInputs<'_>) -> Vec<Stratum> {
        let relations = [TargetRelation::Mention, TargetRelation::Context];
        let keys = Voice::ALL.into_iter().flat_map(|voice| relations.map(|about| (voice, about)));
        keys.map(|key| self.0.remove(&key).unwrap_or_default().finish(key, context)).collect()
    }
}

impl StratumCollector {
    fn add(&mut self, article: &ArticleSums) {
        self.predictions.merge(&article.predictions);
        self.histogram.merge(&article.histogram);
        self.articles.push(article.cluster());
    }

    fn merge(&mut self, later: StratumCollector) {
        self.predictions.merge(&later.predictions);
        self.histogram.merge(&later.histogram);
        self.articles.extend(later.articles);
    }

    fn finish(
        &self,
        (voice, about): (Voice, TargetRelation),
        context: &OutletFinishInputs<'_>,
    ) -> Stratum {
        let rows = canonical(&self.articles);
        let (empty, resampling) = (n_without(&rows, context.articles), context.resampling);
        let ClusterShares { articles, sentences, shares } =
            ClusterShares::new(&rows, context.articles, resampling);
        let error_rates = context.error_rates.filter(|_| about == TargetRelation::Mention);
        Stratum {
            voice,
            about,
            articles,
            sentences,
            audited: label_corrected_shares::audited(&rows, empty, resampling),
            modelled: error_rates
                .and_then(|rates| rates.adjust(&rows, empty, &self.histogram, resampling)),
            sums: self.sums(&rows, shares.len()),
            shares,
        }
    }

    fn sums(&self, rows: &[&ArticleCluster], n_labels: usize) -> Vec<Sums> {
        if rows.first().is_some_and(|row| !row.audit.is_empty()) {
            return label_corrected_shares::totals(rows, n_labels);
        }
        let n_sentences = self.predictions.sentences() as f64;
        let of_label = |label| {
            let (sum, squares) = (self.predictions.sum(label), self.predictions.squares(label));
            Sums::of_rest(n_sentences, sum, squares)
        };
        (0..n_labels).map(of_label).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Interval;
    use crate::report::fixture::{outlet_context, prediction};

    const KEY: (Voice, TargetRelation) = (Voice::Outlet, TargetRelation::Mention);

    fn stratum(articles: u64, n_articles: u64) -> Stratum {
        let mut stratum = StratumCollector::default();
        for _ in 0..articles {
            let mut article = ArticleSums::default();
            article.add(&prediction([0.5, 0.25, 0.25]), TargetRelation::Mention);
            article.add(&prediction([0.0, 0.25, 0.75]), TargetRelation::Mention);
            stratum.add(&article);
        }
        stratum.finish(KEY, &outlet_context(n_articles))
    }

    #[test]
    fn shares_are_mean_probabilities() {
        let stratum = stratum(2, 7);
        assert_eq!((stratum.articles, stratum.sentences), (2, 4));
        assert_eq!(stratum.shares.iter().map(|s| s.mean).collect::<Vec<_>>(), [0.25, 0.25, 0.5]);
        assert_eq!(stratum.shares.iter().map(|s| s.predicted).collect::<Vec<_>>(), [2, 0, 2]);
        assert!(
            stratum.shares.iter().all(|share| share.interval.is_none() && share.is_uncertain())
        );
    }

    #[test]
    fn five_articles_make_an_interval() {
        let stratum = stratum(5, 5);
        assert_eq!(stratum.shares[0].interval, Some(Interval { low: 0.25, high: 0.25 }));
        assert!(!stratum.shares[0].is_uncertain());
    }

    #[test]
    fn missing_is_not_zero() {
        let stratum = stratum(0, 9);
        assert_eq!((stratum.articles, stratum.sentences, stratum.shares.len()), (0, 0, 0));
    }
}
