//! States and nations: which words name the same one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A place a line, then its abbreviations and who and what is of it.
const TABLE: &str = include_str!("places.tsv");
/// Length that two forms of a place that is not listed share at least, in bytes: *Oakton*, *Oaktonian*.
const STEM: usize = 4;
/// Maximum length of the endings in which they differ.
const ENDING: usize = 3;

/// Places by their forms, in small letters.
static PLACES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let forms = |line: &'static str| {
        let (place, forms) = line.split_once('\t').unwrap_or((line, ""));
        [place].into_iter().chain(forms.split_terminator(' ')).map(move |form| (form, place))
    };
    TABLE.lines().flat_map(forms).collect()
});

/// The listed place that a word in small letters names: *ohio* of `ohioan`.
pub(super) fn place(word: &str) -> Option<&'static str> {
    PLACES.get(word).copied()
}

/// `norwegian`: whether a word in small letters stands for one person of a place, not for the place or all of
/// its people.
pub(super) fn is_inhabitant(word: &str) -> bool {
    place(word).is_some_and(|place| place != word)
        && word.len() > 3
        && !word.ends_with(['.', 's', 'h'])
        && !word.ends_with("ese")
}

/// `germany`, `german`: whether two words in small letters name one place: they are listed as that, or all
/// but the ending is the same.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    if let (Some(one), Some(other)) = (place(one), place(other)) {
        return one == other;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let stem = short.len().saturating_sub(ENDING).max(STEM);
    let is_one = short.as_bytes().get(..stem).is_some_and(|stem| long.as_bytes().starts_with(stem));
    short == long || (is_one && long.len() <= short.len() + ENDING)
}

/// `D-Calif.`: what a seat in parliament tells, in small letters: the party, then the words of the state.
pub(super) fn seat(text: &str) -> Option<impl Iterator<Item = &'static str>> {
    let (party, state) = text.split_once('-')?;
    let party = match party {
        "D" => "democrat",
        "R" => "republican",
        "I" => "independent",
        _ => return None,
    };
    let state = place(&state.to_lowercase())?;
    Some([party].into_iter().chain(state.split(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_place() {
        assert!(is_same("calif.", "california") && is_same("french", "france"));
        assert!(is_same("oakton", "oaktonian") && is_same("oakton", "oakton"));
        assert!(is_inhabitant("norwegian") && !is_inhabitant("french") && !is_inhabitant("norway"));
        assert!(!is_same("austria", "australia") && !is_same("oakton", "elmton"));
        let told = |text| seat(text).map(|told| told.collect::<Vec<_>>().join(" "));
        assert_eq!(told("D-N.Y.").as_deref(), Some("democrat new york"));
        assert_eq!(told("R-Ohio").as_deref(), Some("republican ohio"));
        assert_eq!(told("X-ray"), None);
    }
}
