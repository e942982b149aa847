//! Nexis Uni: headline, outlet, date and fields above a line `Body`; `End of Document` ends an article.

use super::date_line::date_of_line;
use super::field_line::{field, is_copyright};
use super::paragraph::{Paragraph, body, paragraphs};
use crate::article::Article;

const END: &str = "End of Document";

/// What stands below a body: fields, whose names no sentence has, and headings.
const TAIL_FIELDS: &[&str] = &["load-date", "correction-date", "publication-type"];
const TAIL_HEADINGS: &[&str] =
    &["Classification", "Graphic", "Graphics", "Notes", "Correction", "Correction-Date"];

/// Lines of the cover page, which lists the articles of the export.
const COVER_FIELDS: &[&str] = &[
    "user name",
    "date and time",
    "job number",
    "client/matter",
    "search terms",
    "search type",
    "narrowed by",
    "content type",
];

/// Whether a text begins with such an export.
pub(super) fn begins(text: &str) -> bool {
    let mut has_field = false;
    text.lines().map(str::trim).any(|line| {
        has_field |= field(line, &["length", "section", "byline", "highlight", "dateline"])
            .is_some()
            || is_copyright(line);
        line == END || line == "Body" && has_field
    })
}

/// The articles of an export, or why one cannot be read.
pub(super) fn articles(text: &str) -> Vec<Result<Article, String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.trim() == END {
            parts.push(std::mem::take(&mut lines).join("\n"));
        } else {
            lines.push(line);
        }
    }
    let rest = lines.join("\n");
    // A copied part of an export may lack its last line.
    if rest.lines().any(|line| line.trim() == "Body") {
        parts.push(rest);
    }
    parts.iter().map(|part| article(part)).collect()
}

fn article(part: &str) -> Result<Article, String> {
    let lines: Vec<&str> = part.lines().collect();
    let Some(body_at) = lines.iter().position(|line| line.trim() == "Body") else {
        let start: String = part.trim().chars().take(60).collect();
        return Err(format!(
            "an article without a line `Body` above its text, found `{start}`; export it anew from \
             Nexis Uni as text or Word, with the full document"
        ));
    };
    let mut article = head(&lines[..body_at]);
    let below = lines[body_at + 1..].join("\n");
    let paragraphs = paragraphs(&below);
    let end = paragraphs.iter().position(is_tail).unwrap_or(paragraphs.len());
    article.text = body(&paragraphs[..end]);
    Ok(article)
}

fn is_tail(paragraph: &Paragraph<'_>) -> bool {
    let first = paragraph.first();
    let stands_alone = paragraph.lines.len() == 1 && TAIL_HEADINGS.contains(&first);
    stands_alone || field(first, TAIL_FIELDS).is_some()
}

/// The headline, the outlet and the date from the lines above the body.
fn head(lines: &[&str]) -> Article {
    let fields_at = lines.iter().position(|line| is_copyright(line)).unwrap_or(lines.len());
    let above = &lines[..fields_at];
    let date_at = above.iter().rposition(|line| date_of_line(line).is_some());
    let date = date_at.and_then(|at| date_of_line(above[at])).unwrap_or_default();
    let before_date = &above[..date_at.unwrap_or(above.len())];
    let outlet_at = before_date.iter().rposition(|line| !line.trim().is_empty()).unwrap_or(0);
    let outlet = before_date.get(outlet_at).map_or("", |line| line.trim());
    let titles = &before_date[..outlet_at];
    Article {
        outlet: outlet.to_string(),
        date,
        title: headline(titles),
        url: url(&lines[fields_at..]),
        ..Article::default()
    }
}

/// The last paragraph above the outlet; what stands above that belongs to the cover page.
fn headline(lines: &[&str]) -> String {
    let is_cover = |line: &&str| field(line, COVER_FIELDS).is_some() || is_page_number(line);
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |at| at + 1);
    let start = lines[..end].iter().rposition(|line| line.trim().is_empty() || is_cover(line));
    let title = &lines[start.map_or(0, |at| at + 1)..end];
    title.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

fn is_page_number(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], ["Page", page, "of", n] if is_number(page) && is_number(n))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn url(lines: &[&str]) -> String {
    let url = lines.iter().find_map(|line| field(line, &["url", "link to original"]));
    url.map(|(_, value)| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "User Name: a\nJob Number: 1\n\n1. Harbour tolls to double\n\n\n\
        Harbour tolls\nto double\n\nThe Quay Herald\nMarch 4, 2031 Tuesday\nCity Edition\n\n\
        Copyright 2031 Quay Herald Ltd All Rights Reserved\n\nSection: NEWS; Pg. 3\n\
        Length: 88 words\nByline: Orin Sedge\n\nBody\n\nThe tolls would double.\n\n\
        Subject: nobody said more.\n\nGraphic\n\nA barge.\n\nLoad-Date: March 5, 2031\n\n\
        End of Document\n\n\nBarges stay put\n\nThe Fen Weekly\nMarch 6, 2031 Thursday\n\n\
        Copyright 2031 Fen Weekly\n\nBody\n\nForty barges stayed.\n\nLoad-Date: March 7, 2031\n\n\
        End of Document\n";

    #[test]
    fn two_articles() {
        assert!(begins(EXPORT));
        let found: Vec<Article> = articles(EXPORT).into_iter().map(Result::unwrap).collect();
        let expected = Article {
            outlet: "The Quay Herald".to_string(),
            date: "2031-03-04".to_string(),
            title: "Harbour tolls to double".to_string(),
            text: "The tolls would double.\n\nSubject: nobody said more.".to_string(),
            ..Article::default()
        };
        assert_eq!(found[0], expected);
        assert_eq!(found[1].title, "Barges stay put");
        assert_eq!((found[1].outlet.as_str(), found.len()), ("The Fen Weekly", 2));
    }

    #[test]
    fn an_article_without_a_body_is_named() {
        let message = articles("A headline\n\nEnd of Document\n").remove(0).unwrap_err();
        assert!(message.contains("found `A headline`; export it anew"), "{message}");
    }
}
