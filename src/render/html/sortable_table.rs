//! A table of the page: heads by which it can be sorted, cells that lead to their sentences, and
//! the same figures as CSV below it.

use maud::{Markup, html};

use crate::cluster_bootstrap::Interval;
use crate::render::cell::{self, decimal, safe};
use crate::render::table::{Alignment, Table};
use crate::voice::Voice;

/// A table whose first column names its rows.
pub(super) struct SortableTable {
    /// Names it within the page, and its CSV file.
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) heads: Vec<ColumnHead>,
    pub(super) rows: Vec<Row>,
}

/// What stands above a column.
#[derive(Clone)]
pub(super) struct ColumnHead {
    pub(super) shown: Markup,
    /// The names of its columns in the CSV; a picture has none.
    pub(super) csv: Vec<String>,
    pub(super) class: &'static str,
}

/// A row, with what it can be filtered by.
pub(super) struct Row {
    pub(super) facts: RowAttributes,
    pub(super) cells: Vec<Cell>,
}

/// What a row or a sentence is about: the script hides it where the reader asks for something else.
#[derive(Default, Clone)]
pub(super) struct RowAttributes {
    pub(super) target: Option<usize>,
    pub(super) outlet: Option<usize>,
    pub(super) voice: Option<Voice>,
    pub(super) label: Option<usize>,
    /// A line for each name.
    pub(super) speaker: Option<String>,
    /// Whether there is too little to say anything of it: it stands faint, behind the others.
    pub(super) is_few: bool,
}

/// One cell.
#[derive(Clone)]
pub(super) struct Cell {
    pub(super) shown: Markup,
    /// By which it is sorted; where there is none, by its words.
    pub(super) value: Option<f64>,
    pub(super) csv: Vec<String>,
    pub(super) class: &'static str,
    /// The outlet whose column it stands in, where each outlet has one.
    pub(super) outlet: Option<usize>,
}

impl RowAttributes {
    pub(super) fn of_outlet(outlet: usize) -> Self {
        RowAttributes { outlet: Some(outlet), ..RowAttributes::default() }
    }
}

/// The word for a voice in addresses.
pub(super) fn voice_key(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own",
        Voice::Attributed => "quoted",
    }
}

/// A voice in words.
pub(super) fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own words",
        Voice::Attributed => "sources quoted or reported",
    }
}

impl ColumnHead {
    pub(super) fn words(name: &str) -> Self {
        ColumnHead { shown: html! { (name) }, csv: vec![name.to_owned()], class: "" }
    }

    pub(super) fn figures(name: &str) -> Self {
        ColumnHead { class: "figure", ..ColumnHead::words(name) }
    }

    /// A column of intervals, whose ends stand apart in the CSV.
    pub(super) fn interval(name: &str) -> Self {
        let csv = ["low", "high"].map(str::to_owned).to_vec();
        ColumnHead { csv, ..ColumnHead::figures(name) }
    }

    pub(super) fn picture(shown: Markup) -> Self {
        ColumnHead { shown, csv: Vec::new(), class: "picture" }
    }
}

impl Cell {
    pub(super) fn words(text: &str) -> Self {
        let shown = html! { (text) };
        Cell { shown, value: None, csv: vec![text.to_owned()], class: "", outlet: None }
    }

    /// A number, as every format has it.
    fn number(cell: &cell::Cell) -> Self {
        let words = Cell::words(&cell.shown());
        Cell { value: cell.value.sort_key(), csv: cell.fields(), class: "figure", ..words }
    }

    /// A whole number.
    pub(super) fn count(count: u64) -> Self {
        Cell::number(&cell::Cell::count(count))
    }

    /// A share in per cent; a decimal in the CSV.
    pub(super) fn percent(share: Option<f64>) -> Self {
        Cell::number(&cell::Cell::share(share))
    }

    /// A share whose size the background shows too.
    pub(super) fn heat(share: Option<f64>) -> Self {
        const HEAT: [&str; 6] = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];
        let cell = Cell::percent(share);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 5")]
        let level = cell.value.map_or(0, |share| (share * 8.0).clamp(0.0, 5.0) as usize);
        Cell { class: HEAT[level], ..cell }
    }

    pub(super) fn interval(interval: Option<Interval>) -> Self {
        Cell::number(&cell::Cell::interval(interval))
    }

    pub(super) fn picture(shown: Markup) -> Self {
        Cell { shown, csv: Vec::new(), class: "picture", ..Cell::words("") }
    }

    /// The same, leading to a place in the page, if there is one.
    pub(super) fn linked(self, href: Option<&str>) -> Self {
        let shown = html! {
            @if let Some(href) = href { a href=(href) { (self.shown) } } @else { (self.shown) }
        };
        Cell { shown, ..self }
    }
}

