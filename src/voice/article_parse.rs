//! One article: its sentences, what the rules decide for each, and what the model makes of that.

use crate::article_parts::{ArticlePart, Sentence};
use crate::text::Span;

use super::attribution::{Attribution, Voice};
use super::interview_answer;
use super::name_below;
use super::paragraph::{Paragraph, paragraphs};
use super::person_names::PersonNames;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::SentenceTokens;
use super::speaker_tracker::{RuleVerdict, SpeakerTracker};
use super::voice_features::{self, AdjacentVoice, VoiceFeature};
use super::voice_model;

/// The voice of every sentence of one article, in the order given.
pub fn attribute(sentences: &[Sentence<'_>]) -> Vec<Attribution> {
    ArticleParse::new(sentences, &paragraphs(sentences)).attributions()
}

/// What the rules alone take every sentence of one article for.
pub fn by_rules(sentences: &[Sentence<'_>]) -> Vec<Voice> {
    let verdicts = ArticleParse::new(sentences, &paragraphs(sentences)).verdicts;
    verdicts.iter().map(|verdict| verdict.attribution.voice).collect()
}

/// The features of every sentence of one article, for fitting the weights in `models/voice.csv`;
/// none for those that the rules decide alone: headlines, comments, boilerplate, signed tweets,
/// announced paragraphs and those of interviews.
pub fn features(sentences: &[Sentence<'_>]) -> Vec<Vec<VoiceFeature>> {
    let paragraphs = paragraphs(sentences);
    let parse = ArticleParse::new(sentences, &paragraphs);
    let features = |i: usize| {
        let mut found = Vec::new();
        if !parse.is_decided(i) {
            parse.each_feature(i, |feature| found.push(feature));
        }
        found
    };
    (0..sentences.len()).map(features).collect()
}

/// Which parts of every sentence convey what a source said or wrote, in bytes of the sentence; all
/// of it where no part of an attributed sentence does. Nothing in comments and boilerplate.
pub fn contents(sentences: &[Sentence<'_>]) -> Vec<Vec<Span>> {
    let paragraphs = paragraphs(sentences);
    let parse = ArticleParse::new(sentences, &paragraphs);
    let voices = (0..sentences.len()).map(|i| parse.voice(i));
    let content = |(i, voice): (usize, Voice)| {
        let is_attributed = voice == Voice::Attributed;
        let (words, speech) = (&parse.words[i], &parse.speech[i]);
        if !sentences[i].part.is_counted() || (speech.speeches.is_empty() && !is_attributed) {
            return Vec::new();
        }
        let tokens: Vec<usize> =
            (0..words.len()).filter(|token| speech.is_content(*token)).collect();
        if tokens.is_empty() && is_attributed {
            return std::iter::once(0..sentences[i].text.len()).collect();
        }
        let runs = tokens.chunk_by(|one, next| one + 1 == *next);
        runs.map(|run| words.span(&(run[0]..run[run.len() - 1] + 1))).collect()
    };
    voices.enumerate().map(content).collect()
}

/// The places between quote marks in every sentence of one article, without the marks. A quotation
/// runs on from sentence to sentence within its paragraph.
pub fn quoted(sentences: &[Sentence<'_>]) -> Vec<Vec<Span>> {
    paragraphs(sentences).iter().flat_map(Paragraph::quoted).collect()
}

/// An article's sentences, one entry each.
struct ArticleParse<'p> {
    sentences: &'p [Sentence<'p>],
    words: Vec<SentenceTokens<'p>>,
    speech: Vec<SpeechParse>,
    verdicts: Vec<RuleVerdict>,
}

impl<'p> ArticleParse<'p> {
    /// Applies the rules to the sentences of one article and to its paragraphs.
    fn new(sentences: &'p [Sentence<'p>], paragraphs: &'p [Paragraph]) -> Self {
        let words: Vec<_> = paragraphs.iter().flat_map(Paragraph::tokens).collect();
        let speech: Vec<_> = words.iter().map(SpeechParse::new).collect();
        let mut names = PersonNames::default();
        for paragraph in paragraphs.iter().filter(|one| one.part == ArticlePart::Body) {
            words[paragraph.sentences.clone()].iter().for_each(|words| names.add(words));
        }
        for paragraph in paragraphs.iter().filter(|one| one.part != ArticlePart::Body) {
            words[paragraph.sentences.clone()].iter().for_each(|words| names.add_beside(words));
        }
        let mut tracker = SpeakerTracker::new(names);
        let (mut verdicts, mut above) = (Vec::with_capacity(sentences.len()), 0..0);
        for paragraph in paragraphs {
            let range = paragraph.sentences.clone();
            if paragraph.part.is_counted() {
                let own = (&words[range.clone()], &speech[range.clone()]);
                verdicts.extend(tracker.verdicts(paragraph, own.0, own.1));
                name_below::fill(
                    &mut verdicts[above.clone()],
                    &speech[above.clone()],
                    &words[above],
                    (&own.0[0], &own.1[0]),
                    &tracker.names,
                );
                above = range;
            } else {
                verdicts.extend(range.map(|_| RuleVerdict::certain(Attribution::outlet())));
            }
        }
        interview_answer::attribute(&mut verdicts, sentences, &words);
        ArticleParse { sentences, words, speech, verdicts }
    }

    /// The voice of every sentence, with its speakers.
    fn attributions(self) -> Vec<Attribution> {
        let voices: Vec<Voice> = (0..self.verdicts.len()).map(|i| self.voice(i)).collect();
        let attribution = |(verdict, voice): (RuleVerdict, Voice)| match voice {
            Voice::Outlet => Attribution::outlet(),
            // What the rules leave to the outlet stays there where nobody else could be speaking.
            Voice::Attributed => verdict.alternative.unwrap_or(verdict.attribution),
        };
        self.verdicts.into_iter().zip(voices).map(attribution).collect()
    }

    /// The attribution of a sentence.
    fn voice(&self, i: usize) -> Voice {
        if self.is_decided(i) {
            return self.verdicts[i].attribution.voice;
        }
        let mut score = 0.0;
        self.each_feature(i, |feature| score += voice_model::weight(feature));
        if score > 0.0 { Voice::Attributed } else { Voice::Outlet }
    }

    /// Whether the rules decide alone: headlines have too few features, and what the page itself
    /// tells needs no model.
    fn is_decided(&self, i: usize) -> bool {
        self.sentences[i].part != ArticlePart::Body || self.verdicts[i].is_certain
    }

    /// Every feature of a sentence, as often as it occurs.
    fn each_feature(&self, i: usize, mut add: impl FnMut(VoiceFeature)) {
        voice_features::each(&self.words[i], &self.speech[i], &mut add);
        if self.verdicts[i].attribution.voice == Voice::Attributed {
            add(VoiceFeature::attributed());
        }
        let before =
            i.checked_sub(1).map_or(AdjacentVoice::None, |before| self.neighbour(i, before));
        add(VoiceFeature::beside(before, self.neighbour(i, i + 1)));
    }

    /// What the rules take a sentence beside another for.
    fn neighbour(&self, i: usize, other: usize) -> AdjacentVoice {
        let Some(verdict) = self.verdicts.get(other) else { return AdjacentVoice::None };
        let is_apart = self.sentences[other].paragraph != self.sentences[i].paragraph;
        match verdict.attribution.voice {
            _ if self.sentences[other].part != ArticlePart::Body => AdjacentVoice::None,
            Voice::Outlet if is_apart => AdjacentVoice::OutletApart,
            Voice::Outlet => AdjacentVoice::Outlet,
            Voice::Attributed if is_apart => AdjacentVoice::AttributedApart,
            Voice::Attributed => AdjacentVoice::Attributed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;

    #[test]
    fn quotations_run_from_sentence_to_sentence() {
        let within = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let sentences = article_parts::split(&article);
            let text = |(at, spans): (usize, Vec<Span>)| -> Vec<String> {
                spans.into_iter().map(|span| sentences[at].text[span].to_string()).collect()
            };
            quoted(&sentences).into_iter().enumerate().flat_map(text).collect::<Vec<_>>()
        };
        assert_eq!(
            within("Elm said the dam “held for years. It will hold. It must,” and “all know it”."),
            ["held for years.", "It will hold.", "It must,", "all know it"]
        );
        assert_eq!(
            within("‘It held,’ she said.\n\n“It did. Yes.\n\n“It will.”"),
            ["It held,", "It did.", "Yes.", "It will."]
        );
    }

    #[test]
    fn words_without_marks_can_be_a_source_s_own() {
        let unquoted = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let found = attribute(&article_parts::split(&article));
            found.iter().map(|found| found.is_unquoted).collect::<Vec<_>>()
        };
        assert_eq!(unquoted("Sad day! We go on. — Jo B. Elm (@joelm) July 9, 2017"), [true, true]);
        assert_eq!(unquoted("Senator Jo Elm:\n\nThe dam will hold."), [false, true]);
        assert_eq!(unquoted("Jo Elm said the dam was safe. “It holds.”"), [false, false]);
        assert_eq!(unquoted("Valley News: Old dam breaks in the night"), [false]);
    }

    #[test]
    fn what_somebody_wrote_is_their_word_and_a_spokesman_is_himself() {
        let speaker = |said: &str| {
            let text = format!(
                "Governor Joan Elm came back late. {said} that the dam would hold for years."
            );
            let article = Article { text, ..Article::default() };
            attribute(&article_parts::split(&article)).remove(1).speakers
        };
        assert_eq!(speaker("Elm's own first transcript of the talks in town said"), ["Joan Elm"]);
        assert_eq!(speaker("Elm’s statement said"), ["Joan Elm"]);
        assert_eq!(speaker("Elm herself said"), ["Joan Elm"]);
        assert_eq!(speaker("Monday's report said"), ["Monday's report"]);
        assert_eq!(speaker("Elm's spokesman said"), ["Elm's spokesman"]);
    }
}
