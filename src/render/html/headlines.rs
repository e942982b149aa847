//! Headline against body.

use maud::{Markup, html};

use super::evidence::marked;
use super::grid::{Cell, Facts, Grid, Head, Row};
use super::page::Page;
use super::{link, said};
use crate::bootstrap::{Interval, MIN_CLUSTERS};
use crate::render::clean;
use crate::render::csv::decimal;
use crate::render::event;
use crate::render::inference::{points, points_interval};
use crate::render::phrase;
use crate::report::{Line, Opening, OutletSummary, Tally, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// So many articles are shown; of each outlet the same number.
const SHOWN: usize = 60;

/// What headlines express, and whether they go further than their articles.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
    let mut all = page.targets().flat_map(|(_, target)| page.summaries(target));
    if all.all(|(_, outlet)| outlet.openings.shown.is_empty()) {
        return None;
    }
    Some(html! {
        p class="hint" {
            "The lead is the first sentence of the body. Body: how many of its own-voice sentences \
            that name the target get the label; small, the mean probability. Marked are the words that \
            spoke most for the label."
        }
        @for (number, target) in page.targets() {
            (page.target_title(target))
            (lines(page, number, target).stacked().show())
            (gaps(page, number, target))
        }
    })
}

/// Headline and lead side by side, the body's mean beside them.
fn lines(page: &Page<'_>, number: usize, target: &TargetSummary) -> Grid {
    let each = (SHOWN / page.outlets.len().max(1)).max(1);
    let rows = page.summaries(target).flat_map(|(at, outlet)| {
        let shown = outlet.openings.shown.iter().take(each);
        shown.map(move |opening| row(page, (number, at), opening))
    });
    let mut heads = ["outlet", "article"].map(Head::words).to_vec();
    for part in ["headline", "lead"] {
        let csv =
            [part, &format!("{part} expresses"), &format!("{part} probability")].map(str::to_owned);
        heads.push(Head { csv: csv.to_vec(), ..Head::words(part) });
    }
    let labels = page.report.provenance.labels.iter();
    heads.extend(labels.map(|label| {
        let name = clean::name(label);
        let csv = ["", " count", " of"].map(|more| format!("body {name}{more}")).to_vec();
        Head { csv, ..Head::figures(&format!("body: {name}")) }
    }));
    Grid {
        id: format!("headlines-{number}"),
        caption: "Headline, lead and body side by side".to_owned(),
        heads,
        rows: rows.collect(),
    }
}

fn row(page: &Page<'_>, (target, at): (usize, usize), opening: &Opening) -> Row {
    let article = clean::name(&opening.article);
    let mut cells = vec![
        Cell::words(&page.outlet_name(at)),
        Cell { shown: link(&opening.url, &article), ..Cell::words(&article) },
        line(page, opening.headline.as_ref()),
        line(page, opening.lead.as_ref()),
    ];
    let labels = 0..page.report.provenance.labels.len();
    cells.extend(labels.map(|label| body(&opening.body, label)));
    Row { facts: Facts { target: Some(target), ..Facts::of_outlet(at) }, cells }
}

/// Of how many sentences how many get a label, and its mean probability.
fn body(body: &Tally, label: usize) -> Cell {
    let (count, all) = (body.predicted(label), body.sentences());
    let mean = body.mean(label);
    let shown = html! {
        @match mean {
            None => "–",
            Some(mean) => { (count) " of " (all) br; " " small { (phrase::percent(mean)) " %" } },
        }
    };
    let csv = vec![decimal(mean), count.to_string(), all.to_string()];
    Cell { shown, value: mean, csv, class: "figure", outlet: None }
}

fn line(page: &Page<'_>, line: Option<&Line>) -> Cell {
    let Some(line) = line else {
        return Cell { csv: vec![String::new(); 3], ..Cell::words("–") };
    };
    let speakers = clean::list(&line.speakers, "; ");
    let shown = html! {
        span dir="auto" {
            (marked(clean::excerpt(&line.text), &line.evidence.marks)) (clean::more(&line.text))
        }
        br; " "
        small {
            @match line.judged {
                None => "not about the target",
                Some(judged) => {
                    (said(page.report, judged.label, judged.probability))
                    @if judged.about == About::Context { " context" }
                }
            }
            @if line.voice == Voice::Attributed {
                @if speakers.is_empty() { ", a source quoted or reported" } @else { ", quoting or reporting " (speakers) }
            }
        }
    };
    let label = line.judged.map(|judged| clean::name(page.report.label(judged.label)));
    let csv = vec![
        clean::shortened(&line.text),
        label.unwrap_or_default(),
        decimal(line.judged.map(|judged| judged.probability)),
    ];
    Cell { shown, value: None, csv, class: "long", outlet: None }
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
        let is_few = outlet.headline_gap.articles < MIN_CLUSTERS;
        let facts = Facts { target: Some(number), is_few, ..Facts::of_outlet(*at) };
        Row { facts, cells }
    };
    let mut rows: Vec<Row> = found.iter().map(row).collect();
    rows.sort_by_key(|row| row.facts.is_few);
    let grid = Grid {
        id: format!("headline-gaps-{number}"),
        caption: "Headline beside body, in points of probability".to_owned(),
        heads,
        rows,
    };
    html! {
        p class="hint" { (event::HEADLINES) " Faint: fewer than five articles, too few for an interval." }
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
