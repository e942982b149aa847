//! The texts that tables hold, to tell whether a file holds one of them, too.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashSet, FxHasher};

/// Maximum number of words that may stand before a known text, such as its date and headline.
const MAX_BEFORE: usize = 60;
/// Minimum number of words of a known text that others stand before: shorter ones are no article's alone.
const MIN_WORDS: usize = 40;

/// Texts that are known by their words.
#[derive(Debug, Default)]
pub(super) struct KnownTexts(FxHashSet<u64>);

impl KnownTexts {
    /// Remembers a text. One without words is none.
    pub(super) fn add(&mut self, text: &str) {
        self.0.extend(tails("", text).last());
    }

    /// Whether the text of an article is a known one, by itself or with its headline, or ends in one behind a
    /// few words.
    pub(super) fn hold(&self, title: &str, text: &str) -> bool {
        let n_text = text.split_whitespace().count();
        let n_words = n_text + title.split_whitespace().count();
        let known = tails(title, text).enumerate().map(|(at, tail)| (at + 1, tail));
        let mut known = known.skip(n_text.saturating_sub(MAX_BEFORE + 1));
        known.any(|(n, tail)| {
            let is_whole = n == n_text || n == n_words;
            (is_whole || n >= MIN_WORDS) && self.0.contains(&tail)
        })
    }
}

/// What the last word of a headline with its text amounts to, its last two, and so on up to all of them.
fn tails<'t>(title: &'t str, text: &'t str) -> impl Iterator<Item = u64> + use<'t> {
    let hasher = BuildHasherDefault::<FxHasher>::default();
    let longer = move |tail: &mut u64, word: &str| {
        *tail = hasher.hash_one((*tail, word));
        Some(*tail)
    };
    text.split_whitespace().rev().chain(title.split_whitespace().rev()).scan(0, longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_texts_are_told_behind_a_few_words() {
        let long = "It rained on the quay. ".repeat(9);
        let mut known = KnownTexts::default();
        known.add(&long);
        known.add("It rained.");
        known.add(" ");
        assert!(known.hold("", &long.replace(' ', "\n")));
        assert!(known.hold("", &format!("2033-03-04 Tolls double {long}")));
        assert!(
            known.hold("", "It  rained.")
                && known.hold("Tolls", "It rained.")
                && known.hold("It", "rained.")
        );
        assert!(!known.hold("", "Tolls double. It rained."));
        assert!(!known.hold("", &format!("{}{long}", "Tolls double. ".repeat(31))));
        assert!(!known.hold("", &format!("{long}It ended.")));
        assert!(!known.hold("", ""));
    }
}
