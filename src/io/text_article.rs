//! Reads one article from plain text.

use crate::article::Article;

/// Maximum length of a title in characters; a longer first line is a paragraph.
const MAX_TITLE: usize = 200;

/// Takes a text; gives its article. The text may begin with `title: …`, `date: …`, `url: …`, `id: …`
/// and `outlet: …`, closed by `---`; where it gives no title, a first line that stands alone is the
/// title. Refuses a text without words, and other keys above `---`.
pub(super) fn parse(text: &str) -> Result<Article, String> {
    let (mut article, mut body) = split_header(text)?;
    if article.title.is_empty() {
        let (title, rest) = split_title(body);
        (article.title, body) = (title.to_string(), rest);
    }
    article.text = body.trim().to_string();
    if article.title.is_empty() && article.text.is_empty() {
        return Err("no article: there is no text in it".to_string());
    }
    Ok(article)
}

/// The fields of the header, if there is one, and what follows it.
fn split_header(text: &str) -> Result<(Article, &str), String> {
    let mut article = Article::default();
    let mut rest = text.trim_start();
    let mut is_first = true;
    while let Some((line, after)) = rest.split_once('\n') {
        if line.trim_end() == "---" && !is_first {
            return Ok((article, after));
        }
        let Some((key, value)) = entry(line) else { break };
        match field(&mut article, &key) {
            Some(field) => *field = value.to_string(),
            None if !is_first && is_closed(after) => {
                return Err(format!(
                    "unknown field `{key}` above the line `---`, expected title, date, url, id or \
                     outlet"
                ));
            }
            None => break,
        }
        is_first = false;
        rest = after;
    }
    Ok((Article::default(), text))
}

/// Splits a line `key: value` whose key is one word.
fn entry(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.chars().all(|char| char.is_ascii_alphabetic());
    is_word.then(|| (key.to_ascii_lowercase(), value.trim()))
}

/// Whether only entries stand before the next `---`.
fn is_closed(text: &str) -> bool {
    let after = text.lines().find(|line| entry(line).is_none());
    after.is_some_and(|line| line.trim_end() == "---")
}

fn field<'a>(article: &'a mut Article, key: &str) -> Option<&'a mut String> {
    match key {
        "title" => Some(&mut article.title),
        "date" => Some(&mut article.date),
        "url" => Some(&mut article.url),
        "id" => Some(&mut article.id),
        "outlet" => Some(&mut article.outlet),
        _ => None,
    }
}

/// Splits off the first line, where it stands alone above a text.
fn split_title(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let Some((line, rest)) = text.split_once('\n') else { return ("", text) };
    let stands_alone = rest.lines().next().is_some_and(|next| next.trim().is_empty());
    let is_title =
        stands_alone && !rest.trim().is_empty() && line.trim().chars().count() <= MAX_TITLE;
    if is_title { (line.trim(), rest) } else { ("", text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, title: &str, body: &str) {
        let found = parse(text).unwrap();
        assert_eq!((found.title.as_str(), found.text.as_str()), (title, body));
    }

    #[test]
    fn a_header_closed_by_dashes() {
        let text = "Title: A: b\r\nDATE: 2024-01-02\r\nurl:https://a.b/c\r\nid: 7\noutlet: Herald\n---\nShort.\n\nLong.\n";
        let found = parse(text).unwrap();
        let expected = Article {
            id: "7".to_string(),
            outlet: "Herald".to_string(),
            date: "2024-01-02".to_string(),
            title: "A: b".to_string(),
            text: "Short.\n\nLong.".to_string(),
            url: "https://a.b/c".to_string(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_header_without_title_leaves_the_headline() {
        check("date: 2024\n---\n\nHeadline\n\nText.", "Headline", "Text.");
    }

    #[test]
    fn what_only_looks_like_a_header_is_text() {
        check("title: A\nText.", "", "title: A\nText.");
        check("Moscow: the end\n\nText.", "Moscow: the end", "Text.");
        check("Moscow: the end\n---\nText.", "", "Moscow: the end\n---\nText.");
        check("---\nText.", "", "---\nText.");
        check("title: A\n\nText.\n---\n", "title: A", "Text.\n---");
    }

    #[test]
    fn a_first_line_that_stands_alone_is_the_title() {
        check("\n\n Headline \r\n\r\nOne.\r\n\r\nTwo.\n", "Headline", "One.\r\n\r\nTwo.");
        check("One.\nTwo.", "", "One.\nTwo.");
        check("Only this.\n\n", "", "Only this.");
        check("Only this.", "", "Only this.");
        let long = "x".repeat(MAX_TITLE + 1);
        check(&format!("{long}\n\nText."), "", &format!("{long}\n\nText."));
    }

    #[test]
    fn texts_that_cannot_be_used() {
        assert!(parse(" \n\n").unwrap_err().contains("no article"));
        assert!(parse("date: 1\n---\n").unwrap_err().contains("no article"));
        let error = parse("title: A\nauthor: B\n---\nText.").unwrap_err();
        assert!(error.contains("unknown field `author`"), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "((title|x)?:?[ a]?\n|---\n|\\PC){0,20}") {
            let _ = parse(&text);
        }
    }
}
