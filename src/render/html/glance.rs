//! The answers that most readers come for, in one table, each leading to its sentences.

use maud::{Markup, html};

use super::grid::{Cell, Facts, Grid, Head, Row};
use super::page::Page;
use super::{quotes, strip};
use crate::render::clean;
use crate::render::inference::points;
use crate::report::{OutletSummary, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// So many labels have columns here; the sections below show all.
const LABELS: usize = 2;

/// Who says it in their own words, who only quotes it, who leaves out what, whose headline goes
/// further.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
    if page.outlets.is_empty() {
        return None;
    }
    Some(html! {
        @for (number, target) in page.targets() {
            (page.target_title(target))
            (table(page, number, target).show())
        }
        p class="hint" {
            "Counted are sentences to which the model gives the label: first of those that name the \
            target, then, in small letters, of those that do not (context), where it is a poorer \
            judge. Each number leads to its sentences: read them before you repeat it. "
            @if page.report.quotes.shared.is_empty() { "" } @else {
                "Quotes left out are numbered as below; in bold those that at least half of the \
                outlets have. "
            }
            "Points: how much more probable a label is in the headline than in the body’s own-voice \
            sentences that name the target, on average over articles."
        }
    })
}

fn table(page: &Page<'_>, number: usize, target: &TargetSummary) -> Grid {
    let sides: Vec<usize> = page.sides().take(LABELS).collect();
    let mut heads = vec![Head::words("outlet")];
    for &label in &sides {
        let name = clean::name(page.report.label(label));
        for voice in Voice::ALL {
            heads.push(head(&name, voice));
        }
    }
    let has_quotes = !page.report.quotes.shared.is_empty();
    heads.extend(has_quotes.then(|| Head::words("shared quotes left out")));
    heads.push(Head::words("headline goes further than body"));
    let row = |(at, outlet): (usize, &OutletSummary)| {
        let mut cells = vec![Cell::words(&page.outlet_name(at))];
        for &label in &sides {
            for voice in Voice::ALL {
                let behind = page.behind(number, at, voice, label);
                cells.push(count(outlet, voice, label, behind.as_deref()));
            }
        }
        cells.extend(has_quotes.then(|| left_out(page, at)));
        cells.push(headline(page, outlet, &sides));
        Row { facts: Facts { target: Some(number), ..Facts::of_outlet(at) }, cells }
    };
    Grid {
        id: format!("glance-{number}"),
        caption: "Who says it, who quotes it".to_owned(),
        heads,
        rows: page.summaries(target).map(row).collect(),
    }
}

fn head(label: &str, voice: Voice) -> Head {
    let voice = match voice {
        Voice::Outlet => "in its own words",
        Voice::Attributed => "in quotes",
    };
    let csv = ["", " of", " (context)", " (context) of"];
    Head {
        shown: html! { span class={ "said " (strip::class(label)) } { (label) } " " (voice) },
        csv: csv.iter().map(|more| format!("{label} {voice}{more}")).collect(),
        class: "figure",
    }
}

fn count(outlet: &OutletSummary, voice: Voice, label: usize, behind: Option<&str>) -> Cell {
    let [naming, context] = [About::Mention, About::Context].map(|about| {
        let stratum = outlet.stratum(voice, about);
        let count = stratum.and_then(|stratum| stratum.shares.get(label));
        (count.map_or(0, |share| share.predicted), stratum.map_or(0, |stratum| stratum.sentences))
    });
    let counts = [naming.0, naming.1, context.0, context.1];
    let shown = html! {
        (naming.0) " of " (naming.1)
        @if context.1 > 0 { br; small { "+ " (context.0) " of " (context.1) } }
    };
    let value = naming.0 as f64 + context.0 as f64 / 1000.0;
    let csv = counts.iter().map(u64::to_string).collect();
    let cell = Cell { shown, value: Some(value), csv, class: "figure", outlet: None };
    cell.linked(behind)
}

fn left_out(page: &Page<'_>, outlet: usize) -> Cell {
    let absent = quotes::left_out(page.report, outlet);
    let numbers: Vec<String> = absent.iter().map(|(quote, _)| (quote + 1).to_string()).collect();
    let shown = html! {
        @if absent.is_empty() { "none" }
        @else if absent.len() > quotes::SHOWN {
            a href="#quotes" { (absent.len()) " of " (page.report.quotes.shared.len()) }
        }
        @else {
            @for (at, (quote, is_common)) in absent.iter().enumerate() {
                @if at > 0 { ", " }
                a href={ "#q-" (quote + 1) } {
                    @if *is_common { b { (quote + 1) } } @else { (quote + 1) }
                }
            }
        }
    };
    let common = absent.iter().filter(|(_, is_common)| *is_common).count();
    let value = common as f64 + absent.len() as f64 / 1000.0;
    Cell { shown, value: Some(value), ..Cell::words(&numbers.join(" ")) }
}

fn headline(page: &Page<'_>, outlet: &OutletSummary, sides: &[usize]) -> Cell {
    let gaps = sides.iter().filter_map(|&label| {
        Some((label, outlet.headline_gap.gaps.get(label)?.0)).filter(|(_, gap)| gap.is_finite())
    });
    match gaps.max_by(|a, b| a.1.total_cmp(&b.1)) {
        None => Cell::words("–"),
        Some((label, gap)) if gap > 0.0 => {
            let name = clean::name(page.report.label(label));
            let words = format!("{name} {} points", points(gap));
            Cell { value: Some(gap), ..Cell::words(&words) }.linked(Some("#headlines"))
        }
        Some((_, gap)) => Cell { value: Some(gap), ..Cell::words("no") },
    }
}
