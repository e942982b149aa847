//! Text as text: places, tokens and sentences. Knows nothing of news.

mod abbreviation;
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
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            letters.extend(c.to_lowercase());
        }
    }
    letters
}
