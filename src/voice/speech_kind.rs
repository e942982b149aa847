//! What an act of speech conveys: words, facts, aims, quotations.

use super::cue_clause::{self, Clause, CueVerbForm};
use super::cue_complement;
use super::lexicon::{Complement, Cue, tags};
use super::noun_phrase::SourcePhrase;
use super::sentence_tokens::{REACH, SentenceTokens, listed};

/// What an act of speech conveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpeechKind {
    /// Quoted words only.
    Quote,
    /// An aim: `Elm agreed to …`.
    Aim,
    /// A fact, or words by the way: `Elm found that …`, `…, saying so`.
    Fact,
    /// Words, and whose they are: `Elm said …`.
    Words,
    /// Words that may be somebody else's: `…, the Valley News reported`.
    Relay,
    /// Its cue is no verb: `according to`. Often a relay, too.
    Frame,
}

impl SpeechKind {
    /// What a verb conveys whose content is looked for from token `behind` on; `source` is its subject,
    /// if that stands beside it.
    pub(super) fn of_verb(
        words: &SentenceTokens<'_>,
        clause: &Clause,
        cue: Cue,
        source: Option<&SourcePhrase>,
        behind: usize,
    ) -> SpeechKind {
        let is_text = |source: &SourcePhrase| cue_clause::is_study(words, source);
        if words.any(clause.verb, listed!["reported", "reports", "report"])
            || source.is_some_and(is_text)
        {
            return SpeechKind::Relay;
        }
        // `Nothing predicts …` are no words.
        let is_told = words.has(clause.verb, tags!("ed say-verb"))
            || words.any(clause.verb, listed!["told", "tells", "wrote", "writes"]);
        let is_main = clause.form == CueVerbForm::Finite && source.is_some() && is_told;
        match cue.complement {
            _ if is_main && gives_words(words, clause.verb, behind, cue) => SpeechKind::Words,
            Complement::Aim => SpeechKind::Aim,
            _ => SpeechKind::Fact,
        }
    }
}

/// Whether a clause or a quotation follows a verb of saying, or *that* any verb.
fn gives_words(words: &SentenceTokens<'_>, verb: usize, behind: usize, cue: Cue) -> bool {
    let says = cue.complement == Complement::Anything && !words.has(verb, tags!("ask-verb"));
    let follows = || {
        cue_complement::is_clause(words, behind)
            || words.find(behind..behind + REACH, tags!("quoted")).is_some()
            || (behind..behind + REACH / 2).any(|i| words.any(i, listed!["that"]))
    };
    words.any(behind, listed!["that"]) || (says && follows())
}
