//! A report as one page that opens from disk: no network, light and dark, narrow, wide and printed.
//!
//! The template escapes everything that comes from outside. The page is whole without its script,
//! which only sorts, filters and saves. What it shows is bounded: `html_view` chooses the outlets, the
//! report the sentences.

mod article_position_strips;
mod content_security_policy;
mod corpus_overview;
mod distinctive_words;
mod dot_plot;
mod frames;
mod headlines;
mod html_view;
mod key_findings;
mod markup;
mod methods;
mod overview_table;
mod quote_overlap;
mod row_attributes;
mod sentence_explorer;
mod shared_quotes;
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

/// A section of the page.
struct Section {
    /// Its address within the page.
    id: &'static str,
    title: &'static str,
    /// None where the report has nothing to show.
    content: fn(&HtmlView<'_>) -> Option<Markup>,
}

/// Every section, in the order of readers' questions. Adding one is adding a line here.
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
    Section { id: "quotes", title: "Shared quotes", content: shared_quotes::content },
    Section { id: "evidence", title: "The sentences", content: sentence_explorer::content },
    Section { id: "frames", title: "Frames", content: frames::content },
    Section { id: "words", title: "Distinctive words", content: distinctive_words::content },
    Section {
        id: "ribbons",
        title: "Where in the article",
        content: article_position_strips::content,
    },
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
                    (page.omitted_outlets())
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
