//! Lines that are boilerplate by their own words, wherever they stand.

use super::caption::is_caption;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::boilerplate_words::WORDS;
use super::reader_comments::counts_comments;
use crate::text::tweet_signature::date_length;

/// Maximum length in bytes of a paragraph that is boilerplate.
pub(super) const MAX_LENGTH: usize = 600;

/// Maximum length in bytes of a line that opens a list and is listed.
const MAX_LIST_OPENING: usize = 48;

/// Searches for all phrases at once, in small letters.
static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Only this kind of match has a vectorised search.
    let builder =
        AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostFirst).build(&WORDS.phrases);
    builder.expect("the phrases are few and short")
});

/// Whether a paragraph is boilerplate by its own words.
pub(super) fn is_boilerplate(text: &str) -> bool {
    if is_caption(text) {
        return true;
    }
    if text.len() > MAX_LENGTH {
        return false;
    }
    if !text.contains(char::is_alphanumeric) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let line = without_marks(&lower);
    let start = line_start(&lower);
    let has_at_most = |n_words: usize| lower.split_whitespace().nth(n_words).is_none();
    // Rare properties come before the count of the words.
    WORDS.lines.contains(line)
        || opens_list(line)
        || (WORDS.is_opening(start) && has_at_most(60))
        || (PHRASES.is_match(&lower) && has_at_most(60))
        || (ends_with_any(line, &WORDS.credit_endings) && has_at_most(7))
        || is_clock(line)
        || date_length(text) == Some(text.len())
        || (is_time(&lower) && has_at_most(12))
        || (is_invitation_to_follow(start) && has_at_most(14))
        || ((is_link(&lower) || is_field(&lower) || is_in_capitals(text)) && has_at_most(25))
        || (calls_for_letters(&lower) && has_at_most(60))
        || (is_credit(&lower) && has_at_most(6))
        || counts_comments(text)
}

fn begins_with_any(line: &str, openings: &[String]) -> bool {
    openings.iter().any(|opening| line.starts_with(opening))
}

fn ends_with_any(line: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| line.ends_with(ending))
}

/// `18:27`, `6.21pm`, `6:21 p.m. et`: what opens a post of a live report, in small letters.
pub(super) fn is_clock(line: &str) -> bool {
    if line.len() > 16 || !line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((hour, rest)) = line.split_once([':', '.']) else { return false };
    let Some((minute, rest)) = rest.split_at_checked(2) else { return false };
    let is_up_to = |most: u8, number: &str| number.parse().is_ok_and(|number: u8| number <= most);
    let half = rest.trim_start();
    let zone =
        ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"].iter().find_map(|of| half.strip_prefix(of));
    let zone = zone.unwrap_or(rest);
    let is_zone = zone.is_empty()
        || zone.starts_with(' ')
            && zone.len() <= 5
            && zone.trim().bytes().all(|b| b.is_ascii_lowercase());
    hour.len() <= 2 && is_up_to(24, hour) && is_up_to(59, minute) && is_zone
}

/// `Updated at 5:30 p.m. ET`, `7 years ago`, `12 comments`.
fn is_time(lower: &str) -> bool {
    let names_hour = || lower.contains(':') || lower.split_whitespace().any(is_clock);
    if begins_with_any(lower, &WORDS.time_openings) && names_hour() {
        return lower.contains(|c: char| c.is_ascii_digit());
    }
    let mut words = lower.split_whitespace();
    if !words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    matches!(
        words.take(3).collect::<Vec<_>>()[..],
        ["years" | "year" | "days" | "day" | "hours" | "months", "ago"]
            | ["comments" | "comment" | "shares"]
    )
}

/// `Follow Jo Elm on Twitter @joelm`, `Follow @thedam`.
fn is_invitation_to_follow(line: &str) -> bool {
    line.starts_with("follow ")
        && ["@", "on twitter", "on facebook", "on instagram"].iter().any(|at| line.contains(at))
}

