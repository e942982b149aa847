//! The sentences of one voice that stand in one relation to a target.

use serde::Serialize;

use super::adjusted_shares::{AdjustedShare, ErrorRates, Profile};
use super::article_clusters::{ArticleCluster, canonical, intervals, whole};
use super::audit_sample::HandLabel;
use super::corrected_shares::{self, Audited, Corrected};
use super::prediction_sums::PredictionSums;
use super::share::Share;
use crate::category::Category;
use crate::cluster_bootstrap::Resampling;
use crate::inference::prediction_powered::Sums;
use crate::model::Prediction;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Below so many sentences reading them is both quicker and surer than counting them.
pub const FEW_SENTENCES: u64 = 30;

/// What the sentences of one voice express toward a target that they name, or do not name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratum {
    /// Whose words.
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

/// The shares over articles that stand in the order of [`canonical`]; empty where they have no
/// sentence. `empty` counts the articles without such sentences.
pub(super) fn shares(rows: &[&ArticleCluster], empty: usize, draw: Resampling) -> Vec<Share> {
    let intervals = intervals(rows, empty, draw);
    let predicted = |label: usize| rows.iter().map(|row| row.predicted[label]).sum::<f64>();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let share = |(label, mean): (usize, f64)| Share {
        label: Category::new(label, &rows[0].labels),
        mean,
        interval: intervals.as_ref().map(|intervals| intervals[label]),
        predicted: predicted(label) as u64,
    };
    whole(rows).unwrap_or_default().into_iter().enumerate().map(share).collect()
}

/// A stratum while articles come in.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    tally: PredictionSums,
    articles: Vec<ArticleCluster>,
    profile: Profile,
}

/// One article's sentences of a stratum.
#[derive(Debug, Default)]
pub(super) struct OfArticle {
    tally: PredictionSums,
    /// By label; empty where there is no audit sample.
    audit: Vec<Sums>,
    profile: Profile,
}

impl OfArticle {
    /// Counts one sentence that nobody was asked about. The model's errors elsewhere correct only what
    /// is said of sentences that name the target.
    pub(super) fn add(&mut self, said: &Prediction, about: TargetRelation) {
        self.tally.add(said);
        if about == TargetRelation::Mention {
            self.profile.add(said);
        }
    }

    /// Counts one sentence of an audited corpus.
    pub(super) fn add_audited(&mut self, said: &Prediction, hand: Option<HandLabel<'_>>) {
        self.tally.add(said);
        self.audit.resize(said.probabilities.len(), Sums::default());
        for (label, (sums, predicted)) in self.audit.iter_mut().zip(&said.probabilities).enumerate()
        {
            match hand {
                Some(hand) => sums.add_labelled(hand.label_shares[label], *predicted, hand.drawn),
                None => sums.add_rest(*predicted),
            }
        }
    }

    /// The article's part in every figure.
    pub(super) fn cluster(&self) -> ArticleCluster {
        ArticleCluster { audit: self.audit.clone().into(), ..ArticleCluster::of(&self.tally) }
    }
}

impl Gathered {
    /// Takes in one article's sentences of this stratum.
    pub(super) fn add(&mut self, article: &OfArticle) {
        self.tally.merge(&article.tally);
        self.profile.merge(&article.profile);
        self.articles.push(article.cluster());
    }

    /// The shares, with intervals over the outlet's articles. `rates` are the model's errors
    /// elsewhere, by which sentences that name the target are corrected where nobody labelled any.
    pub(super) fn finish(
        &self,
        key: (Voice, TargetRelation),
        articles: u64,
        draw: Resampling,
        rates: Option<&ErrorRates>,
    ) -> Stratum {
        let with = self.articles.len();
        let empty = usize::try_from(articles).unwrap_or(with).saturating_sub(with);
        let rows = canonical(&self.articles);
        let intervals = intervals(&rows, empty, draw);
        let rates = rates.filter(|_| key.1 == TargetRelation::Mention && with > 0);
        Stratum {
            voice: key.0,
            about: key.1,
            articles: with,
            sentences: self.tally.sentences(),
            shares: self.tally.shares(intervals.as_deref()),
            audited: corrected_shares::audited(&rows, empty, draw),
            modelled: rates.and_then(|rates| rates.modelled(&rows, empty, &self.profile, draw)),
            sums: self.sums(&rows),
        }
    }

    fn sums(&self, rows: &[&ArticleCluster]) -> Vec<Sums> {
        let labels = self.tally.labels().len();
        match rows.first().is_some_and(|row| !row.audit.is_empty()) {
            true => corrected_shares::totals(rows, &vec![1; rows.len()], labels),
            false => (0..labels)
                .map(|label| {
                    let (sum, squares) = (self.tally.sum(label), self.tally.squares(label));
                    Sums::of_rest(self.tally.sentences() as f64, sum, squares)
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Interval;
    use crate::report::fixture::prediction;

    const KEY: (Voice, TargetRelation) = (Voice::Outlet, TargetRelation::Mention);
    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    fn gathered(articles: usize) -> Gathered {
        let mut gathered = Gathered::default();
        for _ in 0..articles {
            let mut article = OfArticle::default();
            article.add(&prediction([0.5, 0.25, 0.25]), TargetRelation::Mention);
            article.add(&prediction([0.0, 0.25, 0.75]), TargetRelation::Mention);
            gathered.add(&article);
        }
        gathered
    }

    #[test]
    fn shares_are_mean_probabilities() {
        let stratum = gathered(2).finish(KEY, 7, DRAW, None);
        assert_eq!((stratum.articles, stratum.sentences), (2, 4));
        assert_eq!(stratum.shares.iter().map(|s| s.mean).collect::<Vec<_>>(), [0.25, 0.25, 0.5]);
        assert_eq!(stratum.shares.iter().map(|s| s.predicted).collect::<Vec<_>>(), [2, 0, 2]);
        assert!(stratum.shares.iter().all(|share| share.interval.is_none() && share.is_loose()));
    }

    #[test]
    fn five_articles_make_an_interval() {
        let stratum = gathered(5).finish(KEY, 5, DRAW, None);
        assert_eq!(stratum.shares[0].interval, Some(Interval { low: 0.25, high: 0.25 }));
        assert!(!stratum.shares[0].is_loose());
    }

    #[test]
    fn missing_is_not_zero() {
        let stratum = Gathered::default().finish(KEY, 9, DRAW, None);
        assert_eq!((stratum.articles, stratum.sentences, stratum.shares.len()), (0, 0, 0));
    }
}
