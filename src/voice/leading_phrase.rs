//! The subject that a sentence opens with.

use super::lexicon::tags;
use super::noun_head::NounHead;
use super::noun_phrase::{MAX_ASIDE, MAX_WORDS, SourcePhrase, after, within};
use super::sentence_tokens::{SentenceTokens, is_possessive};

/// The subject that a sentence opens with: its name alone where a verb may follow at once.
pub(super) fn leading(words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
    let mut first = past_dateline(words);
    // `Finally, he …`: what opens the sentence and is no name.
    if words.has(first + 1, tags!("comma")) && !words.has(first, tags!("capital preposition ing")) {
        first += 2;
    }
    if words.has(first, tags!("subordinate-opener")) && words.has(first + 1, tags!("ing")) {
        first += 1;
    }
    let openers = tags!("preposition ing subordinate-opener adjunct-opener");
    // `The same day, Elm …`
    let timed = words.run(first..MAX_ASIDE, tags!("determiner adjective time time-unit")).end;
    let is_time = timed > first && words.has_before(timed, tags!("time time-unit"));
    let opens = words.has(first, openers) || (is_time && words.has(timed, tags!("comma")));
    let comma = words.find(first..MAX_ASIDE, tags!("comma")).filter(|_| opens);
    // `On Monday, | hours before the vote, Elm …`
    let comma = match comma {
        Some(comma) if words.has_small(comma + 1, tags!("adverb time adjunct-opener")) => {
            words.find(comma + 1..MAX_ASIDE, tags!("comma")).or(Some(comma))
        }
        other => other,
    };
    let start = match comma {
        Some(comma) => comma + 1,
        None => first + usize::from(words.has(first, tags!("conjunction"))),
    };
    if let Some(comma) = comma.filter(|_| words.has(start, tags!("ing"))) {
        return within_adjunct(words, comma);
    }
    let titled = words.run(start..words.len().max(start), tags!("capital"));
    // `Valley Dams founder and | chief engineer Jo Elm`
    let offices = words.run(titled.end..words.len().max(titled.end), tags!("title coordinator"));
    let titled = match words.has_small(titled.end, tags!("title")) {
        true => start..words.run(offices.end..words.len().max(offices.end), tags!("capital")).end,
        false => titled,
    };
    let end = words.find(titled.clone(), tags!("preposition")).unwrap_or(titled.end);
    let range = start..end.min(start + MAX_WORDS);
    // `Hours after …` opens with a capital and is no name.
    let timed = (end == start + 1 && words.has(start + 1, tags!("preposition")))
        || is_possessive(words.lower(range.end.saturating_sub(1)));
    // `U.S. officials did not …`
    let before_name =
        words.has(titled.end + 1, tags!("capital")) || words.lower(titled.end).ends_with('s');
    let goes_on = before_name
        && words.has_small(titled.end, tags!("word"))
        && !words.has(titled.end, tags!("auxiliary adverb ly ed ing preposition conjunction other-verb time determiner pronoun relative hint"))
        && words.cue(titled.end).is_none();
    let named = within(words, range)
        .filter(|found| !timed && !goes_on && !matches!(found.head, NounHead::Group(_)));
    let found = named.or_else(|| after(words, start).map(|found| before_past(words, found)));
    found.filter(|found| found.range.start == start)
}

/// `A reporter | pushed back and`, `Critics | see the dam`: a group without the verb that follows it.
fn before_past(words: &SentenceTokens<'_>, found: SourcePhrase) -> SourcePhrase {
    let NounHead::Group(group) = &found.head else { return found };
    let is_verb = |i: &usize| {
        words.has_small(*i, tags!("ed"))
            || (words.has(*i + 1, tags!("article"))
                && !words.has(*i, tags!("preposition conjunction determiner capital")))
    };
    let verb = (group.start + 1..group.end).find(is_verb);
    verb.and_then(|verb| within(words, found.range.start..verb)).unwrap_or(found)
}

/// `OAKTON, Ohio (AP) — | Jo Elm`: where the sentence itself begins.
fn past_dateline(words: &SentenceTokens<'_>) -> usize {
    // `(AP) — | Jo Elm`
    if words.has(0, tags!("open")) && words.has(2, tags!("close")) && words.has(3, tags!("dash")) {
        return 4;
    }
    let place = words.text(0);
    let is_shouted = || place.len() > 2 && place.chars().all(char::is_uppercase);
    let is_placed = |dash: &usize| {
        (0..*dash).all(|i| !words.has(i, tags!("word")) || words.has(i, tags!("capital")))
    };
    let dash = words.find(1..9, tags!("dash")).filter(|dash| is_shouted() && is_placed(dash));
    dash.map_or(0, |dash| dash + 1)
}

/// `For her part | Ms. Elm went on, adding …`: the name that no preposition belongs to.
fn within_adjunct(words: &SentenceTokens<'_>, comma: usize) -> Option<SourcePhrase> {
    let joins = tags!("capital preposition determiner");
    let start =
        (1..comma).find(|i| words.has(*i, tags!("capital")) && !words.has(*i - 1, joins))?;
    let name = words.run(start..comma, tags!("capital"));
    within(words, name).filter(|found| found.head.is_name())
}
