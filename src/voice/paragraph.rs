//! One paragraph's sentences, joined so that quotations can run across them.

use std::ops::Range;

use crate::article_parts::{ArticlePart, Sentence};
use crate::text::Span;

use super::lexicon::{Tags, tags};
use super::quotations::{self, OpenQuote, Quote};
use super::sentence_tokens::SentenceTokens;

/// Maximum number of paragraphs that a quotation runs through without marks of its own.
const MAX_RUN: usize = 12;

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
    let mut first = 0;
    let paragraph = |group: &[Sentence<'_>]| {
        first += group.len();
        Paragraph::new(group, first - group.len())
    };
    let mut paragraphs: Vec<Paragraph> =
        sentences.chunk_by(|one, next| one.paragraph == next.paragraph).map(paragraph).collect();
    for i in 0..paragraphs.len() {
        if paragraphs[i].is_open() {
            let (before, after) = paragraphs.split_at_mut(i + 1);
            before[i].run_on(after);
        }
    }
    paragraphs
}

impl Paragraph {
    /// Joins the sentences of one paragraph, the first of which has the index `first`.
    fn new(sentences: &[Sentence<'_>], first: usize) -> Self {
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
        let quotes = quotations::quotes(&text);
        let (part, sentences) = (sentences[0].part, first..first + sentences.len());
        Paragraph { part, sentences, text, lower, spans, quotes }
    }

    /// Lets a quotation that is left open here run on: where the next paragraph opens with a mark again,
    /// or through the next ones up to a mark that closes it. Else it ends with this paragraph, or its
    /// mark is a stray one.
    fn run_on(&mut self, after: &mut [Paragraph]) {
        // A paragraph that opens with a mark goes on with a quotation that was left open.
        if after.first().is_some_and(|next| quotations::opens_with_mark(&next.text)) {
            return;
        }
        let opening = self.quotes.last().map_or("", |quote| &self.text[quote.span.clone()]);
        let is_double = !opening.starts_with('‘');
        let near = after.iter().take(MAX_RUN).take_while(|next| next.part == self.part);
        let left = near.map(|next| quotations::left_open(&next.text, is_double));
        let mut left = left.enumerate().skip_while(|(_, left)| *left == OpenQuote::RunsOn);
        let end = left.next().and_then(|(at, left)| match left {
            OpenQuote::Ends(end) => Some((at, end)),
            _ => None,
        });
        let Some((last, end)) = end else {
            let text = &self.text;
            let is_stray = |quote: &Quote| {
                quote.is_open && !quotations::opens_statement(text, quote.span.start)
            };
            self.quotes.retain(|quote| !is_stray(quote));
            return;
        };
        for paragraph in &mut after[..last] {
            paragraph.quotes = vec![Quote::running(0..paragraph.text.len(), true)];
        }
        // What was found up to the closing mark is part of it.
        after[last].quotes.retain(|quote| quote.span.start >= end);
        after[last].quotes.insert(0, Quote::running(0..end, false));
    }

    /// The quotation that a byte lies in.
    fn quote_at(&self, at: usize) -> Option<&Quote> {
        let next = self.quotes.partition_point(|quote| quote.span.end <= at);
        self.quotes.get(next).filter(|quote| quote.span.start <= at)
    }

    /// Each sentence as tokens.
    pub(super) fn tokens(&self) -> impl Iterator<Item = SentenceTokens<'_>> {
        self.spans.iter().map(|span| {
            // A sentence that is all quotation is no phrase, however short.
            let whole = self.quote_at(span.start).is_some_and(|quote| quote.span.end >= span.end);
            SentenceTokens::new(&self.text, &self.lower, span, |at| match self.quote_at(at) {
                Some(quote) if quote.is_scare && !whole => tags!("scare"),
                Some(_) => tags!("quoted"),
                None => Tags::default(),
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
        self.quote_at(start).is_some_and(|quote| quote.span.start < start)
    }

    /// Whether a quotation is left open at its end.
    pub(super) fn is_open(&self) -> bool {
        self.quotes.last().is_some_and(|quote| quote.is_open)
    }
}
