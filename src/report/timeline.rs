//! Shares and counts over time: per outlet, by day, week, month or year.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::article_clusters::canonical;
use super::cluster_shares::ClusterShares;
use super::share::Share;
use super::voice_clusters::VoiceClusters;
use crate::calendar_day::Day;
use crate::cluster_bootstrap::{MIN_CLUSTERS, Resampling};

/// How all outlets treat a target over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The length of each period.
    pub step: Step,
    /// The first day of each period, rising. Periods without an article stand here too, unless there would
    /// be more than a hundred periods.
    #[serde(serialize_with = "as_text")]
    pub starts: Vec<Day>,
    /// Articles with a day.
    pub dated: u64,
    /// Articles without: their date is empty or does not begin with a day such as 2017-07-09.
    pub undated: u64,
    /// One per outlet, in the order of the report.
    pub outlets: Vec<OutletTimeline>,
}

/// How one outlet treats a target over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletTimeline {
    /// The outlet's name.
    pub outlet: String,
    /// One per start; empty where no article has a day.
    pub points: Vec<Point>,
}

impl OutletTimeline {
    /// Whether there are intervals at two points in time or more.
    pub fn has_course(&self) -> bool {
        let has_interval = |point: &&Point| point.own.articles >= MIN_CLUSTERS;
        self.points.iter().filter(has_interval).count() >= MIN_POINTS
    }
}

/// The length of a period; chosen by the span from the first to the last article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Up to 31 days.
    Day,
    /// Up to 26 weeks; weeks begin on Mondays.
    Week,
    /// Up to five years.
    Month,
    /// More.
    Year,
}

/// One outlet in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Point {
    /// All its articles, on whatever subject.
    pub articles: u64,
    /// Its own sentences that name the target.
    pub own: Stretch,
    /// The attributed ones.
    pub told: Stretch,
}

/// The sentences of one voice that name the target in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stretch {
    /// In how many articles.
    pub articles: usize,
    /// How many sentences.
    pub sentences: u64,
    /// One per label; empty where there are no such sentences. The intervals need five articles.
    pub shares: Vec<Share>,
}

/// In how many points in time an outlet needs an interval to have a course.
const MIN_POINTS: usize = 2;

/// Of more periods only those with articles are listed.
const MAX_EMPTY: usize = 100;

impl Step {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
            Step::Year => "year",
        }
    }

    /// A period, given by its first day: `2031`, `2031-06`, or a whole day.
    pub fn shown(self, start: Day) -> String {
        let text = start.to_string();
        let end = match self {
            Step::Day | Step::Week => text.len(),
            Step::Month => text.len().saturating_sub("-01".len()),
            Step::Year => text.len().saturating_sub("-01-01".len()),
        };
        text.get(..end).unwrap_or_default().to_owned()
    }

    fn for_span(days: u32) -> Self {
        match days {
            0..=31 => Step::Day,
            32..=182 => Step::Week,
            183..=1826 => Step::Month,
            _ => Step::Year,
        }
    }

    /// The first day of the period in which a day lies.
    fn start(self, day: Day) -> Day {
        match self {
            Step::Day => day,
            Step::Week => day.week(),
            Step::Month => day.month(),
            Step::Year => day.year(),
        }
    }
}

fn as_text<S: Serializer>(days: &[Day], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(days.iter().map(Day::to_string))
}

/// The articles of one outlet with their days.
pub(super) struct DatedArticles<'a> {
    pub(super) outlet: &'a str,
    /// How many articles it has of each day.
    pub(super) days: &'a BTreeMap<Day, u64>,
    /// The articles that name the target.
    pub(super) articles: &'a [VoiceClusters],
    pub(super) resampling: Resampling,
}

/// The course of all outlets.
pub(super) fn timeline(outlets: &[DatedArticles<'_>], undated: u64) -> Timeline {
    let first = outlets.iter().filter_map(|of| of.days.keys().next()).min();
    let last = outlets.iter().filter_map(|of| of.days.keys().next_back()).max();
    let dated = outlets.iter().flat_map(|of| of.days.values()).sum();
    let (step, starts) = match (first, last) {
        (Some(&first), Some(&last)) => {
            let step = Step::for_span(last.number().saturating_sub(first.number()) + 1);
            (step, starts(outlets, step, first, last))
        }
        _ => (Step::Day, Vec::new()),
    };
    let course = |of: &DatedArticles<'_>| OutletTimeline {
        outlet: of.outlet.to_owned(),
        points: starts.iter().map(|start| of.point(step, *start)).collect(),
    };
    Timeline { step, dated, undated, outlets: outlets.iter().map(course).collect(), starts }
}

