//! The sentences behind the figures: those of which the model is surest and some drawn at random,
//! with the words that decided.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::collector::{Collector, OutletFinishInputs, SentenceStance, TargetView};
use super::sentence_label::Judge;
use super::serialize::{rounded, spans};
use super::stored::{bytes, stored, stored_newtype};
use super::surroundings::Surroundings;
use crate::article_parts::ArticlePart;
use crate::category::Category;
use crate::random::derived_seed;
use crate::target::TargetRelation;
use crate::text::Span;
use crate::voice::Voice;

/// Maximum number of the surest sentences, and of those drawn at random, kept of each voice, relation and
/// label.
pub(super) const KEPT: usize = 16;

/// Number of the surest sentences that name the target which are typical of a voice and label.
const TYPICAL: usize = 2;

/// Maximum number of sentences that a report shows, unless it has so many outlets that fewer than two of
/// each voice, relation and label would be left.
const SHOWN: usize = 1500;

/// One sentence behind a figure. Chosen by rule, never by hand: the highest probability of its
/// voice, relation to the target and label, then the article's id, then the place; or at random.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exemplar {
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// Whether it names the target.
    pub about: TargetRelation,
    /// The label that the model gives it.
    pub label: Category,
    /// That label's probability.
    #[serde(serialize_with = "rounded")]
    pub probability: f64,
    /// Who gave it.
    pub by: Judge,
    /// Whether it was drawn at random (the highest hashes of the text), not chosen by its probability.
    #[serde(rename = "drawn")]
    pub is_drawn: bool,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// The article's id.
    pub article: String,
    /// Where the article was published.
    pub url: String,
    /// The sentence's number in the article.
    pub sentence: usize,
    /// Headline or body.
    pub part: ArticlePart,
    /// The sentence as printed.
    pub text: String,
    /// What stands around it.
    #[serde(skip)]
    pub surroundings: Surroundings,
    /// Up to four words that spoke most for the label, the strongest first.
    pub words: Vec<String>,
    /// Where they stand in `text`: rising, never overlapping.
    #[serde(serialize_with = "spans")]
    pub marks: Vec<Span>,
}

stored!(Exemplar { voice, about, label, probability, by, is_drawn, speakers, article, url, sentence, part, text, surroundings, words, marks } where |of, _| {
    // The words are found when a report is finished.
    of.words.is_empty() && of.marks.is_empty()
});

/// The sentences of one outlet and target from which exemplars are chosen, by voice, relation and label.
#[derive(Debug, Default)]
pub(super) struct ExemplarCollector(BTreeMap<(Voice, TargetRelation, usize), ExemplarPool>);

stored_newtype!(ExemplarCollector);

/// The sentences of one voice, relation and label.
#[derive(Debug, Default)]
pub(super) struct ExemplarPool {
    surest: TopSentences,
    drawn: TopSentences,
}

stored!(ExemplarPool { surest, drawn });

/// The sentences of the highest score, the highest first. Of a sentence that is printed twice the first
/// is kept.
#[derive(Debug, Default)]
struct TopSentences(Vec<Scored>);

stored_newtype!(TopSentences);

#[derive(Debug)]
struct Scored {
    score: f64,
    exemplar: Exemplar,
}

stored!(Scored { score, exemplar });

/// Article, number and text of a sentence, by which those of one score are ordered.
type Place<'s> = (&'s str, usize, &'s str);

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for ExemplarCollector {
    type Out = Vec<Exemplar>;

    fn add(&mut self, view: &TargetView<'_>) {
        for reading in &view.readings {
            let voice = reading.sentence.attribution.voice;
            let key = (voice, reading.about, reading.prediction.label);
            self.0.entry(key).or_default().offer(reading);
        }
    }

    fn merge(&mut self, later: Self) {
        for (key, pool) in later.0 {
            let mine = self.0.entry(key).or_default();
            mine.surest.merge(&pool.surest);
            mine.drawn.merge(&pool.drawn);
        }
    }

    fn finish(self, context: &OutletFinishInputs<'_>) -> Vec<Exemplar> {
        let chosen = self.pools().flat_map(|pool| pool.chosen(context.n_exemplars));
        let mut exemplars: Vec<Exemplar> = chosen.cloned().collect();
        for exemplar in &mut exemplars {
            context.speaker_index.canonicalize(&mut exemplar.speakers);
        }
        exemplars
    }
}

impl ExemplarCollector {
    /// One per voice, relation and label.
    pub(super) fn pools(&self) -> impl Iterator<Item = &ExemplarPool> + Clone {
        self.0.values()
    }
}

impl ExemplarPool {
    fn offer(&mut self, reading: &SentenceStance<'_>) {
        let probability = reading.prediction.probability();
        let sentence = &reading.sentence.sentence;
        let place = (reading.sentence.article.id.as_str(), sentence.number, sentence.text);
        self.surest.offer(probability, place, || Exemplar::new(reading, false));
        let random = random_key(sentence.text);
        self.drawn.offer(random, place, || Exemplar::new(reading, true));
    }

    /// `each` of the surest, then as many of those drawn at random that are not among them.
    fn chosen(&self, each: usize) -> impl Iterator<Item = &Exemplar> {
        let surest = &self.surest.0[..each.min(self.surest.0.len())];
        let is_new =
            |drawn: &&Scored| surest.iter().all(|of| of.exemplar.text != drawn.exemplar.text);
        let drawn = self.drawn.0.iter().filter(is_new).take(each);
        surest.iter().chain(drawn).map(|scored| &scored.exemplar)
    }
}

