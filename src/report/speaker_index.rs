//! Finds the names that belong to one person.
//!
//! Within an article surnames have become full names already ([`crate::voice`]). Here the articles of
//! a corpus help each other out, by two rules:
//! - a given name and another that begins with all of it, four letters at least, are one before the
//!   same surname (*Matt* and *Matthew Oak*), unless a third begins with it too; so are usual short forms
//!   (*Bob* and *Robert Oak*);
//! - the end of a full name alone (*Oak*), and the name with a title (*Special Envoy Al Oak*), is that
//!   person, where nobody else of that name speaks or all others in a fifth as many sentences; and so is
//!   a full name with another word before it that is printed less often (*Poor Al Oak*).
//!
//! All others stay apart, and so do names that end in *Jr.*

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::voice;

/// Minimum number of letters of a given name that is short for another.
const SHORT_NAME_LETTERS: usize = 4;

/// Endings that make another person's name of a given name: *Paul*, *Paula*; *Carol*, *Caroline*.
const OTHER_NAME_ENDINGS: [&str; 12] =
    ["a", "e", "ella", "elle", "ette", "ia", "ina", "ine", "la", "le", "na", "ne"];

/// A surname alone is the person's of that name who has this many times the sentences of all others.
const DOMINANCE: u64 = 5;

/// Given names with the short forms that do not begin them.
const SHORT_FORMS: [(&str, &[&str]); 22] = [
    ("Andrew", &["Andy", "Drew"]),
    ("Anthony", &["Tony"]),
    ("Charles", &["Chuck", "Charlie"]),
    ("Edward", &["Ted", "Eddie"]),
    ("Elizabeth", &["Liz", "Betsy", "Beth"]),
    ("Francis", &["Frank"]),
    ("Gerald", &["Jerry"]),
    ("Henry", &["Hank", "Harry"]),
    ("James", &["Jim", "Jimmy"]),
    ("John", &["Jack", "Johnny"]),
    ("Joseph", &["Joe"]),
    ("Lawrence", &["Larry"]),
    ("Margaret", &["Peggy", "Maggie"]),
    ("Michael", &["Mike"]),
    ("Patricia", &["Patty", "Trish"]),
    ("Rafael", &["Ted"]),
    ("Richard", &["Dick", "Rick"]),
    ("Robert", &["Bob", "Bobby"]),
    ("Ronald", &["Ron"]),
    ("Steven", &["Steve"]),
    ("Thomas", &["Tom", "Tommy"]),
    ("William", &["Bill", "Billy"]),
];

/// The names of all speakers of a corpus, with the number of sentences of each.
#[derive(Debug, Default)]
pub(super) struct NameCounts(BTreeMap<Box<str>, u64>);

/// By printed name the name that stands for it, where that is another.
#[derive(Debug, Default)]
pub(super) struct SpeakerIndex(BTreeMap<Box<str>, Box<str>>);

impl NameCounts {
    /// Counts sentences of a speaker.
    pub(super) fn add(&mut self, name: &str, sentences: u64) {
        *self.0.entry(name.into()).or_default() += sentences;
    }

    /// Decides which names are one person's.
    pub(super) fn finish(&self) -> SpeakerIndex {
        let mut by_last_word: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in self.0.keys() {
            let last = name.rsplit(' ').next().unwrap_or(name);
            by_last_word.entry(last).or_default().push(name);
        }
        let mut known = BTreeMap::new();
        for names in by_last_word.values() {
            self.merge(names, &mut known);
        }
        SpeakerIndex(known)
    }

