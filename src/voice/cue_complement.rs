//! What stands behind a cue, and whether that is the complement that the cue takes.

use super::lexicon::{Complement, Cue, tags};
use super::sentence_tokens::{FAR, REACH, SentenceTokens, listed};

/// Whether what stands from a token on is the complement of a cue.
pub(super) fn is_complement(words: &SentenceTokens<'_>, from: usize, cue: Cue) -> bool {
    if words.has(from, tags!("stop edge")) {
        return false;
    }
    match cue.complement {
        Complement::Anything => true,
        Complement::Clause => is_clause(words, from),
        Complement::Aim => is_aim(words, from) || is_clause(words, from),
        Complement::Quote => words.find(from..from + FAR, tags!("quoted")).is_some(),
    }
}

/// Whether a clause begins within reach.
pub(super) fn is_clause(words: &SentenceTokens<'_>, from: usize) -> bool {
    let from = past_time(words, from);
    if words.has(from, tags!("colon clause-opener clause-subject"))
        || words.find(from..from + 4, tags!("quoted")).is_some()
    {
        return true;
    }
    let is_adjunct = words.has(from, tags!("preposition time ly"));
    for i in words.run(from..from + REACH, tags!("word")) {
        if words.any(i, listed!["that", "whether"]) {
            return is_adjunct || i <= from + 1;
        }
        if i > from && (words.has(i, tags!("auxiliary")) || is_past(words, i)) {
            return !is_adjunct;
        }
    }
    false
}

/// Whether a word is a past form without an auxiliary: a common one, or in `-ed` behind a name.
fn is_past(words: &SentenceTokens<'_>, i: usize) -> bool {
    let after_name = words.has(i, tags!("ed")) && words.has_before(i, tags!("capital"));
    !words.has(i, tags!("capital")) && (words.has(i, tags!("other-verb")) || after_name)
}

/// Whether an aim follows: `… to …`.
fn is_aim(words: &SentenceTokens<'_>, from: usize) -> bool {
    words.find(words.run(from..from + REACH, tags!("word")), tags!("to")).is_some()
}

/// `reported | on Monday | the dam was …`: past a day that stands between a verb and its clause.
pub(super) fn past_time(words: &SentenceTokens<'_>, from: usize) -> usize {
    let opens = words.any(from, listed!["on", "in", "late", "early", "last", "this"]);
    let day = from + usize::from(opens);
    if words.has(day, tags!("time")) && words.has(day, tags!("capital")) { day + 1 } else { from }
}

/// Whether a clause with its own verb begins within reach, before the next comma or stop.
pub(super) fn has_finite(words: &SentenceTokens<'_>, from: usize) -> bool {
    let inner = tags!("word mark open close other");
    words.run(from..from + 2 * REACH, inner).any(|i| is_finite(words, i))
}

/// Whether a word is a finite auxiliary, or a subject that a finite verb follows.
pub(super) fn is_finite(words: &SentenceTokens<'_>, i: usize) -> bool {
    let is_infinite =
        || words.any(i, listed!["be", "been", "being"]) || words.any_before(i, listed!["to"]);
    words.has(i, tags!("clause-subject")) || (words.has(i, tags!("auxiliary")) && !is_infinite())
}
