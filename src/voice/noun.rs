//! Noun phrases beside an attributing word, and the name or group in them.

use crate::text::Span;

use super::lexicon::Role;
use super::words::{Kind, Quoted, Words};

/// The longest phrase looked at, in words.
const LONGEST: usize = 16;
/// The longest aside between a subject and its verb, in tokens.
const LONGEST_ASIDE: usize = 30;

/// Who speaks, as the sentence puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The whole phrase, in tokens.
    pub(super) range: Span,
    pub(super) head: Head,
}

/// The heart of a phrase, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
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

/// The phrase that ends before token `end`, asides skipped.
pub(super) fn before(words: &Words<'_>, end: usize) -> Option<Source> {
    ending_at(words, end, 2)
}

fn ending_at(words: &Words<'_>, mut end: usize, asides: usize) -> Option<Source> {
    if end > 0 && words.is(end - 1, Kind::Close) {
        end = (end.saturating_sub(12)..end).rev().find(|at| words.is(*at, Kind::Open))?;
    }
    if end > 0 && (words.is(end - 1, Kind::Comma) || words.is(end - 1, Kind::Dash)) {
        return if asides > 0 { around_aside(words, end - 1, asides - 1) } else { None };
    }
    let start = phrase_start(words, end);
    if let Some(before) = before_time(words, start..end) {
        return ending_at(words, before, asides);
    }
    source(words, start..end)
}

/// `Ash Oak, on Saturday, | said`: where the phrase before a mere time ends.
fn before_time(words: &Words<'_>, range: Span) -> Option<usize> {
    let is_time = |at: usize| {
        words.plays(at, Role::Time)
            || words.plays(at, Role::Preposition)
            || words.any(at, &["night", "morning", "evening", "afternoon", "week", "month", "year"])
    };
    let timed = !range.is_empty() && range.clone().all(is_time) && range.start > 0;
    let comma = timed && words.is(range.start - 1, Kind::Comma);
    timed.then(|| range.start - usize::from(comma))
}

/// `Ash Oak, the former mayor,` before a verb: the name may stand on either side of the comma.
fn around_aside(words: &Words<'_>, close: usize, asides: usize) -> Option<Source> {
    let from = close.saturating_sub(LONGEST_ASIDE);
    let mark = words.kind(close)?;
    let open = (from..close).rev().find(|at| words.is(*at, mark))?;
    let outer = ending_at(words, open, asides)?;
    if !matches!(outer.head, Head::Name(_) | Head::Pronoun(_)) {
        let inner = source(words, open + 1..phrase_end(words, open + 1).min(close));
        if let Some(inner) =
            inner.filter(|inner| matches!(&inner.head, Head::Name(name) if name.len() > 1))
        {
            return Some(inner);
        }
    }
    Some(outer)
}

/// The phrase that starts at token `start`.
pub(super) fn after(words: &Words<'_>, start: usize) -> Option<Source> {
    let alone = words.plays(start, Role::Pronoun) || words.plays(start, Role::Own);
    let end = if alone { start + 1 } else { phrase_end(words, start) };
    let found = source(words, start..end)?;
    // `said the mayor, Ash Oak`: a name in the aside is the better one.
    if matches!(found.head, Head::Group(_))
        && words.is(end, Kind::Comma)
        && words.is_capital(end + 1)
    {
        let named = source(words, end + 1..phrase_end(words, end + 1));
        return named
            .filter(|named| matches!(&named.head, Head::Name(name) if name.len() > 1))
            .or(Some(found));
    }
    Some(found)
}

/// The subject that a sentence opens with: its name alone where a verb may follow at once.
pub(super) fn leading(words: &Words<'_>) -> Option<Source> {
    let adjunct = words.plays(0, Role::Preposition) || words.lower(0).ends_with("ing");
    let comma = (0..words.len().min(LONGEST_ASIDE)).find(|at| words.is(*at, Kind::Comma));
    let start = match comma {
        Some(comma) if adjunct => comma + 1,
        _ => usize::from(words.plays(0, Role::Conjunction)),
    };
    let titled = (start..words.len())
        .take_while(|at| words.is_capital(*at) && !words.plays(*at, Role::Preposition))
        .count();
    let range = start..start + titled.min(LONGEST);
    // `Hours after …` opens with a capital and is no name.
    let last = words.lower(range.end.saturating_sub(1));
    let timed = (titled == 1 && words.plays(start + 1, Role::Preposition))
        || last.ends_with("'s")
        || last.ends_with("’s");
    let named = source(words, range).filter(|found| !timed && matches!(found.head, Head::Name(_)));
    named.or_else(|| after(words, start)).filter(|found| found.range.start == start)
}

