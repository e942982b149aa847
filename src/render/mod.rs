//! Results as text, for people and for machines: one file per format of a report, one file per
//! other result. No format computes anything that another lacks.

pub mod agreement;
mod csv;
mod document;
pub mod evaluation;
pub mod explanation;
mod frames;
mod headline_lead;
mod html;
mod inference;
mod json;
mod key_findings;
pub mod label_errors;
pub mod label_plan;
mod markdown;
pub mod model_card;
mod prominence;
mod quote_lines;
mod quote_uses;
pub mod sample;
mod sanitize;
mod scores;
pub mod sentence_table;
mod summary_text;
mod table;
mod terminal;
mod text;
mod timeline;
pub mod training;
pub mod validation;
mod wording;

use std::io;

use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A first look, for a terminal: at most 100 columns wide.
    Text,
    /// For notes and issues: everything that is told in words and tables.
    Markdown,
    /// One page that opens from disk.
    Html,
    /// One table: the shares, one row per outlet, target, voice, relation and label, or other figures.
    Csv,
    /// Every figure.
    Json,
}

/// Which figures of a report stand in a table by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Figures {
    /// The shares of labels; frames behind them.
    Shares,
    /// Headlines and leads beside their bodies.
    Openings,
    /// The sentences of the articles that name the target most, in order.
    Prominence,
    /// Shared quotes with the outlets' own words around them.
    Quotes,
    /// Shares over time.
    Timeline,
}

/// Writes some figures of a report as CSV. Only `out` can fail.
pub fn write_figures(report: &Report, figures: Figures, out: &mut dyn io::Write) -> io::Result<()> {
    csv::write_figures(report, figures, out)
}

/// Writes a report. Only `out` can fail.
pub fn write(report: &Report, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text => out.write_all(text::text(report).as_bytes()),
        Format::Markdown => out.write_all(markdown::markdown(report).as_bytes()),
        Format::Html => out.write_all(html::html(report).as_bytes()),
        Format::Csv => csv::write(report, out),
        Format::Json => json::write(report, out),
    }
}

