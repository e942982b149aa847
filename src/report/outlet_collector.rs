//! What is kept of one outlet while its articles come in: counts, sums, and a few sentences.

use std::collections::BTreeMap;

use super::adjusted_shares::ErrorRates;
use super::article_clusters::ArticleCluster;
use super::audit_sample::Audit;
use super::corpus_counts::{Counts, day};
use super::distinctive_words::{WordCounts, WordIds};
use super::exemplars::{self, ExemplarPool, Exemplars};
use super::headline_gap::Pairs;
use super::headline_lead::HeadlineLead;
use super::headline_quotes::HeadlineQuotes;
use super::headlines::Headlines;
use super::predicted_label::{about, mentioning, reading};
use super::prediction_sums::PredictionSums;
use super::prominence::Prominence;
use super::speaker_index::{People, SpeakerIndex};
use super::speakers::Register;
use super::stratum::{Gathered, OfArticle, Stratum};
use super::types::OutletSummary;
use super::unshared_sentences::{RestOfArticle, UnsharedRest};
use super::voice_clusters::Voices;
use crate::article_parts::ArticlePart;
use crate::calendar_day::Day;
use crate::category::Categories;
use crate::classifier::Classified;
use crate::cluster_bootstrap::Resampling;
use crate::model::{Explanation, Prediction};
use crate::target::TargetRelation;
use crate::text::Span;
use crate::voice::Voice;

/// How much of each outlet a report has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct EachVoice {
    /// Of each voice, relation and label: so many of the surest sentences, as many by chance.
    pub(super) sentences: usize,
    pub(super) speakers: usize,
}

/// One outlet.
#[derive(Debug, Default)]
pub(super) struct OutletCollector {
    pub(super) counts: Counts,
    pub(super) words: WordCounts,
    speakers: Register,
    /// How many articles there are of each day.
    pub(super) days: BTreeMap<Day, u64>,
    /// By target.
    targets: Vec<TargetCollector>,
}

/// One outlet and one target.
#[derive(Debug, Default)]
struct TargetCollector {
    strata: BTreeMap<(Voice, TargetRelation), Gathered>,
    /// One per article that names the target, with its day.
    voices: Vec<(Option<Day>, Voices)>,
    unshared: UnsharedRest,
    /// Labelled sentences that name the target, by true and predicted label; one per article.
    errors: Vec<Vec<Vec<f64>>>,
    headlines: Headlines,
    pairs: Pairs,
    headline_quotes: HeadlineQuotes,
    openings: HeadlineLead,
    prominence: Prominence,
    /// By voice, relation and label.
    evidence: BTreeMap<(Voice, TargetRelation, usize), ExemplarPool>,
}

