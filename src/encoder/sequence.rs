//! What the transformer reads of an input: numbered pieces, and where sentence and target stand.

use std::ops::Range;

use super::transformer::MAX_PIECES;
use super::word_piece::{Piece, WordPiece};
use crate::model_input::ModelInput;
use crate::text::Span;

/// `<s>` and `</s>` in the vocabulary.
const BEGIN: u32 = 0;
const END: u32 = 2;

/// Number of `<s>` and `</s>` in a sequence: `<s> sentence </s></s> second </s>`.
const N_MARKS: usize = 4;

/// Maximum number of pieces of the second segment.
const MAX_SECOND: usize = 120;

/// Characters that are read on either side of the target.
const WINDOW: usize = 500;

/// Characters that are read of the sentence before.
const MAX_BEFORE: usize = 200;

/// An input as the transformer reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) pieces: Vec<u32>,
    /// Places of the sentence among the pieces.
    pub(super) sentence: Range<usize>,
    /// Places of the target: in the sentence where it stands there, else in the second segment; those of
    /// the sentence where there is no target.
    pub(super) target: Range<usize>,
}

impl Sequence {
    /// The second segment is the target's name, or the mention where it has no other; where the target
    /// does not stand in the sentence, `name | headline | sentence before`.
    pub(super) fn new(input: &ModelInput<'_>, word_piece: &WordPiece) -> Self {
        let (text, mention) = window(input);
        let name = match (input.subject, &mention) {
            ("", Some(mention)) => &text[mention.clone()],
            (subject, _) => subject,
        };
        let mention = mention.filter(|_| !input.is_masked);
        let second = match (&mention, name) {
            (Some(_), _) | (None, "") => name.to_string(),
            (None, _) => [name, input.title, tail(input.before, MAX_BEFORE)].join(" | "),
        };
        let mut second_pieces = word_piece.pieces(&second);
        second_pieces.truncate(MAX_SECOND);
        let mut text_pieces = word_piece.pieces(text);
        let in_text = mention.map(|mention| places(&text_pieces, &mention));
        // Where not all pieces fit, the target's must be among those that are kept.
        let n_kept = MAX_PIECES - N_MARKS - second_pieces.len();
        let n_skipped = in_text.as_ref().map_or(0, |target| target.end.saturating_sub(n_kept));
        text_pieces.drain(..n_skipped);
        text_pieces.truncate(n_kept);
        let n = text_pieces.len();
        let target = match in_text {
            Some(target) => 1 + target.start.saturating_sub(n_skipped)..1 + target.end - n_skipped,
            None if name.is_empty() => 1..1 + n,
            None => shifted(&places(&second_pieces, &(0..name.len())), n + N_MARKS - 1),
        };
        let ids = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.id);
        let mut pieces = Vec::with_capacity(n + second_pieces.len() + N_MARKS);
        pieces.push(BEGIN);
        pieces.extend(ids(text_pieces));
        pieces.extend([END, END]);
        pieces.extend(ids(second_pieces));
        pieces.push(END);
        Sequence { pieces, sentence: 1..1 + n, target }
    }
}

/// What is read of a long sentence, and where the main mention stands in it.
fn window<'a>(input: &ModelInput<'a>) -> (&'a str, Option<Span>) {
    let text = input.text;
    let Some(mention) = input.mentions.first() else {
        return (head(text, 2 * WINDOW), None);
    };
    let before = tail(&text[..mention.start], WINDOW).len();
    let after = head(&text[mention.end..], WINDOW).len();
    let start = mention.start - before;
    (&text[start..mention.end + after], Some(before..mention.end - start))
}

/// The first characters of a text.
fn head(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(end, _)| &text[..end])
}

/// The last characters of a text.
fn tail(text: &str, n: usize) -> &str {
    let start = text.char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(start, _)| start);
    &text[start..]
}

/// The places of the pieces that overlap a span.
fn places(pieces: &[Piece], span: &Span) -> Range<usize> {
    let start = pieces.partition_point(|piece| piece.span.end <= span.start);
    let end = pieces.partition_point(|piece| piece.span.start < span.end);
    start..end.max(start)
}

fn shifted(places: &Range<usize>, by: usize) -> Range<usize> {
    places.start + by..places.end + by
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word_piece() -> WordPiece {
        let pieces = ["<s>", "<pad>", "</s>", "[UNK]", "we", "mock", "the", "plan", "|", "news"];
        WordPiece::new(&pieces.join("\n")).unwrap()
    }

    #[test]
    fn a_mention_stands_in_the_sentence_and_in_the_second_segment() {
        let input = ModelInput::sentence("We mock the plan", std::slice::from_ref(&(12..16)));
        let found = Sequence::new(&input, &word_piece());
        assert_eq!(found.pieces, [0, 4, 5, 6, 7, 2, 2, 7, 2]);
        assert_eq!((found.sentence, found.target), (1..5, 4..5));
    }

    #[test]
    fn a_context_sentence_brings_headline_and_sentence_before() {
        let input = ModelInput {
            text: "We mock",
            subject: "the plan",
            title: "News",
            before: "The plan",
            ..ModelInput::default()
        };
        let found = Sequence::new(&input, &word_piece());
        assert_eq!(found.pieces, [0, 4, 5, 2, 2, 6, 7, 8, 9, 8, 6, 7, 2]);
        assert_eq!((found.sentence, found.target), (1..3, 5..7));
    }

    #[test]
    fn without_a_target_the_sentence_counts_whole() {
        let found = Sequence::new(&ModelInput::sentence("We mock", &[]), &word_piece());
        assert_eq!((found.pieces, found.target), (vec![0, 4, 5, 2, 2, 2], 1..3));
    }

    #[test]
    fn long_texts_are_cut_around_the_target() {
        let text = format!("{}plan{}", "é we ".repeat(400), " we é".repeat(400));
        let at = text.find("plan").unwrap();
        let (mention, subject) = (at..at + 4, "the ".repeat(500));
        let sentence = ModelInput::sentence(&text, std::slice::from_ref(&mention));
        let input = ModelInput { subject: &subject, ..sentence };
        let found = Sequence::new(&input, &word_piece());
        assert_eq!(found.pieces.len(), MAX_PIECES);
        assert_eq!(found.pieces[found.target], [7], "the piece of the mention");
        let context = ModelInput { text: &text, subject: "plan", ..ModelInput::default() };
        assert!(Sequence::new(&context, &word_piece()).pieces.len() <= MAX_PIECES);
    }
}
