//! What changed since an earlier report.

use maud::{Markup, html};

use super::html_view::{HtmlView, TargetView};
use super::sortable_table::SortableTable;
use crate::render::figures::changes::{sentences, tables};

/// Sentences and tables; none without an earlier report.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_any = page.targets().any(|target| target.summary.changes.is_some());
    is_any.then(|| page.each_target(one))
}

fn one(target: TargetView<'_>) -> Markup {
    let table =
        |(at, table)| SortableTable::of_rows(format!("changes-{}-{at}", target.number), &table);
    html! {
        @for sentence in sentences(target.summary) { p dir="auto" { (sentence) } }
        @for table in tables(target.summary).into_iter().enumerate().map(table) { (table.show()) }
    }
}
