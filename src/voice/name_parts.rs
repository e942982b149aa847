//! The words of a name: what belongs to it, and what tells whose it can be.

use std::borrow::Cow;

use crate::text::word_key::WordKey;

use super::lexicon::{self, tags};
use super::usual_case;

/// Maximum length of a full name, in words.
pub(super) const MAX_WORDS: usize = 5;

/// `Jo B. Elm`, `Jo “Dusty” Elm` and `Jo Elm` are one person, and so are `Jo Elm, Jr.` and `Jo Elm Jr.`; `J. B. Elm` has no other first name. With
/// single spaces.
pub(super) fn without_middle_names(name: &str) -> Cow<'_, str> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| {
                matches!(c, '.' | ',') || c.is_whitespace() || opens_nickname(c)
            })
    };
    if name.split(' ').all(is_plain) {
        return Cow::Borrowed(name);
    }
    let is_initial = |part: &str| part.len() == 2 && part.ends_with('.');
    let mut parts: Vec<&str> = Vec::new();
    let mut is_within = false;
    for part in name.split_whitespace() {
        is_within |= part.starts_with(opens_nickname);
        if !is_within {
            parts.push(part.trim_end_matches(','));
        }
        is_within &= !part.ends_with(|c| !char::is_alphanumeric(c));
    }
    if let [first, middle @ .., last] = &parts[..]
        && !is_initial(first)
    {
        let kept = middle.iter().filter(|part| !is_initial(part));
        parts = [first].into_iter().chain(kept).chain([last]).copied().collect();
    }
    Cow::Owned(parts.join(" "))
}

/// Whether a word is no part of names, however it is printed here.
pub(super) fn is_usually_small(word: &str) -> bool {
    let lower = word.to_lowercase();
    lexicon::find(&lower).has(tags!("label"))
        || usual_case::is_usually_small(WordKey::of(&lower, &(0..lower.len())))
}

/// `Here`, `Recently`, `the next day`, `July 12`: whether words can be nobody's name and no group.
pub(super) fn is_nobody(name: &str) -> bool {
    let is_part = |word: &str| {
        lexicon::find(&word.to_lowercase()).has(tags!("time time-unit determiner adjective adverb"))
            || word.bytes().all(|b| b.is_ascii_digit())
    };
    let entry = lexicon::find(&name.to_lowercase());
    // Not *May*.
    let is_day = entry.has(tags!("time")) && !entry.has(tags!("auxiliary female-name male-name"));
    is_day || is_function_word(name) || (name.contains(' ') && name.split(' ').all(is_part))
}

/// `Here`, `Recently`, `second`.
fn is_function_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let entry = lexicon::find(&lower);
    let others = tags!(
        "preposition adverb adjective auxiliary clause-subject conjunction connective modal time negation"
    );
    !word.contains(' ')
        && is_usually_small(word)
        && !entry.has(tags!("study written-work plural-noun publisher quantifier title"))
        && (entry.has(others)
            || (lower.ends_with("ly") && word.starts_with(char::is_uppercase))
            || matches!(&*lower, "first" | "second" | "third"))
}

/// Whether a word is a common first name.
pub(super) fn is_given(word: &str) -> bool {
    lexicon::find(&word.to_lowercase()).has(tags!("female-name male-name"))
}

/// `J.`, `J.R.`: initials in place of a first name.
pub(super) fn has_initials(word: &str) -> bool {
    word.ends_with('.')
        && word.split_terminator('.').all(|letter| letter.len() == 1)
        && word != "U.S."
}

fn opens_nickname(c: char) -> bool {
    matches!(c, '(' | '“' | '‘' | '"' | '\'')
}

/// A name without a possessive ending.
pub(super) fn plain(mut name: &str) -> &str {
    for ending in ["'s", "’s"] {
        while let Some(rest) = name.strip_suffix(ending) {
            name = rest;
        }
    }
    name.trim_end_matches(['’', '\'', ','])
}

/// Whether a speaker's name is a person's full name: two to five words with capitals, particles aside,
/// with no title before the last, which is no institution's. Whoever has a *Jr.* behind the name is
/// left out: nobody else must be taken for them.
pub fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let [first, .., last] = words[..] else { return false };
    let before_last = &words[..words.len() - 1];
    let has = |word: &str, tag| lexicon::find(&word.to_lowercase()).has(tag);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    words.len() <= MAX_WORDS
        && words.iter().all(|word| is_capital(word) || has(word, tags!("name-particle")))
        && is_capital(first)
        && !before_last
            .iter()
            .any(|word| has(word, tags!("title")) || has(word, tags!("determiner")))
        && !before_last.contains(&last)
        && !["North", "South", "East", "West", "New"].contains(&first)
        && !is_suffix(last)
        && !has(last, tags!("institution"))
}

/// `JO ELM-ASH` as `Jo Elm-Ash`.
pub(super) fn capitalised(name: &str) -> String {
    let mut is_first = true;
    let letter = |letter: char| {
        let kept = is_first || !letter.is_alphabetic();
        is_first = !letter.is_alphabetic() && !matches!(letter, '’' | '\'' | '.');
        if kept { vec![letter] } else { letter.to_lowercase().collect() }
    };
    name.chars().flat_map(letter).collect()
}

/// What somebody is looked up by: the last word of a name; all of a name with *Jr.* behind it, so that
/// nobody else is taken for its bearer.
pub(super) fn surname(name: &str) -> &str {
    name.rsplit(' ').next().filter(|last| !is_suffix(last)).unwrap_or(name)
}

pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Short and long forms of one office.
pub(super) fn office_name(office: &str) -> &str {
    match office {
        "sen." | "sen" => "senator",
        "gov." | "gov" => "governor",
        "rep." | "rep" | "congresswoman" | "representative" => "congressman",
        office => office,
    }
}

/// Groups and roles begin with a small letter, people do not.
pub(super) fn is_person(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The noun of a phrase: *nurse* of *Oakton nurse on the ward*.
pub(super) fn noun(phrase: &str) -> &str {
    let is_joint = |word: &&str| lexicon::find(word).has(tags!("preposition relative"));
    phrase.split(' ').take_while(|word| !is_joint(word)).last().unwrap_or("")
}

/// `a nurse who works there`: whether what a phrase tells of is a person's role.
pub(super) fn is_role(name: &str) -> bool {
    let noun = noun(name);
    let entry = lexicon::find(noun);
    // `one of the nurses`; who asks is seldom who speaks.
    let is_person = (entry.has(tags!("person title")) && !entry.has(tags!("institution")))
        || noun.ends_with("woman")
        || (noun.ends_with("man") && noun.len() > 6);
    noun.eq_ignore_ascii_case("one") || (is_person && !matches!(noun, "reporter" | "journalist"))
}
