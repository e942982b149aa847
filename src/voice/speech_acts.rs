//! Which of the acts of speech of a sentence tells whose words it conveys.

use super::cue_clause;
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{SentenceTokens, listed};
use super::speech_kind::SpeechKind;

/// Maximum place of the phrase that a sentence opens with, in tokens.
const OPENING: usize = 4;

/// Maximum length of the phrase for whoever said what somebody else relays, in tokens.
const MAX_INNER: usize = 8;

impl SpeechParse {
    /// The act that frames the sentence: the one that trails it, else its main clause's, else the first.
    /// Whoever said it comes before whoever relays that: `Elm said …, the Valley News reported`.
    pub(super) fn main(&self) -> Option<&Speech> {
        let find = |fits: &dyn Fn(&Speech) -> bool| self.speeches.iter().find(|s| fits(s));
        let is_main = |speech: &Speech| speech.cue.start >= self.main_clause;
        let frame = find(&|speech| speech.kind == SpeechKind::Frame && speech.cue.start < OPENING);
        // `According to Elm, Oak agreed to …`
        let is_framed = |speech: &Speech| speech.kind == SpeechKind::Fact && frame.is_some();
        let trailing = find(&|speech| speech.trails && !is_framed(speech));
        let is_told = |one: &Speech| is_main(one) && !is_framed(one);
        let is_relay = |outer: &Speech| matches!(outer.kind, SpeechKind::Relay | SpeechKind::Frame);
        let relayed = trailing.filter(|outer| is_relay(outer)).and_then(|outer| {
            find(&|inner| {
                let opens = inner.source.as_ref().is_some_and(|source| {
                    source.range.start < OPENING && source.range.len() <= MAX_INNER
                });
                inner.kind == SpeechKind::Words && opens && inner.cue.start < outer.cue.start
            })
        });
        let first = find(&is_told).and_then(|first| first.source.as_ref());
        // `Elm, hours after Oak said so, insisted …`
        let is_leading = |one: &Speech| {
            let leading = self.leading.as_ref();
            let leads = leading.zip(first).is_some_and(|(leading, first)| {
                leading.range.start < first.range.start && one.source.as_ref() == Some(leading)
            });
            is_told(one) && leads
        };
        let told = || find(&is_leading).or_else(|| find(&is_told));
        relayed.or(trailing).or_else(told).or_else(|| self.speeches.first())
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
