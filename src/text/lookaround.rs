//! Bounded looks ahead and back. The sentence splitter and the tweet signature use them to run in linear
//! time.

/// Maximum reach of a look ahead or back, in bytes.
pub(super) const REACH: usize = 96;

/// At most the first `length` bytes.
pub(super) fn head(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// At most the last `length` bytes.
pub(super) fn tail(text: &str, length: usize) -> &str {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether a character is a dash or a hyphen.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―')
}