/// How many of the surest sentences, and how many drawn at random, a report has room for of each voice,
/// relation and label.
pub(super) fn n_shown<'e>(pools: &(impl Iterator<Item = &'e ExemplarPool> + Clone)) -> usize {
    let n_exemplars = |each| pools.clone().map(|pool| pool.chosen(each).count()).sum::<usize>();
    (TYPICAL..=KEPT).rev().find(|each| n_exemplars(*each) <= SHOWN).unwrap_or(TYPICAL)
}

/// The two surest of each voice and label among the exemplars that name the target, of which the surest
/// of each come first.
pub(super) fn typical(exemplars: &[Exemplar]) -> Vec<Exemplar> {
    let is_surest = |of: &&Exemplar| of.about == TargetRelation::Mention && !of.is_drawn;
    let surest: Vec<&Exemplar> = exemplars.iter().filter(is_surest).collect();
    let groups = surest.chunk_by(|a, b| (a.voice, &a.label) == (b.voice, &b.label));
    groups.flat_map(|group| group.iter().take(TYPICAL).copied().cloned()).collect()
}

impl TopSentences {
    fn offer(&mut self, score: f64, place: Place<'_>, exemplar: impl Fn() -> Exemplar) {
        // Two articles of one id may have the same sentence at the same place.
        let by_all = |kept: &Scored| bytes(&kept.exemplar).cmp(&bytes(&exemplar()));
        let index = self
            .0
            .partition_point(|kept| kept.order(score, place).then_with(|| by_all(kept)).is_le());
        let same = self.0.iter().position(|kept| kept.exemplar.text == place.2);
        if index >= KEPT || same.is_some_and(|same| same < index) {
            return;
        }
        if let Some(same) = same {
            self.0.remove(same);
        }
        self.0.insert(index, Scored { score, exemplar: exemplar() });
        self.0.truncate(KEPT);
    }

    fn merge(&mut self, later: &TopSentences) {
        for Scored { score, exemplar } in &later.0 {
            self.offer(*score, exemplar.place(), || exemplar.clone());
        }
    }
}

impl Scored {
    /// Whether it comes before another sentence.
    fn order(&self, score: f64, place: Place<'_>) -> Ordering {
        score.total_cmp(&self.score).then_with(|| self.exemplar.place().cmp(&place))
    }
}

impl Exemplar {
    /// Whether it is a headline.
    pub fn is_headline(&self) -> bool {
        self.part == ArticlePart::Headline
    }

    fn new(reading: &SentenceStance<'_>, is_drawn: bool) -> Self {
        let SentenceStance { sentence: of, about, prediction, .. } = *reading;
        Exemplar {
            voice: of.attribution.voice,
            about,
            is_drawn,
            speakers: of.attribution.speakers.clone(),
            label: prediction.category(),
            probability: prediction.probability(),
            by: reading.judge(),
            article: of.article.id.clone(),
            url: of.article.url.clone(),
            sentence: of.sentence.number,
            part: of.sentence.part,
            text: of.sentence.text.to_owned(),
            surroundings: Surroundings::of(reading),
            words: Vec::new(),
            marks: Vec::new(),
        }
    }

    fn place(&self) -> Place<'_> {
        (&self.article, self.sentence, &self.text)
    }
}

/// A key that is the same in every run and knows nothing of the prediction: a hash of the text.
fn random_key(text: &str) -> f64 {
    derived_seed(0, text) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, body, outlet_context};

    fn surest(order: &[usize]) -> Vec<(String, usize)> {
        let articles = ["a1", "a2", "a3"].map(|id| article("A", id));
        let sentences = [
            body(&articles[1], 2, "One.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
            body(&articles[0], 5, "Two.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
            body(&articles[2], 1, "Two.", TargetRelation::Mention, [0.9, 0.1, 0.0]),
            body(&articles[0], 3, "Three.", TargetRelation::Mention, [0.7, 0.2, 0.1]),
            body(&articles[2], 4, "One.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
        ];
        let mut exemplars = ExemplarCollector::default();
        for &index in order {
            add(&mut exemplars, &sentences[index..=index]);
        }
        let chosen = exemplars.finish(&outlet_context(3));
        assert_eq!(chosen.len(), 3, "the third is drawn, and no text stands twice");
        typical(&chosen).into_iter().map(|of| (of.article, of.sentence)).collect()
    }

    #[test]
    fn the_surest_are_kept_once_in_any_order() {
        let expected = [("a3".to_owned(), 1), ("a2".to_owned(), 2)];
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 1, 0, 3], [3, 1, 4, 2, 0]] {
            assert_eq!(surest(&order), expected, "{order:?}");
        }
    }

    #[test]
    fn what_is_shown_stays_within_bounds() {
        let texts: Vec<String> = (0..20).map(|n| format!("Sentence {n}.")).collect();
        let article = article("A", "a");
        let mut exemplars = ExemplarCollector::default();
        for (n, text) in texts.iter().enumerate() {
            let line = body(&article, n, text, TargetRelation::Context, [0.8, 0.1, 0.1]);
            add(&mut exemplars, &[line]);
        }
        let pool = exemplars.pools().next().unwrap();
        assert_eq!(pool.chosen(2).count(), 4);
        assert_eq!(n_shown(&[pool].into_iter()), KEPT);
        assert_eq!(n_shown(&std::iter::repeat_n(pool, 200)), 3);
        assert_eq!(n_shown(&std::iter::repeat_n(pool, 9000)), TYPICAL);
        let chosen = exemplars.finish(&OutletFinishInputs { n_exemplars: 3, ..outlet_context(1) });
        assert_eq!(chosen.iter().filter(|of| of.is_drawn).count(), 3);
        assert_eq!(typical(&chosen), [], "only sentences that name the target are typical");
    }
}
