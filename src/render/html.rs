//! A report as one page that opens from disk: no network, no script, light and dark, narrow, wide
//! and printed. Everything that comes from outside is escaped by the template.

mod chart;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::clean;
use super::frames;
use super::phrase;
use super::table::{self, Column, Kind, Table};
use crate::report::{Frames, Outlet, OutletSummary, Report, TargetSummary, Typical};
use crate::target::About;
use crate::text::Span;
use crate::voice::Voice;

const STYLE: &str = include_str!("html.css");

/// Nothing may be loaded, run or sent; only the page's own style applies.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as an HTML page.
pub(super) fn html(report: &Report) -> String {
    let title = phrase::title(report);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (header(report, &title))
                main { (sections(report)) }
                footer { p { (phrase::made_by(report)) } }
            }
        }
    }
    .into_string()
}

fn header(report: &Report, title: &str) -> Markup {
    html! {
        header {
            h1 { (title) }
            p { (phrase::corpus(report)) " " (phrase::left_out(report)) }
        }
    }
}

fn sections(report: &Report) -> Markup {
    html! {
        @if !report.outlets.is_empty() {
            section { (table(&table::coverage(report))) }
            @for target in &report.targets { (one_target(report, target)) }
            @if let Some(frames) = &report.frames { (stories(frames)) }
            (distinctive(&report.outlets))
        }
        section class="notes" {
            h2 { "Notes" }
            ul { @for note in &report.notes { li { (clean::tidy(note)) } } }
        }
    }
}

fn one_target(report: &Report, target: &TargetSummary) -> Markup {
    html! {
        section {
            h2 { (phrase::target(target)) }
            @for voice in Voice::ALL {
                div class="voice" {
                    (chart::chart(report, target, voice))
                    (tables(&table::shares(report, target, voice, About::Mention)))
                }
            }
            p class="hint" { (chart::KEY) " " (phrase::SHARES) }
            (context(report, target))
            (headlines(report, target))
            (tables(&table::speakers(report, target, usize::MAX)))
            (typical(report, target))
        }
    }
}

fn stories(frames: &Frames) -> Markup {
    html! {
        section {
            h2 { (frames::title(frames)) }
            (tables(&frames::tables(frames)))
            p class="hint" { (frames::key(frames)) }
        }
    }
}

fn context(report: &Report, target: &TargetSummary) -> Markup {
    let of = |voice| table::shares(report, target, voice, About::Context);
    let all: Vec<Table> = Voice::ALL.into_iter().flat_map(of).collect();
    html! {
        @if !all.is_empty() {
            details {
                summary { "Context: sentences that do not name the target, counted apart" }
                (tables(&all))
            }
        }
    }
}

fn headlines(report: &Report, target: &TargetSummary) -> Markup {
    html! {
        (tables(&table::headlines(report, target)))
        @for outlet in target.outlets.iter().filter(|outlet| outlet.headlines.total() > 0) {
            h4 dir="auto" { (phrase::headlines_of(outlet)) }
            ul class="lines" {
                @for line in &outlet.headlines.shown {
                    li {
                        (said(report, line.label, line.probability))
                        @if line.about == About::Context { " " small { "context" } }
                        " " (link(&line.url, &clean::shortened(&line.text)))
                    }
                }
            }
        }
    }
}

fn typical(report: &Report, target: &TargetSummary) -> Markup {
    html! {
        @if target.outlets.iter().any(|outlet| !outlet.typical.is_empty()) {
            h3 { "Typical sentences" }
            p class="hint" { (phrase::typical(target)) " Marked: the words that spoke most for the label." }
            @for outlet in &target.outlets {
                @for voice in Voice::ALL { (typical_of(report, outlet, voice)) }
            }
        }
    }
}

fn typical_of(report: &Report, outlet: &OutletSummary, voice: Voice) -> Markup {
    let mut sentences = outlet.typical.iter().filter(|typical| typical.voice == voice).peekable();
    html! {
        @if sentences.peek().is_some() {
            h4 dir="auto" { (phrase::outlet(&outlet.outlet)) ", " (phrase::voice(voice)) }
            @for typical in sentences { (sentence(report, typical)) }
        }
    }
}

