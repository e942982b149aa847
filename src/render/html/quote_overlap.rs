//! The overlap of outlets' choices of shared quotes (Jaccard index).

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::report::QuoteOverlap;

/// Maximum number of outlets; with more, most quotes are in common with none.
const MOST_OUTLETS: usize = 20;

/// Outlets by outlets; nothing where they are too many or too few.
pub(super) fn content(page: &HtmlView<'_>) -> Markup {
    html! {
        @if (2..=MOST_OUTLETS).contains(&page.outlets.len()) {
            h3 { "How alike the choices of quotes are" }
            p class="hint" {
                "Two outlets at a time: how many shared quotes both have"
                @if page.is_roomy() { ", of those that at least one of the two has" }
                ". Quotes that an outlet alone has do not count. Few quotes in common may mean that an article is short."
            }
            (table(page).show())
        }
    }
}

fn table(page: &HtmlView<'_>) -> SortableTable {
    let mut columns =
        vec![HtmlColumn::text("outlet", |outlet: &usize| Cell::text(page.outlet_name(*outlet)))];
    columns.extend(page.outlets.iter().map(|&other| {
        let cell = move |&one: &usize| match one == other {
            true => HtmlCell::of([const { Value::Missing }; 3], html! {}),
            false => cell(page, &page.report.quotes.in_common(one, other)),
        };
        page.outlet_column(other, cell)
            .fields_after(&page.outlet_name(other), &["", " both", " either"])
    }));
    let rows = page.outlets.iter().map(|&outlet| (RowAttributes::of_outlet(outlet), outlet));
    SortableTable::new(
        "quotes-in-common",
        "Shared quotes that two outlets both have",
        columns,
        rows,
    )
}

fn cell(page: &HtmlView<'_>, overlap: &QuoteOverlap) -> HtmlCell {
    let (jaccard, both, either) = (overlap.jaccard, overlap.both, overlap.either);
    let shown = html! {
        @match jaccard {
            None => "–",
            Some(_) if page.is_roomy() => { (both) " of " (either) },
            Some(_) => (both),
        }
    };
    let counts = [both, either].map(|count| Value::Count(count as u64));
    HtmlCell::of([Value::Share(jaccard)].into_iter().chain(counts), shown)
}
