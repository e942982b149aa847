//! Reads articles from files that are no tables: texts, pages, exports of databases, Word, feeds, archives.

use std::borrow::Cow;
use std::path::PathBuf;

use dom_query::Document;

use super::docx_text;
use super::feed;
use super::file_reader::OpenedFile;
use super::html_article;
use super::html_depth::{MAX_DEPTH, depth};
use super::news_database::{Export, several_articles};
use super::numbered_lines::MAX_RECORD;
use super::office_file::MAX_FILE;
use super::read_error::ReadError;
use super::text_article;
use super::warc_pages::{WarcPage, WarcPages};
use crate::article::Article;
use crate::error::Error;

/// The articles of one file. An article that is bad by itself is a [`ReadError::Row`].
pub(super) type Articles = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send>;

/// Maximum size in bytes of an export or a feed, which is held whole.
const MAX_EXPORT: usize = 256 << 20;

/// Names of columns that no first line of an export has together with others.
const COLUMNS: &[&str] =
    &["id", "outlet", "date", "title", "headline", "text", "body", "content", "url"];

/// The article of a text.
pub(super) fn text(file: OpenedFile) -> Result<Articles, Error> {
    one(file, one_text)
}

/// The article of a page.
pub(super) fn page(file: OpenedFile) -> Result<Articles, Error> {
    one(file, html_article::parse)
}

/// The article of a file that holds one.
fn one(file: OpenedFile, parse: fn(&str) -> Result<Article, String>) -> Result<Articles, Error> {
    let path = file.path().to_path_buf();
    let lines = file.lines()?;
    Ok(Box::new(std::iter::once_with(move || {
        // A bad page counts as a bad row, so that the rest of its folder can be read.
        let refuse = |reason| ReadError::Row(Error::file(&path, reason));
        parse(&lines.into_text(MAX_RECORD)?).map_err(refuse)
    })))
}

/// The article of a text; refuses one that seems to hold several.
fn one_text(text: &str) -> Result<Article, String> {
    several_articles(text).map_or_else(|| text_article::parse(text), Err)
}

/// Whether a file begins as an export of a news database, and not as a table of texts from one.
pub(super) fn is_export(start: &str) -> bool {
    let first = start.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let names: Vec<String> = first
        .split([',', ';', '\t'])
        .map(|name| name.trim_matches(['"', ' ', '\u{feff}', '\r']).to_lowercase())
        .collect();
    let is_table = names.len() > 1 && names.iter().any(|name| COLUMNS.contains(&name.as_str()));
    !is_table && export(start).is_some()
}

fn export(text: &str) -> Option<&'static Export> {
    let is_page = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<');
    if is_page { Export::of_page(text) } else { Export::of_text(text) }
}

/// The articles of an export of a news database.
pub(super) fn news_database(file: OpenedFile) -> Result<Articles, Error> {
    let path = file.path().to_path_buf();
    let text = file.lines()?.into_text(MAX_EXPORT)?;
    Ok(several(path, articles_of_text(&text)))
}

/// The articles of a Word document.
pub(super) fn word(file: OpenedFile) -> Result<Articles, Error> {
    let path = file.path().to_path_buf();
    let found = match docx_text::text(&file.bytes(MAX_FILE)?) {
        Ok(text) => articles_of_text(&text),
        Err(reason) => vec![Err(reason)],
    };
    Ok(several(path, found))
}

/// The articles of a whole text: of an export, or one.
fn articles_of_text(text: &str) -> Vec<Result<Article, String>> {
    match export(text) {
        None => vec![one_text(text)],
        Some(_) if is_too_deep(text) => {
            let reason =
                format!("elements are nested more than {MAX_DEPTH} deep; export it as text");
            vec![Err(reason)]
        }
        Some(export) => export.articles(text),
    }
}

