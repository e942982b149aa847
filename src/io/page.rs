//! One article as a saved page, reduced to what a reader came for.

use std::collections::BTreeMap;

use dom_smoothie::{Config, Readability, TextMode};

use crate::article::Article;

/// Extraction takes time in the square of this: a thousand levels are done within a second, and no
/// page that people made is as deep.
const MAX_DEPTH: usize = 1000;

/// Elements that the parser closes by itself, or that hold nothing.
const NOT_NESTED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Reads a page: its text without furniture, and title, date, site and address from its metadata.
pub(super) fn article(html: &str) -> Result<Article, String> {
    let depth = depth(html);
    if depth > MAX_DEPTH {
        return Err(format!(
            "its elements are nested more than {MAX_DEPTH} deep; save the article's text as .txt"
        ));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let found = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    let found = found.map_err(|error| no_article(&error.to_string()))?;
    let text = found.text_content.trim().to_string();
    if text.is_empty() {
        return Err(no_article("nothing is left of it"));
    }
    Ok(Article {
        outlet: found.site_name.unwrap_or_default().trim().to_string(),
        date: found.published_time.unwrap_or_default().trim().to_string(),
        title: found.title.trim().to_string(),
        url: found.url.unwrap_or_default().trim().to_string(),
        text,
        ..Article::default()
    })
}

fn no_article(reason: &str) -> String {
    format!("no article found in this page ({reason}); save the article's text as .txt")
}

/// How deep elements are nested, at most one more than the limit: one pass over the tags. An end
/// tag closes what was opened inside its element, and nothing where its element is not open.
fn depth(html: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut n_open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut deepest = 0;
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let (is_end, after) = after.strip_prefix('/').map_or((false, after), |after| (true, after));
        let name = tag_name(after);
        if name.is_empty() || NOT_NESTED.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        if !is_end {
            open.push(name);
            *n_open.entry(name).or_default() += 1;
            deepest = deepest.max(open.len());
        } else if n_open.get(name).is_some_and(|&n| n > 0) {
            close(name, &mut open, &mut n_open);
        }
        if deepest > MAX_DEPTH {
            break;
        }
    }
    deepest
}

fn close<'a>(name: &str, open: &mut Vec<&'a str>, n_open: &mut BTreeMap<&'a str, usize>) {
    while let Some(last) = open.pop() {
        n_open.entry(last).and_modify(|n| *n -= 1);
        if last == name {
            break;
        }
    }
}

/// The name at the start of a tag; empty where it is none.
fn tag_name(tag: &str) -> &str {
    let is_name = tag.starts_with(|char: char| char.is_ascii_alphabetic());
    let end = tag.find(|char: char| char.is_ascii_whitespace() || char == '>' || char == '/');
    if is_name { &tag[..end.unwrap_or(tag.len())] } else { "" }
}
