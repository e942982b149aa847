//! What stands between quote marks.
//!
//! Marks are paired within a paragraph and never beyond it, so an unbalanced one cannot swallow the
//! rest of an article. A paragraph that ends open goes on in the next only where that one opens
//! with a mark again.

use crate::text::words::counted_words;
use crate::text::{Span, find_any};

/// Maximum length of a phrase inside somebody else's sentence, in words.
const MAX_SCARE_WORDS: usize = 3;

/// Maximum length of the words that titles write small: *with*, *from*.
const MAX_SMALL: usize = 4;
/// Maximum number of words before a title that are looked at.
const MAX_BEFORE: usize = 8;

/// One quotation in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks, in bytes of the paragraph.
    pub(super) span: Span,
    /// Whether nothing closes it.
    pub(super) is_open: bool,
    /// A phrase too short to be somebody's statement, or the title of a work.
    pub(super) is_scare: bool,
}

impl Quote {
    fn new(text: &str, span: Span, is_open: bool) -> Self {
        let is_short = counted_words(&text[span.clone()]).nth(MAX_SCARE_WORDS).is_none();
        let inner = text[span.clone()].trim_end_matches(is_mark);
        let is_statement = inner.ends_with(['.', ',', '!', '?']);
        let is_scare = (is_short && !is_statement) || is_title(text, &span);
        Quote { span, is_open, is_scare }
    }

    /// What goes on, or ends, where a quotation was left open in a paragraph before.
    pub(super) fn running(span: Span, is_open: bool) -> Self {
        Quote { span, is_open, is_scare: false }
    }
}

/// `the film “The Long Wet Winter”`: whether what is quoted within a sentence is written as titles are,
/// and the words before it are not.
fn is_title(text: &str, span: &Span) -> bool {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let is_long = |word: &&str| word.chars().count() > MAX_SMALL;
    let before = text[..span.start].trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '”']);
    let words =
        || text[span.clone()].split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    let capitals = words().filter(|word| word.starts_with(char::is_uppercase));
    !begins
        && capitals.clone().nth(1).is_some()
        && capitals.clone().any(|word| word.chars().any(char::is_lowercase))
        && !words().any(|word| is_small(&word) && is_long(&word))
        && words().rfind(|word| !word.is_empty()).is_some_and(|last| !is_small(&last))
        && before.split_whitespace().rev().take(MAX_BEFORE).any(|word| is_small(&word))
}

/// The places between quote marks in one sentence, with the marks; phrases of a few words are left
/// out.
pub fn quotations(sentence: &str) -> Vec<Span> {
    quotes(sentence).into_iter().filter(|quote| !quote.is_scare).map(|quote| quote.span).collect()
}

/// The quotations of one paragraph, outermost only, in order.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let marks = marks(text);
    if marks.is_empty() {
        return Vec::new();
    }
    let (double, single): (Vec<Mark>, Vec<Mark>) =
        marks.into_iter().partition(|mark| mark.is_double);
    let mut found = pair_doubles(text, &double);
    let outer = outside(&single, &found);
    found.extend(pair_singles(text, &outer));
    outermost(found)
}

/// One quote mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    is_double: bool,
    opens: bool,
    closes: bool,
}