    /// Decides which of some names with the same last word are one person's.
    fn merge(&self, names: &[&str], known: &mut BTreeMap<Box<str>, Box<str>>) {
        // Of a full name and a longer one that ends with it, the more frequent one is the name.
        let is_longer = |name: &str, other: &str| {
            ends(name, other) && voice::is_full_name(other) && self.count(other) >= self.count(name)
        };
        let has_epithet = |name: &str| {
            let is_name = |other: &&str| {
                ends(other, name)
                    && voice::is_full_name(other)
                    && self.count(other) > self.count(name)
            };
            names.iter().any(is_name)
        };
        let is_full = |name: &&&str| {
            voice::is_full_name(name)
                && !has_epithet(name)
                && !names.iter().any(|other| is_longer(name, other))
        };
        let full: Vec<&str> = names.iter().filter(is_full).copied().collect();
        let mut persons: BTreeMap<&str, Person<'_>> = BTreeMap::new();
        for &name in &full {
            persons.entry(long_form(name, &full)).or_default().add(name, self.count(name));
        }
        for &name in names {
            let is_titled = !voice::is_full_name(name) || has_epithet(name);
            let fits =
                |form: &&str| name == *form || ends(name, form) || (is_titled && ends(form, name));
            let fitting = persons.values().filter(|person| person.forms.iter().any(fits));
            let usual = dominant(fitting.collect()).map(|person| person.usual);
            if let Some(usual) = usual.filter(|usual| *usual != name) {
                known.insert(name.into(), usual.into());
            }
        }
    }

    fn count(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }
}

/// One person and the full names they go by.
#[derive(Default)]
struct Person<'n> {
    forms: Vec<&'n str>,
    /// The sentences of all of them.
    sentences: u64,
    /// The form with most sentences; the longest among equals.
    usual: &'n str,
    most: u64,
}

impl<'n> Person<'n> {
    fn add(&mut self, name: &'n str, sentences: u64) {
        self.forms.push(name);
        self.sentences += sentences;
        if (sentences, name.len()) > (self.most, self.usual.len()) {
            (self.usual, self.most) = (name, sentences);
        }
    }
}

/// The only one of some persons, or the one who has many times the sentences of all others.
fn dominant<'p, 'n>(mut persons: Vec<&'p Person<'n>>) -> Option<&'p Person<'n>> {
    persons.sort_by_key(|person| Reverse(person.sentences));
    let (first, others) = persons.split_first()?;
    let others: u64 = others.iter().map(|person| person.sentences).sum();
    (others * DOMINANCE <= first.sentences).then_some(first)
}

/// Whether two names can be one person's.
pub(super) fn can_be_one(name: &str, other: &str) -> bool {
    name == other || ends(name, other) || ends(other, name)
}

/// Whether one name is the end of another.
fn ends(end: &str, name: &str) -> bool {
    name.strip_suffix(end).is_some_and(|start| start.ends_with(' '))
}

impl SpeakerIndex {
    /// The name that stands for a printed one.
    pub(super) fn canonical<'n>(&'n self, printed: &'n str) -> &'n str {
        self.0.get(printed).map_or(printed, |name| name)
    }

    /// Replaces names by those that stand for them, each once.
    pub(super) fn canonicalize(&self, speakers: &mut Vec<String>) {
        let mut canonical: Vec<String> = Vec::with_capacity(speakers.len());
        for printed in speakers.drain(..) {
            let name = self.canonical(&printed).to_owned();
            if !canonical.contains(&name) {
                canonical.push(name);
            }
        }
        *speakers = canonical;
    }
}

