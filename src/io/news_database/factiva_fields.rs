//! Factiva with field codes: `HD` headline, `SN` outlet, `PD` date, `LP` and `TD` body, `AN` the end.

use super::date_line::date_of_line;
use super::paragraph::{body, paragraphs};
use crate::article::Article;

/// Every code of the product.
const CODES: &[&str] = &[
    "AN", "ART", "BY", "CLM", "CO", "CR", "CT", "CX", "CY", "DE", "DLN", "ED", "ET", "GC", "HD",
    "IN", "IPC", "IPD", "LA", "LP", "NS", "PD", "PG", "PUB", "RE", "RF", "SC", "SE", "SN", "TD",
    "VOL", "WC",
];

/// Whether a text begins with such an export.
pub(super) fn begins(text: &str) -> bool {
    let codes: Vec<&str> = text.lines().filter_map(field).map(|(code, _)| code).collect();
    let headed = codes.iter().position(|code| *code == "HD");
    headed.is_some_and(|at| {
        ["PD", "SN"].iter().all(|code| codes[at..].iter().take(12).any(|c| c == code))
    })
}

/// The articles of an export.
pub(super) fn articles(text: &str) -> Vec<Result<Article, String>> {
    records(text)
        .into_iter()
        .filter(|record| !record.is_empty())
        .map(|record| article(&record))
        .collect()
}

/// The fields of one article: codes and values.
type Record<'a> = Vec<(&'a str, String)>;

/// Splits a text into articles: `AN` is the last field of one, and no other field stands there twice.
fn records(text: &str) -> Vec<Record<'_>> {
    let mut records: Vec<Record<'_>> = vec![Vec::new()];
    for line in text.lines() {
        let Some(record) = records.last_mut() else { break };
        let Some((code, value)) = field(line) else {
            if let Some((_, value)) = record.last_mut() {
                value.push('\n');
                value.push_str(line.trim());
            }
            continue;
        };
        let is_next = record.iter().any(|(known, _)| *known == code || *known == "AN");
        match is_next {
            true => records.push(vec![(code, value.to_string())]),
            false => record.push((code, value.to_string())),
        }
    }
    records
}

/// Splits a line into its code and its value.
fn field(line: &str) -> Option<(&str, &str)> {
    let end = line.find([' ', '\t']).unwrap_or(line.len());
    let (code, value) = line.split_at(end);
    // A sentence begins with one space behind its first word.
    let is_apart = value.is_empty() || value.starts_with('\t') || value.starts_with("  ");
    (is_apart && CODES.contains(&code)).then_some((code, value.trim()))
}

fn article(record: &Record<'_>) -> Result<Article, String> {
    let value = |wanted: &str| {
        let found = record.iter().find(|(code, _)| *code == wanted);
        found.map_or("", |(_, value)| value.trim())
    };
    let in_one_line = |code: &str| value(code).split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = [value("LP"), value("TD")];
    let text = parts.map(|part| body(&paragraphs(part))).join("\n\n").trim().to_string();
    let title = in_one_line("HD");
    if title.is_empty() && text.is_empty() {
        let codes: Vec<&str> = record.iter().map(|(code, _)| *code).take(8).collect();
        return Err(format!(
            "an article without the fields HD, LP and TD, found {}; export it anew from Factiva with \
             full articles",
            codes.join(", ")
        ));
    }
    let date = in_one_line("PD");
    Ok(Article {
        outlet: in_one_line("SN"),
        date: date_of_line(&date).unwrap_or(date),
        title,
        text,
        ..Article::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "SE      News\nHD      Harbour tolls\nto double\nBY      By Orin Sedge\n\
        WC      88 words\nPD      4 March 2031\nSN      The Quay Herald\nSC      QUAYH\n\
        LA      English\nCY      Copyright 2031\n\nLP\nThe tolls would double.\n\n\
        TD      It said no more.\n\nIN Ostrey nobody cared.\n\nNS      gtrans : Transport\n\n\
        AN      Document QUAYH00020310304\n\nHD      Barges stay put\nPD      6 March 2031\n\
        SN      The Fen Weekly\nLP      Forty barges stayed.\n\nAN      Document FENW0000\n";

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
        let text = "The tolls would double.\n\nIt said no more.\n\nIN Ostrey nobody cared.";
        let expected = [
            article("The Quay Herald", "2031-03-04", "Harbour tolls to double", text),
            article("The Fen Weekly", "2031-03-06", "Barges stay put", "Forty barges stayed."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_with_a_capital_word_is_no_export() {
        assert!(!begins("HD television is here.\n\nThe PD said so."));
    }
}
