//! Noun phrases beside an attributing word, and the name or group in them.

use crate::text::Span;

use super::function_words::Role;
use super::noun_head::{self, NounHead};
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// The longest phrase looked at, in words.
const LONGEST: usize = 16;
/// The longest aside between a subject and its verb, in tokens.
const LONGEST_ASIDE: usize = 30;

/// How many asides, times and relative clauses are passed on the way to a name.
const ASIDES: usize = 3;

/// Who speaks, as the sentence puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourcePhrase {
    /// The whole phrase, in tokens.
    pub(super) range: Span,
    pub(super) head: NounHead,
}

/// The phrase that ends before token `end`, asides skipped.
pub(super) fn before(words: &SentenceTokens<'_>, end: usize) -> Option<SourcePhrase> {
    ending_at(words, end, ASIDES)
}

fn ending_at(words: &SentenceTokens<'_>, mut end: usize, asides: usize) -> Option<SourcePhrase> {
    if end > 0 && words.is(end - 1, Kind::Close) {
        end = (end.saturating_sub(12)..end).rev().find(|at| words.is(*at, Kind::Open))?;
    }
    if end > 0 && (words.is(end - 1, Kind::Comma) || words.is(end - 1, Kind::Dash)) {
        return if asides > 0 { around_aside(words, end - 1, asides - 1) } else { None };
    }
    let start = phrase_start(words, end);
    if let Some(before) = before_time(words, start..end) {
        // `a report published Monday`: the participle tells more of the noun.
        let participle = words.lower(before.saturating_sub(1)).ends_with("ed")
            && !words.is_capital(before.saturating_sub(1));
        let end = before - usize::from(participle);
        return if asides > 0 { ending_at(words, end, asides - 1) } else { None };
    }
    if let Some(found) = before_relative(words, start, asides) {
        return Some(found);
    }
    let pair = pair_start(words, start);
    source(words, start..end)
        .map(|found| SourcePhrase { range: pair.min(found.range.start)..end, ..found })
}

/// `…, engineers and | officials`: where the first of two joined phrases starts.
fn pair_start(words: &SentenceTokens<'_>, start: usize) -> usize {
    let Some(joint) = start.checked_sub(1).filter(|at| words.any(*at, listed!["and"])) else {
        return start;
    };
    let first = phrase_start(words, joint);
    let set_off =
        first == 0 || !words.is(first - 1, Kind::Word) || words.quoted(first - 1) == Quoted::Yes;
    if first < joint && set_off { first } else { start }
}

/// `Ash Oak, on Saturday, | said`, `Ash Oak, 54, | said`: where the phrase before a mere time or
/// age ends.
fn before_time(words: &SentenceTokens<'_>, range: Span) -> Option<usize> {
    let is_time = |at: usize| {
        let parts =
            listed!["night", "morning", "evening", "afternoon", "week", "month", "year", "now"];
        words.plays(at, Role::Time)
            || words.plays(at, Role::Preposition)
            || words.any(at, parts)
            || words.text(at).bytes().all(|b| b.is_ascii_digit())
            || is_seat(words.text(at))
    };
    let timed = !range.is_empty() && range.clone().all(is_time) && range.start > 0;
    let comma = timed && words.is(range.start - 1, Kind::Comma);
    timed.then(|| range.start - usize::from(comma))
}

/// `R-Ohio`, `D-N.Y.`: a party and a state.
fn is_seat(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.next() == Some('-')
        && letters.next().is_some_and(|c| c.is_ascii_uppercase())
}