/// The one full name that a name is short for; the name itself where there is none or several.
fn long_form<'n>(name: &'n str, full: &[&'n str]) -> &'n str {
    let mut longer = full.iter().filter(|other| is_short_for(name, other));
    match (longer.next(), longer.next()) {
        (Some(only), None) => only,
        _ => name,
    }
}

/// Whether one given name is short for the other and all other names are equal.
fn is_short_for(name: &str, other: &str) -> bool {
    let (Some((given, rest)), Some((longer, others))) =
        (name.split_once(' '), other.split_once(' '))
    else {
        return false;
    };
    let ending = longer.strip_prefix(given).filter(|ending| !ending.is_empty());
    let is_long = given.chars().count() >= SHORT_NAME_LETTERS;
    let begins = is_long && ending.is_some_and(|ending| !OTHER_NAME_ENDINGS.contains(&ending));
    let is_form = |(name, forms): &(&str, &[&str])| *name == longer && forms.contains(&given);
    rest == others && (begins || SHORT_FORMS.iter().any(is_form))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What some speakers are called in the end.
    #[track_caller]
    fn check(printed: &[&str], expected: &[&str]) {
        let mut people = NameCounts::default();
        printed.iter().for_each(|name| people.add(name, 1));
        let names = people.finish();
        let found: Vec<&str> = printed.iter().map(|name| names.canonical(name)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_end_of_a_name_is_the_one_person_of_that_name() {
        check(&["Oak", "Al Oak"], &["Al Oak", "Al Oak"]);
        check(&["Oak", "Al Oak", "Jo Oak"], &["Oak", "Al Oak", "Jo Oak"]);
        check(&["de Elm", "Elm", "Jo de Elm"], &["Jo de Elm", "Jo de Elm", "Jo de Elm"]);
        check(&["Elm Oak", "Oak", "Jo Elm Oak"], &["Jo Elm Oak", "Jo Elm Oak", "Jo Elm Oak"]);
    }

    #[test]
    fn a_short_given_name_and_its_long_form_are_one() {
        check(&["Matt Oak", "Matthew Oak", "Oak", "Matt Oak"], &["Matt Oak"; 4]);
        check(&["Matt Oak", "Matthew Oak"], &["Matthew Oak", "Matthew Oak"]);
        check(&["Al Oak", "Alan Oak"], &["Al Oak", "Alan Oak"]);
        check(&["Matt Oak", "Matthew Elm"], &["Matt Oak", "Matthew Elm"]);
        check(&["Bob Oak", "Robert Oak", "Oak"], &["Robert Oak"; 3]);
        check(&["Bob Oak", "Roberta Oak"], &["Bob Oak", "Roberta Oak"]);
    }

    #[test]
    fn different_given_names_are_different_persons() {
        check(&["Paul Oak", "Paula Oak", "Oak"], &["Paul Oak", "Paula Oak", "Oak"]);
        let several = ["Alex Oak", "Alexander Oak", "Alexandra Oak"];
        check(&several, &several);
    }

    #[test]
    fn who_hardly_speaks_takes_nobody_s_name_away() {
        let mut people = NameCounts::default();
        [("Al Oak", 20), ("Jo Oak", 4), ("Oak", 5)].iter().for_each(|(n, c)| people.add(n, *c));
        assert_eq!(people.finish().canonical("Oak"), "Al Oak");
        people.add("Jo Oak", 1);
        assert_eq!(people.finish().canonical("Oak"), "Oak");
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        check(&["Special Envoy Al Oak", "Al Oak"], &["Al Oak", "Al Oak"]);
        check(&["Oak Oak", "Al Oak", "Oak"], &["Oak Oak", "Al Oak", "Al Oak"]);
    }

    #[test]
    fn a_rarer_longer_form_never_names_a_person() {
        let mut people = NameCounts::default();
        let printed = [("Al Oak", 3), ("Poor Al Oak", 1), ("Oak", 2), ("Maybe Al Oak", 2)];
        printed.iter().for_each(|(name, count)| people.add(name, *count));
        let names = people.finish();
        assert!(printed.iter().all(|(name, _)| names.canonical(name) == "Al Oak"));
    }

    #[test]
    fn sons_and_institutions_lend_nobody_their_name() {
        check(&["Al Oak Jr.", "Oak", "Al Oak"], &["Al Oak Jr.", "Al Oak", "Al Oak"]);
        check(&["Oak", "Al Oak Jr."], &["Oak", "Al Oak Jr."]);
        check(&["House", "White House"], &["House", "White House"]);
        check(&["Korea", "North Korea"], &["Korea", "North Korea"]);
        check(&["officials", "Senior officials"], &["officials", "Senior officials"]);
    }

    #[test]
    fn speakers_of_one_sentence_are_named_once() {
        let mut people = NameCounts::default();
        people.add("Oak", 1);
        people.add("Al Oak", 1);
        let mut speakers = vec!["Oak".to_owned(), "Jo Elm".to_owned(), "Al Oak".to_owned()];
        people.finish().canonicalize(&mut speakers);
        assert_eq!(speakers, ["Al Oak", "Jo Elm"]);
    }
}
