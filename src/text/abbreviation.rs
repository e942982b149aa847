//! Abbreviations, whose full stop need not end a sentence, and words that begin sentences.

use super::month::is_month;

/// The kind of an abbreviation, by where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// No abbreviation.
    None,
    /// Never at the end of a sentence: `Mr.`, `Sen.`
    Leading,
    /// An abbreviation only before a number: `No. 4`.
    BeforeNumber,
    /// Anywhere, also at the end of a sentence: `U.S.`, `Inc.`, `p.m.`
    Anywhere,
}

/// Sorted, for binary search.
const LEADING: &[&str] = &[
    "Adm", "Amb", "Asst", "Atty", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Dept", "Det", "Dr", "Fr",
    "Ft", "Gen", "Gov", "Govs", "Hon", "Insp", "Lt", "Maj", "Messrs", "Mme", "Mr", "Mrs", "Ms",
    "Msgr", "Mt", "Mx", "Pfc", "Pres", "Prof", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt",
    "Spc", "St", "Ste", "Supt", "approx", "cf", "e.g", "eg", "i.e", "ie", "v", "viz", "vs",
];

/// Titles before names in capitals that stand for nothing else: `SEN. JO ELM`.
const SHOUTED: [&str; 14] = [
    "SEN", "SENS", "REP", "REPS", "GOV", "GEN", "CAPT", "PROF", "SGT", "SUPT", "MR", "MRS", "MS",
    "DR",
];

/// Sorted, for binary search.
const BEFORE_NUMBER: &[&str] =
    &["Art", "Ch", "Fig", "No", "Nos", "Pt", "Sec", "Vol", "no", "nos", "p", "pp", "vol"];

/// Sorted, for binary search. Months have a list of their own.
const ANYWHERE: &[&str] = &[
    "Ala", "Ariz", "Ark", "Assn", "Assoc", "Ave", "Blvd", "Bros", "Calif", "Co", "Colo", "Conn",
    "Corp", "Ct", "Dak", "Del", "Esq", "Fla", "Ga", "Ill", "Inc", "Ind", "Jr", "Kan", "Kans", "Ky",
    "La", "Ltd", "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore",
    "Pa", "Penn", "Ph.D", "Rd", "Sr", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "al", "ca",
    "etc", "ft", "ret",
];

/// Length of the longest listed abbreviation, in bytes.
const LONGEST: usize = 6;

/// Words with a capital that mostly begin a sentence, also after an abbreviation. Sorted.
const SENTENCE_STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "Asked",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Critics",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Like",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "Neither",
    "Nevertheless",
    "Next",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "People",
    "Perhaps",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Two",
    "Under",
    "Unlike",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
    "Your",
];

/// Verbs that report a question or an exclamation. Sorted.
const REPORTING: &[&str] = &[
    "added",
    "asked",
    "asks",
    "cried",
    "demanded",
    "exclaimed",
    "joked",
    "quipped",
    "replied",
    "retorted",
    "said",
    "says",
    "shouted",
    "snapped",
    "told",
    "tweeted",
    "wondered",
    "wrote",
    "yelled",
];

/// The kind of abbreviation that a word before a full stop is.
pub(super) fn kind(word: &str) -> Abbreviation {
    let listed = |list| word.len() <= LONGEST && contains(list, word);
    if listed(LEADING) || SHOUTED.contains(&word) {
        Abbreviation::Leading
    } else if listed(BEFORE_NUMBER) {
        Abbreviation::BeforeNumber
    } else if listed(ANYWHERE)
        || (word.len() <= 4 && is_month(word) && word != "May")
        || is_acronym(word)
        || is_contraction(word)
    {
        Abbreviation::Anywhere
    } else {
        Abbreviation::None
    }
}

/// Whether a word begins a sentence rather than going on after an abbreviation.
pub(super) fn starts_sentences(word: &str) -> bool {
    contains(SENTENCE_STARTERS, word)
}

/// Whether a word reports a question or an exclamation.
pub(super) fn is_reporting(word: &str) -> bool {
    contains(REPORTING, word)
}

/// Whether a word is an initial, or letters with full stops between them: `J`, `U.S`, `p.m`, `Ph.D`.
fn is_acronym(word: &str) -> bool {
    if !word.contains('.') {
        return word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    }
    word.split('.')
        .all(|part| (1..=2).contains(&part.len()) && part.chars().all(char::is_alphabetic))
}

/// Whether a word was shortened by leaving out its vowels: `Cllr`, `Cpl`, `Lt`.
fn is_contraction(word: &str) -> bool {
    let mut letters = word.chars();
    (2..=5).contains(&word.len())
        && letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters
            .all(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        && !word.starts_with(['A', 'E', 'I', 'O', 'U', 'Y'])
}

fn contains(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [LEADING, BEFORE_NUMBER, ANYWHERE, SENTENCE_STARTERS, REPORTING] {
            assert!(list.is_sorted(), "{list:?}");
        }
        for list in [LEADING, BEFORE_NUMBER, ANYWHERE] {
            assert!(list.iter().all(|word| word.len() <= LONGEST), "{list:?}");
        }
    }

    #[test]
    fn kinds() {
        for (word, expected) in [
            ("Mr", Abbreviation::Leading),
            ("No", Abbreviation::BeforeNumber),
            ("U.S", Abbreviation::Anywhere),
            ("J", Abbreviation::Anywhere),
            ("Sept", Abbreviation::Anywhere),
            ("Cllr", Abbreviation::Anywhere),
            ("Why", Abbreviation::None),
            ("NBC", Abbreviation::None),
            ("house", Abbreviation::None),
            ("", Abbreviation::None),
        ] {
            assert_eq!(kind(word), expected, "{word}");
        }
    }
}
