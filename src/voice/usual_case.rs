//! The words that news hardly ever writes with a capital. Where one has a capital that its place asks
//! for, at the start of a sentence or in a headline, that tells nothing: it is no part of a name.
//!
//! `models/lower-case.txt` lists them; its card tells how they were counted.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::word_key::WordKey;

static SMALL: LazyLock<FxHashSet<WordKey>> = LazyLock::new(|| {
    let key = |word: &str| WordKey::of(word, &(0..word.len()));
    let words = || include_str!("../../models/lower-case.txt").lines();
    // Printed with either apostrophe.
    let curly = words().filter(|word| word.contains('\'')).map(|word| word.replace('\'', "’"));
    words().map(key).chain(curly.map(|word| key(&word))).collect()
});

/// Whether a word, given in small letters, is usually written with one.
pub(super) fn is_usually_small(word: WordKey) -> bool {
    SMALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_can_be_one_are_not_listed() {
        let is_small = |word: &str| is_usually_small(WordKey::of(word, &(0..word.len())));
        for word in ["poor", "maybe", "let", "here", "however", "critics", "don't"] {
            assert!(is_small(word), "{word}");
        }
        for word in ["oak", "mark", "bill", "young", "senate", "monday", "mrs"] {
            assert!(!is_small(word), "{word}");
        }
    }
}
