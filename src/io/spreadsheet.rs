//! The cells of a spreadsheet as text.

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{Data, ExcelDateTime, Ods, Range, Reader, Xlsx};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::office_file::{OfficeKind, check_size, damaged, part, starts_of_parts};

/// Maximum size in bytes of the text of all cells, and the maximum number of cells. A cell may stand for
/// a text that stands once in the file.
const MAX_TEXT: usize = 512 << 20;
const MAX_CELLS: usize = 5_000_000;

/// One row: its number in the sheet from 1, and its cells from the first column on.
pub(super) type SheetRow = (u64, Vec<String>);

/// Takes a whole file; gives the rows of the first sheet that has any. Rows without cells are left out.
pub(super) fn sheet(bytes: &[u8], kind: OfficeKind) -> Result<Vec<SheetRow>, String> {
    check_size(bytes)?;
    let read = || match kind {
        OfficeKind::Ods => ods(bytes),
        _ => xlsx(bytes),
    };
    // calamine adds up the letters and digits of a damaged position without a look at what they hold.
    let damaged = "damaged, positions of cells included; open it in its program and save it anew";
    catch_unwind(read).unwrap_or_else(|_| Err(damaged.to_string()))
}

fn xlsx(bytes: &[u8]) -> Result<Vec<SheetRow>, String> {
    check_shared_texts(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    for name in book.sheet_names() {
        // Sheets that hold charts alone have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows = SheetRows::default();
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let (row, column) = cell.get_position();
            rows.add(row, column, text(Data::from(cell.get_value().clone())))?;
        }
        if !rows.rows.is_empty() {
            return Ok(rows.rows);
        }
    }
    Ok(Vec::new())
}

/// Refuses a workbook that says to hold more texts than cells are read: calamine takes the memory for them
/// before it looks.
fn check_shared_texts(bytes: &[u8]) -> Result<(), String> {
    const START: u64 = 64 << 10;
    for start in starts_of_parts(bytes, "sharedstrings.xml", START)? {
        let mut reader = XmlReader::from_str(&start);
        let table = loop {
            match reader.read_event().map_err(|error| damaged(&error))? {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().as_ref() == "sst" =>
                {
                    break element;
                }
                Event::Eof => return Err(damaged(&"its table of texts has no beginning")),
                _ => {}
            }
        };
        let mut attributes = table.attributes();
        let counts = attributes.with_checks(false).flatten();
        let mut counts = counts.filter(|attribute| attribute.key.as_ref() == "uniqueCount");
        let is_too_large =
            |count: &str| count.trim().parse().is_ok_and(|n: u64| n > MAX_CELLS as u64);
        if counts.any(|count| is_too_large(&count.value)) {
            return Err(too_large());
        }
    }
    Ok(())
}

fn ods(bytes: &[u8]) -> Result<Vec<SheetRow>, String> {
    if n_cells(&part(bytes, "content.xml")?)? > MAX_CELLS {
        return Err(too_large());
    }
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    for name in book.sheet_names() {
        let range: Range<Data> = book.worksheet_range(&name).map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = SheetRows::default();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (u32::try_from(row), u32::try_from(column));
            let (Ok(row), Ok(column)) = (row, column) else { break };
            rows.add(first_row + row, first_column + column, text(cell.clone()))?;
        }
        if !rows.rows.is_empty() {
            return Ok(rows.rows);
        }
    }
    Ok(Vec::new())
}

/// Rows that grow cell by cell.
#[derive(Default)]
struct SheetRows {
    rows: Vec<SheetRow>,
    n_bytes: usize,
    n_cells: usize,
}

impl SheetRows {
    /// Takes the position of a cell, counted from 0, and its text.
    fn add(&mut self, row: u32, column: u32, text: String) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let (number, column) = (u64::from(row) + 1, column as usize);
        if self.rows.last().is_none_or(|(last, _)| *last != number) {
            self.rows.push((number, Vec::new()));
        }
        let Some((_, cells)) = self.rows.last_mut() else { return Ok(()) };
        let n_added = (column + 1).saturating_sub(cells.len());
        self.n_bytes += text.len();
        self.n_cells += n_added;
        if self.n_bytes > MAX_TEXT || self.n_cells > MAX_CELLS {
            return Err(too_large());
        }
        cells.resize(cells.len() + n_added, String::new());
        cells[column] = text;
        Ok(())
    }
}

