//! What an article conveys of its sources, as it is compared.

use super::normalized_quote::NormalizedQuote;
use super::quote_context::own_words;
use super::quote_spans::{self, QUOTED_WORDS};
use crate::article_parts::{ArticlePart, Sentence};
use crate::classifier::Classified;
use crate::report::predicted_label::PredictedLabel;
use crate::report::prominence::tenths;
use crate::report::quotes::{Neighbour, Place, QuoteContext};
use crate::report::speaker_index;
use crate::text::Span;
use crate::voice::{self, Voice};

/// How a source's words are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Between quote marks.
    Marked,
    /// Its own words without marks: a signed tweet, what a colon announced.
    Bare,
    /// A sentence that tells what it said.
    IndirectSpeech,
}

/// Quoted words of a source, or a sentence that tells what it said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) outlet: String,
    pub(super) article: String,
    pub(super) sentence: usize,
    pub(super) tenth: usize,
    pub(super) cue: String,
    pub(super) speakers: Vec<String>,
    pub(super) form: Form,
    pub(super) wording: NormalizedQuote,
    /// The outlet's words in the sentence, with … for what it quotes.
    pub(super) own: String,
    /// The outlet's own sentence before it, and the one after it.
    neighbours: [Option<Neighbour>; 2],
    /// By target: whether the sentence expresses anything toward it.
    pub(super) is_read: Vec<bool>,
}

impl Passage {
    /// An order of passages that does not depend on when they were read.
    pub(super) fn key(&self) -> (&str, &str, usize, &str) {
        (&self.outlet, &self.article, self.sentence, &self.wording.text)
    }

    /// Whether some speakers can be this passage's, as far as either is known.
    pub(super) fn can_be_said_by(&self, speakers: &[String]) -> bool {
        let is_open = self.speakers.is_empty() || speakers.is_empty();
        let is_among =
            |name: &String| speakers.iter().any(|other| speaker_index::can_be_one(name, other));
        is_open || self.speakers.iter().any(is_among)
    }

    /// The sentence that it stands in.
    pub(super) fn sentence(&self) -> (&str, &str, usize) {
        (&self.outlet, &self.article, self.sentence)
    }

    /// Where it stands and what the outlet wrote around it.
    pub(super) fn place(&self, judge: &dyn Fn(&str) -> Vec<PredictedLabel>) -> Place {
        let own = if self.form == Form::IndirectSpeech { &self.wording.text } else { &self.own };
        let wrapping = QuoteContext::of(own, self.neighbours.clone(), &self.is_read, judge);
        Place {
            article: self.article.clone(),
            sentence: self.sentence,
            tenth: self.tenth,
            cue: self.cue.clone(),
            class: voice::cue_class(&self.cue),
            wrapping,
        }
    }
}

/// The passages of an article's counted sentences. What stands between marks is quoted whoever's the
/// sentence is; only attributed sentences tell what a source said.
pub(super) fn passages(article: &[&Classified<'_>]) -> Vec<Passage> {
    let sentences: Vec<Sentence<'_>> = article.iter().map(|of| of.sentence.clone()).collect();
    let quoted = voice::quoted(&sentences);
    let tenths: Vec<usize> = tenths(article).collect();
    (0..article.len()).flat_map(|at| of_sentence(article, at, tenths[at], &quoted[at])).collect()
}

fn of_sentence(
    article: &[&Classified<'_>],
    at: usize,
    tenth: usize,
    quoted: &[Span],
) -> Vec<Passage> {
    let of = article[at];
    let text = of.sentence.text;
    let told = &of.attribution;
    let neighbour = |at: Option<usize>| at.and_then(|at| neighbour(article.get(at)?));
    let neighbours = [neighbour(at.checked_sub(1)), neighbour(Some(at + 1))];
    let judged = |reading: &crate::classifier::TargetStance| reading.prediction.is_some();
    let passage = |form: Form, said: &str, own: &str, speakers: Vec<String>| Passage {
        outlet: of.article.outlet.clone(),
        article: of.article.id.clone(),
        sentence: of.sentence.number,
        tenth,
        // The word that attributes belongs to the first speaker.
        cue: if speakers.first() == told.speakers.first() { &told.cue } else { "" }.to_owned(),
        speakers,
        form,
        wording: NormalizedQuote::new(said),
        own: own.to_owned(),
        neighbours: neighbours.clone(),
        is_read: of.readings.iter().map(judged).collect(),
    };
    let own = own_words(text, quoted);
    let quote = |quote: &Vec<Span>| {
        let speakers = quote_spans::speakers(text, quote, &told.speakers);
        passage(Form::Marked, &quote_spans::joined(text, quote), &own, speakers)
    };
    let all = || told.speakers.clone();
    if told.is_unquoted {
        let bare = passage(Form::Bare, quote_spans::unsigned(text), "", all());
        return Some(bare).filter(|bare| bare.wording.len() >= QUOTED_WORDS).into_iter().collect();
    }
    let mut found: Vec<Passage> = quote_spans::quotes(text, quoted).iter().map(quote).collect();
    if told.voice == Voice::Attributed {
        found.push(passage(Form::IndirectSpeech, text, &own, all()));
    }
    found
}

/// A sentence of the body in the outlet's own voice.
fn neighbour(of: &Classified<'_>) -> Option<Neighbour> {
    let is_own = of.attribution.voice == Voice::Outlet && of.sentence.part == ArticlePart::Body;
    is_own.then(|| Neighbour {
        sentence: of.sentence.number,
        text: of.sentence.text.to_owned(),
        judged: (0..of.readings.len()).map(|target| PredictedLabel::of(of, target)).collect(),
    })
}
