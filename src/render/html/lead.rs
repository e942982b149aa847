//! The head of the page: what may be said of each target, and the chart.

use maud::{Markup, html};

use super::html_view::{HtmlView, TargetView};
use super::stance_chart::figure;
use crate::render::lead::{LeadText, lead};
use crate::render::wording;
use crate::report::Evidence;

/// A title, at most three sentences and the chart; of several targets one after the other.
pub(super) fn content(page: &HtmlView<'_>) -> Markup {
    let targets: Vec<TargetView<'_>> = page.targets().collect();
    if page.outlets.is_empty() {
        return html! { h1 { (wording::title(page.report)) } };
    }
    match targets.as_slice() {
        [target] => one(*target, &lead(page.report, target.number), true),
        several => html! {
            h1 { (wording::title(page.report)) }
            @for target in several { (one(*target, &lead(page.report, target.number), false)) }
        },
    }
}

fn one(target: TargetView<'_>, text: &LeadText, is_alone: bool) -> Markup {
    let is_unchecked = target.page.report.lead(target.number).evidence == Evidence::Unchecked;
    html! {
        @if is_alone { h1 dir="auto" { (&text.title) } }
        @else { h2 class="lead-title" dir="auto" { (&text.title) } }
        @for (at, sentence) in text.sentences.iter().enumerate() {
            p class="lead" dir="auto" {
                (sentence)
                @if is_unchecked && at + 1 == text.sentences.len() && sentence.starts_with("Nobody has checked") {
                    " " a href="#label" { "How to label" }
                }
            }
        }
        (figure(target))
    }
}
