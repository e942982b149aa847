//! The tables of the page: heads by which a reader sorts, cells that lead to their sentences, and
//! the same figures as CSV below.

use std::io;

use maud::{Markup, html};

use super::markup::page_link;
use super::row_attributes::RowAttributes;
use crate::render::cell::{Cell, Value, decimal};
use crate::render::csv;
use crate::render::table::{Alignment, Column, Table};

/// A table whose first column names its rows.
pub(super) struct SortableTable {
    /// Its address within the page, and the name of its CSV file.
    id: String,
    caption: String,
    heads: Vec<Head>,
    rows: Vec<(RowAttributes, Vec<HtmlCell>)>,
}

/// A column: its head, and its cell in the row of an `R`.
pub(super) struct HtmlColumn<'c, R> {
    head: Head,
    cell: Box<dyn Fn(&R) -> HtmlCell + 'c>,
}

struct Head {
    shown: Markup,
    /// The names of its fields in the CSV; a chart has none.
    fields: Vec<String>,
    class: &'static str,
    /// The outlet that the column is about, where each outlet has one.
    outlet: Option<usize>,
}

/// A cell of the page: its values, and how they are shown together.
#[derive(Clone)]
pub(super) struct HtmlCell {
    shown: Markup,
    /// The number by which it is sorted; without one, it is sorted by its text.
    sort_key: Option<f64>,
    fields: Vec<String>,
    class: &'static str,
}

impl<'c, R> HtmlColumn<'c, R> {
    fn new<C: Into<HtmlCell>>(
        shown: Markup,
        class: &'static str,
        cell: impl Fn(&R) -> C + 'c,
    ) -> Self {
        let head = Head { shown, fields: Vec::new(), class, outlet: None };
        HtmlColumn { head, cell: Box::new(move |row| cell(row).into()) }
    }

    /// A column of text.
    pub(super) fn text<C: Into<HtmlCell>>(name: &str, cell: impl Fn(&R) -> C + 'c) -> Self {
        HtmlColumn::new(html! { (name) }, "", cell).fields([name])
    }

    /// A column of numbers.
    pub(super) fn number<C: Into<HtmlCell>>(name: &str, cell: impl Fn(&R) -> C + 'c) -> Self {
        HtmlColumn::new(html! { (name) }, "figure", cell).fields([name])
    }

    /// A column of charts below their axis, which the CSV lacks.
    pub(super) fn chart(axis: Markup, chart: impl Fn(&R) -> Markup + 'c) -> Self {
        let cell = move |row: &R| HtmlCell::of([], chart(row)).class("picture");
        HtmlColumn::new(axis, "picture", cell)
    }

    /// The same column with other names in the CSV.
    pub(super) fn fields<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.head.fields = names.into_iter().map(Into::into).collect();
        self
    }

    /// The same column with names in the CSV that begin alike.
    pub(super) fn fields_after(self, name: &str, endings: &[&str]) -> Self {
        self.fields(endings.iter().map(|ending| format!("{name}{ending}")))
    }

    /// The same column with another head.
    pub(super) fn head(mut self, shown: Markup) -> Self {
        self.head.shown = shown;
        self
    }

    /// The same column about one outlet; its name is set upright where there is little room.
    pub(super) fn about(mut self, outlet: usize, is_roomy: bool) -> Self {
        self.head.outlet = Some(outlet);
        self.head.class = if is_roomy { "" } else { "upright" };
        let name = self.head.shown.clone();
        self.head(html! { span { (name) } })
    }
}

impl From<Cell> for HtmlCell {
    fn from(cell: Cell) -> Self {
        let shown = cell.shown();
        HtmlCell::of([cell.value], html! { (shown) })
    }
}

impl HtmlCell {
    /// Values that are shown together; the first gives the class and the sort key.
    pub(super) fn of(values: impl IntoIterator<Item = Value>, shown: Markup) -> Self {
        let values: Vec<Value> = values.into_iter().collect();
        let is_text = matches!(values.first(), None | Some(Value::Missing | Value::Text(_)));
        HtmlCell {
            shown,
            sort_key: values.first().and_then(Value::sort_key),
            fields: values.iter().flat_map(Value::fields).collect(),
            class: if is_text { "" } else { "figure" },
        }
    }

    /// The same cell, sorted by another number or by its text.
    pub(super) fn sorted_by(self, sort_key: Option<f64>) -> Self {
        HtmlCell { sort_key, ..self }
    }

    /// The same cell with another class.
    pub(super) fn class(self, class: &'static str) -> Self {
        HtmlCell { class, ..self }
    }

    /// The same cell on a ground that is the darker, the larger its share.
    pub(super) fn heat(self) -> Self {
        const HEAT: [&str; 6] = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 5")]
        let level = self.sort_key.map_or(0, |share| (share * 8.0).clamp(0.0, 5.0) as usize);
        self.class(HEAT[level])
    }

    /// The same cell, leading to a place in the page, if there is one.
    pub(super) fn linked(self, href: Option<&str>) -> Self {
        HtmlCell { shown: page_link(href, &self.shown), ..self }
    }
}

impl SortableTable {
    /// A table with a row for each `R`; rows with too little data come last.
    pub(super) fn new<R>(
        id: impl Into<String>,
        caption: impl Into<String>,
        columns: Vec<HtmlColumn<'_, R>>,
        rows: impl IntoIterator<Item = (RowAttributes, R)>,
    ) -> Self {
        let cells = |row: &R| columns.iter().map(|column| (column.cell)(row)).collect();
        let mut rows: Vec<_> =
            rows.into_iter().map(|(attributes, row)| (attributes, cells(&row))).collect();
        rows.sort_by_key(|(attributes, _)| attributes.is_few);
        let heads = columns.into_iter().map(|column| column.head).collect();
        SortableTable { id: id.into(), caption: caption.into(), heads, rows }
    }

