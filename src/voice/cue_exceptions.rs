//! Attributing words that report nothing where they stand: denials, requests, names, laws.

use super::attribution_cues::{Complement, Cue};
use super::clause::{Clause, FAR, Form, REACH, past_time};
use super::function_words::Role;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

impl Clause {
    /// Passives, denials and infinitives that convey nothing said.
    pub(super) fn is_ruled_out(&self, words: &SentenceTokens<'_>, cue: Cue) -> bool {
        if self.form == Form::Passive || (self.negated && cue.takes == Complement::Anything) {
            return true;
        }
        // `Why did he say it?` asks and tells nothing.
        let asks = words.len() > 0
            && words.text(words.len() - 1) == "?"
            && words.quoted(words.len() - 1) == Quoted::No;
        let asking =
            words.any(self.at, listed!["asked", "asks", "ask", "wondered", "wonders", "wonder"]);
        let untold = words.any(0, listed!["what", "why", "how"])
            && self.at < REACH
            && cue.takes != Complement::Anything;
        let nobody = self.start > 0
            && words.any(self.start - 1, listed!["nobody", "none", "nothing", "neither"])
            || self.start > 1
                && words.any(self.start - 2, listed!["no"])
                && words.any(self.start - 1, listed!["one"]);
        self.form == Form::Infinitive
            || nobody
            || self.answers(words)
            || self.asks_leave(words)
            || self.names_topic(words)
            || self.is_reflexive(words)
            || self.is_aside(words)
            || self.is_withheld(words)
            || self.may_be(words)
            || self.joins_passive(words)
            || (asks && self.form != Form::Participle && !asking)
            || untold
    }

    /// `The valley says yes`: a choice, not words.
    fn answers(&self, words: &SentenceTokens<'_>) -> bool {
        let next = self.at + 1;
        words.any(next, listed!["yes", "no"])
            && words.any(self.at, listed!["say", "says", "said", "saying"])
            && (next + 1 == words.len()
                || words.is(next + 1, Kind::Stop)
                || words.is(next + 1, Kind::Colon))
    }

    /// `a group that calls itself …`, `found themselves`: nothing is said.
    fn is_reflexive(&self, words: &SentenceTokens<'_>) -> bool {
        let own = listed!["itself", "himself", "herself", "themselves"];
        words.any(self.at, listed!["call", "calls", "called", "calling", "find", "finds", "found"])
            && words.any(self.at + 1, own)
    }

    /// `a report published Monday | said`: a participle that only tells more of the noun.
    fn is_aside(&self, words: &SentenceTokens<'_>) -> bool {
        let next = self.at + 1;
        let behind = past_time(words, next);
        let verb = behind
            + usize::from(words.plays(behind, Role::Adverb) || words.any(behind, listed!["now"]));
        behind > next
            && self.start == self.at
            && words.lower(self.at).ends_with("ed")
            && (words.plays(verb, Role::Auxiliary) || words.cue(verb).is_some())
    }

    /// `Elm declined to say what she | thinks`.
    fn is_withheld(&self, words: &SentenceTokens<'_>) -> bool {
        let near = (self.at.saturating_sub(REACH)..self.at).rev();
        near.take_while(|at| words.is(*at, Kind::Word)).any(|at| {
            words.any(at, listed!["declined", "declines", "refused", "refuses"])
                && words.any(at + 1, listed!["to"])
        })
    }

    /// `She may | tweet about it`: nothing was said yet; unless words are quoted.
    fn may_be(&self, words: &SentenceTokens<'_>) -> bool {
        let modal = (self.start..self.at)
            .any(|at| words.any(at, listed!["may", "might", "could", "can", "should", "must"]));
        modal && !near_quote(words, self.at)
    }

    /// `Elm was arrested and | charged`.
    fn joins_passive(&self, words: &SentenceTokens<'_>) -> bool {
        let at = self.at;
        at >= 3
            && words.any(at - 1, listed!["and", "or"])
            && words.lower(at - 2).ends_with("ed")
            && words.plays(at - 3, Role::Be)
    }

    /// `They asked to speak`: a request that is told, not its words.
    fn asks_leave(&self, words: &SentenceTokens<'_>) -> bool {
        words.any(self.at, listed!["ask", "asks", "asked", "asking"])
            && words.any(self.at + 1, listed!["to"])
    }

    /// `She wrote about the dam.`: on what, not what; unless words are quoted.
    fn names_topic(&self, words: &SentenceTokens<'_>) -> bool {
        let verb = words.lower(self.at);
        ["writ", "wrote", "ask", "tweet", "blog"].iter().any(|stem| verb.starts_with(stem))
            && words.any(self.at + 1, listed!["about"])
            && !near_quote(words, self.at)
    }
}

/// Whether words are quoted or announced anywhere near.
fn near_quote(words: &SentenceTokens<'_>, at: usize) -> bool {
    (at.saturating_sub(FAR)..words.len().min(at + FAR))
        .any(|at| words.quoted(at) != Quoted::No || words.is(at, Kind::Colon))
}
