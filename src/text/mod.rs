//! Text as text: places, tokens and sentences. Knows nothing of news.

mod abbreviation;
pub(crate) mod form;
pub mod sentence;
pub(crate) mod signature;
pub mod token;

use std::ops::Range;

/// A place in a text: byte offsets into what was given, end exclusive, on character boundaries.
/// Never rewritten by a later step, so that evidence can always point at what was printed.
pub type Span = Range<usize>;

/// Letters and digits only, in lower case: what two copies of a sentence have in common, however
/// their quotes and spaces were set.
pub fn normalised(text: &str) -> String {
    let mut letters = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        rest = &rest[push_ascii_letters(rest.as_bytes(), &mut letters)..];
        let mut others = rest.chars();
        if let Some(c) = others.next().filter(|c| c.is_alphanumeric()) {
            c.to_lowercase().for_each(|c| letters.extend(c.encode_utf8(&mut [0; 4]).bytes()));
        }
        rest = others.as_str();
    }
    String::from_utf8(letters).unwrap_or_default()
}

/// Some bytes, marked in a table of all.
pub(crate) const fn bytes<const N: usize>(listed: [u8; N]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < N {
        table[listed[at] as usize] = true;
        at += 1;
    }
    table
}

/// Where the first of some bytes stands at or behind `from`.
#[inline]
pub(crate) fn find_byte(text: &str, from: usize, wanted: &[bool; 256]) -> Option<usize> {
    let found = text.as_bytes()[from..].iter().position(|byte| wanted[usize::from(*byte)]);
    found.map(|at| from + at)
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

/// Adds the ASCII letters and digits that bytes begin with, in lower case, and says where the ASCII
/// ends. Every byte is written, and those that are none are written over: nothing is to be guessed.
fn push_ascii_letters(bytes: &[u8], letters: &mut Vec<u8>) -> usize {
    let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
    let mut end = letters.len();
    letters.resize(end + ascii, 0);
    for byte in &bytes[..ascii] {
        let letter = LETTERS[usize::from(*byte)];
        letters[end] = letter;
        end += usize::from(letter != 0);
    }
    letters.truncate(end);
    ascii
}
