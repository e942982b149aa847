//! Where sentences end.

use super::Span;

/// The sentences of one paragraph, in order: trimmed of white space, never empty, never overlapping.
pub fn sentences(paragraph: &str) -> Vec<Span> {
    let trimmed = paragraph.trim();
    if trimmed.is_empty() {
        return Vec::new();
    }
    let start = paragraph.len() - paragraph.trim_start().len();
    vec![start..start + trimmed.len()]
}
