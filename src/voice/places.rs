//! States and nations: which words name the same one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A place a line: its name, what else stands for it, and what one of its people is called.
const TABLE: &str = include_str!("places.tsv");
/// Length that two forms of a place that is not listed share at least, in bytes: *Oakton*, *Oaktonian*.
const STEM: usize = 4;
/// Maximum length of the endings in which they differ.
const ENDING: usize = 3;

/// What a form of a listed place tells.
#[derive(Debug, Clone, Copy)]
struct Form {
    place: &'static str,
    /// Whether it stands for one person: *Norwegian*, not *French*.
    is_person: bool,
}

/// The forms of places, in small letters.
static FORMS: LazyLock<FxHashMap<&str, Form>> = LazyLock::new(|| {
    let forms = |line: &'static str| {
        let mut columns = line.split('\t');
        let place = columns.next().unwrap_or("");
        let form = move |(form, is_person)| (form, Form { place, is_person });
        let lists = columns.zip([false, true]);
        let listed = lists.flat_map(|(list, is_person)| {
            list.split_terminator(',').map(move |form| (form, is_person))
        });
        [(place, false)].into_iter().chain(listed).map(form)
    };
    TABLE.lines().flat_map(forms).collect()
});

/// The listed place that words in small letters name: *ohio* of `ohioan`. Of two letters only `uk` does: *in* and
/// *or* are words.
pub(super) fn place(words: &str) -> Option<&'static str> {
    let form = FORMS.get(words).filter(|_| words.len() > 2 || words == "uk");
    form.map(|form| form.place)
}

/// Words in small letters, those joined that name one place: `west`, `virginia` are *west virginia*. A listed
/// place has its own name, whichever form stands there.
pub(super) fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        let pair = found.last().and_then(|last| place(&format!("{last} {word}")));
        if pair.is_some() {
            found.pop();
        }
        found.push(pair.or_else(|| place(word)).unwrap_or(word).to_string());
    }
    found
}

/// `norwegian`: whether a word in small letters stands for one person of a place, not for the place or all of
/// its people.
pub(super) fn is_inhabitant(word: &str) -> bool {
    FORMS.get(word).is_some_and(|form| form.is_person)
}

/// `oakton`, `oaktonian`: whether two words in small letters name one place: they are the same, or neither is
/// listed and all but the ending is.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let stem = short.len().saturating_sub(ENDING).max(STEM);
    let is_one = short.as_bytes().get(..stem).is_some_and(|stem| long.as_bytes().starts_with(stem))
        && long.len() <= short.len() + ENDING;
    short == long || (is_one && place(short).is_none() && place(long).is_none())
}

/// `D-Calif.`: what a seat in parliament tells: the party and the state.
pub(super) fn seat(text: &str) -> Option<[&'static str; 2]> {
    let (party, state) = text.split_once('-')?;
    let party = match party {
        "D" => "democrat",
        "R" => "republican",
        "I" => "independent",
        _ => return None,
    };
    Some([party, FORMS.get(&*state.to_lowercase())?.place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_place() {
        assert_eq!(
            joined(["w.va.", "former", "south", "african"]),
            ["west virginia", "former", "south africa"]
        );
        assert!(is_same("oakton", "oaktonian") && is_same("oakton", "oakton"));
        assert!(!is_same("austria", "australia") && !is_same("oakton", "elmton"));
        assert!(is_inhabitant("norwegian") && !is_inhabitant("french") && !is_inhabitant("norway"));
        assert_eq!(seat("D-N.Y."), Some(["democrat", "new york"]));
        assert_eq!(seat("R-W.Va."), Some(["republican", "west virginia"]));
        assert_eq!(seat("R-WI"), Some(["republican", "wisconsin"]));
        assert_eq!((seat("X-ray"), place("in")), (None, None));
    }

    #[test]
    fn no_form_stands_for_two_places() {
        let forms = TABLE.lines().flat_map(|line| line.split(['\t', ',']));
        assert_eq!(forms.filter(|form| !form.is_empty()).count(), FORMS.len());
    }
}
