//! Factiva as text: headline, byline, words, date, outlet in lines of their own above the body; a line
//! `Document` with a long code ends an article.

use super::date_line::date_of_line;
use super::field_line::is_copyright;
use super::paragraph::{body, paragraphs};
use crate::article::Article;

/// Languages, which stand in a line of their own below the outlet.
const LANGUAGES: &[&str] = &[
    "English",
    "French",
    "German",
    "Spanish",
    "Italian",
    "Portuguese",
    "Dutch",
    "Danish",
    "Swedish",
    "Norwegian",
    "Finnish",
    "Russian",
    "Polish",
    "Czech",
    "Hungarian",
    "Turkish",
    "Arabic",
    "Japanese",
    "Korean",
    "Chinese - Simplified",
    "Chinese - Traditional",
];

/// Whether a text begins with such an export.
pub(super) fn begins(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.windows(2).enumerate().any(|(at, pair)| {
        let is_head = is_word_count(pair[0]) && date_of_line(pair[1]).is_some();
        is_head && lines[at..].iter().take(10).any(|line| is_language(line) || is_copyright(line))
    })
}

/// The articles of an export.
pub(super) fn articles(text: &str) -> Vec<Result<Article, String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if is_document_code(line) {
            parts.push(std::mem::take(&mut lines).join("\n"));
        } else {
            lines.push(line);
        }
    }
    parts.push(lines.join("\n"));
    // A summary of the search stands above the first or below the last article.
    let is_article = |part: &&String| part.lines().any(is_word_count);
    let mut found: Vec<_> = parts.iter().filter(is_article).map(|part| article(part)).collect();
    if found.is_empty() {
        found.push(Err(
            "no article above a line `Document` with its code; export it anew".to_string()
        ));
    }
    found
}

/// Whether a line is `450 words`.
pub(super) fn is_word_count(line: &str) -> bool {
    let number = line.trim().strip_suffix(" words").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

/// Whether a line is `Document` with the code of an article, such as `HERALD0020310304ed34000`.
pub(super) fn is_document_code(line: &str) -> bool {
    let code = line.trim().strip_prefix("Document ").unwrap_or_default();
    let is_code = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    code.len() >= 8 && is_code && code.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a line names a language and nothing else.
pub(super) fn is_language(line: &str) -> bool {
    LANGUAGES.contains(&line.trim())
}

fn article(part: &str) -> Result<Article, String> {
    let lines: Vec<&str> = part.lines().collect();
    let counts: Vec<usize> = (0..lines.len()).filter(|&at| is_head(&lines[at..])).collect();
    if counts.len() > 1 {
        return Err(format!(
            "{} articles without a line `Document` and a code between them, so that they cannot be \
             parted; export them anew from Factiva with full articles, as text",
            counts.len()
        ));
    }
    let Some(&count_at) = counts.first() else {
        let start: String = part.trim().chars().take(60).collect();
        return Err(format!(
            "an article without lines for its words and date, found `{start}`; export it anew from \
             Factiva with full articles, as text"
        ));
    };
    let below: Vec<&str> = lines[count_at + 1..].to_vec();
    let is_told = |line: &&&str| !line.trim().is_empty();
    let mut told = below.iter().filter(is_told).skip(1).map(|line| line.trim());
    let outlet = told.find(|line| !is_time(line)).unwrap_or_default();
    let body_at = body_start(&below);
    let (title, date) = (headline(&lines[..count_at]), date_below(&below));
    Ok(Article {
        outlet: outlet.to_string(),
        date,
        title,
        text: body(&paragraphs(&below[body_at..].join("\n"))),
        ..Article::default()
    })
}

/// Whether the first line counts words and the next one that is not empty is a date.
fn is_head(lines: &[&str]) -> bool {
    let next = || lines[1..].iter().find(|line| !line.trim().is_empty());
    is_word_count(lines[0]) && next().is_some_and(|line| date_of_line(line).is_some())
}

fn date_below(lines: &[&str]) -> String {
    lines.iter().find_map(|line| date_of_line(line)).unwrap_or_default()
}

/// The position of the first line below the head: below the copyright, or the language without one.
fn body_start(below: &[&str]) -> usize {
    let top = below.len().min(14);
    let copyright = below[..top].iter().rposition(|line| is_copyright(line));
    let language = below[..top].iter().position(|line| is_language(line));
    copyright.or(language).map_or(top.min(3), |at| at + 1)
}

/// Whether a line is a time such as `09:30` or `09:30 GMT`.
fn is_time(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let digits = word.split(':').all(|part| part.len() == 2 && part.parse::<u8>().is_ok());
    word.contains(':') && digits
}

/// The headline among the lines above the count of words: a section may stand above it, a byline below.
fn headline(lines: &[&str]) -> String {
    let filled = lines.iter().copied().filter(|line| !line.trim().is_empty());
    let mut lines: Vec<&str> = filled.collect();
    let is_byline = |line: &str| {
        let line = line.trim();
        line.starts_with("By ") || line.starts_with("BY ")
    };
    match lines[..] {
        [.., last] if lines.len() > 1 && is_byline(last) => drop(lines.pop()),
        [_, _, _, ..] => drop(lines.pop()),
        _ => {}
    }
    lines.last().map_or_else(String::new, |line| line.trim().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "News\nHarbour tolls to double\nBy Orin Sedge\n1,088 words\n4 March 2031\n\
        09:30 GMT\nThe Quay Herald\nQUAYH\n3\nEnglish\nCopyright 2031. Quay Herald Ltd.\n\n\
        The tolls would double.\n\nIt said no more.\n\nDocument QUAYH00020310304ed3400001\n\n\
        Barges stay put\n\n40 words\n6 March 2031\nThe Fen Weekly\nFENW\nEnglish\n\
        (c) 2031 Fen Weekly\n\nForty barges stayed.\n\nDocument FENW000020310306ed3600002\n\n\
        Search Summary\nText\tharbour plan\n";

    #[test]
    fn two_articles() {
        assert!(begins(EXPORT));
        let found: Vec<Article> = articles(EXPORT).into_iter().map(Result::unwrap).collect();
        let article = |outlet: &str, date: &str, title: &str, text: &str| Article {
            outlet: outlet.to_string(),
            date: date.to_string(),
            title: title.to_string(),
            text: text.to_string(),
            ..Article::default()
        };
        let text = "The tolls would double.\n\nIt said no more.";
        let expected = [
            article("The Quay Herald", "2031-03-04", "Harbour tolls to double", text),
            article("The Fen Weekly", "2031-03-06", "Barges stay put", "Forty barges stayed."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn articles_that_cannot_be_parted_are_refused() {
        let fused = EXPORT.replace("Document QUAYH00020310304ed3400001\n", "");
        let message = articles(&fused).remove(0).unwrap_err();
        assert!(message.contains("2 articles without a line `Document`"), "{message}");
    }

    #[test]
    fn lines_that_are_no_marks() {
        assert!(!is_word_count("Not many words"));
        assert!(!is_word_count(" words"));
        assert!(!is_document_code("Document dated Tuesday"));
        assert!(!is_document_code("Document classified"));
        assert!(!begins("He wrote 450 words on 4 March 2031."));
    }
}
