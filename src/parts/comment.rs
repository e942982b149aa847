//! Readers' comments: where they begin.

use crate::text::signature;

/// How many paragraphs the first comment may be long before a second one is signed.
const LONGEST: usize = 12;

/// The first paragraph of the readers' comments, which run to the end; none where there are none.
pub(super) fn first(paragraphs: &[&str]) -> Option<usize> {
    let date = paragraphs.iter().position(|paragraph| is_signature(paragraph))?;
    // The name stands above the date.
    let name = if paragraphs[date].starts_with('/') { date.saturating_sub(1) } else { date };
    // The first comment of a list may have lost its name; its number is left.
    let from = name.saturating_sub(LONGEST);
    let numbered = (from..=name).find(|at| paragraphs[*at].starts_with("1. "));
    Some(numbered.unwrap_or(name))
}

/// A line that dates or signs one comment: `/  July 3, 2017`, `Jo Elm says:`.
fn is_signature(paragraph: &str) -> bool {
    if paragraph.len() > 80 {
        return false;
    }
    let dated = paragraph.strip_prefix('/').is_some_and(|rest| {
        signature::date_length(rest).is_some_and(|length| length == rest.len())
    });
    dated || is_dated_name(paragraph)
}

/// `Jo Elm July 3, 2017 at 4:05 pm`, `Jo Elm on July 3, 2017 at 4:05 pm`.
fn is_dated_name(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let Some((before, hour)) = lower.rsplit_once(" at ") else { return false };
    let is_hour = hour.starts_with(|c: char| c.is_ascii_digit())
        && hour.contains(':')
        && hour.trim_end().ends_with('m')
        && hour.len() <= 9;
    let year = before.trim_end().rsplit(' ').next().unwrap_or("");
    let name = before.split_whitespace().next().unwrap_or("");
    let is_update = matches!(name, "updated" | "published" | "posted" | "last" | "first" | "on");
    is_hour && !is_update && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_without_signatures() {
        assert_eq!(first(&["A dam broke on July 3, 2017.", "1. It was old."]), None);
        assert_eq!(first(&["Updated July 3, 2017 at 4:05 pm"]), None);
    }

    #[test]
    fn a_name_above_a_date() {
        assert_eq!(first(&["A dam broke.", "• JO", "/  July 3, 2017", "Sad."]), Some(1));
    }

    #[test]
    fn a_first_comment_without_its_name() {
        let page = ["A dam broke.", "1. Old dams break.", "Often.", "• JO", "/ July 3, 2017"];
        assert_eq!(first(&page), Some(1));
    }

    #[test]
    fn name_and_date_in_one_line() {
        assert_eq!(first(&["A dam broke.", "Jo Elm July 3, 2017 at 4:05 pm"]), Some(1));
    }
}
