//! Paragraphs to copy into other texts.

use maud::{Markup, html};

use super::html_view::HtmlView;
use crate::render::sanitize;
use crate::render::summary_text;

/// What the evidence allows to be said of each target.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        html! {
            p class="hint" { "To be pasted elsewhere; never stronger than the evidence." }
            (page.each_target(|target| html! {
                div class="paste" {
                    @for text in summary_text::paragraphs(page.report, target.summary) { p { (sanitize::tidy(&text)) } }
                }
            }))
        }
    })
}
