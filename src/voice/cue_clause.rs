//! The clause around a cue, read from its tokens alone, without a parser.

use crate::text::Span;

use super::cue_complement::{has_finite, is_finite, past_time};
use super::lexicon::{Complement, Cue, tags};
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
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
        while let Some(before) = start.checked_sub(1).filter(|before| before + REACH >= verb) {
            if words.has(before, tags!("auxiliary")) {
                let passive = !helped && !is_ing && words.has(before, tags!("be"));
                form = if passive || form == CueVerbForm::Passive {
                    CueVerbForm::Passive
                } else {
                    CueVerbForm::Finite
                };
                helped = true;
            } else if let Some(adjunct) = time_adjunct(words, start) {
                start = adjunct;
                continue;
            // `have all said`, `Elm and Oak both said`
            } else if !(words.has(before, tags!("adverb ly"))
                || (words.has(before, tags!("quantifier"))
                    && words.has_before(before, tags!("auxiliary capital pronoun"))))
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

    /// `the report`, `his calls`: a noun of the same form.
    pub(super) fn is_noun(&self, words: &SentenceTokens<'_>) -> bool {
        let (verb, next) = (self.verb, self.verb + 1);
        let in_ed = words.has(verb, tags!("ed"));
        let is_past = in_ed || words.any(verb, listed!["said", "told", "wrote", "says"]);
        if in_ed && words.any(next, listed!["by"]) {
            return true;
        }
        if self.start == 0 || self.start < verb {
            return verb == 0 && self.form != CueVerbForm::Participle && !is_past;
        }
        // `in a Thursday | tweet`
        let mut before = self.start - 1;
        while before > 0 && (words.has(before, tags!("time")) || words.is_number(before)) {
            before -= 1;
        }
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

    /// Whether the cue reports nothing although it is a verb.
    pub(super) fn is_ruled_out(&self, words: &SentenceTokens<'_>, cue: Cue) -> bool {
        // `She may | tweet about it`: nothing was said yet.
        let is_possible = words.find(self.start..self.verb, tags!("modal")).is_some();
        matches!(self.form, CueVerbForm::Passive | CueVerbForm::Infinitive)
            || (self.negated && cue.complement == Complement::Anything)
            || is_possible
            || self.is_choice_or_request(words)
            || self.denies_speaker(words)
            || self.is_asked(words)
            || self.modifies_noun(words)
    }

    /// `The valley says yes`, `They asked to speak`: a choice or a request, not words.
    fn is_choice_or_request(&self, words: &SentenceTokens<'_>) -> bool {
        let next = self.verb + 1;
        let is_choice = words.has(next, tags!("yes-or-no"));
        (is_choice && words.has(next + 1, tags!("stop colon edge")))
            || (words.has(self.verb, tags!("ask-verb")) && words.has(next, tags!("to")))
    }

    /// `Nobody | said`, `No one | said`.
    fn denies_speaker(&self, words: &SentenceTokens<'_>) -> bool {
        let before = self.start.wrapping_sub(1);
        words.has(before, tags!("nobody")) || words.any_before(before, listed!["no"])
    }

    /// `Why did he say it?`
    fn is_asked(&self, words: &SentenceTokens<'_>) -> bool {
        let last = words.len().wrapping_sub(1);
        words.text(last) == "?"
            && !words.in_quotes(last)
            && !words.has(self.verb, tags!("ask-verb"))
    }

    /// `a report published Monday | said`, `a report published on Monday | by the board`: a participle.
    fn modifies_noun(&self, words: &SentenceTokens<'_>) -> bool {
        let behind = past_time(words, self.verb + 1);
        let verb = behind + usize::from(words.has(behind, tags!("adverb")));
        let is_aside = behind > self.verb + 1
            && (words.has(verb, tags!("auxiliary"))
                || words.cue(verb).is_some()
                || words.has(self.verb, tags!("post-modifier")));
        let is_made = words.has_before(self.verb, tags!("study written-work"))
            && noun_phrase::past_by(words, self.verb).is_some();
        self.start == self.verb && words.has(self.verb, tags!("ed")) && (is_aside || is_made)
    }
}

/// `has | in the meantime | said`: where a time between the parts of a verb starts.
fn time_adjunct(words: &SentenceTokens<'_>, end: usize) -> Option<usize> {
    let time = tags!("time time-unit adjective determiner");
    let start = words.run_back(end.saturating_sub(REACH)..end, time).start.checked_sub(1)?;
    let is_adjunct = start + 1 < end && words.has(start, tags!("preposition"));
    (is_adjunct && words.has_before(start, tags!("auxiliary"))).then_some(start)
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

/// Whether a cue that may be a noun is one: it does not agree with the phrase before it; a verb where `that`
/// follows.
pub(super) fn is_noun_after(words: &SentenceTokens<'_>, source: &SourcePhrase, cue: usize) -> bool {
    if !words.has(cue, tags!("noun-or-verb")) || words.any(cue + 1, listed!["that"]) {
        return false;
    }
    // `Council estimates for May | were late`
    let next = cue + 1;
    let is_modified =
        words.has(next, tags!("preposition")) && !words.any(next, listed!["to", "for"]);
    if is_modified && !has_finite(words, next) {
        return true;
    }
    match &source.head {
        NounHead::Group(group) => {
            !agrees_with_group(words, group, cue) || words.has(next, tags!("comma"))
        }
        NounHead::Name(name) => !agrees_with_name(words, name, cue),
        _ => false,
    }
}

/// `the Elm report`: one name asks for `reports`.
fn agrees_with_name(words: &SentenceTokens<'_>, name: &Span, verb: usize) -> bool {
    words.lower(name.end - 1).ends_with('s')
        || name.clone().any(|i| words.any(i, listed!["and"]))
        || words.has_before(verb, tags!("auxiliary to"))
        || words.lower(verb).ends_with(['s', 'g'])
        || words.any(verb, listed!["forecast"])
}

/// `officials report`, `the official reports`.
fn agrees_with_group(words: &SentenceTokens<'_>, group: &Span, verb: usize) -> bool {
    let noun = words.find(group.clone(), tags!("preposition")).unwrap_or(group.end) - 1;
    let is_plural = words.lower(noun).ends_with('s') || words.has(noun, tags!("plural-noun"));
    let is_definite = || words.any_before(group.start, listed!["the", "a", "an"]);
    is_plural != words.lower(verb).ends_with('s') && (is_plural || is_definite())
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
    if words.has(from, tags!("clause-opener clause-subject")) && !words.has(from, tags!("relative"))
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

/// `…, | burned down`, `…, | was late`: the verb that the main clause goes on with at once behind an aside that
/// ends with a comma.
pub(super) fn verb_past(words: &SentenceTokens<'_>, comma: usize) -> Option<usize> {
    let mark = usize::from(words.has(comma + 1, tags!("mark")));
    let verb = words.run(comma + mark + 1..comma + REACH, tags!("adverb ly")).end;
    let others = tags!(
        "conjunction preposition determiner pronoun clause-subject relative adjective ing time quoted"
    );
    // `…, taxes | would rise`
    let is_subject =
        !words.has(verb, tags!("auxiliary")) && words.has(verb + 1, tags!("auxiliary ed"));
    let is_verb = words.has_small(verb, tags!("word")) && !words.has(verb, others) && !is_subject;
    is_verb.then_some(verb)
}

/// Where a clause that only leads up to the main one ends; 0 where there is none.
pub(super) fn main_clause(words: &SentenceTokens<'_>) -> usize {
    let is_led_up = words.has(0, tags!("subordinate-opener ing"));
    is_led_up.then(|| next_comma(words, 1)).flatten().unwrap_or(0)
}

/// `Asked about the dam, | he`: whether what stands before a subject only tells when, where or how.
pub(super) fn is_adjunct(words: &SentenceTokens<'_>, end: usize) -> bool {
    // A word or two may stand between the comma and the subject: `In all, just over half …`.
    words.find(end.saturating_sub(4)..end, tags!("comma")).is_some()
        && !(0..end.min(FAR)).any(|i| is_finite(words, i) || words.cue(i).is_some())
}

/// `…, while | Oak`: whether a subject begins a clause that stands beside the one before.
pub(super) fn is_coordinate(words: &SentenceTokens<'_>, start: usize) -> bool {
    let joint = (start.saturating_sub(REACH)..start)
        .rev()
        .take_while(|i| words.cue(*i).is_none() && !words.has(*i, tags!("quoted")))
        .find(|i| words.any(*i, listed!["while", "and", "but", "whereas"]));
    joint.is_some_and(|joint| !words.has_before(joint, tags!("word edge")))
}