/// The number of cells of the largest table in a file of LibreOffice, where one cell or row may stand for
/// millions of the same. Empty ones at the end do not count. Refuses a file that ends inside an element:
/// calamine would look for the end of the table for ever.
fn n_cells(xml: &str) -> Result<usize, String> {
    let mut reader = XmlReader::from_str(xml);
    let mut depth = 0_usize;
    let (mut most, mut n_rows, mut n_columns, mut width) = (0_usize, 0_usize, 0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth == 0 => return Ok(most),
            Event::Eof => return Err(damaged(&"its table does not end")),
            _ => {}
        }
        let (Event::Start(element) | Event::Empty(element)) = &event else { continue };
        match element.local_name().as_ref() {
            "table" => (n_rows, width) = (0, 0),
            "table-row" => {
                let n = repeats(element, "table:number-rows-repeated");
                n_rows = n_rows.saturating_add(n);
                n_columns = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let n = repeats(element, "table:number-columns-repeated");
                n_columns = n_columns.saturating_add(n);
                let has_value = |name| matches!(element.try_get_attribute(name), Ok(Some(_)));
                if has_value("office:value-type") || has_value("table:formula") {
                    width = width.max(n_columns);
                    most = most.max(n_rows.saturating_mul(width));
                }
            }
            _ => {}
        }
    }
}

/// How often an element stands for itself.
fn repeats(element: &BytesStart<'_>, name: &str) -> usize {
    let attribute = element.try_get_attribute(name).ok().flatten();
    attribute.map_or(1, |attribute| attribute.value.trim().parse().unwrap_or(usize::MAX))
}

fn too_large() -> String {
    let limit = MAX_TEXT >> 20;
    format!("more than {limit} MiB of text or {MAX_CELLS} cells; save the sheet as .csv")
}

/// A cell as a table of text writes it: a day as `2031-03-04`, a whole number without decimals. An error
/// such as `#N/A` is empty.
fn text(cell: Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Bool(is_true) => is_true.to_string(),
        Data::DateTime(moment) => moment_text(&moment),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    // Days are counted up to the end of the year 9999.
    if moment.is_duration() || !(0.0..2_958_466.0).contains(&moment.as_f64()) {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_are_counted() {
        let row = |attributes: &str, cells: &str| {
            format!("<table:table-row {attributes}>{cells}</table:table-row>")
        };
        let cell = |n: &str, more: &str| {
            format!("<table:table-cell table:number-columns-repeated='{n}' {more}/>")
        };
        let filled = cell("3", "office:value-type='float'");
        let many = "table:number-rows-repeated='1000000'";
        let table = |rows: &[String]| format!("<table:table>{}</table:table>", rows.concat());
        assert_eq!(n_cells(&table(&[row("", &filled), row(many, &cell("9", ""))])), Ok(3));
        assert_eq!(n_cells(&table(&[row(many, ""), row("", &filled)])), Ok(3_000_003));
        let huge = cell("99999999999999999999", "office:value-type='float'");
        assert_eq!(n_cells(&table(&[row("", &huge), row("", "")])), Ok(usize::MAX));
    }

    #[test]
    fn a_table_must_end() {
        let error = n_cells("<table:table><table:table-row></table:table-row>").unwrap_err();
        assert!(error.contains("does not end"), "{error}");
    }

    #[test]
    fn the_text_of_all_cells_is_bounded() {
        let mut rows = SheetRows { n_bytes: MAX_TEXT - 1, ..SheetRows::default() };
        rows.add(0, 0, "a".to_string()).unwrap();
        assert!(rows.add(0, 1, "a".to_string()).unwrap_err().contains("save the sheet as .csv"));
        rows = SheetRows::default();
        assert!(rows.add(0, u32::MAX - 1, "a".to_string()).unwrap_err().contains("cells"));
    }
}
