//! A report as one page that opens from disk: no network, light and dark, narrow, wide and printed.
//!
//! Everything that comes from outside is escaped by the template. The page is whole without its
//! script, which only sorts, filters and saves. What it shows stays bounded: the outlets are chosen
//! in `page.rs`, the sentences in the report.

mod content_security_policy;
mod corpus_overview;
mod distinctive_words;
mod dot_plot;
mod frames;
mod headlines;
mod html_view;
mod key_findings;
mod methods;
mod overview_table;
mod position_strips;
mod quote_overlap;
mod quotes;
mod sentence_explorer;
mod sortable_table;
mod speakers;
mod stance;
mod summary_text;
mod timeline;
mod uncertainty;
mod voice_shares;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::wording;
use crate::report::Report;
use html_view::HtmlView;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A part of the page.
struct Section {
    /// Its address within the page.
    id: &'static str,
    title: &'static str,
    /// Nothing where the report has nothing of the kind.
    content: fn(&HtmlView<'_>) -> Option<Markup>,
}

/// Every section, in the order of the questions that readers ask. Adding one is adding a line here.
const SECTIONS: &[Section] = &[
    Section { id: "minute", title: "In one minute", content: key_findings::content },
    Section { id: "glance", title: "At a glance", content: overview_table::content },
    Section { id: "corpus", title: "What was read", content: corpus_overview::content },
    Section { id: "stance", title: "The outlets’ own voices", content: stance::content },
    Section {
        id: "voices",
        title: "Their words or their sources’?",
        content: voice_shares::content,
    },
    Section { id: "headlines", title: "Headlines and bodies", content: headlines::content },
    Section { id: "speakers", title: "Who is quoted", content: speakers::content },
    Section { id: "quotes", title: "Shared quotes", content: quotes::content },
    Section { id: "evidence", title: "The sentences", content: sentence_explorer::content },
    Section { id: "frames", title: "Frames", content: frames::content },
    Section { id: "words", title: "Distinctive words", content: distinctive_words::content },
    Section { id: "ribbons", title: "Where in the article", content: position_strips::content },
    Section { id: "timeline", title: "Over time", content: timeline::content },
    Section { id: "sureness", title: "How sure are we?", content: uncertainty::content },
    Section { id: "method", title: "Method", content: methods::content },
    Section { id: "paste", title: "Text to copy", content: summary_text::content },
];

/// The report as an HTML page.
pub(super) fn html(report: &Report) -> String {
    let page = HtmlView::new(report);
    let title = wording::title(report);
    let sections: Vec<(&Section, Markup)> = (SECTIONS.iter())
        .filter_map(|section| Some((section, (section.content)(&page)?)))
        .collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(content_security_policy::policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to the report" }
                header {
                    h1 { (title) }
                    p { (wording::corpus(report)) " " (wording::left_out(report)) }
                    (page.cut())
                }
                nav aria-label="Contents" {
                    ul { @for (section, _) in &sections {
                        li { a href={ "#" (section.id) } { (section.title) } }
                    } }
                }
                (sentence_explorer::filter(&page))
                main id="main" {
                    @for (section, content) in &sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                            h2 id={ (section.id) "-title" } { (section.title) }
                            (content)
                        }
                    }
                }
                footer { p { (wording::made_by(report)) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// A link only where the address is one of the web; an article's address comes from outside.
fn link(url: &str, text: &str) -> Markup {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    html! {
        @if is_web { a href=(url) rel="noreferrer noopener" dir="auto" { (text) } }
        @else { span dir="auto" { (text) } }
    }
}

/// What one sentence expresses, in words and colour.
fn said(report: &Report, label: usize, probability: f64) -> Markup {
    html! {
        span class={ "said " (dot_plot::class(report.label(label))) } {
            (wording::said(report, label, probability))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        assert!(link("HTTPS://example.org/?a=\"b", "x").into_string().contains("&quot;b"));
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "é"] {
            assert!(!link(url, "x").into_string().contains("href"), "{url}");
        }
    }
}
