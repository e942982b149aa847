//! How uncertain the figures are: hand labels, the model's errors, and the notes of the run.

use maud::{Markup, html};

use super::html_view::{HtmlView, TargetView};
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlColumn, SortableTable};
use crate::render::cell::Cell;
use crate::render::figures::adjusted_shares::{CORRECTED, MODELLED, corrected, modelled};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::AuditFacts;

/// Agreement of coders, corrected shares, and the model's errors; its errors alone while nobody has checked.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every section")]
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    Some(html! {
        @if let Some(audit) = &page.report.provenance.audit { p { (labelled(audit)) } }
        @if !page.outlets.is_empty() && page.is_checked() { (page.each_target(adjusted)) }
        @if let Some(table) = confusion(page) {
            details {
                summary { "How the model did in cross-validation on its own training texts" }
                (table.show())
            }
        }
    })
}

/// Number of notes that are not folded away: what hand labels there are, and what the figures describe.
const FIRST_NOTES: usize = 2;

/// How sure the page is, and what the figures cannot show.
pub(super) fn notes(page: &HtmlView<'_>) -> Option<Markup> {
    let notes = &page.report.notes;
    let (first, more) = notes.split_at(notes.len().min(FIRST_NOTES));
    let list = |notes: &[String]| {
        html! { ul class="notes" { @for note in notes { li { (sanitize::tidy(note)) } } } }
    };
    (!notes.is_empty()).then(|| {
        html! {
            ul class="notes" {
                li {
                    "Rules tell own words from quoted ones: about 1 in 10 is wrong. Rules find the names of speakers: \
                    about 1 in 5 is wrong or missing."
                }
                @if !page.is_checked() { li { "Stance: nobody has checked it. Many guesses of the model are wrong." } }
            }
            (list(first))
            @if !more.is_empty() {
                details { summary { "More on how to read the figures" } (list(more)) }
            }
        }
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
        "{} labelled by hand{coders}; {alpha}. Drawn but not labelled: {}; labelled and lost: {}.",
        wording::several(audit.labelled as u64, "sentence"),
        audit.blank,
        audit.lost
    )
}

fn adjusted(target: TargetView<'_>) -> Markup {
    let kinds = [
        (CORRECTED, target.tables("corrected", corrected)),
        (MODELLED, target.tables("modelled", modelled)),
    ];
    html! {
        @for (explained, tables) in kinds.iter().filter(|(_, tables)| !tables.is_empty()) {
            p class="hint" { (explained) }
            @for table in tables { (table.show()) }
        }
        @if let Some(probability) = target.summary.errors_alike {
            p {
                "If the model erred alike in every outlet, chance alone would make its errors differ so much \
                with a probability of " (wording::figure(Some(probability))) "."
            }
        }
    }
}

/// True labels by predicted labels.
fn confusion(page: &HtmlView<'_>) -> Option<SortableTable> {
    type Row<'c> = ((usize, String), &'c Vec<usize>);
    let confusion = page.report.provenance.confusion.as_ref()?;
    let count = |counts: &[usize], at: usize| counts.get(at).copied().unwrap_or(0);
    let mut columns =
        vec![HtmlColumn::text("true label", |((_, name), _): &Row<'_>| Cell::text(name))];
    columns.extend(page.named_labels().map(|(at, name)| {
        HtmlColumn::number(&format!("guessed {name}"), move |(_, counts): &Row<'_>| {
            Cell::count(count(counts, at) as u64)
        })
    }));
    let recall = move |((at, _), counts): &Row<'_>| {
        let all: usize = counts.iter().sum();
        Cell::share((all > 0).then(|| count(counts, *at) as f64 / all as f64))
    };
    columns.push(HtmlColumn::number("right %", recall).fields(["recall"]));
    Some(SortableTable::new(
        "confusion",
        "Rows of the training texts, each judged by a model that had not seen it",
        columns,
        page.named_labels().zip(confusion).map(|row| (RowAttributes::default(), row)),
    ))
}
