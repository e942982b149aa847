//! The words that boilerplate is recognised by: `boilerplate.toml`, compiled in.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `boilerplate.toml`, which says what each is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoilerplateWords {
    lines: Vec<String>,
    lists: Vec<String>,
    openings: Vec<String>,
    pub(super) phrases: Vec<String>,
    pub(super) credits: Vec<String>,
    pub(super) invitations: Vec<String>,
    pub(super) trades: Vec<String>,
    pub(super) offices: Vec<String>,
}

pub(super) static WORDS: LazyLock<BoilerplateWords> = LazyLock::new(|| {
    let mut words: BoilerplateWords =
        toml::from_str(include_str!("boilerplate.toml")).expect("the file is compiled in");
    for list in [&mut words.lines, &mut words.lists, &mut words.openings] {
        list.sort_unstable();
    }
    words
});

impl BoilerplateWords {
    /// Whether a line in small letters, without the marks at its ends, is boilerplate as it stands.
    pub(super) fn is_line(&self, line: &str) -> bool {
        contains(&self.lines, line)
    }

    /// Whether a line in small letters, without the marks at its ends, opens a list of other stories.
    pub(super) fn opens_list(&self, line: &str) -> bool {
        contains(&self.lists, line)
    }

    /// Whether a line in small letters begins as boilerplate does.
    pub(super) fn is_opening(&self, line: &str) -> bool {
        // No opening begins another one, so the one that begins the line is the last one below it.
        let n_below = self.openings.partition_point(|opening| opening.as_str() <= line);
        n_below.checked_sub(1).is_some_and(|last| line.starts_with(&self.openings[last]))
    }
}

fn contains(sorted: &[String], line: &str) -> bool {
    sorted.binary_search_by(|listed| listed.as_str().cmp(line)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_line_is_found() {
        assert!(WORDS.lines.iter().all(|line| WORDS.is_line(line)));
        assert!(WORDS.lists.iter().all(|line| WORDS.opens_list(line)));
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
        assert!(WORDS.openings.windows(2).all(|pair| !pair[1].starts_with(&pair[0])));
    }
}