impl SortableTable {
    /// A table that other formats have too.
    pub(super) fn of(id: String, table: &Table, facts: impl Fn(usize) -> RowAttributes) -> Self {
        let head = |column: &crate::render::table::Column| {
            let name = match column.group.as_str() {
                "" => column.name.clone(),
                group => format!("{group} {}", column.name),
            };
            match column.alignment {
                Alignment::Left => ColumnHead::words(&name),
                Alignment::Right => ColumnHead::figures(&name),
            }
        };
        let cell = |(at, cell): (usize, &cell::Cell)| {
            let text = cell.shown();
            match table.columns[at].alignment {
                Alignment::Left => Cell::words(&text),
                Alignment::Right => {
                    Cell { value: text.parse().ok(), class: "figure", ..Cell::words(&text) }
                }
            }
        };
        let row = |(at, row): (usize, &Vec<cell::Cell>)| Row {
            facts: facts(at),
            cells: row.iter().enumerate().map(cell).collect(),
        };
        SortableTable {
            id,
            caption: table.caption.clone(),
            heads: table.columns.iter().map(head).collect(),
            rows: table.rows.iter().enumerate().map(row).collect(),
        }
    }

    /// The same with the name of its column in every cell, which narrow screens show: there a row is a
    /// list.
    pub(super) fn stacked(mut self) -> Self {
        for row in &mut self.rows {
            for (cell, head) in row.cells.iter_mut().zip(&self.heads).skip(1) {
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
                        @for (at, head) in self.heads.iter().enumerate() {
                            th scope="col" class=(head.class) data-outlet=[self.outlet_of(at)] {
                                (head.shown)
                            }
                        }
                    } }
                    tbody { @for row in &self.rows { (row.show()) } }
                }
            }
            (data(&self.id, &self.csv()))
        }
    }

    fn outlet_of(&self, column: usize) -> Option<usize> {
        self.rows.first().and_then(|row| row.cells.get(column)?.outlet)
    }

    /// The figures as CSV, safe to open in a spreadsheet.
    pub(super) fn csv(&self) -> String {
        let heads = self.heads.iter().flat_map(|head| &head.csv);
        let rows = self.rows.iter().map(|row| row.cells.iter().flat_map(|cell| &cell.csv));
        let mut table = ::csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = table.write_record(heads.map(|head| safe(head)));
        for row in rows {
            let _ = table.write_record(row.map(|cell| safe(cell)));
        }
        String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// Figures as CSV, folded.
pub(super) fn data(id: &str, csv: &str) -> Markup {
    html! {
        details class="data" {
            summary { "Data (CSV)" }
            pre tabindex="0" data-file={ (id) ".csv" } { (csv) }
        }
    }
}

impl Row {
    fn show(&self) -> Markup {
        let facts = &self.facts;
        html! {
            tr class=[facts.is_few.then_some("few")] data-target=[facts.target] data-outlet=[facts.outlet]
                data-voice=[facts.voice.map(voice_key)] data-label=[facts.label]
                data-speaker=[facts.speaker.as_deref()] {
                @for (at, cell) in self.cells.iter().enumerate() {
                    @let value = cell.value.map(|value| decimal(Some(value)));
                    @if at == 0 {
                        th scope="row" dir="auto" data-value=[value] { (cell.shown) }
                    } @else {
                        td class=(cell.class) data-value=[value] data-outlet=[cell.outlet] {
                            (cell.shown)
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_decimals_and_names_are_no_formulas() {
        let cells = vec![
            Cell::words("=cmd()"),
            Cell::picture(html! { svg {} }),
            Cell::percent(Some(0.384_6)),
            Cell::interval(Some(Interval { low: 0.25, high: 0.5 })),
            Cell::percent(None),
        ];
        let heads = vec![
            ColumnHead::words("outlet"),
            ColumnHead::picture(html! {}),
            ColumnHead::figures("share"),
            ColumnHead::interval("95 %"),
            ColumnHead::figures("other"),
        ];
        let rows = vec![Row { facts: RowAttributes::of_outlet(3), cells }];
        let grid = SortableTable { id: "g".into(), caption: "A <b>".into(), heads, rows };
        let expected = "outlet,share,low,high,other\n'=cmd(),0.384600,0.250000,0.500000,\n";
        assert_eq!(grid.csv(), expected);
        let shown = grid.show().into_string();
        assert!(shown.contains("<tr data-outlet=\"3\"><th scope=\"row\" dir=\"auto\">=cmd()"));
        assert!(shown.contains("data-value=\"0.384600\">38</td>") && shown.contains("A &lt;b&gt;"));
    }
}
