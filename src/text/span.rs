//! Spans of a text.

use std::ops::Range;

/// A part of a text: byte offsets into the text as given, end exclusive, on character boundaries. Spans
/// always refer to the printed text, so that evidence can be shown in its place.
pub type Span = Range<usize>;
