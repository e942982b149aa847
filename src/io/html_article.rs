//! Reads one article from a saved web page.

use dom_query::Document;
use dom_smoothie::{Config, Readability, ReadabilityError, TextMode};

use super::file_reader::Start;
use super::html_depth::{MAX_DEPTH, depth};
use super::page_furniture::{take_out, without_site};
use crate::article::Article;

/// Whether a file begins as a page does: with its document type or its first element, after comments.
pub(super) fn is_page(start: &Start) -> bool {
    let mut rest = start.text.trim_start();
    while let Some((_, after)) = [("<!--", "-->"), ("<?xml", "?>")]
        .iter()
        .find_map(|(from, to)| rest.strip_prefix(from)?.split_once(to))
    {
        rest = after.trim_start();
    }
    let begins = |with: &&str| rest.get(..with.len()).is_some_and(|r| r.eq_ignore_ascii_case(with));
    ["<!doctype html", "<html>", "<html "].iter().any(begins)
}

/// The line above readers' comments, which follow the article.
const COMMENTS: &str = "Readers’ comments";

/// Takes a page; gives its text without boilerplate, readers' comments below it, and the title, date, site
/// and address from its metadata.
pub(super) fn parse(html: &str) -> Result<Article, String> {
    if depth(html, MAX_DEPTH) > MAX_DEPTH {
        return Err(format!(
            "its elements are nested more than {MAX_DEPTH} deep; save the article's text as .txt"
        ));
    }
    let document = Document::from(html);
    let comments = take_out(&document);
    match article(document) {
        Ok(found) if comments.is_empty() => Ok(found),
        Ok(found) => {
            Ok(Article { text: format!("{}\n\n{COMMENTS}\n\n{comments}", found.text), ..found })
        }
        // What was taken for comments was all that there is.
        Err(_) if !comments.is_empty() => article(Document::from(html)),
        Err(reason) => Err(reason),
    }
}

/// The article of a page that holds nothing beside it.
fn article(document: Document) -> Result<Article, String> {
    // Where there are several, none of them begins the title with the site behind it.
    let heading = document.select("h1").text();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let refuse = |error: ReadabilityError| no_article(&error.to_string());
    let mut page = Readability::with_document(document, None, Some(config)).map_err(refuse)?;
    let url = page.doc.select("link[rel=canonical][href]").attr("href").unwrap_or_default();
    let found = page.parse().map_err(refuse)?;
    let text = found.text_content.trim().to_string();
    if text.is_empty() {
        return Err(no_article("nothing is left of it"));
    }
    Ok(Article {
        outlet: found.site_name.unwrap_or_default().trim().to_string(),
        date: found.published_time.unwrap_or_default().trim().to_string(),
        title: without_site(found.title.trim(), heading.trim()).to_string(),
        url: url.trim().to_string(),
        text,
        ..Article::default()
    })
}

fn no_article(reason: &str) -> String {
    format!("no article found in this page ({reason}); save the article's text as .txt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = r#"<!doctype html><html lang="en"><head>
        <title>Council votes for the bridge | The Herald</title>
        <meta property="og:title" content="Council votes for the bridge">
        <meta property="og:site_name" content="The Herald">
        <link rel="canonical" href="https://herald.example/bridge">
        <meta property="article:published_time" content="2024-05-06T07:08:09Z">
        <script>for (a=0;a<b;a++) { if (a<div) x() }</script></head><body>
        <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
        <article><h1>Council votes for the bridge</h1>
        <p>The council voted on Monday to build the new bridge, after four years of debate, of which
        the last one was the loudest, and with a majority that nobody had expected.</p>
        <p>“It is a reckless plan,” said Ann Lee, who leads the opposition, to those who had come to
        the town hall in the rain, and promised that the courts would hear of it.</p>
        <p>Work is to begin in spring, the mayor said, and to take two years, if the river allows.</p>
        </article><footer>All rights reserved</footer></body></html>"#;

    #[test]
    fn a_page_is_reduced_to_its_parse() {
        let found = parse(PAGE).unwrap();
        assert_eq!(found.title, "Council votes for the bridge");
        assert_eq!(found.outlet, "The Herald");
        assert_eq!(found.date, "2024-05-06T07:08:09Z");
        assert_eq!(found.url, "https://herald.example/bridge");
        assert!(found.text.contains("“It is a reckless plan,” said Ann Lee"));
        assert!(!found.text.contains("Sport"), "{}", found.text);
        assert!(!found.text.contains("a<b"), "{}", found.text);
    }

    #[test]
    fn paragraphs_stay_apart() {
        let paragraphs = parse(PAGE).unwrap().text.matches("\n\n").count();
        assert!(paragraphs >= 2, "{:?}", parse(PAGE).unwrap().text);
    }

    #[test]
    fn pages_without_an_article_are_refused() {
        for page in ["", "<html></html>", "<p></p>", "<html><body><script>1</script></body></html>"]
        {
            assert!(parse(page).unwrap_err().starts_with("no article found"), "{page}");
        }
    }

    #[test]
    fn deep_pages_are_refused_at_once() {
        let deep = "<div>".repeat(200_000) + "text";
        assert!(parse(&deep).unwrap_err().contains("more than 1000 deep"));
        assert!(parse(&"<b></x>".repeat(5000)).unwrap_err().contains("deep"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_page_ends(page in "((<|</|<!--|-->|&)?(div|p|table|svg|script|title|a|x)?( a=['\"]?|>|/>|;)?\\PC?){0,60}") {
            let _ = parse(&page);
        }

        #[test]
        fn a_page_may_break_off_anywhere(at in 0..PAGE.len()) {
            if let Some(start) = PAGE.get(..at) {
                let _ = parse(start);
            }
        }
    }
}
