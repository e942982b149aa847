//! The sentences below the chart: guesses to be checked first, or checked sentences behind the title.

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::{label_name, web_link};
use crate::render::figures::first_sentences::explained;
use crate::render::sanitize;
use crate::report::{Exemplar, Judge};

/// Own sentences that take a side: by the model's guess, or by people.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_any = |target: TargetView<'_>| !page.report.first_sentences(target.number).is_empty();
    page.targets().any(is_any).then(|| page.each_target(one))
}

fn one(target: TargetView<'_>) -> Markup {
    let report = target.page.report;
    let chosen = report.first_sentences(target.number);
    html! {
        @if !chosen.is_empty() {
            p { (explained(report, target.number)) }
            ul class="examples" {
                @for (outlet, of) in chosen {
                    li {
                        blockquote dir="auto" { (sanitize::tidy(&of.text)) }
                        p class="source" { (source(target.outlet(outlet), of)) }
                    }
                }
            }
        }
    }
}

fn source(outlet: OutletView<'_>, of: &Exemplar) -> Markup {
    let part = if of.is_headline() { ", headline" } else { "" };
    let label = of.label.name();
    html! {
        (web_link(&of.url, &outlet.name())) " · own words" (part) " · "
        @match of.by {
            Judge::Model => "not checked",
            Judge::Coder => { (label_name(label)) " (checked ✓)" }
        }
    }
}
