//! Closed classes of words, as lists of stems in byte order.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Words that turn what follows into its opposite.
pub(super) const NEGATORS: [&str; 16] = [
    "bare", "cannot", "few", "lack", "littl", "n't", "neither", "never", "no", "nobodi", "none",
    "nor", "not", "noth", "seldom", "without",
];

/// Words that negate together with the next: *far from*, *anything but*, *failed to*, *hardly any*.
pub(super) const NEGATOR_PAIRS: [(&str, &str); 16] = [
    ("anyth", "but"),
    ("declin", "to"),
    ("fail", "to"),
    ("far", "from"),
    ("hard", "a"),
    ("hard", "ani"),
    ("hard", "anybodi"),
    ("hard", "anyon"),
    ("hard", "anyth"),
    ("hard", "ever"),
    ("hard", "the"),
    ("nowher", "near"),
    ("refus", "to"),
    ("scarc", "a"),
    ("scarc", "ani"),
    ("stop", "short"),
];

/// The first words of [`NEGATOR_PAIRS`].
pub(super) const NEGATOR_STARTS: [&str; 9] =
    ["anyth", "declin", "fail", "far", "hard", "nowher", "refus", "scarc", "stop"];

/// Joining words that set one clause against another.
pub(super) const CONTRASTS: [&str; 9] =
    ["although", "but", "despit", "howev", "though", "unlik", "wherea", "while", "yet"];

/// Those who oppose something, and what they bring against it.
pub(super) const OPPOSITION: [&str; 17] = [
    "accus",
    "alleg",
    "attack",
    "claim",
    "complaint",
    "critic",
    "detractor",
    "doubter",
    "enemi",
    "fear",
    "foe",
    "naysay",
    "oppon",
    "sceptic",
    "skeptic",
    "smear",
    "warn",
];

/// Forms of *be*, and of *get* as an auxiliary of the passive.
pub(super) const BE: [&str; 9] = ["am", "are", "be", "been", "get", "got", "is", "was", "were"];

/// Function words.
pub(super) const FUNCTION_WORDS: [&str; 71] = [
    "a", "about", "after", "again", "all", "also", "an", "and", "ani", "are", "as", "at", "be",
    "becaus", "been", "befor", "but", "by", "can", "could", "did", "do", "for", "from", "had",
    "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "may",
    "more", "most", "my", "of", "on", "or", "our", "she", "should", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "they", "this", "to", "was", "we", "were", "what",
    "when", "which", "who", "will", "with", "would", "you",
];

/// Stems and marks between clauses.
pub(super) const BORDERS: [&str; 28] = [
    "\"", "(", ")", ",", "-", ":", ";", "after", "although", "and", "becaus", "but", "despit",
    "if", "or", "sinc", "that", "though", "unless", "until", "when", "where", "whether", "which",
    "while", "who", "–", "—",
];

/// Marks after which a sentence may begin.
pub(super) const OPENERS: [&str; 10] = ["!", "\"", "'", "(", ".", "...", ":", "?", "[", "–"];

/// Titles, and other words that are printed with a capital and are no names: months, days.
pub(super) const TITLES: [&str; 66] = [
    "administr",
    "ambassador",
    "april",
    "attorney",
    "august",
    "bishop",
    "captain",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "colonel",
    "decemb",
    "director",
    "doctor",
    "dr",
    "februari",
    "first",
    "friday",
    "general",
    "gov",
    "governor",
    "januari",
    "judg",
    "juli",
    "june",
    "justic",
    "king",
    "ladi",
    "leader",
    "lieuten",
    "lord",
    "major",
    "march",
    "may",
    "mayor",
    "minist",
    "miss",
    "monday",
    "mr",
    "mrs",
    "ms",
    "novemb",
    "octob",
    "offic",
    "pope",
    "presid",
    "prime",
    "princ",
    "princess",
    "professor",
    "queen",
    "rep",
    "repres",
    "saturday",
    "secretari",
    "sen",
    "senat",
    "septemb",
    "sheriff",
    "speaker",
    "sunday",
    "thursday",
    "tuesday",
    "vice",
    "wednesday",
];

/// A word class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    /// [`NEGATORS`].
    Negator,
    /// [`BE`].
    Be,
    /// [`FUNCTION_WORDS`].
    FunctionWord,
    /// [`BORDERS`].
    Border,
    /// [`OPENERS`].
    Opener,
    /// [`TITLES`].
    Title,
    /// The double quotation mark.
    Quote,
    /// The first words of [`NEGATOR_PAIRS`].
    NegatorStart,
    /// [`CONTRASTS`].
    Contrast,
    /// [`OPPOSITION`].
    Opposition,
    /// The words of praise in `evaluative_words.txt`.
    Praise,
    /// Its words of blame.
    Blame,
    /// Its words for what nobody wants.
    Harm,
    /// Its verbs that prevent.
    Prevention,
    /// *If* and *whether*.
    Asking,
}

