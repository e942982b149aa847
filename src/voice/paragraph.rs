//! One paragraph's sentences, joined so that quotations can run across them.

use crate::article_parts::Sentence;
use crate::text::Span;

use super::quotations::{self, Quote};
use super::sentence_tokens::{Quoted, SentenceTokens};

/// Sentences that stand in one paragraph.
pub(super) struct Paragraph {
    text: String,
    /// The same bytes with small ASCII letters.
    lower: String,
    /// Where each sentence stands in `text`.
    places: Vec<Span>,
    quotes: Vec<Quote>,
}

impl Paragraph {
    /// Joins the sentences of one paragraph; `followed` tells that the next one opens with a mark,
    /// so that a quotation left open may go on there.
    pub(super) fn new(sentences: &[Sentence<'_>], followed: bool) -> Self {
        let mut text = String::with_capacity(sentences.iter().map(|s| s.text.len() + 1).sum());
        let mut places = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            if !text.is_empty() {
                text.push(' ');
            }
            places.push(text.len()..text.len() + sentence.text.len());
            text.push_str(sentence.text);
        }
        let lower = text.to_ascii_lowercase();
        let mut quotes = quotations::quotes(&text);
        quotes.retain(|quote| followed || !quote.open || opens_statement(&text, quote));
        Paragraph { text, lower, places, quotes }
    }

    /// Each sentence as words.
    pub(super) fn words(&self) -> Vec<SentenceTokens<'_>> {
        let mut left = self.quotes.as_slice();
        self.places
            .iter()
            .map(|place| {
                let whole = self.quotes.partition_point(|quote| quote.span.end < place.end);
                let whole = self.quotes.get(whole).filter(|quote| quote.span.start <= place.start);
                SentenceTokens::new(&self.text, &self.lower, place, |at| {
                    // A sentence that is all quotation is no phrase, however short.
                    if whole.is_some() {
                        return Quoted::Yes;
                    }
                    while left.first().is_some_and(|quote| quote.span.end <= at) {
                        left = &left[1..];
                    }
                    quoted(left.first(), at)
                })
            })
            .collect()
    }

    /// What stands between quote marks in each sentence, without the marks, in bytes of the sentence.
    pub(super) fn quoted(&self) -> Vec<Vec<Span>> {
        let part = |place: &Span, quote: &Span| {
            let within = quote.start.max(place.start)..quote.end.min(place.end);
            let text = self.text.get(within.clone())?;
            let start = text.len() - text.trim_start_matches(quotations::is_edge).len();
            let inner = text[start..].trim_end_matches(quotations::is_edge);
            let start = within.start - place.start + start;
            (!inner.is_empty()).then(|| start..start + inner.len())
        };
        let of_sentence = |place: &Span| {
            let first = self.quotes.partition_point(|quote| quote.span.end <= place.start);
            let here = self.quotes[first..].iter().take_while(|quote| quote.span.start < place.end);
            here.filter_map(|quote| part(place, &quote.span)).collect()
        };
        self.places.iter().map(of_sentence).collect()
    }

    /// Whether the sentence begins inside a quotation that began in an earlier one.
    pub(super) fn goes_on_quoting(&self, sentence: usize) -> bool {
        let start = self.places[sentence].start;
        let next = self.quotes.partition_point(|quote| quote.span.end <= start);
        self.quotes.get(next).is_some_and(|quote| quote.span.start < start)
    }

    /// Whether a quotation is left open at its end.
    pub(super) fn is_open(&self) -> bool {
        self.quotes.last().is_some_and(|quote| quote.open)
    }
}

/// A quotation that nothing closes is one where a statement would open, else a stray mark.
fn opens_statement(text: &str, quote: &Quote) -> bool {
    let before = text[..quote.span.start].trim_end();
    before.is_empty() || before.ends_with([':', ','])
}

fn quoted(next: Option<&Quote>, at: usize) -> Quoted {
    match next {
        Some(quote) if quote.span.start <= at && quote.is_scare() => Quoted::Scare,
        Some(quote) if quote.span.start <= at => Quoted::Yes,
        _ => Quoted::No,
    }
}
