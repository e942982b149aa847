//! The sentences to be read first.

use crate::render::document::{Block, Item, subsection};
use crate::render::{sanitize, wording};
use crate::report::{Evidence, Exemplar, Judge, Report};

/// What the sentences are while nobody has checked them.
const GUESSES: &str = "The model guesses that these own sentences take a side. Nobody has \
    checked, and many such guesses are wrong: read them.";

/// The sentences on a target, given by its number; nothing where there are none.
pub(crate) fn blocks(report: &Report, target: usize) -> Vec<Block> {
    let explained = explained(report, target);
    let outlets = &report.targets[target].outlets;
    let one = |(outlet, of): (usize, &Exemplar)| {
        let part = if of.is_headline() { ", headline" } else { "" };
        let label = match of.by {
            Judge::Model => String::new(),
            Judge::Coder => format!(", {}", wording::judged(of.label.name(), of.by)),
        };
        let text = sanitize::shortened(&of.text);
        Item::line(format!("{}{part}{label}: {text}", wording::outlet(&outlets[outlet].outlet)))
    };
    let sentences = report.first_sentences(target).into_iter().map(one);
    subsection("Read these first", explained, sentences.collect())
}

/// What the sentences are.
pub(crate) fn explained(report: &Report, target: usize) -> String {
    if report.lead(target).evidence == Evidence::Unchecked {
        return GUESSES.to_owned();
    }
    let shown = report.first_sentences(target).len() as u64;
    let all = report.n_checked_taking_sides(target);
    match shown < all {
        true => format!(
            "{} of the {} own sentences that a person found to take a side.",
            wording::count(shown),
            wording::count(all)
        ),
        false => "Own sentences that a person found to take a side.".to_owned(),
    }
}
