//! The shared quotes in a line each: which outlet has them whole, which not.

use super::document::Item;
use super::sanitize;
use super::wording;
use crate::report::{Report, SharedQuote, Use};

/// So many characters of a quote are shown.
const WORDS: usize = 60;

/// One line for each of the `most` quotes that most outlets have.
pub(super) fn lines(report: &Report, most: usize) -> Vec<Item> {
    let quotes = (1..).zip(report.quotes.shared.iter().take(most));
    quotes.map(|(number, quote)| Item::line(line(report, number, quote))).collect()
}

fn line(report: &Report, number: usize, quote: &SharedQuote) -> String {
    let uses: Vec<String> = ["full", "trimmed", "paraphrased", "absent"]
        .iter()
        .filter_map(|kind| Some(format!("{kind} {}", outlets(report, quote, kind)?)))
        .collect();
    let speakers = wording::or(sanitize::list(&quote.speakers, "; "), "speaker not found");
    let text = sanitize::start(&sanitize::tidy(&quote.text), WORDS);
    format!("{number}. “{text}” ({speakers}): {}", uses.join("; "))
}

/// The outlets that use a quote in one way; none where there are none.
fn outlets(report: &Report, quote: &SharedQuote, kind: &str) -> Option<String> {
    let fits = report.outlets.iter().zip(&quote.uses).filter(|(_, of)| name(of) == kind);
    let names: Vec<String> = fits.map(|(outlet, _)| wording::outlet(&outlet.name)).collect();
    (!names.is_empty()).then(|| sanitize::list(&names, ", "))
}

fn name(of: &Use) -> &'static str {
    match of {
        Use::Quoted(quoted) if quoted.dropped.is_empty() => "full",
        Use::Quoted(_) => "trimmed",
        Use::Paraphrased(_) => "paraphrased",
        Use::Absent => "absent",
    }
}
