//! A report for notes and issues.

use super::phrase;
use super::table::{self, Column, Kind, Table};
use crate::report::{Outlet, OutletSummary, Report, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// The report as GitHub-flavoured Markdown.
pub(super) fn markdown(report: &Report) -> String {
    let mut out = String::new();
    paragraph(&mut out, "# ", &phrase::title(report));
    paragraph(&mut out, "", &phrase::corpus(report));
    paragraph(&mut out, "", &phrase::left_out(report));
    paragraph(&mut out, "", &phrase::made_by(report));
    if !report.outlets.is_empty() {
        tables(&mut out, &[table::coverage(report)]);
        report.targets.iter().for_each(|target| one_target(&mut out, report, target));
        distinctive(&mut out, &report.outlets);
    }
    paragraph(&mut out, "## ", "Notes");
    report.notes.iter().for_each(|note| item(&mut out, note));
    out
}

fn paragraph(out: &mut String, mark: &str, text: &str) {
    out.extend([mark, &escaped(text), "\n\n"]);
}

fn item(out: &mut String, text: &str) {
    out.extend(["- ", &escaped(text), "\n"]);
}

fn one_target(out: &mut String, report: &Report, target: &TargetSummary) {
    paragraph(out, "## ", &phrase::target(target));
    paragraph(out, "", phrase::SHARES);
    for about in [About::Mention, About::Context] {
        for voice in Voice::ALL {
            tables(out, &table::shares(report, target, voice, about));
        }
    }
    tables(out, &table::headlines(report, target));
    headlines(out, report, target);
    tables(out, &table::speakers(report, target));
    typical(out, report, target);
}

fn headlines(out: &mut String, report: &Report, target: &TargetSummary) {
    for outlet in target.outlets.iter().filter(|outlet| outlet.headlines.total() > 0) {
        paragraph(out, "", &phrase::headlines_of(outlet));
        let lines = outlet.headlines.shown.iter();
        lines.for_each(|line| item(out, &phrase::headline(report, line)));
        *out += "\n";
    }
}

fn typical(out: &mut String, report: &Report, target: &TargetSummary) {
    if target.outlets.iter().any(|outlet| !outlet.typical.is_empty()) {
        paragraph(out, "### ", "Typical sentences");
        paragraph(out, "", phrase::TYPICAL);
    }
    for outlet in &target.outlets {
        for voice in Voice::ALL {
            typical_of(out, report, outlet, voice);
        }
    }
}

fn typical_of(out: &mut String, report: &Report, outlet: &OutletSummary, voice: Voice) {
    let mut sentences = outlet.typical.iter().filter(|typical| typical.voice == voice).peekable();
    if sentences.peek().is_none() {
        return;
    }
    let of = format!("{}, {}", phrase::outlet(&outlet.outlet), phrase::voice(voice));
    paragraph(out, "", &of);
    for typical in sentences {
        let said = phrase::said(report, typical.label, typical.probability);
        let text = phrase::excerpt(&typical.text);
        item(out, &format!("{said}: {text} [{}]", phrase::source(typical)));
    }
    *out += "\n";
}

fn distinctive(out: &mut String, outlets: &[Outlet]) {
    if outlets.iter().all(|outlet| outlet.distinctive.is_empty()) {
        return;
    }
    paragraph(out, "## ", "Distinctive words");
    paragraph(out, "", phrase::DISTINCTIVE);
    for outlet in outlets.iter().filter(|outlet| !outlet.distinctive.is_empty()) {
        let words: Vec<String> = outlet.distinctive.iter().map(phrase::distinctive).collect();
        item(out, &format!("{}: {}", phrase::outlet(&outlet.name), words.join(", ")));
    }
    *out += "\n";
}

fn tables(out: &mut String, tables: &[Table]) {
    for table in tables {
        paragraph(out, "### ", &table.caption);
        row(out, table.columns.iter().map(|column| escaped(&head(column))));
        row(out, table.columns.iter().map(|column| rule(column).to_owned()));
        for cells in &table.rows {
            row(out, cells.iter().map(|cell| escaped(cell)));
        }
        *out += "\n";
    }
}

fn head(column: &Column) -> String {
    format!("{} {}", column.group, column.name)
}

fn rule(column: &Column) -> &'static str {
    match column.kind {
        Kind::Words => ":--",
        Kind::Figures => "--:",
    }
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.extend(["| ", &cells.collect::<Vec<_>>().join(" | "), " |\n"]);
}

/// On one line, with nothing left that Markdown or HTML would read as its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in phrase::tidy(text).chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_as_markup() {
        let text = "<b>|x|</b> *y* [z](javascript:1) `c`\n# d & e";
        let expected = r"&lt;b&gt;\|x\|&lt;/b&gt; \*y\* \[z\](javascript:1) \`c\` \# d &amp; e";
        assert_eq!(escaped(text), expected);
    }
}
