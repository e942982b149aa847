//! Noun phrases beside a cue, and the name or group in them.

use crate::text::Span;
use crate::text::word_key::WordKey;

use super::lexicon::{Tags, tags};
use super::name_parts::{is_suffix, plain};
use super::noun_head::{self, NounHead};
use super::sentence_tokens::{REACH, SentenceTokens, is_possessive, listed};

/// Maximum length of a phrase, in words.
pub(super) const MAX_WORDS: usize = 16;
/// Maximum length of an aside between a subject and its verb, in tokens.
pub(super) const MAX_ASIDE: usize = 30;
/// Maximum length of a relative clause between a subject and its verb, in tokens.
const MAX_RELATIVE: usize = 14;
/// Maximum number of asides, times and relative clauses that are passed on the way to a name.
const MAX_ASIDES: usize = 3;

/// Maximum length of the first of two joined phrases that are named together, with the *and*.
const MAX_FIRST: usize = 3;

/// What stands before somebody who was not told of yet.
pub(super) const SOME: &[WordKey] = listed!["a", "an", "one", "another"];

/// Who speaks, as the sentence puts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourcePhrase {
    /// The whole phrase, in tokens.
    pub(super) range: Span,
    pub(super) head: NounHead,
}

/// The phrase that ends before token `end`, asides skipped.
pub(super) fn before(words: &SentenceTokens<'_>, end: usize) -> Option<SourcePhrase> {
    ending_at(words, end, MAX_ASIDES)
}

fn ending_at(words: &SentenceTokens<'_>, mut end: usize, asides: usize) -> Option<SourcePhrase> {
    if words.has_before(end, tags!("close")) {
        let last = end - 1;
        end = words.rfind(end.saturating_sub(12)..end, tags!("open"))?;
        // `[Jo Elm] | said`
        if words.text(end) == "[" && !words.has_before(end, tags!("word")) {
            let named = within(words, end + 1..last)?;
            return Some(SourcePhrase { range: end..last + 1, ..named });
        }
    }
    // `Jo Elm, a “dam girl,” | said`
    if words.has_before(end, tags!("mark")) && words.has(end.wrapping_sub(2), tags!("comma")) {
        end -= 1;
    }
    // `Jo Elm, Jr. | said`
    if is_suffix(plain(words.text(end.wrapping_sub(1))))
        && words.has_before(end.wrapping_sub(1), tags!("comma"))
    {
        let named = ending_at(words, end - 2, asides.checked_sub(1)?)?;
        let head = match named.head {
            NounHead::Name(name) => NounHead::Name(name.start..end),
            head => head,
        };
        return Some(SourcePhrase { range: named.range.start..end, head });
    }
    if words.has_before(end, tags!("comma dash")) {
        return around_aside(words, end - 1, asides.checked_sub(1)?);
    }
    let start = phrase_start(words, end);
    if let Some(before) = before_time(words, start..end) {
        // `a report published Monday`: the participle modifies the noun.
        let is_participle = words.has_small(before.saturating_sub(1), tags!("ed"));
        return ending_at(words, before - usize::from(is_participle), asides.checked_sub(1)?);
    }
    before_relative(words, start, end, asides).or_else(|| {
        let SourcePhrase { range, head } = within(words, start..end)?;
        let first = pair_start(words, start);
        // `Jo Elm, a fellow at the Valley Centre | said`
        let is_role =
            words.any(start, listed!["a", "an"]) || !words.has(start, tags!("determiner"));
        if matches!(head, NounHead::Group(_)) && is_role {
            let aside = SourcePhrase { range: first..end, head: head.clone() };
            let opening = tags!("quoted edge coordinator");
            let named = named_outside(words, &aside, asides);
            if named.as_ref().is_some_and(|one| words.has_before(one.range.start, opening)) {
                return named;
            }
        }
        let head = match head {
            // `Jo Elm and | others` are told apart.
            NounHead::Group(group)
                if (1..=MAX_FIRST).contains(&(start - first))
                    && words.find(first..start, tags!("capital ed preposition ing")).is_none() =>
            {
                NounHead::Group(first..group.end)
            }
            head => head,
        };
        Some(SourcePhrase { range: first.min(range.start)..end, head })
    })
}

