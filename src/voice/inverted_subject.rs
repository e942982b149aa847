//! Subjects that stand behind their verb: `…,” said Elm`.

use super::cue_clause::Clause;
use super::cue_complement::is_finite;
use super::lexicon::tags;
use super::noun_phrase;
use super::sentence_tokens::{FAR, REACH, SentenceTokens, listed};

/// `…,” said Elm`: whether the subject stands after the verb.
pub(super) fn is_inverted(words: &SentenceTokens<'_>, clause: &Clause) -> bool {
    let (verb, start) = (clause.verb, clause.start);
    if start != verb || start == 0 || !begins_subject(words, verb + 1) {
        return false;
    }
    let before = start - 1;
    if words.has(before, tags!("quoted")) {
        return true;
    }
    let after_quote = words.has_before(before, tags!("quoted"));
    // `told Elm`: Elm is the addressee.
    let told = words.any(verb, listed!["told", "tells"]) && !after_quote;
    if !words.has(before, tags!("comma")) || told || is_apposition(words, before) {
        return false;
    }
    let has_subject = || {
        (before.saturating_sub(FAR)..before).all(|i| !is_finite(words, i))
            && noun_phrase::before(words, start).is_some()
    };
    after_quote || (stands_alone(words, verb + 1) && !has_subject())
}

/// `Jo Elm, a member of the council,`: whether the comma closes an apposition to a name.
fn is_apposition(words: &SentenceTokens<'_>, close: usize) -> bool {
    let open = words.rfind(close.saturating_sub(FAR / 2)..close, tags!("comma"));
    open.is_some_and(|open| {
        let opens = tags!("conjunction mark quoted edge");
        let name = noun_phrase::before(words, open).filter(|source| source.head.is_name());
        name.is_some_and(|name| words.has_before(name.range.start, opens))
            && words.has(open + 1, tags!("aside-opener"))
    })
}

/// Whether no verb follows the phrase that starts here.
fn stands_alone(words: &SentenceTokens<'_>, from: usize) -> bool {
    let is_verb = |i: usize| {
        is_finite(words, i) || words.has_small(i, tags!("ed")) || words.any(i, listed!["that"])
    };
    words
        .run(from..from + 2 * REACH, tags!("word"))
        .take_while(|i| !words.any(*i, listed!["who", "which", "whose"]))
        .all(|i| !is_verb(i))
}

/// Whether a noun phrase can begin here.
fn begins_subject(words: &SentenceTokens<'_>, i: usize) -> bool {
    let others = tags!("preposition clause-opener clause-subject time object-pronoun ly");
    words.has(i, tags!("word")) && !words.has(i, others)
}
