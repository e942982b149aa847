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

/// Elements whose content is text, whatever stands in it.
const NOT_TAGS: &[&str] = &["script", "style", "textarea", "title"];

/// Reads a page: its text without furniture, and title, date, site and address from its metadata.
pub(super) fn article(html: &str) -> Result<Article, String> {
    let depth = depth(html);
    if depth > MAX_DEPTH {
        return Err(format!(
            "its elements are nested more than {MAX_DEPTH} deep; save the article's text as .txt"
        ));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let refuse = |error: dom_smoothie::ReadabilityError| no_article(&error.to_string());
    let mut page = Readability::new(html, None, Some(config)).map_err(refuse)?;
    let url = page.doc.select("link[rel=canonical][href]").attr("href").unwrap_or_default();
    let found = page.parse().map_err(refuse)?;
    let text = found.text_content.trim().to_string();
    if text.is_empty() {
        return Err(no_article("nothing is left of it"));
    }
    Ok(Article {
        outlet: found.site_name.unwrap_or_default().trim().to_string(),
        date: found.published_time.unwrap_or_default().trim().to_string(),
        title: found.title.trim().to_string(),
        url: url.trim().to_string(),
        text,
        ..Article::default()
    })
}

fn no_article(reason: &str) -> String {
    format!("no article found in this page ({reason}); save the article's text as .txt")
}

/// How deep elements are nested, at most one more than the limit.
fn depth(html: &str) -> usize {
    let mut open = OpenElements::default();
    let mut deepest = 0;
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = open.read(tag);
        deepest = deepest.max(open.names.len());
        if deepest > MAX_DEPTH {
            break;
        }
    }
    deepest
}

/// The elements that are open at one place of a page, as far as one pass over the tags can tell.
#[derive(Default)]
struct OpenElements {
    names: Vec<String>,
    n_named: BTreeMap<String, usize>,
}

impl OpenElements {
    /// Reads the tag after a `<` and gives back what follows.
    fn read<'a>(&mut self, tag: &'a str) -> &'a str {
        if let Some(comment) = tag.strip_prefix("!--") {
            return comment.split_once("-->").map_or("", |(_, after)| after);
        }
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag_name(tag).to_ascii_lowercase();
        let is_drawing = self.has("svg") || self.has("math");
        if name.is_empty() || NOT_NESTED.contains(&name.as_str()) {
            return tag;
        }
        if is_end {
            self.close(&name);
        } else if !is_drawing && NOT_TAGS.contains(&name.as_str()) {
            return after_end(tag, &name);
        } else if !(is_drawing && closes_itself(tag)) {
            *self.n_named.entry(name.clone()).or_default() += 1;
            self.names.push(name);
        }
        tag
    }

    fn has(&self, name: &str) -> bool {
        self.n_named.get(name).is_some_and(|&n| n > 0)
    }

    /// An end tag closes what was opened inside its element, and nothing where that is not open.
    fn close(&mut self, name: &str) {
        while self.has(name) {
            let Some(last) = self.names.pop() else { break };
            let is_found = last == name;
            self.n_named.entry(last).and_modify(|n| *n -= 1);
            if is_found {
                break;
            }
        }
    }
}

/// The name at the start of a tag; empty where it is none.
fn tag_name(tag: &str) -> &str {
    let is_name = tag.starts_with(|char: char| char.is_ascii_alphabetic());
    let end = tag.find(|char: char| char.is_ascii_whitespace() || char == '>' || char == '/');
    if is_name { &tag[..end.unwrap_or(tag.len())] } else { "" }
}

/// Whether a tag ends in `/>`, which counts in drawings and formulas only.
fn closes_itself(tag: &str) -> bool {
    tag.split_once('>').is_some_and(|(inside, _)| inside.ends_with('/'))
}

/// What follows the end tag of an element that holds no tags.
fn after_end<'a>(tag: &'a str, name: &str) -> &'a str {
    let mut rest = tag;
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if tag_name(after).eq_ignore_ascii_case(name) {
            return after;
        }
    }
    ""
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
    fn a_page_is_reduced_to_its_article() {
        let found = article(PAGE).unwrap();
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
        let paragraphs = article(PAGE).unwrap().text.matches("\n\n").count();
        assert!(paragraphs >= 2, "{:?}", article(PAGE).unwrap().text);
    }

    #[test]
    fn pages_without_an_article_are_refused() {
        for page in ["", "<html></html>", "<p></p>", "<html><body><script>1</script></body></html>"]
        {
            assert!(article(page).unwrap_err().starts_with("no article found"), "{page}");
        }
    }

    #[test]
    fn deep_pages_are_refused_at_once() {
        let deep = "<div>".repeat(200_000) + "text";
        assert!(article(&deep).unwrap_err().contains("more than 1000 deep"));
        assert!(article(&"<b></x>".repeat(5000)).unwrap_err().contains("deep"));
    }

    #[test]
    fn depth_counts_what_nests() {
        assert_eq!(depth("<DIV><p>a<p>b<br><b>c</B></div><div></div>"), 2);
        assert_eq!(depth(&"<div></div><p><li>".repeat(5000)), 1);
        assert_eq!(depth(&format!("<script>{}</script>", "a<b;".repeat(5000))), 0);
        assert_eq!(depth(&format!("<!--{}-->", "<b>".repeat(5000))), 0);
        assert_eq!(depth(&format!("<svg>{}</svg>", "<path d=''/>".repeat(5000))), 1);
        assert_eq!(depth("<<a< /b>"), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_page_ends(page in "((<|</|<!--|-->|&)?(div|p|table|svg|script|title|a|x)?( a=['\"]?|>|/>|;)?\\PC?){0,60}") {
            let _ = article(&page);
        }

        #[test]
        fn a_page_may_break_off_anywhere(at in 0..PAGE.len()) {
            if let Some(start) = PAGE.get(..at) {
                let _ = article(start);
            }
        }
    }
}
