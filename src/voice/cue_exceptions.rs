//! Cues that report nothing where they stand: denials, requests, names, laws.

use super::cue_clause::{Clause, CueVerbForm};
use super::cue_complement::past_time;
use super::lexicon::{Complement, Cue, Tags, tags};
use super::noun_phrase;
use super::sentence_tokens::{FAR, REACH, SentenceTokens, listed};

/// Token patterns of cues that report nothing: where a pattern starts, counted from the cue; its
/// tags; whether the cue reports all the same where words are quoted near it.
const PATTERNS: [(isize, &[Tags], bool); 5] = [
    // `The valley says yes`: a choice, not words.
    (0, &[tags!("say-verb"), tags!("yes-or-no"), tags!("stop colon edge")], false),
    // `They asked to speak`: that they asked, not what.
    (0, &[tags!("ask-verb"), tags!("to")], false),
    // `a group that calls itself …`, `found themselves`.
    (0, &[tags!("naming-verb"), tags!("reflexive")], false),
    // `She wrote about the dam.`: on what, not what.
    (0, &[tags!("topic-verb"), tags!("about")], true),
    // `Elm was arrested and | charged`.
    (-3, &[tags!("be"), tags!("ed"), tags!("coordinator")], false),
];

impl Clause {
    /// Whether the cue reports nothing although it is a verb.
    pub(super) fn is_ruled_out(&self, words: &SentenceTokens<'_>, cue: Cue) -> bool {
        let takes_anything = cue.complement == Complement::Anything;
        let matches = |(offset, pattern, unless_quoted): &(isize, &[Tags], bool)| {
            words.matches(self.verb.wrapping_add_signed(*offset), pattern)
                && !(*unless_quoted && near_quote(words, self.verb))
        };
        matches!(self.form, CueVerbForm::Passive | CueVerbForm::Infinitive)
            || (self.negated && takes_anything)
            || (words.any(0, listed!["what", "why", "how"]) && self.verb < REACH && !takes_anything)
            || self.has_no_speaker(words)
            || PATTERNS.iter().any(matches)
            || self.is_aside(words)
            || self.is_withheld(words)
            || self.is_possible(words)
            || self.is_in_question(words)
    }

    /// `Nobody | said`, `No one | said`.
    fn has_no_speaker(&self, words: &SentenceTokens<'_>) -> bool {
        let before = self.start.wrapping_sub(1);
        words.has(before, tags!("nobody"))
            || (words.any(before, listed!["one"]) && words.any_before(before, listed!["no"]))
    }

    /// `Why did he say it?` asks and reports nothing.
    fn is_in_question(&self, words: &SentenceTokens<'_>) -> bool {
        let asking = listed!["asked", "asks", "ask", "wondered", "wonders", "wonder"];
        let last = words.len().wrapping_sub(1);
        words.text(last) == "?"
            && !words.in_quotes(last)
            && self.form != CueVerbForm::Participle
            && !words.any(self.verb, asking)
    }

    /// `a report published Monday | said`: a participle that modifies the noun.
    fn is_aside(&self, words: &SentenceTokens<'_>) -> bool {
        let next = self.verb + 1;
        let behind = past_time(words, next);
        let adverb = words.has(behind, tags!("adverb")) || words.any(behind, listed!["now"]);
        let verb = behind + usize::from(adverb);
        let modifies =
            behind > next && (words.has(verb, tags!("auxiliary")) || words.cue(verb).is_some());
        // `a report published on Monday | by the board`
        let is_made = words.has_before(self.verb, tags!("study written-work"))
            && noun_phrase::past_by(words, self.verb).is_some();
        self.start == self.verb && words.has(self.verb, tags!("ed")) && (modifies || is_made)
    }

    /// `Elm declined to say what she | thinks`.
    fn is_withheld(&self, words: &SentenceTokens<'_>) -> bool {
        words
            .run_back(self.verb.saturating_sub(REACH)..self.verb, tags!("word"))
            .any(|i| words.matches(i, &[tags!("refusal"), tags!("to")]))
    }

    /// `She may | tweet about it`: nothing was said yet; unless words are quoted.
    fn is_possible(&self, words: &SentenceTokens<'_>) -> bool {
        words.find(self.start..self.verb, tags!("modal")).is_some() && !near_quote(words, self.verb)
    }
}

/// Whether words are quoted or announced anywhere near.
fn near_quote(words: &SentenceTokens<'_>, i: usize) -> bool {
    let near = i.saturating_sub(FAR)..i + FAR;
    words.find(near, tags!("quoted scare colon")).is_some()
}
