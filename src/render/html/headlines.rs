//! Headline against body.

use maud::{Markup, html};

use super::grid::{Cell, Facts, Grid, Head, Row};
use super::page::Page;
use super::{link, said};
use crate::bootstrap::Interval;
use crate::render::clean;
use crate::render::csv::decimal;
use crate::render::event;
use crate::render::inference::{points, points_interval};
use crate::report::{Headline, OutletSummary, TargetSummary};
use crate::target::About;

/// What headlines express, and whether they go further than their articles.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
    let all = page.targets().flat_map(|(_, target)| page.summaries(target));
    if all.map(|(_, outlet)| outlet.headlines.total()).sum::<u64>() == 0 {
        return None;
    }
    Some(html! {
        @for (number, target) in page.targets() {
            (page.target_title(target))
            (lines(page, number, target).show())
            (gaps(page, number, target))
        }
    })
}

fn lines(page: &Page<'_>, number: usize, target: &TargetSummary) -> Grid {
    let rows = page.summaries(target).flat_map(|(at, outlet)| {
        outlet.headlines.shown.iter().map(move |line| row(page, (number, at), line))
    });
    let heads = ["outlet", "headline", "expresses"].map(Head::words).into_iter();
    Grid {
        id: format!("headlines-{number}"),
        caption: "Headlines (of each outlet at most ten)".to_owned(),
        heads: heads.chain([Head { csv: vec!["probability".into()], ..Head::figures("%") }]).collect(),
        rows: rows.collect(),
    }
}

fn row(page: &Page<'_>, (target, at): (usize, usize), line: &Headline) -> Row {
    let text = clean::shortened(&line.text);
    let label = clean::name(page.report.label(line.label));
    let context = if line.about == About::Context { " (context)" } else { "" };
    let expresses = Cell::words(&format!("{label}{context}"));
    let shown = html! { (said(page.report, line.label, line.probability)) (context) };
    Row {
        facts: Facts {
            target: Some(target),
            label: Some(line.label),
            ..Facts::of_outlet(at)
        },
        cells: vec![
            Cell::words(&page.outlet_name(at)),
            Cell { shown: link(&line.url, &text), ..Cell::words(&text) },
            Cell { shown, ..expresses },
            Cell::percent(Some(line.probability)),
        ],
    }
}

fn gaps(page: &Page<'_>, number: usize, target: &TargetSummary) -> Markup {
    let found: Vec<(usize, &OutletSummary)> =
        page.summaries(target).filter(|(_, outlet)| outlet.headline_gap.articles > 0).collect();
    if found.is_empty() {
        return html! {};
    }
    let labels = 0..page.report.provenance.labels.len();
    let mut heads = vec![Head::words("outlet"), Head::figures("articles")];
    for label in labels.clone() {
        let name = clean::name(page.report.label(label));
        let csv = [&name, &format!("{name} low"), &format!("{name} high")].map(Clone::clone);
        heads.push(Head { csv: csv.to_vec(), ..Head::figures(&name) });
    }
    let row = |(at, outlet): &(usize, &OutletSummary)| {
        let count = Cell::count(outlet.headline_gap.articles as u64);
        let mut cells = vec![Cell::words(&page.outlet_name(*at)), count];
        cells.extend(labels.clone().map(|label| gap(outlet.headline_gap.gaps.get(label))));
        Row { facts: Facts { target: Some(number), ..Facts::of_outlet(*at) }, cells }
    };
    let grid = Grid {
        id: format!("headline-gaps-{number}"),
        caption: "Headline less body, points".to_owned(),
        heads,
        rows: found.iter().map(row).collect(),
    };
    html! {
        p class="hint" { (event::HEADLINES) }
        (grid.show())
        @for (at, outlet) in &found {
            @if !outlet.headline_gap.furthest.is_empty() {
                h4 data-outlet=(at) dir="auto" { (page.outlet_name(*at)) }
                ul data-outlet=(at) { @for gap in &outlet.headline_gap.furthest {
                    li dir="auto" { (event::further(page.report, gap)) }
                } }
            }
        }
    }
}

fn gap(gap: Option<&(f64, Option<Interval>)>) -> Cell {
    let value = gap.map(|(mean, _)| *mean).filter(|mean| mean.is_finite());
    let interval = gap.and_then(|(_, interval)| *interval);
    let shown = html! {
        (value.map_or_else(|| "–".to_owned(), points))
        @if let Some(interval) = interval { " " small { "(" (points_interval(interval)) ")" } }
    };
    let csv = [value, interval.map(|i| i.low), interval.map(|i| i.high)].map(decimal).to_vec();
    Cell { shown, value, csv, class: "figure", outlet: None }
}
