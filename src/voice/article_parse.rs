//! One article under reading: its paragraphs, what the rules make of them, and what stands beside
//! each sentence.

use crate::article_parts::{ArticlePart, Sentence};
use crate::text::Span;

use super::paragraph::Paragraph;
use super::person_names::PersonNames;
use super::quotations;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::SentenceTokens;
use super::speaker_tracker::{RuleVerdict, SpeakerTracker};
use super::voice_features::Neighbour;
use super::{Attribution, Voice};

/// An article's sentences, joined into paragraphs.
pub(super) struct ArticleParse<'s, 't> {
    groups: Vec<&'s [Sentence<'t>]>,
    paragraphs: Vec<Paragraph>,
}

impl<'s, 't> ArticleParse<'s, 't> {
    pub(super) fn new(sentences: &'s [Sentence<'t>]) -> Self {
        let groups: Vec<_> =
            sentences.chunk_by(|one, next| one.paragraph == next.paragraph).collect();
        let opens_quoted = |group: &&[Sentence<'_>]| {
            group.first().is_some_and(|s| quotations::opens_with_mark(s.text))
        };
        let paragraphs = (0..groups.len())
            .map(|at| Paragraph::new(groups[at], groups.get(at + 1).is_some_and(opens_quoted)))
            .collect();
        ArticleParse { groups, paragraphs }
    }

    /// Every sentence as words, by paragraph.
    pub(super) fn words(&self) -> Vec<Vec<SentenceTokens<'_>>> {
        self.paragraphs.iter().map(Paragraph::words).collect()
    }

    /// What stands between quote marks in every sentence.
    pub(super) fn quoted(&self) -> Vec<Vec<Span>> {
        self.paragraphs.iter().flat_map(Paragraph::quoted).collect()
    }

    /// What the rules make of every sentence.
    pub(super) fn tell(
        &self,
        words: &[Vec<SentenceTokens<'_>>],
        readings: &[Vec<SpeechParse>],
    ) -> Vec<RuleVerdict> {
        let mut names = PersonNames::default();
        for (group, words) in self.groups.iter().zip(words) {
            if group[0].part == ArticlePart::Body {
                words.iter().for_each(|words| names.note(words));
            }
        }
        let mut teller = SpeakerTracker::new(names);
        let mut found = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            if group[0].part.is_counted() {
                found.extend(teller.tell(&self.paragraphs[at], &words[at], &readings[at]));
            } else {
                let outlet =
                    || RuleVerdict { by_rules: Attribution::outlet(), instead: None, sure: true };
                found.extend(group.iter().map(|_| outlet()));
            }
        }
        found
    }
}

/// Every sentence read for what it reports.
pub(super) fn readings(words: &[Vec<SentenceTokens<'_>>]) -> Vec<Vec<SpeechParse>> {
    words.iter().map(|words| words.iter().map(SpeechParse::new).collect()).collect()
}

/// Headlines have too few signs, and what the page itself tells needs no judging.
pub(super) fn is_judged(sentence: &Sentence<'_>, told: &RuleVerdict) -> bool {
    sentence.part == ArticlePart::Body && !told.sure
}

/// What the rules take the sentences before and behind one for.
pub(super) fn neighbours(
    sentences: &[Sentence<'_>],
    told: &[RuleVerdict],
    at: usize,
) -> (Neighbour, Neighbour) {
    let seen = |other: Option<usize>| {
        let Some(other) = other.filter(|other| *other < told.len()) else { return Neighbour::None };
        let apart = sentences[other].paragraph != sentences[at].paragraph;
        match told[other].by_rules.voice {
            _ if sentences[other].part != ArticlePart::Body => Neighbour::None,
            Voice::Outlet if apart => Neighbour::OutletApart,
            Voice::Outlet => Neighbour::Outlet,
            Voice::Attributed if apart => Neighbour::AttributedApart,
            Voice::Attributed => Neighbour::Attributed,
        }
    };
    (seen(at.checked_sub(1)), seen(Some(at + 1)))
}

/// What a sentence reports as said, in bytes of the sentence.
pub(super) fn content(words: &SentenceTokens<'_>, reading: &SpeechParse) -> Vec<Span> {
    let tokens: Vec<usize> = (0..words.len()).filter(|at| reading.is_content(*at)).collect();
    let runs = tokens.chunk_by(|one, next| one + 1 == *next);
    runs.map(|run| words.place(&(run[0]..run[run.len() - 1] + 1))).collect()
}

/// The places between quote marks in every sentence of one article, without the marks. A quotation
/// runs on from sentence to sentence within its paragraph.
pub fn quoted(sentences: &[Sentence<'_>]) -> Vec<Vec<Span>> {
    ArticleParse::new(sentences).quoted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;
    use crate::voice::attribute;

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
        assert_eq!(within("Elm promised \"a dam' by May.\n\n\""), ["a dam"]);
    }

    #[test]
    fn words_without_marks_can_be_a_source_s_own() {
        let bare = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let told = attribute(&article_parts::split(&article));
            told.iter().map(|told| told.is_bare).collect::<Vec<_>>()
        };
        assert_eq!(bare("Sad day! We go on. — Jo B. Elm (@joelm) July 9, 2017"), [true, true]);
        assert_eq!(bare("Senator Jo Elm:\n\nThe dam will hold."), [false, true]);
        assert_eq!(bare("Jo Elm said the dam was safe. “It holds.”"), [false, false]);
        assert_eq!(bare("Valley News: Old dam breaks in the night"), [false]);
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
