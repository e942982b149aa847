//! Which of the articles are read: of some outlets, days and columns.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::progress_bar::say;
use crate::article::Article;
use crate::calendar_day::Day;
use crate::error::Error;
use crate::io::{Columns, SentenceRow};
use crate::language::other_language;

/// Which articles are read. Where several are given, an article must meet all.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct SelectionOptions {
    /// Only articles of this outlet, in any case; may be repeated
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// Only articles of this day or later, such as 2031-06-02, 2031-06 or 2031
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    from: Option<Day>,
    /// Only articles of this day or earlier; of a month or year all of it
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    to: Option<Day>,
    /// Only rows with this value in a column, such as section=Opinion, in any case; may be repeated: values
    /// of one column are alternatives
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    conditions: Vec<String>,
    /// Read articles in other languages, too: their labels mean nothing
    #[arg(long)]
    any_language: bool,
}

fn first_day(text: &str) -> Result<Day, String> {
    ["", "-01", "-01-01"]
        .iter()
        .find_map(|rest| Day::parse(&format!("{text}{rest}")))
        .ok_or_else(no_day)
}

fn last_day(text: &str) -> Result<Day, String> {
    let ends = ["", "-31", "-30", "-29", "-28", "-12-31"];
    ends.iter().find_map(|rest| Day::parse(&format!("{text}{rest}"))).ok_or_else(no_day)
}

fn no_day() -> String {
    "expected a day such as 2031-06-02, a month such as 2031-06, or a year".to_string()
}

impl SelectionOptions {
    /// The options as they are typed; none where all articles are read.
    pub(super) fn typed(&self) -> Vec<String> {
        let with = |option: &str, value: String| [format!("--{option}"), value];
        let outlets = self.outlet.iter().map(|name| with("outlet", name.clone()));
        let from = self.from.iter().map(|day| with("from", day.to_string()));
        let to = self.to.iter().map(|day| with("to", day.to_string()));
        let conditions = self.conditions.iter().map(|condition| with("where", condition.clone()));
        let any_language = self.any_language.then(|| "--any-language".to_string());
        let options = outlets.chain(from).chain(to).chain(conditions).flatten();
        options.chain(any_language).collect()
    }

    /// Has rows left out by their columns.
    pub(super) fn narrow(&self, columns: Columns) -> Result<Columns, Error> {
        columns.selecting(&self.conditions)
    }

    /// Begins to select articles.
    pub(super) fn start(&self) -> Selection<'_> {
        self.start_with("article")
    }

    /// Begins to select rows of sentences, whose language is not told.
    pub(super) fn start_rows(&self) -> Result<Selection<'_>, Error> {
        if self.any_language {
            let reason = "--any-language goes with articles; --unit sentence reads every row";
            return Err(Error::Option(reason.to_string()));
        }
        Ok(self.start_with("row"))
    }

    fn start_with(&self, noun: &'static str) -> Selection<'_> {
        let (n_read, n_left, n_undated) = (0, 0, 0);
        let (outlets, languages) = (BTreeSet::new(), BTreeMap::new());
        Selection { options: self, noun, n_read, n_left, n_undated, outlets, languages }
    }
}

/// Selects articles, and counts what is left out.
#[derive(Debug)]
pub(super) struct Selection<'o> {
    options: &'o SelectionOptions,
    /// What is selected.
    noun: &'static str,
    n_read: usize,
    n_left: usize,
    n_undated: usize,
    /// The first names of outlets that were read.
    outlets: BTreeSet<String>,
    /// The number of articles in each other language.
    languages: BTreeMap<&'static str, usize>,
}

/// Maximum number of outlets that a message names.
const MOST_OUTLETS: usize = 20;