fn phrase_start(words: &Words<'_>, end: usize) -> usize {
    let mut at = end;
    while at > 0 && end - at < LONGEST {
        let word = at - 1;
        if !is_inside(words, word) {
            break;
        }
        if words.plays(word, Role::Pronoun) || words.plays(word, Role::Own) {
            return if at == end { word } else { at };
        }
        at = word;
        if words.plays(word, Role::Determiner) && !continues_before(words, word) {
            break;
        }
    }
    at
}

/// `a spokesman for | the mayor`: whether the phrase goes on before a determiner.
fn continues_before(words: &Words<'_>, determiner: usize) -> bool {
    let is_noun = |at: usize| {
        words.is(at, Kind::Word) && !words.plays(at, Role::Preposition) && words.cue(at).is_none()
    };
    determiner >= 2
        && words.any(determiner - 1, &["of", "for", "from", "at", "with", "to", "in"])
        && is_noun(determiner - 2)
}

/// Whether a token can stand inside a noun phrase.
fn is_inside(words: &Words<'_>, at: usize) -> bool {
    if !words.is(at, Kind::Word) || words.quoted(at) == Quoted::Yes {
        return false;
    }
    if words.any(at, &["and"]) {
        return at > 0 && words.is_capital(at - 1) && words.is_capital(at + 1);
    }
    !words.plays(at, Role::Conjunction) && !words.plays(at, Role::Auxiliary) && !is_verb(words, at)
}

/// An attributing verb in small letters ends a phrase, unless it may be a noun.
fn is_verb(words: &Words<'_>, at: usize) -> bool {
    let form = words.lower(at);
    words.cue(at).is_some()
        && !words.is_capital(at)
        && (form.ends_with("ed")
            || form.ends_with("ing")
            || matches!(form, "said" | "says" | "told" | "wrote" | "tells" | "say"))
}

fn phrase_end(words: &Words<'_>, start: usize) -> usize {
    let mut at = start;
    let inside = |at: usize| {
        let pair = words.any(at, &["and"]) && at > start && words.is(at + 1, Kind::Word);
        is_inside(words, at)
            || (pair && !words.is_capital(at - 1))
            || (at == start && words.is(at, Kind::Word) && !words.plays(at, Role::Conjunction))
    };
    while at < words.len() && at - start < LONGEST && inside(at) {
        if at > start
            && (words.plays(at, Role::Pronoun)
                || words.any(at, &["during", "after", "before", "about", "by"]))
        {
            break;
        }
        at += 1;
    }
    at
}

/// The phrase with its head; none without a word in it.
fn source(words: &Words<'_>, range: Span) -> Option<Source> {
    let mut start = range.start;
    while start < range.end
        && (words.plays(start, Role::Preposition) || words.plays(start, Role::Adverb))
    {
        start += 1;
    }
    let head = head(words, start..range.end)?;
    Some(Source { range: start..range.end, head })
}

fn head(words: &Words<'_>, range: Span) -> Option<Head> {
    if range.is_empty() {
        return None;
    }
    if range.len() == 1 && words.plays(range.start, Role::Pronoun) {
        return Some(Head::Pronoun(range.start));
    }
    if words.plays(range.start, Role::Own) && range.len() == 1 {
        return Some(Head::Own);
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
            &[
                "the", "a", "an", "this", "that", "no", "every", "his", "her", "its", "their",
                "our", "my",
            ],
        );
        let alone = words.plays(range.start, Role::Determiner) && range.len() == 1 && !article;
        return alone.then_some(Head::Group(range));
    }
    let name = name_at_end(words, start..end);
    if words.plays(end - 1, Role::Institution) && words.is_capital(end - 1) {
        let named = (start..end).rev().take_while(|at| words.is_capital(*at)).last();
        return Some(Head::Office(named.unwrap_or(start)..end));
    }
    if !name.is_empty() {
        return Some(Head::Name(name));
    }
    // `chief of staff Jo Elm`, `Secretary of State Al Oak`: the name stands after the office.
    if let Some(joint) = joint {
        let name = name_at_end(words, joint + 1..trim_times(words, joint..range.end));
        if name.start > joint + 1
            && !name.is_empty()
            && words.any(joint, &["of", "to"])
            && words.plays(end - 1, Role::Title)
        {
            return Some(Head::Name(name));
        }
    }
    if (start..end).all(|at| words.is_capital(at)) {
        return Some(Head::Office(start..end));
    }
    if let Some(name) = joint.and_then(|joint| name_after_adjunct(words, joint..range.end)) {
        return Some(Head::Name(name));
    }
    Some(Head::Group(start..range.end))
}

