//! Lines that are boilerplate by their own words, wherever they stand.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::boilerplate_words::WORDS;
use super::reader_comments;

/// Searches for all phrases at once, in small letters.
static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // Only this kind of match has a vectorised search.
    let builder =
        AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostFirst).build(&WORDS.phrases);
    builder.expect("the phrases are few and short")
});

/// Maximum length in bytes of a listed line.
const MAX_LISTED: usize = 48;

/// Maximum length in bytes of a paragraph that is boilerplate.
pub(super) const MAX_LENGTH: usize = 600;

/// Whether a paragraph's own words tell that it is boilerplate.
pub(super) fn is_boilerplate(text: &str) -> bool {
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
    (line.len() <= MAX_LISTED && WORDS.is_line(line))
        || opens_list(line)
        || (WORDS.is_opening(start) && has_at_most(60))
        || (PHRASES.is_match(&lower) && has_at_most(60))
        || (WORDS.credits.iter().any(|credit| line.ends_with(credit)) && has_at_most(7))
        || (is_time(&lower) && has_at_most(12))
        || (is_invitation(start) && has_at_most(14))
        || ((is_link(&lower) || is_shouted(text)) && has_at_most(25))
        || (is_credit(&lower) && has_at_most(6))
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

/// Whether a line, without the marks at its ends, opens a list of other stories.
pub(super) fn opens_list(line: &str) -> bool {
    let is_more_from = || {
        let start = line.get(.."more from ".len());
        start.is_some_and(|start| start.eq_ignore_ascii_case("more from "))
    };
    (line.len() <= MAX_LISTED && WORDS.opens_list(&line.to_ascii_lowercase()))
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
        for line in ["advertisement", "wire reports", "related articles", "you might also like"] {
            assert!(is_boilerplate(&format!("[ {} ]", line.to_ascii_uppercase())), "{line}");
        }
        assert!(opens_list("Related Articles") && !opens_list("Advertisement"));
    }
}
