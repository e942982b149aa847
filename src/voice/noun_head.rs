//! The heart of a noun phrase: a name without its titles, an office, a group.

use crate::text::Span;

use super::function_words::Role;
use super::sentence_tokens::{SentenceTokens, listed};

/// The heart of a phrase, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NounHead {
    /// A name without its titles.
    Name(Span),
    /// An institution named by words that are titles elsewhere: the White House.
    Office(Span),
    /// A group or a role: senior officials, the senator.
    Group(Span),
    Pronoun(usize),
    /// The text's own voice: I, we, you.
    Own,
}

/// The heart of the phrase in `range`; none where there is none.
pub(super) fn head(words: &SentenceTokens<'_>, range: Span) -> Option<NounHead> {
    if range.is_empty() {
        return None;
    }
    if range.len() == 1 && words.plays(range.start, Role::Pronoun) {
        return Some(NounHead::Pronoun(range.start));
    }
    if words.plays(range.start, Role::Own) && range.len() == 1 {
        return Some(NounHead::Own);
    }
    // `Some of them` keeps its first word.
    let article = words.plays(range.start, Role::Determiner)
        && !words.plays(range.start + 1, Role::Preposition);
    let start = range.start + usize::from(article || words.plays(range.start, Role::Conjunction));
    let joint = (start + 1..range.end).find(|at| words.plays(*at, Role::Preposition));
    let end = trim_times(words, start..joint.unwrap_or(range.end));
    if start >= end {
        // `Several said`: the determiner is all there is.
        let article = words.any(
            range.start,
            listed![
                "the", "a", "an", "this", "that", "no", "every", "his", "her", "its", "their",
                "our", "my",
            ],
        );
        let alone = words.plays(range.start, Role::Determiner) && range.len() == 1 && !article;
        return alone.then_some(NounHead::Group(range));
    }
    let name = name_at_end(words, start..end);
    if words.plays(end - 1, Role::Institution) && words.is_capital(end - 1) {
        let named = (start..end).rev().take_while(|at| words.is_capital(*at)).last();
        return Some(NounHead::Office(named.unwrap_or(start)..end));
    }
    if !name.is_empty() {
        return Some(NounHead::Name(name));
    }
    // `chief of staff Jo Elm`, `Secretary of State Al Oak`: the name stands after the office.
    if let Some(joint) = joint {
        let name = name_at_end(words, joint + 1..trim_times(words, joint..range.end));
        if name.start > joint + 1
            && !name.is_empty()
            && !words.plays(name.start - 1, Role::Preposition)
            && words.any(joint, listed!["of", "to"])
            && words.plays(end - 1, Role::Title)
        {
            return Some(NounHead::Name(name));
        }
    }
    if (start..end).all(|at| words.is_capital(at)) {
        return Some(NounHead::Office(start..end));
    }
    if let Some(name) = joint.and_then(|joint| name_after_adjunct(words, joint..range.end)) {
        return Some(NounHead::Name(name));
    }
    Some(NounHead::Group(start..range.end))
}

/// `a series of tweets | Mr Oak`: a name that ends the phrase but is not joined to it.
fn name_after_adjunct(words: &SentenceTokens<'_>, range: Span) -> Option<Span> {
    let name = name_at_end(words, range.start..trim_times(words, range.clone()));
    let titled = (range.start..name.start).rev().take_while(|at| words.is_capital(*at)).last();
    let before = titled.unwrap_or(name.start).checked_sub(1)?;
    let joined = words.is_capital(before)
        || [Role::Preposition, Role::Determiner, Role::Title, Role::Conjunction]
            .iter()
            .any(|role| words.plays(before, *role));
    (!name.is_empty() && before > range.start && !joined).then_some(name)
}

/// Without words for the time at its end.
fn trim_times(words: &SentenceTokens<'_>, range: Span) -> usize {
    let mut end = range.end;
    while end > range.start + 1
        && (words.plays(end - 1, Role::Time) || words.plays(end - 1, Role::Adverb))
    {
        end -= 1;
    }
    end
}

/// The capitalised words at the end of a phrase, back to the last title.
fn name_at_end(words: &SentenceTokens<'_>, range: Span) -> Span {
    let mut at = range.end;
    while at > range.start && is_name_part(words, at - 1, at == range.end) {
        at -= 1;
    }
    while at < range.end && words.plays(at, Role::Particle) && !words.is_capital(at) {
        at += 1;
    }
    // `Smith and` is no name.
    if at < range.end && words.any(at, listed!["and"]) {
        at += 1;
    }
    at..range.end
}

fn is_name_part(words: &SentenceTokens<'_>, at: usize, is_last: bool) -> bool {
    let text = words.text(at);
    let possessive = text.ends_with("'s") || text.ends_with("’s");
    // `Jo French`: a surname, not a nation.
    let surname = is_last
        && at > 0
        && words.is_capital(at - 1)
        && !words.plays(at - 1, Role::Title)
        && !words.plays(at - 1, Role::Determiner)
        && !words.plays(at - 1, Role::Preposition);
    if (words.plays(at, Role::Title) && !surname)
        || (possessive && !is_last)
        || words.plays(at, Role::Time)
    {
        return false;
    }
    (words.is_capital(at)
        && !words.plays(at, Role::Determiner)
        && !words.plays(at, Role::Conjunction))
        || (!is_last && (words.plays(at, Role::Particle) || words.any(at, listed!["and"])))
}
