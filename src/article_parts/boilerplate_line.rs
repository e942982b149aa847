//! Lines that are furniture by their own words, wherever they stand.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::boilerplate_phrases::{CREDITS, LINES, LISTS, OPENINGS, PHRASES};
use super::reader_comments;

/// Finds any of the phrases in one go, in small letters.
static PHRASE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // For this kind alone many bytes are looked at in one step.
    let built = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostFirst).build(PHRASES);
    built.expect("the phrases are few and short")
});

/// No listed line is longer, in bytes.
const LONGEST_LISTED: usize = 48;

/// Furniture is short; nothing longer is looked at.
pub(super) const LONGEST: usize = 600;

/// Whether a paragraph's own words tell that it is furniture.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    if !text.contains(char::is_alphanumeric) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let line = bare(&lower);
    let start = line_start(&lower);
    let is_within = |most: usize| lower.split_whitespace().nth(most).is_none();
    // What is rare comes before the count of the words.
    contains(LINES, line)
        || opens_list(line)
        || (opens_furniture(start) && is_within(60))
        || (PHRASE.is_match(&lower) && is_within(60))
        || (CREDITS.iter().any(|credit| line.ends_with(credit)) && is_within(7))
        || (is_time(&lower) && is_within(12))
        || (is_invitation(start) && is_within(14))
        || ((is_link(&lower) || is_shouted(text)) && is_within(25))
        || (is_credit(&lower) && is_within(6))
        || reader_comments::counts_comments(text)
}

/// `Updated at 5:30 p.m. ET`, `7 years ago`, `12 comments`.
fn is_time(lower: &str) -> bool {
    let stamp = ["updated ", "published ", "posted ", "last updated", "first published"];
    let stamped = stamp.iter().any(|word| lower.starts_with(word)) && lower.contains(':');
    if stamped {
        return lower.contains(|c: char| c.is_ascii_digit());
    }
    let mut words = lower.split_whitespace();
    if !words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    let rest: Vec<&str> = words.take(3).collect();
    let aged = matches!(rest[..], ["years" | "year" | "days" | "day" | "hours" | "months", "ago"]);
    aged || matches!(rest[..], ["comments" | "comment" | "shares"])
}

/// `Follow Jo Elm on Twitter @joelm`, `Follow @thedam`.
fn is_invitation(line: &str) -> bool {
    line.starts_with("follow ")
        && ["@", "on twitter", "on facebook", "on instagram"].iter().any(|at| line.contains(at))
}

/// `Old dam to close Read more`, `Read: Who pays for dams?`, `( See also: Dams)`.
fn is_link(lower: &str) -> bool {
    let titled = !lower.ends_with(['.', '”', '"', '!']);
    let named = ["read:", "watch:", "see:", "listen:"].iter().any(|word| lower.starts_with(word));
    let tail = [" read more", " listen", " – video", " – audio", " – live"]
        .iter()
        .any(|end| lower.ends_with(end));
    // A bracket set apart by a space is a link that lost its look.
    let listed = lower.starts_with("for ") && lower.contains(" more ") && lower.ends_with(':');
    (titled && named) || listed || tail || (lower.starts_with("( ") && lower.ends_with(')'))
}

/// `OLD DAM TO CLOSE AFTER FLOOD`: a link between paragraphs; headings are shorter.
fn is_shouted(text: &str) -> bool {
    text.split_whitespace().take(6).count() == 6
        && !text.contains(|c: char| c.is_lowercase() || matches!(c, '"' | '“' | '?' | ':'))
        && text.ends_with(char::is_alphanumeric)
}

/// `(Photo: Al Oak)`, `Source: Valley Radio`, `jo@thedam.com`.
fn is_credit(lower: &str) -> bool {
    let line = lower.trim_start_matches(['(', '[']);
    let credits = ["photo:", "photo credit:", "photo by ", "photos:", "source:", "image:"];
    let address = line.contains('@') && !line.contains(' ') && !line.starts_with('@');
    address || credits.iter().any(|credit| line.starts_with(credit))
}

/// Whether a line opens as furniture does.
fn opens_furniture(line: &str) -> bool {
    // None begins another, so whatever begins the line stands next to it.
    let behind = OPENINGS.partition_point(|opening| *opening <= line);
    behind.checked_sub(1).is_some_and(|at| line.starts_with(OPENINGS[at]))
}

/// Whether a line, without marks at its ends, opens a list of other stories.
pub(super) fn opens_list(line: &str) -> bool {
    contains(LISTS, line)
        || (begins(line, "more from ") && line.split_whitespace().nth(6).is_none())
}

/// Whether a line begins so, whatever its capitals.
fn begins(line: &str, opening: &str) -> bool {
    line.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening))
}

/// Without list marks before it and final marks after it.
pub(super) fn bare(line: &str) -> &str {
    line_start(line).trim_end_matches(|c: char| {
        matches!(c, ':' | '.' | '…' | ']' | ')' | '"' | '>' | '»') || c.is_whitespace()
    })
}

pub(super) fn line_start(line: &str) -> &str {
    line.trim_start_matches(|c: char| {
        matches!(c, '-' | '•' | '*' | '–' | '—' | '[' | '"' | '>') || c.is_whitespace()
    })
}

/// Whether a list holds a line, whatever its capitals.
fn contains(sorted: &[&str], line: &str) -> bool {
    line.len() <= LONGEST_LISTED && sorted.binary_search(&&*line.to_ascii_lowercase()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_line_is_found() {
        for line in LINES.iter().chain(LISTS) {
            assert!(is_furniture(&format!("[ {} ]", line.to_ascii_uppercase())), "{line}");
        }
        assert!(LISTS.iter().all(|line| opens_list(line)));
    }

    #[test]
    fn openings_are_told_from_their_neighbours() {
        assert!(OPENINGS.iter().all(|opening| opens_furniture(&format!("{opening} dam"))));
        for line in ["", "click", "more", "zebras", "sign up", "read more than once", "(", "\u{e9}"]
        {
            assert!(!opens_furniture(line), "{line}");
        }
    }
}
