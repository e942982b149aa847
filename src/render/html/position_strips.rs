//! Where in the articles the target, criticism and sources stand.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{
    Cell, ColumnHead, Row, RowAttributes, SortableTable, data, voice_key, voice_name,
};
use super::{dot_plot, link};
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::render::sanitize;
use crate::report::{self, Decile, OutletSummary, SentenceStrip, TargetSummary};
use crate::voice::Voice;

/// So many ribbons are drawn, of each outlet the same number; at least one of each.
const RIBBONS: usize = 40;

/// A cell's width and a ribbon's height.
const CELL: usize = 12;
const HEIGHT: usize = 18;

/// Ribbons of articles, and tenths of many.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let any = page.targets().any(|(_, target)| {
        page.summaries(target).any(|(_, outlet)| outlet.prominence.articles > 0)
    });
    any.then(|| {
        html! {
            @for (number, target) in page.targets() {
                (page.target_title(target))
                (ribbons(page, number, target))
                (tenths(page, number, target))
            }
        }
    })
}

fn ribbons(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let each = (RIBBONS / page.outlets.len().max(1)).max(1);
    let all: Vec<(usize, &SentenceStrip)> = page
        .summaries(target)
        .flat_map(|(at, outlet)| outlet.prominence.ribbons.iter().take(each).map(move |r| (at, r)))
        .collect();
    html! {
        p class="hint" {
            "Each row is an article, each cell a sentence of its body, in order. Tall cells name the \
            target: full where the outlet itself speaks, framed where a source does; a letter says \
            what they express. Low cells do not name it; a dot marks a source’s words. Underlined: \
            printed elsewhere too. Shown are the articles that name the target most, at most five of \
            an outlet."
        }
        ul class="ribbons" {
            @for (at, ribbon) in &all {
                li data-target=(number) data-outlet=(at) {
                    span dir="auto" {
                        (page.outlet_name(*at)) " "
                        small { (link(&ribbon.url, &sanitize::name(&ribbon.article))) }
                    }
                    (drawn(page, *at, ribbon))
                }
            }
        }
        (data(&format!("ribbons-{number}"), &table(page, &all).csv()))
    }
}

/// The ribbon in words, for those who do not see it.
fn told(page: &HtmlView<'_>, ribbon: &SentenceStrip) -> String {
    let named = ribbon.cells.iter().enumerate();
    let named: Vec<String> = named
        .filter_map(|(at, cell)| {
            let judged = cell.judged.filter(report::PredictedLabel::is_mention)?;
            let label = sanitize::name(page.report.label(judged.label));
            Some(format!("{} {label}, {}", at + 1, voice_name(cell.voice)))
        })
        .collect();
    format!("{} sentences; those that name the target: {}", ribbon.cells.len(), named.join("; "))
}

fn drawn(page: &HtmlView<'_>, outlet: usize, ribbon: &SentenceStrip) -> Markup {
    let width = ribbon.cells.len() * CELL;
    html! {
        div class="scroll" tabindex="0" role="region" aria-label={ "Article " (sanitize::name(&ribbon.article)) } {
            svg class="ribbon" role="img" width=(width) height=(HEIGHT + 3)
                aria-label=(told(page, ribbon)) {
                @for (place, cell) in ribbon.cells.iter().enumerate() {
                    @let href = page.sentence(outlet, &ribbon.article, cell.sentence);
                    @if let Some(href) = href {
                        a href=(href) tabindex="-1" { (one(page, place, cell)) }
                    } @else { (one(page, place, cell)) }
                }
            }
        }
    }
}

