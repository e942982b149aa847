//! A report as one page that opens from disk: no network, light and dark, narrow, wide and printed.
//!
//! The template escapes everything that comes from outside. The page is whole without its script,
//! which only sorts, filters and saves. What it shows is bounded: `html_view` chooses the outlets, the
//! report the sentences.

mod article_position_strips;
mod changes;
mod content_security_policy;
mod corpus_overview;
mod distinctive_words;
mod dot_plot;
mod first_sentences;
mod frames;
mod headlines;
mod how_to_label;
mod html_view;
mod lead;
mod markup;
mod methods;
mod quote_overlap;
mod row_attributes;
mod sentence_explorer;
mod shared_quotes;
mod sortable_table;
mod speakers;
mod stance;
mod stance_chart;
mod summary_text;
mod timeline;
mod uncertainty;
mod voice_shares;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::figures::changes::TITLE as CHANGES;
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
    Section { id: "changes", title: CHANGES, content: changes::content },
    Section { id: "first", title: "Read these first", content: first_sentences::content },
    Section { id: "label", title: "How to label", content: how_to_label::content },
    Section {
        id: "quotes",
        title: "The same words in several outlets",
        content: shared_quotes::content,
    },
    Section { id: "speakers", title: "Who is quoted", content: speakers::content },
    Section {
        id: "ribbons",
        title: "Where in the article",
        content: article_position_strips::content,
    },
    Section { id: "headlines", title: "Headlines and bodies", content: headlines::content },
    Section { id: "timeline", title: "Over time", content: timeline::content },
    Section { id: "frames", title: "Frames", content: frames::content },
    Section { id: "words", title: "Distinctive words", content: distinctive_words::content },
    Section {
        id: "limits",
        title: "How sure, and what cannot be said",
        content: uncertainty::notes,
    },
    Section { id: "evidence", title: "Sentences", content: sentence_explorer::content },
];

/// The section that the form for filtering stands before.
const FILTERED: &str = "evidence";

const COMPUTED_TITLE: &str = "How was this computed?";

/// How the figures were computed, and the estimates that the head of the page does not show: folded.
const COMPUTED: &[Section] = &[
    Section { id: "corpus", title: "What was read", content: corpus_overview::content },
    Section { id: "stance", title: "Shares in the outlets’ own words", content: stance::content },
    Section {
        id: "voices",
        title: "Shares in own words and in quotes",
        content: voice_shares::content,
    },
    Section { id: "sureness", title: "Hand labels and errors", content: uncertainty::content },
    Section { id: "paste", title: "Text to copy", content: summary_text::content },
    Section { id: "method", title: "Method", content: methods::content },
];

/// The report as an HTML page.
pub(super) fn html(report: &Report) -> String {
    let page = HtmlView::new(report);
    let title = wording::title(report);
    let shown = |sections: &'static [Section]| -> Vec<(&Section, Markup)> {
        let shown = sections.iter();
        shown.filter_map(|section| Some((section, (section.content)(&page)?))).collect()
    };
    let (sections, computed) = (shown(SECTIONS), shown(COMPUTED));
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
                a class="skip" href="#main" { "Skip to the details" }
                header { (lead::content(&page)) (page.omitted_outlets()) }
                nav aria-label="Contents" {
                    ul {
                        @for (section, _) in &sections {
                            li { a href={ "#" (section.id) } { (section.title) } }
                        }
                        li { a href="#computed" { (COMPUTED_TITLE) } }
                    }
                }
                main id="main" {
                    @for (section, content) in &sections {
                        @if section.id == FILTERED { (sentence_explorer::filter(&page)) }
                        section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                            h2 id={ (section.id) "-title" } { (section.title) }
                            (content)
                        }
                    }
                    section id="computed" aria-labelledby="computed-title" {
                        h2 id="computed-title" { (COMPUTED_TITLE) }
                        p { (wording::corpus(report)) " " (wording::left_out(report)) }
                        @for (section, content) in &computed {
                            details class="computed" id=(section.id) {
                                summary { h3 { (section.title) } }
                                (content)
                            }
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
