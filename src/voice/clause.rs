//! How a clause around an attributing word is built: told from small words alone, without a parser.

use crate::text::Span;

use super::attribution_cues::{Complement, Cue};
use super::cue_complement::takes_aim;
use super::function_words::Role;
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// How far a clause is looked for behind an attributing word, in tokens.
pub(super) const REACH: usize = 10;
/// How far any other look goes, in tokens, so that endless sentences cost no more than their length.
pub(super) const FAR: usize = 60;

/// The next comma or semicolon.
pub(super) fn next_comma(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    let end = words.len().min(from + FAR);
    (from..end).find(|at| words.is(*at, Kind::Comma) || words.is(*at, Kind::Semicolon))
}

/// Where a clause that only leads up to the main one ends; 0 where there is none.
pub(super) fn opening(words: &SentenceTokens<'_>) -> usize {
    let leads = listed![
        "while", "although", "though", "when", "asked", "despite", "after", "since", "before",
        "if", "because", "whatever",
    ];
    if words.any(0, leads) || words.lower(0).ends_with("ing") {
        next_comma(words, 1).unwrap_or(0)
    } else {
        0
    }
}

/// Where content behind a word ends at the latest: what `…, who said so,` tells ends with its aside.
pub(super) fn limit(words: &SentenceTokens<'_>, start: usize, behind: usize) -> usize {
    let relative = start > 1
        && words.any(start - 1, listed!["who", "which"])
        && words.is(start - 2, Kind::Comma);
    let end = if relative { next_comma(words, behind) } else { contrast(words, behind) };
    end.unwrap_or(words.len())
}

/// Where the outlet goes on about the speaker: `…, but then left`.
fn contrast(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    (from..words.len().min(from + FAR)).find(|at| {
        words.is(*at, Kind::Comma)
            && words.quoted(*at) == Quoted::No
            && words.any(at + 1, listed!["but"])
            && (words.plays(at + 2, Role::Adverb)
                || words.plays(at + 2, Role::Auxiliary)
                || words.lower(at + 2).ends_with("ed"))
            && !words.plays(at + 2, Role::Subject)
    })
}

/// The bracket that is open before a token.
pub(super) fn bracket_before(words: &SentenceTokens<'_>, at: usize) -> Option<usize> {
    let is_bracket = |at: &usize| words.is(*at, Kind::Open) || words.is(*at, Kind::Close);
    let near = (at.saturating_sub(FAR)..at).rev().find(is_bracket)?;
    words.is(near, Kind::Open).then_some(near)
}

/// The attributing verb with what stands between it and its subject.
pub(super) struct Clause {
    pub(super) at: usize,
    /// Where adverbs and helping verbs before it begin.
    pub(super) start: usize,
    pub(super) form: Form,
    pub(super) negated: bool,
}

/// The form of an attributing verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Finite,
    /// `was told`.
    Passive,
    /// `to say`.
    Infinitive,
    /// `saying` without a helping verb.
    Participle,
}

impl Clause {
    pub(super) fn new(words: &SentenceTokens<'_>, at: usize) -> Self {
        let is_ing = words.lower(at).ends_with("ing");
        let (mut start, mut negated, mut helped) = (at, false, false);
        let mut form = if is_ing { Form::Participle } else { Form::Finite };
        while start > 0 {
            let before = start - 1;
            if words.plays(before, Role::Auxiliary) {
                let passive = !helped && !is_ing && words.plays(before, Role::Be);
                form = if passive || form == Form::Passive { Form::Passive } else { Form::Finite };
                helped = true;
            } else if !(words.plays(before, Role::Adverb)
                || is_adverb(words, before)
                || words.text(before) == "rather"
                || counts(words, before))
            {
                break;
            }
            negated |= words.plays(before, Role::Negation);
            start = before;
        }
        if start > 0 && words.any(start - 1, listed!["to"]) {
            match goes_on_to(words, start - 1) {
                Some(before) => start = before,
                None if form != Form::Passive => form = Form::Infinitive,
                None => {}
            }
        }
        Clause { at, start, form, negated }
    }

