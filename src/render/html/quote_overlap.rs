//! How alike outlets' choices of quotes are.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::speakers::outlet_head;
use crate::render::cell::decimal;
use crate::render::wording::percent;
use crate::report::QuoteOverlap;

/// With more outlets than this the table would be one of dots.
const MOST: usize = 20;

/// Outlets by outlets; nothing where they are too many or too few.
pub(super) fn content(page: &HtmlView<'_>) -> Markup {
    if !(2..=MOST).contains(&page.outlets.len()) {
        return html! {};
    }
    html! {
        h3 { "How alike the choices of quotes are" }
        p class="hint" {
            "How many shared quotes two outlets both have, in any form, of those that either has, and \
            the share (Jaccard index). Quotes that an outlet alone has do not count. Few quotes in \
            common may mean that an article is short."
        }
        (table(page).show())
    }
}

fn table(page: &HtmlView<'_>) -> SortableTable {
    let outlets = &page.outlets;
    let mut heads = vec![ColumnHead::words("outlet")];
    heads.extend(outlets.iter().map(|&at| {
        let head = outlet_head(page, at);
        let csv = ["", " both", " either"].map(|more| format!("{}{more}", page.outlet_name(at)));
        ColumnHead { csv: csv.to_vec(), ..head }
    }));
    let row = |&one: &usize| {
        let cell = |&other: &usize| match one == other {
            true => Cell { csv: vec![String::new(); 3], outlet: Some(other), ..Cell::words("") },
            false => cell(page, other, page.report.quotes.in_common(one, other)),
        };
        let cells = std::iter::once(Cell::words(&page.outlet_name(one)));
        Row {
            facts: RowAttributes::of_outlet(one),
            cells: cells.chain(outlets.iter().map(cell)).collect(),
        }
    };
    SortableTable {
        id: "quotes-in-common".to_owned(),
        caption: "Shared quotes in common".to_owned(),
        heads,
        rows: outlets.iter().map(row).collect(),
    }
}

fn cell(page: &HtmlView<'_>, outlet: usize, found: QuoteOverlap) -> Cell {
    let jaccard = found.jaccard();
    let heat = Cell::heat(jaccard);
    let shown = html! {
        @match jaccard {
            None => "–",
            Some(jaccard) if page.is_roomy() => {
                (found.both) " of " (found.either) " " small { (percent(jaccard)) " %" }
            }
            Some(jaccard) => (percent(jaccard)),
        }
    };
    let csv = vec![decimal(jaccard), found.both.to_string(), found.either.to_string()];
    Cell { shown, csv, outlet: Some(outlet), ..heat }
}