impl OutletCollector {
    /// Takes in one article.
    pub(super) fn add(
        &mut self,
        article: &[Classified<'_>],
        lexicon: &mut WordIds,
        mut audit: Option<&mut Audit>,
    ) {
        let Some(first) = article.first() else { return };
        self.counts.add(first.article, article);
        if let Some(day) = day(&first.article.date) {
            *self.days.entry(day).or_default() += 1;
        }
        let counted: Vec<_> = article.iter().filter(|c| c.sentence.part.is_counted()).collect();
        self.add_words(&counted, lexicon);
        self.add_speakers(&counted);
        let targets = first.readings.len();
        if self.targets.len() < targets {
            self.targets.resize_with(targets, TargetCollector::default);
        }
        for (target, ledger) in self.targets.iter_mut().enumerate() {
            ledger.add(&counted, target, audit.as_deref_mut());
        }
    }

    /// Words of the outlet's own voice; what it shares with others cannot set it apart.
    fn add_words(&mut self, counted: &[&Classified<'_>], lexicon: &mut WordIds) {
        let mut numbers = Vec::new();
        counted
            .iter()
            .filter(|c| c.attribution.voice == Voice::Outlet && c.shared_with.is_empty())
            .for_each(|c| {
                let is_headline = c.sentence.part == ArticlePart::Headline;
                lexicon.read(c.sentence.text, is_headline, &mut numbers);
            });
        self.words.add(numbers);
    }

    fn add_speakers(&mut self, counted: &[&Classified<'_>]) {
        for c in counted.iter().filter(|c| c.attribution.voice == Voice::Attributed) {
            let readings: Vec<_> = c.readings.iter().map(mentioning).collect();
            self.speakers.add(&c.attribution, &readings);
        }
    }

    /// Notes everybody who speaks.
    pub(super) fn note_speakers(&self, people: &mut People) {
        self.speakers.note(people);
    }

    /// What the outlet says of one target.
    pub(super) fn finish(
        &self,
        outlet: &str,
        target: usize,
        draw: Resampling,
        rates: Option<&ErrorRates>,
        (each, names): (EachVoice, &SpeakerIndex),
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> OutletSummary {
        let none = TargetCollector::default();
        let ledger = self.targets.get(target).unwrap_or(&none);
        let evidence: Vec<Exemplars> =
            ledger.evidence.values().flat_map(|of| of.finish(each.sentences, explain)).collect();
        let mut summary = OutletSummary {
            outlet: outlet.to_owned(),
            strata: ledger.strata(self.counts.articles, draw, rates),
            unshared: ledger.unshared.finish(self.counts.articles, draw),
            headlines: ledger.headlines.clone(),
            headline_gap: ledger.pairs.finish(draw),
            headline_quotes: ledger.headline_quotes.clone(),
            openings: ledger.openings.finish(explain),
            prominence: ledger.prominence.finish(),
            speakers: self.speakers.finish(target, each.speakers, names),
            typical: exemplars::typical(&evidence),
            evidence,
        };
        settle_all(names, &mut summary);
        summary
    }
}

impl OutletCollector {
    /// The articles that name a target, voice by voice.
    pub(super) fn voices(&self, target: usize) -> Vec<&Voices> {
        let mut voices: Vec<&Voices> =
            self.dated_voices(target).into_iter().map(|(_, voices)| voices).collect();
        voices.sort_by(|a, b| a[0].order(&b[0]).then_with(|| a[1].order(&b[1])));
        voices
    }

    /// The same with their days, in no certain order.
    pub(super) fn dated_voices(&self, target: usize) -> Vec<(Option<Day>, &Voices)> {
        let ledger = self.targets.get(target);
        let voices = ledger.iter().flat_map(|ledger| &ledger.voices);
        voices.map(|(day, voices)| (*day, voices)).collect()
    }

    /// The sentences kept of every target.
    pub(super) fn evidence(&self) -> impl Iterator<Item = &ExemplarPool> + Clone {
        self.targets.iter().flat_map(|ledger| ledger.evidence.values())
    }

    /// How the labelled sentences of each article that name a target were predicted.
    pub(super) fn errors(&self, target: usize) -> Vec<Vec<Vec<f64>>> {
        let ledger = self.targets.get(target);
        let mut errors = ledger.map(|ledger| ledger.errors.clone()).unwrap_or_default();
        errors.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        errors
    }
}

impl TargetCollector {
    fn add(&mut self, counted: &[&Classified<'_>], target: usize, mut audit: Option<&mut Audit>) {
        let mut article: BTreeMap<(Voice, TargetRelation), OfArticle> = BTreeMap::new();
        let mut errors = Vec::new();
        let (mut headline, mut body) = (None, PredictionSums::default());
        let (mut labels, mut rest) = (Categories::default(), RestOfArticle::default());
        for classified in counted {
            let Some((reading, said)) = reading(classified, target) else { continue };
            let (voice, about) = (classified.attribution.voice, about(reading));
            labels.clone_from(&said.labels);
            let of_article = article.entry((voice, about)).or_default();
            match audit.as_deref_mut() {
                None => of_article.add(said, about),
                Some(audit) => {
                    let (id, text) = (&classified.article.id, classified.sentence.text);
                    let hand = audit.take(id, target, text);
                    of_article.add_audited(said, hand);
                    if let Some(hand) = hand.filter(|_| about == TargetRelation::Mention) {
                        note_error(&mut errors, hand.label_shares, said);
                    }
                }
            }
            if classified.sentence.part == ArticlePart::Headline {
                self.headlines.add(classified, about, said);
                headline = Some((classified, about, said));
            } else if (voice, about) == (Voice::Outlet, TargetRelation::Mention) {
                body.add(said);
            }
            if (voice, about) == (Voice::Outlet, TargetRelation::Mention) {
                rest.add(classified, said);
            }
            let evidence = self.evidence.entry((voice, about, said.label)).or_default();
            evidence.offer(classified, (about, &reading.mentions), said);
        }
        if let Some((headline, about, said)) = headline {
            self.pairs.add((headline, about), said, &body);
            self.headline_quotes.add(counted);
        }
        self.openings.add(counted, target, &body);
        self.prominence.add(counted, target);
        let voices = Voice::ALL.map(|voice| {
            let key = (voice, TargetRelation::Mention);
            article.get(&key).map_or_else(|| ArticleCluster::none(&labels), OfArticle::cluster)
        });
        if voices.iter().any(|part| part.sentences > 0.0) {
            let day = counted.first().and_then(|of| day(&of.article.date));
            self.voices.push((day, voices));
        }
        self.unshared.add(&rest);
        if !errors.is_empty() {
            self.errors.push(errors);
        }
        for (key, part) in article {
            self.strata.entry(key).or_default().add(&part);
        }
    }

    fn strata(&self, articles: u64, draw: Resampling, rates: Option<&ErrorRates>) -> Vec<Stratum> {
        let none = Gathered::default();
        Voice::ALL
            .into_iter()
            .flat_map(|voice| [(voice, TargetRelation::Mention), (voice, TargetRelation::Context)])
            .map(|key| self.strata.get(&key).unwrap_or(&none).finish(key, articles, draw, rates))
            .collect()
    }
}

/// Counts a labelled sentence by true label, then by predicted label.
fn note_error(errors: &mut Vec<Vec<f64>>, label_shares: &[f64], said: &Prediction) {
    let n = label_shares.len();
    errors.resize(n, vec![0.0; n]);
    for (row, share) in errors.iter_mut().zip(label_shares) {
        row[said.label] += share;
    }
}

/// The same for the sentences that an outlet's summary shows.
fn settle_all(names: &SpeakerIndex, outlet: &mut OutletSummary) {
    let sentences = outlet.typical.iter_mut().chain(&mut outlet.evidence);
    sentences.for_each(|sentence| names.settle(&mut sentence.speakers));
    let openings = outlet.openings.shown.iter_mut();
    let lines = openings.flat_map(|opening| opening.headline.iter_mut().chain(&mut opening.lead));
    lines.for_each(|line| names.settle(&mut line.speakers));
    let ribbons = outlet.prominence.ribbons.iter_mut();
    let cells = ribbons.flat_map(|ribbon| &mut ribbon.cells);
    cells.for_each(|cell| names.settle(&mut cell.speakers));
}
