//! Who stands out, and is it real?

use maud::{Markup, html};

use super::dot_plot::{self, Dot};
use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use crate::cluster_bootstrap::Interval;
use crate::render::figures::{differences, shares};
use crate::render::sanitize;
use crate::render::table;
use crate::report::{OutletSummary, Stratum, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// The shares of each label in the outlets' own voices.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let has_any = page.targets().any(|(_, target)| {
        page.summaries(target).any(|(_, outlet)| n_sentences(outlet, TargetRelation::Mention) > 0)
    });
    let shown = |(number, target): (usize, &TargetSummary)| {
        html! {
            (page.target_title(target))
            @let told = differences::differences(page.report, target);
            @if !told.is_empty() {
                ul class="told" { @for line in told { li { (sanitize::tidy(&line)) } } }
            }
            div class="panels" {
                @for label in page.labels() {
                    div class="panel" { (panel(page, number, target, label).show()) }
                }
            }
            (unshared(page, number, target))
            (context(page, number, target))
        }
    };
    (!page.outlets.is_empty()).then(|| {
        html! {
            p {
                "How often the outlets themselves, outside quotes, are critical or supportive in \
                sentences that name the target."
            }
            @if has_any { p class="hint" { (dot_plot::DOTS) } }
            @else { p { "No sentence in an outlet’s own voice names the target." } }
            @for pair in page.targets() { (shown(pair)) }
        }
    })
}

fn n_sentences(outlet: &OutletSummary, about: TargetRelation) -> u64 {
    outlet.stratum(Voice::Outlet, about).map_or(0, |stratum| stratum.sentences)
}

/// A label's share as it is shown: corrected by hand labels where there are any.
pub(super) struct Shown {
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) is_hollow: bool,
    pub(super) counted: Option<f64>,
}

impl Shown {
    pub(super) fn of(stratum: &Stratum, label: usize) -> Self {
        let share = stratum.shares.get(label).filter(|share| share.mean.is_finite());
        let counted = share.map(|share| share.predicted as f64 / stratum.sentences as f64);
        match (&stratum.audited, share) {
            (Some(_), _) => {
                let corrected = stratum.corrected(label);
                let interval = corrected.and_then(|corrected| corrected.interval);
                let is_wide = |interval: &Interval| interval.high - interval.low > 0.2;
                Shown {
                    value: corrected.map(|corrected| corrected.value),
                    interval,
                    is_hollow: interval.as_ref().is_some_and(is_wide),
                    counted,
                }
            }
            (None, Some(share)) => Shown {
                value: Some(share.mean),
                interval: share.interval,
                is_hollow: share.is_loose(),
                counted,
            },
            (None, None) => Shown { value: None, interval: None, is_hollow: true, counted: None },
        }
    }
}

/// One outlet's own sentences that name the target, and a label's share of them.
struct RankedOutlet<'r> {
    outlet: usize,
    stratum: &'r Stratum,
    shown: Shown,
    is_few: bool,
}

/// The outlets with enough sentences by their shares, then those with too few in their own order.
fn ranked<'r>(
    page: &HtmlView<'r>,
    target: &'r TargetSummary,
    label: usize,
) -> Vec<RankedOutlet<'r>> {
    let is_audited = page.report.provenance.audit.is_some();
    let told = |(outlet, of): (usize, &'r OutletSummary)| {
        let stratum = of.stratum(Voice::Outlet, TargetRelation::Mention)?;
        let (shown, is_few) = (Shown::of(stratum, label), stratum.is_few(is_audited));
        (stratum.sentences > 0).then_some(RankedOutlet { outlet, stratum, shown, is_few })
    };
    let mut all: Vec<RankedOutlet<'r>> = page.summaries(target).filter_map(told).collect();
    let share = |of: &RankedOutlet<'_>| of.shown.value.filter(|_| !of.is_few).unwrap_or(-1.0);
    all.sort_by(|a, b| a.is_few.cmp(&b.is_few).then(share(b).total_cmp(&share(a))));
    all
}

fn panel(
    page: &HtmlView<'_>,
    number: usize,
    target: &TargetSummary,
    label: usize,
) -> SortableTable {
    let name = sanitize::name(page.report.label(label));
    let all = ranked(page, target, label);
    let enough = all.iter().filter(|of| !of.is_few);
    let values: Vec<f64> = enough.filter_map(|of| of.shown.value).collect();
    let mean = (values.len() > 1).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let share = ColumnHead { csv: vec!["share".to_owned()], ..ColumnHead::figures("%") };
    let mut sentences = ColumnHead::figures("n");
    sentences.csv = vec!["counted".to_owned(), "sentences".to_owned()];
    SortableTable {
        id: format!("stance-{number}-{label}"),
        caption: format!("{name}: own voice"),
        heads: vec![
            ColumnHead::words("outlet"),
            ColumnHead::picture(dot_plot::axis("")),
            share,
            ColumnHead::interval("95\u{a0}%"),
            sentences,
        ],
        rows: all.iter().map(|of| row(page, (number, label), of, mean)).collect(),
    }
}

