//! The sentences behind the figures: those of which the model is surest and some drawn by chance,
//! with the words that decided.

use std::cmp::Ordering;

use serde::Serialize;

use super::article_clusters::seed_of;
use super::rationale::Rationale;
use super::serialize::{rounded, spans};
use crate::article_parts::ArticlePart;
use crate::category::Category;
use crate::classifier::Classified;
use crate::model::{Explanation, Prediction};
use crate::target::TargetRelation;
use crate::text::Span;
use crate::voice::Voice;

/// So many of the surest, and so many drawn by chance, are kept of each voice, relation and label.
pub(super) const KEPT: usize = 16;

/// So many of the surest, among those that name the target, stand for their voice and label.
const TYPICAL: usize = 2;

/// So many sentences a report shows in all, unless it has so many outlets that fewer than two of
/// each voice, relation and label would be left.
const SHOWN: usize = 1500;

/// One sentence behind a figure. Chosen by rule, never by hand: the highest probability of its
/// voice, relation to the target and label, then the article's id, then the place; or by chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exemplars {
    /// Whose words.
    pub voice: Voice,
    /// Whether it names the target.
    pub about: TargetRelation,
    /// The label that the model gives it.
    pub label: Category,
    /// That label's probability.
    #[serde(serialize_with = "rounded")]
    pub probability: f64,
    /// Whether chance chose it (the highest hashes of the text), and not the model's certainty.
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
    /// Up to four words that spoke most for the label, the strongest first.
    pub words: Vec<String>,
    /// Where they stand in `text`: rising, never overlapping.
    #[serde(serialize_with = "spans")]
    pub marks: Vec<Span>,
}

/// The sentences of one voice, relation and label while articles come in.
#[derive(Debug, Default)]
pub(super) struct ExemplarPool {
    surest: Best,
    drawn: Best,
}

/// Those of the highest score so far, the highest first. A sentence that is printed twice is kept
/// once.
#[derive(Debug, Default)]
struct Best {
    kept: Vec<Candidate>,
}

#[derive(Debug)]
struct Candidate {
    score: f64,
    typical: Exemplars,
    mentions: Vec<Span>,
}

impl ExemplarPool {
    /// Keeps the sentence where it is among the surest, or where chance has it.
    pub(super) fn offer(
        &mut self,
        of: &Classified<'_>,
        (about, mentions): (TargetRelation, &[Span]),
        said: &Prediction,
    ) {
        let typical = |is_drawn| Exemplars::new(of, about, said, is_drawn);
        self.surest.offer(said.probability(), of, mentions, || typical(false));
        self.drawn.offer(chance(of.sentence.text), of, mentions, || typical(true));
    }

    /// How many sentences there are to show, with `each` of the surest and as many by chance.
    fn held(&self, each: usize) -> usize {
        self.chosen(each).count()
    }

    /// The surest, then those drawn that are not among them.
    fn chosen(&self, each: usize) -> impl Iterator<Item = &Candidate> {
        let surest = &self.surest.kept[..each.min(self.surest.kept.len())];
        let is_new = |c: &&Candidate| surest.iter().all(|s| s.typical.text != c.typical.text);
        surest.iter().chain(self.drawn.kept.iter().filter(is_new).take(each))
    }

    /// `each` of the surest and as many by chance, with the words that decided.
    pub(super) fn finish(
        &self,
        each: usize,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> impl Iterator<Item = Exemplars> {
        self.chosen(each).map(|Candidate { typical, mentions, .. }| {
            let found = Rationale::new(&typical.text, mentions, typical.label.index, explain);
            Exemplars { words: found.words, marks: found.marks, ..typical.clone() }
        })
    }
}

/// How many of the surest sentences, and how many by chance, can be shown of each voice, relation
/// and label.
pub(super) fn each<'e>(all: &(impl Iterator<Item = &'e ExemplarPool> + Clone)) -> usize {
    let fits = |each: &usize| all.clone().map(|of| of.held(*each)).sum::<usize>() <= SHOWN;
    (TYPICAL..=KEPT).rev().find(fits).unwrap_or(TYPICAL)
}

