//! Paragraphs to be pasted elsewhere.

use maud::{Markup, html};

use super::html_view::HtmlView;
use crate::render::sanitize;
use crate::render::summary_text;

/// What may be said of each target, and no more.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        html! {
            p class="hint" { "To be pasted elsewhere; never stronger than the evidence." }
            @for (_, target) in page.targets() {
                (page.target_title(target))
                div class="paste" {
                    @for text in summary_text::paragraphs(page.report, target) { p { (sanitize::tidy(&text)) } }
                }
            }
        }
    })
}
