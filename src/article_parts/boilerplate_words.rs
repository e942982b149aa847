//! The words that boilerplate is recognised by: `boilerplate.toml`, compiled in.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::LazyLock;

use serde::Deserialize;

const DATA: &str = include_str!("boilerplate.toml");

/// The lists of words, read at the first use.
pub(super) static WORDS: LazyLock<BoilerplateWords> =
    LazyLock::new(|| toml::from_str(DATA).expect("the file is compiled in"));

/// The lists of `boilerplate.toml`, which says what each is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoilerplateWords {
    pub(super) lines: BTreeSet<String>,
    pub(super) lists: BTreeSet<String>,
    openings: BTreeSet<String>,
    pub(super) phrases: Vec<String>,
    pub(super) link_openings: Vec<String>,
    pub(super) link_endings: Vec<String>,
    pub(super) calls: Vec<String>,
    pub(super) fields: Vec<String>,
    pub(super) sign_ups: Vec<String>,
    pub(super) invitations: BTreeSet<String>,
    pub(super) time_openings: Vec<String>,
    pub(super) credit_openings: Vec<String>,
    pub(super) credit_endings: Vec<String>,
    pub(super) trades: BTreeSet<String>,
    pub(super) offices: BTreeSet<String>,
}

impl BoilerplateWords {
    /// Whether a line in small letters begins as boilerplate does.
    pub(super) fn is_opening(&self, line: &str) -> bool {
        // No opening begins another one, so only the last one up to the line can begin it.
        let up_to_line = (Bound::Unbounded, Bound::Included(line));
        let last = self.openings.range::<str, _>(up_to_line).next_back();
        last.is_some_and(|opening| line.starts_with(opening))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_lists_are_sorted_and_repeat_nothing() {
        let lists: BTreeMap<String, Vec<String>> = toml::from_str(DATA).unwrap();
        for (name, list) in lists {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{name}");
            assert!(name == "invitations" || list.iter().all(|word| *word == word.to_lowercase()));
        }
    }

    #[test]
    fn openings_are_told_from_their_neighbours() {
        assert!(WORDS.openings.iter().all(|opening| WORDS.is_opening(&format!("{opening} dam"))));
        for line in ["", "click", "more", "zebras", "sign up", "read more than once", "(", "\u{e9}"]
        {
            assert!(!WORDS.is_opening(line), "{line}");
        }
    }

    #[test]
    fn no_opening_begins_another() {
        let openings: Vec<_> = WORDS.openings.iter().collect();
        assert!(openings.windows(2).all(|pair| !pair[1].starts_with(pair[0].as_str())));
    }
}
