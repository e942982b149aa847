//! The clause around a cue, read from its tokens alone, without a parser.

use crate::text::Span;

use super::cue_complement::{has_finite, is_aim};
use super::lexicon::{Complement, Cue, Tag};
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::sentence_tokens::{FAR, REACH, SentenceTokens, is_possessive, listed};

/// A cue with what stands between it and its subject.
pub(super) struct Clause {
    /// The cue, in tokens.
    pub(super) verb: usize,
    /// Where the adverbs and auxiliaries before it begin.
    pub(super) start: usize,
    pub(super) form: Form,
    pub(super) negated: bool,
}

/// The form of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Finite,
    /// `was told`.
    Passive,
    /// `to say`.
    Infinitive,
    /// `saying` without an auxiliary.
    Participle,
}

impl Clause {
    /// The clause of the cue at a token.
    pub(super) fn new(words: &SentenceTokens<'_>, verb: usize) -> Self {
        let is_ing = words.has(verb, Tag::Ing);
        let (mut start, mut negated, mut helped) = (verb, false, false);
        let mut form = if is_ing { Form::Participle } else { Form::Finite };
        while let Some(before) = start.checked_sub(1) {
            if words.has(before, Tag::Auxiliary) {
                let passive = !helped && !is_ing && words.has(before, Tag::Be);
                form = if passive || form == Form::Passive { Form::Passive } else { Form::Finite };
                helped = true;
            } else if !(words.has(before, Tag::Adverb | Tag::Ly)
                || words.text(before) == "rather"
                || is_count(words, before))
            {
                break;
            }
            negated |= words.has(before, Tag::Negation);
            start = before;
        }
        if words.has(start.wrapping_sub(1), Tag::To) {
            match aspectual_verb(words, start - 1) {
                Some(before) => start = before,
                None if form != Form::Passive => form = Form::Infinitive,
                None => {}
            }
        }
        Clause { verb, start, form, negated }
    }

    /// `the report`, `his calls`, `there's hope`: a noun of the same form, or `That said, …`.
    pub(super) fn is_noun(&self, words: &SentenceTokens<'_>) -> bool {
        let (verb, next) = (self.verb, self.verb + 1);
        let in_ed = words.has(verb, Tag::Ed);
        let is_past = in_ed || words.any(verb, listed!["said", "told", "wrote", "says"]);
        let exists =
            || words.has(verb, Tag::NounOrVerb) && is_possessive(words.lower(verb.wrapping_sub(1)));
        let that_said = verb == 1 && words.any(0, listed!["that"]) && words.has(2, Tag::Comma);
        if (in_ed && words.any(next, listed!["by"])) || that_said || exists() {
            return true;
        }
        if self.start == 0 || self.start < verb {
            return verb == 0 && self.form != Form::Participle && !is_past;
        }
        let before = self.start - 1;
        let determined = words.has(before, Tag::Determiner) && !words.has(before, Tag::Quantifier)
            || is_possessive(words.lower(before));
        if determined || self.form == Form::Participle || is_past {
            return determined;
        }
        (words.has(before, Tag::Preposition) && !words.has(before, Tag::To))
            || is_adjective(words, before)
            || words.any(next, listed!["of"])
    }
}

/// `have all said`, `has twice said`.
fn is_count(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.any(i, listed!["all", "both", "each", "twice"])
        && words.has(i.wrapping_sub(1), Tag::Auxiliary)
}

/// `She went on | to say` is `she said`: where the verb before `to` starts.
fn aspectual_verb(words: &SentenceTokens<'_>, to: usize) -> Option<usize> {
    let on = words.any(to.wrapping_sub(1), listed!["on"]);
    let verb = to.checked_sub(1 + usize::from(on))?;
    words.has(verb, Tag::AspectualVerb).then_some(verb)
}

/// Whether a word is an adjective by its ending, good enough before a word that may be a noun.
fn is_adjective(words: &SentenceTokens<'_>, i: usize) -> bool {
    let ends = ["ous", "ive", "ful", "ical", "able", "less", "est"];
    let form = words.lower(i);
    !words.has(i, Tag::Capital)
        && (words.has(i, Tag::Adjective) || ends.iter().any(|end| form.ends_with(end)))
}

