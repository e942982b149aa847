//! A name, prepared to be matched in every spelling.

use super::letter_folding::Folding;
use super::name_parts::{NameGap, NamePart, name_parts};
use super::name_plural::is_kind;
use crate::text::stop_words;

/// What may stand in a text where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A folded letter, digit or mark.
    Letter(char),
    /// The place between two letters of a word.
    Inside(Inside),
    /// The place between two words.
    Between(Between),
    /// White space, or none.
    Space,
}

/// What may stand between two letters of a word. Nothing always may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Inside {
    /// A full stop, if there is one behind every letter: *U.S.*
    pub(super) stop: bool,
    pub(super) apostrophe: bool,
    pub(super) parting: Parting,
}

/// What may part a word in two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Parting {
    #[default]
    Nothing,
    Hyphen,
    HyphenOrSpace,
}

/// What may stand between two words. White space always may, a hyphen where the name is not literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Between {
    /// Nothing: *cybersecurity* for *cyber security*. Where it is false nothing may stand only in a hashtag
    /// or before a capital.
    pub(super) nothing: bool,
    pub(super) hyphen: bool,
    /// A full stop behind the word before: *St. Ives*.
    pub(super) stop: bool,
}

/// One spelling of a name. What its steps allow are variants of it.
#[derive(Debug, Clone)]
pub(super) struct NamePattern {
    pub(super) steps: Vec<Step>,
    pub(super) folding: Folding,
    /// Whether the name has accents, which a capitalised text may lack.
    pub(super) is_accented: bool,
    /// Whether it is a word in capitals that means something else in small letters, as *US* does.
    pub(super) needs_capitals: bool,
    pub(super) is_initials: bool,
    pub(super) plural: Plural,
}

/// The plural of a name's last word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plural {
    /// The endings that may follow.
    pub(super) endings: &'static [&'static str],
    /// Whether the word has a capital, so that its plural has one, too.
    pub(super) is_capitalised: bool,
    /// Whether the pattern itself is the plural.
    pub(super) is_given: bool,
    /// Whether the word may be a person's name, and its plural another one: *Wood*, *Woods*.
    pub(super) is_of_name: bool,
}

/// Words that are abbreviations in capitals; function words are, too.
const ALSO_WORDS: [&str; 9] = ["act", "aids", "cop", "gap", "ice", "pin", "rip", "snap", "us"];

/// Endings that are no plural.
const NO_PLURALS: [&str; 7] = ["ss", "us", "is", "ics", "news", "series", "species"];

/// The longest words between whose letters full stops may stand, and behind which one may.
const LONGEST_INITIALS: usize = 5;
const LONGEST_ABBREVIATION: usize = 4;

impl NamePattern {
    /// The patterns of a name: as it is, in the singular, and with *-ies* for *-y*. None where it holds no
    /// letter.
    pub(super) fn all(name: &str, is_exact: bool) -> Vec<NamePattern> {
        let parts = name_parts(name, is_exact);
        let Some(last) = parts.last() else { return Vec::new() };
        if is_exact {
            return vec![NamePattern::of(&parts, Folding::Exact)];
        }
        let folding = match Folding::Accents.folded(name) == Folding::Case.folded(name) {
            false if !name.contains(char::is_uppercase) => Folding::Case,
            _ => Folding::Accents,
        };
        let is_capitalised = !last.is_small();
        let is_of_name =
            is_capitalised && parts.len() == 1 && !last.is_capitals() && !is_kind(&last.printed);
        let with_last = |printed: &str, endings: &'static [&'static str], is_given| {
            let mut parts = parts.clone();
            if let Some(last) = parts.last_mut() {
                printed.clone_into(&mut last.printed);
            }
            let plural = Plural { endings, is_capitalised, is_given, is_of_name };
            NamePattern { plural, ..NamePattern::of(&parts, folding) }
        };
        let mut all = vec![with_last(&last.printed, plurals(last), false)];
        if let Some(stem) = ies_stem(last) {
            all.push(with_last(&format!("{stem}ies"), &[], true));
        }
        let singulars = singulars(last).into_iter();
        all.extend(singulars.map(|singular| with_last(&singular, &[], false)));
        all
    }

    fn of(parts: &[NamePart], folding: Folding) -> Self {
        let is_exact = folding == Folding::Exact;
        let mut steps = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).map(|at| &parts[at]) {
                steps.extend(gap(before, part, is_exact));
            }
            steps.extend(letters(part, folding));
        }
        let words = || parts.iter().filter(|part| part.is_word);
        let is_initials = !is_exact
            && words().all(|word| word.is_dotted || word.is_capitals())
            && words().next().is_some();
        let printed: String = words().map(|word| word.printed.to_lowercase()).collect();
        let is_word = stop_words::function_words().any(|word| word == printed)
            || ALSO_WORDS.contains(&printed.as_str());
        let whole: String = parts.iter().map(|part| part.printed.as_str()).collect();
        NamePattern {
            steps,
            folding,
            is_accented: Folding::Accents.folded(&whole) != Folding::Case.folded(&whole),
            needs_capitals: is_initials && is_word && parts.len() == 1,
            is_initials,
            plural: Plural::default(),
        }
    }

    /// The folded letters and marks, in order.
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        self.steps.iter().filter_map(|step| match step {
            Step::Letter(letter) => Some(*letter),
            _ => None,
        })
    }
}

