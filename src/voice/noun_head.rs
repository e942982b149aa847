//! The head of a noun phrase: a name without its titles, an office, a group.

use crate::text::Span;

use super::lexicon::Tag;
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
    if range.len() == 1 && words.has(range.start, Tag::Pronoun) {
        return Some(NounHead::Pronoun(range.start));
    }
    if range.len() == 1 && words.has(range.start, Tag::FirstOrSecondPerson) {
        return Some(NounHead::FirstOrSecondPerson);
    }
    // `Some of them` keeps its first word.
    let determined =
        words.has(range.start, Tag::Determiner) && !words.has(range.start + 1, Tag::Preposition);
    let opened = determined || words.has(range.start, Tag::Conjunction);
    let start = range.start + usize::from(opened);
    let joint = words.find(start + 1..range.end, Tag::Preposition);
    let end = trim_times(words, start..joint.unwrap_or(range.end));
    if start >= end {
        // `Several said`: the determiner is all there is.
        let alone = words.has(range.start, Tag::Determiner) && range.len() == 1;
        let stands = alone && !words.has(range.start, Tag::Article);
        return stands.then_some(NounHead::Group(range));
    }
    let last = end - 1;
    if words.has(last, Tag::Institution) && words.has(last, Tag::Capital) {
        return Some(NounHead::Office(words.run_back(start..end, Tag::Capital)));
    }
    let name = name_at_end(words, start..end);
    if !name.is_empty() {
        return Some(NounHead::Name(name));
    }
    // `chief of staff Jo Elm`, `Secretary of State Al Oak`: the name stands after the office.
    if let Some(joint) = joint {
        let name = name_at_end(words, joint + 1..trim_times(words, joint..range.end));
        if name.start > joint + 1
            && !name.is_empty()
            && !words.has(name.start - 1, Tag::Preposition)
            && words.any(joint, listed!["of", "to"])
            && words.has(last, Tag::Title)
        {
            return Some(NounHead::Name(name));
        }
    }
    if words.run(start..end, Tag::Capital).end == end {
        return Some(NounHead::Office(start..end));
    }
    let name = joint.and_then(|joint| name_after_adjunct(words, joint..range.end));
    Some(name.map_or(NounHead::Group(start..range.end), NounHead::Name))
}

/// `a series of tweets | Mr Oak`: a name that ends the phrase but is not joined to it.
fn name_after_adjunct(words: &SentenceTokens<'_>, range: Span) -> Option<Span> {
    let name = name_at_end(words, range.start..trim_times(words, range.clone()));
    let titled = words.run_back(range.start..name.start, Tag::Capital);
    let before = titled.start.checked_sub(1)?;
    let joins = Tag::Capital | Tag::Preposition | Tag::Determiner | Tag::Title | Tag::Conjunction;
    (!name.is_empty() && before > range.start && !words.has(before, joins)).then_some(name)
}

/// The end of a phrase without words for the time; one word stays.
fn trim_times(words: &SentenceTokens<'_>, range: Span) -> usize {
    let times = words.run_back(range.start + 1..range.end, Tag::Time | Tag::Adverb);
    times.start.min(range.end)
}

/// The capitalised words at the end of a phrase, back to the last title.
fn name_at_end(words: &SentenceTokens<'_>, range: Span) -> Span {
    let mut start = range.end;
    while start > range.start && is_name_part(words, start - 1, start == range.end) {
        start -= 1;
    }
    while start < range.end
        && words.has(start, Tag::NameParticle)
        && !words.has(start, Tag::Capital)
    {
        start += 1;
    }
    // `Smith and` is no name.
    if start < range.end && words.any(start, listed!["and"]) {
        start += 1;
    }
    start..range.end
}

fn is_name_part(words: &SentenceTokens<'_>, i: usize, is_last: bool) -> bool {
    let is_capital = words.has(i, Tag::Capital);
    // `Jo French`: a surname, not a nation.
    let outside = Tag::Title | Tag::Determiner | Tag::Preposition;
    let is_surname = || {
        let before = i.wrapping_sub(1);
        is_last && words.has(before, Tag::Capital) && !words.has(before, outside)
    };
    if (words.has(i, Tag::Title) && !is_surname())
        || (!is_last && is_possessive(words.text(i)))
        || words.has(i, Tag::Time)
    {
        return false;
    }
    (is_capital && !words.has(i, Tag::Determiner | Tag::Conjunction))
        || (!is_last && (words.has(i, Tag::NameParticle) || words.any(i, listed!["and"])))
}
