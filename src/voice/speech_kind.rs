//! What an act of speech conveys: words or facts.

use super::cue_clause::{self, Clause, CueVerbForm};
use super::cue_complement;
use super::lexicon::{Complement, Cue, tags};
use super::noun_phrase::SourcePhrase;
use super::sentence_tokens::{REACH, SentenceTokens, listed};

/// What an act of speech conveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpeechKind {
    /// A fact, an aim or words by the way: `Elm found that …`, `Elm agreed to …`, `…, saying so`.
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
        let is_words = is_main && gives_words(words, behind, cue);
        if is_words { SpeechKind::Words } else { SpeechKind::Fact }
    }
}

/// Whether a verb of saying has a clause or a quotation behind it.
fn gives_words(words: &SentenceTokens<'_>, behind: usize, cue: Cue) -> bool {
    let is_quoting = || words.find(behind..behind + REACH, tags!("quoted")).is_some();
    let names_clause = || (behind..behind + REACH / 2).any(|i| words.any(i, listed!["that"]));
    cue.complement == Complement::Anything
        && (cue_complement::is_clause(words, behind) || is_quoting() || names_clause())
}
