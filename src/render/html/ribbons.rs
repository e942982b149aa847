//! Where in the articles the target, criticism and sources stand.

use maud::{Markup, html};

use super::grid::{Cell, Facts, Grid, Head, Row, data, voice_key, voice_name};
use super::page::Page;
use super::{link, strip};
use crate::bootstrap::MIN_CLUSTERS;
use crate::render::clean;
use crate::report::{self, OutletSummary, Ribbon, TargetSummary, Tenth};
use crate::voice::Voice;

/// So many ribbons are drawn, of each outlet the same number; at least one of each.
const RIBBONS: usize = 40;

/// A cell's width and a ribbon's height.
const CELL: usize = 12;
const HEIGHT: usize = 18;

/// Ribbons of articles, and tenths of many.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
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

fn ribbons(page: &Page<'_>, number: usize, target: &TargetSummary) -> Markup {
    let each = (RIBBONS / page.outlets.len().max(1)).max(1);
    let all: Vec<(usize, &Ribbon)> = page
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
                        small { (link(&ribbon.url, &clean::name(&ribbon.article))) }
                    }
                    (drawn(page, *at, ribbon))
                }
            }
        }
        (data(&format!("ribbons-{number}"), &table(page, &all).csv()))
    }
}

/// The ribbon in words, for those who do not see it.
fn told(page: &Page<'_>, ribbon: &Ribbon) -> String {
    let named = ribbon.cells.iter().enumerate();
    let named: Vec<String> = named
        .filter_map(|(at, cell)| {
            let judged = cell.judged.filter(report::Judged::is_mention)?;
            let label = clean::name(page.report.label(judged.label));
            Some(format!("{} {label}, {}", at + 1, voice_name(cell.voice)))
        })
        .collect();
    format!("{} sentences; those that name the target: {}", ribbon.cells.len(), named.join("; "))
}

fn drawn(page: &Page<'_>, outlet: usize, ribbon: &Ribbon) -> Markup {
    let width = ribbon.cells.len() * CELL;
    html! {
        div class="scroll" tabindex="0" role="region" aria-label={ "Article " (clean::name(&ribbon.article)) } {
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

fn one(page: &Page<'_>, place: usize, cell: &report::Cell) -> Markup {
    let judged = cell.judged.filter(report::Judged::is_mention);
    let label = judged.map_or("", |judged| page.report.label(judged.label));
    let is_told = cell.voice == Voice::Attributed;
    let x = place * CELL;
    let class = match (judged.is_some(), is_told) {
        (true, false) => format!("full {}", strip::class(label)),
        (true, true) => format!("framed {}", strip::class(label)),
        (false, _) => "low".to_owned(),
    };
    let (top, height) = if judged.is_some() { (1, HEIGHT - 2) } else { (6, HEIGHT - 12) };
    let letter = label.chars().next().map(|first| first.to_uppercase().to_string());
    html! {
        rect class=(class) x=(x + 1) y=(top) width=(CELL - 2) height=(height) {
            title {
                (cell.sentence) ". " (clean::name(label))
                @if is_told { " (" (clean::list(&cell.speakers, "; ")) ")" } " " (clean::tidy(&cell.text))
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

fn table(page: &Page<'_>, all: &[(usize, &Ribbon)]) -> Grid {
    let heads = ["outlet", "article", "sentence", "voice", "speaker", "about", "label", "shared"];
    let row = |outlet: usize, ribbon: &Ribbon, cell: &report::Cell| {
        let (about, label) = cell.judged.map_or((String::new(), String::new()), |judged| {
            (judged.about.name().to_owned(), clean::name(page.report.label(judged.label)))
        });
        let words = [
            page.outlet_name(outlet),
            clean::name(&ribbon.article),
            cell.sentence.to_string(),
            voice_key(cell.voice).to_owned(),
            clean::list(&cell.speakers, "; "),
            about,
            label,
            if cell.is_shared { "yes" } else { "no" }.to_owned(),
        ];
        let cells = words.iter().map(|word| Cell::words(word)).collect();
        Row { facts: Facts::default(), cells }
    };
    let rows = all.iter().flat_map(|(outlet, ribbon)| {
        ribbon.cells.iter().map(move |cell| row(*outlet, ribbon, cell))
    });
    Grid {
        id: "ribbons".to_owned(),
        caption: String::new(),
        heads: heads.map(Head::words).into(),
        rows: rows.collect(),
    }
}

/// A figure of a tenth.
type OfTenth = fn(&Tenth) -> Option<f64>;

/// Of outlets with many articles, what stands in each tenth, as heat.
fn tenths(page: &Page<'_>, number: usize, target: &TargetSummary) -> Markup {
    let many =
        |(_, outlet): &(usize, &OutletSummary)| outlet.prominence.articles >= MIN_CLUSTERS as u64;
    let outlets: Vec<(usize, &OutletSummary)> = page.summaries(target).filter(many).collect();
    let figures: [(&str, &str, OfTenth); 2] = [
        (
            "naming",
            "Sentences that name the target, %, from the beginning (1) to the end (10) of the body",
            Tenth::naming,
        ),
        (
            "told",
            "Sentences that are a source’s, %, from the beginning (1) to the end (10) of the body",
            Tenth::attributed,
        ),
    ];
    html! {
        @if !outlets.is_empty() {
            @for (id, caption, of) in figures {
                @let heads = std::iter::once(Head::words("outlet"))
                    .chain((1..=10).map(|tenth| Head::figures(&tenth.to_string())));
                (Grid {
                    id: format!("tenths-{number}-{id}"),
                    caption: caption.to_owned(),
                    heads: heads.collect(),
                    rows: outlets.iter().map(|(at, outlet)| tenth_row(page, *at, outlet, of)).collect(),
                }.show())
            }
        }
    }
}

fn tenth_row(page: &Page<'_>, at: usize, outlet: &OutletSummary, of: OfTenth) -> Row {
    let tenths = outlet.prominence.tenths.iter().map(|tenth| Cell::heat(of(tenth)));
    let cells = std::iter::once(Cell::words(&page.outlet_name(at))).chain(tenths).collect();
    Row { facts: Facts::of_outlet(at), cells }
}
