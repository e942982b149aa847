//! A report for a terminal.

use super::columns::{self, wrap};
use super::phrase;
use super::table::{self, Table};
use crate::report::{Outlet, OutletSummary, Report, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// The report as plain text, at most 100 columns wide.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    heading(&mut out, &phrase::title(report), '=');
    wrap(&mut out, "", &phrase::corpus(report), 0);
    wrap(&mut out, "", &phrase::left_out(report), 0);
    wrap(&mut out, "", &phrase::made_by(report), 0);
    if !report.outlets.is_empty() {
        tables(&mut out, &[table::coverage(report)]);
        report.targets.iter().for_each(|target| one_target(&mut out, report, target));
        distinctive(&mut out, &report.outlets);
    }
    out += "\n";
    heading(&mut out, "Notes", '-');
    report.notes.iter().for_each(|note| wrap(&mut out, "- ", &phrase::tidy(note), 2));
    out
}

fn heading(out: &mut String, text: &str, rule: char) {
    let text = columns::cut(text, columns::WIDTH);
    let rule = rule.to_string().repeat(columns::width(&text));
    out.extend([text.as_str(), "\n", &rule, "\n"]);
}

fn tables(out: &mut String, tables: &[Table]) {
    for table in tables {
        *out += "\n";
        columns::table(out, table);
    }
}

fn one_target(out: &mut String, report: &Report, target: &TargetSummary) {
    *out += "\n";
    heading(out, &phrase::target(target), '-');
    wrap(out, "", phrase::SHARES, 0);
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
        *out += "\n";
        wrap(out, "  ", &phrase::headlines_of(outlet), 2);
        for line in &outlet.headlines.shown {
            wrap(out, "    ", &phrase::headline(report, line), 6);
        }
    }
}

fn typical(out: &mut String, report: &Report, target: &TargetSummary) {
    if target.outlets.iter().all(|outlet| outlet.typical.is_empty()) {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Typical sentences. {}", phrase::TYPICAL), 0);
    for outlet in target.outlets.iter().filter(|outlet| !outlet.typical.is_empty()) {
        for voice in Voice::ALL {
            typical_of(out, report, outlet, voice);
        }
    }
}

fn typical_of(out: &mut String, report: &Report, outlet: &OutletSummary, voice: Voice) {
    let mut sentences = outlet.typical.iter().filter(|typical| typical.voice == voice).peekable();
    if sentences.peek().is_some() {
        *out += "\n";
        wrap(
            out,
            "  ",
            &format!("{}, {}", phrase::outlet(&outlet.outlet), phrase::voice(voice)),
            2,
        );
    }
    for typical in sentences {
        let said = phrase::said(report, typical.label, typical.probability);
        let text = phrase::tidy(phrase::excerpt(&typical.text));
        wrap(out, "    ", &format!("{said}: {text}"), 6);
        wrap(out, "      ", &format!("[{}]", phrase::source(typical)), 6);
    }
}

fn distinctive(out: &mut String, outlets: &[Outlet]) {
    if outlets.iter().all(|outlet| outlet.distinctive.is_empty()) {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Distinctive words. {}", phrase::DISTINCTIVE), 0);
    for outlet in outlets.iter().filter(|outlet| !outlet.distinctive.is_empty()) {
        let words: Vec<String> = outlet.distinctive.iter().map(phrase::distinctive).collect();
        let line = format!("{}: {}", phrase::outlet(&outlet.name), words.join(", "));
        wrap(out, "  ", &line, 4);
    }
}