    /// `the report`, `his calls`, `there's hope`: a noun of the same form, or `That said, …`.
    pub(super) fn is_noun(&self, words: &SentenceTokens<'_>) -> bool {
        let form = words.lower(self.at);
        let is_past = form.ends_with("ed") || matches!(form, "said" | "told" | "wrote" | "says");
        if form.ends_with("ed") && words.any(self.at + 1, listed!["by"]) {
            return true;
        }
        let exists = self.at > 0
            && words.plays(self.at, Role::Noun)
            && ["'s", "’s"].iter().any(|end| words.lower(self.at - 1).ends_with(end));
        let aside = self.at == 1 && words.any(0, listed!["that"]) && words.is(2, Kind::Comma);
        if exists || aside {
            return true;
        }
        if self.start == 0 || self.start < self.at {
            return self.at == 0 && self.form != Form::Participle && !is_past;
        }
        let before = self.start - 1;
        let possessive = words.lower(before).ends_with("'s") || words.lower(before).ends_with("’s");
        let counted = listed![
            "all", "some", "many", "most", "others", "one", "both", "few", "several", "those"
        ];
        let determined = words.plays(before, Role::Determiner) && !words.any(before, counted);
        if determined || possessive || self.form == Form::Participle || is_past {
            return determined || possessive;
        }
        (words.plays(before, Role::Preposition) && !words.any(before, listed!["to"]))
            || is_adjective(words, before)
            || words.any(self.at + 1, listed!["of"])
    }
}

/// `have all said`, `has twice said`.
fn counts(words: &SentenceTokens<'_>, at: usize) -> bool {
    words.any(at, listed!["all", "both", "each", "twice"])
        && words.plays(at.wrapping_sub(1), Role::Auxiliary)
}

/// `She went on | to say` is `she said`: where such a verb before `to` starts.
fn goes_on_to(words: &SentenceTokens<'_>, to: usize) -> Option<usize> {
    let start = to.checked_sub(if words.any(to.wrapping_sub(1), listed!["on"]) { 2 } else { 1 })?;
    let verbs = listed![
        "went",
        "goes",
        "continued",
        "continues",
        "continue",
        "came",
        "began",
        "likes",
        "like",
        "liked",
        "loves",
        "used",
        "hastened",
        "hastens",
        "tends",
    ];
    words.any(start, verbs).then_some(start)
}

/// Whether a form that may be a noun is a verb: after a name or a plural, or before a clause.
pub(super) fn is_verb_after(
    words: &SentenceTokens<'_>,
    source: Option<&SourcePhrase>,
    at: usize,
) -> bool {
    let plural = |group: &Span| {
        let joint =
            group.clone().find(|at| words.plays(*at, Role::Preposition)).unwrap_or(group.end);
        let head = words.lower(joint - 1);
        let is_plural = head.ends_with('s')
            || matches!(
                head,
                "people" | "men" | "women" | "some" | "many" | "most" | "others" | "both"
            );
        let definite = words.any(group.start.wrapping_sub(1), listed!["the", "a", "an"]);
        is_plural != words.lower(at).ends_with('s') && (is_plural || definite)
    };
    let fits = source.is_none_or(|source| match &source.head {
        NounHead::Group(group) => plural(group),
        // `the Elm report`: one name asks for `reports`.
        NounHead::Name(name) => {
            let several = words.lower(name.end - 1).ends_with('s')
                || name.clone().any(|at| words.any(at, listed!["and"]));
            let helped = words.plays(at.wrapping_sub(1), Role::Auxiliary)
                || words.any(at.wrapping_sub(1), listed!["to"]);
            several
                || helped
                || words.lower(at).ends_with(['s', 'g'])
                || words.any(at, listed!["forecast"])
        }
        _ => true,
    });
    let grouped = source.is_some_and(|source| matches!(source.head, NounHead::Group(_)));
    fits && !(grouped && words.is(at + 1, Kind::Comma)) || words.any(at + 1, listed!["that"])
}