    /// A table of other formats with a row for each of `outlets`; those in `shown` are kept. Its CSV
    /// has the figures as they are printed.
    pub(super) fn of_outlets(
        id: impl Into<String>,
        table: &Table,
        outlets: impl IntoIterator<Item = usize>,
        shown: &[usize],
    ) -> Self {
        let rows =
            outlets.into_iter().zip(&table.rows).filter(|(outlet, _)| shown.contains(outlet));
        let rows = rows.map(|(outlet, row)| (RowAttributes::of_outlet(outlet), row));
        SortableTable::of_table(id, table, rows)
    }

    /// A table of other formats as it is.
    pub(super) fn of_rows(id: impl Into<String>, table: &Table) -> Self {
        let rows = table.rows.iter().map(|row| (RowAttributes::default(), row));
        SortableTable::of_table(id, table, rows)
    }

    fn of_table<'t>(
        id: impl Into<String>,
        table: &'t Table,
        rows: impl Iterator<Item = (RowAttributes, &'t Vec<Cell>)>,
    ) -> Self {
        let column = |(at, column): (usize, &Column)| {
            let name = [column.group.as_str(), &column.name].join(" ");
            let is_number = column.alignment == Alignment::Right;
            let cell = move |row: &&Vec<Cell>| {
                let text = row[at].shown();
                let number = text.parse().ok().filter(|_| is_number);
                let cell = HtmlCell::from(Cell::text(text)).sorted_by(number);
                cell.class(if is_number { "figure" } else { "" })
            };
            match is_number {
                true => HtmlColumn::number(name.trim_start(), cell),
                false => HtmlColumn::text(name.trim_start(), cell),
            }
        };
        let columns = table.columns.iter().enumerate().map(column).collect();
        SortableTable::new(id, &table.caption, columns, rows)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of its rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The same table with the name of its column in every cell; narrow screens show a row as a
    /// list.
    pub(super) fn stacked(mut self) -> Self {
        for (_, cells) in &mut self.rows {
            for (cell, head) in cells.iter_mut().zip(&self.heads).skip(1) {
                cell.shown = html! { span class="narrow" { (head.shown) ": " } (cell.shown) };
            }
        }
        self
    }

    /// The table and, folded, its CSV.
    pub(super) fn show(&self) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label=(self.caption) {
                table id=(self.id) {
                    caption { (self.caption) }
                    thead { tr {
                        @for head in &self.heads {
                            th scope="col" class=(head.class) data-outlet=[head.outlet] { (head.shown) }
                        }
                    } }
                    tbody { @for (attributes, cells) in &self.rows { (self.row(attributes, cells)) } }
                }
            }
            (self.csv())
        }
    }

    fn row(&self, attributes: &RowAttributes, cells: &[HtmlCell]) -> Markup {
        html! {
            tr class=[attributes.is_few.then_some("few")] data-target=[attributes.target]
                data-outlet=[attributes.outlet] data-label=[attributes.label]
                data-speaker=[attributes.speaker.as_deref()] {
                @for (at, (head, cell)) in self.heads.iter().zip(cells).enumerate() {
                    @let key = cell.sort_key.map(|key| decimal(Some(key)));
                    @if at == 0 {
                        th scope="row" dir="auto" data-value=[key] { (cell.shown) }
                    } @else {
                        td class=(cell.class) data-value=[key] data-outlet=[head.outlet] {
                            (cell.shown)
                        }
                    }
                }
            }
        }
    }

    /// Its figures as CSV, folded.
    pub(super) fn csv(&self) -> Markup {
        let header = self.heads.iter().flat_map(|head| head.fields.clone()).collect();
        let row = |(_, cells): &(RowAttributes, Vec<HtmlCell>)| {
            cells.iter().flat_map(|cell| cell.fields.clone()).collect()
        };
        let rows = [header].into_iter().chain(self.rows.iter().map(row));
        folded_csv(&self.id, |out| csv::write_rows(rows, out))
    }
}

/// A table that the page has as CSV alone, folded.
pub(super) fn data(id: &str, table: &Table) -> Markup {
    folded_csv(id, |out| csv::write(table, out))
}

fn folded_csv(id: &str, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Markup {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write(&mut text);
    html! {
        details class="data" {
            summary { "Data (CSV)" }
            pre tabindex="0" data-file={ (id) ".csv" } { (String::from_utf8_lossy(&text)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Interval;

    #[test]
    fn figures_keep_their_decimals_and_names_are_no_formulas() {
        let columns: Vec<HtmlColumn<'_, ()>> = vec![
            HtmlColumn::text("outlet", |()| Cell::text("=cmd()")),
            HtmlColumn::chart(html! {}, |()| html! { svg {} }),
            HtmlColumn::number("share", |()| Cell::share(Some(0.384_6))),
            HtmlColumn::number("95 %", |()| {
                Cell::interval(Some(Interval { low: 0.25, high: 0.5 }))
            })
            .fields(["low", "high"]),
            HtmlColumn::number("other", |()| Cell::share(None)),
        ];
        let rows = [(RowAttributes::of_outlet(3), ())];
        let shown = SortableTable::new("g", "A <b>", columns, rows).show().into_string();
        let csv = "outlet,share,low,high,other\n'=cmd(),0.384600,0.250000,0.500000,\n";
        assert!(shown.contains(csv), "{shown}");
        assert!(shown.contains("<tr data-outlet=\"3\"><th scope=\"row\" dir=\"auto\">=cmd()"));
        assert!(shown.contains("data-value=\"0.384600\">38</td>") && shown.contains("A &lt;b&gt;"));
    }
}