/// Whether a form that may be a noun is a verb: after a name or a plural, or before a clause.
pub(super) fn is_verb_after(
    words: &SentenceTokens<'_>,
    source: Option<&SourcePhrase>,
    verb: usize,
) -> bool {
    let head = source.map(|source| &source.head);
    let agrees = match head {
        Some(NounHead::Group(group)) => {
            agrees_with_group(words, group, verb) && !words.has(verb + 1, Tag::Comma)
        }
        Some(NounHead::Name(name)) => agrees_with_name(words, name, verb),
        _ => true,
    };
    agrees || words.any(verb + 1, listed!["that"])
}

/// `officials report`, `the official reports`.
fn agrees_with_group(words: &SentenceTokens<'_>, group: &Span, verb: usize) -> bool {
    let noun = words.find(group.clone(), Tag::Preposition).unwrap_or(group.end) - 1;
    let is_plural = words.lower(noun).ends_with('s') || words.has(noun, Tag::PluralNoun);
    let is_definite = || words.any(group.start.wrapping_sub(1), listed!["the", "a", "an"]);
    is_plural != words.lower(verb).ends_with('s') && (is_plural || is_definite())
}

/// `the Elm report`: one name asks for `reports`.
fn agrees_with_name(words: &SentenceTokens<'_>, name: &Span, verb: usize) -> bool {
    words.lower(name.end - 1).ends_with('s')
        || name.clone().any(|i| words.any(i, listed!["and"]))
        || words.has(verb.wrapping_sub(1), Tag::Auxiliary | Tag::To)
        || words.lower(verb).ends_with(['s', 'g'])
        || words.any(verb, listed!["forecast"])
}

/// Whether `as Elm …` with this cue tells whose words stand beside it.
pub(super) fn reports_with_as(words: &SentenceTokens<'_>, verb: usize, cue: Cue) -> bool {
    cue.complement == Complement::Anything || words.has(verb, Tag::AsClauseVerb)
}

/// `They gave thin | answers`: whether what stands before a noun belongs to another verb.
pub(super) fn is_object(
    words: &SentenceTokens<'_>,
    source: Option<&SourcePhrase>,
    noun: usize,
) -> bool {
    let before = source.map_or(usize::MAX, |source| source.range.start.wrapping_sub(1));
    words.has(before, Tag::OtherVerb)
        && !words.has(before, Tag::Capital)
        && !words.any(noun + 1, listed!["that"])
}

/// Whether a poll or a paper is the source: whatever it shows is content.
pub(super) fn is_study(words: &SentenceTokens<'_>, source: &SourcePhrase) -> bool {
    let range = &source.range;
    let end = words.find(range.clone(), Tag::Preposition | Tag::PostModifier);
    let noun = end.unwrap_or(range.end).wrapping_sub(1);
    range.contains(&noun) && words.has(noun, Tag::Study) && !words.has(noun, Tag::Capital)
}

/// Whether the words before a reporting clause are its content: they end in a comma or a quotation,
/// and nothing that could be content follows at once.
pub(super) fn trails(words: &SentenceTokens<'_>, start: usize, behind: usize, verb: usize) -> bool {
    let before = start.wrapping_sub(1);
    let quoted = words.has(before, Tag::Quoted);
    let set_off = words.has(before, Tag::Comma | Tag::Mark | Tag::Dash | Tag::Stop);
    // Whoever was told stands where content would.
    let told = words.any(verb, listed!["told", "tells", "telling", "tell", "asked", "asks"]);
    start >= 2 && (quoted || set_off) && !content_follows(words, behind, quoted, told)
}

