//! What was read of each outlet.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::SortableTable;
use crate::render::figures::coverage;

/// Counts by outlet, for readers who ask whether this is the right corpus.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let table = coverage::table(page.report);
    let table = SortableTable::of_outlets("corpus-table", &table, 0.., &page.outlets);
    (!page.outlets.is_empty()).then(|| {
        html! {
            p class="hint" {
                "Sentences in headlines and bodies count. Shared: printed by another outlet too. \
                Readers’ comments, and menus, links and adverts that came along with the articles, are \
                left out of every figure."
            }
            (table.show())
        }
    })
}