/// Indented JSON with a line feed behind it.
fn pretty(answer: &impl serde::Serialize) -> String {
    // Our answers hold text and numbers under names of their own, which always can be written.
    serde_json::to_string_pretty(answer).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    use crate::article::Article;
    use crate::model::Prediction;
    use crate::report::Builder;
    use crate::report::fixture::{article, body, explain, headline, provenance, quoted, report_on};
    use crate::target::TargetRelation;

    fn written(report: &Report, format: Format) -> String {
        let mut out = Vec::new();
        write(report, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Names as they come: markup, formulas, commands to a terminal, other scripts, none at all.
    fn names() -> [String; 10] {
        let long = "very long name ".repeat(400);
        let names =
            ["<script>alert(1)</script>", "=cmd()", "🧵🪡 emoji 👩‍👩‍👧", "שלום עולם", "", "a|b`c`"];
        let [markup, formula, emoji, hebrew, none, table] = names.map(str::to_owned);
        let command = "\u{1b}[31mred\u{7}\r\nnext\u{202e}".to_owned();
        let (quote, wide) = ("\"><img src=x onerror=alert(1)>".to_owned(), "新華社通信".repeat(30));
        [markup, formula, emoji, hebrew, none, table, command, quote, wide, long]
    }

    /// The names stand wherever a report shows something that comes from outside.
    fn of_odd_names() -> Report {
        let articles = names().map(|name| Article {
            date: name.clone(),
            url: format!("javascript:alert('{name}')"),
            title: name.clone(),
            text: name.clone(),
            id: name.clone(),
            outlet: name,
        });
        let mut builder = Builder::new();
        for article in &articles {
            let line = headline(article, &article.title, TargetRelation::Mention, [0.6, 0.3, 0.1]);
            let body = body(article, 2, &article.text, TargetRelation::Mention, [0.1, 0.8, 0.1]);
            builder.add(&[line, quoted(&article.outlet, body)]);
        }
        let mut made = provenance();
        made.inputs = names().to_vec();
        made.targets[0].name = names()[0].clone();
        made.targets[0].aliases = names().to_vec();
        builder.conclude(made, &explain)
    }

    #[test]
    fn a_page_runs_its_own_script_only_and_loads_nothing() {
        let page = written(&of_odd_names(), Format::Html);
        for forbidden in ["<img", "href=\"javascript", "<link", "@import", "url(", "style=\""] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("&lt;script&gt;") && page.contains("default-src 'none'"));
    }

    #[test]
    fn no_line_of_text_is_too_wide_or_commands_the_terminal() {
        let text = written(&of_odd_names(), Format::Text);
        for line in text.lines() {
            assert!(terminal::width(line) <= terminal::WIDTH, "{line}");
            assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
        }
    }

    #[test]
    fn rows_of_a_text_table_end_in_one_column() {
        let text = written(&of_odd_names(), Format::Text);
        let start = text.lines().position(|line| line.starts_with("Own voice")).unwrap();
        let rows = text.lines().skip(start + 1).take(2 + names().len());
        let widths: Vec<usize> = rows.map(terminal::width).collect();
        assert!(widths.iter().all(|&width| width == widths[0]), "{widths:?}");
    }

    #[test]
    fn markdown_tables_keep_their_cells() {
        let text = written(&of_odd_names(), Format::Markdown);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
            let widths: Vec<usize> = table.lines().map(cells).collect();
            assert!(widths.iter().all(|&width| width == widths[0]), "{table}");
        }
        assert!(!text.contains("<script") && !text.contains("<img"));
    }

    #[test]
    fn every_csv_row_is_read_back() {
        let text = written(&of_odd_names(), Format::Csv);
        let mut table = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), names().len() * 4 * 3);
        assert!(rows.iter().any(|row| &row[0] == "'=cmd()"));
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with('=')));
    }

    #[test]
    fn every_table_of_figures_is_read_back() {
        for figures in Figures::value_variants() {
            let mut out = Vec::new();
            write_figures(&of_odd_names(), *figures, &mut out).unwrap();
            let mut table = ::csv::Reader::from_reader(out.as_slice());
            let rows: Vec<_> = table.records().map(Result::unwrap).collect();
            assert!(
                !rows.is_empty() || *figures == Figures::Quotes || *figures == Figures::Timeline
            );
            assert!(rows.iter().flatten().all(|cell| !cell.starts_with('=')), "{figures:?}");
        }
    }

    #[test]
    fn json_keeps_every_name() {
        let text = written(&of_odd_names(), Format::Json);
        let page: serde_json::Value = serde_json::from_str(&text).unwrap();
        let outlets = page["outlets"].as_array().unwrap();
        let mut given = names();
        given.sort();
        assert!(outlets.iter().map(|outlet| outlet["name"].as_str().unwrap()).eq(given));
    }

    #[test]
    fn nothing_read_is_a_report_in_every_format() {
        for format in Format::value_variants().iter().copied() {
            let text = written(&report_on(&[]), format);
            assert!(!text.is_empty() && !text.contains("NaN"), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_never_printed() {
        let article = article("A", "a");
        let mut builder = Builder::new();
        for _ in 0..6 {
            builder.add(&[body(&article, 1, "One.", TargetRelation::Mention, [f64::NAN; 3])]);
        }
        let report = builder.conclude(provenance(), &explain);
        for format in Format::value_variants().iter().copied() {
            assert!(!written(&report, format).contains("NaN"), "{format:?}");
        }
    }

    #[test]
    fn many_labels_still_fit() {
        let article = article("A", "a");
        let mut line = body(&article, 1, "One.", TargetRelation::Mention, [0.0; 3]);
        let probabilities = vec![1.0 / 15.0; 15];
        line.readings[0].prediction = Some(Prediction { label: 14, probabilities });
        let mut builder = Builder::new();
        builder.add(&[line]);
        let mut made = provenance();
        made.labels = (0..15).map(|n| format!("fairness and equality {n}")).collect();
        let text = written(&builder.conclude(made, &explain), Format::Text);
        assert!(text.lines().all(|line| terminal::width(line) <= terminal::WIDTH), "{text}");
        assert!(text.contains("fairness and equality 14"));
    }
}