/// `…, engineers and | officials`: where the first of two joined phrases starts.
fn pair_start(words: &SentenceTokens<'_>, start: usize) -> usize {
    let Some(joint) = start.checked_sub(1).filter(|joint| words.any(*joint, listed!["and"])) else {
        return start;
    };
    let first = phrase_start(words, joint);
    let set_off =
        !words.has_before(first, tags!("word")) || words.has_before(first, tags!("quoted"));
    if first < joint && set_off { first } else { start }
}

/// `Ash Oak, on Saturday, | said`, `Ash Oak, 54, | said`: where the phrase before a mere time or
/// age ends.
fn before_time(words: &SentenceTokens<'_>, range: Span) -> Option<usize> {
    let is_time = |i: usize| {
        words.has(i, tags!("time preposition time-unit"))
            || words.is_number(i)
            || is_seat(words.text(i))
    };
    let before = range.start.checked_sub(1)?;
    let is_timed = !range.is_empty() && range.clone().all(is_time);
    is_timed.then(|| range.start - usize::from(words.has(before, tags!("comma"))))
}

/// `R-Ohio`, `D-N.Y.`: a party and a state.
fn is_seat(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', b'-', b'A'..=b'Z', ..])
}

/// `Ash Oak, the former mayor,` before a verb: the name may stand on either side of the comma.
fn around_aside(words: &SentenceTokens<'_>, close: usize, asides: usize) -> Option<SourcePhrase> {
    let from = close.saturating_sub(MAX_ASIDE);
    let mark = if words.has(close, tags!("comma")) { tags!("comma") } else { tags!("dash") };
    let open = words.rfind(from..close, mark)?;
    let outer = ending_at(words, open, asides)?;
    if !outer.head.is_name_or_pronoun() {
        let inner = within(words, open + 1..phrase_end(words, open + 1).min(close));
        // `His wife, Anouk,`: one word is enough where it is all of the aside.
        let is_all =
            |inner: &SourcePhrase| inner.range == (open + 1..close) && inner.head.is_name();
        let is_own = |inner: &SourcePhrase| is_all(inner) && is_relation(words, &outer);
        if inner.as_ref().is_some_and(|inner| inner.head.is_long_name() || is_own(inner)) {
            return inner;
        }
    }
    Some(named_outside(words, &outer, asides).unwrap_or(outer))
}

/// `his wife`, `Elm's lawyer`: somebody who is told by whom they belong to.
fn is_relation(words: &SentenceTokens<'_>, source: &SourcePhrase) -> bool {
    let last = source.range.end - 1;
    let is_owner = |i| words.has(i, tags!("owner")) || is_possessive(words.lower(i));
    (source.range.start..last).any(is_owner) && !words.has(last, tags!("capital"))
}

/// `Jo Elm, 22, of Oakton, Ohio,`, `Jo Elm, head of a board, a small one,`: the name that an aside
/// of several parts belongs to.
fn named_outside(
    words: &SentenceTokens<'_>,
    aside: &SourcePhrase,
    asides: usize,
) -> Option<SourcePhrase> {
    let start = aside.range.start;
    let comma = start.checked_sub(1).filter(|comma| words.has(*comma, tags!("comma")))?;
    let modifies = words.has(start, tags!("preposition determiner"));
    if !modifies && aside.head.is_name_or_pronoun() {
        return None;
    }
    ending_at(words, comma, asides.checked_sub(1)?).filter(|outer| outer.head.is_long_name())
}

