//! Words that announce whose words follow: `Jo Elm:`, `She tweeted:`, `Mayor Jo Elm…`; and the
//! signature that tells whose words a tweet was.

use super::function_words::Role;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// The longest paragraph, in tokens, that names a speaker and says nothing else.
const LONGEST: usize = 16;
/// The most sentences that one tweet is taken to have.
const LONGEST_TWEET: usize = 6;

/// Who speaks in the next paragraph, as the one before it announced.
#[derive(Debug)]
pub(super) struct Introduction {
    pub(super) speakers: Vec<String>,
    pub(super) cue: String,
    pub(super) kind: IntroductionKind,
}

/// How a speaker was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IntroductionKind {
    /// `Elm said:`; what follows is Elm's.
    Colon,
    /// `Elm tweeted:`; the tweet itself may have been lost on the page.
    Tweet,
    /// `Mayor Jo Elm…`; what follows goes on with the verb.
    Unfinished,
    /// Elm's paragraph has passed; another in the first person would be Elm's too.
    Fading,
}

impl Introduction {
    /// Whether the whole paragraph after it is the speaker's, though it is not quoted.
    pub(super) fn covers(&self, words: &[SentenceTokens<'_>], readings: &[SpeechParse]) -> bool {
        let quoted = words.first().is_none_or(|words| words.quoted(0) == Quoted::Yes);
        let reported = readings.first().is_none_or(|reading| !reading.speeches.is_empty());
        let covered = match self.kind {
            IntroductionKind::Colon => true,
            IntroductionKind::Tweet | IntroductionKind::Fading => {
                words.iter().any(is_in_first_person)
            }
            IntroductionKind::Unfinished => false,
        };
        covered && !quoted && !reported
    }

    /// What is left of it a paragraph later.
    pub(super) fn fade(&self) -> Introduction {
        Introduction {
            speakers: self.speakers.clone(),
            cue: String::new(),
            kind: IntroductionKind::Fading,
        }
    }
}

/// What a paragraph's last sentence announces, before its speaker's name is resolved.
pub(super) struct Announcement {
    pub(super) source: Option<SourcePhrase>,
    /// The token that announces.
    pub(super) verb: Option<usize>,
    pub(super) kind: IntroductionKind,
}

/// Reads the last sentence of a paragraph as an announcement.
pub(super) fn announcement(
    words: &SentenceTokens<'_>,
    reading: &SpeechParse,
) -> Option<Announcement> {
    let end = words.len().checked_sub(1)?;
    let short = words.len() <= LONGEST;
    let dots = words.text(end) == "." && end > 0 && words.text(end - 1) == ".";
    if words.text(end) == "…" || dots {
        let source =
            noun_phrase::after(words, 0).filter(|_| short && reading.speeches.is_empty())?;
        return Some(Announcement {
            source: Some(source),
            verb: None,
            kind: IntroductionKind::Unfinished,
        });
    }
    if !words.is(end, Kind::Colon) {
        return None;
    }
    let near = end.saturating_sub(8)..end;
    let verb = near.rev().find(|at| words.cue(*at).is_some() || words.any(*at, listed!["follows"]));
    let tweets = verb.is_some_and(|at| words.lower(at).starts_with("tweet"));
    let kind = if tweets { IntroductionKind::Tweet } else { IntroductionKind::Colon };
    let source =
        verb.map_or_else(|| noun_phrase::after(words, 0), |at| noun_phrase::before(words, at));
    let bare = source.as_ref().is_some_and(is_named);
    (verb.is_some() || (short && bare)).then_some(Announcement { source, verb, kind })
}

/// `Jo Elm: The dam will hold`: who stands before the colon that opens a sentence.
pub(super) fn before_colon(words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
    let colon = (1..words.len().min(7)).find(|at| words.is(*at, Kind::Colon))?;
    let label = words.plays(0, Role::Label) || words.plays(0, Role::Time);
    let named = (0..colon).all(|at| words.is_capital(at) || words.is(at, Kind::Stop)) && !label;
    let shouted = words.text(0).chars().all(|c| !c.is_lowercase()) && colon > 2;
    let follows = words.is_capital(colon + 1) || words.is(colon + 1, Kind::Mark);
    let source = noun_phrase::before(words, colon)
        .filter(|_| named && !shouted && follows && words.len() > colon + 4)?;
    is_named(&source).then_some(source)
}

fn is_named(source: &SourcePhrase) -> bool {
    matches!(source.head, NounHead::Name(_) | NounHead::Office(_))
}

/// For each sentence of a paragraph, who signed the tweet that it belongs to.
pub(super) fn signers<'a>(
    words: &[SentenceTokens<'a>],
    readings: &[SpeechParse],
) -> Vec<Option<&'a str>> {
    let mut signers = vec![None; words.len()];
    for at in 0..words.len() {
        let Some(name) = signature(&words[at]) else { continue };
        signers[at] = Some(name);
        for before in (0..at).rev().take(LONGEST_TWEET - 1) {
            if signers[before].is_some() || speaks_of(&words[before], &readings[before], name) {
                break;
            }
            signers[before] = Some(name);
        }
    }
    signers
}

