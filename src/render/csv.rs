//! The shares as one long, tidy table, and the other figures each as another.

mod figures;

use std::io;

use super::Figures;
use super::frames;
use crate::report::{OutletSummary, Report, Stratum, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

const HEADER: [&str; 24] = [
    "outlet",
    "target",
    "voice",
    "about",
    "label",
    "articles",
    "sentences",
    "share",
    "low",
    "high",
    "count",
    "labelled",
    "with_label",
    "corrected",
    "corrected_low",
    "corrected_high",
    "model_based",
    "model_based_low",
    "model_based_high",
    "most_likely",
    "unshared_sentences",
    "unshared",
    "unshared_low",
    "unshared_high",
];

/// One row per outlet, target, voice, relation and label; frames behind them, counted in passages of
/// articles about the target. Missing figures are empty cells.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for target in &report.targets {
        for outlet in &target.outlets {
            for row in rows(report, target, outlet) {
                table.write_record(row)?;
            }
        }
    }
    for row in report.frames.iter().flat_map(frames::cells) {
        table.write_record(padded(row))?;
    }
    table.flush()
}

/// One table of a report.
pub(super) fn write_figures(
    report: &Report,
    figures: Figures,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (header, rows) = match figures {
        Figures::Shares => return write(report, out),
        Figures::Openings => figures::openings(report),
        Figures::Prominence => figures::prominence(report),
        Figures::Quotes => figures::quotes(report),
        Figures::Timeline => figures::timeline(report),
    };
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(header)?;
    for row in rows {
        table.write_record(row)?;
    }
    table.flush()
}

fn rows(
    report: &Report,
    target: &TargetSummary,
    outlet: &OutletSummary,
) -> impl Iterator<Item = Vec<String>> {
    outlet.strata.iter().flat_map(move |stratum| {
        report.provenance.labels.iter().enumerate().map(move |(number, label)| {
            let names = [&outlet.outlet, &target.name, label].map(|name| safe(name));
            let mut row = row(names, stratum, number);
            row.extend(unshared(outlet, stratum, number));
            row
        })
    })
}

fn row(names: [String; 3], stratum: &Stratum, label: usize) -> Vec<String> {
    let [outlet, target, label_name] = names;
    let share = stratum.shares.get(label);
    let interval = share.and_then(|share| share.interval);
    let mut row = vec![
        outlet,
        target,
        stratum.voice.name().to_owned(),
        stratum.about.name().to_owned(),
        label_name,
        stratum.articles.to_string(),
        stratum.sentences.to_string(),
        decimal(share.map(|share| share.mean)),
        decimal(interval.map(|interval| interval.low)),
        decimal(interval.map(|interval| interval.high)),
        share.map_or(0, |share| share.predicted).to_string(),
    ];
    row.extend(corrected(stratum, label));
    row.extend(modelled(stratum, label));
    row
}

fn corrected(stratum: &Stratum, label: usize) -> [String; 5] {
    let audited = stratum.audited.as_ref();
    let share = audited.and_then(|audited| audited.shares.get(label));
    let corrected = stratum.corrected(label);
    let interval = corrected.and_then(|corrected| corrected.interval);
    [
        audited.map_or_else(String::new, |audited| audited.labelled.to_string()),
        share.map_or_else(String::new, |share| share.with_label.to_string()),
        decimal(corrected.map(|corrected| corrected.value)),
        decimal(interval.map(|interval| interval.low)),
        decimal(interval.map(|interval| interval.high)),
    ]
}

fn modelled(stratum: &Stratum, label: usize) -> [String; 4] {
    let modelled = stratum.modelled.as_ref();
    let intervals = modelled.and_then(|modelled| modelled.intervals.as_ref());
    let interval = intervals.map(|intervals| intervals[label]);
    let likely = modelled.and_then(|modelled| modelled.most_likely.as_ref());
    [
        decimal(modelled.map(|modelled| modelled.adjusted[label])),
        decimal(interval.map(|interval| interval.low)),
        decimal(interval.map(|interval| interval.high)),
        decimal(likely.map(|shares| shares[label])),
    ]
}

/// The share without what others print too; empty where nothing is shared, and for all but the
/// own-voice sentences that name the target.
fn unshared(outlet: &OutletSummary, stratum: &Stratum, label: usize) -> [String; 4] {
    let is_told = (stratum.voice, stratum.about) == (Voice::Outlet, TargetRelation::Mention);
    let rest = outlet.unshared.as_ref().filter(|_| is_told);
    let share = rest.and_then(|rest| rest.shares.get(label));
    let interval = share.and_then(|share| share.interval);
    [
        rest.map_or_else(String::new, |rest| rest.sentences.to_string()),
        decimal(share.map(|share| share.mean)),
        decimal(interval.map(|interval| interval.low)),
        decimal(interval.map(|interval| interval.high)),
    ]
}

/// A shorter row, with empty cells to the end of the header.
fn padded(mut row: Vec<String>) -> Vec<String> {
    row.resize(HEADER.len(), String::new());
    row
}

pub(super) fn decimal(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| format!("{value:.6}"))
}

/// A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text.
pub(super) fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    if is_formula && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{articles, report_on};

    #[test]
    fn no_cell_is_a_formula() {
        let cases = [
            ("=cmd()", "'=cmd()"),
            ("+1+1", "'+1+1"),
            ("-2.5", "-2.5"),
            ("-inf", "'-inf"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("The Register", "The Register"),
            ("", ""),
        ];
        for (cell, expected) in cases {
            assert_eq!(safe(cell), expected);
        }
    }

    #[test]
    fn no_figure_is_an_empty_cell() {
        assert_eq!(decimal(None), "");
        assert_eq!(decimal(Some(f64::NAN)), "");
        assert_eq!(decimal(Some(0.25)), "0.250000");
    }

    #[test]
    fn a_small_report() {
        let mut out = Vec::new();
        write(&report_on(&articles()[..5]), &mut out).unwrap();
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
