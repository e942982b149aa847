//! Headlines beside leads and bodies: what each expresses, and which headlines go further.

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::{folded_part, marked_excerpt, sentence_label, web_link};
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::render::cell::{Cell, Value};
use crate::render::figures::headline_gaps;
use crate::render::sanitize;
use crate::render::wording::{points, points_interval};
use crate::report::{ExampleSentence, HeadlineLeadExample, LabelGap, LoneQuote, PredictionSums};
use crate::voice::Voice;

/// Maximum number of articles shown, the same number of each outlet.
const MOST_ARTICLES: usize = 60;

/// With more articles their table is folded.
const FEW_ARTICLES: usize = 10;

/// How far headlines go; below, headlines, leads and bodies side by side.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    page.has_any(|outlet| !outlet.openings.shown.is_empty()).then(|| {
        html! {
            (page.each_target(|target| html! {
                @if target.is_checked() { (gaps(target)) }
                (lone_quotes(target))
                (openings(target))
            }))
        }
    })
}

/// Headline, lead and body of articles, folded where there are many.
fn openings(target: TargetView<'_>) -> Markup {
    let table = side_by_side(target);
    let n = table.len();
    let content = html! {
        p class="hint" {
            "The lead is the first sentence of the body. "
            @if target.is_checked() {
                "Body: how many of its own-voice sentences that name the target get the label. "
            }
            "Marked are the words that spoke most for the label."
        }
        (table.stacked().show())
    };
    match n <= FEW_ARTICLES {
        true => content,
        false => folded_part(&html! { "Headline, lead and body of " (n) " articles" }, &content),
    }
}

/// Headlines that quote words which no sentence of their body has.
fn lone_quotes(target: TargetView<'_>) -> Markup {
    let quotes: Vec<(OutletView<'_>, &LoneQuote)> = target
        .outlets()
        .flat_map(|outlet| outlet.summary.headline_quotes.shown.iter().map(move |of| (outlet, of)))
        .collect();
    html! {
        @if !quotes.is_empty() {
            p { "These headlines quote words that we did not find in their bodies:" }
            ul { @for (outlet, of) in quotes {
                li dir="auto" {
                    (web_link(&of.url, &outlet.name())) ": “" (sanitize::tidy(&of.headline)) "” quotes “"
                    (sanitize::name(&of.words)) "”"
                }
            } }
        }
    }
}

type Example<'p> = (OutletView<'p>, &'p HeadlineLeadExample);

fn side_by_side(target: TargetView<'_>) -> SortableTable {
    let page = target.page;
    let of_each_outlet = (MOST_ARTICLES / page.outlets.len().max(1)).max(1);
    let article = |(_, of): &Example<'_>| {
        let name = sanitize::name(&of.article);
        HtmlCell::of([Value::Text(name.clone())], web_link(&of.url, &name))
    };
    let part = |name, sentence: fn(&HeadlineLeadExample) -> Option<&ExampleSentence>| {
        HtmlColumn::text(name, move |(_, of): &Example<'_>| {
            sentence(of).map_or_else(no_sentence, sentence_cell)
        })
        .fields_after(name, &["", " expresses", " probability"])
    };
    let mut columns = vec![
        HtmlColumn::text("outlet", |(outlet, _): &Example<'_>| Cell::text(outlet.name())),
        HtmlColumn::text("article", article),
        part("headline", |of| of.headline.as_ref()),
        part("lead", |of| of.lead.as_ref()),
    ];
    let body_labels = page.named_labels().filter(|_| target.is_checked());
    columns.extend(body_labels.map(|(label, name)| {
        HtmlColumn::number(&format!("body: {name}"), move |(_, of): &Example<'_>| {
            body_cell(&of.body, label)
        })
        .fields_after(&format!("body {name}"), &["", " count", " of"])
    }));
    let rows = target.outlets().flat_map(|outlet| {
        let shown = outlet.summary.openings.shown.iter().take(of_each_outlet);
        shown.map(move |of| (outlet.attributes(), (outlet, of)))
    });
    let caption = "Headline, lead and body side by side";
    SortableTable::new(format!("headlines-{}", target.number), caption, columns, rows)
}

