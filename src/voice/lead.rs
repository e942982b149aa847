//! Words that announce whose words follow: `Jo Elm:`, `She tweeted:`, `Mayor Jo Elm…`; and the
//! signature that tells whose words a tweet was.

use super::head::Head;
use super::lexicon::Role;
use super::noun::{self, Source};
use super::speech::Reading;
use super::words::{Kind, Quoted, Words, listed};

/// The longest paragraph, in tokens, that names a speaker and says nothing else.
const LONGEST: usize = 16;
/// The most sentences that one tweet is taken to have.
const LONGEST_TWEET: usize = 6;

/// Who speaks in the next paragraph, as the one before it announced.
#[derive(Debug)]
pub(super) struct Lead {
    pub(super) speakers: Vec<String>,
    pub(super) cue: String,
    pub(super) kind: LeadKind,
}

/// How a speaker was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeadKind {
    /// `Elm said:`; what follows is Elm's.
    Colon,
    /// `Elm tweeted:`; the tweet itself may have been lost on the page.
    Tweet,
    /// `Mayor Jo Elm…`; what follows goes on with the verb.
    Unfinished,
    /// Elm's paragraph has passed; another in the first person would be Elm's too.
    Fading,
}

impl Lead {
    /// Whether the whole paragraph after it is the speaker's, though it is not quoted.
    pub(super) fn covers(&self, words: &[Words<'_>], readings: &[Reading]) -> bool {
        let quoted = words.first().is_none_or(|words| words.quoted(0) == Quoted::Yes);
        let reported = readings.first().is_none_or(|reading| !reading.speeches.is_empty());
        let covered = match self.kind {
            LeadKind::Colon => true,
            LeadKind::Tweet | LeadKind::Fading => words.iter().any(is_in_first_person),
            LeadKind::Unfinished => false,
        };
        covered && !quoted && !reported
    }

    /// What is left of it a paragraph later.
    pub(super) fn fade(&self) -> Lead {
        Lead { speakers: self.speakers.clone(), cue: String::new(), kind: LeadKind::Fading }
    }
}

/// What a paragraph's last sentence announces, before its speaker's name is resolved.
pub(super) struct Announcement {
    pub(super) source: Option<Source>,
    /// The token that announces.
    pub(super) verb: Option<usize>,
    pub(super) kind: LeadKind,
}

/// Reads the last sentence of a paragraph as an announcement.
pub(super) fn announcement(words: &Words<'_>, reading: &Reading) -> Option<Announcement> {
    let end = words.len().checked_sub(1)?;
    let short = words.len() <= LONGEST;
    let dots = words.text(end) == "." && end > 0 && words.text(end - 1) == ".";
    if words.text(end) == "…" || dots {
        let source = noun::after(words, 0).filter(|_| short && reading.speeches.is_empty())?;
        return Some(Announcement { source: Some(source), verb: None, kind: LeadKind::Unfinished });
    }
    if !words.is(end, Kind::Colon) {
        return None;
    }
    let near = end.saturating_sub(8)..end;
    let verb = near.rev().find(|at| words.cue(*at).is_some() || words.any(*at, listed!["follows"]));
    let tweets = verb.is_some_and(|at| words.lower(at).starts_with("tweet"));
    let kind = if tweets { LeadKind::Tweet } else { LeadKind::Colon };
    let source = verb.map_or_else(|| noun::after(words, 0), |at| noun::before(words, at));
    let bare = source.as_ref().is_some_and(is_named);
    (verb.is_some() || (short && bare)).then_some(Announcement { source, verb, kind })
}

/// `Jo Elm: The dam will hold`: who stands before the colon that opens a sentence.
pub(super) fn before_colon(words: &Words<'_>) -> Option<Source> {
    let colon = (1..words.len().min(7)).find(|at| words.is(*at, Kind::Colon))?;
    let label = words.plays(0, Role::Label) || words.plays(0, Role::Time);
    let named = (0..colon).all(|at| words.is_capital(at) || words.is(at, Kind::Stop)) && !label;
    let shouted = words.text(0).chars().all(|c| !c.is_lowercase()) && colon > 2;
    let follows = words.is_capital(colon + 1) || words.is(colon + 1, Kind::Mark);
    let source = noun::before(words, colon)
        .filter(|_| named && !shouted && follows && words.len() > colon + 4)?;
    is_named(&source).then_some(source)
}

fn is_named(source: &Source) -> bool {
    matches!(source.head, Head::Name(_) | Head::Office(_))
}

/// For each sentence of a paragraph, who signed the tweet that it belongs to.
pub(super) fn signers<'a>(words: &[Words<'a>], readings: &[Reading]) -> Vec<Option<&'a str>> {
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
fn speaks_of(words: &Words<'_>, reading: &Reading, author: &str) -> bool {
    let surname = author.rsplit(' ').next().unwrap_or(author);
    let announces = words.is(words.len().saturating_sub(1), Kind::Colon);
    let reports = reading.speeches.iter().any(|speech| speech.trails);
    announces || reports || (0..words.len()).any(|at| words.text(at).starts_with(surname))
}

/// The name in `— Jo Elm (@joelm)`.
fn signature<'a>(words: &Words<'a>) -> Option<&'a str> {
    let handle = (1..words.len())
        .rev()
        .take(12)
        .find(|at| words.is(at - 1, Kind::Open) && words.text(*at).starts_with('@'))?;
    let dash = (0..handle - 1).rev().take(10).find(|at| words.is(*at, Kind::Dash))?;
    Some(words.slice(&(dash + 1..handle - 1))).filter(|name| !name.is_empty())
}

fn is_in_first_person(words: &Words<'_>) -> bool {
    let own = listed!["i", "we", "my", "our", "i've", "i’ve", "i'm", "i’m", "we're", "we’re"];
    (0..words.len()).any(|at| words.quoted(at) == Quoted::No && words.any(at, own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::words::plain;

    fn with<T>(text: &str, read: impl FnOnce(&Words<'_>) -> T) -> T {
        let lower = text.to_ascii_lowercase();
        read(&plain(text, &lower))
    }

    #[track_caller]
    fn check_kind(text: &str, expected: Option<LeadKind>) {
        let kind = with(text, |words| announcement(words, &Reading::new(words)).map(|a| a.kind));
        assert_eq!(kind, expected, "{text}");
    }

    #[test]
    fn announcements() {
        check_kind("Senator Jo Elm:", Some(LeadKind::Colon));
        check_kind("On Monday she said in a statement:", Some(LeadKind::Colon));
        check_kind("Then Elm tweeted:", Some(LeadKind::Tweet));
        check_kind("Former Mayor Jo Elm…", Some(LeadKind::Unfinished));
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