/// The two surest of each voice and label among those that name the target; `evidence` has the
/// surest of each first.
pub(super) fn typical(evidence: &[Exemplars]) -> Vec<Exemplars> {
    let surest = evidence.iter().filter(|of| of.about == TargetRelation::Mention && !of.is_drawn);
    let surest: Vec<&Exemplars> = surest.collect();
    let groups = surest.chunk_by(|a, b| (a.voice, &a.label) == (b.voice, &b.label));
    groups.flat_map(|group| group.iter().take(TYPICAL).copied().cloned()).collect()
}

impl Best {
    fn offer(
        &mut self,
        score: f64,
        of: &Classified<'_>,
        mentions: &[Span],
        typical: impl FnOnce() -> Exemplars,
    ) {
        let place = self.kept.partition_point(|kept| kept.rank(of, score).is_le());
        let same = self.kept.iter().position(|kept| kept.typical.text == of.sentence.text);
        if place >= KEPT || same.is_some_and(|same| same < place) {
            return;
        }
        if let Some(same) = same {
            self.kept.remove(same);
        }
        let candidate = Candidate { score, typical: typical(), mentions: mentions.to_vec() };
        self.kept.insert(place, candidate);
        self.kept.truncate(KEPT);
    }
}

impl Exemplars {
    fn new(of: &Classified<'_>, about: TargetRelation, said: &Prediction, is_drawn: bool) -> Self {
        Exemplars {
            voice: of.attribution.voice,
            about,
            is_drawn,
            speakers: of.attribution.speakers.clone(),
            label: said.category(),
            probability: said.probability(),
            article: of.article.id.clone(),
            url: of.article.url.clone(),
            sentence: of.sentence.number,
            part: of.sentence.part,
            text: of.sentence.text.to_owned(),
            words: Vec::new(),
            marks: Vec::new(),
        }
    }
}

impl Candidate {
    /// Whether this one comes before another sentence.
    fn rank(&self, of: &Classified<'_>, score: f64) -> Ordering {
        let mine =
            (self.typical.article.as_str(), self.typical.sentence, self.typical.text.as_str());
        let theirs = (of.article.id.as_str(), of.sentence.number, of.sentence.text);
        score.total_cmp(&self.score).then_with(|| mine.cmp(&theirs))
    }
}

/// A sentence's lot: the same in every run, and blind to what the model says.
fn chance(text: &str) -> f64 {
    seed_of(0, text) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, body, explain, prediction};

    fn surest(order: &[usize]) -> Vec<(String, usize)> {
        let articles = ["a1", "a2", "a3"].map(|id| article("A", id));
        let sentences = [
            body(&articles[1], 2, "One.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
            body(&articles[0], 5, "Two.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
            body(&articles[2], 1, "Two.", TargetRelation::Mention, [0.9, 0.1, 0.0]),
            body(&articles[0], 3, "Three.", TargetRelation::Mention, [0.7, 0.2, 0.1]),
            body(&articles[2], 4, "One.", TargetRelation::Mention, [0.8, 0.1, 0.1]),
        ];
        let mut behind = ExemplarPool::default();
        for &place in order {
            let prediction = sentences[place].readings[0].prediction.clone().unwrap();
            behind.offer(&sentences[place], (TargetRelation::Mention, &[]), &prediction);
        }
        let chosen: Vec<Exemplars> = behind.finish(TYPICAL, &explain).collect();
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
        let mut behind = ExemplarPool::default();
        for (n, text) in texts.iter().enumerate() {
            let line = body(&article, n, text, TargetRelation::Context, [0.8, 0.1, 0.1]);
            behind.offer(&line, (TargetRelation::Context, &[]), &prediction([0.8, 0.1, 0.1]));
        }
        assert_eq!(behind.held(2), 4);
        assert_eq!(each(&[&behind].into_iter()), KEPT);
        assert_eq!(each(&std::iter::repeat_n(&behind, 200)), 3);
        assert_eq!(each(&std::iter::repeat_n(&behind, 9000)), TYPICAL);
        let chosen: Vec<Exemplars> = behind.finish(3, &explain).collect();
        assert_eq!(chosen.iter().filter(|of| of.is_drawn).count(), 3);
        assert_eq!(typical(&chosen), [], "only sentences that name the target are typical");
    }
}