/// Every mark that could open or close a quotation; apostrophes within words are none.
fn marks(text: &str) -> Vec<Mark> {
    let (mut found, mut rest) = (Vec::new(), 0);
    // 0xE2 begins the curly marks, 0xC2 `«` and `»`.
    while let Some(start) = find_any(text, rest, [b'"', b'\'', 0xE2], [b'`', 0xC2]) {
        let Some(c) = text[start..].chars().next() else { break };
        let mut end = start + c.len_utf8();
        if is_mark(c) {
            // Two single marks are a double one.
            let is_twin = matches!(c, '\'' | '`' | '’' | '‘') && text[end..].starts_with(c);
            end += if is_twin { c.len_utf8() } else { 0 };
            found.extend(mark(text, start..end, if is_twin { '"' } else { c }));
        }
        rest = end;
    }
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„' | '`')
}

/// Where the words of a quotation stand, without marks and white space at its ends.
pub(super) fn trim_marks(text: &str) -> Span {
    let is_edge = |c: char| is_mark(c) || c.is_whitespace();
    let start = text.len() - text.trim_start_matches(is_edge).len();
    start..start + text[start..].trim_end_matches(is_edge).len()
}

/// What the mark `c` in some bytes can do between the characters beside it; none for an apostrophe.
fn mark(text: &str, span: Span, c: char) -> Option<Mark> {
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    let leads = before.is_whitespace()
        || matches!(before, '(' | '[' | '—' | '–' | '-' | '“' | '‘' | '/' | '…' | '"' | '\'');
    let trails = after.is_whitespace()
        || (!after.is_alphanumeric() && !matches!(after, '$' | '#' | '@' | '[' | '('));
    let (is_double, opens, closes) = match c {
        '“' | '«' | '„' => (true, true, false),
        '”' | '»' => (true, false, true),
        '"' => {
            let apart = before.is_whitespace() && after.is_whitespace();
            let closes = !before.is_whitespace() && (trails || !leads);
            (true, leads && !after.is_whitespace(), closes || apart)
        }
        '‘' => (false, leads, false),
        '’' => (false, false, !before.is_whitespace() && trails),
        '\'' | '`' => (false, leads && after.is_alphabetic(), !before.is_whitespace() && trails),
        _ => return None,
    };
    let Span { start, end } = span;
    (opens || closes).then_some(Mark { start, end, is_double, opens, closes })
}

/// Pairs double marks. One left open closes at the end of the paragraph.
fn pair_doubles(text: &str, double: &[Mark]) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut open: Option<Mark> = None;
    for (i, mark) in double.iter().enumerate() {
        // `Oak left." It leaks," he said.`: two ends without a start, where a space was lost.
        let is_start = || {
            let next = double.get(i + 1);
            text[..mark.start].ends_with(['.', '!', '?']) && next.is_some_and(|next| !next.opens)
        };
        match open {
            Some(start) if mark.closes => {
                found.push(Quote::new(text, start.start..mark.end, false));
                open = None;
            }
            Some(start) => {
                // Opened again without having been closed: where paragraphs of one quotation were joined.
                let is_statement = opens_statement(text, start.start)
                    && text[..mark.start].trim_end().ends_with(['.', '!', '?']);
                found
                    .extend(is_statement.then(|| Quote::new(text, start.start..mark.start, false)));
                open = Some(*mark);
            }
            None => open = Some(*mark).filter(|mark| mark.opens || is_start()),
        }
    }
    found.extend(open.map(|start| Quote::new(text, start.start..text.len(), true)));
    found
}

/// Whether a statement may open at a mark: at the start of a paragraph or a sentence, or behind the comma or
/// colon of an announcement.
pub(super) fn opens_statement(text: &str, mark: usize) -> bool {
    let before = text[..mark].trim_end();
    before.is_empty() || before.ends_with([':', ',', '.', '!', '?', '”', '"'])
}

/// The marks that stand in no quotation.
fn outside(marks: &[Mark], quotes: &[Quote]) -> Vec<Mark> {
    let mut left = quotes.iter().peekable();
    let is_outside = |mark: &&Mark| {
        while left.next_if(|quote| quote.span.end <= mark.start).is_some() {}
        left.peek().is_none_or(|quote| mark.start < quote.span.start)
    };
    marks.iter().filter(is_outside).copied().collect()
}

/// Pairs single marks; one left open is an apostrophe, or `He said: ‘It rains.`, which may go on in the next
/// paragraph.
fn pair_singles(text: &str, single: &[Mark]) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut open: Option<Mark> = None;
    for mark in single {
        match open {
            Some(start) if mark.closes => {
                found.push(Quote::new(text, start.start..mark.end, false));
                open = None;
            }
            None if mark.opens => open = Some(*mark),
            _ => {}
        }
    }
    let announces = |mark: &Mark| {
        text[mark.start..].starts_with('‘') && text[..mark.start].trim_end().ends_with([':', ','])
    };
    let open = open.filter(announces);
    found.extend(open.map(|start| Quote::new(text, start.start..text.len(), true)));
    found
}