fn one(page: &HtmlView<'_>, place: usize, cell: &report::Cell) -> Markup {
    let judged = cell.judged.filter(report::PredictedLabel::is_mention);
    let label = judged.map_or("", |judged| page.report.label(judged.label));
    let is_told = cell.voice == Voice::Attributed;
    let x = place * CELL;
    let class = match (judged.is_some(), is_told) {
        (true, false) => format!("full {}", dot_plot::class(label)),
        (true, true) => format!("framed {}", dot_plot::class(label)),
        (false, _) => "low".to_owned(),
    };
    let (top, height) = if judged.is_some() { (1, HEIGHT - 2) } else { (6, HEIGHT - 12) };
    let letter = label.chars().next().map(|first| first.to_uppercase().to_string());
    html! {
        rect class=(class) x=(x + 1) y=(top) width=(CELL - 2) height=(height) {
            title {
                (cell.sentence) ". " (sanitize::name(label))
                @if is_told { " (" (sanitize::list(&cell.speakers, "; ")) ")" } " " (sanitize::tidy(&cell.text))
            }
        }
        @if judged.is_some() {
            text class=(class) x=(x + CELL / 2) y="13" text-anchor="middle" { (letter.unwrap_or_default()) }
        } @else if is_told { circle class="ink" cx=(x + CELL / 2) cy=(HEIGHT / 2) r="1.5" {} }
        @if cell.is_shared {
            line class="shared" x1=(x + 1) x2=(x + CELL - 1) y1=(HEIGHT + 1) y2=(HEIGHT + 1) {}
        }
    }
}

fn table(page: &HtmlView<'_>, all: &[(usize, &SentenceStrip)]) -> SortableTable {
    let heads = ["outlet", "article", "sentence", "voice", "speaker", "about", "label", "shared"];
    let row = |outlet: usize, ribbon: &SentenceStrip, cell: &report::Cell| {
        let (about, label) = cell.judged.map_or((String::new(), String::new()), |judged| {
            (judged.about.name().to_owned(), sanitize::name(page.report.label(judged.label)))
        });
        let words = [
            page.outlet_name(outlet),
            sanitize::name(&ribbon.article),
            cell.sentence.to_string(),
            voice_key(cell.voice).to_owned(),
            sanitize::list(&cell.speakers, "; "),
            about,
            label,
            if cell.is_shared { "yes" } else { "no" }.to_owned(),
        ];
        let cells = words.iter().map(|word| Cell::words(word)).collect();
        Row { facts: RowAttributes::default(), cells }
    };
    let rows = all.iter().flat_map(|(outlet, ribbon)| {
        ribbon.cells.iter().map(move |cell| row(*outlet, ribbon, cell))
    });
    SortableTable {
        id: "ribbons".to_owned(),
        caption: String::new(),
        heads: heads.map(ColumnHead::words).into(),
        rows: rows.collect(),
    }
}

/// A figure of a tenth.
type OfTenth = fn(&Decile) -> Option<f64>;

/// Of outlets with many articles, what stands in each tenth, as heat.
fn tenths(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> Markup {
    let many =
        |(_, outlet): &(usize, &OutletSummary)| outlet.prominence.articles >= MIN_CLUSTERS as u64;
    let outlets: Vec<(usize, &OutletSummary)> = page.summaries(target).filter(many).collect();
    let figures: [(&str, &str, OfTenth); 2] = [
        (
            "naming",
            "Sentences that name the target, %, from the beginning (1) to the end (10) of the body",
            Decile::naming,
        ),
        (
            "told",
            "Sentences that are a source’s, %, from the beginning (1) to the end (10) of the body",
            Decile::attributed,
        ),
    ];
    html! {
        @if !outlets.is_empty() {
            @for (id, caption, of) in figures {
                @let heads = std::iter::once(ColumnHead::words("outlet"))
                    .chain((1..=10).map(|tenth| ColumnHead::figures(&tenth.to_string())));
                (SortableTable {
                    id: format!("tenths-{number}-{id}"),
                    caption: caption.to_owned(),
                    heads: heads.collect(),
                    rows: outlets.iter().map(|(at, outlet)| tenth_row(page, *at, outlet, of)).collect(),
                }.show())
            }
        }
    }
}

fn tenth_row(page: &HtmlView<'_>, at: usize, outlet: &OutletSummary, of: OfTenth) -> Row {
    let tenths = outlet.prominence.tenths.iter().map(|tenth| Cell::heat(of(tenth)));
    let cells = std::iter::once(Cell::words(&page.outlet_name(at))).chain(tenths).collect();
    Row { facts: RowAttributes::of_outlet(at), cells }
}
