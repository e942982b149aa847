//! Splits a paragraph into sentences.
//!
//! One pass over the places where a sentence could end. The word before, the quotes and brackets that
//! close, and the word after decide. Looks ahead and back are bounded, so the time is linear.

use super::abbreviation::{self, Abbreviation};
use super::byte_search::find_any;
use super::lookaround::{REACH, head, is_dash, tail};
use super::span::Span;
use super::tweet_signature;

/// The sentences of one paragraph, in order: trimmed of white space, never empty, never overlapping.
pub fn sentences(paragraph: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = skip_space(paragraph, 0);
    let mut at = start;
    while let Some(stop) = next_stop(paragraph, at) {
        if stop.ends_sentence(paragraph, start) {
            found.push(start..stop.end);
            start = skip_space(paragraph, stop.end);
            at = start;
        } else {
            at = stop.end;
        }
    }
    let end = paragraph.trim_end().len();
    if start < end {
        found.push(start..end);
    }
    found
}

/// A place where a sentence could end.
struct Stop {
    /// The offset of its first mark.
    start: usize,
    /// The end of its marks and of the quotes and brackets that close there.
    end: usize,
    /// The start of these quotes and brackets.
    closers: usize,
    kind: StopKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopKind {
    Period,
    ExclamationOrQuestion,
    Ellipsis,
    Signature,
}

impl Stop {
    /// Whether the sentence that starts at `start` ends here.
    fn ends_sentence(&self, text: &str, start: usize) -> bool {
        let after = &text[self.end..];
        let next = after.trim_start();
        if next.is_empty() || self.kind == StopKind::Signature {
            return true;
        }
        let spaced = next.len() < after.len();
        let parted = spaced || self.closes_quote(text) || self.lacks_space(text, start);
        if !parted || tweet_signature::opens(next) {
            return false;
        }
        if !opens_sentence(next) || (!spaced && !next.starts_with(char::is_uppercase)) {
            return false;
        }
        match self.kind {
            StopKind::Period => self.period_ends_sentence(text, start, next),
            StopKind::ExclamationOrQuestion => {
                !(self.closes_quote(text) && is_reporting_clause(next))
            }
            StopKind::Ellipsis => {
                let reported = self.closes_quote(text) && is_reporting_clause(next);
                !self.is_bracketed(text) && first_word(next) != "I" && !reported
            }
            StopKind::Signature => true,
        }
    }

    /// Whether a full stop ends the sentence: not where it belongs to an abbreviation.
    fn period_ends_sentence(&self, text: &str, start: usize, next: &str) -> bool {
        if self.closes_quote(text) {
            return true;
        }
        let word = last_word(&text[start..self.start]);
        if is_list_marker(&text[start..self.start]) {
            return false;
        }
        match abbreviation::kind(word) {
            Abbreviation::None => true,
            Abbreviation::Leading => false,
            Abbreviation::BeforeNumber => !next.starts_with(|c: char| c.is_ascii_digit()),
            Abbreviation::Anywhere => {
                !next.starts_with(|c: char| c.is_ascii_digit())
                    && abbreviation::starts_sentences(first_word(next))
            }
        }
    }

    fn closes_quote(&self, text: &str) -> bool {
        text[self.closers..self.end].contains(['"', '”', '’', '\'', '»'])
    }

    /// `late.Nobody`: whether the space after a stop was forgotten: a word or number stands before it
    /// and a word with one capital after it, and they are no address, abbreviation or the like.
    fn lacks_space(&self, text: &str, start: usize) -> bool {
        let (before, next) = (last_word(&text[start..self.start]), &text[self.end..]);
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | ',' | '%');
        let is_worded = before.chars().nth(1).is_some()
            && before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || is_closer(c))
            && (before.contains('@') || before.trim_end_matches(is_closer).chars().all(is_plain));
        let word = first_word(next);
        let rest = next.trim_start_matches(is_opener)[word.len()..].chars();
        let is_address = next
            .split_whitespace()
            .next()
            .is_some_and(|token| token.contains(['@', '/', '_', '=']) || is_domain(token));
        let is_capitalised = word.starts_with(char::is_uppercase)
            && !word.chars().skip(1).any(|c| !c.is_lowercase())
            && (word.len() > 1 || matches!(word, "A" | "I"));
        let ends =
            rest.clone().next().is_none_or(|c| !is_plain(c) || matches!(c, '\'' | '’' | '-'));
        (self.kind != StopKind::Ellipsis && is_worded && is_capitalised && ends && !is_address)
            && !text[..self.start].ends_with("www")
    }

    /// Whether the stop is `[...]`, which marks an omission.
    fn is_bracketed(&self, text: &str) -> bool {
        text[..self.start].ends_with(['[', '(']) && text[self.closers..].starts_with([']', ')'])
    }
}