impl WordClass {
    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// The stems of `evaluative_words.txt`, with the bits of their classes.
static EVALUATIVE: LazyLock<FxHashMap<String, u16>> = LazyLock::new(|| {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut stems = FxHashMap::default();
    for (class, word) in evaluative_words() {
        *stems.entry(stemmer.stem(word).into_owned()).or_default() |= class.bit();
    }
    stems
});

/// The words of `evaluative_words.txt`, each with its class.
fn evaluative_words() -> impl Iterator<Item = (WordClass, &'static str)> {
    let lines = include_str!("evaluative_words.txt").lines().filter(|line| !line.starts_with('#'));
    let mut class = WordClass::Praise;
    lines.flat_map(move |line| {
        match line {
            "[praise]" => class = WordClass::Praise,
            "[blame]" => class = WordClass::Blame,
            "[harm]" => class = WordClass::Harm,
            "[prevention]" => class = WordClass::Prevention,
            _ => {}
        }
        let class = class;
        line.split_whitespace().filter(|word| !word.starts_with('[')).map(move |word| (class, word))
    })
}

/// A set of word classes, as a bit mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes(u16);

impl Classes {
    /// The empty set.
    pub(super) const NONE: Classes = Classes(0);

    /// The classes of a stem.
    pub(super) fn of(stem: &str) -> Self {
        let classes: [(WordClass, &[&str]); 11] = [
            (WordClass::Negator, &NEGATORS),
            (WordClass::Be, &BE),
            (WordClass::FunctionWord, &FUNCTION_WORDS),
            (WordClass::Border, &BORDERS),
            (WordClass::Opener, &OPENERS),
            (WordClass::Title, &TITLES),
            (WordClass::Quote, &["\""]),
            (WordClass::NegatorStart, &NEGATOR_STARTS),
            (WordClass::Contrast, &CONTRASTS),
            (WordClass::Opposition, &OPPOSITION),
            (WordClass::Asking, &["if", "whether"]),
        ];
        let holding = classes.iter().filter(|(_, stems)| stems.binary_search(&stem).is_ok());
        let evaluative = EVALUATIVE.get(stem).copied().unwrap_or(0);
        Classes(holding.fold(evaluative, |bits, (class, _)| bits | class.bit()))
    }

    /// One alone.
    pub(super) const fn only(class: WordClass) -> Self {
        Classes(class.bit())
    }

    /// Several classes.
    pub(super) const fn all_of(classes: &[WordClass]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= classes[at].bit();
            at += 1;
        }
        Classes(bits)
    }

    /// Whether the sets share a class.
    pub(super) fn share(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it contains a class.
    pub(super) fn has(self, class: WordClass) -> bool {
        self.0 & class.bit() != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::View;

    #[test]
    fn every_entry_is_in_order_and_its_own_stem() {
        let others = [&NEGATOR_STARTS[..], &CONTRASTS, &OPPOSITION];
        let first = [&NEGATORS[..], &BE, &FUNCTION_WORDS, &BORDERS, &OPENERS, &TITLES];
        for class in first.into_iter().chain(others) {
            assert!(class.is_sorted());
            for entry in class {
                let view = View::new(entry, &[]);
                let stems: Vec<String> = view.terms.iter().map(|term| view.stem(term)).collect();
                // `n't` stands alone only behind a verb, and stems can be stemmed once more.
                let is_odd = ["n't", "repres"].contains(entry);
                assert!(stems == [*entry] || is_odd, "{entry}: {stems:?}");
            }
        }
        let stem = |text, at: usize| {
            let view = View::new(text, &[]);
            view.stem(&view.terms[at])
        };
        assert_eq!((stem("didn't", 1), stem("representative", 0)), ("n't".into(), "repres".into()));
    }

    #[test]
    fn a_stem_judges_in_one_way() {
        let stemmer = Stemmer::create(Algorithm::English);
        let (mut classes, mut twice) = (FxHashMap::default(), Vec::new());
        for (class, word) in evaluative_words() {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
            if class != WordClass::Prevention {
                let before = classes.insert(stemmer.stem(word).into_owned(), class);
                if before.is_some_and(|before| before != class) {
                    twice.push(word);
                }
            }
        }
        assert!(twice.is_empty(), "{twice:?}");
        assert!(classes.len() > 500);
        assert!(
            Classes::of("prais").has(WordClass::Praise) && Classes::of("plan") == Classes::NONE
        );
    }

    #[test]
    fn pairs_that_negate_begin_with_a_listed_word() {
        assert!(NEGATOR_PAIRS.iter().all(|(first, _)| NEGATOR_STARTS.contains(first)));
        assert!(NEGATOR_STARTS.iter().all(|start| NEGATOR_PAIRS.iter().any(|(f, _)| f == start)));
    }
}
