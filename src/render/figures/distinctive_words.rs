//! The words that an outlet uses more than the others.

use crate::render::document::{Block, Item, section};
use crate::render::wording;
use crate::report::{DistinctiveWord, Outlet};

/// Says what the numbers beside distinctive words are.
pub(crate) const KEY: &str = "Used more than by all other outlets together, in articles that mention the target (count, z of the log-odds).";

/// A line of words for each outlet that has some.
pub(crate) fn blocks(outlets: &[Outlet]) -> Vec<Block> {
    let line = |outlet: &Outlet| {
        let words: Vec<String> = outlet.distinctive.iter().map(word).collect();
        Item::line(format!("{}: {}", wording::outlet(&outlet.name), words.join(", ")))
    };
    let found = outlets.iter().filter(|outlet| !outlet.distinctive.is_empty());
    section("Distinctive words", KEY, found.map(line).collect())
}

/// A word with its count and its z score.
pub(crate) fn word(word: &DistinctiveWord) -> String {
    format!("{} ({}, z {:.1})", word.word, word.count, word.z)
}