/// `a series of tweets | Mr Oak`: a name that ends the phrase but is not joined to it.
fn name_after_adjunct(words: &Words<'_>, range: Span) -> Option<Span> {
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
fn trim_times(words: &Words<'_>, range: Span) -> usize {
    let mut end = range.end;
    while end > range.start + 1
        && (words.plays(end - 1, Role::Time) || words.plays(end - 1, Role::Adverb))
    {
        end -= 1;
    }
    end
}

/// The capitalised words at the end of a phrase, back to the last title.
fn name_at_end(words: &Words<'_>, range: Span) -> Span {
    let mut at = range.end;
    while at > range.start && is_name_part(words, at - 1, at == range.end) {
        at -= 1;
    }
    while at < range.end && words.plays(at, Role::Particle) && !words.is_capital(at) {
        at += 1;
    }
    // `Smith and` is no name.
    if at < range.end && words.any(at, &["and"]) {
        at += 1;
    }
    at..range.end
}

fn is_name_part(words: &Words<'_>, at: usize, is_last: bool) -> bool {
    let text = words.text(at);
    let possessive = text.ends_with("'s") || text.ends_with("’s");
    if words.plays(at, Role::Title) || (possessive && !is_last) || words.plays(at, Role::Time) {
        return false;
    }
    (words.is_capital(at)
        && !words.plays(at, Role::Determiner)
        && !words.plays(at, Role::Conjunction))
        || (!is_last && (words.plays(at, Role::Particle) || words.any(at, &["and"])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::words::plain;

    fn show(words: &Words<'_>, source: Option<Source>) -> String {
        match source.map(|source| source.head) {
            None => "-".into(),
            Some(Head::Own) => "own".into(),
            Some(Head::Pronoun(at)) => format!("pronoun {}", words.text(at)),
            Some(Head::Name(range)) => format!("name {}", words.slice(&range)),
            Some(Head::Office(range)) => format!("office {}", words.slice(&range)),
            Some(Head::Group(range)) => format!("group {}", words.slice(&range)),
        }
    }

    /// The phrase before `|`.
    #[track_caller]
    fn check_before(text: &str, expected: &str) {
        let text = text.split('|').next().unwrap_or("");
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        assert_eq!(show(&words, before(&words, words.len())), expected);
    }

    #[track_caller]
    fn check_after(text: &str, expected: &str) {
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        assert_eq!(show(&words, after(&words, 0)), expected);
    }

    #[test]
    fn names_without_titles() {
        check_before("Treasury Secretary Al Oak | said", "name Al Oak");
        check_before("On Monday, Republican Senator Jo Elm of Ohio | said", "name Jo Elm");
        check_before("Rep. Jo Elm (D-Ohio) | said", "name Jo Elm");
        check_before("White House chief of staff Al Oak | said", "name Al Oak");
        check_before("Secretary of State Al Oak | said", "name Al Oak");
        check_before("Mayor Bill de Oak | said", "name Bill de Oak");
        check_before("Oak on Tuesday | said", "name Oak");
    }

    #[test]
    fn asides() {
        check_before("Jo Elm, the town's mayor, | said", "name Jo Elm");
        check_before("The town's mayor, Jo Elm, | said", "name Jo Elm");
        check_before("Another Senate Republican, Jo Elm of Ohio, | said", "name Jo Elm");
    }

    #[test]
    fn groups_and_offices() {
        check_before("Senior officials | said", "group Senior officials");
        check_before("It broke, two people at the dam | said", "group people at the dam");
        check_before("The White House | said", "office White House");
        check_before("A spokesman for the town | said", "group spokesman for the town");
    }

    #[test]
    fn pronouns() {
        check_before("The dam broke, he | said", "pronoun he");
        check_before("What I | said", "own");
    }

    #[test]
    fn after_the_verb() {
        check_after("Rep. Jo Elm, who was there", "name Jo Elm");
        check_after("the town's mayor, Jo Elm", "name Jo Elm");
        check_after("three people familiar with the dam", "group people familiar with the dam");
    }

    #[test]
    fn nothing_there() {
        check_before("", "-");
        check_before("It broke, and | said", "-");
    }
}
