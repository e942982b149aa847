//! The head of a noun phrase: a name without its titles, an office, a group.

use crate::text::Span;

use super::lexicon::tags;
use super::printed_name::is_titled_surname;
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};

/// The head of a phrase, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NounHead {
    /// A name without its titles.
    Name(Span),
    /// An institution named by words that are titles elsewhere: the White House.
    Office(Span),
    /// A group or a role: senior officials, the senator.
    Group(Span),
    Pronoun(usize),
    /// Whoever writes and reads: I, we, you.
    FirstOrSecondPerson,
}

impl NounHead {
    pub(super) fn is_name(&self) -> bool {
        matches!(self, NounHead::Name(_))
    }

    /// Whether it is a name of two words or more.
    pub(super) fn is_long_name(&self) -> bool {
        matches!(self, NounHead::Name(name) if name.len() > 1)
    }

    pub(super) fn is_name_or_pronoun(&self) -> bool {
        matches!(self, NounHead::Name(_) | NounHead::Pronoun(_))
    }
}

/// The head of the phrase in `range`; none where there is none.
pub(super) fn head(words: &SentenceTokens<'_>, range: Span) -> Option<NounHead> {
    if range.is_empty() {
        return None;
    }
    if range.len() == 1 && words.has(range.start, tags!("pronoun")) {
        return Some(NounHead::Pronoun(range.start));
    }
    if range.len() == 1 && words.has(range.start, tags!("first-or-second-person")) {
        return Some(NounHead::FirstOrSecondPerson);
    }
    // `Some of them` keeps its first word.
    let opened = words.has(range.start, tags!("determiner conjunction"))
        && !words.has(range.start + 1, tags!("preposition"));
    let start = range.start + usize::from(opened);
    let joint = words.find(start + 1..range.end, tags!("preposition"));
    let mut end = trim_times(words, start..joint.unwrap_or(range.end));
    // `Jo Elm | KC`
    if end > start + 2 && words.any(end - 1, listed!["kc", "qc", "mp", "mep", "mbe", "obe", "phd"])
    {
        end -= 1;
    }
    if start >= end {
        // `Several said`: the determiner is all there is.
        let alone = words.has(range.start, tags!("determiner")) && range.len() == 1;
        let stands = alone && !words.has(range.start, tags!("article"));
        return stands.then_some(NounHead::Group(range));
    }
    let last = end - 1;
    if let Some(named) = name_inside(words, start..end, range.end) {
        return Some(named);
    }
    if words.has(last, tags!("institution")) && words.has(last, tags!("capital")) {
        let name = words.run_back(start..end, tags!("capital"));
        let before = name.start.wrapping_sub(1);
        let first = name.start - usize::from(name.start > start && is_ordinal(words.lower(before)));
        return Some(NounHead::Office(first..institution_end(words, end, range.end)));
    }
    let name = name_at_end(words, start..end);
    if !name.is_empty() {
        return Some(NounHead::Name(name));
    }
    if words.run(start..end, tags!("capital")).end == end {
        return Some(NounHead::Office(start..end));
    }
    // `the board | on Friday`
    let end = trim_times(words, start..range.end);
    let group = words.run_back(start + 1..end, tags!("preposition conjunction")).start;
    let name = joint.and_then(|joint| name_after_adjunct(words, joint..range.end));
    Some(name.map_or(NounHead::Group(start..group), NounHead::Name))
}

/// `the 9th | Circuit`
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th")
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A name that neither ends the phrase nor stands before its first preposition, given the noun up to that and
/// where the phrase ends.
fn name_inside(words: &SentenceTokens<'_>, noun: Span, end: usize) -> Option<NounHead> {
    let (last, joint) = (noun.end - 1, noun.end);
    // `Jo Elm a founder of the board`: the comma is missing.
    let opening = name_at_end(words, words.run(noun, tags!("capital")));
    if opening.len() > 1 && words.any(opening.end, listed!["a", "an"]) {
        return Some(NounHead::Name(opening));
    }
    if joint >= end {
        return None;
    }
    // `chief of staff Jo Elm`, `Valley Chamber of Commerce President Al Oak`: behind the office.
    let next = words.find(joint + 1..end, tags!("preposition")).unwrap_or(end);
    let name = name_at_end(words, joint + 1..trim_times(words, joint..next));
    let is_apart = words.has(last, tags!("title"))
        && words.any(joint, listed!["of", "to"])
        && !words.has_before(name.start, tags!("determiner"));
    let is_titled = words.has(last, tags!("capital"))
        && words.any(joint, listed!["of", "for"])
        && name.len() > 1
        && words.has_before(name.start, tags!("title"));
    let is_joined = name.start > joint + 1;
    (is_joined && !name.is_empty() && (is_apart || is_titled)).then_some(NounHead::Name(name))
}

