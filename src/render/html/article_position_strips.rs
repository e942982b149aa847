//! Position strips: where in the articles the target, what is said of it, and sources stand.

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::{label_class, web_link};
use super::row_attributes::{RowAttributes, voice_key, voice_name};
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable, data};
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::Table;
use crate::report::{self, Decile, SentenceLabel, SentenceStrip};
use crate::voice::Voice;

/// Maximum number of strips, the same number of each outlet; at least one of each.
const MOST_STRIPS: usize = 40;

/// The width of a sentence, and the height of a strip.
const WIDTH: usize = 12;
const HEIGHT: usize = 18;

/// The strips of articles, and the tenths of outlets with many articles.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    page.has_any(|outlet| outlet.prominence.articles > 0)
        .then(|| page.each_target(|target| html! { (strips(target)) (deciles(target)) }))
}

fn strips(target: TargetView<'_>) -> Markup {
    let of_each_outlet = (MOST_STRIPS / target.page.outlets.len().max(1)).max(1);
    let strips = target.outlets().flat_map(|outlet| {
        let shown = outlet.summary.prominence.ribbons.iter().take(of_each_outlet);
        shown.map(move |strip| (outlet, strip))
    });
    let strips: Vec<(OutletView<'_>, &SentenceStrip)> = strips.collect();
    let sentences = strips.iter().flat_map(|(outlet, strip)| {
        strip.cells.iter().map(|cell| Sentence { outlet: *outlet, strip, cell })
    });
    html! {
        p class="hint" {
            "Each row is an article, each cell a sentence of its body, in order. Tall cells name the \
            target: full where the outlet itself speaks, framed where a source does"
            @if target.is_checked() { "; a letter begins the label of a sentence that somebody has checked" }
            ". Low cells do not name it; a dot marks a source’s words. Underlined: printed elsewhere too."
            @if of_each_outlet > 1 {
                " Shown are the articles that name the target most, at most " (of_each_outlet) " of an outlet."
            } @else { " Shown is each outlet’s article that names the target most." }
        }
        ul class="ribbons" {
            @for (outlet, strip) in &strips {
                li data-target=(target.number) data-outlet=(outlet.number) {
                    span dir="auto" {
                        (outlet.name()) " "
                        small { (web_link(&strip.url, &sanitize::name(&strip.article))) }
                    }
                    (drawing(outlet, strip))
                }
            }
        }
        (data(&format!("ribbons-{}", target.number), &Table::of_fields(FIELDS, sentences)))
    }
}

/// The strip in words, for those who do not see it.
fn in_words(strip: &SentenceStrip) -> String {
    let mention = |(number, sentence): (usize, &report::Cell)| {
        let predicted = sentence.judged.as_ref().filter(|judged| judged.is_mention())?;
        let checked = Some(predicted).filter(|predicted| predicted.is_checked());
        let label = checked.map_or_else(String::new, |of| sanitize::name(of.label.name()) + ", ");
        Some(format!("{number} {label}{}", voice_name(sentence.voice)))
    };
    let mentions: Vec<String> = (1..).zip(&strip.cells).filter_map(mention).collect();
    format!("{} sentences; those that name the target: {}", strip.cells.len(), mentions.join("; "))
}

fn drawing(outlet: &OutletView<'_>, strip: &SentenceStrip) -> Markup {
    let page = outlet.target.page;
    html! {
        div class="scroll" tabindex="0" role="region" aria-label={ "Article " (sanitize::name(&strip.article)) } {
            span class="unseen" { (in_words(strip)) }
            svg class="ribbon" aria-hidden="true" width=(strip.cells.len() * WIDTH) height=(HEIGHT + 3) {
                @for (at, sentence) in strip.cells.iter().enumerate() {
                    @let drawing = sentence_drawing(at * WIDTH, sentence);
                    @match page.sentence_href(outlet.number, &strip.article, sentence.sentence) {
                        Some(href) => a href=(href) tabindex="-1" { (drawing) },
                        None => (drawing),
                    }
                }
            }
        }
    }
}

fn sentence_drawing(x: usize, sentence: &report::Cell) -> Markup {
    let predicted = sentence.judged.as_ref().filter(|judged| judged.is_mention());
    let checked = predicted.filter(|predicted| predicted.is_checked());
    let label = checked.map_or("", |checked| checked.label.name());
    let is_source = sentence.voice == Voice::Attributed;
    let colour = checked.map_or("other", |_| label_class(label));
    let class = match (predicted, is_source) {
        (Some(_), false) => format!("full {colour}"),
        (Some(_), true) => format!("framed {colour}"),
        (None, _) => "low".to_owned(),
    };
    let (top, height) = if predicted.is_some() { (1, HEIGHT - 2) } else { (6, HEIGHT - 12) };
    let letter = label.chars().next().map(|first| first.to_uppercase().to_string());
    html! {
        rect class=(class) x=(x + 1) y=(top) width=(WIDTH - 2) height=(height) {
            title {
                (sentence.sentence) ". " (sanitize::name(label))
                @if is_source { " (" (sanitize::list(&sentence.speakers, "; ")) ")" }
                " " (sanitize::tidy(&sentence.text))
            }
        }
        @if predicted.is_some() {
            text class=(class) x=(x + WIDTH / 2) y="13" text-anchor="middle" { (letter.unwrap_or_default()) }
        } @else if is_source { circle class="ink" cx=(x + WIDTH / 2) cy=(HEIGHT / 2) r="1.5" {} }
        @if sentence.is_shared {
            line class="shared" x1=(x + 1) x2=(x + WIDTH - 1) y1=(HEIGHT + 1) y2=(HEIGHT + 1) {}
        }
    }
}

/// A sentence of a strip.
struct Sentence<'p> {
    outlet: OutletView<'p>,
    strip: &'p SentenceStrip,
    cell: &'p report::Cell,
}

