//! One paragraph's sentences, joined so that quotations can run across them.

use std::ops::Range;

use crate::article_parts::{ArticlePart, Sentence};
use crate::text::Span;

use super::lexicon::{Tags, tags};
use super::quotations::{self, Quote};
use super::sentence_tokens::SentenceTokens;

/// Sentences that stand in one paragraph.
pub(super) struct Paragraph {
    pub(super) part: ArticlePart,
    /// Its sentences, counted from the article's first.
    pub(super) sentences: Range<usize>,
    text: String,
    /// The same bytes with small ASCII letters.
    lower: String,
    /// Where each sentence stands in `text`.
    spans: Vec<Span>,
    quotes: Vec<Quote>,
}

/// An article's sentences, joined into paragraphs.
pub(super) fn paragraphs(sentences: &[Sentence<'_>]) -> Vec<Paragraph> {
    let groups: Vec<_> = sentences.chunk_by(|one, next| one.paragraph == next.paragraph).collect();
    let mut first = 0;
    let paragraph = |(i, group): (usize, &&[Sentence<'_>])| {
        let next = groups.get(i + 1);
        let goes_on = next.is_some_and(|next| quotations::opens_with_mark(next[0].text));
        first += group.len();
        Paragraph::new(group, first - group.len(), goes_on)
    };
    groups.iter().enumerate().map(paragraph).collect()
}

impl Paragraph {
    /// Joins the sentences of one paragraph, the first of which has the index `first`. `goes_on`:
    /// the next paragraph opens with a mark, so that a quotation left open may go on there.
    fn new(sentences: &[Sentence<'_>], first: usize, goes_on: bool) -> Self {
        let mut text = String::with_capacity(sentences.iter().map(|s| s.text.len() + 1).sum());
        let mut spans = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            if !text.is_empty() {
                text.push(' ');
            }
            spans.push(text.len()..text.len() + sentence.text.len());
            text.push_str(sentence.text);
        }
        let lower = text.to_ascii_lowercase();
        let mut quotes = quotations::quotes(&text);
        quotes.retain(|quote| goes_on || !quote.is_open || opens_statement(&text, quote));
        let (part, sentences) = (sentences[0].part, first..first + sentences.len());
        Paragraph { part, sentences, text, lower, spans, quotes }
    }

    /// Each sentence as tokens.
    pub(super) fn tokens(&self) -> impl Iterator<Item = SentenceTokens<'_>> {
        let mut left = self.quotes.as_slice();
        self.spans.iter().map(move |span| {
            let whole = self.quotes.partition_point(|quote| quote.span.end < span.end);
            let whole = self.quotes.get(whole).is_some_and(|quote| quote.span.start <= span.start);
            SentenceTokens::new(&self.text, &self.lower, span, |start| {
                // A sentence that is all quotation is no phrase, however short.
                if whole {
                    return tags!("quoted");
                }
                while left.first().is_some_and(|quote| quote.span.end <= start) {
                    left = &left[1..];
                }
                match left.first() {
                    Some(quote) if quote.span.start > start => Tags::default(),
                    Some(quote) if quote.is_scare() => tags!("scare"),
                    Some(_) => tags!("quoted"),
                    None => Tags::default(),
                }
            })
        })
    }

    /// What stands between quote marks in each sentence, without the marks, in bytes of the sentence.
    pub(super) fn quoted(&self) -> impl Iterator<Item = Vec<Span>> {
        self.spans.iter().map(|sentence| {
            let first = self.quotes.partition_point(|quote| quote.span.end <= sentence.start);
            let quotes = self.quotes[first..].iter();
            let quotes = quotes.take_while(|quote| quote.span.start < sentence.end);
            let part = |quote: &Quote| {
                let start = quote.span.start.max(sentence.start);
                let text = self.text.get(start..quote.span.end.min(sentence.end))?;
                let inner = quotations::trim_marks(text);
                let offset = start - sentence.start;
                (!inner.is_empty()).then_some(offset + inner.start..offset + inner.end)
            };
            quotes.filter_map(part).collect()
        })
    }

    /// Whether the sentence begins inside a quotation that began in an earlier one.
    pub(super) fn goes_on_quoting(&self, sentence: usize) -> bool {
        let start = self.spans[sentence].start;
        let next = self.quotes.partition_point(|quote| quote.span.end <= start);
        self.quotes.get(next).is_some_and(|quote| quote.span.start < start)
    }

    /// Whether a quotation is left open at its end.
    pub(super) fn is_open(&self) -> bool {
        self.quotes.last().is_some_and(|quote| quote.is_open)
    }
}

/// A quotation that nothing closes is one where a statement would open, else a stray mark.
fn opens_statement(text: &str, quote: &Quote) -> bool {
    let before = text[..quote.span.start].trim_end();
    before.is_empty() || before.ends_with([':', ','])
}
