//! Quotes and indirect speech of one article, as they are compared across outlets.

use super::normalized_quote::NormalizedQuote;
use super::quote_context::own_words;
use super::quote_spans::{self, QUOTED_WORDS};
use crate::article_parts::{ArticlePart, Sentence};
use crate::classifier::Classified;
use crate::report::prominence::deciles;
use crate::report::quotes::{AdjacentSentence, QuoteContext, QuotePlace};
use crate::report::sentence_label::SentenceLabel;
use crate::report::speaker_index;
use crate::report::stored::{stored, stored_enum};
use crate::text::Span;
use crate::voice::{self, Voice};

/// How a source's words are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Between quote marks.
    Marked,
    /// Its own words without marks: a signed tweet, what a colon announced.
    Bare,
    /// A sentence that reports what it said.
    IndirectSpeech,
}

stored_enum!(Form { Marked, Bare, IndirectSpeech });

/// Quoted words of a source, or a sentence that reports what it said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) outlet: String,
    pub(super) article: String,
    pub(super) sentence: usize,
    pub(super) decile: usize,
    pub(super) cue: String,
    pub(super) speakers: Vec<String>,
    pub(super) form: Form,
    pub(super) quote: NormalizedQuote,
    /// The outlet's words in the sentence, with … for what it quotes.
    pub(super) own: String,
    /// The outlet's own sentence before it, and the one after it.
    neighbours: [Option<AdjacentSentence>; 2],
    /// By target: what the sentence expresses toward it.
    pub(super) labels: Vec<Option<SentenceLabel>>,
}

stored!(Passage { outlet, article, sentence, decile, cue, speakers, form, quote, own, neighbours, labels } where |of, _| (1..=10).contains(&of.decile));

impl Passage {
    /// An order of passages that does not depend on when they were read.
    pub(super) fn key(&self) -> (&str, &str, usize, &str) {
        (&self.outlet, &self.article, self.sentence, &self.quote.text)
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

    /// Where it stands and what the outlet wrote around it. The labels are those of whole sentences, until
    /// the model is asked about the outlet's words alone.
    pub(super) fn place(&self) -> QuotePlace {
        let is_indirect = self.form == Form::IndirectSpeech;
        let own = if is_indirect { &self.quote.text } else { &self.own };
        let [before, after] = self.neighbours.clone();
        // Hand labels are of whole sentences.
        let judged = match is_indirect {
            true => self.labels.clone(),
            false => self.labels.iter().map(|label| Some(label.clone()?.unchecked())).collect(),
        };
        QuotePlace {
            article: self.article.clone(),
            sentence: self.sentence,
            tenth: self.decile,
            cue: self.cue.clone(),
            class: voice::cue_class(&self.cue),
            wrapping: QuoteContext { own: own.clone(), judged, before, after },
        }
    }
}

/// The passages of an article's counted sentences. Words between marks are quoted in any sentence; only
/// attributed sentences are indirect speech.
pub(super) fn passages(article: &[&Classified<'_>]) -> Vec<Passage> {
    let sentences: Vec<Sentence<'_>> = article.iter().map(|of| of.sentence.clone()).collect();
    let quoted = voice::quoted(&sentences);
    let in_article = deciles(article).zip(&quoted).enumerate();
    in_article.flat_map(|(at, (decile, quoted))| of_sentence(article, at, decile, quoted)).collect()
}

fn of_sentence(
    article: &[&Classified<'_>],
    at: usize,
    decile: usize,
    quoted: &[Span],
) -> Vec<Passage> {
    let of = article[at];
    let text = of.sentence.text;
    let attribution = &of.attribution;
    let neighbour = |at: Option<usize>| at.and_then(|at| neighbour(article.get(at)?));
    let neighbours = [neighbour(at.checked_sub(1)), neighbour(Some(at + 1))];
    let passage = |form: Form, quote: &str, own: &str, speakers: Vec<String>| Passage {
        outlet: of.article.outlet.clone(),
        article: of.article.id.clone(),
        sentence: of.sentence.number,
        decile,
        // The word that attributes belongs to the first speaker.
        cue: if speakers.first() == attribution.speakers.first() { &attribution.cue } else { "" }
            .to_owned(),
        speakers,
        form,
        quote: NormalizedQuote::new(quote),
        own: own.to_owned(),
        neighbours: neighbours.clone(),
        labels: labels(of),
    };
    let own = own_words(text, quoted);
    let quote = |quote: &Vec<Span>| {
        let speakers = quote_spans::speakers(text, quote, &attribution.speakers);
        passage(Form::Marked, &quote_spans::joined(text, quote), &own, speakers)
    };
    let all = || attribution.speakers.clone();
    if attribution.is_unquoted {
        let bare = passage(Form::Bare, quote_spans::unsigned(text), "", all());
        return Some(bare).filter(|bare| bare.quote.len() >= QUOTED_WORDS).into_iter().collect();
    }
    let mut found: Vec<Passage> = quote_spans::quotes(text, quoted).iter().map(quote).collect();
    if attribution.voice == Voice::Attributed {
        found.push(passage(Form::IndirectSpeech, text, &own, all()));
    }
    found
}

/// A sentence of the body in the outlet's own voice.
fn neighbour(of: &Classified<'_>) -> Option<AdjacentSentence> {
    let is_own = of.attribution.voice == Voice::Outlet && of.sentence.part == ArticlePart::Body;
    is_own.then(|| AdjacentSentence {
        sentence: of.sentence.number,
        text: of.sentence.text.to_owned(),
        judged: labels(of),
    })
}

/// What a sentence expresses, by target.
fn labels(of: &Classified<'_>) -> Vec<Option<SentenceLabel>> {
    (0..of.readings.len()).map(|target| SentenceLabel::of(of, target)).collect()
}