/// `Ash Oak, the former mayor,` before a verb: the name may stand on either side of the comma.
fn around_aside(words: &SentenceTokens<'_>, close: usize, asides: usize) -> Option<SourcePhrase> {
    let from = close.saturating_sub(LONGEST_ASIDE);
    let mark = words.kind(close)?;
    let open = (from..close).rev().find(|at| words.is(*at, mark))?;
    let mut outer = ending_at(words, open, asides)?;
    // `Jo Elm, who was mayor of a town, a small one,`: the phrase lies within another aside.
    let clause =
        outer.range.start.checked_sub(1).is_some_and(|at| words.plays(at, Role::Auxiliary));
    if clause && asides > 0 {
        let earlier = (from..outer.range.start).rev().find(|at| words.is(*at, mark));
        let named = earlier.and_then(|earlier| ending_at(words, earlier, 0));
        outer = named.filter(|named| matches!(named.head, NounHead::Name(_))).unwrap_or(outer);
    }
    if !matches!(outer.head, NounHead::Name(_) | NounHead::Pronoun(_)) {
        let inner = source(words, open + 1..phrase_end(words, open + 1).min(close));
        if let Some(inner) =
            inner.filter(|inner| matches!(&inner.head, NounHead::Name(name) if name.len() > 1))
        {
            return Some(inner);
        }
    }
    Some(named_outside(words, &outer, asides).unwrap_or(outer))
}

/// `Jo Elm, 22, of Oakton, Ohio,`, `Jo Elm, head of a board, a small one,`: the name that an aside
/// of several parts belongs to.
fn named_outside(
    words: &SentenceTokens<'_>,
    found: &SourcePhrase,
    asides: usize,
) -> Option<SourcePhrase> {
    let start = found.range.start;
    let comma = start.checked_sub(1).filter(|at| words.is(*at, Kind::Comma))?;
    let tells = words.plays(start, Role::Preposition)
        || words.plays(start, Role::Determiner)
        || !matches!(found.head, NounHead::Name(_) | NounHead::Pronoun(_));
    let outer = ending_at(words, comma, asides).filter(|_| tells)?;
    let adjunct = words.plays(outer.range.start, Role::Preposition);
    let named = matches!(&outer.head, NounHead::Name(name) if name.len() > 1);
    (named && !adjunct).then_some(outer)
}

/// `Jo Elm, who is head of a board | said`: the name before a clause that no comma closes.
fn before_relative(
    words: &SentenceTokens<'_>,
    start: usize,
    asides: usize,
) -> Option<SourcePhrase> {
    let who = start.checked_sub(2).filter(|at| words.any(*at, listed!["who"]))?;
    let helped = words.plays(start - 1, Role::Auxiliary);
    let comma = who.checked_sub(1).filter(|at| helped && words.is(*at, Kind::Comma))?;
    ending_at(words, comma, asides.checked_sub(1)?)
}

/// The phrase that starts at token `start`.
pub(super) fn after(words: &SentenceTokens<'_>, start: usize) -> Option<SourcePhrase> {
    let alone = words.plays(start, Role::Pronoun) || words.plays(start, Role::Own);
    let end = if alone { start + 1 } else { phrase_end(words, start) };
    let found = source(words, start..end)?;
    // `said the mayor, Ash Oak`: a name in the aside is the better one.
    if matches!(found.head, NounHead::Group(_))
        && words.is(end, Kind::Comma)
        && words.is_capital(end + 1)
    {
        let named = source(words, end + 1..phrase_end(words, end + 1));
        return named
            .filter(|named| matches!(&named.head, NounHead::Name(name) if name.len() > 1))
            .or(Some(found));
    }
    Some(found)
}

