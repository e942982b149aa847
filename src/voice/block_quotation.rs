//! Paragraphs without quote marks that are a source's own words: below an announcement (`She wrote:`) or, in
//! an interview, below the heading of an answer (`On the dam`).

use crate::article_parts::{ArticlePart, Sentence};

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_tracker::RuleVerdict;

/// Maximum length of the heading of an answer, in tokens.
const MAX_HEADING: usize = 20;

/// What stands above a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// `The board says of this:`, an act of speech of the sentence with this index.
    Announced(usize),
    /// `On the dam`
    Heading,
}

/// Turns the verdicts on sentences of an article that such paragraphs hold.
pub(super) fn attribute(
    verdicts: &mut [RuleVerdict],
    sentences: &[Sentence<'_>],
    words: &[SentenceTokens<'_>],
    parses: &[SpeechParse],
) {
    let mut lead: Option<Lead> = None;
    let mut speakers: Vec<String> = Vec::new();
    let mut start = 0;
    for paragraph in sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let own = start..start + paragraph.len();
        start = own.end;
        if paragraph[0].part != ArticlePart::Body {
            lead = None;
            continue;
        }
        match lead {
            Some(Lead::Announced(above)) => {
                let above = &verdicts[above];
                let above = above.alternative.as_ref().unwrap_or(&above.attribution);
                speakers.clone_from(&above.speakers);
            }
            Some(Lead::Heading) if speaks_in_first_person(&words[own.clone()]) => {}
            _ => lead = None,
        }
        for i in own.clone() {
            let verdict = &mut verdicts[i];
            if verdict.attribution.voice == Voice::Attributed {
                speakers.clone_from(&verdict.attribution.speakers);
            } else if lead.is_some() && !words[i].in_quotes(0) {
                *verdict = RuleVerdict::certain(Attribution::unquoted(speakers.clone(), ""));
            }
        }
        lead = lead_of(&words[own.clone()], &parses[own.clone()], own.end - 1);
    }
}

fn speaks_in_first_person(paragraph: &[SentenceTokens<'_>]) -> bool {
    let speaks = |words: &SentenceTokens<'_>| words.find(0..words.len(), tags!("first-person"));
    paragraph.iter().any(|words| speaks(words).is_some())
}

/// What the last sentence of a paragraph, which has the index `at`, puts above the next.
fn lead_of(paragraph: &[SentenceTokens<'_>], parses: &[SpeechParse], at: usize) -> Option<Lead> {
    let (words, parse) = (paragraph.last()?, parses.last()?);
    let last = words.len().checked_sub(1)?;
    if words.has(last, tags!("colon")) {
        // A tweet may have been lost on the page.
        let is_tweet = |i: usize| words.lower(i).starts_with("tweet");
        let announces = !parse.speeches.is_empty() && !(0..last).any(is_tweet);
        return announces.then_some(Lead::Announced(at));
    }
    let is_heading = paragraph.len() == 1
        && words.any(0, listed!["on"])
        && words.len() < MAX_HEADING
        && !words.has(last, tags!("stop quoted mark"));
    is_heading.then_some(Lead::Heading)
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::article_parts;
    use crate::voice::attribute;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        let found = attribute(&article_parts::split(&article));
        let speakers: Vec<String> = found.iter().map(|found| found.speakers.join("; ")).collect();
        assert_eq!(speakers, expected, "{text}");
    }

    #[test]
    fn announced_paragraphs_are_the_speaker_s() {
        check(
            "Engineer Jo Elm said of the dam:\n\nIt held for years. Nobody saw it leak.\n\nIt rained.",
            &["Jo Elm", "Jo Elm", "Jo Elm", ""],
        );
        check("It rained here:\n\nThe dam was full. It held.", &["", "", ""]);
    }

    #[test]
    fn answers_stand_below_their_headings() {
        let talk = "“It holds,” Jo Elm said.\n\nOn the dam\n\n";
        check(&format!("{talk}I built it. It leaks."), &["Jo Elm", "", "Jo Elm", "Jo Elm"]);
        check(&format!("{talk}It was built here. It leaks."), &["Jo Elm", "", "", ""]);
    }
}
