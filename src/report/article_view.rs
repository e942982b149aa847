//! One article, as collectors see it.

use std::collections::BTreeMap;

use super::article_clusters::ArticleCluster;
use super::article_sums::ArticleSums;
use super::probability_sums::PredictionSums;
use super::sentence_label::{Judge, SentenceLabel, mention_of, prediction_of};
use crate::article::Article;
use crate::article_parts::ArticlePart;
use crate::calendar_day::Day;
use crate::category::Categories;
use crate::classifier::{Classified, HandLabel};
use crate::model::Prediction;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// One article.
#[derive(Debug)]
pub(super) struct ArticleView<'a> {
    pub(super) article: &'a Article,
    /// Its first day, where its date begins with one.
    pub(super) day: Option<Day>,
    /// All its sentences.
    pub(super) sentences: &'a [Classified<'a>],
    /// Those of headline and body.
    pub(super) counted: Vec<&'a Classified<'a>>,
    /// Whether some sentences of the corpus were labelled by hand.
    is_audited: bool,
}

impl<'a> ArticleView<'a> {
    /// Of the sentences of one article; none of an article without a sentence.
    pub(super) fn new(sentences: &'a [Classified<'a>], is_audited: bool) -> Option<Self> {
        let article = sentences.first()?.article;
        let counted = sentences.iter().filter(|of| of.sentence.part.is_counted()).collect();
        Some(ArticleView { article, day: day(&article.date), sentences, counted, is_audited })
    }

    /// Whether a counted sentence names a target.
    pub(super) fn names_target(&self) -> bool {
        let names = |of: &&Classified<'_>| {
            (0..of.readings.len()).any(|target| mention_of(of, target).is_some())
        };
        self.counted.iter().any(names)
    }

    /// How many targets the sentences were read for; 1 where each counts whole.
    pub(super) fn n_targets(&self) -> usize {
        self.sentences.first().map_or(0, |first| first.readings.len())
    }
}

/// One article, and what it expresses toward one target.
#[derive(Debug)]
pub(super) struct TargetView<'a> {
    pub(super) article: &'a ArticleView<'a>,
    pub(super) target: usize,
    /// The counted sentences that express something toward the target.
    pub(super) readings: Vec<SentenceStance<'a>>,
    /// These, added up by voice and by whether they name the target.
    pub(super) strata: BTreeMap<(Voice, TargetRelation), ArticleSums>,
    /// The body's own-voice sentences that name the target, added up.
    pub(super) body: PredictionSums,
    /// The labels of the predictions; none where no sentence expresses anything.
    labels: Categories,
}

/// A sentence that expresses something toward the target.
#[derive(Debug)]
pub(super) struct SentenceStance<'a> {
    pub(super) sentence: &'a Classified<'a>,
    pub(super) about: TargetRelation,
    /// What it expresses: by its hand label where it has one, else by the model.
    pub(super) prediction: &'a Prediction,
    pub(super) hand_label: Option<&'a HandLabel>,
    /// The sentence before; empty where there is none.
    pub(super) before: &'a str,
}

impl<'a> TargetView<'a> {
    /// Of an article and the index of a target.
    pub(super) fn new(article: &'a ArticleView<'a>, target: usize) -> Self {
        let all = article.sentences.iter().enumerate();
        let counted = all.filter(|(_, sentence)| sentence.sentence.part.is_counted());
        let readings: Vec<SentenceStance<'a>> =
            counted.filter_map(|(index, _)| SentenceStance::of(article, index, target)).collect();
        let mut strata: BTreeMap<_, ArticleSums> = BTreeMap::new();
        let mut body = PredictionSums::default();
        for reading in &readings {
            let key = (reading.sentence.attribution.voice, reading.about);
            let sums = strata.entry(key).or_default();
            match article.is_audited {
                true => sums.add_audited(reading.prediction, reading.hand_label),
                false => sums.add(reading.prediction, reading.about),
            }
            if reading.is_own_mention() && !reading.is_headline() {
                body.add(reading.prediction);
            }
        }
        let labels = readings.last().map(|reading| Categories::clone(&reading.prediction.labels));
        let labels = labels.unwrap_or_default();
        TargetView { article, target, readings, strata, body, labels }
    }

    /// The headline, where it expresses something toward the target.
    pub(super) fn headline(&self) -> Option<&SentenceStance<'a>> {
        self.readings.iter().rfind(|reading| reading.is_headline())
    }

    /// The sentences of one voice that name the target.
    pub(super) fn cluster(&self, voice: Voice) -> ArticleCluster {
        let sums = self.strata.get(&(voice, TargetRelation::Mention));
        sums.map_or_else(|| ArticleCluster::none(&self.labels), ArticleSums::cluster)
    }
}

impl<'a> SentenceStance<'a> {
    /// Of an article's sentence, given by its index; none where it expresses nothing toward the target.
    fn of(article: &ArticleView<'a>, index: usize, target: usize) -> Option<Self> {
        let sentence = &article.sentences[index];
        let (about, prediction) = prediction_of(sentence, target)?;
        let hand_label = sentence.readings[target].hand_label.as_ref();
        let before = index.checked_sub(1).map_or("", |at| article.sentences[at].sentence.text);
        Some(SentenceStance { sentence, about, prediction, hand_label, before })
    }

    /// Who gave its label.
    pub(super) fn judge(&self) -> Judge {
        if self.hand_label.is_some() { Judge::Coder } else { Judge::Model }
    }

    /// Its label.
    pub(super) fn label(&self) -> SentenceLabel {
        SentenceLabel { by: self.judge(), ..SentenceLabel::predicted(self.about, self.prediction) }
    }

    /// Whether it is a headline.
    pub(super) fn is_headline(&self) -> bool {
        self.sentence.sentence.part == ArticlePart::Headline
    }

    /// Whether the outlet names the target in its own voice.
    pub(super) fn is_own_mention(&self) -> bool {
        self.about == TargetRelation::Mention && self.sentence.attribution.voice == Voice::Outlet
    }
}

/// The day at the start of a date. Other ways of writing a date have no order that can be trusted.
fn day(date: &str) -> Option<Day> {
    Day::parse(date.trim_start().get(..10)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_days_are_dates() {
        assert_eq!(day("2017-07-09T10:00:00Z"), Day::parse("2017-07-09"));
        for other in ["", "July 9, 2017", "09/07/2017", "2017-7-9", "2017-07-é9", "2017-02-30"] {
            assert_eq!(day(other), None, "{other}");
        }
    }
}
