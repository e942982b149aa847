//! A target over time, in tables and words.

use std::cmp::Reverse;
use std::ops::Range;

use super::document::Block;
use super::table::{self, Table, figures, label_groups, words};
use super::wording;
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::report::{OutletSummary, Point, Report, Step, TargetSummary, Timeline};

/// So many outlets are shown; all stand in JSON.
const SHOWN: usize = 5;

/// In so many stretches of time an outlet must have an interval to be shown: a course has two points.
const COURSE: usize = 2;

/// The course of the outlets that have one, or why there is none.
pub(super) fn blocks(report: &Report, target: &TargetSummary) -> Vec<Block> {
    let found = with_course(target);
    if found.is_empty() {
        return vec![Block::Subsection("Timeline".to_owned(), lacking(&target.timeline))];
    }
    let explained = key(&target.timeline, found.len());
    let mut out = vec![Block::Subsection("Timeline".to_owned(), explained)];
    let shown = &found[..found.len().min(SHOWN)];
    out.extend(tables(report, target, shown).into_iter().map(Block::Table));
    out
}

/// Whether an outlet can be followed.
pub(super) fn has_course(points: &[Point]) -> bool {
    let can_say = |point: &&Point| point.own.articles >= MIN_CLUSTERS;
    points.iter().filter(can_say).count() >= COURSE
}

/// Whether any outlet can be followed.
pub(super) fn is_told(target: &TargetSummary) -> bool {
    !with_course(target).is_empty()
}

/// The outlets that can be followed, those with most sentences first.
fn with_course(target: &TargetSummary) -> Vec<(&OutletSummary, &[Point])> {
    let points = target.timeline.outlets.iter().map(Vec::as_slice);
    let mut found: Vec<(&OutletSummary, &[Point])> =
        (target.outlets.iter().zip(points)).filter(|(_, points)| has_course(points)).collect();
    let sentences = |points: &[Point]| points.iter().map(|point| point.own.sentences).sum::<u64>();
    found.sort_by_key(|(_, points)| Reverse(sentences(points)));
    found
}

/// Why no outlet can be followed.
pub(super) fn lacking(timeline: &Timeline) -> String {
    let undated = wording::several(timeline.undated, "article");
    match timeline.starts.len() {
        0 => format!("No article has a date that can be read ({undated} without)."),
        1 => format!("All articles with a date are of one {}.", timeline.step.name()),
        n => format!(
            "There are {n} {}s, and no outlet has five articles that name the target in two of them: too few \
             to tell a course. The counts stand in JSON.",
            timeline.step.name()
        ),
    }
}

fn key(timeline: &Timeline, n_outlets: usize) -> String {
    let undated = match timeline.undated {
        0 => String::new(),
        undated => format!(" Left out: {} without a date.", wording::several(undated, "article")),
    };
    let shown = match n_outlets > SHOWN {
        true => format!(" Shown: the {SHOWN} of {n_outlets} such outlets with most sentences."),
        false => String::new(),
    };
    let begins = match timeline.step {
        Step::Day => "",
        Step::Week => ", by its Monday",
        Step::Month | Step::Year => ", by its first day",
    };
    format!(
        "Own voice, sentences that name the target, by {}{begins}. Outlets with five articles or more \
         in two {}s at least; an interval needs five.{shown}{undated}",
        timeline.step.name(),
        timeline.step.name(),
    )
}

fn tables(
    report: &Report,
    target: &TargetSummary,
    shown: &[(&OutletSummary, &[Point])],
) -> Vec<Table> {
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), words(target.timeline.step.name())];
        columns.extend(["articles", "sentences"].map(|name| figures("", name)));
        for name in &report.provenance.labels[labels.clone()] {
            columns.extend(["%", "95 %", "n"].map(|column| figures(name, column)));
        }
        let rows = |(outlet, points): &(&OutletSummary, &[Point])| {
            let starts = target.timeline.starts.iter().zip(*points);
            let row = |(start, point): (&_, &Point)| {
                let mut row = vec![wording::outlet(&outlet.outlet), format!("{start}")];
                row.extend([point.articles.to_string(), point.own.sentences.to_string()]);
                let share = |label| table::share(point.own.shares.get(label));
                row.extend(labels.clone().flat_map(share));
                row
            };
            starts.map(row).collect::<Vec<_>>()
        };
        Table { caption: String::new(), columns, rows: shown.iter().flat_map(rows).collect() }
    };
    label_groups(&report.provenance.labels).map(table).collect()
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::render::markdown::markdown;
    use crate::report::fixture::{article, report_on};

    /// So many articles on each of two days, and one that cannot be dated.
    fn told(on_each: usize) -> String {
        let dated = |n: usize| Article {
            date: format!("2017-07-{:02}", 9 + n / on_each),
            ..article("Courier", &format!("c{n}"))
        };
        let mut articles: Vec<Article> = (0..2 * on_each).map(dated).collect();
        articles.push(Article { date: "9 July".to_owned(), ..article("Courier", "x") });
        let text = markdown(&report_on(&articles));
        let start = text.find("### Timeline").unwrap();
        let end = text[start..].find("Most quoted").unwrap();
        text[start..][..end].trim_end_matches(['#', ' ', '\n']).to_owned()
    }

    #[test]
    fn a_course_needs_five_articles_in_two_stretches() {
        insta::assert_snapshot!(told(4), @"
        ### Timeline

        There are 2 days, and no outlet has five articles that name the target in two of them: too few to tell a course. The counts stand in JSON.
        ");
        insta::assert_snapshot!(told(5), @"
        ### Timeline

        Own voice, sentences that name the target, by day. Outlets with five articles or more in two days at least; an interval needs five. Left out: 1 article without a date.

        | outlet | day | articles | sentences | critical % | critical 95 % | critical n | neutral % | neutral 95 % | neutral n | supportive % | supportive 95 % | supportive n |
        | :-- | :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | Courier | 2017-07-09 | 5 | 8 | 66 | 62–69 | 8 | 18 | 13–22 | 0 | 16 | 15–18 | 0 |
        | Courier | 2017-07-10 | 5 | 8 | 66 | 62–69 | 8 | 18 | 13–22 | 0 | 16 | 15–18 | 0 |
        ");
    }
}
