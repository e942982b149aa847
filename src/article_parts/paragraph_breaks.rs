//! Splits a text into paragraphs.
//!
//! A blank line ends a paragraph. A single line break does too, unless the lines were wrapped at a
//! fixed width or the sentence clearly continues.

use memchr::memchr3_iter;

use crate::text::{Span, tweet_signature};

/// Maximum width in bytes of wrapped lines; wider lines are paragraphs of their own.
const MAX_WRAP_WIDTH: usize = 120;
/// Minimum width in bytes of wrapped lines; shorter ones break where the author wanted.
const MIN_WRAP_WIDTH: usize = 40;

/// Takes a text; gives its paragraphs in order: trimmed, never empty, covering all but white space.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for block in blocks(text) {
        let width = block.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        let is_wrapped = is_wrapped(text, &block, width);
        let n_before = found.len();
        for line in block {
            match found[n_before..].last_mut() {
                Some(before)
                    if is_wrapped
                        || continues(&text[before.clone()], &text[line.clone()], width) =>
                {
                    before.end = line.end;
                }
                _ => found.push(line),
            }
        }
    }
    with_signatures(text, with_shares_apart(text, with_prefixes_apart(text, found)))
}

/// Separates the words of a button from the last sentence of a post: `… for the dam. Share this on Twitter`.
fn with_shares_apart(text: &str, found: Vec<Span>) -> Vec<Span> {
    const BUTTONS: [&str; 4] = [
        "Share this on Twitter",
        "Share this on Facebook",
        "Share on Twitter",
        "Share on Facebook",
    ];
    let apart = |span: Span| {
        let button = BUTTONS.iter().find(|button| text[span.clone()].ends_with(**button));
        let at = span.end - button.map_or(0, |button| button.len());
        let end = span.start + text[span.start..at].trim_end().len();
        let is_after_sentence = text[..end].ends_with(['.', '!', '?', '”', '"']);
        match button.is_some() && end > span.start && is_after_sentence {
            true => vec![span.start..end, at..span.end],
            false => vec![span],
        }
    };
    found.into_iter().flat_map(apart).collect()
}

/// Splits a text at its blank lines into blocks of trimmed lines.
fn blocks(text: &str) -> Vec<Vec<Span>> {
    let mut blocks = vec![Vec::new()];
    let mut start = 0;
    for end in line_ends(text).chain([text.len()]) {
        let line = &text[start..end];
        let trimmed = line.trim();
        let from = end - line.trim_start().len();
        start = end;
        if trimmed.is_empty() {
            // A line feed after a carriage return ends the same line.
            let is_half_break = line == "\n" && text[..start].ends_with("\r\n");
            if !is_half_break && blocks.last().is_some_and(|block| !block.is_empty()) {
                blocks.push(Vec::new());
            }
        } else if let Some(block) = blocks.last_mut() {
            block.push(from..from + trimmed.len());
        }
    }
    blocks
}

/// The ends of the lines of a text, after their line breaks; Unicode's separators break lines too.
fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let separators: [&[u8]; 2] = ["\u{2028}".as_bytes(), "\u{2029}".as_bytes()];
    memchr3_iter(b'\n', b'\r', separators[0][0], bytes).filter_map(move |at| match bytes[at] {
        b'\n' | b'\r' => Some(at + 1),
        _ => separators.iter().any(|end| bytes[at..].starts_with(end)).then_some(at + 3),
    })
}

/// Whether all lines of a block break where the next word would exceed the width.
fn is_wrapped(text: &str, block: &[Span], width: usize) -> bool {
    block.len() >= 3
        && (MIN_WRAP_WIDTH..=MAX_WRAP_WIDTH).contains(&width)
        && block.windows(2).all(|pair| overflows(&pair[0], &text[pair[1].clone()], width))
}

/// Whether the first word of `next` would make `line` wider than `width`.
fn overflows(line: &Span, next: &str, width: usize) -> bool {
    line.len() + 1 + next.split_whitespace().next().map_or(0, str::len) > width
}

/// Whether a sentence continues from one line to the next in a block that is not wrapped throughout.
fn continues(before: &str, line: &str, width: usize) -> bool {
    let last = before.rsplit('\n').next().unwrap_or(before).trim();
    let is_finished = last.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', ')', '®']);
    let is_wrapped = width <= MAX_WRAP_WIDTH && overflows(&(0..last.len()), line, width);
    !is_finished
        && last.len() >= MIN_WRAP_WIDTH
        && (line.starts_with(char::is_lowercase) || (is_wrapped && last.ends_with(',')))
}

/// Separates boilerplate at the head of a text from the first sentence.
fn with_prefixes_apart(text: &str, mut found: Vec<Span>) -> Vec<Span> {
    let Some(first) = found.first().cloned() else { return found };
    if let Some(length) = prefix_length(&text[first.clone()]) {
        let rest = &text[first.start + length..first.end];
        let start = first.end - rest.trim_start().len();
        found.splice(..1, [first.start..first.start + length, start..first.end]);
    }
    found
}

/// The length of boilerplate before more text: `Story highlights`, `poster="http…"`.
fn prefix_length(first: &str) -> Option<usize> {
    let length = if first.starts_with("poster=\"http") {
        "poster=\"".len() + first["poster=\"".len()..].find('"')? + 1
    } else {
        first
            .to_ascii_lowercase()
            .starts_with("story highlights ")
            .then_some("story highlights".len())?
    };
    (!first[length..].trim().is_empty()).then_some(length)
}

/// Joins a line that only signs a tweet to the tweet above it.
fn with_signatures(text: &str, found: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match joined.last_mut() {
            Some(tweet) if tweet_signature::opens(&text[span.clone()]) => {
                tweet.end = span.end;
            }
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_end_paragraphs() {
        check("One.\n\n \n  Two\r\n\r\nThree", &["One.", "Two", "Three"]);
    }

    #[test]
    fn a_finished_line_ends_a_paragraph() {
        check("The dam broke.\nNobody was hurt.", &["The dam broke.", "Nobody was hurt."]);
        check("The dam broke.\r\nNobody was hurt.", &["The dam broke.", "Nobody was hurt."]);
        // What Unicode ends lines with begins as a curly quotation mark does.
        check("It broke.\u{2028}“So?”\u{2029}No.", &["It broke.", "“So?”", "No."]);
    }

    #[test]
    fn short_lines_stay_apart() {
        check("-\nA new dam\nReport All about it", &["-", "A new dam", "Report All about it"]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The dam above the old mill broke in the night. It\nhad held for a century and more, the mayor said on\nThursday.";
        check(text, &[text]);
    }

    #[test]
    fn a_small_letter_goes_on() {
        let text = "The dam above the old mill broke in the long\nnight.";
        check(text, &[text]);
    }

    #[test]
    fn a_signature_joins_its_tweet() {
        let text = "Sad day for dams\n\n— Jo Elm (@joelm) July 3, 2017";
        check(&format!("{text}\n\nOthers wept."), &[text, "Others wept."]);
    }

    #[test]
    fn buttons_stand_apart() {
        check("The dam broke. Share this on Twitter", &["The dam broke.", "Share this on Twitter"]);
        check("People can Share on Facebook", &["People can Share on Facebook"]);
        check("Share on Facebook", &["Share on Facebook"]);
    }

    #[test]
    fn scraped_prefixes_stand_apart() {
        check("Story highlights A dam broke", &["Story highlights", "A dam broke"]);
        check("poster=\"http://a.b/c.jpg\" A dam", &["poster=\"http://a.b/c.jpg\"", "A dam"]);
        check("poster=\"http", &["poster=\"http"]);
    }
}
