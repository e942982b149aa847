//! Words that tell whose content a sentence is without a verb of saying: `according to Elm`, `in Elm's
//! words`, `as Elm put it`.

use std::sync::LazyLock;

use crate::text::Span;
use crate::text::word_key::WordKey;

use super::lexicon::tags;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::sentence_tokens::{FAR, SentenceTokens, is_possessive, listed};

/// One frame a line: `_` is the source, `@` one with a name, `_'s` one with a possessive ending, or
/// *his* and the like. `/` stands between the words of one place, `?` behind words that may be missing, `:`
/// for a colon or an opening mark, `"` for a quotation further on, `,` for a comma or stop, `^` for the start of the sentence.
const FRAMES: &str = r#"according to _
per @ ,
as reported/noted/stated by _
in the words/view/opinion/eyes/judgment/telling/phrase/estimation of _
in _'s own? words/view/opinion/phrase/telling/eyes/estimation/judgment/reckoning/account/mind/version
by _'s own? account/reckoning/telling/admission/estimate/lights
from _'s point/perspective/standpoint of? view?
as _ put/puts/tells/told/sees/saw it
as _ would/has/had have? it
as far as _ is/was concerned
to quote/paraphrase @
^ for/to @ , "
_'s opinion is/was that
_'s opinion is/was? :"#;

/// Maximum number of tokens between a possessive frame's first word and the possessive ending.
const MAX_OWNER: usize = 6;

/// What a headline may give as its source: `Sources: …`.
const SOURCES: &[WordKey] = listed![
    "sources",
    "study",
    "survey",
    "police",
    "officials",
    "experts",
    "prosecutors",
    "witnesses"
];
/// Minimum length of such a headline, in tokens, less one.
const MIN_TOLD: usize = 5;
/// Maximum place of the colon in a headline that tells who speaks, in tokens.
const MAX_HEADLINE: usize = 10;

/// One place of a frame.
enum Place {
    /// One of these words; whether it may be missing.
    Words(Vec<WordKey>, bool),
    /// Any word for what somebody thinks: *view*.
    Opinion,
    Comma,
    Start,
    Source,
    NamedSource,
    /// The source with a possessive ending.
    Owner,
    /// A colon or an opening mark.
    Announcing,
    /// A quotation stands further on.
    Quoting,
}

static PATTERNS: LazyLock<Vec<Vec<Place>>> = LazyLock::new(|| {
    let key = |word: &str| WordKey::of(word, &(0..word.len()));
    let place = |word: &str| match word {
        "_" => Place::Source,
        "@" => Place::NamedSource,
        "_'s" => Place::Owner,
        "opinion" => Place::Opinion,
        "," => Place::Comma,
        "^" => Place::Start,
        ":" => Place::Announcing,
        "\"" => Place::Quoting,
        word => {
            let bare = word.trim_end_matches('?');
            Place::Words(bare.split('/').map(key).collect(), bare.len() < word.len())
        }
    };
    FRAMES.lines().map(|line| line.split(' ').map(place).collect()).collect()
});

/// A frame as it stands in a sentence.
pub(super) struct SourceFrame {
    pub(super) source: SourcePhrase,
    /// Its words without the source: those behind it, else those before.
    pub(super) cue: Span,
    /// The token past it.
    pub(super) end: usize,
    /// Whether its last word is the source, to which an aside may belong.
    pub(super) is_open: bool,
}

impl SourceFrame {
    /// A frame whose source is a word or two for what reports.
    fn of_group(range: Span, cue: Span, end: usize, is_open: bool) -> Self {
        let source = SourcePhrase { range: range.clone(), head: NounHead::Group(range) };
        SourceFrame { source, cue, end, is_open }
    }
}

/// The frame that starts at a token.
pub(super) fn find(words: &SentenceTokens<'_>, start: usize) -> Option<SourceFrame> {
    let near = start + 1..start + MAX_OWNER + 2;
    let may_start =
        words.has(start, tags!("frame-opener")) || words.find(near, tags!("opinion")).is_some();
    if words.in_quotes(start) {
        return None;
    }
    let frame = PATTERNS.iter().filter(|_| may_start).find_map(|one| matched(words, start, one));
    frame.or_else(|| in_headline(words, start))
}

