//! A report in any format. No format computes anything that another lacks.

use std::io;

use super::figures::{frames, headline_lead, prominence, quotes, timeline};
use super::outline::Extent;
use super::{csv, html, json, markdown, text};
use crate::report::Report;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A first look, for a terminal: one screen, at most 100 columns wide.
    Text,
    /// Everything that is told in words and tables, for a terminal.
    #[value(skip)]
    FullText,
    /// For notes and issues: everything that is told in words and tables; also as md.
    #[value(alias = "md")]
    Markdown,
    /// One page that opens from disk.
    Html,
    /// One table: the shares, one row per outlet, target, voice, relation and label, or other figures.
    Csv,
    /// Every figure.
    Json,
}

impl Format {
    /// Whether the words that decided stand in it.
    pub fn shows_deciding_words(self) -> bool {
        match self {
            Format::Text | Format::Csv => false,
            Format::FullText | Format::Markdown | Format::Html | Format::Json => true,
        }
    }
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
    let table = match figures {
        Figures::Shares => frames::all(report),
        Figures::Openings => headline_lead::all(report),
        Figures::Prominence => prominence::all(report),
        Figures::Quotes => quotes::all(report),
        Figures::Timeline => timeline::all(report),
    };
    csv::write(&table, out)
}

/// Writes a report. Only `out` can fail.
pub fn write(report: &Report, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text => out.write_all(text::text(report, Extent::Brief).as_bytes()),
        Format::FullText => out.write_all(text::text(report, Extent::Whole).as_bytes()),
        Format::Markdown => out.write_all(markdown::markdown(report).as_bytes()),
        Format::Html => out.write_all(html::html(report).as_bytes()),
        Format::Csv => write_figures(report, Figures::Shares, out),
        Format::Json => json::write(report, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    use crate::article::Article;
    use crate::model::Prediction;
    use crate::render::terminal::WIDTH;
    use crate::render::width::width;
    use crate::report::ReportBuilder;
    use crate::report::fixture::{
        article, articles, body, explained, headline, provenance, quoted, report_on,
    };
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
        let mut builder = ReportBuilder::new();
        for article in &articles {
            let line = headline(article, &article.title, TargetRelation::Mention, [0.6, 0.3, 0.1]);
            let body = body(article, 2, &article.text, TargetRelation::Mention, [0.1, 0.8, 0.1]);
            builder.add(&[line, quoted(&article.outlet, body)]);
        }
        let mut made = provenance();
        made.settings.inputs = names().to_vec();
        made.targets[0].name = names()[0].clone();
        made.targets[0].aliases = names().to_vec();
        explained(builder, made)
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
        let report = of_odd_names();
        let text = written(&report, Format::Text) + &written(&report, Format::FullText);
        for line in text.lines() {
            assert!(width(line) <= WIDTH, "{line}");
            assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
        }
    }

    #[test]
    fn rows_of_a_text_table_end_in_one_column() {
        let text = written(&of_odd_names(), Format::FullText);
        let start = text.lines().position(|line| line.starts_with("Own voice")).unwrap();
        let rows = text.lines().skip(start + 1).take(2 + names().len());
        let widths: Vec<usize> = rows.map(width).collect();
        assert!(widths.iter().all(|&width| width == widths[0]), "{widths:?}");
    }

    #[test]
    fn no_percentage_stands_beside_few_sentences() {
        let mut report = report_on(&articles());
        let percentages = |report: &Report| {
            let text = written(report, Format::FullText);
            let rows = text.lines().skip_while(|line| !line.starts_with("Own voice"));
            let courier = rows.clone().find(|line| line.starts_with("Courier")).unwrap();
            courier.matches('–').count()
        };
        assert_eq!(percentages(&report), 6, "share and interval of three labels");
        report.targets[0].outlets[0].strata[0].sentences = 30;
        assert_eq!(percentages(&report), 3, "the dashes of three intervals");
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
        let mut builder = ReportBuilder::new();
        for _ in 0..6 {
            builder.add(&[body(&article, 1, "One.", TargetRelation::Mention, [f64::NAN; 3])]);
        }
        let report = explained(builder, provenance());
        for format in Format::value_variants().iter().copied() {
            assert!(!written(&report, format).contains("NaN"), "{format:?}");
        }
    }

    #[test]
    fn many_labels_still_fit() {
        let article = article("A", "a");
        let mut line = body(&article, 1, "One.", TargetRelation::Mention, [0.0; 3]);
        let probabilities = vec![1.0 / 15.0; 15];
        let labels: Vec<String> = (0..15).map(|n| format!("fairness and equality {n}")).collect();
        let prediction = Prediction { label: 14, probabilities, labels: labels.clone().into() };
        line.readings[0].prediction = Some(prediction);
        let mut builder = ReportBuilder::new();
        builder.add(&[line]);
        let mut made = provenance();
        made.labels = labels;
        let text = written(&explained(builder, made), Format::FullText);
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        assert!(text.contains("fairness and equality 14"));
    }

    #[test]
    fn shares_as_csv() {
        let mut out = Vec::new();
        write(&report_on(&articles()[..5]), Format::Csv, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
        outlet,target,voice,about,label,articles,sentences,share,low,high,count,labelled,with_label,corrected,corrected_low,corrected_high,model_based,model_based_low,model_based_high,most_likely,unshared_sentences,unshared,unshared_low,unshared_high
        Courier,cyber unit,outlet,mention,critical,5,8,0.656250,0.618750,0.687604,8,,,,,,,,,,,,,
        Courier,cyber unit,outlet,mention,neutral,5,8,0.181250,0.133333,0.222361,0,,,,,,,,,,,,,
        Courier,cyber unit,outlet,mention,supportive,5,8,0.162500,0.150000,0.183333,0,,,,,,,,,,,,,
        Courier,cyber unit,outlet,context,critical,5,7,0.321429,0.100000,0.450139,2,,,,,,,,,,,,,
        Courier,cyber unit,outlet,context,neutral,5,7,0.578571,0.449861,0.800000,5,,,,,,,,,,,,,
        Courier,cyber unit,outlet,context,supportive,5,7,0.100000,0.100000,0.100000,0,,,,,,,,,,,,,
        Courier,cyber unit,attributed,mention,critical,5,5,0.100000,0.100000,0.100000,0,,,,,,,,,,,,,
        Courier,cyber unit,attributed,mention,neutral,5,5,0.200000,0.200000,0.200000,0,,,,,,,,,,,,,
        Courier,cyber unit,attributed,mention,supportive,5,5,0.700000,0.700000,0.700000,5,,,,,,,,,,,,,
        Courier,cyber unit,attributed,context,critical,0,0,,,,0,,,,,,,,,,,,,
        Courier,cyber unit,attributed,context,neutral,0,0,,,,0,,,,,,,,,,,,,
        Courier,cyber unit,attributed,context,supportive,0,0,,,,0,,,,,,,,,,,,,
        ");
    }
}
