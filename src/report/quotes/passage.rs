//! The attributed sentences of an article, as they are compared.

use std::collections::BTreeSet;

use super::marks::quoted;
use super::wrapping::{Neighbour, own_words};
use crate::classifier::Classified;
use crate::parts::Part;
use crate::report::judged::Judged;
use crate::report::prominence::tenths;
use crate::text::Span;
use crate::text::token::{Kind, tokens};
use crate::voice::Voice;

/// Fewer quoted words are a phrase, not a quote.
const QUOTED_WORDS: usize = 5;

/// Letters that a word must have to tell what is said.
const TELLING: usize = 4;

/// Quoted words of a source, or a sentence that tells what it said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    pub(super) outlet: String,
    pub(super) article: String,
    pub(super) sentence: usize,
    pub(super) tenth: usize,
    pub(super) cue: String,
    pub(super) speakers: Vec<String>,
    /// Whether the words stood between quote marks.
    pub(super) is_quoted: bool,
    /// As printed.
    pub(super) text: String,
    /// In lower case, apostrophes straight, without marks.
    pub(super) words: Vec<String>,
    /// Where these stand in `text`.
    pub(super) places: Vec<Span>,
    /// The rest of the sentence.
    pub(super) own: String,
    /// The outlet's own sentence before it, and the one after it.
    pub(super) neighbours: [Option<Neighbour>; 2],
    /// By target: whether the sentence expresses anything toward it.
    pub(super) is_read: Vec<bool>,
}

impl Passage {
    /// An order of passages that does not depend on when they were read.
    pub(super) fn key(&self) -> (&str, &str, usize, &str) {
        (&self.outlet, &self.article, self.sentence, &self.text)
    }

    /// The words that tell what is said.
    pub(super) fn telling(&self) -> BTreeSet<&str> {
        let words = self.words.iter().map(String::as_str);
        words.filter(|word| word.chars().count() >= TELLING).collect()
    }

    /// The stretches of the text whose words are not among those at `kept`, as printed.
    pub(super) fn without(&self, kept: &[usize]) -> Vec<String> {
        let lost: Vec<usize> = (0..self.words.len()).filter(|at| !kept.contains(at)).collect();
        let runs = lost.chunk_by(|a, b| a + 1 == *b);
        let stretch = |run: &[usize]| {
            let last = run.len() - 1;
            self.text[self.places[run[0]].start..self.places[run[last]].end].to_owned()
        };
        runs.map(stretch).collect()
    }
}

/// The passages of an article's counted sentences.
pub(super) fn passages(article: &[&Classified<'_>]) -> Vec<Passage> {
    let tenths: Vec<usize> = tenths(article).collect();
    let is_attributed = |at: &usize| article[*at].attribution.voice == Voice::Attributed;
    let places = (0..article.len()).filter(is_attributed);
    places.map(|at| passage(article, at, tenths[at])).collect()
}

fn passage(article: &[&Classified<'_>], at: usize, tenth: usize) -> Passage {
    let of = article[at];
    let whole = of.sentence.text;
    let spans = quoted(whole);
    let parts: Vec<&str> = spans.iter().map(|span| whole[span.clone()].trim()).collect();
    let quote = parts.join(" ");
    let is_quoted = words(&quote).len() >= QUOTED_WORDS;
    let (text, own) = match is_quoted {
        true => (quote, own_words(whole, &spans)),
        false => (whole.to_owned(), whole.to_owned()),
    };
    let places = words(&text);
    let judged = |reading: &crate::classifier::Reading| reading.prediction.is_some();
    let neighbour = |at: Option<usize>| at.and_then(|at| neighbour(article.get(at)?));
    Passage {
        outlet: of.article.outlet.clone(),
        article: of.article.id.clone(),
        sentence: of.sentence.number,
        tenth,
        cue: of.attribution.cue.clone(),
        speakers: of.attribution.speakers.clone(),
        is_quoted,
        words: places.iter().map(|place| plain(&text[place.clone()])).collect(),
        places,
        text,
        own,
        neighbours: [neighbour(at.checked_sub(1)), neighbour(Some(at + 1))],
        is_read: of.readings.iter().map(judged).collect(),
    }
}

/// A sentence of the body in the outlet's own voice.
fn neighbour(of: &Classified<'_>) -> Option<Neighbour> {
    let is_own = of.attribution.voice == Voice::Outlet && of.sentence.part == Part::Body;
    is_own.then(|| Neighbour {
        sentence: of.sentence.number,
        text: of.sentence.text.to_owned(),
        judged: (0..of.readings.len()).map(|target| Judged::of(of, target)).collect(),
    })
}

/// A word as it is compared: outlets set apostrophes in their own ways.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['’', '‘'], "'")
}

/// Where the words of a text stand.
pub(super) fn words(text: &str) -> Vec<Span> {
    let counted = tokens(text).filter(|token| token.kind != Kind::Mark);
    counted.map(|token| token.span).collect()
}