/// `a nurse who works there | said`, `Jo Elm, who is head of a board | said`: the phrase before a relative
/// clause that no comma closes.
fn before_relative(
    words: &SentenceTokens<'_>,
    start: usize,
    end: usize,
    asides: usize,
) -> Option<SourcePhrase> {
    let clause = words.run_back(end.saturating_sub(MAX_RELATIVE)..end, tags!("word mark scare"));
    let joint = words.rfind(clause, tags!("relative")).filter(|joint| *joint < start)?;
    // `whom Elm …` has another subject.
    let has_subject = tags!("capital determiner pronoun clause-subject");
    let comma = usize::from(words.has_before(joint, tags!("comma")));
    let noun = joint.checked_sub(comma + 1)?;
    if words.has(joint + 1, has_subject)
        || !words.has(noun, tags!("word close"))
        || words.has(noun, tags!("preposition conjunction auxiliary"))
    {
        return None;
    }
    ending_at(words, noun + 1, asides.checked_sub(1)?)
}

/// `with Oak | saying …`, `MAYOR JO ELM | SAYING: …`: the subject of a participle that stands before it.
pub(super) fn before_participle(words: &SentenceTokens<'_>, start: usize) -> Option<SourcePhrase> {
    let is_named =
        words.has_before(start, tags!("capital")) && words.has(start + 1, tags!("colon"));
    let phrase = words.run_back(start.saturating_sub(REACH)..start, tags!("word"));
    let with = phrase.clone().rev().find(|i| words.any(*i, listed!["with", "from"]));
    // `Elm broke with Oak after | saying …` is about Elm.
    let with = with.filter(|_| !words.has_before(start, tags!("preposition")));
    let from = with.map_or(phrase.start, |with| with + 1);
    (is_named || with.is_some()).then(|| within(words, from..start)).flatten()
}

/// The phrase that starts at token `start`.
pub(super) fn after(words: &SentenceTokens<'_>, start: usize) -> Option<SourcePhrase> {
    let found = starting_at(words, start)?;
    // `a study by the Valley Board`: whoever wrote it.
    let is_work = words.find(found.range.clone(), tags!("study written-work")).is_some();
    if is_work
        && matches!(found.head, NounHead::Group(_))
        && let Some(author) = past_by(words, found.range.end).and_then(|by| starting_at(words, by))
    {
        let range = found.range.start..author.range.end;
        return Some(SourcePhrase { range, ..author });
    }
    Some(found)
}

fn starting_at(words: &SentenceTokens<'_>, start: usize) -> Option<SourcePhrase> {
    let alone = words.has(start, tags!("pronoun first-or-second-person"));
    let end = if alone { start + 1 } else { phrase_end(words, start) };
    let found = within(words, start..end)?;
    // `said the mayor, Ash Oak`: a name in the aside is the better one.
    let has_aside = matches!(found.head, NounHead::Group(_))
        && words.has(end, tags!("comma"))
        && words.has(end + 1, tags!("capital"));
    let inner = || within(words, end + 1..phrase_end(words, end + 1));
    let named = has_aside.then(inner).flatten().filter(|inner| inner.head.is_long_name());
    named.or(Some(found))
}

/// `published on Monday by |`, `by |`: the token behind the *by* that follows a text at once, or a
/// participle and a time later.
pub(super) fn past_by(words: &SentenceTokens<'_>, end: usize) -> Option<usize> {
    let is_participle = words.has(end, tags!("ed post-modifier other-verb"));
    let start = end + usize::from(is_participle);
    let by = words.run(start..start + REACH, tags!("time preposition ly"));
    by.into_iter().find(|i| words.any(*i, listed!["by"])).map(|by| by + 1)
}

fn phrase_start(words: &SentenceTokens<'_>, end: usize) -> usize {
    let far = walk_back(words, end, tags!("preposition"));
    // `Drivers on | the tram`: the phrase that begins its clause is the subject.
    let begins = tags!("comma colon semicolon dash mark quoted stop open close conjunction edge");
    if words.has_before(far, begins) && !words.has(far, tags!("preposition time")) {
        return far;
    }
    walk_back(words, end, tags!("joint"))
}

