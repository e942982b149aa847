//! The four answers that most readers come for, each part leading to its evidence.

use maud::{Markup, html};

use super::html_view::{HtmlView, TargetView};
use super::markup::page_link;
use crate::render::findings::{AnsweredQuestion, Line, LinkDestination, Part, answers};

/// Who says it, who only quotes it, who leaves out what, whose headline goes further.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        page.each_target(|target| {
            html! {
                div class="answers" {
                    @for answer in answers(page.report, target.number) { (one(target, &answer)) }
                }
            }
        })
    })
}

fn one(target: TargetView<'_>, answer: &AnsweredQuestion) -> Markup {
    let outlets = &target.page.outlets;
    let is_shown = |line: &&Line| line.outlet.is_none_or(|at| outlets.contains(&at));
    html! {
        div class="answer" {
            h3 { (answer.question) }
            @if !answer.key.is_empty() { p class="hint" { (answer.key) } }
            ul { @for line in answer.lines.iter().filter(is_shown) {
                li dir="auto" { @for part in &line.parts { (linked(target, part)) } }
            } }
        }
    }
}

fn linked(target: TargetView<'_>, part: &Part) -> Markup {
    let href = part.place.as_ref().and_then(|place| href(target, place));
    page_link(href.as_deref(), &html! { (part.words) })
}

fn href(target: TargetView<'_>, place: &LinkDestination) -> Option<String> {
    let headlines = || format!("#headlines-{}", target.number);
    match place {
        LinkDestination::Group { outlet, voice, label } => {
            target.outlet(*outlet).group_href(*voice, *label)
        }
        LinkDestination::Sentence { outlet, article, number } => {
            target.page.sentence_href(*outlet, article, *number)
        }
        LinkDestination::Headline { outlet, article } => {
            target.page.sentence_href(*outlet, article, 1).or_else(|| Some(headlines()))
        }
        LinkDestination::Quote(quote) => Some(format!("#q-{}", quote + 1)),
        LinkDestination::Overview => Some(format!("#glance-{}", target.number)),
        LinkDestination::Headlines => Some(headlines()),
        LinkDestination::Omissions => Some("#omissions".to_owned()),
    }
}
