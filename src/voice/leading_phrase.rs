//! The subject that a sentence opens with.

use super::lexicon::tags;
use super::noun_head::{NounHead, institution_end};
use super::noun_phrase::{MAX_ASIDE, MAX_WORDS, SOME, SourcePhrase, after, within};
use super::sentence_tokens::{REACH, SentenceTokens, is_possessive};

/// The subject that a sentence opens with: its name alone where a verb may follow at once.
pub(super) fn leading(words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
    // `OAKTON, Ohio (AP) — | Jo Elm`
    let is_place = words.text(0).len() > 2 && words.text(0).chars().all(char::is_uppercase);
    let is_placed = |dash: &usize| {
        (0..*dash).all(|i| !words.has(i, tags!("word")) || words.has(i, tags!("capital")))
    };
    let dateline = words.find(1..9, tags!("dash")).filter(|dash| is_place && is_placed(dash));
    // `(AP) — | Jo Elm`
    let is_agency =
        words.has(0, tags!("open")) && words.has(2, tags!("close")) && words.has(3, tags!("dash"));
    let dateline = dateline.or_else(|| is_agency.then_some(3));
    let mut first = dateline.map_or(0, |dash| dash + 1);
    // `Finally, he …`: what opens the sentence and is no name.
    if words.has(first + 1, tags!("comma")) && !words.has(first, tags!("capital preposition ing")) {
        first += 2;
    }
    let openers = tags!("preposition ing subordinate-opener adjunct-opener");
    let opens = words.has(first, openers);
    let comma = words.find(first..MAX_ASIDE, tags!("comma")).filter(|_| opens);
    let joined = first + usize::from(words.has(first, tags!("conjunction")));
    // `But | then | the board …`
    let past_adverbs = || words.run(joined..joined + REACH, tags!("adverb")).end;
    let start = comma.map_or_else(past_adverbs, |comma| comma + 1);
    let capitals = |from: usize| words.run(from..from + MAX_WORDS, tags!("capital"));
    let mut name = capitals(start);
    // `Valley Dams founder and | chief engineer Jo Elm`
    if words.has_small(name.end, tags!("title")) {
        let offices = words.run(name.end..name.end + MAX_WORDS, tags!("title coordinator"));
        name.end = capitals(offices.end).end;
    }
    // `the Centre for | Dams and Locks`
    if words.has_before(name.end, tags!("institution")) {
        let end = institution_end(words, name.end, name.end + REACH);
        name.end = if is_possessive(words.lower(end - 1)) { name.end } else { end };
    }
    let (next, is_owner) = (name.end, is_possessive(words.lower(name.end.saturating_sub(1))));
    // `U.S. officials did not …`
    let before_name = words.has(next + 1, tags!("capital"))
        || (next == start + 1 && words.has(start, tags!("title-modifier")))
        || words.lower(next).ends_with('s')
        || words.any(start, SOME);
    let goes_on = before_name
        && words.has_small(next, tags!("word"))
        && !words.has(next, tags!("auxiliary adverb ly ed ing preposition conjunction other-verb time determiner pronoun relative hint"))
        && words.cue(next).is_none();
    let named = within(words, name)
        .filter(|found| !is_owner && !goes_on && !matches!(found.head, NounHead::Group(_)));
    let found = named.or_else(|| after(words, start).map(|found| before_past(words, found)));
    found.filter(|found| found.range.start == start)
}

/// `A reporter | pushed back and`, `Critics | see the dam`: a group without the verb that follows it.
fn before_past(words: &SentenceTokens<'_>, found: SourcePhrase) -> SourcePhrase {
    let NounHead::Group(group) = &found.head else { return found };
    let is_verb = |i: &usize| {
        // `An Oakton nurse | wept`
        let ends_person = words.has_before(*i, tags!("person title"))
            && !words.has_before(*i, tags!("institution"))
            && !words.has(*i, tags!("person title preposition conjunction capital"));
        ends_person
            || words.has_small(*i, tags!("ed"))
            || (words.has(*i + 1, tags!("article pronoun"))
                && !words.has(*i, tags!("preposition conjunction determiner capital")))
    };
    let verb = (group.start + 1..group.end).find(is_verb);
    verb.and_then(|verb| within(words, found.range.start..verb)).unwrap_or(found)
}