fn sentence(report: &Report, typical: &Typical) -> Markup {
    let place = format!("article {}, sentence {}", clean::name(&typical.article), typical.sentence);
    html! {
        figure {
            blockquote dir="auto" {
                (marked(clean::excerpt(&typical.text), &typical.marks))
                (clean::more(&typical.text))
            }
            figcaption {
                (said(report, typical.label, typical.probability)) " "
                @if !typical.speakers.is_empty() { (clean::list(&typical.speakers, "; ")) ", " }
                (link(&typical.url, &place))
            }
        }
    }
}

/// The text with its deciding words marked.
fn marked(text: &str, marks: &[Span]) -> Markup {
    let mut from = 0;
    let mut parts = Vec::new();
    for mark in marks {
        let (Some(plain), Some(word)) = (text.get(from..mark.start), text.get(mark.clone())) else {
            break;
        };
        parts.push((plain, word));
        from = mark.end;
    }
    html! {
        @for (plain, word) in parts { (plain) mark { (word) } }
        (text.get(from..).unwrap_or_default())
    }
}

fn said(report: &Report, label: usize, probability: f64) -> Markup {
    html! {
        span class={ "said " (chart::class(report.label(label))) } {
            (phrase::said(report, label, probability))
        }
    }
}

/// A link only where the address is one of the web; an article's address comes from outside.
fn link(url: &str, text: &str) -> Markup {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    html! {
        @if is_web { a href=(url) rel="noreferrer noopener" dir="auto" { (text) } }
        @else { span dir="auto" { (text) } }
    }
}

fn distinctive(outlets: &[Outlet]) -> Markup {
    html! {
        @if outlets.iter().any(|outlet| !outlet.distinctive.is_empty()) {
            section {
                h2 { "Distinctive words" }
                p class="hint" { (phrase::DISTINCTIVE) }
                dl {
                    @for outlet in outlets.iter().filter(|outlet| !outlet.distinctive.is_empty()) {
                        dt dir="auto" { (phrase::outlet(&outlet.name)) }
                        dd {
                            @for word in &outlet.distinctive {
                                span class="word" { (phrase::distinctive(word)) } " "
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tables(all: &[Table]) -> Markup {
    html! { @for one in all { (table(one)) } }
}

fn table(table: &Table) -> Markup {
    let has_groups = table.columns.iter().any(|column| !column.group.is_empty());
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead {
                    @if has_groups { (groups(table)) }
                    tr {
                        @for (place, column) in table.columns.iter().enumerate() {
                            th scope="col" class=[class(&table.columns, place)] { (column.name) }
                        }
                    }
                }
                tbody { @for row in &table.rows { (table_row(table, row)) } }
            }
        }
    }
}

fn groups(table: &Table) -> Markup {
    html! {
        tr {
            @for run in table.columns.chunk_by(|a, b| a.group == b.group) {
                @if run[0].group.is_empty() { td colspan=(run.len()) {} }
                @else { th scope="colgroup" colspan=(run.len()) { (run[0].group) } }
            }
        }
    }
}

fn table_row(table: &Table, row: &[String]) -> Markup {
    html! {
        tr {
            @for (place, cell) in row.iter().enumerate() {
                @if place == 0 { th scope="row" dir="auto" { (cell) } }
                @else { td class=[class(&table.columns, place)] dir=[direction(table, place)] { (cell) } }
            }
        }
    }
}

fn direction(table: &Table, place: usize) -> Option<&'static str> {
    (table.columns[place].kind == Kind::Words).then_some("auto")
}

/// Figures are set to the right; the first column of a group stands off from the one before.
fn class(columns: &[Column], place: usize) -> Option<&'static str> {
    let group = &columns[place].group;
    match (columns[place].kind, place.checked_sub(1)) {
        (Kind::Words, _) => None,
        (Kind::Figures, Some(before)) if columns[before].group != *group => Some("figure first"),
        (Kind::Figures, _) => Some("figure"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deciding_words_are_marked_and_all_is_escaped() {
        let found = marked("<i>scorned</i> & dropped", &[3..10, 17..24]).into_string();
        let expected = "&lt;i&gt;<mark>scorned</mark>&lt;/i&gt; &amp; <mark>dropped</mark>";
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        assert_eq!(marked("né", &[1..2, 3..4]).into_string(), "né");
        assert_eq!(marked("abc", &[1..9, 2..3]).into_string(), "abc");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert!(link("HTTPS://example.org/?a=\"b", "x").into_string().contains("&quot;b"));
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "é"] {
            assert!(!link(url, "x").into_string().contains("href"), "{url}");
        }
    }
}
