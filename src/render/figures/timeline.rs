//! Shares over time.

use std::cmp::Reverse;

use super::shares;
use crate::calendar_day::Day;
use crate::render::cell::Cell;
use crate::render::document::Block;
use crate::render::table::{Column, LabelRow, LabelTable, Table};
use crate::render::wording;
use crate::report::{OutletSummary, Point, Report, Step, Stretch, TargetSummary, Timeline};
use crate::voice::Voice;

/// Maximum number of outlets shown; JSON has all.
const MOST_OUTLETS: usize = 5;

/// The course of the outlets that have one, or why there is none.
pub(crate) fn blocks(report: &Report, target: &TargetSummary) -> Vec<Block> {
    let found = with_course(target);
    if found.is_empty() {
        return vec![Block::Subsection("Timeline".to_owned(), no_course(&target.timeline))];
    }
    let explained = key(&target.timeline, found.len());
    let mut out = vec![Block::Subsection("Timeline".to_owned(), explained)];
    let shown = &found[..found.len().min(MOST_OUTLETS)];
    out.extend(tables(report, target, shown).into_iter().map(Block::Table));
    out
}

/// The outlets that have a course, those with most sentences first.
fn with_course(target: &TargetSummary) -> Vec<(&OutletSummary, &[Point])> {
    let followed = target.outlets.iter().zip(&target.timeline.outlets);
    let followed = followed.filter(|(_, of)| of.has_course());
    let mut found: Vec<(&OutletSummary, &[Point])> =
        followed.map(|(outlet, of)| (outlet, of.points.as_slice())).collect();
    let sentences = |points: &[Point]| points.iter().map(|point| point.own.sentences).sum::<u64>();
    found.sort_by_key(|(_, points)| Reverse(sentences(points)));
    found
}

/// Why no outlet has a course.
pub(crate) fn no_course(timeline: &Timeline) -> String {
    let undated = wording::several(timeline.undated, "article");
    match timeline.starts.len() {
        0 => format!("No article has a date that can be read ({undated} without)."),
        1 => format!("All articles with a date are of one {}.", timeline.step.name()),
        n => format!(
            "There are {n} {}s, and no outlet has five articles that name the target in two of them: too few \
             to tell a course. --format json has the counts.",
            timeline.step.name()
        ),
    }
}

fn key(timeline: &Timeline, n_outlets: usize) -> String {
    let undated = match timeline.undated {
        0 => String::new(),
        undated => format!(" Left out: {} without a date.", wording::several(undated, "article")),
    };
    let shown = match n_outlets > MOST_OUTLETS {
        true => {
            format!(" Shown: the {MOST_OUTLETS} of {n_outlets} such outlets with most sentences.")
        }
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

/// The courses of the outlets shown.
fn tables(
    report: &Report,
    target: &TargetSummary,
    shown: &[(&OutletSummary, &[Point])],
) -> Vec<Table> {
    let rows = shown.iter().flat_map(|(outlet, points)| {
        of_outlet(report, target, &outlet.outlet, points)
            .filter(|(voice, _)| *voice == Voice::Outlet)
    });
    let rows = rows.map(|(_, row)| row).collect();
    table(target.timeline.step.name(), rows).wide(&report.provenance.labels)
}

/// Every outlet, point in time and voice, for CSV.
pub(crate) fn all(report: &Report) -> Table {
    let rows = report.targets.iter().flat_map(|target| {
        let outlets = target.timeline.outlets.iter();
        outlets.flat_map(move |outlet| of_outlet(report, target, &outlet.outlet, &outlet.points))
    });
    table("", rows.map(|(_, row)| row).collect()).long(&report.provenance.labels)
}

fn table(step: &str, rows: Vec<LabelRow>) -> LabelTable {
    LabelTable {
        caption: String::new(),
        names: vec![
            Column::text("outlet"),
            Column::csv_only(&["target"]),
            Column::csv_only(&["step"]),
            Column::text(step).fields(&["start"]),
            Column::csv_only(&["voice"]),
        ],
        counts: vec![
            Column::number("articles").fields(&["outlet_articles"]),
            Column::csv_only(&["articles"]),
            Column::number("sentences"),
        ],
        measures: shares::columns,
        rows,
    }
}

/// A row per point in time and voice.
fn of_outlet<'r>(
    report: &'r Report,
    target: &'r TargetSummary,
    outlet: &'r str,
    points: &'r [Point],
) -> impl Iterator<Item = (Voice, LabelRow)> + use<'r> {
    let time = &target.timeline;
    let row = move |start: &Day, point: &Point, voice: Voice, stretch: &Stretch| LabelRow {
        names: vec![
            Cell::outlet(outlet),
            Cell::text(&target.name),
            Cell::text(time.step.name()),
            Cell::text(start.to_string()),
            Cell::text(voice.name()),
        ],
        counts: [point.articles, stretch.articles as u64, stretch.sentences]
            .map(Cell::count)
            .to_vec(),
        measures: (0..report.provenance.labels.len())
            .map(|label| shares::cells(stretch.shares.get(label)))
            .collect(),
    };
    time.starts.iter().zip(points).flat_map(move |(start, point)| {
        let voices = [(Voice::Outlet, &point.own), (Voice::Attributed, &point.told)];
        voices.map(|(voice, stretch)| (voice, row(start, point, voice, stretch)))
    })
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::render::markdown::markdown;
    use crate::report::fixture::{article, report_on};

    /// The timeline of `on_each` articles on each of two days, and one without a date.
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

        There are 2 days, and no outlet has five articles that name the target in two of them: too few to tell a course. --format json has the counts.
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