/// The subject that a sentence opens with: its name alone where a verb may follow at once.
pub(super) fn leading(words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
    let first = past_dateline(words);
    let adjunct = words.plays(first, Role::Preposition) || words.lower(first).ends_with("ing");
    let comma = (first..words.len().min(LONGEST_ASIDE)).find(|at| words.is(*at, Kind::Comma));
    let start = match comma {
        Some(comma) if adjunct => comma + 1,
        _ => first + usize::from(words.plays(first, Role::Conjunction)),
    };
    let titled = (start..words.len())
        .take_while(|at| words.is_capital(*at) && !words.plays(*at, Role::Preposition))
        .count();
    let range = start..start + titled.min(LONGEST);
    if comma.is_some_and(|comma| comma < start) && words.lower(start).ends_with("ing") {
        return within_adjunct(words, start - 1);
    }
    // `Hours after …` opens with a capital and is no name.
    let last = words.lower(range.end.saturating_sub(1));
    let timed = (titled == 1 && words.plays(start + 1, Role::Preposition))
        || last.ends_with("'s")
        || last.ends_with("’s");
    let named =
        source(words, range).filter(|found| !timed && matches!(found.head, NounHead::Name(_)));
    named.or_else(|| after(words, start)).filter(|found| found.range.start == start)
}

/// `OAKTON, Ohio (AP) — | Jo Elm`: where the sentence itself begins.
fn past_dateline(words: &SentenceTokens<'_>) -> usize {
    let dash = (1..words.len().min(9)).find(|at| words.is(*at, Kind::Dash));
    let shouted = words.text(0).chars().all(char::is_uppercase) && words.text(0).len() > 2;
    let placed =
        |dash: usize| (0..dash).all(|at| !words.is(at, Kind::Word) || words.is_capital(at));
    dash.filter(|dash| shouted && placed(*dash)).map_or(0, |dash| dash + 1)
}

/// `For her part | Ms. Elm went on, adding …`: the name that no preposition belongs to.
fn within_adjunct(words: &SentenceTokens<'_>, comma: usize) -> Option<SourcePhrase> {
    let start = (1..comma).find(|at| {
        let before = at - 1;
        words.is_capital(*at)
            && !words.is_capital(before)
            && !words.plays(before, Role::Preposition)
            && !words.plays(before, Role::Determiner)
    })?;
    let end = (start..comma).find(|at| !words.is_capital(*at)).unwrap_or(comma);
    source(words, start..end).filter(|found| matches!(found.head, NounHead::Name(_)))
}

fn phrase_start(words: &SentenceTokens<'_>, end: usize) -> usize {
    let mut at = end;
    while at > 0 && end - at < LONGEST {
        let word = at - 1;
        if !is_inside(words, word) {
            break;
        }
        if words.plays(word, Role::Pronoun) || words.plays(word, Role::Own) {
            return if at == end { word } else { at };
        }
        at = word;
        if words.plays(word, Role::Determiner) && !continues_before(words, word) {
            break;
        }
    }
    at
}

/// `a spokesman for | the mayor`: whether the phrase goes on before a determiner.
fn continues_before(words: &SentenceTokens<'_>, determiner: usize) -> bool {
    let is_noun = |at: usize| {
        words.is(at, Kind::Word) && !words.plays(at, Role::Preposition) && words.cue(at).is_none()
    };
    determiner >= 2
        && words.any(determiner - 1, listed!["of", "for", "from", "at", "with", "to", "in"])
        && is_noun(determiner - 2)
}

/// Whether a token can stand inside a noun phrase.
fn is_inside(words: &SentenceTokens<'_>, at: usize) -> bool {
    if !words.is(at, Kind::Word) || words.quoted(at) == Quoted::Yes {
        return false;
    }
    if words.any(at, listed!["and"]) {
        return at > 0 && words.is_capital(at - 1) && words.is_capital(at + 1);
    }
    !words.plays(at, Role::Conjunction)
        && !words.plays(at, Role::Auxiliary)
        && !is_verb(words, at)
        && (!words.plays(at, Role::Verb) || words.is_capital(at))
}

/// An attributing verb in small letters ends a phrase, unless it may be a noun.
fn is_verb(words: &SentenceTokens<'_>, at: usize) -> bool {
    let form = words.lower(at);
    words.cue(at).is_some()
        && !words.is_capital(at)
        && (form.ends_with("ed")
            || form.ends_with("ing")
            || matches!(form, "said" | "says" | "told" | "wrote" | "tells" | "say"))
}

