//! Is this the right corpus?

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::stance::of_outlets;
use crate::render::figures::coverage;

/// What was read of each outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        html! {
            p class="hint" {
                "Sentences in headlines and bodies count. Shared: printed by another outlet too. \
                Readers’ comments, and menus, links and adverts that came along with the articles, are \
                left out of every figure."
            }
            (of_outlets(page, "corpus-table", coverage::table(page.report)).show())
        }
    })
}
