//! Names as a sentence prints them: where they start and end, and what stands beside them.

use crate::text::Span;

use super::lexicon::{Tags, tags};
use super::name_parts::{MAX_WORDS, is_given, is_suffix, is_usually_small, plain};
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};

/// What begins with a capital at a sentence's start and is no part of a name.
const OUTSIDE: Tags = Tags::named(
    "title determiner preposition conjunction time auxiliary clause-subject clause-opener",
);

/// The first name in some tokens.
pub(super) fn next_name(words: &SentenceTokens<'_>, range: Span) -> Option<Span> {
    let start = range.clone().find(|i| starts_name(words, *i))?;
    let end = range.end.min(start + MAX_WORDS);
    let end = (start + 1..end).find(|i| !continues_name(words, *i)).unwrap_or(end);
    Some(start..end.max(start + 1))
}

/// `Obama | campaign adviser Jo Elm`: whether small words up to a title and a name follow, so that the name
/// before them only tells whose title it is.
pub(super) fn modifies_title(words: &SentenceTokens<'_>, end: usize) -> bool {
    let others = tags!("preposition conjunction auxiliary determiner pronoun ed");
    let small = (end..end + MAX_WORDS - 1)
        .take_while(|i| words.has_small(*i, tags!("word")) && !words.has(*i, others));
    small.last().is_some_and(|last| {
        words.has(last, tags!("title")) && words.has(last + 1, tags!("capital"))
    })
}

/// Whether a name can start with a token.
pub(super) fn starts_name(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.has(i, tags!("capital")) && !words.has(i, OUTSIDE)
}

/// Whether a name that has begun goes on with a token.
fn continues_name(words: &SentenceTokens<'_>, i: usize) -> bool {
    let is_particle = || words.has(i, tags!("name-particle")) && words.has(i + 1, tags!("capital"));
    words.has(i, tags!("word"))
        && !is_possessive(words.text(i - 1))
        && (starts_name(words, i)
            || is_particle()
            || is_suffix(plain(words.text(i)))
            || is_titled_surname(words, i))
}

/// `Stephen | King`, `Luther | King Jr.`: whether a title is a surname.
pub(super) fn is_titled_surname(words: &SentenceTokens<'_>, i: usize) -> bool {
    let follows_given =
        words.has_before(i, tags!("female-name male-name")) && !words.has_before(i, tags!("place"));
    words.has(i, tags!("title"))
        && words.has(i, tags!("capital"))
        && words.has_before(i, tags!("capital"))
        && (is_suffix(plain(words.text(i + 1)))
            || (follows_given && !words.has(i + 1, tags!("capital"))))
}

/// `Jo Elm, the town's chief | engineer of …`: the word for what somebody is, behind the name.
pub(super) fn apposition(words: &SentenceTokens<'_>, end: usize) -> Option<usize> {
    if !words.has(end, tags!("comma")) || words.has(end, tags!("quoted")) {
        return None;
    }
    let first = end + 1;
    let ends = tags!("preposition conjunction auxiliary pronoun");
    let is_noun =
        |i: &usize| words.has(*i, tags!("word")) && !words.has(*i, ends) && words.cue(*i).is_none();
    let last = (first..first + MAX_WORDS + 2).take_while(is_noun).last()?;
    let is_closed = words.has(last + 1, tags!("comma stop dash preposition"));
    let is_opened = words.has(first, tags!("determiner")) || words.has(last, tags!("title"));
    (is_closed && is_opened && !words.has(last, tags!("capital"))).then_some(last)
}

/// `Alex, who would not give a surname`, `Alex, 34,`, `Alex, a nurse`: somebody who is introduced by a
/// first name.
pub(super) fn is_first_name_alone(words: &SentenceTokens<'_>, name: usize) -> bool {
    let aside = name + 2;
    let is_age = || words.is_number(aside) || words.text(aside + 1).ends_with("-year-old");
    let is_person =
        || words.any(aside, listed!["who", "whose"]) && !is_usually_small(words.text(name));
    let is_told = || words.any(aside, listed!["a", "an"]) && is_given(words.text(name));
    words.has(name + 1, tags!("comma"))
        && !words.has_before(name, tags!("title capital"))
        && (is_person() || is_told() || (is_age() && !is_usually_small(words.text(name))))
}
