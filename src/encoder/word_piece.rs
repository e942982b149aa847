//! Splits text into the pieces that an encoder knows, as BERT's uncased models do.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::text::Span;

/// Longer words, in characters, are one unknown piece.
const LONGEST_WORD: usize = 100;

/// The piece that stands for what no piece begins with.
const UNKNOWN: &str = "[UNK]";

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its number in the vocabulary.
    pub(super) id: u32,
    /// The bytes of the text that it stands for.
    pub(super) span: Span,
}

/// WordPiece (Schuster & Nakajima 2012) with the normalisation of BERT (Devlin et al. 2019): lower case
/// without accents, marks apart, then the longest known piece again and again.
#[derive(Debug)]
pub(super) struct WordPiece {
    /// Pieces that begin a word.
    first: FxHashMap<Box<str>, u32>,
    /// Pieces that continue one, without their `##`.
    further: FxHashMap<Box<str>, u32>,
    unknown: u32,
}

/// A character of the normalised text, and the bytes of the text that it comes from.
struct Normalised {
    character: char,
    start: usize,
    end: usize,
}

impl WordPiece {
    /// Takes the vocabulary, a piece a line.
    pub(super) fn new(vocabulary: &str) -> Result<Self, String> {
        let (mut first, mut further) = (FxHashMap::default(), FxHashMap::default());
        for (piece, id) in vocabulary.split('\n').zip(0..) {
            match piece.strip_prefix("##").filter(|rest| !rest.is_empty()) {
                Some(rest) => further.insert(rest.into(), id),
                None => first.insert(piece.into(), id),
            };
        }
        let unknown = first.get(UNKNOWN).copied();
        let unknown = unknown.ok_or_else(|| format!("the vocabulary has no piece {UNKNOWN}"))?;
        Ok(WordPiece { first, further, unknown })
    }

    /// The pieces of a text, in order.
    pub(super) fn pieces(&self, text: &str) -> Vec<Piece> {
        let characters = normalise(text);
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut rest = &characters[..];
        while let Some(next) = rest.first() {
            let length = match next.character {
                c if c.is_whitespace() => {
                    rest = &rest[1..];
                    continue;
                }
                c if stands_alone(c) => 1,
                _ => rest.iter().take_while(|next| is_of_word(next.character)).count(),
            };
            let (word, after) = rest.split_at(length);
            self.split(word, &mut pieces);
            rest = after;
        }
        pieces
    }

    /// Adds the pieces of a word, or one unknown piece.
    fn split(&self, word: &[Normalised], pieces: &mut Vec<Piece>) {
        let n_before = pieces.len();
        let printed: String = word.iter().map(|next| next.character).collect();
        let ends: Vec<usize> =
            printed.char_indices().map(|(at, _)| at).chain([printed.len()]).collect();
        let mut begin = 0;
        while begin < word.len() && word.len() <= LONGEST_WORD {
            let known = if begin == 0 { &self.first } else { &self.further };
            let id_to = |end: usize| known.get(&printed[ends[begin]..ends[end]]).copied();
            let longest = (begin + 1..=word.len()).rev().find_map(|end| Some((id_to(end)?, end)));
            let Some((id, end)) = longest else { break };
            pieces.push(Piece { id, span: word[begin].start..word[end - 1].end });
            begin = end;
        }
        if begin < word.len() {
            pieces.truncate(n_before);
            let span = word[0].start..word[word.len() - 1].end;
            pieces.push(Piece { id: self.unknown, span });
        }
    }
}

/// Lower case, without accents and control characters.
fn normalise(text: &str) -> Vec<Normalised> {
    let mut characters = Vec::with_capacity(text.len());
    for (start, printed) in text.char_indices() {
        let end = start + printed.len_utf8();
        if printed.is_ascii() {
            if !is_control(printed) {
                let character = printed.to_ascii_lowercase();
                characters.push(Normalised { character, start, end });
            }
            continue;
        }
        let plain = printed
            .nfd()
            .filter(|c| c.general_category() != GeneralCategory::NonspacingMark && !is_control(*c));
        let lower = plain.flat_map(char::to_lowercase);
        characters.extend(lower.map(|character| Normalised { character, start, end }));
    }
    characters
}

fn is_control(c: char) -> bool {
    let group = || c.general_category_group() == GeneralCategoryGroup::Other;
    c == '\0'
        || c == '\u{FFFD}'
        || (!matches!(c, '\t' | '\n' | '\r') && c.is_ascii_control())
        || (!c.is_ascii() && group())
}

/// Marks and Chinese characters are words of their own.
fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii()
            && (c.general_category_group() == GeneralCategoryGroup::Punctuation || is_chinese(c)))
}

fn is_of_word(c: char) -> bool {
    !c.is_whitespace() && !stands_alone(c)
}

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF
        | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VOCABULARY: &str = "[UNK]\nthe\nplan\nun\n##fair\n##ly\n.\n'\ncafe\n道\n##s";

    fn pieces(text: &str) -> Vec<(u32, &str)> {
        let found = WordPiece::new(VOCABULARY).unwrap().pieces(text);
        found.into_iter().map(|piece| (piece.id, &text[piece.span])).collect()
    }

    #[test]
    fn the_longest_piece_comes_first() {
        let expected =
            [(1, "The"), (2, "plan"), (10, "s"), (3, "un"), (4, "fair"), (5, "ly"), (6, ".")];
        assert_eq!(pieces("The plans  unfairly."), expected);
    }

    #[test]
    fn a_word_that_no_pieces_make_up_is_unknown_as_a_whole() {
        assert_eq!(pieces("unfairness the"), [(0, "unfairness"), (1, "the")]);
        let long = "un".repeat(51);
        assert_eq!(pieces(&long), [(0, long.as_str())]);
    }

    #[test]
    fn accents_marks_and_chinese_characters() {
        assert_eq!(pieces("CAFÉ道'"), [(8, "CAFÉ"), (9, "道"), (7, "'")]);
        assert_eq!(pieces("cafe\u{301}\u{200B}\u{7}"), [(8, "cafe")]);
    }

    #[test]
    fn a_vocabulary_without_the_unknown_piece_is_refused() {
        assert!(WordPiece::new("a\nb").is_err());
    }

    proptest! {
        #[test]
        fn pieces_rise_and_stand_on_characters(text in "\\PC{0,40}") {
            let found = WordPiece::new(VOCABULARY).unwrap().pieces(&text);
            prop_assert!(found.iter().all(|piece| text.get(piece.span.clone()).is_some()));
            prop_assert!(found.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
        }
    }
}
