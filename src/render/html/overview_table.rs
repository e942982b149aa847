//! One table of all outlets: who says it, who quotes it, who leaves out what. Each number leads to its
//! sentences.

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::label_name;
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::sanitize;
use crate::render::wording::percent;
use crate::report::{FAR, LeftOut, Outlet, OutletSummary, Report};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of labels that have columns; the other sections show all.
const MOST_LABELS: usize = 2;

/// The table, and how it is read.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (!page.outlets.is_empty()).then(|| {
        html! {
            @if page.report.outlets.iter().any(Outlet::is_copy) {
                p class="warning" {
                    b { "Were articles given twice? " }
                    "What has no outlet’s name is nearly all in another outlet as well. If these are the same \
                    articles, the figures are wrong: read one of the two alone."
                }
            }
            (page.each_target(|target| table(target).stacked().show()))
            p class="hint" {
                "Counted are sentences to which the model gives the label: first of those that name the \
                target, then, behind +, of those that do not (context), where it is a poorer judge. Only in \
                quotes: how many of the outlet’s sentences that name the target and get the label are words \
                of its sources. Each number leads to its sentences: read them before you repeat it. "
                @if !page.report.quotes.shared.is_empty() {
                    "Quotes left out are named by number and speaker; where they are many, those that at \
                    least half of the outlets have. "
                }
                "A headline goes further where the label it gets takes a side and is more probable in it, by "
                (percent(FAR)) " points or more, than in the body’s own-voice sentences that name the target."
            }
        }
    })
}

fn table(target: TargetView<'_>) -> SortableTable {
    let page = target.page;
    let mut columns =
        vec![HtmlColumn::text("outlet", |outlet: &OutletView<'_>| Cell::text(outlet.name()))];
    for label in page.sides().take(MOST_LABELS) {
        columns.extend(Voice::ALL.map(|voice| counts_column(page, voice, label)));
        columns.push(only_column(page, label));
    }
    if !page.report.quotes.shared.is_empty() {
        let cell = |outlet: &OutletView<'_>| left_out_cell(page.report, outlet.number);
        columns.push(HtmlColumn::text("shared quotes left out", cell));
    }
    let headlines = |outlet: &OutletView<'_>| headlines_cell(page, outlet.summary);
    columns.push(HtmlColumn::text("headlines that go further than the body", headlines));
    SortableTable::new(
        format!("glance-{}", target.number),
        "Who says it, who quotes it",
        columns,
        target.outlets().map(|outlet| (outlet.attributes(), outlet)),
    )
}

/// How many sentences of a voice get a label, of how many.
fn counts_column<'p>(
    page: &HtmlView<'_>,
    voice: Voice,
    label: usize,
) -> HtmlColumn<'p, OutletView<'p>> {
    let of_voice = match voice {
        Voice::Outlet => "in its own words",
        Voice::Attributed => "in quotes",
    };
    let fields = format!("{} {of_voice}", page.label_name(label));
    HtmlColumn::number("", move |outlet: &OutletView<'_>| counts_cell(outlet, voice, label))
        .head(html! { (label_name(page.report.label(label))) " " (of_voice) })
        .fields_after(&fields, &["", " of", " (context)", " (context) of"])
}

fn counts_cell(outlet: &OutletView<'_>, voice: Voice, label: usize) -> HtmlCell {
    let [naming, context] = [TargetRelation::Mention, TargetRelation::Context].map(|about| {
        let stratum = outlet.summary.stratum(voice, about);
        stratum.map_or((0, 0), |of| (of.predicted(label), of.sentences))
    });
    let shown = html! {
        (naming.0) " of " (naming.1)
        @if context.1 > 0 { br; " " small { "+ " (context.0) " of " (context.1) } }
    };
    let counts = [naming.0, naming.1, context.0, context.1].map(Value::Count);
    HtmlCell::of(counts, shown)
        .sorted_by(Some(naming.0 as f64 + context.0 as f64 / 1000.0))
        .linked(outlet.group_href(voice, label).as_deref())
}

/// How many of an outlet's sentences that name the target and get the label are sources' words.
fn only_column<'p>(page: &HtmlView<'_>, label: usize) -> HtmlColumn<'p, OutletView<'p>> {
    HtmlColumn::text("", move |outlet: &OutletView<'_>| only_cell(outlet, label))
        .head(html! { (label_name(page.report.label(label))) " only in quotes" })
        .fields_after(&page.label_name(label), &[" in quotes alone", " in quotes", " in all"])
}

fn only_cell(outlet: &OutletView<'_>, label: usize) -> HtmlCell {
    let counts = outlet.summary.quoted(label);
    let (quoted, all) = (counts.quoted, counts.all);
    let word = match (counts.is_only(), counts.is_nearly_only(), all) {
        (_, _, 0) => "none",
        (true, ..) => "only",
        (_, true, _) => "almost only",
        _ => "no",
    };
    let shown = html! { (word) @if all > 0 { ": " (quoted) " of " (all) } };
    let href = outlet.group_href(Voice::Attributed, label).filter(|_| quoted > 0);
    HtmlCell::of([Value::Text(word.to_owned()), Value::Count(quoted), Value::Count(all)], shown)
        .sorted_by((all > 0).then(|| quoted as f64 / all as f64))
        .linked(href.as_deref())
}

/// The shared quotes that an outlet lacks. Where they are many, those are named that at least half of
/// the outlets have, and the rest are counted.
fn left_out_cell(report: &Report, outlet: usize) -> HtmlCell {
    let absent = report.quotes.left_out(outlet);
    let named: Vec<usize> = LeftOut::named(&absent).collect();
    let others = absent.len() - named.len();
    let shown = html! {
        @for (at, quote) in named.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "#q-" (quote + 1) } { (quote_name(report, *quote)) }
        }
        @if absent.is_empty() { "none" }
        @if others > 0 {
            @if !named.is_empty() { "; " }
            a href="#omissions" { (others) " that few have" }
        }
    };
    let numbers: Vec<String> = absent.iter().map(|of| (of.quote + 1).to_string()).collect();
    let common = absent.iter().filter(|of| of.is_common).count();
    HtmlCell::of([Value::Text(numbers.join(" "))], shown)
        .sorted_by(Some(common as f64 + absent.len() as f64 / 1000.0))
}

