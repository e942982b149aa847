//! The sentences behind the figures, and the form by which they are filtered.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::html_view::{HtmlView, group_id, outlet_id, sentence_id};
use super::sortable_table::{Cell, ColumnHead, Row, SortableTable, data, voice_key, voice_name};
use super::{dot_plot, link, said, sortable_table};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Exemplars, OutletSummary, TargetSummary};
use crate::target::TargetRelation;
use crate::text::Span;
use crate::voice::Voice;

/// With fewer sentences than this none are folded away.
const FEW: usize = 200;

/// So many speakers can be chosen in the form.
const SPEAKERS: usize = 300;

/// The sentences, outlet by outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let all = page.targets().flat_map(|(_, target)| page.summaries(target));
    let n: usize = all.map(|(_, outlet)| outlet.evidence.len()).sum();
    if n == 0 {
        return None;
    }
    Some(html! {
        p class="hint" {
            "Of each outlet, voice and label all sentences where there are few; else the surest and \
            as many drawn by chance. Marked are the words that spoke most for the label. In a \
            sentence marked context the target is not named: there the model is a poorer judge."
        }
        @for (number, target) in page.targets() {
            (page.target_title(target))
            @for (at, outlet) in page.summaries(target).filter(|(_, of)| !of.evidence.is_empty()) {
                details class="outlet" id=(outlet_id(number, at)) open[n < FEW]
                    data-target=(number) data-outlet=(at) {
                    summary dir="auto" {
                        (page.outlet_name(at)) " "
                        small { (wording::several(outlet.evidence.len() as u64, "sentence")) }
                    }
                    @for voice in Voice::ALL {
                        @for label in 0..page.report.provenance.labels.len() {
                            (group(page, (number, at), outlet, (voice, label)))
                        }
                    }
                }
            }
        }
        (data("sentences", &table(page).csv()))
    })
}

fn group(
    page: &HtmlView<'_>,
    (target, at): (usize, usize),
    outlet: &OutletSummary,
    (voice, label): (Voice, usize),
) -> Markup {
    let mut sentences: Vec<(usize, &Exemplars)> = (outlet.evidence.iter().enumerate())
        .filter(|(_, of)| (of.voice, of.label) == (voice, label))
        .collect();
    sentences.sort_by_key(|(_, of)| (of.about, of.is_drawn));
    let all: u64 = [TargetRelation::Mention, TargetRelation::Context]
        .iter()
        .filter_map(|about| outlet.stratum(voice, *about)?.shares.get(label))
        .map(|share| share.predicted)
        .sum();
    let shown = sentences.len() as u64;
    let name = sanitize::name(page.report.label(label));
    html! {
        @if !sentences.is_empty() {
            div class="group" id=(group_id(target, at, voice, label))
                data-target=(target) data-outlet=(at) data-voice=(voice_key(voice))
                data-label=(label) {
                h4 {
                    (voice_name(voice)) ": "
                    span class={ "said " (dot_plot::class(page.report.label(label))) } { (name) }
                    @if shown < all { small { " " (shown) " of " (all) " sentences shown" } }
                }
                ul class="sentences" {
                    @for (number, typical) in sentences {
                        (sentence(page, &sentence_id(target, at, number), typical))
                    }
                }
            }
        }
    }
}

fn sentence(page: &HtmlView<'_>, id: &str, typical: &Exemplars) -> Markup {
    let place =
        format!("article {}, sentence {}", sanitize::name(&typical.article), typical.sentence);
    let speakers = speakers(typical);
    html! {
        li id=(id) data-speaker=[(!speakers.is_empty()).then(|| speakers.join("\n"))] {
            blockquote dir="auto" {
                (marked(sanitize::excerpt(&typical.text), &typical.marks))
                (sanitize::more(&typical.text))
            }
            p class="source" {
                (said(page.report, typical.label, typical.probability))
                @if typical.about == TargetRelation::Context { " context" }
                @if !speakers.is_empty() { " · " (sanitize::list(&speakers, "; ")) }
                " · " (link(&typical.url, &place))
            }
        }
    }
}

