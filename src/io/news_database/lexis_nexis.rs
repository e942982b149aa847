//! The older LexisNexis: a line `1 of 2 DOCUMENTS` begins an article, fields are in capitals.

use super::date_line::date_of_line;
use super::field_line::is_copyright;
use super::paragraph::{Paragraph, body, paragraphs};
use crate::article::Article;

/// Fields between the headline and the body. Only these are read there: a first sentence may begin
/// with a word in capitals, too.
const HEAD_FIELDS: &[&str] = &[
    "ABSTRACT",
    "BYLINE",
    "COLUMN",
    "DATELINE",
    "EDITION",
    "HEADLINE",
    "HIGHLIGHT",
    "JOURNAL-CODE",
    "KICKER",
    "LENGTH",
    "SECTION",
    "SERIES",
    "SOURCE",
    "TITLE",
    "URL",
];

/// Fields below the body.
const TAIL_FIELDS: &[&str] = &[
    "ACC-NO",
    "CATEGORY",
    "CITY",
    "COMPANY",
    "CORRECTION",
    "CORRECTION-DATE",
    "COUNTRY",
    "CUSIP",
    "DISTRIBUTION",
    "DOCUMENT-TYPE",
    "ENHANCEMENT",
    "GEOGRAPHIC",
    "GRAPHIC",
    "INDUSTRY",
    "JOURNAL-CODE",
    "LANGUAGE",
    "LOAD-DATE",
    "NAME",
    "NOTES",
    "ORGANIZATION",
    "PERSON",
    "PUB-TYPE",
    "PUBLICATION-TYPE",
    "STATE",
    "SUBJECT",
    "TICKER",
    "TYPE",
    "URL",
];

/// Whether a text begins with such an export.
pub(super) fn begins(text: &str) -> bool {
    text.lines().take(200).any(is_separator)
}

/// The articles of an export.
pub(super) fn articles(text: &str) -> Vec<Result<Article, String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut lines: Option<Vec<&str>> = None;
    for line in text.lines() {
        if is_separator(line) {
            parts.extend(lines.replace(Vec::new()).map(|lines| lines.join("\n")));
        } else if let Some(lines) = &mut lines {
            lines.push(line);
        }
    }
    parts.extend(lines.map(|lines| lines.join("\n")));
    parts.iter().map(|part| article(part)).collect()
}

/// Whether a line is `1 of 2 DOCUMENTS` or `Document 1 of 2`, in the languages of the product.
fn is_separator(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let nouns = ["DOCUMENT", "DOCUMENTS", "DOKUMENT", "DOKUMENTEN", "DOCUMENTOS"];
    let is_noun = |word: &str| nouns.contains(&word.to_uppercase().as_str());
    let is_of = |word: &str| ["of", "von", "de"].contains(&word);
    let [first, second, third, fourth] = words[..] else { return false };
    is_number(first) && is_of(second) && is_number(third) && is_noun(fourth)
        || is_noun(first) && is_number(second) && is_of(third) && is_number(fourth)
}

/// The name and the value of a field in capitals.
fn field<'a>(paragraph: &Paragraph<'a>, names: &[&str]) -> Option<(&'a str, String)> {
    let (name, _) = paragraph.first().split_once(':')?;
    let known = names.contains(&name.trim());
    let value = paragraph.joined();
    known.then(|| {
        (name.trim(), value.split_once(':').map_or("", |(_, value)| value.trim()).to_string())
    })
}

