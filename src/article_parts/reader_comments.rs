//! Finds where readers' comments begin, by the dates and names that sign them.

use crate::text::tweet_signature::date_length;

/// Maximum number of paragraphs of the first comment, before a second one is signed.
const MAX_PARAGRAPHS: usize = 12;

/// The line above the comments of a page, whose markup told where they are.
const HEADING: &str = "Readers’ comments";

/// Takes the paragraphs of an article; gives the first one of the readers' comments, which run to the
/// end, and none where there are no comments.
pub(super) fn first(paragraphs: &[&str]) -> Option<usize> {
    if let Some(heading) = paragraphs.iter().position(|paragraph| *paragraph == HEADING) {
        return Some(heading);
    }
    let date = paragraphs.iter().position(|paragraph| is_signature(paragraph));
    let date = date.or_else(|| date_below_heading(paragraphs));
    let date = date.or_else(|| first_of_several_dates(paragraphs))?;
    // A date without a name has the name above it.
    let is_bare = paragraphs[date].starts_with('/') || is_bare_time(paragraphs[date]);
    let name = if is_bare { date.saturating_sub(1) } else { date };
    // The first comment of a numbered list may lack its name.
    let earliest = name.saturating_sub(MAX_PARAGRAPHS);
    let numbered = (earliest..=name).find(|at| paragraphs[*at].starts_with("1. "));
    Some(numbered.unwrap_or(name))
}

/// The first date below `Comments (4)`; a bare date right below it could be that of the article.
fn date_below_heading(paragraphs: &[&str]) -> Option<usize> {
    let heading = paragraphs.iter().position(|paragraph| counts_comments(paragraph))?;
    let below = paragraphs[heading + 1..].iter().take(MAX_PARAGRAPHS);
    let time =
        below.clone().position(|paragraph| is_bare_time(paragraph) || ends_in_age(paragraph))?;
    Some(heading + 1 + time).filter(|time| *time > heading + 1 || !is_bare_time(paragraphs[*time]))
}

/// The first of several dates that are each below a name; a date in the first two paragraphs could be
/// that of the article.
fn first_of_several_dates(paragraphs: &[&str]) -> Option<usize> {
    let is_name = |text: &str| text.split_whitespace().take(6).count() <= 5 && !text.contains(':');
    let mut dated = (2..paragraphs.len().saturating_sub(1))
        // Below `Jo Elm (@joelm)` a date ends a tweet.
        .filter(|at| !paragraphs[*at - 2].contains("(@"))
        .filter(|at| is_bare_time(paragraphs[*at]) && is_name(paragraphs[*at - 1]));
    let first = dated.next()?;
    dated.next().map(|_| first)
}

/// `Comments (4)`, `12 Comments`, `Comments`, `2 thoughts on “An old dam”`.
pub(super) fn counts_comments(paragraph: &str) -> bool {
    let after_count = paragraph.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts_thoughts =
        [" thoughts on “", " thoughts on \"", " responses to “", " responses to \""];
    if after_count.len() < paragraph.len()
        && counts_thoughts.iter().any(|s| after_count.starts_with(s))
    {
        return true;
    }
    if paragraph.len() > 40 {
        return false;
    }
    let letters: String = paragraph.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(
        letters.to_lowercase().as_str(),
        "comments" | "comment" | "readerscomments" | "readercomments"
    )
}

/// Whether a paragraph is a time alone: `June 4, 2031 at 2:16 p.m.`, `3 hours ago`.
fn is_bare_time(paragraph: &str) -> bool {
    if paragraph.len() > 40 {
        return false;
    }
    let is_date = date_length(paragraph).is_some_and(|length| {
        let rest = paragraph[length..].trim_start_matches([',', ' ']).trim_start_matches("at ");
        rest.is_empty() || is_hour(&rest.to_lowercase())
    });
    is_date || before_age(paragraph).is_some_and(str::is_empty)
}

/// Whether a paragraph ends in an age: `Jo Elm · 3 hours ago`.
fn ends_in_age(paragraph: &str) -> bool {
    paragraph.len() <= 60 && before_age(paragraph).is_some()
}

/// What precedes `3 hours ago` at the end of a paragraph.
fn before_age(paragraph: &str) -> Option<&str> {
    let before = paragraph.trim_end().strip_suffix(" ago")?;
    let (before, unit) = before.rsplit_once(' ')?;
    let units = ["second", "minute", "min", "hour", "day", "week", "month", "year"];
    let (name, count) = before.rsplit_once(' ').unwrap_or(("", before));
    let is_count = matches!(count, "a" | "an") || count.bytes().all(|b| b.is_ascii_digit());
    (is_count && units.contains(&unit.trim_end_matches('s'))).then_some(name)
}

/// `4:05 pm`, `16:05`, `2:16 p.m.`
fn is_hour(lower: &str) -> bool {
    lower.len() <= 10
        && lower.starts_with(|c: char| c.is_ascii_digit())
        && lower.contains(':')
        && lower
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'a' | 'p' | 'm'))
}

/// Whether a paragraph dates or signs one comment: `/  July 3, 2017`, `Jo Elm July 3, 2017 at 4:05
/// pm`.
fn is_signature(paragraph: &str) -> bool {
    if paragraph.len() > 80 {
        return false;
    }
    let after_slash = paragraph.strip_prefix('/');
    let is_date = after_slash.is_some_and(|rest| date_length(rest) == Some(rest.len()));
    is_date || is_dated_name(paragraph)
}

/// `Jo Elm July 3, 2017 at 4:05 pm`, `Jo Elm on July 3, 2017 at 4:05 pm`.
fn is_dated_name(paragraph: &str) -> bool {
    let lower = paragraph.to_ascii_lowercase();
    let Some((before, hour)) = lower.rsplit_once(" at ") else { return false };
    let is_hour = is_hour(hour) && hour.trim_end_matches('.').ends_with('m');
    let year = before.trim_end().rsplit(' ').next().unwrap_or("");
    let name = before.split_whitespace().next().unwrap_or("");
    let is_update = matches!(name, "updated" | "published" | "posted" | "last" | "first" | "on");
    let has_name = !is_bare_time(paragraph);
    is_hour && has_name && !is_update && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
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
    fn a_heading_above_names_and_dates() {
        let page = ["A dam broke.", "Comments (2)", "Jo E.", "July 3, 2017 at 4:05 p.m.", "Sad."];
        assert_eq!(first(&page), Some(2));
        assert_eq!(first(&["Comments (2)", "July 3, 2017", "A dam broke.", "It was old."]), None);
        let page = ["A dam broke.", "2 Comments", "Jo E. · 3 hours ago", "Sad."];
        assert_eq!(first(&page), Some(2));
    }

    #[test]
    fn headings_of_pages() {
        assert_eq!(first(&["A dam broke.", "Readers’ comments", "Sad."]), Some(1));
        let page =
            ["A dam broke.", "2 thoughts on “Dams”", "Jo", "July 3, 2017 at 4:05 am", "Sad."];
        assert_eq!(first(&page), Some(2));
    }

    #[test]
    fn name_and_date_in_one_line() {
        assert_eq!(first(&["A dam broke.", "Jo Elm July 3, 2017 at 4:05 pm"]), Some(1));
    }
}
