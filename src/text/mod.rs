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
    let mut letters = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let known = rest.bytes().take(ascii).filter(u8::is_ascii_alphanumeric);
        letters.extend(known.map(|byte| byte.to_ascii_lowercase()));
        let mut others = rest[ascii..].chars();
        if let Some(c) = others.next().filter(|c| c.is_alphanumeric()) {
            c.to_lowercase().for_each(|c| letters.extend(c.encode_utf8(&mut [0; 4]).bytes()));
        }
        rest = others.as_str();
    }
    String::from_utf8(letters).unwrap_or_default()
}