fn article(part: &str) -> Result<Article, String> {
    let paragraphs = paragraphs(part);
    let date_at = paragraphs.iter().take(12).position(|paragraph| date_line(paragraph).is_some());
    let Some(date_at) = date_at else {
        let start: String = part.trim().chars().take(60).collect();
        return Err(format!(
            "an article without a line for its date below `1 of 2 DOCUMENTS`, found `{start}`; export \
             it anew with the date, or put it into a table with the columns title, date and text"
        ));
    };
    let after_date = date_at + 1;
    let is_head = |paragraph: &Paragraph<'_>| field(paragraph, HEAD_FIELDS).is_some();
    let rest = &paragraphs[after_date..];
    let fields_at = rest.iter().position(is_head);
    let title_at = match fields_at {
        Some(at) => at.checked_sub(1),
        None => rest.iter().position(|paragraph| !paragraph.is_indented()),
    };
    let title = title_at.filter(|&at| !rest[at].is_indented()).map(|at| rest[at].joined());
    let first = fields_at.unwrap_or_else(|| title_at.map_or(0, |at| at + 1));
    let n_fields = rest[first..].iter().take_while(|paragraph| is_head(paragraph)).count();
    let fields = &rest[first..first + n_fields];
    let below = &rest[first + n_fields..];
    let end = below.iter().position(is_tail).unwrap_or(below.len());
    let value = |name: &str| {
        let mut all = fields.iter().chain(&below[end..]);
        let found = all.find_map(|paragraph| field(paragraph, &[name]));
        found.map(|(_, value)| value)
    };
    Ok(Article {
        outlet: outlet(&paragraphs[..date_at], &paragraphs[date_at]),
        date: date_line(&paragraphs[date_at]).unwrap_or_default(),
        title: value("HEADLINE").or(title).unwrap_or_default(),
        text: body(&below[..end]),
        url: value("URL").unwrap_or_default(),
        ..Article::default()
    })
}

fn is_tail(paragraph: &Paragraph<'_>) -> bool {
    field(paragraph, TAIL_FIELDS).is_some() || is_copyright(paragraph.first())
}

fn date_line(paragraph: &Paragraph<'_>) -> Option<String> {
    paragraph.lines.iter().find_map(|line| date_of_line(line))
}

/// The first line above the date that says no rights.
fn outlet(above: &[Paragraph<'_>], dated: &Paragraph<'_>) -> String {
    let before_date = dated.lines.iter().take_while(|line| date_of_line(line).is_none());
    let mut lines = above.iter().flat_map(|paragraph| &paragraph.lines).chain(before_date);
    lines.find(|line| !is_copyright(line)).map_or_else(String::new, |line| line.trim().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "                  1 of 2 DOCUMENTS\n\n\n                  The Quay Herald\n\n\
        \x20                 March 4, 2031 Tuesday\n                  Correction Appended\n\n\
        \x20                 City Edition\n\nHarbour plan 19, part 1: The\ntolls\n\n\
        BYLINE: Orin Sedge,\nStaff Reporter\n\nLENGTH: 88 words\n\n\
        BARGES: The tolls would\ndouble, the port said.\n\nIt said no more.\n\n\
        LOAD-DATE: March 5, 2031\n\nCORRECTION: It is eight crowns.\n\nNobody noticed.\n\n\
        Copyright 2031 Quay Herald Ltd\nAll Rights Reserved\n\n                  2 of 2 DOCUMENTS\n\n\
        Copyright 2031 Fen Weekly\nAll Rights Reserved\nThe Fen Weekly\n\nMarch 6, 2031\n\n\
        HEADLINE: Barges stay put\n\nURL: https://fen.example/1\n\nForty barges stayed.\n";

    #[test]
    fn two_articles() {
        assert!(begins(EXPORT));
        let found: Vec<Article> = articles(EXPORT).into_iter().map(Result::unwrap).collect();
        let expected = [
            Article {
                outlet: "The Quay Herald".to_string(),
                date: "2031-03-04".to_string(),
                title: "Harbour plan 19, part 1: The tolls".to_string(),
                text: "BARGES: The tolls would double, the port said.\n\nIt said no more."
                    .to_string(),
                ..Article::default()
            },
            Article {
                outlet: "The Fen Weekly".to_string(),
                date: "2031-03-06".to_string(),
                title: "Barges stay put".to_string(),
                text: "Forty barges stayed.".to_string(),
                url: "https://fen.example/1".to_string(),
                ..Article::default()
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn separators() {
        for line in
            ["1 of 2 DOCUMENTS", "  Document 3 of 14  ", "Dokument 1 von 7", "2 of 9 DOCUMENTS"]
        {
            assert!(is_separator(line), "{line}");
        }
        assert!(!is_separator("1 of 2 barges"));
        assert!(!is_separator("One of 2 DOCUMENTS was lost."));
    }

    #[test]
    fn an_article_without_a_date_is_named() {
        let found = articles("1 of 1 DOCUMENTS\n\nThe tolls\n\nThey would double.\n");
        assert!(found[0].as_ref().unwrap_err().contains("without a line for its date"));
    }
}
