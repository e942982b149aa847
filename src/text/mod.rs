//! Text as text: places, tokens and sentences. Knows nothing of news.

mod abbreviation;
pub mod sentence;
pub(crate) mod signature;

use std::ops::Range;

/// A place in a text: byte offsets into what was given, end exclusive, on character boundaries.
/// Never rewritten by a later step, so that evidence can always point at what was printed.
pub type Span = Range<usize>;
