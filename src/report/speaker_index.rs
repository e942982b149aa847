//! Who is who: one person is printed under several names.
//!
//! Within an article surnames have become full names already ([`crate::voice`]). Here the articles of
//! a corpus help each other out, by two rules:
//! - a given name and another that begins with all of it, four letters at least, are one before the
//!   same surname (*Matt* and *Matthew Oak*), unless a third begins with it too;
//! - the end of a full name alone (*Oak*), and the name with a title (*Special Envoy Al Oak*), is that
//!   person, where nobody else of that name speaks or all others in a tenth as many sentences.
//!
//! Everybody else stays apart, and so does whoever has a *Jr.* behind the name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::voice;

/// Letters that a given name must have to be short for another.
const GIVEN: usize = 4;

/// What makes somebody else's name of a given name: *Paul*, *Paula*; *Carol*, *Caroline*.
const OTHERS: [&str; 12] =
    ["a", "e", "ella", "elle", "ette", "ia", "ina", "ine", "la", "le", "na", "ne"];

/// A surname alone is not that of somebody who has so many times fewer sentences than another.
const HARDLY: u64 = 10;

/// Everybody who speaks in a corpus, with the number of sentences that each name is given.
#[derive(Debug, Default)]
pub(super) struct People(BTreeMap<Box<str>, u64>);

/// By printed name the name that stands for it, where that is another.
#[derive(Debug, Default)]
pub(super) struct SpeakerIndex(BTreeMap<Box<str>, Box<str>>);

impl People {
    /// Takes in so many sentences of a speaker.
    pub(super) fn add(&mut self, name: &str, sentences: u64) {
        *self.0.entry(name.into()).or_default() += sentences;
    }

    /// Which names are one person's.
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

    /// Finds out which of some names with the same last word are one person's.
    fn merge(&self, names: &[&str], known: &mut BTreeMap<Box<str>, Box<str>>) {
        let is_longer = |name: &str, other: &str| ends(name, other) && voice::is_full_name(other);
        let is_full = |name: &&&str| {
            voice::is_full_name(name) && !names.iter().any(|other| is_longer(name, other))
        };
        let full: Vec<&str> = names.iter().filter(is_full).copied().collect();
        let mut persons: BTreeMap<&str, Person<'_>> = BTreeMap::new();
        for &name in &full {
            persons.entry(long_form(name, &full)).or_default().add(name, self.count(name));
        }
        for &name in names {
            let is_titled = !voice::is_full_name(name);
            let fits =
                |form: &&str| name == *form || ends(name, form) || (is_titled && ends(form, name));
            let fitting = persons.values().filter(|person| person.forms.iter().any(fits));
            let usual = only(fitting.collect()).map(|person| person.usual);
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
    /// How many sentences all of them are given.
    sentences: u64,
    /// The one that is given most of these; the longest among equals.
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

/// The only one of some persons, or the one beside whom all others hardly speak.
fn only<'p, 'n>(mut persons: Vec<&'p Person<'n>>) -> Option<&'p Person<'n>> {
    persons.sort_by_key(|person| Reverse(person.sentences));
    let (first, others) = persons.split_first()?;
    let others: u64 = others.iter().map(|person| person.sentences).sum();
    (others * HARDLY <= first.sentences).then_some(first)
}

/// Whether two names can be one person's, as far as they tell.
pub(super) fn can_be_one(name: &str, other: &str) -> bool {
    name == other || ends(name, other) || ends(other, name)
}

/// Whether one name is the end of another.
fn ends(end: &str, name: &str) -> bool {
    name.strip_suffix(end).is_some_and(|start| start.ends_with(' '))
}

impl SpeakerIndex {
    /// The name that stands for a printed one.
    pub(super) fn of<'n>(&'n self, printed: &'n str) -> &'n str {
        self.0.get(printed).map_or(printed, |name| name)
    }

    /// Puts the names in place that stand for some speakers', each once.
    pub(super) fn settle(&self, speakers: &mut Vec<String>) {
        let mut settled: Vec<String> = Vec::with_capacity(speakers.len());
        for printed in speakers.drain(..) {
            let name = self.of(&printed).to_owned();
            if !settled.contains(&name) {
                settled.push(name);
            }
        }
        *speakers = settled;
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

/// Whether one given name begins the other and all other names are equal.
fn is_short_for(name: &str, other: &str) -> bool {
    let (Some((given, rest)), Some((longer, others))) =
        (name.split_once(' '), other.split_once(' '))
    else {
        return false;
    };
    let ending = longer.strip_prefix(given).filter(|ending| !ending.is_empty());
    let is_long = given.chars().count() >= GIVEN;
    rest == others && is_long && ending.is_some_and(|ending| !OTHERS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What some speakers are called in the end.
    #[track_caller]
    fn check(printed: &[&str], expected: &[&str]) {
        let mut people = People::default();
        printed.iter().for_each(|name| people.add(name, 1));
        let names = people.finish();
        let found: Vec<&str> = printed.iter().map(|name| names.of(name)).collect();
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
    }

    #[test]
    fn different_given_names_are_different_persons() {
        check(&["Paul Oak", "Paula Oak", "Oak"], &["Paul Oak", "Paula Oak", "Oak"]);
        let several = ["Alex Oak", "Alexander Oak", "Alexandra Oak"];
        check(&several, &several);
    }

    #[test]
    fn who_hardly_speaks_takes_nobody_s_name_away() {
        let mut people = People::default();
        [("Al Oak", 20), ("Jo Oak", 2), ("Oak", 5)].iter().for_each(|(n, c)| people.add(n, *c));
        assert_eq!(people.finish().of("Oak"), "Al Oak");
        people.add("Jo Oak", 1);
        assert_eq!(people.finish().of("Oak"), "Oak");
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        check(&["Special Envoy Al Oak", "Al Oak"], &["Al Oak", "Al Oak"]);
        check(&["Oak Oak", "Al Oak", "Oak"], &["Oak Oak", "Al Oak", "Al Oak"]);
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
        let mut people = People::default();
        people.add("Oak", 1);
        people.add("Al Oak", 1);
        let mut speakers = vec!["Oak".to_owned(), "Jo Elm".to_owned(), "Al Oak".to_owned()];
        people.finish().settle(&mut speakers);
        assert_eq!(speakers, ["Al Oak", "Jo Elm"]);
    }
}
