//! The course of an outlet over time: points on one scale, gaps left as gaps.

use maud::{Markup, html};

use super::marks::mark_class;
use crate::calendar_day::Day;
use crate::render::sanitize;
use crate::render::wording::several;
use crate::report::{Evidence, OutletTimeline, Point, Report, Share, TargetSummary};

/// A chart's height, and the heights of 100 % and 0 %, in pixels.
pub(crate) const HEIGHT: f64 = 70.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 64.0;

/// Maximum number of labels drawn, those that take a side.
const MOST_LABELS: usize = 2;

/// The courses of one target.
pub(crate) struct Courses<'r> {
    report: &'r Report,
    target: usize,
}

impl<'r> Courses<'r> {
    /// Of a target, given by its number.
    pub(crate) fn new(report: &'r Report, target: usize) -> Self {
        Courses { report, target }
    }

    fn summary(&self) -> &'r TargetSummary {
        &self.report.targets[self.target]
    }

    /// The labels drawn, as indices.
    fn labels(&self) -> Vec<usize> {
        self.report.provenance.sides().take(MOST_LABELS).collect()
    }

    /// Whether an outlet has a course.
    pub(crate) fn has(&self, outlet: usize) -> bool {
        self.summary().timeline.outlets.get(outlet).is_some_and(OutletTimeline::has_course)
    }

    /// The first days of the periods.
    pub(crate) fn starts(&self) -> &'r [Day] {
        &self.summary().timeline.starts
    }

    pub(crate) fn points(&self, outlet: usize) -> &'r [Point] {
        self.summary().timeline.outlets.get(outlet).map_or(&[], |of| &of.points)
    }

    /// How many own sentences that name the target an outlet has.
    pub(crate) fn sentences(&self, outlet: usize) -> u64 {
        self.points(outlet).iter().map(|point| point.own.sentences).sum()
    }

    /// What is shown, and how to read it.
    pub(crate) fn caption(&self) -> String {
        let timeline = &self.summary().timeline;
        let step = timeline.step.name();
        let labels: Vec<String> =
            (self.labels().iter()).map(|label| sanitize::name(self.report.label(*label))).collect();
        let marks = match labels.as_slice() {
            [one] => format!("A dot is {one}"),
            [first, second, ..] => format!("A dot is {first}, a diamond {second}"),
            [] => String::new(),
        };
        let days = match timeline.starts.as_slice() {
            [first, .., last] => {
                let [first, last] = [*first, *last].map(|day| timeline.step.shown(day));
                format!(", from {first} to {last}")
            }
            _ => String::new(),
        };
        let undated = match timeline.undated {
            0 => String::new(),
            undated => format!(" Left out: {} without a date.", several(undated, "article")),
        };
        let checked = match self.report.lead(self.target).evidence {
            Evidence::Unchecked => "which nobody has checked",
            Evidence::FirstChecks | Evidence::Checked => "which hand labels do not correct",
        };
        format!(
            "The model’s mean probability, {checked}, in own sentences that name the target, by {step}{days}, \
             of outlets with five articles in two {step}s at least. {marks}, from 0 to 100%; a line is the 95% \
             interval over articles; a hollow mark has none, or one wider than 20 points.{undated}"
        )
    }

    /// The shapes of an outlet's chart: the scale, then the marks of each label. Positions along the time are
    /// per cent of the width.
    pub(crate) fn shapes(&self, outlet: usize) -> (Markup, Vec<(usize, Markup)>) {
        let points = self.points(outlet);
        let scale = html! {
            @for (share, words) in [(0.0, "0"), (0.5, "50"), (1.0, "100%")] {
                @let at = y(share);
                line class="grid" x1="0" x2="100%" y1=(at) y2=(at) {}
                text class="scale" x="-6" y=(at + 3.5) text-anchor="end" { (words) }
            }
        };
        let marks = |(side, label): (usize, usize)| {
            let marks = html! {
                @for (at, point) in points.iter().enumerate() {
                    @if let Some(share) = point.own.shares.get(label).filter(|s| s.mean.is_finite()) {
                        (mark(&x(at, points.len(), side), side, share))
                    }
                }
            };
            (label, marks)
        };
        (scale, self.labels().into_iter().enumerate().map(marks).collect())
    }

    /// The days below the charts: the first, the last and the middle one, with their places.
    pub(crate) fn days(&self) -> Vec<(String, &'static str, String)> {
        let starts = self.starts();
        let n = starts.len();
        let middle = (n > 2).then_some((n / 2, "middle"));
        let ends = [(0, "start"), (n.saturating_sub(1), "end")];
        let step = self.summary().timeline.step;
        let day = |(at, anchor): (usize, &'static str)| {
            Some((x(at, n, 0), anchor, step.shown(*starts.get(at)?)))
        };
        ends.into_iter().chain(middle).filter_map(day).collect()
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
