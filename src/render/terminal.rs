//! Text on a terminal: wrapped, and set in columns.

use super::cell::Cell;
use super::sanitize;
use super::table::{Alignment, Column, Table};
use super::width::{cut, width};

/// Maximum width of a line.
pub(super) const WIDTH: usize = 100;

/// The width between two columns.
const GAP: usize = 2;

/// Minimum width to which a column of text is cut.
const NARROWEST: usize = 8;

/// Appends a text, wrapped at spaces, the first line behind `first`, all others behind `indent`
/// columns. A word that is wider than a line is cut.
pub(super) fn wrap(out: &mut String, first: &str, text: &str, indent: usize) {
    let mut line = first.to_owned();
    let mut is_fresh = true;
    for word in text.split(' ') {
        let gap = usize::from(!is_fresh);
        let is_full = width(&line) + gap + width(word) > WIDTH;
        if is_full && (!is_fresh || width(&line) >= WIDTH) {
            *out += line.trim_end();
            *out += "\n";
            line = " ".repeat(indent);
        } else if !is_fresh {
            line.push(' ');
        }
        line += &cut(word, WIDTH.saturating_sub(width(&line)));
        is_fresh = false;
    }
    *out += line.trim_end();
    *out += "\n";
}

/// Appends a text, wrapped at spaces.
pub(super) fn paragraph(out: &mut String, text: &str) {
    wrap(out, "", text, 0);
}

/// Appends a table: caption, where there is one, heads, rows.
pub(super) fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        paragraph(out, &table.caption);
    }
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    let widths = widths(&table.columns, &rows);
    if table.columns.iter().any(|column| !column.group.is_empty()) {
        line(out, &groups(&table.columns, &widths));
    }
    let heads: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    for row in [heads].iter().chain(&rows) {
        line(out, &cells(row, &table.columns, &widths));
    }
}

fn line(out: &mut String, text: &str) {
    *out += text.trim_end();
    *out += "\n";
}

/// As wide as the widest cell; columns of text give way where the line would be too long, the
/// widest first.
fn widths(columns: &[Column], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |(index, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| width(cell));
        cells.max().unwrap_or(0).max(width(&column.name))
    };
    let mut widths: Vec<usize> = columns.iter().enumerate().map(widest).collect();
    widen_for_groups(columns, &mut widths);
    while widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) > WIDTH {
        let text = (0..widths.len()).filter(|&index| columns[index].alignment == Alignment::Left);
        match text.max_by_key(|&index| widths[index]).filter(|&index| widths[index] > NARROWEST) {
            Some(widest) => widths[widest] -= 1,
            None => break,
        }
    }
    widths
}

/// Gives each group room for its name.
fn widen_for_groups(columns: &[Column], widths: &mut [usize]) {
    let mut start = 0;
    for run in columns.chunk_by(|a, b| a.group == b.group) {
        let end = start + run.len();
        let room: usize = widths[start..end].iter().sum::<usize>() + GAP * (run.len() - 1);
        widths[end - 1] += width(&cut(&run[0].group, 2 * NARROWEST)).saturating_sub(room);
        start = end;
    }
}

/// The line above the heads: each group's name over its columns, with a rule as wide as they are.
fn groups(columns: &[Column], widths: &[usize]) -> String {
    let mut start = 0;
    let mut parts = Vec::new();
    for run in columns.chunk_by(|a, b| a.group == b.group) {
        let end = start + run.len();
        let room: usize = widths[start..end].iter().sum::<usize>() + GAP * (run.len() - 1);
        let name = cut(&sanitize::tidy(&run[0].group), room);
        let fill = room - width(&name);
        parts.push(match (name.is_empty(), fill) {
            (true, _) => " ".repeat(room),
            (false, 0..=1) => format!("{}{name}", " ".repeat(fill)),
            (false, _) => format!("{} {name}", "─".repeat(fill - 1)),
        });
        start = end;
    }
    parts.join(&" ".repeat(GAP))
}

fn cells(cells: &[String], columns: &[Column], widths: &[usize]) -> String {
    let set = |((cell, column), &room): ((&String, &Column), &usize)| {
        let cell = cut(cell, room);
        let fill = " ".repeat(room - width(&cell));
        match column.alignment {
            Alignment::Left => cell + &fill,
            Alignment::Right => fill + &cell,
        }
    };
    let cells: Vec<String> = cells.iter().zip(columns).zip(widths).map(set).collect();
    cells.join(&" ".repeat(GAP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_wider_than_a_line_stands_alone() {
        let mut out = String::new();
        let first = "a".repeat(WIDTH + 9);
        wrap(&mut out, &first, "one two", 2);
        assert_eq!(out, format!("{first}\n  one two\n"));
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word() {
        let text = "word ".repeat(60) + &"x".repeat(130);
        let mut out = String::new();
        wrap(&mut out, "  - ", text.trim(), 4);
        assert!(out.lines().all(|line| width(line) <= WIDTH), "{out}");
        assert_eq!(out.matches("word").count(), 60);
        assert!(out.lines().skip(1).all(|line| line.starts_with("    ")));
    }

    #[test]
    fn columns_of_text_give_way() {
        let table_of = |name: &str| Table {
            caption: "Caption".to_owned(),
            columns: vec![Column::text("name"), Column::number("name").of("group")],
            rows: vec![vec![Cell::text(name), Cell::count(1_234_567)]],
        };
        for name in ["x".repeat(300), "日本".repeat(90), "🧵 emoji".repeat(40), "שלום".repeat(50)]
        {
            let mut out = String::new();
            table(&mut out, &table_of(&name));
            let widths: Vec<usize> = out.lines().skip(2).map(width).collect();
            assert!(widths.iter().all(|&width| width <= WIDTH), "{out}");
            assert!(out.contains('…') && out.trim_end().ends_with("  1234567"), "{out}");
        }
    }
}
