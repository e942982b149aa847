//! Closed classes of words, as lists of stems in byte order.

/// Words that negate what follows.
pub(super) const NEGATORS: [&str; 9] =
    ["cannot", "n't", "neither", "never", "no", "nobodi", "nor", "not", "without"];

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
}

/// A set of word classes, as a bit mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes(u8);

impl Classes {
    /// The empty set.
    pub(super) const NONE: Classes = Classes(0);

    /// The classes of a stem.
    pub(super) fn of(stem: &str) -> Self {
        let classes: [(WordClass, &[&str]); 7] = [
            (WordClass::Negator, &NEGATORS),
            (WordClass::Be, &BE),
            (WordClass::FunctionWord, &FUNCTION_WORDS),
            (WordClass::Border, &BORDERS),
            (WordClass::Opener, &OPENERS),
            (WordClass::Title, &TITLES),
            (WordClass::Quote, &["\""]),
        ];
        let holding = classes.iter().filter(|(_, stems)| stems.binary_search(&stem).is_ok());
        Classes(holding.fold(0, |bits, (class, _)| bits | 1 << *class as u8))
    }

    /// Whether it contains a class.
    pub(super) fn has(self, class: WordClass) -> bool {
        self.0 & 1 << class as u8 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::View;

    #[test]
    fn every_entry_is_in_order_and_its_own_stem() {
        for class in [&NEGATORS[..], &BE, &FUNCTION_WORDS, &BORDERS, &OPENERS, &TITLES] {
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
}
