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
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