/// A quote in few words: its number, and the last name of who speaks.
fn quote_name(report: &Report, quote: usize) -> String {
    let speakers = report.quotes.shared.get(quote).map_or(&[][..], |quote| &quote.speakers);
    let name = speakers.first().map(|speaker| sanitize::name(speaker)).unwrap_or_default();
    match name.rsplit(' ').next() {
        Some(last) if !last.is_empty() => format!("{}\u{a0}{last}", quote + 1),
        _ => (quote + 1).to_string(),
    }
}

/// How many headlines go clearly further than their articles, and toward which label; and what they
/// quote that their bodies do not have.
fn headlines_cell(page: &HtmlView<'_>, outlet: &OutletSummary) -> HtmlCell {
    let gap = &outlet.headline_gap;
    let far = page.sides().filter_map(|label| Some((label, gap.gaps.get(label)?.further)));
    let far: Vec<String> = far
        .filter(|(_, articles)| *articles > 0)
        .map(|(label, articles)| format!("{articles} {}", page.label_name(label)))
        .collect();
    let found = if far.is_empty() { "none".to_owned() } else { far.join(", ") };
    let compared = match gap.articles {
        0 => "cannot be compared".to_owned(),
        articles => format!("{found}, of {articles}"),
    };
    let quoted = outlet.headline_quotes.shown.iter();
    let quoted = quoted.map(|of| format!("quotes “{}”", sanitize::name(&of.words)));
    let texts: Vec<String> = quoted.chain([compared]).collect();
    let share =
        gap.n_further(&page.sides().collect::<Vec<_>>()) as f64 / gap.articles.max(1) as f64;
    HtmlCell::from(Cell::text(texts.join("; ")))
        .sorted_by((gap.articles > 0).then_some(share))
        .linked(Some("#headlines"))
}
