//! How the figures were made: a paragraph to be quoted, and what it takes to make them again.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlColumn, SortableTable};
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{KnownFile, Report};

/// Maximum number of files that are named.
const MOST_FILES: usize = 20;

/// The method in words; then model, seed and files.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every section")]
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    Some(html! {
        p { (paragraph(page.report)) }
        (provenance(page.report).show())
    })
}

fn paragraph(report: &Report) -> String {
    let made = &report.provenance;
    let corrected = match made.audit.is_some() {
        true => {
            " Shares are corrected by a random sample of hand labels (prediction-powered \
            inference); differences between outlets are judged among all comparisons (Holm)."
        }
        false => {
            " Nobody labelled any of these sentences by hand: shares are mean calibrated \
            probabilities, and no difference between outlets is claimed."
        }
    };
    let labels = sanitize::list(&made.labels, ", ");
    format!(
        "Articles were split into sentences; readers’ comments, menus, links and adverts were left out. \
         Rules and a small regression told the outlet’s own voice from quoted voices. A multinomial \
         logistic regression over stems and their places around the target (model {}, labels {labels}) \
         gave each sentence that names the target, and apart from these each other sentence of an \
         article about it, the probability of every label.{corrected} Intervals are 95 % over \
         articles, from {} resamples with seed {}. Shared quotes were found by rules: three fifths of the \
         five-word runs of the shorter quote, or four fifths of its words in order; \
         the stance of one is predicted for its words alone. Made by framescope {}; the same input and seed give the same figures.",
        sanitize::name(&made.model),
        made.settings.resamples,
        made.settings.seed,
        made.version
    )
}

fn provenance(report: &Report) -> SortableTable {
    let made = &report.provenance;
    let mut facts: Vec<(String, String)> = [
        ("framescope", made.version.clone()),
        ("model", sanitize::name(&made.model)),
        ("dimension", sanitize::name(&made.dimension)),
        ("labels", sanitize::list(&made.labels, ", ")),
        ("seed", made.settings.seed.to_string()),
        ("resamples", made.settings.resamples.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let mut extend = |name: &str, values: Vec<String>| {
        facts.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    };
    let frames = report.frames.iter().map(|frames| sanitize::name(&frames.model));
    let targets = made
        .targets
        .iter()
        .map(|target| sanitize::list(std::iter::once(&target.name).chain(&target.aliases), "; "));
    extend("frame model", frames.collect());
    extend("target", targets.collect());
    extend("read from", made.settings.inputs.iter().map(|input| sanitize::name(input)).collect());
    let selection = &made.settings.selection;
    extend(
        "selected by",
        (!selection.is_empty()).then(|| sanitize::list(selection, " ")).into_iter().collect(),
    );
    facts.extend(
        made.settings.models.iter().chain(made.settings.files.iter().take(MOST_FILES)).map(file),
    );
    if let Some(more @ 1..) = made.settings.files.len().checked_sub(MOST_FILES) {
        facts.push(("more files".to_owned(), format!("{more}, all named in JSON")));
    }
    let columns = vec![
        HtmlColumn::text("what", |(name, _): &(String, String)| Cell::text(name)),
        HtmlColumn::text("value", |(_, value)| Cell::text(value)),
    ];
    let rows = facts.into_iter().map(|fact| (RowAttributes::default(), fact));
    SortableTable::new("card", "What made these figures", columns, rows)
}

/// A file's name, and its hash and size.
fn file(file: &KnownFile) -> (String, String) {
    let bytes = wording::several(file.bytes, "byte");
    (format!("SHA-256 of {}", sanitize::name(&file.name)), format!("{} ({bytes})", file.sha256))
}
