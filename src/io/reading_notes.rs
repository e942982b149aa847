//! What the reader of articles and labels has to say: what was chosen, left out or could not be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Counts that grow while records are read; clones share them.
#[derive(Debug, Clone, Default)]
pub struct ReadingNotes(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    /// Fields with the columns of other names that hold them.
    columns: BTreeSet<String>,
    n_articles: u64,
    n_headlines: u64,
    n_without_text: u64,
    /// Fields whose values are marks such as NA, with their number.
    missing: BTreeMap<&'static str, u64>,
    unread_dates: Examples,
    either_order: Examples,
    other_order: Examples,
    duplicates: Examples,
    nameless_duplicates: Examples,
}

/// A number of values, and the first of them.
#[derive(Debug, Default)]
struct Examples {
    n: u64,
    first: String,
}

impl Examples {
    fn add(&mut self, value: &str) {
        self.n += 1;
        if self.n == 1 {
            self.first = value.chars().take(40).collect();
        }
    }
}

impl ReadingNotes {
    fn change(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A field is read from a column of another name.
    pub(super) fn column(&self, choice: &str) {
        self.change(|counts| {
            counts.columns.insert(choice.to_string());
        });
    }

    /// An article was read.
    pub(super) fn article(&self, has_text: bool) {
        self.change(|counts| {
            counts.n_articles += 1;
            counts.n_headlines += u64::from(!has_text);
        });
    }

    /// An article was left out, since a mark says that its text is missing.
    pub(super) fn without_text(&self) {
        self.change(|counts| counts.n_without_text += 1);
    }

    /// A mark stands in place of a field.
    pub(super) fn missing(&self, field: &'static str) {
        self.change(|counts| *counts.missing.entry(field).or_default() += 1);
    }

    /// A date could not be read.
    pub(super) fn unread_date(&self, date: &str) {
        self.change(|counts| counts.unread_dates.add(date));
    }

    /// Nothing tells whether the day or the month comes first in a date.
    pub(super) fn either_order(&self, date: &str) {
        self.change(|counts| counts.either_order.add(date));
    }

    /// A date is written in another order than the ones before it.
    pub(super) fn other_order(&self, date: &str) {
        self.change(|counts| counts.other_order.add(date));
    }

    /// An article stood in its outlet before.
    pub(super) fn duplicate(&self, id: &str) {
        self.change(|counts| counts.duplicates.add(id));
    }

    /// A file without an outlet holds the text of an article that a table holds, too.
    pub(super) fn nameless_duplicate(&self, id: &str) {
        self.change(|counts| counts.nameless_duplicates.add(id));
    }

    /// The number of articles that were left out, since a mark says that their text is missing.
    pub(super) fn n_without_text(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).n_without_text
    }

    /// What there is to say, a sentence each.
    pub fn lines(&self) -> Vec<String> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines: Vec<String> = counts.columns.iter().cloned().collect();
        match (counts.n_headlines, counts.n_articles) {
            (0, _) => {}
            (n, all) if n == all => {
                lines.push("no article has a text: only headlines are read".into());
            }
            (n, all) => lines.push(format!("{n} of {all} articles have no text, only a headline")),
        }
        if counts.n_without_text > 0 {
            let n = counted(counts.n_without_text, "article");
            lines.push(format!("{n} left out: a mark such as NA stands in place of the text"));
        }
        for (field, n) in &counts.missing {
            let n = counted(*n, "article");
            lines.push(format!("no {field} in {n}: a mark such as NA stands there"));
        }
        lines.extend(counts.date_lines());
        let mut add = |examples: &Examples, why: &str| {
            if examples.n > 0 {
                let (n, first) = (counted(examples.n, "article"), &examples.first);
                lines.push(format!(
                    "{n} left out: {why}, the first `{first}`; --keep-duplicates counts all"
                ));
            }
        };
        add(&counts.duplicates, "the same headline and text stood in the same outlet before");
        add(
            &counts.nameless_duplicates,
            "the same text stands in a table, and the file does not name its outlet",
        );
        lines
    }
}

impl Counts {
    fn date_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut add = |examples: &Examples, what: &str| {
            if examples.n > 0 {
                let (n, first) = (counted(examples.n, "date"), &examples.first);
                lines.push(format!("{n} {what}, the first `{first}`"));
            }
        };
        add(&self.unread_dates, "could not be read");
        add(
            &self.either_order,
            "not read, since nothing tells whether day or month comes first (say it with \
             --date-format %d/%m/%Y or %m/%d/%Y)",
        );
        add(&self.other_order, "written in another order of day and month than those before");
        lines
    }
}

/// A number of things, in words.
fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
