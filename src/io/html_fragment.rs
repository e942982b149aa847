//! Text of fields that hold HTML: some programs write tables with the tags and entities of the page.

use std::borrow::Cow;

use dom_query::Document;

use super::html_depth::{MAX_DEPTH, depth};
use super::page_furniture::set_apart;

/// Elements of text in pages. Other names between angle brackets are text.
const ELEMENTS: [&str; 39] = [
    "a",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "center",
    "cite",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "sup",
    "table",
    "u",
    "ul",
];

/// Elements after which a line ends.
const LINES: [&str; 18] = [
    "p",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "section",
    "article",
    "table",
];

/// Takes a field; gives what a browser would show of it. Text without tags and entities stays as it is.
pub(super) fn shown(field: &str) -> Cow<'_, str> {
    let tags: Vec<&str> = tags(field).collect();
    if tags.is_empty() || depth(field, MAX_DEPTH) > MAX_DEPTH {
        return html_escape::decode_html_entities(field);
    }
    let has_lines = tags.iter().any(|tag| LINES.contains(tag));
    // Without elements that end lines, line ends do.
    let html = if has_lines { Cow::from(field) } else { Cow::from(field.replace('\n', "<br>")) };
    let document = Document::fragment(&*html);
    document.select("script, style, template, noscript, iframe").remove();
    set_apart(&document);
    Cow::from(document.formatted_text().trim().to_string())
}

/// The names of the elements whose tags stand in a text.
fn tags(text: &str) -> impl Iterator<Item = &'static str> {
    text.split('<').skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, after) = rest.split_at(length);
        let is_tag = after.starts_with(['>', '/', ' ', '\n', '\t', '\r']) && after.contains('>');
        ELEMENTS.into_iter().find(|element| is_tag && element.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(field: &str, expected: &str) {
        assert_eq!(shown(field), expected);
    }

    #[test]
    fn entities_and_tags_are_text() {
        check("Roe &amp; Sons, AT&amp;T&#8217;s &pound;4", "Roe & Sons, AT&T’s £4");
        check(
            "<p>The tram is a folly.</p><p>&ldquo;No,&rdquo; said <b>Ada</b> Roe.</p>",
            "The tram is a folly.\n\n“No,” said Ada Roe.",
        );
        check("<p>A.</p><script>alert(\"b\")</script><style>p {}</style>", "A.");
        check("A <a href='https://fen.example'>tram</a>.\n\nIt is late.", "A tram.\n\nIt is late.");
        check("One.<br/>Two.", "One.\nTwo.");
        check("<center>One</center>Two.", "One\n\nTwo.");
    }

    #[test]
    fn what_is_no_html_stays() {
        for text in ["AT&T", "a < b > c", "5<6 & 7>3", "<Ada@fen.example>", "R&D; x", " a  b\n\nc "]
        {
            check(text, text);
        }
        assert!(matches!(shown("plain"), Cow::Borrowed(_)));
        let deep = "<div>".repeat(200_000) + "text";
        assert!(shown(&deep).ends_with("text"));
    }

    proptest! {
        #[test]
        fn any_field_ends(field in "(<|</|>|&|p|br|script| a='|;|amp|#8217|\n|\\PC){0,40}") {
            let _ = shown(&field);
        }
    }
}
