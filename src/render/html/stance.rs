//! The shares of the labels in the outlets' own voices, outlet by outlet.

use maud::{Markup, html};

use super::dot_plot::{self, Dot};
use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::label_class;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::figures::{differences, shares};
use crate::render::sanitize;
use crate::report::{OwnVoiceRanking, RankedOutlet, Stratum};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// A panel for each label; below them what may be said of differences, and further tables. None while nobody
/// has checked the stance: the model alone tells no outlet's share.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty() && page.is_checked()).then(|| {
        html! {
            p {
                "How often the outlets themselves, outside quotes, are critical or supportive in \
                sentences that name the target."
            }
            @if page.has_mentions(Voice::Outlet) { p class="hint" { (dot_plot::DOTS) } }
            @else { p { "No sentence in an outlet’s own voice names the target." } }
            (page.each_target(|target| html! {
                @let differences = differences::differences(target.summary);
                @if !differences.is_empty() {
                    ul class="told" { @for line in differences { li { (sanitize::tidy(&line)) } } }
                }
                div class="panels" {
                    @for label in page.labels() {
                        div class="panel" { (panel(target, label).show()) }
                    }
                }
                (unshared(target))
                (context(target))
            }))
        }
    })
}

/// An outlet, and its place in the ranking.
type Ranked<'p> = (OutletView<'p>, RankedOutlet);

fn panel(target: TargetView<'_>, label: usize) -> SortableTable {
    let is_audited = target.page.report.provenance.audit.is_some();
    let outlets = target.outlets().map(|outlet| outlet.number);
    let ranking = target.summary.own_voice_ranking(outlets, label, is_audited);
    let OwnVoiceRanking { outlets, mean } = ranking;
    let class = label_class(target.page.report.label(label));
    let href = move |(outlet, _): &Ranked<'_>| outlet.group_href(Voice::Outlet, label);
    let chart = move |of: &Ranked<'_>| {
        let counted = of.0.summary.own_mentions().and_then(|stratum| {
            let count = stratum.shares.get(label)?.predicted;
            Some(count as f64 / stratum.sentences as f64)
        });
        let dot = dot_plot::dot(&Dot { class, share: of.1.share, counted, mean });
        html! {
            // The number beside it leads there too, for the keyboard.
            @if let Some(href) = href(of) { a href=(href) tabindex="-1" aria-hidden="true" { (dot) } }
            @else { (dot) }
        }
    };
    let interval = |(_, of): &Ranked<'_>| {
        let cell = Cell::interval(of.share.and_then(|share| share.interval));
        match of.is_few {
            true => HtmlCell::from(cell.shown_as("too few to say")).sorted_by(None),
            false => cell.into(),
        }
    };
    let columns = vec![
        HtmlColumn::text("outlet", |(outlet, _): &Ranked<'_>| Cell::text(outlet.name())),
        HtmlColumn::chart(dot_plot::axis(), chart),
        HtmlColumn::number("%", |(outlet, of): &Ranked<'_>| {
            let n = outlet.summary.own_mentions().map_or(0, |stratum| stratum.sentences);
            Cell::share(of.share.map(|share| share.value)).of_sentences(n)
        })
        .fields(["share"]),
        HtmlColumn::number("95\u{a0}%", interval).fields(["low", "high"]),
        HtmlColumn::number("n", move |of: &Ranked<'_>| {
            counted(of.0.summary.own_mentions(), label).linked(href(of).as_deref())
        })
        .fields(["counted", "sentences"]),
    ];
    let row = |of: RankedOutlet| {
        let outlet = target.outlet(of.outlet);
        let attributes =
            RowAttributes { label: Some(label), is_few: of.is_few, ..outlet.attributes() };
        (attributes, (outlet, of))
    };
    SortableTable::new(
        format!("stance-{}-{label}", target.number),
        format!("{}: own voice", target.page.label_name(label)),
        columns,
        outlets.into_iter().map(row),
    )
}

/// How many sentences get a label, of how many.
pub(super) fn counted(stratum: Option<&Stratum>, label: usize) -> HtmlCell {
    let (count, all) = stratum.map_or((0, 0), |of| (of.predicted(label), of.sentences));
    HtmlCell::of([count, all].map(Value::Count), html! { (count) " of " (all) })
        .sorted_by(Some(all as f64))
}

fn unshared(target: TargetView<'_>) -> Markup {
    let outlets = || {
        let all = target.summary.outlets.iter().enumerate();
        all.filter(|(_, outlet)| outlet.unshared.is_some()).map(|(at, _)| at)
    };
    let table = |(at, table)| {
        let id = format!("unshared-{}-{at}", target.number);
        SortableTable::of_outlets(id, &table, outlets(), &target.page.outlets)
    };
    let tables = shares::unshared(target.page.report, target.summary).into_iter().enumerate();
    html! {
        @for table in tables.map(table).filter(|table| !table.is_empty()) {
            details {
                summary { "Without what other outlets or agencies print too" }
                (table.show())
            }
        }
    }
}

fn context(target: TargetView<'_>) -> Markup {
    let tables = target.tables("context", |report, target, voice| {
        shares::of_stratum(report, target, voice, TargetRelation::Context)
    });
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
