//! Shares over time: small charts on one scale, gaps left as gaps.

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::label_class;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlColumn, SortableTable};
use crate::calendar_day::Day;
use crate::render::cell::Cell;
use crate::render::charts::course::{Courses, HEIGHT};
use crate::render::figures::timeline::no_course;
use crate::render::wording;
use crate::report::Point;

/// The course of each outlet that has one, or why there is none. No section while nobody has checked the stance.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_dated = page.targets().any(|target| !target.summary.timeline.starts.is_empty());
    (is_dated && !page.outlets.is_empty() && page.is_checked()).then(|| page.each_target(shown))
}

fn shown(target: TargetView<'_>) -> Markup {
    let courses = Courses::new(target.page.report, target.number);
    let followed: Vec<OutletView<'_>> =
        target.outlets().filter(|outlet| courses.has(outlet.number)).collect();
    html! {
        @if followed.is_empty() {
            p { "No course is drawn: " (no_course(&target.summary.timeline)) }
        } @else {
            p class="hint" { (courses.caption()) }
            ul class="ribbons" {
                @for outlet in &followed {
                    li data-target=(target.number) data-outlet=(outlet.number) {
                        span dir="auto" { (outlet.name()) }
                        (chart(outlet, &courses))
                    }
                }
                li aria-hidden="true" {
                    span {}
                    svg class="axis course" height="14" {
                        @for (x, anchor, day) in courses.days() {
                            text x=(x) y="11" text-anchor=(anchor) { (day) }
                        }
                    }
                }
            }
        }
        (table(target, &courses).csv())
    }
}

fn chart(outlet: &OutletView<'_>, courses: &Courses<'_>) -> Markup {
    let report = outlet.target.page.report;
    let in_words = format!(
        "{}: {} over {} points in time; the figures stand in the data below",
        outlet.name(),
        wording::several(courses.sentences(outlet.number), "sentence"),
        courses.points(outlet.number).len()
    );
    let (scale, marks) = courses.shapes(outlet.number);
    html! {
        svg class="course" role="img" aria-label=(in_words) height=(HEIGHT) {
            (scale)
            @for (label, marks) in marks { g class=(label_class(report.label(label))) { (marks) } }
        }
    }
}

/// An outlet shown, the first day of a point in time, and the outlet's figures.
type Row<'p> = (OutletView<'p>, &'p Day, &'p Point);

/// Every outlet at every point in time at which it has an article.
fn table(target: TargetView<'_>, courses: &Courses<'_>) -> SortableTable {
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
        let dated = courses.starts().iter().zip(courses.points(outlet.number));
        dated.filter(|(_, of)| of.articles > 0).map(move |(start, of)| (outlet, start, of))
    });
    let rows = rows.map(|row| (RowAttributes::default(), row));
    SortableTable::new(format!("timeline-{}", target.number), "", columns, rows)
}