/// The next place at or after `from` where a sentence could end.
fn next_stop(text: &str, from: usize) -> Option<Stop> {
    let mut at = from;
    loop {
        // 0xE2 is the first byte of `…`, and of many other marks.
        at = find_any(text, at, [b'.', b'?', 0xE2], [b'!', b'('])?;
        match text.as_bytes()[at] {
            b'(' => {
                let signed = text[at..].starts_with("(@");
                if let Some(end) = signed.then(|| tweet_signature::end(text, at)).flatten() {
                    return Some(Stop { start: at, end, closers: end, kind: StopKind::Signature });
                }
            }
            0xE2 if !text[at..].starts_with('…') => {}
            _ => return Some(stop_at(text, at)),
        }
        at += 1;
    }
}

/// The stop that begins at `start`: its marks, and the quotes and brackets that close after them.
fn stop_at(text: &str, start: usize) -> Stop {
    let run = text[start..].trim_start_matches(is_stop_mark);
    let mut closers = text.len() - run.len();
    // Spaced dots (". . .") are one mark.
    while let Some(rest) = text[closers..].strip_prefix(" .") {
        closers = text.len() - rest.trim_start_matches(is_stop_mark).len();
    }
    let marks = &text[start..closers];
    let rest = text[closers..].trim_start_matches(is_closer);
    let mut end = text.len() - rest.len();
    if rest.starts_with(" ”") {
        end += " ”".len();
    }
    let kind = if marks.contains(['!', '?']) {
        StopKind::ExclamationOrQuestion
    } else if marks == "." {
        StopKind::Period
    } else {
        StopKind::Ellipsis
    };
    Stop { start, end, closers, kind }
}

/// Whether a sentence could begin here: not with a small letter nor with most marks.
fn opens_sentence(next: &str) -> bool {
    let word = next.trim_start_matches(|c: char| is_opener(c) || is_dash(c) || c == ' ');
    match word.chars().next() {
        Some(c) => {
            (c.is_alphanumeric() && !c.is_lowercase())
                || matches!(c, '@' | '#' | '$' | '£' | '€' | '•')
        }
        None => false,
    }
}

/// Whether a reporting clause follows, as in `… idea?” Trump asked.`: then the sentence goes on.
fn is_reporting_clause(next: &str) -> bool {
    let mut words = head(next, REACH).split_whitespace();
    let mut named = false;
    for word in words.by_ref().take(5) {
        let bare = word.trim_end_matches(['.', ',', ':', ';']);
        if named && abbreviation::is_reporting(bare) {
            return bare.len() < word.len()
                || words.next().is_none_or(|after| {
                    matches!(after, "in" | "on" | "at" | "of" | "the" | "him" | "her" | "during")
                });
        }
        if !bare.starts_with(char::is_uppercase) || abbreviation::starts_sentences(bare) {
            return false;
        }
        named = true;
    }
    false
}

/// Whether a word ends as addresses do: `Example.Com`, `Com`.
fn is_domain(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let ending = word.rsplit('.').next().unwrap_or("");
    matches!(ending, "com" | "org" | "net" | "gov" | "edu" | "co" | "uk")
}

/// Whether the sentence so far is the number of a list item: `1. First of all`.
fn is_list_marker(sentence: &str) -> bool {
    !sentence.is_empty() && sentence.len() <= 3 && sentence.bytes().all(|b| b.is_ascii_digit())
}

fn is_stop_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '}')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '`')
}