impl Selection<'_> {
    /// The articles that are read.
    pub(super) fn keep(&mut self, mut articles: Vec<Article>) -> Vec<Article> {
        self.n_read += articles.len();
        if self.selects() {
            articles.retain(|article| self.is_selected(&article.outlet, &article.date));
        }
        if !self.options.any_language {
            articles.retain(|article| self.is_english(article));
        }
        self.n_left += articles.len();
        articles
    }

    /// The rows of sentences that are read.
    pub(super) fn keep_rows(&mut self, mut rows: Vec<SentenceRow>) -> Vec<SentenceRow> {
        self.n_read += rows.len();
        if self.selects() {
            rows.retain(|row| self.is_selected(row.outlet(), &row.date()));
        }
        self.n_left += rows.len();
        rows
    }

    /// Whether outlets or days are asked for: else no row is worth a look.
    fn selects(&self) -> bool {
        !self.options.outlet.is_empty() || self.options.from.or(self.options.to).is_some()
    }

    fn is_selected(&mut self, outlet: &str, date: &str) -> bool {
        self.is_of_outlet(outlet) && self.is_in_time(date)
    }

    fn is_english(&mut self, article: &Article) -> bool {
        let text = if article.text.trim().is_empty() { &article.title } else { &article.text };
        let language = other_language(text);
        language.into_iter().for_each(|name| *self.languages.entry(name).or_default() += 1);
        language.is_none()
    }

    /// `French 2, German 1`.
    fn languages(&self) -> String {
        let named: Vec<String> =
            self.languages.iter().map(|(name, n)| format!("{name} {n}")).collect();
        named.join(", ")
    }

    fn is_of_outlet(&mut self, outlet: &str) -> bool {
        if self.options.outlet.is_empty() {
            return true;
        }
        if self.outlets.len() < MOST_OUTLETS && !self.outlets.contains(outlet) {
            self.outlets.insert(outlet.to_string());
        }
        let name = outlet.trim().to_lowercase();
        self.options.outlet.iter().any(|wanted| wanted.trim().to_lowercase() == name)
    }

    fn is_in_time(&mut self, date: &str) -> bool {
        let SelectionOptions { from, to, .. } = self.options;
        if from.or(*to).is_none() {
            return true;
        }
        let day = Day::of_moment(date.trim());
        self.n_undated += usize::from(day.is_none());
        day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    }

    /// Says how many articles are left. None left is an error.
    pub(super) fn say(&self) -> Result<(), Error> {
        let n_foreign: usize = self.languages.values().sum();
        if n_foreign > 0 && self.n_left == 0 {
            return Err(Error::Option(format!(
                "no article is in English ({}); the models here read English alone; --any-language has \
                 the articles read nevertheless",
                self.languages()
            )));
        }
        if n_foreign > 0 {
            let n = if n_foreign == 1 {
                "1 article is".into()
            } else {
                format!("{n_foreign} articles are")
            };
            let languages = self.languages();
            say(&format!(
                "note: {n} not in English and left out ({languages}); --any-language keeps them"
            ));
        }
        let typed = SelectionOptions { any_language: false, ..self.options.clone() }.typed();
        if typed.is_empty() {
            return Ok(());
        }
        let typed = typed.join(" ");
        if self.n_left == 0 {
            let mut reason = format!("no {} is left by {typed}", self.noun);
            if !self.outlets.is_empty() {
                let names: Vec<String> =
                    self.outlets.iter().map(|name| format!("`{name}`")).collect();
                reason += &format!("; outlets that were read: {}", names.join(", "));
            }
            if self.n_undated > 0 {
                reason +=
                    &format!("; {} {}s have no date that can be read", self.n_undated, self.noun);
            }
            return Err(Error::Option(reason));
        }
        let noun = self.noun;
        say(&format!("note: {} {noun}s were selected by {typed}", self.n_left));
        if self.n_undated > 0 {
            say(&format!(
                "note: {} {noun}s were left out: they have no date such as 2031-06-02",
                self.n_undated
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_whole() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(first_day("2031-02"), Ok(day("2031-02-01")));
        assert_eq!(last_day("2031-02"), Ok(day("2031-02-28")));
        assert_eq!(last_day("2032-02"), Ok(day("2032-02-29")));
        assert_eq!(last_day("2031"), Ok(day("2031-12-31")));
        assert_eq!(last_day("2031-06-02"), Ok(day("2031-06-02")));
        assert!(first_day("June").is_err());
    }

    #[test]
    fn articles_meet_all_that_is_asked() {
        let article = |outlet: &str, date: &str| Article {
            outlet: outlet.into(),
            date: date.into(),
            ..Article::default()
        };
        let options = SelectionOptions {
            outlet: vec!["lamp".into(), "Bell".into()],
            from: first_day("2031-06").ok(),
            ..SelectionOptions::default()
        };
        let mut selection = options.start();
        let kept = selection.keep(vec![
            article("Lamp", "2031-06-01T08:00:00Z"),
            article("Lamp", "2031-05-31"),
            article("Bell", "soon"),
            article("Horn", "2031-06-01"),
        ]);
        assert_eq!(kept, [article("Lamp", "2031-06-01T08:00:00Z")]);
        assert_eq!((selection.n_read, selection.n_left, selection.n_undated), (4, 1, 1));
        assert!(selection.say().is_ok());
        let message = options.start().say().unwrap_err().to_string();
        assert_eq!(message, "no article is left by --outlet lamp --outlet Bell --from 2031-06-01");
    }
}
