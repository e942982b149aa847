//! The chart at the head of a report, as a table.

use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::{Column, Table};
use crate::render::wording::{self, count, percent};
use crate::report::{ChartKind, ChartRow, Mark, Report, StanceChart, VoiceMarks};

/// The table of a target, given by its number; none where nothing names it.
pub(crate) fn table(report: &Report, target: usize) -> Option<Table> {
    let chart = report.stance_chart(target);
    let name = |row: &ChartRow| match row.outlet {
        Some(at) => wording::outlet(&report.targets[target].outlets[at].outlet),
        None => "All outlets together".to_owned(),
    };
    chart.all_rows().next()?;
    Some(match chart.kind {
        ChartKind::WhoseWords => whose_words(&chart, name),
        ChartKind::WhoStandsWhere => who_stands_where(&chart, name, &report.provenance.labels),
    })
}

fn whose_words(chart: &StanceChart, name: impl Fn(&ChartRow) -> String) -> Table {
    let row = |row: &ChartRow| {
        let quoted = row.quoted.iter();
        let quoted = quoted.map(|(name, n)| format!("{} {}", sanitize::name(name), count(*n)));
        let counts = row.voices.iter().map(|of| Cell::count(of.sentences));
        [Cell::text(name(row)), Cell::count(row.articles)]
            .into_iter()
            .chain(counts)
            .chain([Cell::text(quoted.collect::<Vec<_>>().join(", "))])
            .collect()
    };
    let numbers = ["articles", "own words", "quoted"].map(Column::number);
    Table {
        caption: "Whose words: sentences that mention the target".to_owned(),
        columns: [Column::text("outlet")]
            .into_iter()
            .chain(numbers)
            .chain([Column::text("quoted most")])
            .collect(),
        rows: chart.all_rows().map(row).collect(),
    }
}

fn who_stands_where(
    chart: &StanceChart,
    name: impl Fn(&ChartRow) -> String,
    labels: &[String],
) -> Table {
    let cells = |of: &VoiceMarks| -> Vec<Cell> {
        match of.marks.is_empty() {
            true => labels.iter().map(|_| Cell::missing()).collect(),
            false => of.marks.iter().map(|mark| Cell::text(shown(mark, of.checked))).collect(),
        }
    };
    let row = |row: &ChartRow| {
        let checked = format!("{} of {}", count(row.checked()), count(row.sentences()));
        [Cell::text(name(row))]
            .into_iter()
            .chain(row.voices.iter().flat_map(cells))
            .chain([Cell::text(checked)])
            .collect()
    };
    let sides = ["own words", "quoted"].into_iter().flat_map(|voice| {
        labels.iter().map(move |label| Column::number(sanitize::name(label)).of(voice))
    });
    Table {
        caption: "Who stands where: sentences that mention the target, as people labelled them"
            .to_owned(),
        columns: [Column::text("outlet")]
            .into_iter()
            .chain(sides)
            .chain([Column::number("checked")])
            .collect(),
        rows: chart.all_rows().map(row).collect(),
    }
}

/// A share with its interval, or a count.
fn shown(mark: &Mark, checked: u64) -> String {
    match mark {
        Mark::Share(share) => match share.interval {
            Some(interval) => {
                format!(
                    "{}% ({}–{})",
                    percent(share.value),
                    percent(interval.low),
                    percent(interval.high)
                )
            }
            None => format!("{}%", percent(share.value)),
        },
        Mark::Count(n) => format!("{n} of {}", count(checked)),
        Mark::Squares(n) => count(*n),
    }
}