/// Whether content follows at once, up to the next comma. After a quotation, or `told`, a phrase
/// alone is none.
fn content_follows(words: &SentenceTokens<'_>, from: usize, after_quote: bool, told: bool) -> bool {
    if !words.has(from, Tag::Word) {
        return words.has(from, Tag::Colon | Tag::Quoted);
    }
    let phrase = words.run(from..from + REACH, Tag::Word | Tag::Colon);
    if (told && !after_quote && is_aim(words, from))
        || words.find(phrase, Tag::Colon).is_some()
        || words.has(from, Tag::ClauseOpener | Tag::ClauseSubject)
    {
        return true;
    }
    let is_adjunct = words.has(from, Tag::Preposition | Tag::Time | Tag::Conjunction | Tag::Ly);
    !after_quote && (!(is_adjunct || told) || has_finite(words, from))
}

/// The next comma or semicolon.
pub(super) fn next_comma(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    words.find(from..from + FAR, Tag::Comma | Tag::Semicolon)
}

/// Where a clause that only leads up to the main one ends; 0 where there is none.
pub(super) fn main_clause(words: &SentenceTokens<'_>) -> usize {
    let is_led_up = words.has(0, Tag::SubordinateOpener | Tag::Ing);
    is_led_up.then(|| next_comma(words, 1)).flatten().unwrap_or(0)
}

/// Where content behind a cue ends at the latest: that of `…, who said so,` with its aside.
pub(super) fn content_end(words: &SentenceTokens<'_>, start: usize, behind: usize) -> usize {
    let is_relative = words.any(start.wrapping_sub(1), listed!["who", "which"])
        && words.has(start.wrapping_sub(2), Tag::Comma);
    let end = if is_relative { next_comma(words, behind) } else { contrast(words, behind) };
    end.unwrap_or(words.len())
}

/// Where the outlet goes on about the speaker: `…, but then left`.
fn contrast(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    (from..words.len().min(from + FAR)).find(|&i| {
        words.has(i, Tag::Comma)
            && !words.in_quotes(i)
            && words.any(i + 1, listed!["but"])
            && words.has(i + 2, Tag::Adverb | Tag::Auxiliary | Tag::Ed)
            && !words.has(i + 2, Tag::ClauseSubject)
    })
}

/// The bracket that is open before a token.
pub(super) fn open_bracket(words: &SentenceTokens<'_>, i: usize) -> Option<usize> {
    let nearest = words.rfind(i.saturating_sub(FAR)..i, Tag::Open | Tag::Close)?;
    words.has(nearest, Tag::Open).then_some(nearest)
}

/// `Asked about the dam, | he`: whether what stands before a subject only tells when, where or how.
pub(super) fn is_adjunct(words: &SentenceTokens<'_>, end: usize) -> bool {
    // A word or two may stand between the comma and the subject: `In all, just over half …`.
    let comma = words.rfind(end.saturating_sub(4)..end, Tag::Comma);
    let from = usize::from(words.has(0, Tag::Connective));
    let opens = Tag::Preposition | Tag::Time | Tag::AdjunctOpener | Tag::Ing;
    comma.is_some_and(|comma| comma < FAR) && words.has(from, opens)
}

/// `…, while | Oak`: whether a subject begins a clause that stands beside the one before.
pub(super) fn is_coordinate(words: &SentenceTokens<'_>, start: usize) -> bool {
    let joint = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(|i| words.cue(*i).is_none() && !words.has(*i, Tag::Quoted))
        .find(|i| words.any(*i, listed!["while", "and", "but", "whereas"]));
    joint.is_some_and(|joint| !words.has(joint.wrapping_sub(1), Tag::Word | Tag::Edge))
}

/// After a comma: whether another verb tells what the speaker did. Behind an inverted subject, any
/// aside does: an apposition, a relative clause or the like, not more content.
pub(super) fn aside_follows(words: &SentenceTokens<'_>, comma: usize, is_inverted: bool) -> bool {
    let next = comma + 1;
    let participle = words.has(next, Tag::Ing) && !words.any(next, listed!["including", "meaning"]);
    let other = if is_inverted {
        words.has(next, Tag::AsideOpener)
            || (words.cue(next).is_some() && !words.has(next, Tag::NounOrVerb))
    } else {
        words.any(next, listed!["according", "who", "which", "as"])
    };
    !words.has(next, Tag::Quoted) && (participle || other)
}
