//! Small pieces of markup that several sections use.

use maud::{Markup, html};

use crate::render::sanitize;
use crate::render::wording;
use crate::report::PredictedLabel;
use crate::text::Span;

/// A link only where the address is one of the web; an article's address comes from outside.
pub(super) fn web_link(url: &str, text: &str) -> Markup {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    html! {
        @if is_web { a href=(url) rel="noreferrer noopener" dir="auto" { (text) } }
        @else { span dir="auto" { (text) } }
    }
}

/// A link to a place in the page, where there is one; else its content alone.
pub(super) fn page_link(href: Option<&str>, content: &Markup) -> Markup {
    html! { @if let Some(href) = href { a href=(href) { (content) } } @else { (content) } }
}

/// The class that gives a label's colour.
///
/// The colours are safe for colour-blind readers, and no party's: orange, grey, blue-green. The word
/// always stands beside the colour.
pub(super) fn label_class(label: &str) -> &'static str {
    match label {
        "critical" => "critical",
        "supportive" => "supportive",
        "neutral" => "neutral",
        _ => "other",
    }
}

/// A label's name in its colour.
pub(super) fn label_name(label: &str) -> Markup {
    html! { span class={ "said " (label_class(label)) } { (sanitize::name(label)) } }
}

/// The label predicted for a sentence with its probability, and whether the sentence is context.
pub(super) fn predicted_label(predicted: &PredictedLabel) -> Markup {
    let label = predicted.label.name();
    html! {
        span class={ "said " (label_class(label)) } {
            (wording::label_probability(label, predicted.probability))
        }
        @if !predicted.is_mention() { " context" }
    }
}

/// The beginning of a sentence, with the words marked that decided its label.
pub(super) fn marked_excerpt(text: &str, marks: &[Span]) -> Markup {
    html! { (marked(sanitize::excerpt(text), marks)) (sanitize::more(text)) }
}

fn marked(text: &str, marks: &[Span]) -> Markup {
    let mut from = 0;
    let mut parts = Vec::new();
    for mark in marks {
        let (Some(plain), Some(word)) = (text.get(from..mark.start), text.get(mark.clone())) else {
            break;
        };
        parts.push((plain, word));
        from = mark.end;
    }
    html! {
        @for (plain, word) in parts { (plain) mark { (word) } }
        (text.get(from..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        assert!(web_link("HTTPS://example.org/?a=\"b", "x").into_string().contains("&quot;b"));
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "é"] {
            assert!(!web_link(url, "x").into_string().contains("href"), "{url}");
        }
    }

    #[test]
    fn deciding_words_are_marked_and_all_is_escaped() {
        let found = marked("<i>scorned</i> & dropped", &[3..10, 17..24]).into_string();
        let expected = "&lt;i&gt;<mark>scorned</mark>&lt;/i&gt; &amp; <mark>dropped</mark>";
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        assert_eq!(marked("né", &[1..2, 3..4]).into_string(), "né");
        assert_eq!(marked("abc", &[1..9, 2..3]).into_string(), "abc");
    }
}