/// `Old dam to close Read more`, `Read: Who pays for dams?`, `( See also: Dams)`.
fn is_link(lower: &str) -> bool {
    let is_title = !lower.ends_with(['.', '”', '"', '!']);
    (is_title && begins_with_any(lower, &WORDS.link_openings))
        || ends_with_any(lower, &WORDS.link_endings)
        || (lower.starts_with("for ") && lower.contains(" more ") && lower.ends_with(':'))
        // A link that lost its markup keeps a space after the bracket.
        || (lower.starts_with("( ") && lower.ends_with(')'))
}

/// `SECTION: News; Pg. 3`, `Length: 300 words`: how a news database describes an article.
fn is_field(lower: &str) -> bool {
    !lower.ends_with(['.', '!', '?', '”', '"']) && begins_with_any(lower, &WORDS.fields)
}

/// `Did you see the dam? Write to us at jo@thedam.com.`
fn calls_for_letters(lower: &str) -> bool {
    let is_address =
        |word: &str| word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.'));
    lower.contains('@')
        && lower.split_whitespace().any(is_address)
        && WORDS.calls.iter().any(|call| lower.contains(call))
}

/// `OLD DAM TO CLOSE AFTER FLOOD`: a link between paragraphs; headings are shorter.
fn is_in_capitals(text: &str) -> bool {
    text.split_whitespace().take(6).count() == 6
        && !text.contains(|c: char| c.is_lowercase() || matches!(c, '"' | '“' | '?' | ':'))
        && text.ends_with(char::is_alphanumeric)
}

/// `(Photo: Al Oak)`, `Source: Valley Radio`, `jo@thedam.com`.
fn is_credit(lower: &str) -> bool {
    let line = lower.trim_start_matches(['(', '[']);
    let is_address = line.contains('@') && !line.contains(' ') && !line.starts_with('@');
    is_address || begins_with_any(line, &WORDS.credit_openings)
}

/// Whether a line, in any case and without the marks at its ends, opens a list of other stories.
pub(super) fn opens_list(line: &str) -> bool {
    let is_more_from = || {
        let start = line.get(.."more from ".len());
        start.is_some_and(|start| start.eq_ignore_ascii_case("more from "))
    };
    (line.len() <= MAX_LIST_OPENING && WORDS.lists.contains(&line.to_ascii_lowercase()))
        || (is_more_from() && line.split_whitespace().nth(6).is_none())
}

/// A line without list marks before it and final marks after it.
pub(super) fn without_marks(line: &str) -> &str {
    line_start(line).trim_end_matches(|c: char| {
        matches!(c, ':' | '.' | '…' | ']' | ')' | '"' | '>' | '»') || c.is_whitespace()
    })
}

/// A line without list marks before it.
pub(super) fn line_start(line: &str) -> &str {
    line.trim_start_matches(|c: char| {
        matches!(c, '-' | '•' | '*' | '–' | '—' | '[' | '"' | '>') || c.is_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_lines_are_found_within_marks() {
        for line in WORDS.lines.union(&WORDS.lists) {
            assert!(is_boilerplate(&format!("[ {} ]", line.to_ascii_uppercase())), "{line}");
        }
        assert!(WORDS.lists.iter().all(|line| opens_list(line)));
        assert!(opens_list("Related Articles") && !opens_list("Advertisement"));
    }

    #[test]
    fn fields_and_calls() {
        for line in [
            "BYLINE: Jo Elm, Staff Writer",
            "Length: 300 words",
            "Subject: DAMS (90%); RIVERS (88%)",
            "Did the dam wake you? Write to us at jo@thedam.example.",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "Section: the word for a part of the dam.",
            "Write to us, the mayor said.",
            "“Contact us @dam”, she wrote.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn times_of_posts() {
        for line in
            ["18:27", "18:24 GMT", "6.21pm", "6:21 p.m. ET", "Updated at 18.15 BST", "May 3, 2031"]
        {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in
            ["18:27 was the time.", "62.21 million", "25:10 GMT", "6.5", "Updated plans at 18"]
        {
            assert!(!is_boilerplate(line), "{line}");
        }
    }
}
