//! What stands behind an attributing word, and whether that is what the word takes.

use super::attribution_cues::{Complement, Cue};
use super::clause::{FAR, REACH, is_adverb, past_time};
use super::function_words::Role;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// Whether what stands behind the word is what it takes.
pub(super) fn takes(words: &SentenceTokens<'_>, from: usize, cue: Cue) -> bool {
    if from >= words.len() || words.is(from, Kind::Stop) {
        return false;
    }
    match cue.takes {
        Complement::Anything => true,
        Complement::Quote => {
            // What follows a colon may be anybody's.
            let colon = words.is(from, Kind::Colon);
            (from..words.len().min(from + FAR))
                .take_while(|at| {
                    colon || !words.is(*at, Kind::Colon) || words.quoted(*at) != Quoted::No
                })
                .any(|at| words.quoted(at) == Quoted::Yes)
        }
        Complement::Clause => takes_clause(words, from),
        Complement::Aim => takes_aim(words, from) || takes_clause(words, from),
    }
}

fn takes_clause(words: &SentenceTokens<'_>, from: usize) -> bool {
    let from = past_time(words, from);
    let reach = from..words.len().min(from + REACH);
    if words.is(from, Kind::Colon)
        || words.plays(from, Role::Opener)
        || words.plays(from, Role::Subject)
    {
        return true;
    }
    if reach.clone().take(4).any(|at| words.quoted(at) == Quoted::Yes) {
        return true;
    }
    let adjunct = words.plays(from, Role::Preposition)
        || words.plays(from, Role::Time)
        || is_adverb(words, from);
    for at in reach {
        if !words.is(at, Kind::Word) {
            return false;
        }
        if words.any(at, listed!["that", "whether"]) {
            return adjunct || at <= from + 1;
        }
        if words.any(at, listed!["which", "who"]) {
            return false;
        }
        if (words.plays(at, Role::Auxiliary) || is_past(words, at)) && at > from {
            return !adjunct;
        }
    }
    false
}

/// A verb without a helper, as far as it can be told: a common one, or `-ed` behind a name.
fn is_past(words: &SentenceTokens<'_>, at: usize) -> bool {
    !words.is_capital(at)
        && (words.plays(at, Role::Verb)
            || (words.lower(at).ends_with("ed") && words.is_capital(at - 1)))
}

pub(super) fn takes_aim(words: &SentenceTokens<'_>, from: usize) -> bool {
    if words.any(from, listed!["for"]) {
        return true;
    }
    (from..words.len().min(from + REACH)).take_while(|at| words.is(*at, Kind::Word)).any(|at| {
        words.any(at, listed!["to"])
            && !words.is_capital(at + 1)
            && !words.plays(at + 1, Role::Determiner)
    })
}
