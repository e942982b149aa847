//! How sure are we? What hand labels and the model's errors allow to be said, and what not.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::stance::of_outlets;
use crate::render::figures::adjusted_shares::{self, CORRECTED, MODELLED};
use crate::render::sanitize;
use crate::render::table::Table;
use crate::render::wording;
use crate::report::{AuditFacts, Report, TargetSummary};
use crate::voice::Voice;

/// Agreement, corrected shares, the model's errors, and the notes of this run.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every section")]
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    Some(html! {
        @if let Some(audit) = &page.report.provenance.audit { p { (labelled(audit)) } }
        @for (number, target) in page.targets().filter(|_| !page.outlets.is_empty()) {
            (page.target_title(target))
            (kind(page, ("corrected", number), target, adjusted_shares::corrected, CORRECTED))
            (kind(page, ("modelled", number), target, adjusted_shares::modelled, MODELLED))
            @if let Some(probability) = target.errors_alike {
                p {
                    "Were the model’s errors alike in every outlet, they would differ so much by \
                    chance with a probability of " (wording::figure(Some(probability))) "."
                }
            }
        }
        @if let Some(grid) = confusion(page.report) {
            details {
                summary { "How the model did in cross-validation on its own training texts" }
                (grid.show())
            }
        }
        h3 { "Notes" }
        ul class="notes" { @for note in &page.report.notes { li { (sanitize::tidy(note)) } } }
    })
}

fn labelled(audit: &AuditFacts) -> String {
    let coders = match audit.coders.len() {
        0 => String::new(),
        1 => " by one coder".to_owned(),
        several => format!(" by {several} coders"),
    };
    let alpha = match audit.alpha {
        None => "no agreement can be told".to_owned(),
        Some(alpha) => {
            let interval = alpha.interval.map_or_else(String::new, |interval| {
                format!(" [{:.2}, {:.2}]", interval.low, interval.high)
            });
            format!("Krippendorff’s alpha {:.2}{interval}", alpha.value)
        }
    };
    format!(
        "{} labelled by hand{coders}; {alpha}. Drawn but not labelled: {}; labelled but not found in \
         these articles: {}.",
        wording::several(audit.labelled as u64, "sentence"),
        audit.blank,
        audit.lost
    )
}

fn kind(
    page: &HtmlView<'_>,
    (id, number): (&str, usize),
    target: &TargetSummary,
    tables: fn(&Report, &TargetSummary, Voice) -> Vec<Table>,
    explained: &str,
) -> Markup {
    let found = Voice::ALL.into_iter().flat_map(|voice| tables(page.report, target, voice));
    let grids: Vec<SortableTable> = found
        .enumerate()
        .map(|(at, table)| of_outlets(page, &format!("{id}-{number}-{at}"), table))
        .collect();
    html! {
        @if !grids.is_empty() {
            p class="hint" { (explained) }
            @for grid in &grids { (grid.show()) }
        }
    }
}

/// True labels by predicted labels.
fn confusion(report: &Report) -> Option<SortableTable> {
    let confusion = report.provenance.confusion.as_ref()?;
    let labels = &report.provenance.labels;
    let mut heads = vec![ColumnHead::words("true label")];
    heads.extend(
        labels
            .iter()
            .map(|label| ColumnHead::figures(&format!("read as {}", sanitize::name(label)))),
    );
    heads.push(ColumnHead { csv: vec!["recall".to_owned()], ..ColumnHead::figures("right %") });
    let row = |(at, (label, counts)): (usize, (&String, &Vec<usize>))| {
        let all: usize = counts.iter().sum();
        let right = counts.get(at).copied().unwrap_or(0);
        let mut cells = vec![Cell::words(&sanitize::name(label))];
        cells.extend(counts.iter().map(|count| Cell::count(*count as u64)));
        cells.push(Cell::percent((all > 0).then(|| right as f64 / all as f64)));
        Row { facts: RowAttributes::default(), cells }
    };
    Some(SortableTable {
        id: "confusion".to_owned(),
        caption: "Rows of the training texts, each judged by a model that had not seen it"
            .to_owned(),
        heads,
        rows: labels.iter().zip(confusion).enumerate().map(row).collect(),
    })
}