/// Where the words that can stand in one noun phrase begin; past a determiner only where one of `joints`
/// joins it to a noun: `a spokesman for | the mayor`.
fn walk_back(words: &SentenceTokens<'_>, end: usize, joints: Tags) -> usize {
    let mut start = end;
    while start > 0 && end - start < MAX_WORDS && is_inside(words, start - 1) {
        let word = start - 1;
        if words.has(word, tags!("pronoun first-or-second-person")) {
            return if start == end { word } else { start };
        }
        start = word;
        let noun = word.wrapping_sub(2);
        let goes_on = words.has_before(word, joints)
            && words.has(noun, tags!("word"))
            && !words.has(noun, tags!("preposition"))
            && words.cue(noun).is_none();
        if words.has(word, tags!("determiner")) && !goes_on {
            break;
        }
    }
    start
}

/// Whether a token can stand inside a noun phrase.
fn is_inside(words: &SentenceTokens<'_>, i: usize) -> bool {
    if !words.has(i, tags!("word")) || words.has(i, tags!("quoted")) {
        return false;
    }
    let capital = tags!("capital");
    if words.any(i, listed!["and"]) {
        return words.has_before(i, capital) && words.has(i + 1, capital);
    }
    !words.has(i, tags!("conjunction auxiliary"))
        && (words.has(i, capital) || !(is_verb(words, i) || words.has(i, tags!("other-verb"))))
}

/// A cue in small letters ends a phrase, unless it may be a noun: `Valley Board | found`.
fn is_verb(words: &SentenceTokens<'_>, i: usize) -> bool {
    let follows_name =
        words.has_before(i, tags!("capital")) && !words.has(i, tags!("noun-or-verb"));
    // `the | ruling said`
    let is_noun = words.has(i, tags!("ing")) && words.has_before(i, tags!("article"));
    let is_form = words.has(i, tags!("ed ing say-verb")) && !is_noun;
    words.cue(i).is_some() && (is_form || follows_name)
}

fn phrase_end(words: &SentenceTokens<'_>, start: usize) -> usize {
    let ends = listed!["during", "after", "before", "about", "by"];
    let is_first = words.has(start, tags!("word")) && !words.has(start, tags!("conjunction"));
    if !is_first && !is_inside(words, start) {
        return start;
    }
    let goes_on = |i: usize| {
        let is_pair = words.any(i, listed!["and"])
            && words.has(i + 1, tags!("word"))
            && !words.has_before(i, tags!("capital"));
        (is_inside(words, i) || is_pair) && !words.has(i, tags!("pronoun")) && !words.any(i, ends)
    };
    let end = start + MAX_WORDS;
    (start + 1..end).find(|i| !goes_on(*i)).unwrap_or(end)
}

/// The phrase that some tokens are, with its head; none without a word in it.
pub(super) fn within(words: &SentenceTokens<'_>, range: Span) -> Option<SourcePhrase> {
    let start = words.run(range.clone(), tags!("preposition adverb")).end;
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
            Some(NounHead::FirstOrSecondPerson) => "first or second person".into(),
            Some(NounHead::Pronoun(i)) => format!("pronoun {}", words.text(i)),
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
        check_before("Valley Chamber of Commerce President Al Oak | said", "name Al Oak");
        check_before("Critics of Mayor Al Oak | said", "group Critics of Mayor Al Oak");
    }

    #[test]
    fn asides() {
        check_before("Jo Elm, the town's mayor, | said", "name Jo Elm");
        check_before("The town's mayor, Jo Elm, | said", "name Jo Elm");
        check_before("“It broke,” [Mayor Jo Elm] | said", "name Jo Elm");
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
    fn pronouns_and_nothing() {
        check_before("The dam broke, he | said", "pronoun he");
        check_before("What I | said", "first or second person");
        check_before("", "-");
        check_before("It broke, and | said", "-");
    }

    #[test]
    fn after_the_verb() {
        check_after("Rep. Jo Elm, who was there", "name Jo Elm");
        check_after("the town's mayor, Jo Elm", "name Jo Elm");
        check_after("three people familiar with the dam", "group people familiar with the dam");
    }
}
