//! Which of the acts of speech of a sentence tells whose words it conveys.

use super::cue_clause;
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{SentenceTokens, listed};

impl SpeechParse {
    /// The act that frames the sentence: the one that trails it, else the first.
    pub(super) fn main(&self) -> Option<&Speech> {
        let find = |fits: &dyn Fn(&Speech) -> bool| self.speeches.iter().find(|s| fits(s));
        find(&|speech| speech.trails)
            .or_else(|| find(&|speech| !speech.is_weak && speech.cue.start >= self.main_clause))
            .or_else(|| find(&|speech| !speech.is_weak))
            .or_else(|| self.speeches.first())
    }

    /// Other acts that the sentence sets beside its main one: `Elm said …, while Oak said …`.
    pub(super) fn coordinate<'s>(
        &'s self,
        words: &'s SentenceTokens<'_>,
        main: &'s Speech,
    ) -> impl Iterator<Item = &'s SourcePhrase> {
        let others = self.speeches.iter().filter(|speech| speech.cue != main.cue);
        others.filter_map(|speech| speech.source.as_ref()).filter(|source| {
            source.head.is_name() && cue_clause::is_coordinate(words, source.range.start)
        })
    }

    /// `One person thought … – Jo Elm, who called …`: the name that a mere somebody gets later on.
    pub(super) fn named_later(
        &self,
        words: &SentenceTokens<'_>,
        source: &SourcePhrase,
    ) -> Option<&SourcePhrase> {
        let NounHead::Group(group) = &source.head else { return None };
        let is_somebody =
            group.len() == 1 && words.any(group.start, listed!["person", "man", "woman", "one"]);
        let mut sources = self.speeches.iter().filter_map(|speech| speech.source.as_ref());
        sources.find(|source| is_somebody && source.head.is_name())
    }
}
