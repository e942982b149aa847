//! What did an outlet leave out? The shared quotes, outlet by outlet.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::speakers::outlet_head;
use super::{quote_overlap, said};
use crate::render::figures::quotes as quote_figures;
use crate::render::key_findings::{COMPARED, left_out};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Neighbour, Place, PredictedLabel, Report, SharedQuote, Use};
use crate::voice::attribution_cues::Class;

/// So many characters of a quote stand in the matrix.
const HINT: usize = 70;

/// A quote in few words: its number, and the last name of who speaks.
pub(super) fn name(report: &Report, quote: usize) -> String {
    let speakers = report.quotes.shared.get(quote).map_or(&[][..], |quote| &quote.speakers);
    let last = speakers.first().map(|speaker| sanitize::name(speaker));
    let last = last.as_deref().and_then(|speaker| speaker.rsplit(' ').next());
    match last.filter(|last| !last.is_empty()) {
        Some(last) => format!("{}\u{a0}{last}", quote + 1),
        None => (quote + 1).to_string(),
    }
}

/// Quotes by outlets, then each quote whole.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let quotes = &page.report.quotes;
    if quotes.too_many > 0 {
        return Some(html! {
            @for line in quote_figures::omissions(page.report) { p { (line.text) } }
        });
    }
    if quotes.shared.is_empty() {
        return None;
    }
    let shown = quotes.shared.len().min(COMPARED);
    Some(html! {
        p class="hint" {
            "The same words of a source across outlets; small: the attributing word, and how far down \
            the body the quote stands (0–10 % is its beginning). The stance of a quote is that of its \
            words alone, in the wording shown, and so the same wherever it is printed. Found by rules; a \
            paraphrase may be missed."
            @if shown < quotes.shared.len() {
                " Shown are the " (shown) " of " (quotes.shared.len()) " that most outlets have."
            }
        }
        p class="key" {
            @for kind in [Kind::Full, Kind::Trimmed, Kind::Paraphrased, Kind::Absent] {
                span { (symbol(kind)) " " (kind.name()) } " "
            }
        }
        (matrix(page).show())
        h3 { "What each outlet leaves out" }
        (omissions(page).show())
        (quote_overlap::content(page))
        h3 { "Same quote, different wrapping" }
        p class="hint" {
            "Open a quote for what each outlet did with it: what it left out (struck through), its own words in the sentence (… for \
            what it quotes), and its own sentences before and after, with what they express where \
            they name the target."
        }
        @for (number, quote) in (1..).zip(quotes.shared.iter().take(COMPARED)) {
            (whole(page, number, quote))
        }
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Full,
    Trimmed,
    Paraphrased,
    Absent,
}

impl Kind {
    fn of(of: &Use) -> Self {
        match of {
            Use::Quoted(quoted) if quoted.dropped.is_empty() => Kind::Full,
            Use::Quoted(_) => Kind::Trimmed,
            Use::Paraphrased(_) => Kind::Paraphrased,
            Use::Absent => Kind::Absent,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Full => "full",
            Kind::Trimmed => "trimmed",
            Kind::Paraphrased => "paraphrased",
            Kind::Absent => "absent",
        }
    }
}

/// Told apart by shape, not by colour.
fn symbol(kind: Kind) -> Markup {
    html! {
        svg class="symbol" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" {
            @match kind {
                Kind::Full => { circle class="ink" r="6" {} }
                Kind::Trimmed => {
                    circle class="outline" r="5.5" {}
                    path class="ink" d="M0-6A6 6 0 0 0 0 6z" {}
                }
                Kind::Paraphrased => { circle class="outline" r="5.5" {} }
                Kind::Absent => { circle class="ink" r="1.2" {} }
            }
        }
    }
}

fn place(of: &Use) -> Option<&Place> {
    match of {
        Use::Quoted(quoted) => Some(&quoted.place),
        Use::Paraphrased(place) => Some(place),
        Use::Absent => None,
    }
}

/// The attributing word, its class where it takes a side, and how far down the body the quote stands.
fn introduced(place: &Place) -> String {
    let class = place.class.filter(|class| *class != Class::Neutral);
    let class = class.map_or_else(String::new, |class| format!(", {}", class.name()));
    match sanitize::name(&place.cue) {
        cue if !cue.contains(char::is_alphabetic) => wording::depth(place.tenth),
        cue => format!("{cue}{class}; {}", wording::depth(place.tenth)),
    }
}

fn matrix(page: &HtmlView<'_>) -> SortableTable {
    let csv = ["number", "quote", "speaker", "stance"].map(str::to_owned).to_vec();
    let mut heads = vec![ColumnHead { csv, ..ColumnHead::words("quote") }];
    heads.extend(page.outlets.iter().map(|&at| outlet_head(page, at)));
    let row = |(number, quote): (usize, &SharedQuote)| {
        let text = sanitize::tidy(&quote.text);
        let names = sanitize::list(&quote.speakers, "; ");
        let shown = html! {
            a href={ "#q-" (number) } { (number) } ". " (sanitize::start(&text, HINT)) " " small { (names) }
            (judged(page.report, &quote.judged, |_| true))
        };
        let stance = quote_figures::predicted(page.report, &quote.judged, |_| true);
        let csv = vec![number.to_string(), text, names.clone(), stance.trim().to_owned()];
        let first = Cell { shown, value: Some(number as f64), csv, ..Cell::words("") };
        let mut cells = vec![first];
        cells.extend(page.outlets.iter().map(|&at| cell(page, number, at, &quote.uses[at])));
        let facts = RowAttributes {
            speaker: (!names.is_empty()).then_some(names),
            ..RowAttributes::default()
        };
        Row { facts, cells }
    };
    SortableTable {
        id: "quote-matrix".to_owned(),
        caption: "Shared quotes by outlet".to_owned(),
        heads,
        rows: (1..).zip(page.report.quotes.shared.iter().take(COMPARED)).map(row).collect(),
    }
}

