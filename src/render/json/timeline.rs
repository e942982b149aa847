//! A target over time, for programs.

use serde::Serialize;

use super::labelled_share::Figure;
use crate::report::{self, Report, TargetSummary};

/// `step` is day, week, month or year, `starts` the first day of each stretch; every outlet has one
/// point for each of them.
#[derive(Serialize)]
pub(super) struct Timeline<'r> {
    step: &'static str,
    starts: Vec<String>,
    dated: u64,
    undated: u64,
    outlets: Vec<Course<'r>>,
}

#[derive(Serialize)]
struct Course<'r> {
    outlet: &'r str,
    points: Vec<Point<'r>>,
}

/// `articles` are all of the outlet; `own` and `told` count the sentences that name the target.
#[derive(Serialize)]
struct Point<'r> {
    articles: u64,
    own: Stretch<'r>,
    told: Stretch<'r>,
}

#[derive(Serialize)]
struct Stretch<'r> {
    articles: usize,
    sentences: u64,
    shares: Vec<Figure<'r>>,
}

impl<'r> Timeline<'r> {
    pub(super) fn new(report: &'r Report, target: &'r TargetSummary) -> Self {
        let timeline = &target.timeline;
        let point = |point: &'r report::Point| Point {
            articles: point.articles,
            own: Stretch::new(report, &point.own),
            told: Stretch::new(report, &point.told),
        };
        let course = |(outlet, points): (&'r report::OutletSummary, &'r Vec<report::Point>)| {
            Course { outlet: &outlet.outlet, points: points.iter().map(point).collect() }
        };
        Timeline {
            step: timeline.step.name(),
            starts: timeline.starts.iter().map(ToString::to_string).collect(),
            dated: timeline.dated,
            undated: timeline.undated,
            outlets: target.outlets.iter().zip(&timeline.outlets).map(course).collect(),
        }
    }
}

impl<'r> Stretch<'r> {
    fn new(report: &'r Report, stretch: &'r report::Stretch) -> Self {
        Stretch {
            articles: stretch.articles,
            sentences: stretch.sentences,
            shares: Figure::all(report, &stretch.shares),
        }
    }
}
