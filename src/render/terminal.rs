//! Text on a terminal: how wide it is, and how it is cut, wrapped and set in columns.

use super::sanitize;
use super::table::{Column, Kind, Table};

/// No line is wider.
pub(super) const WIDTH: usize = 100;

/// Between two columns.
const GAP: usize = 2;

/// To so little a column of words may be cut.
const NARROWEST: usize = 8;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Wide East Asian characters and emoji take two columns, marks on another character none. Close
/// enough for names; terminals differ in the rest.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36F
        | 0x591..=0x5BD
        | 0x64B..=0x65F
        | 0x200B..=0x200F
        | 0x2060..=0x2064
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F
        | 0x1F3FB..=0x1F3FF => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// As much of a text as fits, with `…` where something is cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |c: &char| {
        let taken = char_width(*c);
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

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

/// Appends a table: caption, where there is one, heads, rows.
pub(super) fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        wrap(out, "", &table.caption, 0);
    }
    let widths = widths(table);
    if table.columns.iter().any(|column| !column.group.is_empty()) {
        line(out, &groups(&table.columns, &widths));
    }
    let heads = table.columns.iter().map(|column| column.name.as_str());
    line(out, &cells(heads, &table.columns, &widths));
    for row in &table.rows {
        line(out, &cells(row.iter().map(String::as_str), &table.columns, &widths));
    }
}

fn line(out: &mut String, text: &str) {
    *out += text.trim_end();
    *out += "\n";
}

/// As wide as the widest cell; columns of words give way where the line would be too long, the
/// widest first.
fn widths(table: &Table) -> Vec<usize> {
    let widest = |(place, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(place)).map(|cell| width(cell));
        cells.max().unwrap_or(0).max(width(&column.name))
    };
    let mut widths: Vec<usize> = table.columns.iter().enumerate().map(widest).collect();
    widen_for_groups(&table.columns, &mut widths);
    while widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) > WIDTH {
        let of_words = (0..widths.len()).filter(|&at| table.columns[at].kind == Kind::Words);
        match of_words.max_by_key(|&at| widths[at]).filter(|&at| widths[at] > NARROWEST) {
            Some(widest) => widths[widest] -= 1,
            None => break,
        }
    }
    widths
}

/// Each group has room for its name.
fn widen_for_groups(columns: &[Column], widths: &mut [usize]) {
    let mut start = 0;
    for run in columns.chunk_by(|a, b| a.group == b.group) {
        let end = start + run.len();
        let room: usize = widths[start..end].iter().sum::<usize>() + GAP * (run.len() - 1);
        widths[end - 1] += width(&cut(&run[0].group, 2 * NARROWEST)).saturating_sub(room);
        start = end;
    }
}

/// The line above the heads: each group's name over its columns, ruled to show how far it reaches.
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

fn cells<'a>(cells: impl Iterator<Item = &'a str>, columns: &[Column], widths: &[usize]) -> String {
    let set = |((cell, column), &room): ((&str, &Column), &usize)| {
        let cell = cut(cell, room);
        let fill = " ".repeat(room - width(&cell));
        match column.kind {
            Kind::Words => cell + &fill,
            Kind::Figures => fill + &cell,
        }
    };
    let cells: Vec<String> = cells.zip(columns).zip(widths).map(set).collect();
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
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("The Register", 12), "The Register");
        assert_eq!(cut("The Register", 11), "The Regist…");
        assert_eq!(cut("新華社通信", 10), "新華社通信");
        assert_eq!(cut("新華社通信", 8), "新華社…");
        assert_eq!(cut("e\u{301}e\u{301}", 2), "e\u{301}e\u{301}");
        assert_eq!(cut("📰📰📰", 3), "📰…");
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
    fn columns_of_words_give_way() {
        let column =
            |group: &str, kind| Column { group: group.to_owned(), name: "name".to_owned(), kind };
        let table_of = |name: &str| Table {
            caption: "Caption".to_owned(),
            columns: vec![column("", Kind::Words), column("group", Kind::Figures)],
            rows: vec![vec![name.to_owned(), "1234567".to_owned()]],
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
