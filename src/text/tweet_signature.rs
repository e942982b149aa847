//! The signature of embedded tweets: `— Jo Elm (@joelm) July 9, 2017`.

use super::lookaround::{REACH, head, is_dash, tail};
use super::month::is_month;

/// Whether a text begins with the signature of an embedded tweet: `— Name (@handle)`.
pub(crate) fn opens(text: &str) -> bool {
    // A tweet in parts is numbered before the dash: `2/3`.
    let text = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '/');
    let Some(rest) = text.trim_start().strip_prefix(is_dash) else { return false };
    let near = head(rest, REACH);
    near.find("(@").is_some_and(|at| {
        !near[..at].contains(['.', '!', '?', '"', '”', ','].as_slice()) || at < 40
    })
}

/// The end of `(@handle) July 9, 2017`, where the handle of a signature begins at `start`.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let before = tail(&text[..start], REACH);
    let name = &before[before.rfind(is_dash)?..];
    if name.contains(['.', '!', '?']) && name.len() > 40 {
        return None;
    }
    let close = start + head(&text[start..], REACH).find(')')? + 1;
    Some(close + date_length(&text[close..]).unwrap_or(0))
}

/// The length of a date at the start of a text, as tweets and comments print it: `July 9, 2017`.
pub(crate) fn date_length(text: &str) -> Option<usize> {
    let (month, rest) = text.trim_start().split_once(' ')?;
    if !is_month(month.trim_end_matches('.')) {
        return None;
    }
    let (day, rest) = rest.split_once(", ")?;
    let is_day = (1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit());
    let year = rest.bytes().take_while(u8::is_ascii_digit).count();
    (is_day && year == 4).then(|| text.len() - rest.len() + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        assert!(opens("— Jo Elm (@joelm) July 9, 2017"));
        assert!(opens(" 2/3 — Jo Elm (@joelm)"));
        assert!(!opens("Jo Elm (@joelm)"));
        assert!(!opens("— and so on"));
        assert_eq!(end("— Jo (@jo) July 9, 2017 Then", 6), Some(25));
        assert_eq!(end("Jo (@jo)", 3), None);
    }

    #[test]
    fn dates() {
        assert_eq!(date_length(" July 9, 2017 on"), Some(13));
        assert_eq!(date_length("Sept. 19, 2017"), Some(14));
        assert_eq!(date_length("Someday 9, 2017"), None);
        assert_eq!(date_length(""), None);
    }
}
