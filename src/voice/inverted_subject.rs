//! Subjects that stand behind their verb: `…,” said Elm`.

use super::cue_clause::Clause;
use super::cue_complement::{has_finite, is_finite};
use super::lexicon::tags;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SOME, SourcePhrase};
use super::sentence_tokens::{FAR, REACH, SentenceTokens, listed};

/// `…,” said Elm`: whether the subject stands after the verb.
pub(super) fn is_inverted(words: &SentenceTokens<'_>, clause: &Clause) -> bool {
    let (verb, start) = (clause.verb, clause.start);
    if start != verb || start == 0 || !begins_subject(words, verb + 1) {
        return false;
    }
    let before = start - 1;
    if ends_quotation(words, before) {
        return true;
    }
    let has_subject = || {
        let far = before.saturating_sub(FAR)..before;
        let behind_quote = words.rfind(far.clone(), tags!("quoted")).map_or(far.start, |i| i + 1);
        (behind_quote..before).all(|i| !is_finite(words, i))
            && noun_phrase::before(words, start).is_some()
    };
    words.has(before, tags!("comma"))
        && !is_apposition(words, before)
        && !has_finite(words, verb + 1)
        && !has_subject()
}

/// `The News quoted | Elm as saying |`: who speaks, and the token past the phrase.
pub(super) fn quoted(words: &SentenceTokens<'_>, clause: &Clause) -> Option<(SourcePhrase, usize)> {
    let start = clause.verb + 1;
    if !words.any(clause.verb, listed!["quoted", "quotes", "quoting", "cited", "cites"]) {
        return None;
    }
    let is_joint =
        |i: &usize| words.any(*i, listed!["as"]) && words.any(i + 1, listed!["saying", "telling"]);
    let ends = tags!("quoted colon semicolon stop");
    let mut reach = start..words.find(start..start + FAR, ends).unwrap_or(start + FAR);
    let joint = reach.find(is_joint)?;
    if words.any(start, listed!["him", "her"]) {
        let source = SourcePhrase { range: start..start + 1, head: NounHead::Pronoun(start) };
        return Some((source, joint + 2));
    }
    let end = joint - usize::from(words.has_before(joint, tags!("comma")));
    let source = noun_phrase::before(words, end).filter(|source| source.range.start >= start)?;
    Some((source, joint + 2))
}

/// `Said Jo Elm, the mayor: | “…”`: who speaks behind a verb that opens the sentence, and the colon.
pub(super) fn opening(
    words: &SentenceTokens<'_>,
    clause: &Clause,
) -> Option<(SourcePhrase, usize)> {
    let subject = clause.verb + 1;
    if clause.verb > 0 || !words.has(subject, tags!("capital")) {
        return None;
    }
    let colon = words.find(subject..subject + REACH, tags!("colon"))?;
    let is_quoting = words.in_quotes(colon + 1) || words.has(colon + 1, tags!("mark"));
    let source = noun_phrase::after(words, subject).filter(|_| is_quoting)?;
    Some((source, colon))
}

/// Whether a quotation ends with a token: a statement, or a phrase with the comma of the clause inside.
fn ends_quotation(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.has(i, tags!("quoted"))
        || (words.has(i, tags!("scare")) && words.has_before(i, tags!("comma")))
}

/// `“…,” beamed | Jo Elm`, `“…,” put in | Jo Elm`, `“…,” came the reply from | Jo Elm`: who speaks behind a
/// verb that is in no list, and the token past them.
pub(super) fn after_unlisted(
    words: &SentenceTokens<'_>,
    verb: usize,
) -> Option<(SourcePhrase, usize)> {
    let others =
        tags!("capital conjunction preposition determiner adverb pronoun ly ing quoted scare");
    if !words.mentions(tags!("quoted scare")) {
        return None;
    }
    let before = verb.checked_sub(1).filter(|i| words.has(*i, tags!("quoted scare comma stop")))?;
    let is_set_off = |i: usize| words.has(i, tags!("comma stop"));
    let after_mark = ends_quotation(words, before) && is_set_off(before.wrapping_sub(1));
    let after_comma = is_set_off(before) && words.has_before(before, tags!("quoted scare"));
    if !(after_mark || after_comma) || !words.has(verb, tags!("word")) || words.has(verb, others) {
        return None;
    }
    let (is_helper, start) = (words.has(verb, tags!("auxiliary")), verb + 1);
    let source = noun_phrase::after(words, start)?;
    let range = source.range.clone();
    // `the reply from Jo Elm`, `the verdict of Jo Elm`.
    let joint = words.find(range.clone(), tags!("joint")).filter(|joint| *joint > start);
    let named = joint.filter(|joint| words.any(*joint, listed!["from", "of"]));
    let named = named.and_then(|joint| noun_phrase::within(words, joint + 1..range.end));
    let named = named.filter(|_| words.has(start, tags!("determiner")));
    if let Some(named) = named.filter(|named| named.head.is_name()) {
        return Some((named, range.end));
    }
    // `“…,” sighs one footman`
    let is_somebody =
        || words.any(start, SOME) && words.find(range.clone(), tags!("person title")).is_some();
    let speaks = (source.head.is_name() || is_somebody()) && !is_helper;
    speaks.then_some((source, range.end))
}

/// `Jo Elm, a member of the council,`: whether the comma closes an apposition to a name.
fn is_apposition(words: &SentenceTokens<'_>, close: usize) -> bool {
    let open = words.rfind(close.saturating_sub(FAR / 2)..close, tags!("comma"));
    open.is_some_and(|open| {
        let opens = tags!("conjunction mark quoted edge");
        let name = noun_phrase::before(words, open).filter(|source| source.head.is_name());
        name.is_some_and(|name| words.has_before(name.range.start, opens))
            && words.has(open + 1, tags!("aside-opener"))
    })
}

/// Whether a noun phrase can begin here.
fn begins_subject(words: &SentenceTokens<'_>, i: usize) -> bool {
    let others = tags!("preposition clause-opener clause-subject time object-pronoun ly");
    words.has(i, tags!("word")) && !words.has(i, others)
}
