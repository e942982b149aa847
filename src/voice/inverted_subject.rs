//! Subjects that stand behind their verb: `…,” said Elm`.

use super::clause::{Clause, FAR, REACH, is_adverb, is_finite};
use super::function_words::Role;
use super::noun_head::NounHead;
use super::noun_phrase;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// `…,” said Elm`: the subject stands after the verb.
pub(super) fn is_inverted(words: &SentenceTokens<'_>, clause: &Clause) -> bool {
    let (at, start) = (clause.at, clause.start);
    if start != at || start == 0 || !begins_subject(words, at + 1) {
        return false;
    }
    let before = start - 1;
    if words.quoted(before) == Quoted::Yes {
        return true;
    }
    let after_quote = before > 0 && words.quoted(before - 1) == Quoted::Yes;
    // Whoever stands behind `told` was told.
    let told = words.any(at, listed!["told", "tells"]) && !after_quote;
    if !words.is(before, Kind::Comma) || told || is_apposition(words, before) {
        return false;
    }
    after_quote
        || (stands_alone(words, at + 1)
            && ((before.saturating_sub(FAR)..before).any(|at| is_finite(words, at))
                || noun_phrase::before(words, start).is_none()))
}

/// `Jo Elm, a member of the council,`: whether the comma closes what tells more of a name.
fn is_apposition(words: &SentenceTokens<'_>, close: usize) -> bool {
    let Some(open) =
        (close.saturating_sub(FAR / 2)..close).rev().find(|at| words.is(*at, Kind::Comma))
    else {
        return false;
    };
    let named = noun_phrase::before(words, open).is_some_and(|found| {
        matches!(found.head, NounHead::Name(_))
            && found.range.start.checked_sub(1).is_none_or(|before| {
                words.plays(before, Role::Conjunction)
                    || words.is(before, Kind::Mark)
                    || words.quoted(before) == Quoted::Yes
            })
    });
    named && words.plays(open + 1, Role::Aside)
}

/// Whether no verb follows the phrase that starts here.
fn stands_alone(words: &SentenceTokens<'_>, from: usize) -> bool {
    let is_verb = |at: usize| words.lower(at).ends_with("ed") && !words.is_capital(at);
    for at in from..words.len().min(from + 2 * REACH) {
        if !words.is(at, Kind::Word) || words.any(at, listed!["who", "which", "whose"]) {
            break;
        }
        if is_finite(words, at) || is_verb(at) || words.any(at, listed!["that"]) {
            return false;
        }
    }
    true
}

fn begins_subject(words: &SentenceTokens<'_>, at: usize) -> bool {
    words.is(at, Kind::Word)
        && !words.plays(at, Role::Preposition)
        && !words.plays(at, Role::Opener)
        && !words.plays(at, Role::Subject)
        && !words.plays(at, Role::Time)
        && !words.plays(at, Role::Object)
        && !is_adverb(words, at)
}