/// Whether a sentence before a tweet is about its author, not by its author.
fn speaks_of(words: &SentenceTokens<'_>, reading: &SpeechParse, author: &str) -> bool {
    let surname = author.rsplit(' ').next().unwrap_or(author);
    let announces = words.is(words.len().saturating_sub(1), Kind::Colon);
    let reports = reading.speeches.iter().any(|speech| speech.trails);
    announces || reports || (0..words.len()).any(|at| words.text(at).starts_with(surname))
}

/// The name in `— Jo Elm (@joelm)`.
fn signature<'a>(words: &SentenceTokens<'a>) -> Option<&'a str> {
    let handle = (1..words.len())
        .rev()
        .take(12)
        .find(|at| words.is(at - 1, Kind::Open) && words.text(*at).starts_with('@'))?;
    let dash = (0..handle - 1).rev().take(10).find(|at| words.is(*at, Kind::Dash))?;
    Some(words.slice(&(dash + 1..handle - 1))).filter(|name| !name.is_empty())
}

fn is_in_first_person(words: &SentenceTokens<'_>) -> bool {
    let own = listed!["i", "we", "my", "our", "i've", "i’ve", "i'm", "i’m", "we're", "we’re"];
    (0..words.len()).any(|at| words.quoted(at) == Quoted::No && words.any(at, own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    fn with<T>(text: &str, read: impl FnOnce(&SentenceTokens<'_>) -> T) -> T {
        let lower = text.to_ascii_lowercase();
        read(&plain(text, &lower))
    }

    #[track_caller]
    fn check_kind(text: &str, expected: Option<IntroductionKind>) {
        let kind =
            with(text, |words| announcement(words, &SpeechParse::new(words)).map(|a| a.kind));
        assert_eq!(kind, expected, "{text}");
    }

    #[test]
    fn announcements() {
        check_kind("Senator Jo Elm:", Some(IntroductionKind::Colon));
        check_kind("On Monday she said in a statement:", Some(IntroductionKind::Colon));
        check_kind("Then Elm tweeted:", Some(IntroductionKind::Tweet));
        check_kind("Former Mayor Jo Elm…", Some(IntroductionKind::Unfinished));
        check_kind("These are the dams that broke last year in the valley:", None);
        check_kind("The dam broke.", None);
        check_kind("", None);
    }

    #[test]
    fn colons() {
        let opens = |text| with(text, |words| before_colon(words).is_some());
        assert!(opens("Valley News: Dam breaks in the night"));
        assert!(!opens("Update: Dam breaks in the night"));
        assert!(!opens("It was clear: the dam had broken"));
    }

    #[test]
    fn signatures() {
        let name = |text: &str| with(text, |words| signature(words).map(str::to_string));
        assert_eq!(name("Sad! — Jo B. Elm (@jo) July 3, 2017").as_deref(), Some("Jo B. Elm"));
        assert_eq!(name("Sad (so it is)"), None);
    }
}
