//! Words that announce whose words follow: `Jo Elm:`, `She tweeted:`, `Mayor Jo Elm…`.

use crate::text::Span;
use crate::text::word_key::WordKey;

use super::cue_clause::Clause;
use super::lexicon::{self, tags};
use super::name_parts::plain;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};

/// Maximum length of a paragraph that names a speaker and says nothing else, in tokens.
const MAX_TOKENS: usize = 16;
/// Maximum length of the name of a speaker before a colon, with what it says of them, in tokens.
const MAX_LABEL: usize = 12;
/// What a passage that a line announces may be called.
const PASSAGES: &[WordKey] =
    listed!["excerpt", "extract", "passage", "entry", "letter", "statement", "speech", "diary"];
/// Roles that label speakers: `THE WITNESS:`.
const ROLES: &[WordKey] = listed![
    "witness",
    "court",
    "defendant",
    "clerk",
    "judge",
    "president",
    "chairman",
    "coroner",
    "minister",
    "speaker"
];

/// Who speaks in the next paragraph, as the one before it announced.
#[derive(Debug, Clone)]
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
    /// `Jo Elm (@joelm)` above a tweet, which is Elm's.
    Author,
    /// A sentence about somebody that ends with a colon; a quotation that follows is theirs.
    Lead,
    /// `Mayor Jo Elm…`; what follows goes on with the verb.
    Unfinished,
    /// Elm's paragraph has passed; another in the first person would be Elm's too.
    Past,
}

