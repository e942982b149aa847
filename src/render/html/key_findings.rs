//! The four answers that most readers come for, each part leading to its evidence.

use maud::{Markup, html};

use super::html_view::HtmlView;
use crate::render::key_findings::{FindingLine, FindingPart, KeyFinding, Place, answers};

/// Who says it, who only quotes it, who leaves out what, whose headline goes further.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    if page.outlets.is_empty() {
        return None;
    }
    Some(html! {
        @for (number, target) in page.targets() {
            (page.target_title(target))
            div class="answers" {
                @for answer in answers(page.report, number) { (one(page, number, &answer)) }
            }
        }
    })
}

fn one(page: &HtmlView<'_>, target: usize, answer: &KeyFinding) -> Markup {
    let is_shown = |line: &&FindingLine| line.outlet.is_none_or(|at| page.outlets.contains(&at));
    html! {
        div class="answer" {
            h3 { (answer.question) }
            @if !answer.key.is_empty() { p class="hint" { (answer.key) } }
            ul { @for line in answer.lines.iter().filter(is_shown) {
                li dir="auto" {
                    @for part in &line.parts { (shown(page, target, part)) }
                }
            } }
        }
    }
}

fn shown(page: &HtmlView<'_>, target: usize, part: &FindingPart) -> Markup {
    let href = part.place.as_ref().and_then(|place| href(page, target, place));
    html! {
        @if let Some(href) = href { a href=(href) { (part.words) } } @else { (part.words) }
    }
}

fn href(page: &HtmlView<'_>, target: usize, place: &Place) -> Option<String> {
    match place {
        Place::Group { outlet, voice, label } => page.behind(target, *outlet, *voice, *label),
        Place::Sentence { outlet, article, number } => page.sentence(*outlet, article, *number),
        Place::Headline { outlet, article } => {
            let table = || format!("#headlines-{target}");
            Some(page.sentence(*outlet, article, 1).unwrap_or_else(table))
        }
        Place::Quote(quote) => Some(format!("#q-{}", quote + 1)),
        Place::Glance => Some(format!("#glance-{target}")),
        Place::Headlines => Some(format!("#headlines-{target}")),
        Place::Omissions => Some("#omissions".to_owned()),
    }
}