/// Whether `as Elm …` with this word tells whose words stand beside it.
pub(super) fn reports(words: &SentenceTokens<'_>, at: usize, cue: Cue) -> bool {
    let plain = listed![
        "reported",
        "reports",
        "revealed",
        "reveals",
        "suggested",
        "suggests",
        "observed",
        "observes",
        "mentioned",
        "announced",
        "confirmed",
        "pointed",
        "reminded",
    ];
    cue.takes == Complement::Anything || words.any(at, plain)
}

/// `They gave thin | answers`: whether what stands before a noun belongs to another verb.
pub(super) fn is_object(
    words: &SentenceTokens<'_>,
    source: Option<&SourcePhrase>,
    at: usize,
) -> bool {
    let before = source.and_then(|source| source.range.start.checked_sub(1));
    before.is_some_and(|before| words.plays(before, Role::Verb) && !words.is_capital(before))
        && !words.any(at + 1, listed!["that"])
}

/// Whether a poll or a paper is the source: whatever it shows is content.
pub(super) fn is_study(words: &SentenceTokens<'_>, source: Option<&SourcePhrase>) -> bool {
    let Some(range) = source.map(|source| source.range.clone()).filter(|range| !range.is_empty())
    else {
        return false;
    };
    let joint = range.clone().find(|at| {
        words.plays(*at, Role::Preposition)
            || words.any(*at, listed!["out", "released", "published", "conducted"])
    });
    let noun = joint.unwrap_or(range.end).saturating_sub(1);
    range.contains(&noun) && words.plays(noun, Role::Study) && !words.is_capital(noun)
}

/// Whether the words before a reporting clause are its content: they end in a comma or a quotation,
/// and nothing that could be content follows at once.
pub(super) fn trails(words: &SentenceTokens<'_>, start: usize, behind: usize, verb: usize) -> bool {
    if start < 2 {
        return false;
    }
    let before = start - 1;
    let quoted = words.quoted(before) == Quoted::Yes;
    let set_off = words.is(before, Kind::Comma)
        || words.is(before, Kind::Mark)
        || words.is(before, Kind::Dash)
        || words.is(before, Kind::Stop);
    // Whoever was told stands where content would.
    let told = words.any(verb, listed!["told", "tells", "telling", "tell", "asked", "asks"]);
    (quoted || set_off) && !content_follows(words, behind, quoted, told)
}

/// Whether content follows at once, up to the next comma. Behind a quotation, or `told`, a phrase
/// alone is none.
fn content_follows(words: &SentenceTokens<'_>, from: usize, after_quote: bool, told: bool) -> bool {
    if !words.is(from, Kind::Word) {
        return words.is(from, Kind::Colon) || words.quoted(from) == Quoted::Yes;
    }
    let announces = (from..words.len().min(from + REACH))
        .take_while(|at| words.is(*at, Kind::Word) || words.is(*at, Kind::Colon))
        .any(|at| words.is(at, Kind::Colon));
    if told && !after_quote && takes_aim(words, from) {
        return true;
    }
    if announces || words.plays(from, Role::Opener) || words.plays(from, Role::Subject) {
        return true;
    }
    let adjunct = words.plays(from, Role::Preposition)
        || words.plays(from, Role::Time)
        || words.plays(from, Role::Conjunction)
        || is_adverb(words, from);
    !after_quote && (!(adjunct || told) || has_finite(words, from))
}

/// Whether a clause with its own verb begins within reach, before the next comma or stop.
pub(super) fn has_finite(words: &SentenceTokens<'_>, from: usize) -> bool {
    (from..words.len().min(from + 2 * REACH))
        .take_while(|at| {
            matches!(
                words.kind(*at),
                Some(Kind::Word | Kind::Mark | Kind::Open | Kind::Close | Kind::Other)
            )
        })
        .any(|at| {
            is_finite(words, at)
                || words.any(at, listed!["that"])
                || words.quoted(at) == Quoted::Yes
        })
}