/// What may stand between two parts.
fn gap(before: &NamePart, part: &NamePart, is_exact: bool) -> Option<Step> {
    if !before.is_word || !part.is_word {
        let is_loose =
            [before, part].iter().any(|part| matches!(part.printed.as_str(), "&" | "+" | "/"));
        return (part.gap != NameGap::None || (is_loose && !is_exact)).then_some(Step::Space);
    }
    let n_letters = |part: &NamePart| part.printed.chars().count();
    let is_free = |part: &NamePart| {
        let lower = part.printed.to_lowercase();
        n_letters(part) > 1 && !stop_words::function_words().any(|word| word == lower)
    };
    let are_initials = n_letters(before) == 1 && n_letters(part) == 1;
    Some(Step::Between(Between {
        nothing: !is_exact
            && (part.gap != NameGap::Space || are_initials || (is_free(before) && is_free(part))),
        hyphen: !is_exact,
        stop: !is_exact && n_letters(before) <= LONGEST_ABBREVIATION,
    }))
}

/// The letters of a part, with what may stand between them.
fn letters(part: &NamePart, folding: Folding) -> Vec<Step> {
    let with_apostrophes = folding.folded(&part.printed);
    let is_exact = folding == Folding::Exact;
    let letters = || with_apostrophes.iter().filter(|letter| **letter != '\'' || !part.is_word);
    let n = letters().count();
    let is_plain = part.is_word && with_apostrophes.iter().all(|letter| letter.is_alphabetic());
    let mut steps = Vec::new();
    let (mut number, mut is_behind_apostrophe) = (0, false);
    for &letter in &with_apostrophes {
        if letter == '\'' && part.is_word && !is_exact {
            is_behind_apostrophe = true;
            continue;
        }
        let may_be_spaced = part.is_small() && is_compound_at(&part.printed, number);
        let inside = Inside {
            stop: n <= LONGEST_INITIALS && is_plain,
            apostrophe: is_behind_apostrophe || (number + 1 == n && letter == 's' && n >= 4),
            parting: match n >= 4 && is_plain && !part.is_capitals() {
                true if may_be_spaced => Parting::HyphenOrSpace,
                true => Parting::Hyphen,
                false => Parting::Nothing,
            },
        };
        if number > 0 && !is_exact && part.is_word && inside != Inside::default() {
            steps.push(Step::Inside(inside));
        }
        steps.push(Step::Letter(letter));
        (number, is_behind_apostrophe) = (number + 1, false);
    }
    steps
}

/// Whether a small word may be a compound of two words. *Shutdown* is none: who shuts down does something.
fn is_compound_at(word: &str, number: usize) -> bool {
    let Some((at, _)) = word.char_indices().nth(number) else { return false };
    let (first, second) = word.split_at(at);
    let is_word = |part: &str| {
        let is_particle = matches!(part, "away" | "back");
        part.chars().nth(3).is_some()
            && !is_particle
            && !stop_words::function_words().any(|w| w == part)
    };
    is_word(first) && is_word(second)
}

/// The plural endings of a word.
fn plurals(last: &NamePart) -> &'static [&'static str] {
    let n = last.printed.chars().count();
    if !last.is_word || n < 2 || !last.printed.chars().all(char::is_alphabetic) {
        return &[];
    }
    let lower = last.printed.to_lowercase();
    match ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending)) {
        true => &["es"],
        false => &["s"],
    }
}

/// *polic* of *policy*.
fn ies_stem(last: &NamePart) -> Option<&str> {
    let stem = last.printed.strip_suffix(['y', 'Y']).filter(|_| last.is_word)?;
    let before = stem.chars().nth_back(0).filter(|_| stem.len() > 2)?;
    (before.is_alphabetic() && !"aeiouAEIOU".contains(before)).then_some(stem)
}

/// The singulars that a small word may be the plural of. A capitalised one may be a name, as *Times* is.
fn singulars(last: &NamePart) -> Vec<String> {
    let word = last.printed.as_str();
    let is_plural = last.is_small()
        && word.len() > 4
        && word.chars().all(char::is_alphabetic)
        && !NO_PLURALS.iter().any(|ending| word.ends_with(ending));
    let Some(stem) = word.strip_suffix('s').filter(|_| is_plural) else { return Vec::new() };
    let mut found = vec![stem.to_string()];
    found.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    let sibilant = |stem: &&str| ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
    found.extend(word.strip_suffix("es").filter(sibilant).map(str::to_string));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(word: &str) -> NamePart {
        name_parts(word, false).pop().unwrap()
    }

    #[test]
    fn plurals_and_singulars() {
        assert_eq!(singulars(&last("tidal barriers")), ["barrier"]);
        assert_eq!(singulars(&last("policies")), ["policie", "policy"]);
        assert_eq!(singulars(&last("churches")), ["churche", "church"]);
        for word in ["news", "Times", "politics", "class", "bus", "gas"] {
            assert!(singulars(&last(word)).is_empty(), "{word}");
        }
        assert_eq!(ies_stem(&last("policy")), Some("polic"));
        assert_eq!(ies_stem(&last("key")), None);
        assert_eq!(plurals(&last("tax")), ["es"]);
        assert!(plurals(&last("G20")).is_empty());
    }
}