impl Sentence<'_> {
    /// A text about its label; empty where it has none.
    fn label(&self, text: fn(&SentenceLabel) -> String) -> Cell {
        Cell::maybe(self.cell.judged.as_ref(), |judged| Cell::text(text(judged)))
    }
}

/// The fields in CSV.
const FIELDS: [(&str, fn(&Sentence<'_>) -> Cell); 8] = [
    ("outlet", |of| Cell::text(of.outlet.name())),
    ("article", |of| Cell::text(sanitize::name(&of.strip.article))),
    ("sentence", |of| Cell::count(of.cell.sentence as u64)),
    ("voice", |of| Cell::text(voice_key(of.cell.voice))),
    ("speaker", |of| Cell::text(sanitize::list(&of.cell.speakers, "; "))),
    ("about", |of| of.label(|predicted| predicted.about.name().to_owned())),
    ("label", |of| of.label(|predicted| sanitize::name(predicted.label.name()))),
    ("shared", |of| Cell::text(if of.cell.is_shared { "yes" } else { "no" })),
];

/// The tables of tenths: the address, what they show, and its share in a tenth.
const DECILES: [(&str, &str, fn(&Decile) -> Option<f64>); 2] = [
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

/// What stands in each tenth of the body, as heat, of outlets with many articles.
fn deciles(target: TargetView<'_>) -> Markup {
    let is_enough =
        |outlet: &OutletView<'_>| outlet.summary.prominence.articles >= MIN_CLUSTERS as u64;
    let table = |(id, caption, share): (&str, &str, fn(&Decile) -> Option<f64>)| {
        let outlet = HtmlColumn::text("outlet", |of: &OutletView<'_>| Cell::text(of.name()));
        let deciles = (0..10).map(|at| {
            HtmlColumn::number(&(at + 1).to_string(), move |of: &OutletView<'_>| {
                HtmlCell::from(Cell::share(share(&of.summary.prominence.tenths[at]))).heat()
            })
        });
        let rows = target.outlets().filter(is_enough);
        SortableTable::new(
            format!("tenths-{}-{id}", target.number),
            caption,
            [outlet].into_iter().chain(deciles).collect(),
            rows.map(|outlet| (RowAttributes::of_outlet(outlet.number), outlet)),
        )
    };
    html! {
        @for table in DECILES.map(table) { @if !table.is_empty() { (table.show()) } }
    }
}