fn speakers(typical: &Exemplars) -> Vec<String> {
    let names = typical.speakers.iter().map(|name| sanitize::name(name));
    names.filter(|name| !name.is_empty()).collect()
}

/// The text with its deciding words marked.
pub(super) fn marked(text: &str, marks: &[Span]) -> Markup {
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

/// What the CSV holds.
fn table(page: &HtmlView<'_>) -> SortableTable {
    let heads = ["target", "outlet", "article", "sentence", "voice", "speaker", "about", "label"];
    let mut rows = Vec::new();
    for (_, target) in page.targets() {
        for (at, outlet) in page.summaries(target) {
            rows.extend(outlet.evidence.iter().map(|typical| row(page, target, at, typical)));
        }
    }
    let more = ["probability", "drawn", "text"];
    SortableTable {
        id: "sentences".to_owned(),
        caption: String::new(),
        heads: heads.iter().chain(&more).map(|name| ColumnHead::words(name)).collect(),
        rows,
    }
}

fn row(page: &HtmlView<'_>, target: &TargetSummary, outlet: usize, typical: &Exemplars) -> Row {
    let words = [
        sanitize::name(&target.name),
        page.outlet_name(outlet),
        sanitize::name(&typical.article),
        typical.sentence.to_string(),
        typical.voice.name().to_owned(),
        speakers(typical).join("; "),
        typical.about.name().to_owned(),
        sanitize::name(page.report.label(typical.label)),
    ];
    let mut cells: Vec<Cell> = words.iter().map(|word| Cell::words(word)).collect();
    cells.push(Cell::percent(Some(typical.probability)));
    cells.push(Cell::words(if typical.is_drawn { "yes" } else { "no" }));
    cells.push(Cell::words(&sanitize::shortened(&typical.text)));
    Row { facts: sortable_table::RowAttributes::default(), cells }
}

/// What can be chosen: values with the words for them.
type Choices = Vec<(String, String)>;

/// The form that filters; the script shows it.
pub(super) fn filter(page: &HtmlView<'_>) -> Markup {
    let targets = page.targets().map(|(_, target)| sanitize::name(&target.name));
    let outlets = page.outlets.iter().map(|&at| (at.to_string(), page.outlet_name(at)));
    let voices =
        Voice::ALL.map(|voice| (voice_key(voice).to_owned(), voice_name(voice).to_owned()));
    let labels = page.report.provenance.labels.iter().map(|label| sanitize::name(label));
    let numbered = |names: Vec<String>| -> Choices {
        names.into_iter().enumerate().map(|(at, name)| (at.to_string(), name)).collect()
    };
    let names: BTreeSet<String> = page
        .targets()
        .flat_map(|(_, target)| page.summaries(target))
        .flat_map(|(_, outlet)| outlet.evidence.iter().flat_map(speakers))
        .collect();
    let speakers = names.into_iter().take(SPEAKERS).map(|name| (name.clone(), name));
    let choices: [(&str, &str, Choices); 5] = [
        ("target", "Target", numbered(targets.collect())),
        ("outlet", "Outlet", outlets.collect()),
        ("voice", "Voice", voices.to_vec()),
        ("label", "Label", numbered(labels.collect())),
        ("speaker", "Speaker", speakers.collect()),
    ];
    html! {
        form id="filter" aria-label="Show only" hidden {
            @for (key, name, choices) in choices.iter().filter(|(_, _, all)| all.len() > 1) {
                label {
                    (name) " "
                    select name=(key) {
                        option value="" { "all" }
                        @for (value, name) in choices { option value=(value) { (name) } }
                    }
                }
            }
            button type="reset" { "Show everything" }
            output {}
        }
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
}
