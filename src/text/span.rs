//! A place in a text.

use std::ops::Range;

/// A place in a text: byte offsets into the text as given, end exclusive, on character boundaries.
/// No later step rewrites it, so that evidence always points at what was printed.
pub type Span = Range<usize>;
