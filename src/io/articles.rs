//! Articles from any input.

use super::fault::Fault;
use super::header::{Columns, Row, Schema};
use super::inputs::{Format, Inputs, Source};
use super::lines::Lines;
use super::records::{BadRows, Items, Records};
use super::rows::rows;
use super::{page, plain};
use crate::article::Article;
use crate::error::Error;

const SCHEMA: Schema = Schema {
    noun: "articles",
    fields: &["id", "outlet", "date", "title", "text", "url"],
    required: &["text"],
};

/// The articles of all inputs.
pub type Articles = Records<Article>;

impl Inputs {
    /// Reads articles: a row of a table each, or a text or page each.
    pub fn articles(self, columns: &Columns, bad_rows: BadRows) -> Result<Articles, Error> {
        columns.check(&SCHEMA)?;
        let columns = columns.clone();
        let open = move |source: &Source, lines: Lines| items(source, lines, &columns);
        Ok(Records::new(self, SCHEMA.noun, bad_rows, open))
    }
}

fn items(source: &Source, lines: Lines, columns: &Columns) -> Result<Items<Article>, Error> {
    let read = match source.format {
        Some(Format::Text) => plain::article,
        Some(Format::Html) => page::article,
        format => return tabular(source, rows(lines, format, &SCHEMA, columns)?),
    };
    // A folder with one bad page must be readable without it, so its faults are those of a row.
    let path = source.path.clone();
    let article = lines.whole().and_then(|text| {
        let article = read(&text).map_err(|reason| Fault::Row(Error::file(&path, reason)))?;
        Ok(completed(article, source))
    });
    Ok(Box::new(std::iter::once(article)))
}

fn tabular(source: &Source, rows: super::rows::Rows) -> Result<Items<Article>, Error> {
    let (path, name) = (source.path.clone(), source.name.clone());
    Ok(Box::new(rows.map(move |row| {
        let row = row?;
        let line = row.line;
        article(row, &name).map_err(|reason| Fault::Row(Error::row(&path, line, reason)))
    })))
}

fn article(mut row: Row, name: &str) -> Result<Article, String> {
    let article = Article {
        id: row.id(name),
        outlet: row.trimmed("outlet"),
        date: row.trimmed("date"),
        title: row.take("title"),
        text: row.take("text"),
        url: row.trimmed("url"),
    };
    if article.title.trim().is_empty() && article.text.trim().is_empty() {
        return Err("no article: neither title nor text; fill one or delete the row".to_string());
    }
    Ok(article)
}

/// Adds what only the place of a file tells.
fn completed(mut article: Article, source: &Source) -> Article {
    if article.id.is_empty() {
        article.id.clone_from(&source.name);
    }
    if article.outlet.is_empty() || !source.outlet.is_empty() && source.format == Some(Format::Html)
    {
        article.outlet.clone_from(&source.outlet);
    }
    article
}