/// The articles of a feed.
pub(super) fn feed(file: OpenedFile) -> Result<Articles, Error> {
    let path = file.path().to_path_buf();
    let text = file.lines()?.into_text(MAX_EXPORT)?;
    if !feed::is_feed(&text) {
        let reason =
            "no feed: expected the element <rss> or <feed>; save articles as text or a table";
        return Err(Error::file(&path, reason));
    }
    let found = feed::articles(&text, |markup| plain(&with_line_breaks(markup)));
    let found =
        found.map_or_else(|reason| vec![Err(reason)], |all| all.into_iter().map(Ok).collect());
    Ok(several(path, found))
}

/// Maximum width of lines at which a program wraps markup.
const MAX_WRAPPED: usize = 120;

/// Marks the line breaks between long lines of markup, by which feeds part paragraphs. Where markup is
/// wrapped they mean nothing.
fn with_line_breaks(markup: &str) -> Cow<'_, str> {
    let has_breaks = |text: &str| {
        let text = text.trim();
        text.contains('\n') && text.lines().any(|line| line.trim().len() > MAX_WRAPPED)
    };
    let pieces = markup.split_inclusive(['<', '>']);
    if !pieces.clone().any(has_breaks) {
        return Cow::Borrowed(markup);
    }
    let mut marked = String::with_capacity(markup.len() + 64);
    for piece in pieces {
        // What ends in `>` is a tag.
        let is_text = has_breaks(piece) && !piece.ends_with('>');
        let kept = piece.trim_end();
        match is_text {
            true => {
                let broken: Vec<&str> = kept.split('\n').collect();
                marked.push_str(&broken.join("<br>\n"));
                marked.push_str(&piece[kept.len()..]);
            }
            false => marked.push_str(piece),
        }
    }
    Cow::Owned(marked)
}

/// The text of markup such as `<p>It cost &pound;5.</p>`; text without any stays as it is.
fn plain(markup: &str) -> String {
    match markup.contains(['<', '&']) && !is_too_deep(markup) {
        true => Document::fragment(markup).formatted_text().trim().to_string(),
        false => markup.to_string(),
    }
}

fn is_too_deep(markup: &str) -> bool {
    depth(markup, MAX_DEPTH) > MAX_DEPTH
}

/// The articles of the pages in a web archive.
pub(super) fn web_archive(file: OpenedFile) -> Articles {
    let path = file.path().to_path_buf();
    let mut pages = WarcPages::new(file.raw());
    Box::new(std::iter::from_fn(move || {
        let page = match pages.next_page() {
            Ok(page) => page?,
            Err(reason) => return Some(Err(ReadError::File(Error::file(&path, reason)))),
        };
        let article = page.and_then(article_of_page);
        Some(article.map_err(|reason| ReadError::Row(Error::file(&path, reason))))
    }))
}

fn article_of_page(page: WarcPage) -> Result<Article, String> {
    let parse = if page.is_html { html_article::parse } else { text_article::parse };
    let mut article = parse(&page.text).map_err(|reason| format!("{}: {reason}", page.url))?;
    if article.url.is_empty() {
        article.url = page.url;
    }
    Ok(article)
}

/// The articles of a file that was read whole; messages count them.
fn several(path: PathBuf, articles: Vec<Result<Article, String>>) -> Articles {
    let n = articles.len();
    Box::new(articles.into_iter().enumerate().map(move |(at, article)| {
        article.map_err(|reason| {
            let which = if n > 1 { format!("article {} of {n}: ", at + 1) } else { String::new() };
            ReadError::Row(Error::file(&path, which + &reason))
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_feeds_are_paragraphs() {
        let long = "The tolls would double. ".repeat(6);
        let read = |markup: &str| plain(&with_line_breaks(markup));
        let lines = read(&format!("<p>{long}\nNobody asked.\nIt rained.</p><p>It ended.</p>"));
        let lines: Vec<&str> = lines.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines, [long.trim(), "Nobody asked.", "It rained.", "It ended."]);
        // Wrapped markup, and tags over several lines.
        assert_eq!(read("<p>The tolls\nwould double.</p>"), "The tolls would double.");
        let tag = format!("<img alt='{long}'\nsrc='x'><p>It rained.</p>");
        assert_eq!(with_line_breaks(&tag), tag);
    }
}