impl Introduction {
    /// Whether the whole paragraph after it is the speaker's, though it is not quoted.
    pub(super) fn covers(&self, words: &[SentenceTokens<'_>], parses: &[SpeechParse]) -> bool {
        let quoted = words.first().is_none_or(|words| words.has(0, tags!("quoted")));
        let reported = parses.first().is_none_or(|parse| !parse.speeches.is_empty());
        let fits = match self.kind {
            IntroductionKind::Colon | IntroductionKind::Author => true,
            IntroductionKind::Tweet | IntroductionKind::Past => {
                words.iter().any(is_in_first_person)
            }
            IntroductionKind::Unfinished | IntroductionKind::Lead => false,
        };
        let is_labelled = || words.first().is_some_and(|words| before_colon(words).is_some());
        fits && !quoted && !reported && !is_labelled()
    }

    /// What it is worth a paragraph later.
    pub(super) fn past(self) -> Introduction {
        Introduction { cue: String::new(), kind: IntroductionKind::Past, ..self }
    }
}

/// What a paragraph's last sentence announces, before its speaker's name is resolved.
pub(super) struct Announcement {
    pub(super) source: Option<SourcePhrase>,
    /// The token that announces.
    pub(super) verb: Option<usize>,
    pub(super) kind: IntroductionKind,
}

/// What the last sentence of a paragraph announces; none where it announces nobody.
pub(super) fn announcement(
    words: &SentenceTokens<'_>,
    parse: &SpeechParse,
) -> Option<Announcement> {
    let end = words.len().checked_sub(1)?;
    let is_short = words.len() <= MAX_TOKENS;
    let dots = words.text(end) == "." && words.text(end.wrapping_sub(1)) == ".";
    if words.text(end) == "…" || dots {
        let source = noun_phrase::after(words, 0);
        let source = source.filter(|_| is_short && parse.speeches.is_empty())?;
        let kind = IntroductionKind::Unfinished;
        return Some(Announcement { source: Some(source), verb: None, kind });
    }
    if is_short && is_author_line(words) {
        let source = noun_phrase::after(words, 0).filter(is_named)?;
        let kind = IntroductionKind::Author;
        return Some(Announcement { source: Some(source), verb: None, kind });
    }
    if !words.has(end, tags!("colon")) || is_heading(words, end) {
        return None;
    }
    if let Some(source) = author_of_what_follows(words, end).filter(|_| is_short) {
        let kind = IntroductionKind::Colon;
        return Some(Announcement { source: Some(source), verb: None, kind });
    }
    if let Some(via) = words.rfind(end.saturating_sub(8)..end, tags!("open"))
        && words.any(via + 1, listed!["via"])
    {
        let source = noun_phrase::within(words, via + 2..end.saturating_sub(1));
        return Some(Announcement { source, verb: None, kind: IntroductionKind::Colon });
    }
    let mut near = (end.saturating_sub(8)..end).rev();
    let is_verb = |i: &usize| {
        let is_cue = || words.cue(*i).is_some() && !Clause::new(words, *i).is_noun(words);
        is_cue() || words.any(*i, listed!["follows"])
    };
    let Some(verb) = near.find(is_verb) else {
        // `She released a statement on the dam:`
        let work = words.rfind(end.saturating_sub(8)..end, tags!("written-work"));
        let issuer = parse
            .leading
            .clone()
            .filter(|leading| is_named(leading) || leading.head.is_name_or_pronoun());
        // `An extract from her letter:`, `The board's statement in full:`
        let is_passage = is_short
            && (0..end).any(|i| words.any(i, PASSAGES))
            && words.find(0..end, tags!("relative clause-opener")).is_none();
        if is_passage || (work.is_some() && issuer.is_some()) {
            // `From the residents' letter to Oak:`
            let is_from = words.any(0, listed!["from"]);
            let source = issuer.filter(|_| !is_from).or_else(|| owner(words, end));
            let kind = IntroductionKind::Colon;
            return Some(Announcement { source, verb: None, kind });
        }
        let source = noun_phrase::after(words, 0).filter(|source| is_short && is_named(source));
        let kind = if source.is_some() { IntroductionKind::Colon } else { IntroductionKind::Lead };
        let source = source.or_else(|| parse.leading.clone());
        return Some(Announcement { source, verb: None, kind });
    };
    let is_tweet = words.lower(verb).starts_with("tweet");
    let kind = if is_tweet { IntroductionKind::Tweet } else { IntroductionKind::Colon };
    Some(Announcement { source: noun_phrase::before(words, verb), verb: Some(verb), kind })
}

/// `the residents' | letter`, `the board's | statement`: whose passage a line announces.
fn owner(words: &SentenceTokens<'_>, end: usize) -> Option<SourcePhrase> {
    let is_owner = |i: &usize| {
        let word = words.lower(*i);
        // Not *here's*.
        (is_possessive(word) || word.ends_with(['\'', '’']))
            && !lexicon::find(plain(word)).has(tags!("label pronoun clause-subject determiner"))
    };
    let last = (0..end).find(is_owner)?;
    let start = words.run_back(0..last + 1, tags!("word")).start;
    noun_phrase::within(words, start..last + 1)
}

/// `DAM AND VALLEY:`: words in capitals of which one is usually small.
fn is_heading(words: &SentenceTokens<'_>, colon: usize) -> bool {
    let is_shouted = |i: usize| !words.text(i).contains(char::is_lowercase);
    !words.has(0, tags!("title"))
        && (0..colon).all(is_shouted)
        && (0..colon).any(|i| words.is_usually_small(i))
}

/// The author in `Here is the full statement from Jo Elm:`, given the place of the colon.
fn author_of_what_follows(words: &SentenceTokens<'_>, colon: usize) -> Option<SourcePhrase> {
    let is_text =
        |i: usize| words.has(i, tags!("written-work")) || words.any(i, listed!["response"]);
    // `Here is Elm's latest statement:`
    let owner = || (colon.saturating_sub(5)..colon).rev().find(|i| is_possessive(words.lower(*i)));
    if is_text(colon.wrapping_sub(1))
        && let Some(owner) = owner()
    {
        let is_role = lexicon::find(plain(words.lower(owner))).has(tags!("title"));
        return noun_phrase::within(words, owner..owner + 1).filter(is_named).filter(|_| !is_role);
    }
    // `the notice issued | by`
    let is_made = |i: usize| words.has_small(i, tags!("ed")) && is_text(i.wrapping_sub(1));
    let is_origin =
        |i: &usize| words.any(*i, listed!["from", "by"]) && (is_text(i - 1) || is_made(i - 1));
    // `From a letter sent by the residents:`
    if words.any(0, listed!["from"])
        && words.find(0..colon, tags!("written-work")).is_some()
        && let Some(by) = (1..colon).rev().find(|i| words.any(*i, listed!["by"]))
    {
        return noun_phrase::after(words, by + 1);
    }
    let origin = (colon.saturating_sub(8).max(1)..colon).rev().find(is_origin)?;
    let source = noun_phrase::after(words, origin + 1);
    source.filter(|source| is_named(source) && source.range.end == colon)
}

/// `Jo Elm (@joelm)` and nothing else: how a tweet begins in a live report.
fn is_author_line(words: &SentenceTokens<'_>) -> bool {
    let is_handle = |i: usize| words.has(i - 1, tags!("open")) && words.text(i).starts_with('@');
    let handle = (1..words.len()).find(|i| is_handle(*i));
    handle.is_some_and(|handle| {
        let is_name = (0..handle - 1).all(|i| words.text(i).starts_with(char::is_uppercase));
        let rest: String = (handle..words.len()).map(|i| words.text(i)).collect();
        let close = rest.trim_start_matches('@').find(')');
        is_name && handle > 1 && close.is_some_and(|close| close + 2 == rest.len())
    })
}

/// `Jo Elm: The dam will hold`, `19:04 ELM: Hold on.`: who stands before the colon that opens a sentence.
pub(super) fn before_colon(words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
    let is_time = |i: &usize| words.is_number(*i) || words.has(*i, tags!("colon open close"));
    let first = (0..words.len()).take(MAX_LABEL).take_while(is_time).count();
    let is_timed = words.find(0..first, tags!("colon")).is_some();
    // `[Valley News: “…”]`
    let first = if is_timed || (first == 1 && words.text(0) == "[") { first } else { 0 };
    let colon = words.find(first + 1..first + MAX_LABEL, tags!("colon"))?;
    let colon = before_aside(words, first..colon)?;
    let label = first..colon;
    let is_label =
        words.has(first, tags!("label time determiner")) || matches!(words.text(first), "Q" | "A");
    let is_headline = !words.has(words.len() - 1, tags!("stop mark"));
    let is_shouted = !words.slice(&label).contains(char::is_lowercase);
    // `UNIDENTIFIED MAN:`, `THE WITNESS:`
    let is_role = label.len() == 2
        && words.any(first, listed!["the"])
        && words.any(colon - 1, ROLES)
        && !is_headline;
    if is_shouted && (is_role || words.any(first, listed!["unidentified"])) {
        let role = first + usize::from(is_role)..colon;
        return Some(SourcePhrase { range: label, head: NounHead::Group(role) });
    }
    if !is_headline && is_letter(words, colon) {
        return noun_phrase::before(words, colon - 1).filter(is_named);
    }
    // `Stuff: Old dam breaks`: above a headline even a word that is usually small is an outlet's name.
    let is_part = |i: usize| match words.is_usually_small(i) {
        true => is_headline && words.text(i).starts_with(char::is_uppercase),
        false => words.has(i, tags!("capital stop")),
    };
    let is_name = !is_label && label.clone().all(is_part);
    let opens_shouted = !words.text(first).contains(char::is_lowercase);
    // `DAM LATEST NEWS:`, `Valley Dam Hearing:`
    let is_heading = (label.len() > 2 && opens_shouted && !words.has(first, tags!("title")))
        || (label.len() > 1
            && words.is_usually_small(colon - 1)
            && !words.has(colon - 1, tags!("institution")));
    let content = words.find(colon..first + MAX_LABEL, tags!("colon"))? + 1;
    let next = words.text(content);
    let opens = next.starts_with(char::is_uppercase) || words.has(content, tags!("mark open"));
    // `JO ELM: Thank you.`
    let least = if opens_shouted && !is_headline { 1 } else { 3 };
    let goes_on = opens && words.len() > content + least;
    if !is_name || !goes_on || is_heading {
        return None;
    }
    if label.clone().any(|i| !words.has(i, tags!("capital stop"))) {
        return Some(SourcePhrase { range: label.clone(), head: NounHead::Name(label) });
    }
    noun_phrase::before(words, colon).filter(is_named)
}

/// `JO ELM, MAYOR:`, `Elm (Ohio):`: where the name before a colon ends; none for a host, who speaks for the
/// outlet.
fn before_aside(words: &SentenceTokens<'_>, label: Span) -> Option<usize> {
    let (first, colon) = (label.start, label.end);
    let host = listed!["host", "anchor", "presenter", "interviewer", "byline", "correspondent"];
    if label.clone().any(|i| words.any(i, host)) {
        return None;
    }
    let is_shouted = |i: usize| !words.text(i).contains(char::is_lowercase);
    let aside = match words.has_before(colon, tags!("close")) {
        // Not *Elm (on camera)*.
        true => {
            words.rfind(label, tags!("open")).filter(|open| words.has(open + 1, tags!("capital")))
        }
        false => {
            words.find(label.clone(), tags!("comma")).filter(|_| label.clone().all(is_shouted))
        }
    };
    Some(aside.filter(|aside| *aside > first).unwrap_or(colon))
}

/// `Reader Jo Elm emails: …`, in a live report. Above an article, `Elm emails: …` names a subject.
fn is_letter(words: &SentenceTokens<'_>, colon: usize) -> bool {
    let is_sent = words.text(colon - 1) == "emails";
    is_sent && colon > 2 && (0..colon - 1).all(|i| words.has(i, tags!("capital stop")))
}

fn is_named(source: &SourcePhrase) -> bool {
    matches!(source.head, NounHead::Name(_) | NounHead::Office(_))
}

/// Whether a sentence speaks in the first person outside quotations.
pub(super) fn is_in_first_person(words: &SentenceTokens<'_>) -> bool {
    (0..words.len()).any(|i| words.has(i, tags!("first-person")) && !words.in_quotes(i))
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
        check_kind("Here is the full statement from Jo Elm:", Some(IntroductionKind::Colon));
        check_kind(
            "Here is the statement from the dam that broke last year:",
            Some(IntroductionKind::Lead),
        );
        check_kind("An extract from her letter:", Some(IntroductionKind::Colon));
        check_kind("Then Elm tweeted:", Some(IntroductionKind::Tweet));
        check_kind("Joan B. Elm (@joelm)", Some(IntroductionKind::Author));
        check_kind("Joan Elm (@joelm) said so", None);
        check_kind("Former Mayor Jo Elm…", Some(IntroductionKind::Unfinished));
        check_kind(
            "These are the dams that broke last year in the valley:",
            Some(IntroductionKind::Lead),
        );
        check_kind("RUBBER BOOTS:", None);
        check_kind("JO ELM:", Some(IntroductionKind::Colon));
        check_kind("The dam broke.", None);
        check_kind(":", Some(IntroductionKind::Lead));
        check_kind("", None);
    }

    #[test]
    fn colons() {
        let opens = |text| with(text, |words| before_colon(words).is_some());
        assert!(opens("Valley News: Dam breaks in the night"));
        assert!(!opens("Update: Dam breaks in the night"));
        assert!(!opens("It was clear: the dam had broken"));
        assert!(opens("Reader Jo B. Elm emails: I think the dam will hold."));
        assert!(!opens("Jo Elm emails: Council asks what she knew of the dam"));
        assert!(!opens("Elm sorted the emails: The dam had been safe."));
    }
}
