//! Shared quotes: which outlets have them, which leave them out, and what stands around them.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::markup::sentence_label;
use super::quote_overlap;
use super::row_attributes::RowAttributes;
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::figures::quotes::{self, predicted};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{
    AdjacentSentence, OutletUse, QuotePlace, Report, SentenceLabel, SharedQuote, UseForm,
};
use crate::voice::CueClass;

/// Maximum number of characters shown of a quote in the table.
const MOST_CHARACTERS: usize = 70;

/// Quotes by outlets, then each quote with its contexts.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let quotes = &page.report.quotes;
    if quotes.too_many > 0 {
        return Some(html! {
            p { (quotes::too_many(quotes)) }
        });
    }
    let shown = || (1..).zip(quotes.compared());
    let n_shown = quotes.compared().len();
    (!quotes.shared.is_empty()).then(|| {
        html! {
            p class="hint" {
                "The same words of a source across outlets. "
                @if page.is_roomy() {
                    "In small type: the verb that introduces them, and how far down the article they stand (0–10 % is \
                    its beginning). "
                }
                "A quote that somebody has checked shows \
                its stance: that of its words alone, the same wherever it is printed. Found by rules; a \
                paraphrase may be missed."
                @if n_shown < quotes.shared.len() {
                    " Shown are the " (n_shown) " of " (quotes.shared.len()) " that most outlets have."
                }
            }
            p class="key" { @for form in UseForm::ALL { span { (symbol(form)) " " (form.name()) } " " } }
            (matrix(page, shown()).show())
            @if let Some(omissions) = omissions(page) {
                h3 { "Quotes about the target that were not found in an outlet" }
                (omissions.show())
            }
            (quote_overlap::content(page))
            h3 { "What stands around the same quote" }
            p class="hint" {
                "Open a quote to see what each outlet made of it: what it left out (struck through), its own words in \
                that sentence (… stands for the quote), and its own sentences before and after. Those that \
                name the target show their stance."
            }
            @for (number, quote) in shown() { (contexts(page, number, quote)) }
        }
    })
}

/// The symbol of a form, told by its shape and not by its colour.
fn symbol(form: UseForm) -> Markup {
    html! {
        svg class="symbol" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" {
            @match form {
                UseForm::Full => { circle class="ink" r="6" {} }
                UseForm::Trimmed => {
                    circle class="outline" r="5.5" {}
                    path class="ink" d="M0-6A6 6 0 0 0 0 6z" {}
                }
                UseForm::Paraphrased => { circle class="outline" r="5.5" {} }
                UseForm::Absent => { circle class="ink" r="1.2" {} }
            }
        }
    }
}

/// The attributing word, its class where it takes a side, and how far down the body the quote is.
fn attribution(place: &QuotePlace) -> String {
    let class = place.class.filter(|class| *class != CueClass::Neutral);
    let class = class.map_or_else(String::new, |class| format!(", {}", class.name()));
    match sanitize::name(&place.cue) {
        cue if !cue.contains(char::is_alphabetic) => wording::depth(place.tenth),
        cue => format!("{cue}{class}; {}", wording::depth(place.tenth)),
    }
}

fn matrix<'q>(
    page: &HtmlView<'_>,
    quotes: impl Iterator<Item = (usize, &'q SharedQuote)>,
) -> SortableTable {
    let quote = |(number, quote): &(usize, &SharedQuote)| {
        let text = sanitize::tidy(&quote.text);
        let names = sanitize::list(&quote.speakers, "; ");
        let stance = predicted(page.report, &quote.judged, SentenceLabel::is_checked);
        let shown = html! {
            a href={ "#q-" (number) } { "no. " (number) } ". "
            (sanitize::start(&text, MOST_CHARACTERS)) " " small { (names) }
            (sentence_labels(page.report, &quote.judged, SentenceLabel::is_checked))
        };
        let texts = [text, names, stance.trim().to_owned()].map(Value::Text);
        HtmlCell::of([Value::Count(*number as u64)].into_iter().chain(texts), shown)
    };
    let fields = ["number", "quote", "speaker", "stance"];
    let mut columns = vec![HtmlColumn::text("quote", quote).fields(fields)];
    columns.extend(page.outlets.iter().map(|&outlet| {
        page.outlet_column(outlet, move |(number, quote): &(usize, &SharedQuote)| {
            use_cell(&quote.uses[outlet], &format!("#q-{number}-{outlet}"), page.is_roomy())
        })
    }));
    let attributes = |quote: &SharedQuote| {
        let names = sanitize::list(&quote.speakers, "; ");
        let speaker = (!names.is_empty()).then_some(names);
        RowAttributes { speaker, ..RowAttributes::default() }
    };
    let rows = quotes.map(|(number, quote)| (attributes(quote), (number, quote)));
    SortableTable::new("quote-matrix", "Shared quotes by outlet", columns, rows)
}