/// In order, without what stands inside another.
fn outermost(mut found: Vec<Quote>) -> Vec<Quote> {
    found.sort_unstable_by_key(|quote| (quote.span.start, usize::MAX - quote.span.end));
    let mut end = 0;
    found.retain(|quote| {
        let outer = quote.span.start >= end;
        end = end.max(quote.span.end);
        outer
    });
    found
}

/// What a paragraph does to a quotation that was left open before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenQuote {
    /// Closes it, at this offset.
    Ends(usize),
    /// Has no mark of its kind.
    RunsOn,
    /// Opens another one first.
    Breaks,
}

/// What a paragraph does to a quotation with double marks, or single ones, that was left open before it.
pub(super) fn left_open(text: &str, is_double: bool) -> OpenQuote {
    let is_end = |mark: &Mark| is_double || text[..mark.start].ends_with(['.', ',', '!', '?']);
    let mut kind = marks(text).into_iter().filter(|mark| mark.is_double == is_double);
    match kind.find(|mark| mark.opens || is_end(mark)) {
        None => OpenQuote::RunsOn,
        Some(mark) if mark.closes && !mark.opens => OpenQuote::Ends(mark.end),
        Some(_) => OpenQuote::Breaks,
    }
}

/// Whether a paragraph opens with a quote mark.
pub(super) fn opens_with_mark(text: &str) -> bool {
    text.starts_with(['“', '"', '‘', '\'', '«', '„', '”'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quotes(text).iter().map(|quote| &text[quote.span.clone()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pairs() {
        check("He said “it rains” and \"it pours\".", &["“it rains”", "\"it pours\""]);
        check("«Ja», sagte er.", &["«Ja»"]);
        check("She said 'it rains' again.", &["'it rains'"]);
        check("She said ‘it rains’ again.", &["‘it rains’"]);
        check("She said ''it rains'' again.", &["''it rains''"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("It's the voters' choice, don't you think? 'Tis so.", &[]);
        check("The Oaks’ dam isn’t the city’s.", &[]);
    }

    #[test]
    fn outermost_only() {
        check("“The ‘old’ dam,” he said.", &["“The ‘old’ dam,”"]);
        check("'The \"old\" dam,' he said.", &["'The \"old\" dam,'"]);
    }

    #[test]
    fn mixed_pairs() {
        check("“an old dam\" that broke", &["“an old dam\""]);
    }

    #[test]
    fn left_open_it_ends_with_the_paragraph() {
        check("He said “it rains. It pours.", &["“it rains. It pours."]);
        assert!(quotes("“It rains.")[0].is_open);
    }

    #[test]
    fn strays_are_nothing() {
        check("its own citizens.\"", &[]);
        check("”", &[]);
        check("\" \" \"", &[]);
    }

    #[test]
    fn scare_quotes_are_short() {
        assert!(quotes("the “so called plan”")[0].is_scare);
        assert!(!quotes("the “so called new plan”")[0].is_scare);
    }

    #[test]
    fn many_marks_cost_no_more_than_their_number() {
        for piece in ["“", "\"a ", " 'a", "a' ", "“a' ", "' \""] {
            quotes(&piece.repeat(100_000));
        }
    }

    proptest! {
        #[test]
        fn spans_rise(text in "([A-Za-z .\"”“'’‘«»]|\\PC){0,80}") {
            let mut end = 0;
            for quote in quotes(&text) {
                prop_assert!(quote.span.start >= end && quote.span.end > quote.span.start);
                prop_assert!(text.get(quote.span.clone()).is_some());
                end = quote.span.end;
            }
        }
    }
}