/// Of how many sentences how many get a label, and its mean probability.
fn body_cell(body: &PredictionSums, label: usize) -> HtmlCell {
    let (count, all, mean) = (body.predicted(label), body.sentences(), body.mean(label));
    let shown = html! {
        @match mean {
            None => "–",
            Some(_) => { (count) " of " (all) },
        }
    };
    HtmlCell::of([Value::Share(mean), Value::Count(count), Value::Count(all)], shown)
}

fn no_sentence() -> HtmlCell {
    HtmlCell::of([const { Value::Missing }; 3], html! { "–" })
}

fn sentence_cell(sentence: &ExampleSentence) -> HtmlCell {
    let speakers = sanitize::list(&sentence.speakers, "; ");
    let shown = html! {
        span dir="auto" { (marked_excerpt(&sentence.text, &sentence.evidence.marks)) }
        br; " "
        small {
            @match &sentence.judged {
                None => "not about the target",
                Some(predicted) => (sentence_label(predicted)),
            }
            @if sentence.voice == Voice::Attributed {
                @if speakers.is_empty() { ", a source quoted or reported" } @else { ", quoting or reporting " (speakers) }
            }
        }
    };
    let judged = sentence.judged.as_ref();
    let label = judged.map(|judged| sanitize::name(judged.label.name()));
    let values = [
        Value::Text(sanitize::shortened(&sentence.text)),
        label.map_or(Value::Missing, Value::Text),
        Value::Share(judged.map(|judged| judged.probability)),
    ];
    HtmlCell::of(values, shown).class("long")
}

fn gaps(target: TargetView<'_>) -> Markup {
    let compared: Vec<OutletView<'_>> =
        target.outlets().filter(|outlet| outlet.summary.headline_gap.articles > 0).collect();
    html! {
        @if !compared.is_empty() {
            p class="hint" { (headline_gaps::KEY) " Faint: fewer than five articles, too few for an interval." }
            (gap_table(target, &compared).show())
            @for outlet in &compared {
                @let furthest = &outlet.summary.headline_gap.furthest;
                @if !furthest.is_empty() {
                    div data-outlet=(outlet.number) {
                        (target.subheading(&html! { span dir="auto" { (outlet.name()) } }))
                        ul { @for gap in furthest { li dir="auto" { (headline_gaps::further(gap)) } } }
                    }
                }
            }
        }
    }
}

fn gap_table(target: TargetView<'_>, compared: &[OutletView<'_>]) -> SortableTable {
    let mut columns = vec![
        HtmlColumn::text("outlet", |outlet: &OutletView<'_>| Cell::text(outlet.name())),
        HtmlColumn::number("articles", |outlet: &OutletView<'_>| {
            Cell::count(outlet.summary.headline_gap.articles as u64)
        }),
    ];
    columns.extend(target.page.named_labels().map(|(label, name)| {
        HtmlColumn::number(&name, move |outlet: &OutletView<'_>| {
            gap_cell(outlet.summary.headline_gap.gaps.get(label))
        })
        .fields_after(&name, &["", " low", " high"])
    }));
    let attributes = |outlet: &OutletView<'_>| RowAttributes {
        is_few: outlet.summary.headline_gap.articles < MIN_CLUSTERS,
        ..outlet.attributes()
    };
    SortableTable::new(
        format!("headline-gaps-{}", target.number),
        "Headline beside body, in points of probability",
        columns,
        compared.iter().map(|outlet| (attributes(outlet), *outlet)),
    )
}

fn gap_cell(gap: Option<&LabelGap>) -> HtmlCell {
    let mean = gap.map(|gap| gap.gap).filter(|mean| mean.is_finite());
    let interval = gap.and_then(|gap| gap.interval);
    let shown = html! {
        (mean.map_or_else(|| "–".to_owned(), points))
        @if let Some(interval) = interval { " " small { "(" (points_interval(interval)) ")" } }
    };
    HtmlCell::of([Value::Share(mean), Value::Interval(interval)], shown)
}