fn cell(page: &HtmlView<'_>, number: usize, outlet: usize, of: &Use) -> Cell {
    let kind = Kind::of(of);
    let words = match place(of) {
        Some(place) => format!("{} ({})", kind.name(), introduced(place)),
        None => kind.name().to_owned(),
    };
    let shown = html! {
        @if kind == Kind::Absent { (symbol(kind)) span class="unseen" { "absent" } }
        @else {
            a href={ "#q-" (number) "-" (outlet) } title=(words) {
                (symbol(kind))
                span class="unseen" { (kind.name()) }
                @if page.is_roomy() {
                    @if let Some(place) = place(of) { small { (introduced(place)) } }
                }
            }
        }
    };
    Cell { shown, outlet: Some(outlet), ..Cell::words(&words) }
}

fn omissions(page: &HtmlView<'_>) -> SortableTable {
    let quotes = &page.report.quotes;
    let row = |&at: &usize| {
        let absent = left_out(page.report, at);
        let list = |is_common: bool| {
            let numbers = absent.iter().filter(|(_, common)| *common == is_common);
            let numbers: Vec<usize> = numbers.map(|(quote, _)| quote + 1).collect();
            let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
            let shown = html! {
                @if numbers.is_empty() { "none" }
                @for (at, number) in numbers.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "#q-" (number) } { (number) }
                }
            };
            Cell { shown, value: Some(numbers.len() as f64), ..Cell::words(&words.join(" ")) }
        };
        let exclusive = quotes.exclusive.get(at).copied().unwrap_or(0);
        Row {
            facts: RowAttributes::of_outlet(at),
            cells: vec![
                Cell::words(&page.outlet_name(at)),
                list(true),
                list(false),
                Cell::count(exclusive as u64),
            ],
        }
    };
    SortableTable {
        id: "omissions".to_owned(),
        caption: "Quotes left out, by number".to_owned(),
        heads: vec![
            ColumnHead::words("outlet"),
            ColumnHead::words("that half of the outlets have"),
            ColumnHead::words("that fewer have"),
            ColumnHead::figures("quotes of its own"),
        ],
        rows: page.outlets.iter().map(row).collect(),
    }
}

fn whole(page: &HtmlView<'_>, number: usize, quote: &SharedQuote) -> Markup {
    let names = wording::or(sanitize::list(&quote.speakers, "; "), "speaker not found");
    let absent: Vec<String> = (page.outlets.iter())
        .filter(|&&at| quote.uses[at] == Use::Absent)
        .map(|&at| page.outlet_name(at))
        .collect();
    html! {
        details class="quote" id={ "q-" (number) } {
            summary dir="auto" {
                b { (number) ". " } "“" (sanitize::shortened(&quote.text)) "” " small { (names) }
                (judged(page.report, &quote.judged, |_| true))
            }
            ul class="uses" {
                @for &at in &page.outlets { (of_outlet(page, number, at, &quote.uses[at])) }
            }
            @if !absent.is_empty() { p class="absent" { "Absent: " (absent.join(", ")) } }
        }
    }
}

/// What an outlet made of a quote, with its own words around it.
fn of_outlet(page: &HtmlView<'_>, number: usize, outlet: usize, of: &Use) -> Markup {
    let Some(place) = place(of) else { return html! {} };
    let wrapping = &place.wrapping;
    html! {
        li id={ "q-" (number) "-" (outlet) } data-outlet=(outlet) dir="auto" {
            (symbol(Kind::of(of))) " " b { (page.outlet_name(outlet)) } ": "
            (Kind::of(of).name()) " (" (introduced(place)) ")"
            @if let Use::Quoted(quoted) = of {
                @if !quoted.dropped.is_empty() {
                    ", without " s { (sanitize::shortened(&quoted.dropped.join(" … "))) }
                }
            }
            @if let Some(href) = page.sentence(outlet, &place.article, place.sentence) {
                " · " a href=(href) { "the sentence" }
            }
            @if !wrapping.own.is_empty() {
                div { small { "its own words: " } (sanitize::shortened(&wrapping.own))
                    (judged(page.report, &wrapping.judged, PredictedLabel::is_mention)) }
            }
            (beside(page.report, "before", wrapping.before.as_ref()))
            (beside(page.report, "after", wrapping.after.as_ref()))
        }
    }
}

fn beside(report: &Report, place: &str, neighbour: Option<&Neighbour>) -> Markup {
    html! {
        @if let Some(neighbour) = neighbour {
            div { small { (place) ": " } (sanitize::shortened(&neighbour.text))
                (judged(report, &neighbour.judged, PredictedLabel::is_mention)) }
        }
    }
}

/// What words express toward each target that is told of.
fn judged(
    report: &Report,
    judged: &[Option<PredictedLabel>],
    is_told: fn(&PredictedLabel) -> bool,
) -> Markup {
    let is_one = report.targets.len() == 1;
    html! {
        @for (target, judged) in report.targets.iter().zip(judged) {
            @if let Some(judged) = judged.filter(is_told) {
                " "
                @if !is_one { small { (sanitize::name(&target.name)) ": " } }
                (said(report, judged.label, judged.probability))
                @if !judged.is_mention() { " context" }
            }
        }
    }
}