fn starts(outlets: &[DatedArticles<'_>], step: Step, first: Day, last: Day) -> Vec<Day> {
    let mut all = vec![step.start(first)];
    let mut day = first;
    while day < last && all.len() <= MAX_EMPTY {
        day = day.after();
        let start = step.start(day);
        if all.last() != Some(&start) {
            all.push(start);
        }
    }
    if all.len() > MAX_EMPTY {
        all = outlets.iter().flat_map(|of| of.days.keys().map(|day| step.start(*day))).collect();
        all.sort_unstable();
        all.dedup();
    }
    all
}

impl DatedArticles<'_> {
    fn point(&self, step: Step, start: Day) -> Point {
        let is_here = |day: Day| step.start(day) == start;
        let days = self.days.range(start..).take_while(|(day, _)| is_here(**day));
        let articles: u64 = days.map(|(_, count)| count).sum();
        let is_here = |of: &&VoiceClusters| of.day.is_some_and(is_here);
        let [own, told] = [0, 1].map(|voice| {
            let here = self.articles.iter().filter(is_here).map(|of| &of.voices[voice]);
            let rows = canonical(here.filter(|cluster| cluster.sentences > 0.0));
            let ClusterShares { articles, sentences, shares } =
                ClusterShares::new(&rows, articles, self.resampling);
            Stretch { articles, sentences, shares }
        });
        Point { articles, own, told }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::article_clusters::ArticleCluster;

    const DRAW: Resampling = Resampling { resamples: 100, seed: 1 };

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// An article with so many own sentences of which so many are critical.
    fn voices(date: &str, sentences: f64, critical: f64) -> VoiceClusters {
        let own = ArticleCluster {
            sentences,
            sums: [critical, sentences - critical].into(),
            predicted: [critical, sentences - critical].into(),
            audit: [].into(),
            labels: ["critical", "neutral"].map(str::to_owned).into(),
        };
        let none = ArticleCluster::none(&own.labels);
        VoiceClusters { day: Some(day(date)), voices: [own, none] }
    }

    fn course(of: &[(&str, f64, f64)]) -> Timeline {
        let articles: Vec<_> =
            of.iter().map(|(date, n, critical)| voices(date, *n, *critical)).collect();
        let mut days = BTreeMap::new();
        of.iter().for_each(|(text, ..)| *days.entry(day(text)).or_default() += 1);
        timeline(
            &[DatedArticles { outlet: "A", days: &days, articles: &articles, resampling: DRAW }],
            2,
        )
    }

    #[test]
    fn shares_are_those_of_their_days_and_gaps_stay_gaps() {
        let found = course(&[
            ("2031-06-02", 4.0, 1.0),
            ("2031-06-02", 4.0, 3.0),
            ("2031-06-04", 2.0, 2.0),
            ("2031-06-04", 0.0, 0.0),
        ]);
        let starts: Vec<String> = found.starts.iter().map(Day::to_string).collect();
        assert_eq!(starts, ["2031-06-02", "2031-06-03", "2031-06-04"]);
        assert_eq!((found.step, found.dated, found.undated), (Step::Day, 4, 2));
        let points = &found.outlets[0].points;
        assert_eq!(points.iter().map(|point| point.articles).collect::<Vec<_>>(), [2, 0, 2]);
        let first = &points[0].own;
        assert_eq!((first.articles, first.sentences, first.shares[0].mean), (2, 8, 0.5));
        assert_eq!((first.shares[0].predicted, first.shares[0].interval), (4, None));
        assert_eq!(points[1].own, Stretch::default());
        assert_eq!((points[2].own.articles, points[2].own.shares[0].mean), (1, 1.0));
        assert_eq!(points[0].told, Stretch::default());
    }

    #[test]
    fn stretches_grow_with_the_span() {
        let step = |last: &str| course(&[("2031-06-02", 1.0, 1.0), (last, 1.0, 0.0)]);
        for (last, expected, n) in [
            ("2031-06-02", Step::Day, 1),
            ("2031-07-02", Step::Day, 31),
            ("2031-08-02", Step::Week, 9),
            ("2032-06-02", Step::Month, 13),
            ("2041-01-01", Step::Year, 11),
            ("9999-12-31", Step::Year, 2),
        ] {
            let found = step(last);
            assert_eq!((found.step, found.starts.len()), (expected, n), "{last}");
            let counted: u64 = found.outlets[0].points.iter().map(|point| point.articles).sum();
            assert_eq!(counted, 2, "{last}");
        }
    }

    #[test]
    fn a_period_is_called_by_what_it_is() {
        let shown = |step: Step| step.shown(day("2031-06-02"));
        let steps = [Step::Day, Step::Week, Step::Month, Step::Year];
        assert_eq!(steps.map(shown), ["2031-06-02", "2031-06-02", "2031-06", "2031"]);
    }

    #[test]
    fn five_articles_make_an_interval() {
        let articles = [("2031-06-02", 2.0, 1.0); 5];
        let point = &course(&articles).outlets[0].points[0];
        assert_eq!(point.own.shares[0].interval.map(|i| (i.low, i.high)), Some((0.5, 0.5)));
    }

    #[test]
    fn without_a_date_there_is_no_time() {
        let days = BTreeMap::new();
        let found = timeline(
            &[DatedArticles { outlet: "A", days: &days, articles: &[], resampling: DRAW }],
            3,
        );
        assert_eq!((found.starts.len(), found.dated, found.undated), (0, 0, 3));
    }
}
