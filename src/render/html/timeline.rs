//! Shares over time: small charts on one scale, gaps left as gaps.

use maud::{Markup, html};

use super::dot_plot::mark_class;
use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::label_class;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlColumn, SortableTable};
use crate::calendar_day::Day;
use crate::render::cell::Cell;
use crate::render::figures::timeline::no_course;
use crate::render::wording;
use crate::report::{OutletTimeline, Point, Share, TargetSummary};

/// A chart's height, and the heights of 100 % and 0 %.
const HEIGHT: f64 = 70.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 64.0;

/// Maximum number of labels drawn, those that take a side.
const MOST_LABELS: usize = 2;

/// The course of each outlet that has one, or why there is none.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_dated = page.targets().any(|target| !target.summary.timeline.starts.is_empty());
    (is_dated && !page.outlets.is_empty()).then(|| page.each_target(courses))
}

fn courses(target: TargetView<'_>) -> Markup {
    let timeline = &target.summary.timeline;
    let followed: Vec<OutletView<'_>> =
        target.outlets().filter(|outlet| has_course(target.summary, outlet.number)).collect();
    let step = timeline.step.name();
    let labels: Vec<String> =
        target.page.sides().map(|label| target.page.label_name(label)).collect();
    let label = |at: usize| labels.get(at).map_or("", String::as_str);
    html! {
        @if followed.is_empty() { p { "No course is drawn: " (no_course(timeline)) } }
        @else {
            p class="hint" {
                "Own-voice sentences that name the target, by " (step) ", from "
                (timeline.starts[0]) " to " (timeline.starts[timeline.starts.len() - 1])
                ", of outlets with five articles in two " (step) "s at least. A dot is "
                (label(0)) ", a diamond " (label(1)) ", from 0 to 100 %; a line is the 95 % \
                interval over articles; a hollow mark has none, or one wider than 20 points."
                @if timeline.undated > 0 {
                    " Left out: " (wording::several(timeline.undated, "article")) " without a date."
                }
            }
            ul class="ribbons" {
                @for outlet in &followed {
                    li data-target=(target.number) data-outlet=(outlet.number) {
                        span dir="auto" { (outlet.name()) }
                        (chart(outlet, points(target.summary, outlet.number)))
                    }
                }
                (axis(&timeline.starts))
            }
        }
        (table(target).csv())
    }
}

fn has_course(target: &TargetSummary, outlet: usize) -> bool {
    target.timeline.outlets.get(outlet).is_some_and(OutletTimeline::has_course)
}

fn points(target: &TargetSummary, outlet: usize) -> &[Point] {
    target.timeline.outlets.get(outlet).map_or(&[], |of| &of.points)
}

fn chart(outlet: &OutletView<'_>, points: &[Point]) -> Markup {
    let n = points.len();
    let page = outlet.target.page;
    let sentences: u64 = points.iter().map(|point| point.own.sentences).sum();
    let in_words = format!(
        "{}: {} over {n} points in time; the figures stand in the data below",
        outlet.name(),
        wording::several(sentences, "sentence")
    );
    html! {
        svg class="course" role="img" aria-label=(in_words) height=(HEIGHT) {
            @for y in [0.0, 0.5, 1.0].map(y) {
                line class="grid" x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            @for (at, point) in points.iter().enumerate() {
                @for (side, label) in page.sides().take(MOST_LABELS).enumerate() {
                    @if let Some(share) = point.own.shares.get(label).filter(|s| s.mean.is_finite()) {
                        g class=(label_class(page.report.label(label))) {
                            (mark(&x(at, n, side), side, share))
                        }
                    }
                }
            }
        }
    }
}

/// The days below the charts: the first, the last and the middle one.
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
                        text x=(x(at, n, 0)) y="11" text-anchor=(anchor) { (day) }
                    }
                }
            }
        }
    }
}

/// The position of a point in time; its labels side by side.
fn x(at: usize, n: usize, side: usize) -> String {
    let middle = 100.0 * (at as f64 + 0.5) / n.max(1) as f64;
    format!("{:.2}%", middle + (side as f64 - 0.5) * (20.0 / n.max(1) as f64).min(1.5))
}

fn y(share: f64) -> f64 {
    (BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)).round()
}

fn mark(x: &str, side: usize, share: &Share) -> Markup {
    let class = mark_class(share.is_uncertain());
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

/// An outlet shown, the first day of a point in time, and the outlet's figures.
type Row<'p> = (OutletView<'p>, &'p Day, &'p Point);

/// Every outlet at every point in time at which it has an article.
fn table(target: TargetView<'_>) -> SortableTable {
    let mut columns = vec![
        HtmlColumn::text("outlet", |(outlet, ..): &Row<'_>| Cell::text(outlet.name())),
        HtmlColumn::text("from", |(_, start, _): &Row<'_>| Cell::text(start.to_string())),
        HtmlColumn::number("articles", |(.., of): &Row<'_>| Cell::count(of.articles)),
        HtmlColumn::number("naming", |(.., of): &Row<'_>| Cell::count(of.own.articles as u64)),
        HtmlColumn::number("sentences", |(.., of): &Row<'_>| Cell::count(of.own.sentences)),
    ];
    for (label, name) in target.page.named_labels() {
        let mean = move |(.., of): &Row<'_>| {
            let share = of.own.shares.get(label).map(|share| share.mean);
            Cell::share(share).of_sentences(of.own.sentences)
        };
        let ends = move |(.., of): &Row<'_>| {
            Cell::interval(of.own.shares.get(label).and_then(|of| of.interval))
        };
        columns.push(HtmlColumn::number(&name, mean));
        columns.push(HtmlColumn::number("", ends).fields_after(&name, &[" low", " high"]));
    }
    let rows = target.outlets().flat_map(|outlet| {
        let points = points(target.summary, outlet.number);
        let dated = target.summary.timeline.starts.iter().zip(points);
        dated.filter(|(_, of)| of.articles > 0).map(move |(start, of)| (outlet, start, of))
    });
    let rows = rows.map(|row| (RowAttributes::default(), row));
    SortableTable::new(format!("timeline-{}", target.number), "", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_at_their_time_and_on_the_scale() {
        assert_eq!((x(0, 2, 0), x(1, 2, 1)), ("24.25%".to_owned(), "75.75%".to_owned()));
        assert_eq!(x(0, 100, 0), "0.40%");
        assert_eq!((y(0.0), y(1.0), y(7.0)), (64.0, 6.0, 6.0));
    }
}