fn use_cell(of: &OutletUse, href: &str, is_roomy: bool) -> HtmlCell {
    let form = of.form.name();
    let Some(place) = &of.place else {
        let shown = html! { (symbol(of.form)) span class="unseen" { (form) } };
        return HtmlCell::of([Value::Text(form.to_owned())], shown);
    };
    let attribution = attribution(place);
    let text = format!("{form} ({attribution})");
    let shown = html! {
        a href=(href) title=(text) {
            (symbol(of.form))
            span class="unseen" { (form) }
            @if is_roomy { small { (attribution) } }
        }
    };
    HtmlCell::of([Value::Text(text)], shown)
}

/// The quotes that an outlet lacks; none where no outlet lacks a quote that is told.
fn omissions(page: &HtmlView<'_>) -> Option<SortableTable> {
    let absent = |outlet: usize, is_common: bool| -> Vec<String> {
        let absent = page.report.quotes.left_out(outlet).into_iter();
        let absent = absent.filter(|of| of.is_common == is_common);
        absent.map(|of| (of.quote + 1).to_string()).collect()
    };
    let list = move |outlet: usize, is_common: bool| {
        let numbers = absent(outlet, is_common);
        let shown = html! {
            @if numbers.is_empty() { "none" }
            @for (at, number) in numbers.iter().enumerate() {
                @if at > 0 { ", " }
                a href={ "#q-" (number) } { "no. " (number) }
            }
        };
        HtmlCell::of([Value::Text(numbers.join(" "))], shown).sorted_by(Some(numbers.len() as f64))
    };
    // Of many outlets each lacks most of what few of them have.
    let kinds: &[bool] = if page.is_roomy() { &[true, false] } else { &[true] };
    let lacks = |at: &usize| kinds.iter().any(|is_common| !absent(*at, *is_common).is_empty());
    if !page.outlets.iter().any(lacks) {
        return None;
    }
    let mut columns = vec![
        HtmlColumn::text("outlet", |at: &usize| Cell::text(page.outlet_name(*at))),
        HtmlColumn::text("in at least half of the outlets", move |at| list(*at, true)),
    ];
    if page.is_roomy() {
        columns.push(HtmlColumn::text("in fewer outlets", move |at| list(*at, false)));
    }
    let rows = page.outlets.iter().map(|&at| (RowAttributes::of_outlet(at), at));
    let caption =
        "Quotes not found, by their numbers in the table above; a paraphrase may have been missed";
    Some(SortableTable::new("omissions", caption, columns, rows))
}

/// A quote with what each outlet made of it.
fn contexts(page: &HtmlView<'_>, number: usize, quote: &SharedQuote) -> Markup {
    let names = wording::or(sanitize::list(&quote.speakers, "; "), "speaker not found");
    let absent = page.outlets.iter().filter(|&&at| quote.is_absent(at));
    let absent: Vec<String> = absent.map(|&at| page.outlet_name(at)).collect();
    html! {
        details class="quote" id={ "q-" (number) } {
            summary dir="auto" {
                b { (number) ". " } "“" (sanitize::shortened(&quote.text)) "” " small { (names) }
                (sentence_labels(page.report, &quote.judged, SentenceLabel::is_checked))
            }
            ul class="uses" {
                @for &at in &page.outlets { (context(page, number, at, &quote.uses[at])) }
            }
            @if !absent.is_empty() { p class="absent" { "Absent: " (absent.join(", ")) } }
        }
    }
}

/// What an outlet made of a quote, with its own words around it.
fn context(page: &HtmlView<'_>, number: usize, outlet: usize, of: &OutletUse) -> Markup {
    let Some(place) = &of.place else { return html! {} };
    let context = &place.wrapping;
    html! {
        li id={ "q-" (number) "-" (outlet) } data-outlet=(outlet) dir="auto" {
            (symbol(of.form)) " " b { (page.outlet_name(outlet)) } ": " (of.form.name()) " (" (attribution(place)) ")"
            @if !of.dropped.is_empty() {
                ", without " s { (sanitize::shortened(&of.dropped.join(" … "))) }
            }
            @if let Some(href) = page.sentence_href(outlet, &place.article, place.sentence) {
                " · " a href=(href) { "the sentence" }
            }
            @if !context.own.is_empty() {
                (own_words(page.report, "its own words", &context.own, &context.judged))
            }
            @for (position, neighbour) in [("before", &context.before), ("after", &context.after)] {
                @if let Some(AdjacentSentence { text, judged, .. }) = neighbour {
                    (own_words(page.report, position, text, judged))
                }
            }
        }
    }
}

fn own_words(report: &Report, what: &str, text: &str, judged: &[Option<SentenceLabel>]) -> Markup {
    html! {
        div {
            small { (what) ": " } (sanitize::shortened(text))
            (sentence_labels(report, judged, SentenceLabel::is_mention))
        }
    }
}

/// What words express toward each target, as far as `is_shown`.
fn sentence_labels(
    report: &Report,
    judged: &[Option<SentenceLabel>],
    is_shown: fn(&SentenceLabel) -> bool,
) -> Markup {
    html! {
        @for (target, judged) in report.targets.iter().zip(judged) {
            @if let Some(judged) = judged.as_ref().filter(|judged| is_shown(judged)) {
                " "
                @if report.targets.len() > 1 { small { (sanitize::name(&target.name)) ": " } }
                (sentence_label(judged))
            }
        }
    }
}