/// `Elm to voters: …`, `Elm on dams: …`, `Report: …` and `…: report`, where no stop ends the sentence.
fn in_headline(words: &SentenceTokens<'_>, start: usize) -> Option<SourceFrame> {
    let is_headline = || !words.has(words.len() - 1, tags!("stop mark"));
    let is_colon = words.has(start, tags!("colon"));
    if is_colon && start > 3 && start + 2 == words.len() {
        let source = words.has_small(start + 1, tags!("study")).then_some(start + 1..start + 2)?;
        return Some(SourceFrame::of_group(source, start..start + 1, words.len(), true));
    }
    if start > 0 {
        return None;
    }
    let colon = words.find(1..MAX_HEADLINE, tags!("colon")).filter(|_| is_headline())?;
    // `Sources: www.valley.org` is a list.
    let is_told = words.len() > MIN_TOLD && words.any(0, SOURCES);
    if colon == 1 && (is_told || words.any(0, listed!["report", "reports"])) {
        return Some(SourceFrame::of_group(0..1, 1..2, 2, false));
    }
    let joint = (1..colon).find(|i| words.any(*i, listed!["to", "on"]))?;
    let source = noun_phrase::within(words, 0..joint)?;
    let is_somebody = source.head.is_name() || words.find(0..joint, tags!("title")).is_some();
    // `Elm to visit Oakton: …` addresses nobody.
    let is_told = words.any(joint, listed!["on"])
        || words.has(joint + 1, tags!("capital title determiner"))
        || joint + 2 == colon;
    let fits = source.range.start == 0 && is_somebody && is_told;
    let (cue, end) = (joint..colon + 1, colon + 1);
    fits.then_some(SourceFrame { source, cue, end, is_open: false })
}

fn matched(words: &SentenceTokens<'_>, start: usize, pattern: &[Place]) -> Option<SourceFrame> {
    let mut at = start;
    let mut found: Option<(SourcePhrase, Span)> = None;
    for (place, next) in pattern.iter().zip(pattern[1..].iter().map(Some).chain([None])) {
        let fits = match place {
            Place::Words(keys, may_miss) => {
                let is_there = words.any(at, keys);
                at += usize::from(is_there);
                is_there || *may_miss
            }
            Place::Opinion => {
                at += 1;
                words.has(at - 1, tags!("opinion"))
            }
            Place::Comma => words.has(at, tags!("comma stop edge")),
            Place::Start => at == 0 || (at == 1 && words.has(0, tags!("connective"))),
            Place::Announcing => words.has(at, tags!("colon")) || words.in_quotes(at),
            Place::Quoting => words.find(at..at + FAR, tags!("quoted scare")).is_some(),
            Place::Source | Place::NamedSource | Place::Owner => {
                let source = match (place, next) {
                    (Place::Owner, _) => owner(words, at)?,
                    (_, Some(Place::Words(keys, _))) => source_before(words, at, keys)?,
                    _ => noun_phrase::after(words, at)?,
                };
                let fits = source.head.is_name() || !matches!(place, Place::NamedSource);
                let printed = at..source.range.end;
                at = printed.end;
                found = Some((source, printed));
                fits
            }
        };
        if !fits {
            return None;
        }
    }
    let (source, printed) =
        found.filter(|(source, _)| source.head != NounHead::FirstOrSecondPerson)?;
    let is_open = at == printed.end;
    let cue = if is_open { start..printed.start } else { printed.end..at };
    Some(SourceFrame { source, cue, end: at, is_open })
}

/// The source that ends where one of some words stands.
fn source_before(
    words: &SentenceTokens<'_>,
    start: usize,
    keys: &[WordKey],
) -> Option<SourcePhrase> {
    let phrase = words.run(start..start + MAX_OWNER, tags!("word"));
    let end = (phrase.start + 1..phrase.end).find(|i| words.any(*i, keys))?;
    noun_phrase::within(words, start..end)
}

/// `Elm's`, `the town's mayor's`, `his`: whose something is.
fn owner(words: &SentenceTokens<'_>, start: usize) -> Option<SourcePhrase> {
    if words.has(start, tags!("owner")) {
        let (range, head) = (start..start + 1, NounHead::Pronoun(start));
        return Some(SourcePhrase { range, head });
    }
    let phrase = words.run(start..start + MAX_OWNER, tags!("word"));
    let last = phrase.into_iter().find(|i| is_possessive(words.lower(*i)))?;
    noun_phrase::within(words, start..last + 1)
}
