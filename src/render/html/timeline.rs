//! Outlets over time: small charts on one scale, gaps left as gaps.

use maud::{Markup, html};

use super::dot_plot;
use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable, data};
use crate::calendar_day::Day;
use crate::render::figures::timeline::{has_course, lacking};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Point, Share, TargetSummary};

/// A chart's height, and where 100 % and 0 % stand in it.
const HEIGHT: f64 = 70.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 64.0;

/// So many labels are drawn, those that take a side.
const LABELS: usize = 2;

/// The course of each outlet that has one, or why there is none.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_dated = page.targets().any(|(_, target)| !target.timeline.starts.is_empty());
    (is_dated && !page.outlets.is_empty()).then(|| {
        html! {
            @for (number, target) in page.targets() {
                (page.target_title(target))
                (of_target(page, number, target))
            }
        }
    })
}

fn of_target(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let timeline = &target.timeline;
    let points = |at: &usize| timeline.outlets.get(*at).map_or(&[][..], Vec::as_slice);
    let followed: Vec<usize> =
        page.outlets.iter().copied().filter(|at| has_course(points(at))).collect();
    let step = timeline.step.name();
    html! {
        @if followed.is_empty() { p { "No course is drawn: " (lacking(timeline)) } }
        @else {
            p class="hint" {
                "Own-voice sentences that name the target, by " (step) ", from "
                (timeline.starts[0]) " to " (timeline.starts[timeline.starts.len() - 1])
                ", of outlets with five articles in two " (step) "s at least. A dot is "
                (side(page, 0)) ", a diamond " (side(page, 1)) ", from 0 to 100 %; a line is the 95 % \
                interval over articles; a hollow mark has none, or one wider than 20 points."
                @if timeline.undated > 0 {
                    " Left out: " (wording::several(timeline.undated, "article")) " without a date."
                }
            }
            ul class="ribbons" {
                @for at in &followed {
                    li data-target=(number) data-outlet=(at) {
                        span dir="auto" { (page.outlet_name(*at)) }
                        (chart(page, *at, points(at)))
                    }
                }
                (axis(&timeline.starts))
            }
        }
        (data(&format!("timeline-{number}"), &table(page, target).csv()))
    }
}

fn side(page: &HtmlView<'_>, at: usize) -> String {
    page.sides().nth(at).map_or_else(String::new, |label| sanitize::name(page.report.label(label)))
}

fn chart(page: &HtmlView<'_>, outlet: usize, points: &[Point]) -> Markup {
    let n = points.len();
    let labels: Vec<usize> = page.sides().take(LABELS).collect();
    let sentences: u64 = points.iter().map(|point| point.own.sentences).sum();
    let told = format!(
        "{}: {} over {n} points in time; the figures stand in the data below",
        page.outlet_name(outlet),
        wording::several(sentences, "sentence")
    );
    html! {
        svg class="course" role="img" aria-label=(told) height=(HEIGHT) {
            @for half in 0..=2_u32 {
                @let place = y(f64::from(half) / 2.0);
                line class="grid" x1="0" x2="100%" y1=(place) y2=(place) {}
            }
            @for (at, point) in points.iter().enumerate() {
                @for (side, label) in labels.iter().enumerate() {
                    @if let Some(share) = point.own.shares.get(*label).filter(|s| s.mean.is_finite()) {
                        g class=(dot_plot::class(page.report.label(*label))) {
                            (mark(&place(at, n, side), side, share))
                        }
                    }
                }
            }
        }
    }
}

/// The days below the charts: the first, the middle one and the last.
fn axis(starts: &[Day]) -> Markup {
    let n = starts.len();
    let middle = (n > 2).then_some((n / 2, "middle"));
    let ends = [(0, "start"), (n.saturating_sub(1), "end")];
    html! {
        li aria-hidden="true" {
            span {}
            svg class="axis" height="14" {
                @for (at, anchor) in ends.into_iter().chain(middle) {
                    @if let Some(day) = starts.get(at) {
                        text x=(place(at, n, 0)) y="11" text-anchor=(anchor) { (day) }
                    }
                }
            }
        }
    }
}

/// Where a point in time stands; the sides beside each other.
fn place(at: usize, n: usize, side: usize) -> String {
    let middle = 100.0 * (at as f64 + 0.5) / n.max(1) as f64;
    format!("{:.2}%", middle + (side as f64 - 0.5) * (20.0 / n.max(1) as f64).min(1.5))
}

fn y(share: f64) -> f64 {
    (BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)).round()
}

fn mark(x: &str, side: usize, share: &Share) -> Markup {
    let class = if share.is_loose() { "mark hollow" } else { "mark" };
    html! {
        @if let Some(interval) = share.interval {
            line class="interval" x1=(x) x2=(x) y1=(y(interval.low)) y2=(y(interval.high)) {}
        }
        @if side == 0 { circle class=(class) cx=(x) cy=(y(share.mean)) r="3.5" {} }
        @else {
            svg x=(x) y=(y(share.mean)) overflow="visible" {
                path class=(class) d="M0-4.5 4.5 0 0 4.5-4.5 0z" {}
            }
        }
    }
}

/// Every outlet shown, every stretch of time in which it has an article.
fn table(page: &HtmlView<'_>, target: &TargetSummary) -> SortableTable {
    let timeline = &target.timeline;
    let mut heads: Vec<ColumnHead> =
        ["outlet", "from", "articles", "naming", "sentences"].map(ColumnHead::words).into();
    for label in &page.report.provenance.labels {
        let name = sanitize::name(label);
        let csv = ["", " low", " high"].map(|more| format!("{name}{more}"));
        heads.push(ColumnHead { csv: csv.to_vec(), ..ColumnHead::figures(&name) });
    }
    let labels = 0..page.report.provenance.labels.len();
    let mut rows = Vec::new();
    for &at in &page.outlets {
        let points = timeline.outlets.get(at).into_iter().flatten();
        for (start, point) in timeline.starts.iter().zip(points).filter(|(_, p)| p.articles > 0) {
            let mut cells = vec![
                Cell::words(&page.outlet_name(at)),
                Cell::words(&start.to_string()),
                Cell::count(point.articles),
                Cell::count(point.own.articles as u64),
                Cell::count(point.own.sentences),
            ];
            cells.extend(labels.clone().flat_map(|label| {
                let share = point.own.shares.get(label);
                let interval = Cell::interval(share.and_then(|share| share.interval));
                [Cell::percent(share.map(|share| share.mean)), interval]
            }));
            rows.push(Row { facts: RowAttributes::default(), cells });
        }
    }
    SortableTable { id: "timeline".to_owned(), caption: String::new(), heads, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_in_their_stretch_and_on_the_scale() {
        assert_eq!((place(0, 2, 0), place(1, 2, 1)), ("24.25%".to_owned(), "75.75%".to_owned()));
        assert_eq!(place(0, 100, 0), "0.40%");
        assert_eq!((y(0.0), y(1.0), y(7.0)), (64.0, 6.0, 6.0));
    }
}
