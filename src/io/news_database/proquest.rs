//! ProQuest: rules of underscores between articles, `Full text:` before the body, fields below it.

use super::date_line::date_in;
use super::field_line::{field, trailing_fields};
use super::paragraph::{Paragraph, body, paragraphs};
use crate::article::Article;

/// Every field of the product; `full text` is read by itself.
const FIELDS: &[&str] = &[
    "abstract",
    "alternate title",
    "author",
    "author affiliation",
    "business indexing term",
    "classification",
    "column",
    "company / organization",
    "copyright",
    "correspondence author",
    "country of publication",
    "credit",
    "database",
    "dateline",
    "document feature",
    "document type",
    "document url",
    "edition",
    "first page",
    "identifier / keyword",
    "illustration",
    "issn",
    "issue",
    "language",
    "language of publication",
    "last updated",
    "links",
    "location",
    "name",
    "number of pages",
    "pages",
    "people",
    "place of publication",
    "proquest document id",
    "proquest document link",
    "publication date",
    "publication info",
    "publication subject",
    "publication title",
    "publication year",
    "publisher",
    "section",
    "source",
    "source type",
    "start page",
    "subject",
    "title",
    "volume",
    "year",
];

/// Whether a text begins with such an export.
pub(super) fn begins(text: &str) -> bool {
    let has_body = text.lines().any(|line| field(line, &["full text"]).is_some());
    let names = ["publication info", "publication title", "proquest document id", "document url"];
    has_body && text.lines().any(|line| field(line, &names).is_some())
}

/// The articles of an export.
pub(super) fn articles(text: &str) -> Vec<Result<Article, String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if is_rule(line) {
            parts.push(std::mem::take(&mut lines).join("\n"));
        } else {
            lines.push(line);
        }
    }
    parts.push(lines.join("\n"));
    // A list of contents stands above the articles and a bibliography below them.
    let is_article = |part: &&String| {
        let names = ["full text", "publication title", "publication info"];
        part.lines().any(|line| field(line, &names).is_some())
    };
    parts.iter().filter(is_article).map(|part| article(part)).collect()
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
}

fn article(part: &str) -> Result<Article, String> {
    let n_texts = part.lines().filter(|line| field(line, &["full text"]).is_some()).count();
    if n_texts > 1 {
        return Err(format!(
            "{n_texts} lines `Full text:` without a rule of underscores between them, so that its \
             articles cannot be parted; export it anew from ProQuest as text"
        ));
    }
    let all = paragraphs(part);
    let is_text = |paragraph: &Paragraph<'_>| field(paragraph.first(), &["full text"]).is_some();
    let text_at = all.iter().position(is_text);
    let tail_at = trailing_fields(&all, FIELDS).max(text_at.map_or(0, |at| at + 1));
    let head = &all[..text_at.unwrap_or(tail_at).min(all.len())];
    let tail = all.get(tail_at..).unwrap_or_default();
    let value = |name: &'static str| {
        let lines = head.iter().chain(tail).flat_map(|paragraph| &paragraph.lines);
        let mut values = lines.filter_map(|line| field(line, &[name]));
        values.next().map(|(_, value)| value.to_string())
    };
    let info = value("publication info").unwrap_or_default();
    let date = value("publication date").as_deref().and_then(date_in).or_else(|| date_in(&info));
    let outlet = info.split([';', '[', ':']).next().unwrap_or_default().trim().to_string();
    Ok(Article {
        outlet: value("publication title").unwrap_or(outlet),
        date: date.or_else(|| value("publication date")).unwrap_or_default(),
        title: value("title").unwrap_or_else(|| headline(head)),
        text: text_at.map_or_else(String::new, |at| full_text(&all[at..tail_at])),
        url: value("document url").or_else(|| value("proquest document link")).unwrap_or_default(),
        ..Article::default()
    })
}

/// The first paragraph that is neither `Document 1 of 2` nor a field.
fn headline(head: &[Paragraph<'_>]) -> String {
    let is_number = |text: &str| text.starts_with("Document ") && text.contains(" of ");
    let mut titles = head.iter().filter(|paragraph| {
        !is_number(paragraph.first()) && field(paragraph.first(), FIELDS).is_none()
    });
    titles.next().map_or_else(String::new, Paragraph::joined)
}

/// The body without the name of its field.
fn full_text(paragraphs: &[Paragraph<'_>]) -> String {
    let mut paragraphs = paragraphs.to_vec();
    if let Some(line) = paragraphs.first_mut().and_then(|first| first.lines.first_mut()) {
        *line = line.split_once(':').map_or("", |(_, text)| text.trim_start());
    }
    let text = body(&paragraphs);
    let is_missing = ["not available", "not available."].contains(&text.to_lowercase().as_str());
    if is_missing { String::new() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "____________________________________________________________";

    fn export() -> String {
        format!(
            "{RULE}\n\nDocument 1 of 2\n\nHarbour tolls to double\n\nAuthor: Sedge, Orin\n\n\
             Publication info: The Quay Herald ; Ostrey [Ostrey] 04 Mar 2031: 3.\n\n\
             Abstract: Tolls.\n\nFull text: The tolls would double.\n\nSubject: that is all.\n\n\
             It said no more.\n\nSubject: Tolls; Harbours\n\nTitle: Harbour tolls to double\n\n\
             Publication title: The Quay Herald\n\nPublication date: Mar 4, 2031\n\n\
             Document URL: https://pq.example/1\n\nDatabase: News\n\n{RULE}\n\nDocument 2 of 2\n\n\
             Barges stay put\n\nPublication info: The Fen Weekly ; Ostrey 06 Mar 2031: 1.\n\n\
             Full text: Forty barges stayed.\n\nPages: 1\n\n{RULE}\n\nBibliography\n\nSedge, Orin.\n"
        )
    }

    #[test]
    fn two_articles() {
        assert!(begins(&export()));
        let found: Vec<Article> = articles(&export()).into_iter().map(Result::unwrap).collect();
        let expected = [
            Article {
                outlet: "The Quay Herald".to_string(),
                date: "2031-03-04".to_string(),
                title: "Harbour tolls to double".to_string(),
                text: "The tolls would double.\n\nSubject: that is all.\n\nIt said no more."
                    .to_string(),
                url: "https://pq.example/1".to_string(),
                ..Article::default()
            },
            Article {
                outlet: "The Fen Weekly".to_string(),
                date: "2031-03-06".to_string(),
                title: "Barges stay put".to_string(),
                text: "Forty barges stayed.".to_string(),
                ..Article::default()
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn articles_that_cannot_be_parted_are_refused() {
        let fused = export().replace(RULE, "");
        let message = articles(&fused).remove(0).unwrap_err();
        assert!(message.contains("2 lines `Full text:` without a rule"), "{message}");
    }
}
