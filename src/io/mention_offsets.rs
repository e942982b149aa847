//! Offsets of the target in a sentence, in characters as label files give them.

use super::row::Row;
use crate::text::Span;

/// Takes a row; gives the bytes of its text where the target stands, none where the row gives no
/// offsets. Refuses offsets at which another text stands.
pub(super) fn mention(row: &Row) -> Result<Option<Span>, String> {
    let (start, end) = match (offset(row, "target_start")?, offset(row, "target_end")?) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => (start, end),
        (Some(_), None) => return Err("target_start is given, target_end is not".to_string()),
        (None, Some(_)) => return Err("target_end is given, target_start is not".to_string()),
    };
    let (text, target) = (row.get("text"), row.get("target"));
    let span = byte_span(text, start, end);
    let reason = match span.clone().map(|span| &text[span]) {
        Some(found) if found == target => return Ok(span),
        Some(found) => format!("is `{found}`, but target is `{target}`{}", place_of(target, text)),
        None => format!("does not exist in a text of {} characters", text.chars().count()),
    };
    Err(format!(
        "text[{start}:{end}] {reason}; offsets count Unicode characters from 0, the end not included"
    ))
}

/// Where the target does stand, for a message.
fn place_of(target: &str, text: &str) -> String {
    match text.find(target) {
        Some(at) if !target.is_empty() => {
            let start = text[..at].chars().count();
            format!(", which stands at {start}:{}", start + target.chars().count())
        }
        _ => String::new(),
    }
}

fn offset(row: &Row, field: &str) -> Result<Option<usize>, String> {
    let value = row.get(field).trim();
    if value.is_empty() {
        return Ok(None);
    }
    // pandas writes 12 as 12.0 in columns where other rows are empty.
    let digits = value.strip_suffix(".0").unwrap_or(value);
    let refuse = |_| format!("{field} is `{value}`; expected a whole number of characters");
    digits.parse().map(Some).map_err(refuse)
}

/// Turns offsets in characters into offsets in bytes; none where the text is shorter.
fn byte_span(text: &str, start: usize, end: usize) -> Option<Span> {
    let mut boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let n_characters = end.checked_sub(start)?;
    let first = boundaries.nth(start)?;
    let last = n_characters.checked_sub(1).map_or(Some(first), |n| boundaries.nth(n))?;
    Some(first..last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_span_of_characters_is_found(text in "\\PC{0,30}", start in 0..32_usize, end in 0..32_usize) {
            let n = text.chars().count();
            let span = byte_span(&text, start, end);
            prop_assert_eq!(span.is_some(), start <= end && end <= n);
            if let Some(span) = span {
                let expected: String = text.chars().skip(start).take(end - start).collect();
                prop_assert_eq!(&text[span], expected);
            }
        }
    }
}
