//! The answers that most readers come for, in one table, each leading to its sentences.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::{dot_plot, quotes};
use crate::render::key_findings::{NAMED, RankedOutlet, left_out as absent, n_further};
use crate::render::sanitize;
use crate::render::wording::percent;
use crate::report::{FAR, Outlet, OutletSummary, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// So many labels have columns here; the sections below show all.
const LABELS: usize = 2;

/// Who says it in their own words, who only quotes it, who leaves out what, whose headline goes
/// further.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    if page.outlets.is_empty() {
        return None;
    }
    Some(html! {
        @if page.report.outlets.iter().any(Outlet::is_copy) {
            p class="warning" {
                b { "Were articles given twice? " }
                "What has no outlet’s name is nearly all in another outlet as well. If these are the same \
                articles, the figures are wrong: read one of the two alone."
            }
        }
        @for (number, target) in page.targets() {
            (page.target_title(target))
            (table(page, number, target).stacked().show())
        }
        p class="hint" {
            "Counted are sentences to which the model gives the label: first of those that name the \
            target, then, behind +, of those that do not (context), where it is a poorer judge. Only in \
            quotes: how many of the outlet’s sentences that name the target and get the label are words \
            of its sources. Each number leads to its sentences: read them before you repeat it. "
            @if page.report.quotes.shared.is_empty() { "" } @else {
                "Quotes left out are named by number and speaker; where they are many, those that at \
                least half of the outlets have. "
            }
            "A headline goes further where the label it gets takes a side and is more probable in it, by "
            (percent(FAR)) " points or more, than in the body’s own-voice sentences that name the target."
        }
    })
}