fn phrase_end(words: &SentenceTokens<'_>, start: usize) -> usize {
    let mut at = start;
    let inside = |at: usize| {
        let pair = words.any(at, listed!["and"]) && at > start && words.is(at + 1, Kind::Word);
        is_inside(words, at)
            || (pair && !words.is_capital(at - 1))
            || (at == start && words.is(at, Kind::Word) && !words.plays(at, Role::Conjunction))
    };
    while at < words.len() && at - start < LONGEST && inside(at) {
        if at > start
            && (words.plays(at, Role::Pronoun)
                || words.any(at, listed!["during", "after", "before", "about", "by"]))
        {
            break;
        }
        at += 1;
    }
    at
}

/// The phrase with its head; none without a word in it.
fn source(words: &SentenceTokens<'_>, range: Span) -> Option<SourcePhrase> {
    let mut start = range.start;
    while start < range.end
        && (words.plays(start, Role::Preposition) || words.plays(start, Role::Adverb))
    {
        start += 1;
    }
    let head = noun_head::head(words, start..range.end)?;
    Some(SourcePhrase { range: start..range.end, head })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    fn show(words: &SentenceTokens<'_>, source: Option<SourcePhrase>) -> String {
        match source.map(|source| source.head) {
            None => "-".into(),
            Some(NounHead::Own) => "own".into(),
            Some(NounHead::Pronoun(at)) => format!("pronoun {}", words.text(at)),
            Some(NounHead::Name(range)) => format!("name {}", words.slice(&range)),
            Some(NounHead::Office(range)) => format!("office {}", words.slice(&range)),
            Some(NounHead::Group(range)) => format!("group {}", words.slice(&range)),
        }
    }

    /// The phrase before `|`.
    #[track_caller]
    fn check_before(text: &str, expected: &str) {
        let text = text.split('|').next().unwrap_or("");
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        assert_eq!(show(&words, before(&words, words.len())), expected);
    }

    #[track_caller]
    fn check_after(text: &str, expected: &str) {
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        assert_eq!(show(&words, after(&words, 0)), expected);
    }

    #[test]
    fn names_without_titles() {
        check_before("Treasury Secretary Al Oak | said", "name Al Oak");
        check_before("On Monday, Republican Senator Jo Elm of Ohio | said", "name Jo Elm");
        check_before("Rep. Jo Elm (D-Ohio) | said", "name Jo Elm");
        check_before("White House chief of staff Al Oak | said", "name Al Oak");
        check_before("Secretary of State Al Oak | said", "name Al Oak");
        check_before("Mayor Bill de Oak | said", "name Bill de Oak");
        check_before("Oak on Tuesday | said", "name Oak");
    }

    #[test]
    fn asides() {
        check_before("Jo Elm, the town's mayor, | said", "name Jo Elm");
        check_before("The town's mayor, Jo Elm, | said", "name Jo Elm");
        check_before("Another Senate Republican, Jo Elm of Ohio, | said", "name Jo Elm");
    }

    #[test]
    fn groups_and_offices() {
        check_before("Senior officials | said", "group Senior officials");
        check_before("It broke, two people at the dam | said", "group people at the dam");
        check_before("The White House | said", "office White House");
        check_before("A spokesman for the town | said", "group spokesman for the town");
    }

    #[test]
    fn pronouns() {
        check_before("The dam broke, he | said", "pronoun he");
        check_before("What I | said", "own");
    }

    #[test]
    fn after_the_verb() {
        check_after("Rep. Jo Elm, who was there", "name Jo Elm");
        check_after("the town's mayor, Jo Elm", "name Jo Elm");
        check_after("three people familiar with the dam", "group people familiar with the dam");
    }

    #[test]
    fn nothing_there() {
        check_before("", "-");
        check_before("It broke, and | said", "-");
    }
}
