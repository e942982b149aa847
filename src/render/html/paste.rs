//! Paragraphs to be pasted elsewhere.

use maud::{Markup, html};

use super::page::Page;
use crate::render::clean;
use crate::render::paste;

/// What may be said of each target, and no more.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        html! {
            p class="hint" { "To be pasted elsewhere; never stronger than the evidence." }
            @for (_, target) in page.targets() {
                (page.target_title(target))
                div class="paste" {
                    @for text in paste::paragraphs(page.report, target) { p { (clean::tidy(&text)) } }
                }
            }
        }
    })
}
