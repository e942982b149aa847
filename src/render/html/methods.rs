//! How the figures were made, in a paragraph to be quoted and a card to be checked.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{KnownFile, Report};

/// The method, the model, the seed, the files.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every section")]
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    Some(html! {
        p { (paragraph(page.report)) }
        (card(page.report).show())
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
        made.resamples,
        made.seed,
        made.version
    )
}

/// So many of the files that were read are named.
const FILES: usize = 20;

/// What it takes to know a file again.
fn file(file: &KnownFile) -> (String, String) {
    let bytes = wording::several(file.bytes, "byte");
    (format!("SHA-256 of {}", sanitize::name(&file.name)), format!("{} ({bytes})", file.sha256))
}

fn card(report: &Report) -> SortableTable {
    let made = &report.provenance;
    let targets = made.targets.iter().map(|target| {
        let names = std::iter::once(&target.name).chain(&target.aliases);
        ("target".to_owned(), sanitize::list(names, "; "))
    });
    let inputs = made.inputs.iter().map(|input| ("read from".to_owned(), sanitize::name(input)));
    let files = made.models.iter().chain(made.files.iter().take(FILES)).map(file);
    let more = made.files.len().saturating_sub(FILES);
    let more = (more > 0).then(|| ("more files".to_owned(), format!("{more}, all named in JSON")));
    let facts = [
        ("framescope", made.version.clone()),
        ("model", sanitize::name(&made.model)),
        ("dimension", sanitize::name(&made.dimension)),
        ("labels", sanitize::list(&made.labels, ", ")),
        ("seed", made.seed.to_string()),
        ("resamples", made.resamples.to_string()),
    ];
    let frames = report.frames.iter().map(|f| ("frame model".to_owned(), sanitize::name(&f.model)));
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value));
    let row = |(name, value): (String, String)| Row {
        facts: RowAttributes::default(),
        cells: vec![Cell::words(&name), Cell::words(&value)],
    };
    SortableTable {
        id: "card".to_owned(),
        caption: "What made these figures".to_owned(),
        heads: ["what", "value"].map(ColumnHead::words).into(),
        rows: facts
            .chain(frames)
            .chain(targets)
            .chain(inputs)
            .chain(files)
            .chain(more)
            .map(row)
            .collect(),
    }
}