fn table(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> SortableTable {
    let sides: Vec<usize> = page.sides().take(LABELS).collect();
    let mut heads = vec![ColumnHead::words("outlet")];
    for &label in &sides {
        let name = sanitize::name(page.report.label(label));
        for voice in Voice::ALL {
            heads.push(head(&name, voice));
        }
        heads.push(only_head(&name));
    }
    let has_quotes = !page.report.quotes.shared.is_empty();
    heads.extend(has_quotes.then(|| ColumnHead::words("shared quotes left out")));
    heads.push(ColumnHead::words("headlines that go further than the body"));
    let row = |(at, outlet): (usize, &OutletSummary)| {
        let mut cells = vec![Cell::words(&page.outlet_name(at))];
        for &label in &sides {
            for voice in Voice::ALL {
                let behind = page.behind(number, at, voice, label);
                cells.push(count(outlet, voice, label, behind.as_deref()));
            }
            cells.push(only(
                outlet,
                label,
                page.behind(number, at, Voice::Attributed, label).as_deref(),
            ));
        }
        cells.extend(has_quotes.then(|| left_out(page, at)));
        cells.push(headline(page, outlet));
        Row { facts: RowAttributes { target: Some(number), ..RowAttributes::of_outlet(at) }, cells }
    };
    let rows = page.summaries(target).map(row).collect();
    SortableTable {
        id: format!("glance-{number}"),
        caption: "Who says it, who quotes it".to_owned(),
        heads,
        rows,
    }
}

fn head(label: &str, voice: Voice) -> ColumnHead {
    let voice = match voice {
        Voice::Outlet => "in its own words",
        Voice::Attributed => "in quotes",
    };
    let csv = ["", " of", " (context)", " (context) of"];
    ColumnHead {
        shown: html! { span class={ "said " (dot_plot::class(label)) } { (label) } " " (voice) },
        csv: csv.iter().map(|more| format!("{label} {voice}{more}")).collect(),
        class: "figure",
    }
}

/// How many of an outlet's sentences that name the target and get the label are sources' words.
fn only_head(label: &str) -> ColumnHead {
    let csv = ["in quotes alone", "in quotes", "in all"];
    ColumnHead {
        shown: html! { span class={ "said " (dot_plot::class(label)) } { (label) } " only in quotes" },
        csv: csv.iter().map(|more| format!("{label} {more}")).collect(),
        class: "",
    }
}

fn only(outlet: &OutletSummary, label: usize, behind: Option<&str>) -> Cell {
    let told = RankedOutlet::of(outlet, label);
    let word = match (told.is_only(), told.is_nearly_only(), told.all) {
        (_, _, 0) => "none",
        (true, ..) => "only",
        (_, true, _) => "almost only",
        _ => "no",
    };
    let counts = format!("{} of {}", told.quoted, told.all);
    let csv = vec![word.to_owned(), told.quoted.to_string(), told.all.to_string()];
    let value = (told.all > 0).then(|| told.quoted as f64 / told.all as f64);
    let shown = html! { (word) @if told.all > 0 { ": " (counts) } };
    Cell { shown, value, csv, ..Cell::words("") }.linked(behind.filter(|_| told.quoted > 0))
}

fn count(outlet: &OutletSummary, voice: Voice, label: usize, behind: Option<&str>) -> Cell {
    let [naming, context] = [TargetRelation::Mention, TargetRelation::Context].map(|about| {
        let stratum = outlet.stratum(voice, about);
        let count = stratum.and_then(|stratum| stratum.shares.get(label));
        (count.map_or(0, |share| share.predicted), stratum.map_or(0, |stratum| stratum.sentences))
    });
    let counts = [naming.0, naming.1, context.0, context.1];
    let shown = html! {
        (naming.0) " of " (naming.1)
        @if context.1 > 0 { br; " " small { "+ " (context.0) " of " (context.1) } }
    };
    let value = naming.0 as f64 + context.0 as f64 / 1000.0;
    let csv = counts.iter().map(u64::to_string).collect();
    let cell = Cell { shown, value: Some(value), csv, class: "figure", outlet: None };
    cell.linked(behind)
}

/// Where they are many, those are named that at least half of the outlets have, and the rest are
/// counted.
fn left_out(page: &HtmlView<'_>, outlet: usize) -> Cell {
    let absent = absent(page.report, outlet);
    let is_named = |is_common: bool| is_common || absent.len() <= NAMED;
    let named: Vec<usize> =
        absent.iter().filter(|(_, common)| is_named(*common)).map(|(quote, _)| *quote).collect();
    let others = absent.len() - named.len();
    let shown = html! {
        @for (at, quote) in named.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "#q-" (quote + 1) } { (quotes::name(page.report, *quote)) }
        }
        @if absent.is_empty() { "none" }
        @if others > 0 {
            @if !named.is_empty() { "; " }
            a href="#omissions" { (others) " that few have" }
        }
    };
    let numbers: Vec<String> = absent.iter().map(|(quote, _)| (quote + 1).to_string()).collect();
    let common = absent.iter().filter(|(_, is_common)| *is_common).count();
    let value = common as f64 + absent.len() as f64 / 1000.0;
    Cell { shown, value: Some(value), ..Cell::words(&numbers.join(" ")) }
}

/// How many headlines go clearly further than their articles, and toward which label; and what they
/// quote that their bodies do not have.
fn headline(page: &HtmlView<'_>, outlet: &OutletSummary) -> Cell {
    let gap = &outlet.headline_gap;
    let far = page.sides().filter_map(|label| Some((label, *gap.further.get(label)?)));
    let far: Vec<String> = far
        .filter(|(_, articles)| *articles > 0)
        .map(|(label, articles)| format!("{articles} {}", sanitize::name(page.report.label(label))))
        .collect();
    let found = if far.is_empty() { "none".to_owned() } else { far.join(", ") };
    let compared = match gap.articles {
        0 => "cannot be compared".to_owned(),
        articles => format!("{found}, of {articles}"),
    };
    let quoted = outlet.headline_quotes.shown.iter().map(|of| sanitize::name(&of.words));
    let quoted: Vec<String> = quoted.map(|words| format!("quotes “{words}”")).collect();
    let words: Vec<String> = quoted.into_iter().chain([compared]).collect();
    let value = n_further(page.report, outlet) as f64 / gap.articles.max(1) as f64;
    let value = (gap.articles > 0).then_some(value);
    Cell { value, ..Cell::words(&words.join("; ")) }.linked(Some("#headlines"))
}
