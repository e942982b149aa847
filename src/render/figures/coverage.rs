//! What was read of each outlet.

use crate::render::cell::Cell;
use crate::render::table::{Column, Table, numbers};
use crate::render::wording;
use crate::report::{Outlet, Report};

/// A row per outlet.
pub(crate) fn table(report: &Report) -> Table {
    let names = ["articles", "sentences", "words", "shared", "comments", "boilerplate"];
    let columns = [Column::text("outlet")].into_iter().chain(numbers(names));
    let row = |outlet: &Outlet| {
        let counts = &outlet.counts;
        let numbers = [
            counts.articles,
            counts.sentences,
            counts.words,
            counts.shared,
            counts.comments,
            counts.boilerplate,
        ];
        let days = Cell::maybe(wording::days(counts), Cell::text);
        [Cell::outlet(&outlet.name)]
            .into_iter()
            .chain(numbers.map(Cell::count))
            .chain([days])
            .collect()
    };
    Table {
        caption: "What was read".to_owned(),
        columns: columns.chain([Column::text("days")]).collect(),
        rows: report.outlets.iter().map(row).collect(),
    }
}
