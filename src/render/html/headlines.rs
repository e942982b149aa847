//! Headline against body.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sentence_explorer::marked;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::{link, said};
use crate::cluster_bootstrap::{Interval, MIN_CLUSTERS};
use crate::render::cell::decimal;
use crate::render::figures::headline_gaps;
use crate::render::sanitize;
use crate::render::wording::{self, points, points_interval};
use crate::report::{
    ExampleSentence, HeadlineLeadExample, OutletSummary, PredictionSums, TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// So many articles are shown; of each outlet the same number.
const SHOWN: usize = 60;

/// What headlines express, and whether they go further than their articles.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
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
fn lines(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> SortableTable {
    let each = (SHOWN / page.outlets.len().max(1)).max(1);
    let rows = page.summaries(target).flat_map(|(at, outlet)| {
        let shown = outlet.openings.shown.iter().take(each);
        shown.map(move |opening| row(page, (number, at), opening))
    });
    let mut heads = ["outlet", "article"].map(ColumnHead::words).to_vec();
    for part in ["headline", "lead"] {
        let csv =
            [part, &format!("{part} expresses"), &format!("{part} probability")].map(str::to_owned);
        heads.push(ColumnHead { csv: csv.to_vec(), ..ColumnHead::words(part) });
    }
    let labels = page.report.provenance.labels.iter();
    heads.extend(labels.map(|label| {
        let name = sanitize::name(label);
        let csv = ["", " count", " of"].map(|more| format!("body {name}{more}")).to_vec();
        ColumnHead { csv, ..ColumnHead::figures(&format!("body: {name}")) }
    }));
    SortableTable {
        id: format!("headlines-{number}"),
        caption: "Headline, lead and body side by side".to_owned(),
        heads,
        rows: rows.collect(),
    }
}

fn row(page: &HtmlView<'_>, (target, at): (usize, usize), opening: &HeadlineLeadExample) -> Row {
    let article = sanitize::name(&opening.article);
    let mut cells = vec![
        Cell::words(&page.outlet_name(at)),
        Cell { shown: link(&opening.url, &article), ..Cell::words(&article) },
        line(page, opening.headline.as_ref()),
        line(page, opening.lead.as_ref()),
    ];
    let labels = 0..page.report.provenance.labels.len();
    cells.extend(labels.map(|label| body(&opening.body, label)));
    Row { facts: RowAttributes { target: Some(target), ..RowAttributes::of_outlet(at) }, cells }
}

/// Of how many sentences how many get a label, and its mean probability.
fn body(body: &PredictionSums, label: usize) -> Cell {
    let (count, all) = (body.predicted(label), body.sentences());
    let mean = body.mean(label);
    let shown = html! {
        @match mean {
            None => "–",
            Some(mean) => { (count) " of " (all) br; " " small { (wording::percent(mean)) " %" } },
        }
    };
    let csv = vec![decimal(mean), count.to_string(), all.to_string()];
    Cell { shown, value: mean, csv, class: "figure", outlet: None }
}

fn line(page: &HtmlView<'_>, line: Option<&ExampleSentence>) -> Cell {
    let Some(line) = line else {
        return Cell { csv: vec![String::new(); 3], ..Cell::words("–") };
    };
    let speakers = sanitize::list(&line.speakers, "; ");
    let shown = html! {
        span dir="auto" {
            (marked(sanitize::excerpt(&line.text), &line.evidence.marks)) (sanitize::more(&line.text))
        }
        br; " "
        small {
            @match line.judged {
                None => "not about the target",
                Some(judged) => {
                    (said(page.report, judged.label, judged.probability))
                    @if judged.about == TargetRelation::Context { " context" }
                }
            }
            @if line.voice == Voice::Attributed {
                @if speakers.is_empty() { ", a source quoted or reported" } @else { ", quoting or reporting " (speakers) }
            }
        }
    };
    let label = line.judged.map(|judged| sanitize::name(page.report.label(judged.label)));
    let csv = vec![
        sanitize::shortened(&line.text),
        label.unwrap_or_default(),
        decimal(line.judged.map(|judged| judged.probability)),
    ];
    Cell { shown, value: None, csv, class: "long", outlet: None }
}

fn gaps(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let found: Vec<(usize, &OutletSummary)> =
        page.summaries(target).filter(|(_, outlet)| outlet.headline_gap.articles > 0).collect();
    if found.is_empty() {
        return html! {};
    }
    let labels = 0..page.report.provenance.labels.len();
    let mut heads = vec![ColumnHead::words("outlet"), ColumnHead::figures("articles")];
    for label in labels.clone() {
        let name = sanitize::name(page.report.label(label));
        let csv = [&name, &format!("{name} low"), &format!("{name} high")].map(Clone::clone);
        heads.push(ColumnHead { csv: csv.to_vec(), ..ColumnHead::figures(&name) });
    }
    let row = |(at, outlet): &(usize, &OutletSummary)| {
        let count = Cell::count(outlet.headline_gap.articles as u64);
        let mut cells = vec![Cell::words(&page.outlet_name(*at)), count];
        cells.extend(labels.clone().map(|label| gap(outlet.headline_gap.gaps.get(label))));
        let is_few = outlet.headline_gap.articles < MIN_CLUSTERS;
        let facts = RowAttributes { target: Some(number), is_few, ..RowAttributes::of_outlet(*at) };
        Row { facts, cells }
    };
    let mut rows: Vec<Row> = found.iter().map(row).collect();
    rows.sort_by_key(|row| row.facts.is_few);
    let grid = SortableTable {
        id: format!("headline-gaps-{number}"),
        caption: "Headline beside body, in points of probability".to_owned(),
        heads,
        rows,
    };
    html! {
        p class="hint" { (headline_gaps::KEY) " Faint: fewer than five articles, too few for an interval." }
        (grid.show())
        @for (at, outlet) in &found {
            @if !outlet.headline_gap.furthest.is_empty() {
                h4 data-outlet=(at) dir="auto" { (page.outlet_name(*at)) }
                ul data-outlet=(at) { @for gap in &outlet.headline_gap.furthest {
                    li dir="auto" { (headline_gaps::further(page.report, gap)) }
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
