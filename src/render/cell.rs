//! One cell of a table: a typed value, and its text for readers and for CSV.

use super::wording::{self, NONE};
use crate::cluster_bootstrap::Interval;
use crate::report::FEW_SENTENCES;

/// A value, and what readers see in its place where the value's own text does not serve.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) value: Value,
    shown: Option<String>,
}

/// What a cell holds. Shares and intervals run from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// No value: missing is not zero.
    Missing,
    Text(String),
    Count(u64),
    /// A sum of weights, which need not be whole.
    Weight(f64),
    Share(Option<f64>),
    /// A number with three decimals.
    Figure(Option<f64>),
    Interval(Option<Interval>),
}

impl Value {
    /// The text for readers: shares in whole per cent, a dash where there is no value.
    pub(super) fn shown(&self) -> String {
        match self {
            Value::Missing => NONE.to_owned(),
            Value::Text(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Weight(weight) => format!("{weight:.0}"),
            Value::Share(share) => wording::maybe_percent(*share),
            Value::Figure(value) => wording::figure(*value),
            Value::Interval(interval) => wording::interval(*interval),
        }
    }

    /// The fields in CSV: shares as decimals, an interval in two fields, an empty field where there is
    /// no value.
    pub(super) fn fields(&self) -> Vec<String> {
        match self {
            Value::Missing => vec![String::new()],
            Value::Text(text) => vec![text.clone()],
            Value::Count(count) => vec![count.to_string()],
            Value::Weight(weight) => vec![weight.to_string()],
            Value::Share(value) | Value::Figure(value) => vec![decimal(*value)],
            Value::Interval(interval) => ends(*interval).map(decimal).to_vec(),
        }
    }

    /// The number by which rows are sorted; an interval is sorted by its width, text by its letters.
    pub(super) fn sort_key(&self) -> Option<f64> {
        let key = match self {
            Value::Missing | Value::Text(_) => None,
            Value::Count(count) => Some(*count as f64),
            Value::Weight(weight) => Some(*weight),
            Value::Share(value) | Value::Figure(value) => *value,
            Value::Interval(interval) => interval.map(|interval| interval.high - interval.low),
        };
        key.filter(|key| key.is_finite())
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Cell { value, shown: None }
    }
}

impl Cell {
    pub(super) fn missing() -> Self {
        Value::Missing.into()
    }

    /// The cell of a value that there is, else a missing one.
    pub(super) fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or_else(Cell::missing, cell)
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into()).into()
    }

    /// An outlet's name: as given in CSV, on one line and not too long for readers.
    pub(super) fn outlet(name: &str) -> Self {
        Cell::text(name).shown_as(wording::outlet(name))
    }

    pub(super) fn count(count: u64) -> Self {
        Value::Count(count).into()
    }

    pub(super) fn weight(weight: f64) -> Self {
        Value::Weight(weight).into()
    }

    pub(super) fn share(share: Option<f64>) -> Self {
        Value::Share(share).into()
    }

    pub(super) fn figure(value: Option<f64>) -> Self {
        Value::Figure(value).into()
    }

    pub(super) fn interval(interval: Option<Interval>) -> Self {
        Value::Interval(interval).into()
    }

    /// The same value, which readers see only if it is of enough sentences: no percentage of fewer than
    /// [`FEW_SENTENCES`].
    pub(super) fn of_sentences(self, n: u64) -> Self {
        if n < FEW_SENTENCES { self.shown_as(NONE) } else { self }
    }

    /// The same value, with another text for readers.
    pub(super) fn shown_as(self, text: impl Into<String>) -> Self {
        Cell { shown: Some(text.into()), ..self }
    }

    /// The fields in CSV.
    pub(super) fn fields(&self) -> Vec<String> {
        self.value.fields()
    }

    /// The text for readers.
    pub(super) fn shown(&self) -> String {
        self.shown.clone().unwrap_or_else(|| self.value.shown())
    }
}

fn ends(interval: Option<Interval>) -> [Option<f64>; 2] {
    [interval.map(|interval| interval.low), interval.map(|interval| interval.high)]
}

/// A number in CSV, with six decimals; empty where there is none.
pub(super) fn decimal(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| format!("{value:.6}"))
}

/// A spreadsheet runs a field that begins like a formula; an apostrophe makes it text.
pub(super) fn safe(field: &str) -> String {
    if is_formula(field) { format!("'{field}") } else { field.to_owned() }
}

/// Whether a spreadsheet would run a field.
pub(super) fn is_formula(field: &str) -> bool {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = field.parse::<f64>().is_ok_and(f64::is_finite);
    is_formula && !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
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
        for (field, expected) in cases {
            assert_eq!(safe(field), expected);
        }
    }

    #[test]
    fn a_missing_number_is_an_empty_field() {
        assert_eq!(decimal(None), "");
        assert_eq!(decimal(Some(f64::NAN)), "");
        assert_eq!(decimal(Some(0.25)), "0.250000");
    }

    #[test]
    fn readers_see_per_cent_and_csv_has_decimals() {
        let interval = Some(Interval { low: 0.25, high: 0.5 });
        let cases = [
            (Cell::share(Some(0.384_6)), "38", vec!["0.384600"], Some(0.384_6)),
            (Cell::share(None), "–", vec![""], None),
            (Cell::interval(interval), "25–50", vec!["0.250000", "0.500000"], Some(0.25)),
            (Cell::interval(None).shown_as("too few"), "too few", vec!["", ""], None),
            (Cell::count(0).shown_as(NONE), "–", vec!["0"], Some(0.0)),
            (Cell::weight(2.5), "2", vec!["2.5"], Some(2.5)),
            (Cell::outlet(""), "(no outlet)", vec![""], None),
        ];
        for (cell, shown, fields, key) in cases {
            assert_eq!(cell.shown(), shown);
            assert_eq!(cell.value.fields(), fields);
            assert_eq!(cell.value.sort_key(), key);
        }
    }
}