/// `Department of | Roads and Dams`, `Council on | Rivers`: where the name of an institution ends whose
/// first part ends at a token.
pub(super) fn institution_end(words: &SentenceTokens<'_>, end: usize, limit: usize) -> usize {
    let joins = |i: usize| words.any(i, listed!["of", "for", "and", "the"]);
    let first = end + 1 + usize::from(words.any(end + 1, listed!["the"]));
    let is_joined =
        words.any(end, listed!["of", "for"]) || (words.any(end, listed!["on"]) && first == end + 1);
    if !is_joined || !words.has(first, tags!("capital")) || words.has(first, tags!("time")) {
        return end;
    }
    let is_part = |i: &usize| words.has(*i, tags!("capital")) || joins(*i);
    let inner = (first..limit.max(first)).take_while(is_part);
    inner.filter(|i| words.has(*i, tags!("capital"))).last().map_or(end, |last| last + 1)
}

/// `a series of tweets | Mr Oak`: a name that ends the phrase but is not joined to it.
fn name_after_adjunct(words: &SentenceTokens<'_>, range: Span) -> Option<Span> {
    let name = name_at_end(words, range.start..trim_times(words, range.clone()));
    let titled = words.run_back(range.start..name.start, tags!("capital"));
    let before = titled.start.checked_sub(1)?;
    let joins = tags!("capital preposition determiner title conjunction");
    // `of the self-styled | People's Republic` is joined.
    let is_compound =
        words.text(before).contains('-') && words.has_before(before, tags!("determiner"));
    // `filed a suit against | landlord Jo Elm`
    let is_opposed = (range.start..name.start).any(|i| words.any(i, listed!["against"]));
    let is_apart = !words.has(before, joins) && !is_compound && !is_opposed;
    (!name.is_empty() && before > range.start && is_apart).then_some(name)
}

/// The end of a phrase without words for the time; one word stays.
fn trim_times(words: &SentenceTokens<'_>, range: Span) -> usize {
    let times = words.run_back(range.start + 1..range.end, tags!("time adverb"));
    times.start.min(range.end)
}

/// The capitalised words at the end of a phrase, back to the last title.
fn name_at_end(words: &SentenceTokens<'_>, range: Span) -> Span {
    let mut start = range.end;
    while start > range.start && is_name_part(words, start - 1, start == range.end) {
        start -= 1;
    }
    while start < range.end && words.has_small(start, tags!("name-particle")) {
        start += 1;
    }
    // `Smith and` is no name.
    let is_joint = start < range.end && words.any(start, listed!["and"]);
    start + usize::from(is_joint)..range.end
}

fn is_name_part(words: &SentenceTokens<'_>, i: usize, is_last: bool) -> bool {
    // `Jo French`: a surname, not a nation.
    let outside = tags!("title determiner preposition");
    let is_surname = || {
        let is_role = words.any(i, listed!["republican", "democrat", "independent"]);
        is_last
            && !is_role
            && words.has_before(i, tags!("capital"))
            && !words.has_before(i, outside)
    };
    if (words.has(i, tags!("title")) && !is_surname() && !is_titled_surname(words, i))
        || (!is_last && is_possessive(words.text(i)))
        || words.has(i, tags!("time"))
    {
        return false;
    }
    (words.has(i, tags!("capital")) && !words.has(i, tags!("determiner conjunction")))
        || (!is_last && (words.has(i, tags!("name-particle")) || words.any(i, listed!["and"])))
}

/// Whether a pronoun is *she*; none where it is neither *he* nor *she*.
pub(super) fn gender(words: &SentenceTokens<'_>, pronoun: usize) -> Option<bool> {
    match words.lower(pronoun) {
        "he" | "him" | "his" | "he's" | "he’s" | "he'd" | "he’d" => Some(false),
        "she" | "her" | "she's" | "she’s" | "she'd" | "she’d" => Some(true),
        _ => None,
    }
}
