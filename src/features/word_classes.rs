//! Closed classes of words, as the view stems them; each in byte order.

/// Words that turn what follows into its opposite.
pub(super) const NEGATORS: [&str; 9] =
    ["cannot", "n't", "neither", "never", "no", "nobodi", "nor", "not", "without"];

/// Forms that make a passive or tell what something is.
pub(super) const BE: [&str; 9] = ["am", "are", "be", "been", "get", "got", "is", "was", "were"];

/// Words that join others and mean little by themselves.
pub(super) const FUNCTION_WORDS: [&str; 71] = [
    "a", "about", "after", "again", "all", "also", "an", "and", "ani", "are", "as", "at", "be",
    "becaus", "been", "befor", "but", "by", "can", "could", "did", "do", "for", "from", "had",
    "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "may",
    "more", "most", "my", "of", "on", "or", "our", "she", "should", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "they", "this", "to", "was", "we", "were", "what",
    "when", "which", "who", "will", "with", "would", "you",
];

/// Stems and marks that end a clause.
pub(super) const BORDERS: [&str; 28] = [
    "\"", "(", ")", ",", "-", ":", ";", "after", "although", "and", "becaus", "but", "despit",
    "if", "or", "sinc", "that", "though", "unless", "until", "when", "where", "whether", "which",
    "while", "who", "–", "—",
];

/// Marks after which a sentence begins, or may.
pub(super) const OPENERS: [&str; 10] = ["!", "\"", "'", "(", ".", "...", ":", "?", "[", "–"];

/// What a person is called by beside the name, and other words that are written with a capital and
/// name nobody.
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

/// One class.
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

/// The classes that hold a stem, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes(u8);

impl Classes {
    /// None.
    pub(super) const NONE: Classes = Classes(0);

    /// Those of a stem.
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

    /// Whether a class is among them.
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
