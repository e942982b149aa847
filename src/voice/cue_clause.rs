//! The clause around a cue, read from its tokens alone, without a parser.

use crate::text::Span;

use super::cue_complement::{has_finite, is_aim};
use super::lexicon::{Complement, Cue, tags};
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::sentence_tokens::{FAR, REACH, SentenceTokens, is_possessive, listed};

/// A cue with what stands between it and its subject.
pub(super) struct Clause {
    /// The cue, in tokens.
    pub(super) verb: usize,
    /// Where the adverbs and auxiliaries before it begin.
    pub(super) start: usize,
    pub(super) form: CueVerbForm,
    pub(super) negated: bool,
}

/// The form of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueVerbForm {
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
        let is_ing = words.has(verb, tags!("ing"));
        let (mut start, mut negated, mut helped) = (verb, false, false);
        let mut form = if is_ing { CueVerbForm::Participle } else { CueVerbForm::Finite };
        while let Some(before) = start.checked_sub(1) {
            if words.has(before, tags!("auxiliary")) {
                let passive = !helped && !is_ing && words.has(before, tags!("be"));
                form = if passive || form == CueVerbForm::Passive {
                    CueVerbForm::Passive
                } else {
                    CueVerbForm::Finite
                };
                helped = true;
            } else if !(words.has(before, tags!("adverb ly"))
                || words.text(before) == "rather"
                || is_count(words, before))
            {
                break;
            }
            negated |= words.has(before, tags!("negation"));
            start = before;
        }
        if words.has_before(start, tags!("to")) {
            match aspectual_verb(words, start - 1) {
                Some(before) => start = before,
                None if form != CueVerbForm::Passive => form = CueVerbForm::Infinitive,
                None => {}
            }
        }
        Clause { verb, start, form, negated }
    }

    /// `the report`, `his calls`, `there's hope`: a noun of the same form, or `That said, …`.
    pub(super) fn is_noun(&self, words: &SentenceTokens<'_>) -> bool {
        let (verb, next) = (self.verb, self.verb + 1);
        let in_ed = words.has(verb, tags!("ed"));
        let is_past = in_ed || words.any(verb, listed!["said", "told", "wrote", "says"]);
        let exists = || {
            words.has(verb, tags!("noun-or-verb"))
                && is_possessive(words.lower(verb.wrapping_sub(1)))
        };
        let that_said = verb == 1 && words.any(0, listed!["that"]) && words.has(2, tags!("comma"));
        if (in_ed && words.any(next, listed!["by"])) || that_said || exists() {
            return true;
        }
        if self.start == 0 || self.start < verb {
            return verb == 0 && self.form != CueVerbForm::Participle && !is_past;
        }
        // `in a Thursday | tweet`
        let before = words.run_back(0..self.start, tags!("time")).start.max(1) - 1;
        let determined = words.has(before, tags!("determiner"))
            && !words.has(before, tags!("quantifier"))
            || is_possessive(words.lower(before));
        if determined || self.form == CueVerbForm::Participle || is_past {
            return determined;
        }
        (words.has(before, tags!("preposition")) && !words.has(before, tags!("to")))
            || is_adjective(words, before)
            || words.any(next, listed!["of"])
    }
}

/// `have all said`, `has twice said`, `Elm and Oak both said`.
fn is_count(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.any(i, listed!["all", "both", "each", "twice"])
        && words.has_before(i, tags!("auxiliary capital pronoun"))
}

/// `She went on | to say` is `she said`: where the verb before `to` starts.
fn aspectual_verb(words: &SentenceTokens<'_>, to: usize) -> Option<usize> {
    let on = words.any_before(to, listed!["on"]);
    let verb = to.checked_sub(1 + usize::from(on))?;
    words.has(verb, tags!("aspectual-verb")).then_some(verb)
}