fn skip_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(is_opener);
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// The text after the last space or opening mark, within a bound.
fn last_word(text: &str) -> &str {
    let near = tail(text, 24);
    let start = near.rfind(|c: char| c.is_whitespace() || is_opener(c) || is_dash(c) || c == '/');
    start.map_or(near, |at| near[at..].trim_start_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }

    /// `|` marks the expected ends.
    #[track_caller]
    fn check_marked(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        check(&expected.join(" "), &expected);
    }

    #[test]
    fn plain_stops() {
        check_marked("It rained. | Nobody cared! | Why not? | Done");
    }

    #[test]
    fn titles_and_initials() {
        check_marked(
            "Mr. Oak met Sen. Ida Elm. | J. K. Birch and George W. Pine left. | Then Cllr. R. P. Yew came.",
        );
    }

    #[test]
    fn places_parties_and_hours() {
        check_marked(
            "Rep. Ann Yew (R-Fla.) landed in the U.S. Capitol at 5 p.m. Friday. | No. 4 won.",
        );
    }

    #[test]
    fn an_acronym_may_end_a_sentence() {
        check_marked(
            "They fled to the U.S. | The rest stayed in Washington, D.C. | It was Nov. 3 then.",
        );
    }

    #[test]
    fn numbers_stay_whole() {
        check_marked("Prices rose 2.5 percent. | About 3.1 million paid $4.50 each.");
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        check_marked("“We won.” | (They lost.) | \"All of it.\" | 'So be it.' | The end.");
    }

    #[test]
    fn reporting_clauses_go_on() {
        check_marked(
            "“A good idea?” he asked. | “Never!” Oak said. | “Why?” | The room fell silent.",
        );
    }

    #[test]
    fn a_reporting_clause_in_the_middle() {
        check_marked(
            "“It works,” she said, “and it lasts.” | “We tried it,” he said. | “It broke.”",
        );
    }

    #[test]
    fn ellipses() {
        check_marked(
            "Well... maybe so. | He paused… | Then he spoke. | They took [...] All of it.",
        );
    }

    #[test]
    fn a_tweet_keeps_its_signature() {
        check_marked(
            "Sad day! | We go on.. — Joan Oak (@joanoak) July 9, 2017 | The reply came fast.",
        );
    }

    #[test]
    fn list_markers_stay_with_their_text() {
        check_marked("1. Oak spoke first. | Others followed.");
    }

    #[test]
    fn a_missing_space_after_a_closing_quote() {
        check("“We won.”The crowd left.", &["“We won.”", "The crowd left."]);
    }

    #[test]
    fn a_missing_space_after_a_stop() {
        check(
            "It rained.Nobody cared.Why?It fell.",
            &["It rained.", "Nobody cared.", "Why?", "It fell."],
        );
        check("It cost 3.50 in 2014.Then it rose.", &["It cost 3.50 in 2014.", "Then it rose."]);
        check("It fell (twice).We left.", &["It fell (twice).", "We left."]);
        for whole in
            ["See Dam.Example.Com or oak.Elm@dam.example now", "U.S.Steel of St.Ives", "J.K.Elm"]
        {
            check(whole, &[whole]);
        }
    }

    #[test]
    fn odd_texts() {
        check("", &[]);
        check(" \n\t ", &[]);
        check("…", &["…"]);
        check("\"\"\"", &["\"\"\""]);
        check("\0 a\0.", &["\0 a\0."]);
        check("So 😀. Yes 🎉! 🙂", &["So 😀.", "Yes 🎉! 🙂"]);
    }

    #[test]
    fn a_long_text_without_a_stop() {
        let text = "word ".repeat(200_000);
        assert_eq!(sentences(&text).len(), 1);
    }

    #[test]
    fn many_stops_cost_no_more_than_their_number() {
        for piece in [". ", "(@", "— (@", "… “", "?\" Oak Elm ", " . ."] {
            sentences(&piece.repeat(100_000));
        }
    }

    proptest! {
        #[test]
        fn spans_rise_and_cover_everything(text in "(?s)([A-Za-z .!?…\"”“'’()\n—@]|\\PC){0,120}") {
            let mut end = 0;
            for span in sentences(&text) {
                prop_assert!(text[end..span.start].trim().is_empty());
                prop_assert!(!text[span.clone()].is_empty());
                prop_assert_eq!(text[span.clone()].trim(), &text[span.clone()]);
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
