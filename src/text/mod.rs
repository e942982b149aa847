//! Text as text: places, tokens and sentences. Knows nothing of news.

mod abbreviation;
pub mod sentence_splitter;
pub mod tokenizer;
pub(crate) mod tweet_signature;
pub(crate) mod word_key;

use std::ops::Range;

/// A place in a text: byte offsets into what was given, end exclusive, on character boundaries.
/// Never rewritten by a later step, so that evidence can always point at what was printed.
pub type Span = Range<usize>;

/// Letters and digits only, in lower case: what two copies of a sentence have in common, however
/// their quotes and spaces were set.
pub fn normalised(text: &str) -> String {
    let bytes = text.as_bytes();
    // ASCII is written whatever it is, and what is no letter is written over: nothing is to be guessed.
    let mut letters = vec![0; bytes.len()];
    let (mut at, mut end) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            letters[end] = LETTERS[usize::from(*byte)];
            end += usize::from(letters[end] != 0);
            at += 1;
        } else if bytes[at..].starts_with(PUNCTUATION) {
            at += PUNCTUATION.len() + 1;
        } else if let Some(c) = text[at..].chars().next() {
            at += c.len_utf8();
            for small in c.to_lowercase().filter(|_| c.is_alphanumeric()) {
                // A small letter may be longer than its capital.
                letters.resize(letters.len().max(end + small.len_utf8() + bytes.len() - at), 0);
                end += small.encode_utf8(&mut letters[end..]).len();
            }
        }
    }
    letters.truncate(end);
    String::from_utf8(letters).unwrap_or_default()
}

/// What dashes and curly quotes begin with, U+2000 to U+203F; no letter does.
const PUNCTUATION: &[u8] = &[0xE2, 0x80];

/// Where the first of five bytes stands at or behind `from`: three that are met often, two that are not.
#[inline]
pub(crate) fn find_any(text: &str, from: usize, often: [u8; 3], rare: [u8; 2]) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let end = memchr::memchr3(often[0], often[1], often[2], rest).unwrap_or(rest.len());
    let at = memchr::memchr2(rare[0], rare[1], &rest[..end]).unwrap_or(end);
    (at < rest.len()).then_some(from + at)
}

/// ASCII letters and digits in lower case; 0 for every other byte.
pub(crate) const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_and_digits_are_left() {
        assert_eq!(normalised("“It’s 3–4 °C,” É. said…"), "its34césaid");
        // Longer in small letters than in capitals.
        assert_eq!(normalised("ȺȺ!Ⱥa"), "ⱥⱥⱥa");
    }

    #[test]
    fn the_first_of_some_bytes_is_found() {
        let found = |from| find_any("ab(c.d-e", from, *b".!?", *b"(-");
        assert_eq!([0, 3, 5, 7, 8].map(found), [Some(2), Some(4), Some(6), None, None]);
    }

    proptest! {
        #[test]
        fn letters_are_what_characters_say(text in "([a-zA-Z .,“”–İȺΣ]|\\PC){0,60}") {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            prop_assert_eq!(normalised(&text), letters.flat_map(char::to_lowercase).collect::<String>());
        }
    }
}
