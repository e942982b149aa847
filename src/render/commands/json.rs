//! Answers as JSON.

use serde::Serialize;

/// Indented JSON with a line feed behind it.
pub(super) fn pretty(answer: &impl Serialize) -> String {
    // Our answers hold text and numbers under names of their own, which always can be written.
    serde_json::to_string_pretty(answer).unwrap_or_default() + "\n"
}