/// Whether a word is an adjective by its ending, good enough before a word that may be a noun.
fn is_adjective(words: &SentenceTokens<'_>, i: usize) -> bool {
    let ends = ["ous", "ive", "ful", "ical", "able", "less", "est"];
    let form = words.lower(i);
    !words.has(i, tags!("capital"))
        && (words.has(i, tags!("adjective")) || ends.iter().any(|end| form.ends_with(end)))
}

/// Whether a cue that may be a noun is one: it does not agree with the phrase before it, or that
/// belongs to another verb; a verb where `that` follows.
pub(super) fn is_noun_after(words: &SentenceTokens<'_>, source: &SourcePhrase, cue: usize) -> bool {
    if !words.has(cue, tags!("noun-or-verb")) || words.any(cue + 1, listed!["that"]) {
        return false;
    }
    // `Council estimates for May | were late`
    let next = cue + 1;
    let is_modified =
        words.has(next, tags!("preposition")) && !words.any(next, listed!["to", "for"]);
    let is_modified = is_modified || words.matches(next, &[tags!("preposition"), tags!("time")]);
    if is_modified && !has_finite(words, next) {
        return true;
    }
    let is_verb = match &source.head {
        NounHead::Group(group) => {
            agrees_with_group(words, group, cue) && !words.has(cue + 1, tags!("comma"))
        }
        NounHead::Name(name) => agrees_with_name(words, name, cue),
        _ => true,
    };
    // `They gave thin | answers`.
    !is_verb || words.has_small(source.range.start.wrapping_sub(1), tags!("other-verb"))
}

/// `officials report`, `the official reports`.
fn agrees_with_group(words: &SentenceTokens<'_>, group: &Span, verb: usize) -> bool {
    let noun = words.find(group.clone(), tags!("preposition")).unwrap_or(group.end) - 1;
    let is_plural = words.lower(noun).ends_with('s') || words.has(noun, tags!("plural-noun"));
    let is_definite = || words.any_before(group.start, listed!["the", "a", "an"]);
    is_plural != words.lower(verb).ends_with('s') && (is_plural || is_definite())
}

/// `the Elm report`: one name asks for `reports`.
fn agrees_with_name(words: &SentenceTokens<'_>, name: &Span, verb: usize) -> bool {
    words.lower(name.end - 1).ends_with('s')
        || name.clone().any(|i| words.any(i, listed!["and"]))
        || words.has_before(verb, tags!("auxiliary to"))
        || words.lower(verb).ends_with(['s', 'g'])
        || words.any(verb, listed!["forecast"])
}

/// Whether `as Elm …` with this cue tells whose words stand beside it.
pub(super) fn reports_with_as(words: &SentenceTokens<'_>, verb: usize, cue: Cue) -> bool {
    cue.complement == Complement::Anything || words.has(verb, tags!("as-clause-verb"))
}

/// Whether a poll or a paper is the source: whatever it shows is content.
pub(super) fn is_study(words: &SentenceTokens<'_>, source: &SourcePhrase) -> bool {
    let range = &source.range;
    let end = words.find(range.clone(), tags!("preposition post-modifier"));
    let noun = end.unwrap_or(range.end).wrapping_sub(1);
    range.contains(&noun) && words.has_small(noun, tags!("study"))
}

/// Whether the words before a reporting clause are its content: they end in a comma or a quotation,
/// and nothing that could be content follows at once.
pub(super) fn trails(words: &SentenceTokens<'_>, start: usize, behind: usize, verb: usize) -> bool {
    let before = start.wrapping_sub(1);
    let quoted = words.has(before, tags!("quoted"));
    let set_off = words.has(before, tags!("comma mark dash stop"));
    // Their object, an addressee, stands where content would.
    let told = words.any(verb, listed!["told", "tells", "telling", "tell", "asked", "asks"]);
    start >= 2 && (quoted || set_off) && !content_follows(words, behind, quoted, told)
}

