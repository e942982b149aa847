//! Small pieces of markup that several sections use.

use maud::{Markup, html};

use crate::render::charts::marks::{Marks, coordinate};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::SentenceLabel;
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

/// A part that the reader opens, and that is printed only where they did.
pub(super) fn folded_part(heading: &Markup, content: &Markup) -> Markup {
    html! {
        details class="part" { summary { (heading) } (content) }
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

/// Marks of a chart; nothing where there are none.
pub(super) fn marks(Marks { width, height, shapes }: &Marks) -> Markup {
    html! {
        @match width {
            Some(width) if *width > 0.0 => {
                svg class="squares" width=(coordinate(*width)) height=(coordinate(*height)) { (shapes) }
            }
            Some(_) => {}
            None => svg class="marks" height=(coordinate(*height)) { (shapes) },
        }
    }
}

/// A label's name in its colour.
pub(super) fn label_name(label: &str) -> Markup {
    html! { span class={ "said " (label_class(label)) } { (sanitize::name(label)) } }
}

/// A sentence's label: a person's in its colour, a guess of the model without; and whether the sentence
/// does not name the target.
pub(super) fn sentence_label(given: &SentenceLabel) -> Markup {
    let label = given.label.name();
    let colour = if given.is_checked() { label_class(label) } else { "guess" };
    html! {
        span class={ "said " (colour) } { (wording::judged(label, given.by)) }
        @if !given.is_mention() { " does not name the target" }
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