fn row(
    page: &HtmlView<'_>,
    (target, label): (usize, usize),
    of: &RankedOutlet<'_>,
    mean: Option<f64>,
) -> Row {
    let RankedOutlet { outlet, stratum, shown, is_few } = of;
    let dot = Dot {
        class: dot_plot::class(page.report.label(label)),
        value: shown.value,
        interval: shown.interval,
        is_hollow: shown.is_hollow,
        tick: shown.counted,
        mean,
    };
    let behind = page.behind(target, *outlet, Voice::Outlet, label);
    let interval = Cell::interval(shown.interval);
    Row {
        facts: RowAttributes {
            target: Some(target),
            label: Some(label),
            is_few: *is_few,
            ..RowAttributes::of_outlet(*outlet)
        },
        cells: vec![
            Cell::words(&page.outlet_name(*outlet)),
            Cell::picture(picture(behind.as_deref(), &dot_plot::dot(&dot))),
            Cell::percent(shown.value),
            if *is_few { too_few(interval) } else { interval },
            counted(Some(stratum), label).linked(behind.as_deref()),
        ],
    }
}

/// Stands in place of an interval, which the CSV keeps.
fn too_few(interval: Cell) -> Cell {
    Cell { csv: interval.csv, class: "figure", ..Cell::words("too few to say") }
}

/// How many sentences get a label, of how many.
pub(super) fn counted(stratum: Option<&Stratum>, label: usize) -> Cell {
    let (count, all) = stratum.map_or((0, 0), |of| (of.predicted(label), of.sentences));
    Cell {
        shown: html! { (count) " of " (all) },
        csv: vec![count.to_string(), all.to_string()],
        ..Cell::count(all)
    }
}

/// A chart that leads to its sentences; the figure beside it does so for the keyboard.
pub(super) fn picture(href: Option<&str>, chart: &Markup) -> Markup {
    html! {
        @if let Some(href) = href { a href=(href) tabindex="-1" aria-hidden="true" { (chart) } }
        @else { (chart) }
    }
}

fn unshared(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let with_any = |at: &usize| target.outlets[*at].unshared.is_some();
    let all: Vec<usize> = (0..target.outlets.len()).filter(with_any).collect();
    let grid = |(at, table): (usize, table::Table)| {
        let facts = |row: usize| RowAttributes {
            outlet: all.get(row).copied(),
            ..RowAttributes::default()
        };
        let mut grid = SortableTable::of(format!("unshared-{number}-{at}"), &table, facts);
        let is_shown = |row: &Row| row.facts.outlet.is_some_and(|of| page.outlets.contains(&of));
        grid.rows.retain(is_shown);
        grid
    };
    let tables = shares::unshared(page.report, target).into_iter().enumerate().map(grid);
    html! {
        @for table in tables.filter(|table| !table.rows.is_empty()) {
            details {
                summary { "Without what other outlets or agencies print too" }
                (table.show())
            }
        }
    }
}

fn context(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let tables: Vec<SortableTable> = Voice::ALL
        .into_iter()
        .flat_map(|voice| shares::of_stratum(page.report, target, voice, TargetRelation::Context))
        .enumerate()
        .map(|(at, table)| of_outlets(page, &format!("context-{number}-{at}"), table))
        .collect();
    html! {
        @if !tables.is_empty() {
            details {
                summary { "Sentences that do not name the target (context), counted apart" }
                p class="hint" { (shares::KEY) }
                @for table in &tables { (table.show()) }
            }
        }
    }
}

/// A table of all outlets in order, with the rows of those that are shown.
pub(super) fn of_outlets(page: &HtmlView<'_>, id: &str, table: table::Table) -> SortableTable {
    let is_whole = table.rows.len() == page.report.outlets.len();
    let rows = match is_whole {
        true => page.outlets.iter().map(|&at| table.rows[at].clone()).collect(),
        false => table.rows,
    };
    let table = table::Table { rows, ..table };
    let facts = |row: usize| match is_whole {
        true => RowAttributes::of_outlet(page.outlets[row]),
        false => RowAttributes::default(),
    };
    SortableTable::of(id.to_owned(), &table, facts)
}