/// Whether content follows at once, up to the next comma. After a quotation, or `told`, a phrase
/// alone is none.
fn content_follows(words: &SentenceTokens<'_>, from: usize, after_quote: bool, told: bool) -> bool {
    if !words.has(from, tags!("word")) {
        return words.has(from, tags!("colon quoted"));
    }
    let phrase = words.run(from..from + REACH, tags!("word colon"));
    if (told && !after_quote && is_aim(words, from))
        || words.find(phrase, tags!("colon")).is_some()
        || (words.has(from, tags!("clause-opener clause-subject"))
            && !words.has(from, tags!("relative")))
    {
        return true;
    }
    let is_adjunct = words.has(from, tags!("preposition time conjunction ly"));
    !after_quote && (!(is_adjunct || told) || has_finite(words, from))
}

/// The next comma or semicolon.
pub(super) fn next_comma(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    words.find(from..from + FAR, tags!("comma semicolon"))
}

/// Where a clause that only leads up to the main one ends; 0 where there is none.
pub(super) fn main_clause(words: &SentenceTokens<'_>) -> usize {
    let is_led_up = words.has(0, tags!("subordinate-opener ing"));
    is_led_up.then(|| next_comma(words, 1)).flatten().unwrap_or(0)
}

/// Where content behind a cue ends at the latest: that of `…, who said so,` with its aside.
pub(super) fn content_end(words: &SentenceTokens<'_>, start: usize, behind: usize) -> usize {
    let is_relative = words.any_before(start, listed!["who", "which"])
        && words.has(start.wrapping_sub(2), tags!("comma"));
    let end = if is_relative { next_comma(words, behind) } else { contrast(words, behind) };
    end.unwrap_or(words.len())
}

/// Where the outlet goes on about the speaker: `…, but then left`.
fn contrast(words: &SentenceTokens<'_>, from: usize) -> Option<usize> {
    (from..words.len().min(from + FAR)).find(|&i| {
        words.has(i, tags!("comma"))
            && !words.in_quotes(i)
            && words.any(i + 1, listed!["but"])
            && words.has(i + 2, tags!("adverb auxiliary ed"))
            && !words.has(i + 2, tags!("clause-subject"))
    })
}

/// The bracket that is open before a token.
pub(super) fn open_bracket(words: &SentenceTokens<'_>, i: usize) -> Option<usize> {
    let nearest = words.rfind(i.saturating_sub(FAR)..i, tags!("open close"))?;
    words.has(nearest, tags!("open")).then_some(nearest)
}

/// `Asked about the dam, | he`: whether what stands before a subject only tells when, where or how.
pub(super) fn is_adjunct(words: &SentenceTokens<'_>, end: usize) -> bool {
    // A word or two may stand between the comma and the subject: `In all, just over half …`.
    let comma = words.rfind(end.saturating_sub(4)..end, tags!("comma"));
    let from = usize::from(words.has(0, tags!("connective")));
    let opens = tags!("preposition time adjunct-opener ing");
    comma.is_some_and(|comma| comma < FAR) && words.has(from, opens)
}

/// `…, while | Oak`: whether a subject begins a clause that stands beside the one before.
pub(super) fn is_coordinate(words: &SentenceTokens<'_>, start: usize) -> bool {
    let joint = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(|i| words.cue(*i).is_none() && !words.has(*i, tags!("quoted")))
        .find(|i| words.any(*i, listed!["while", "and", "but", "whereas"]));
    joint.is_some_and(|joint| !words.has_before(joint, tags!("word edge")))
}

/// After a comma: whether another verb tells what the speaker did. Behind an inverted subject, any
/// aside does: an apposition, a relative clause or the like, not more content.
pub(super) fn aside_follows(words: &SentenceTokens<'_>, comma: usize, is_inverted: bool) -> bool {
    let next = comma + 1;
    let participle =
        words.has(next, tags!("ing")) && !words.any(next, listed!["including", "meaning"]);
    let other = if is_inverted {
        words.has(next, tags!("aside-opener"))
            || (words.cue(next).is_some() && !words.has(next, tags!("noun-or-verb")))
    } else {
        words.any(next, listed!["according", "who", "which", "as"])
    };
    !words.has(next, tags!("quoted")) && (participle || other)
}