pub(super) fn is_finite(words: &SentenceTokens<'_>, at: usize) -> bool {
    let infinite = words.any(at, listed!["be", "been", "being"])
        || words.any(at.wrapping_sub(1), listed!["to"]);
    (words.plays(at, Role::Auxiliary) && !infinite) || words.plays(at, Role::Subject)
}

/// `reported | on Monday | the dam was …`: past a day that stands between a verb and its clause.
pub(super) fn past_time(words: &SentenceTokens<'_>, from: usize) -> usize {
    let day =
        from + usize::from(words.any(from, listed!["on", "in", "late", "early", "last", "this"]));
    let timed = words.plays(day, Role::Time) && words.is_capital(day);
    if timed { day + 1 } else { from }
}

/// `Asked about the dam, | he`: whether what stands before a subject only tells when, where or how.
pub(super) fn is_adjunct(words: &SentenceTokens<'_>, end: usize) -> bool {
    // A word or two may stand between the comma and the subject: `In all, just over half …`.
    let end = (end.saturating_sub(3)..=end)
        .rev()
        .find(|end| *end > 0 && words.is(end - 1, Kind::Comma))
        .unwrap_or(end);
    let from =
        usize::from(words.any(0, listed!["and", "but", "so", "still", "even", "yet", "also"]));
    let opens = words.plays(from, Role::Preposition)
        || words.plays(from, Role::Time)
        || words.any(
            from,
            listed!["hours", "days", "weeks", "months", "when", "asked", "while", "as", "speaking"],
        )
        || words.lower(from).ends_with("ing");
    (1..=FAR).contains(&end) && opens && words.is(end - 1, Kind::Comma)
}

/// `…, while | Oak`: whether a subject begins a clause that stands beside the one before.
pub(super) fn is_coordinate(words: &SentenceTokens<'_>, start: usize) -> bool {
    let joint = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(|at| words.cue(*at).is_none() && words.quoted(*at) != Quoted::Yes)
        .find(|at| words.any(*at, listed!["while", "and", "but", "whereas"]));
    joint.is_some_and(|at| at > 0 && !words.is(at - 1, Kind::Word))
}

/// After a comma: another verb for what the speaker did.
pub(super) fn participle_follows(words: &SentenceTokens<'_>, comma: usize) -> bool {
    let next = comma + 1;
    let form = words.lower(next);
    words.quoted(next) != Quoted::Yes
        && ((form.ends_with("ing") && !words.any(next, listed!["including", "meaning"]))
            || words.any(next, listed!["according", "who", "which", "as"]))
}

/// After a comma: an apposition, a relative clause or the like, not more content.
pub(super) fn aside_follows(words: &SentenceTokens<'_>, comma: usize) -> bool {
    let next = comma + 1;
    words.quoted(next) != Quoted::Yes
        && (words.plays(next, Role::Aside)
            || (words.lower(next).ends_with("ing")
                && !words.any(next, listed!["including", "meaning"]))
            || (words.cue(next).is_some() && !words.plays(next, Role::Noun)))
}

pub(super) fn is_adverb(words: &SentenceTokens<'_>, at: usize) -> bool {
    words.is(at, Kind::Word) && words.lower(at).ends_with("ly") && !words.is_capital(at)
}

/// A guess by its ending, good enough before a word that may be a noun.
fn is_adjective(words: &SentenceTokens<'_>, at: usize) -> bool {
    let form = words.lower(at);
    !words.is_capital(at)
        && (["ous", "ive", "ful", "ical", "able", "less", "est"]
            .iter()
            .any(|end| form.ends_with(end))
            || matches!(
                form,
                "new"
                    | "recent"
                    | "more"
                    | "false"
                    | "own"
                    | "any"
                    | "public"
                    | "federal"
                    | "such"
                    | "earlier"
                    | "previous"
                    | "repeated"
                    | "early"
                    | "late"
                    | "final"
            ))
}
