//! The sentence explorer: the sentences behind the figures, and the form that filters them.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::{label_name, marked_excerpt, sentence_label, web_link};
use super::row_attributes::{voice_key, voice_name};
use super::sortable_table::data;
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::Table;
use crate::render::wording;
use crate::report::{Exemplar, Judge, SentenceLabel};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// With fewer sentences than this none are folded away.
const FEW: usize = 200;

/// Maximum number of speakers to choose from in the form.
const MOST_SPEAKERS: usize = 300;

/// The sentences, outlet by outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let all = || page.targets().flat_map(TargetView::outlets);
    let sentences =
        || all().flat_map(|outlet| outlet.summary.evidence.iter().map(move |of| (outlet, of)));
    let n = sentences().count();
    (n > 0).then(|| {
        html! {
            p class="hint" {
                "Of each outlet, voice and label all sentences where there are few; else the surest and \
                as many drawn by chance. Marked are the words that spoke most for the label. In a \
                sentence that does not name the target the model errs more often."
            }
            (page.each_target(|target| html! {
                @for outlet in target.outlets().filter(|of| !of.summary.evidence.is_empty()) {
                    details class="outlet" id=(outlet.id()) open[n < FEW]
                        data-target=(target.number) data-outlet=(outlet.number) {
                        summary dir="auto" {
                            (outlet.name()) " "
                            small { (wording::several(outlet.summary.evidence.len() as u64, "sentence")) }
                        }
                        @for voice in Voice::ALL {
                            @for (label, _) in page.named_labels() { (group(&outlet, voice, label)) }
                        }
                    }
                }
            }))
            (data("sentences", &Table::of_fields(FIELDS, sentences())))
        }
    })
}

/// The sentences of one outlet, voice and label.
fn group(outlet: &OutletView<'_>, voice: Voice, label: usize) -> Markup {
    let report = outlet.target.page.report;
    let mut sentences: Vec<(usize, &Exemplar)> = (outlet.summary.evidence.iter().enumerate())
        .filter(|(_, of)| (of.voice, of.label.index) == (voice, label))
        .collect();
    sentences.sort_by_key(|(_, of)| (of.about, of.is_drawn));
    let all: u64 = [TargetRelation::Mention, TargetRelation::Context]
        .iter()
        .filter_map(|about| outlet.summary.stratum(voice, *about))
        .map(|stratum| stratum.predicted(label))
        .sum();
    let shown = sentences.len() as u64;
    let is_guessed = sentences.iter().all(|(_, of)| of.by == Judge::Model);
    html! {
        @if shown > 0 {
            div class="group" id=(outlet.group_id(voice, label)) data-target=(outlet.target.number)
                data-outlet=(outlet.number) data-voice=(voice_key(voice)) data-label=(label) {
                (outlet.target.subheading(&html! {
                    (voice_name(voice)) ": "
                    @if is_guessed { (sanitize::name(report.label(label))) " by the model’s guess" }
                    @else { (label_name(report.label(label))) }
                    @if shown < all { small { " " (shown) " of " (all) " sentences shown" } }
                }))
                ul class="sentences" {
                    @for (number, of) in sentences { (sentence(&outlet.sentence_id(number), of)) }
                }
            }
        }
    }
}

fn sentence(id: &str, of: &Exemplar) -> Markup {
    let place = format!("article {}, sentence {}", sanitize::name(&of.article), of.sentence);
    let speakers = speakers(of);
    let predicted = SentenceLabel {
        about: of.about,
        label: of.label.clone(),
        probability: of.probability,
        by: of.by,
    };
    html! {
        li id=(id) data-speaker=[(!speakers.is_empty()).then(|| speakers.join("\n"))] {
            blockquote dir="auto" { (marked_excerpt(&of.text, &of.marks)) }
            p class="source" {
                (sentence_label(&predicted))
                @if !speakers.is_empty() { " · " (sanitize::list(&speakers, "; ")) }
                " · " (web_link(&of.url, &place))
            }
        }
    }
}

fn speakers(of: &Exemplar) -> Vec<String> {
    let names = of.speakers.iter().map(|name| sanitize::name(name));
    names.filter(|name| !name.is_empty()).collect()
}

/// The fields in CSV of a sentence that an outlet has.
const FIELDS: [(&str, fn(&(OutletView<'_>, &Exemplar)) -> Cell); 12] = [
    ("target", |(outlet, _)| Cell::text(sanitize::name(&outlet.target.summary.name))),
    ("outlet", |(outlet, _)| Cell::text(outlet.name())),
    ("article", |(_, of)| Cell::text(sanitize::name(&of.article))),
    ("sentence", |(_, of)| Cell::count(of.sentence as u64)),
    ("voice", |(_, of)| Cell::text(of.voice.name())),
    ("speaker", |(_, of)| Cell::text(speakers(of).join("; "))),
    ("about", |(_, of)| Cell::text(of.about.name())),
    ("label", |(_, of)| Cell::text(sanitize::name(of.label.name()))),
    ("probability", |(_, of)| Cell::share(Some(of.probability))),
    ("by", |(_, of)| Cell::text(of.by.name())),
    ("drawn", |(_, of)| Cell::text(if of.is_drawn { "yes" } else { "no" })),
    ("text", |(_, of)| Cell::text(sanitize::shortened(&of.text))),
];

/// The form that filters; the script shows it.
pub(super) fn filter(page: &HtmlView<'_>) -> Markup {
    let targets =
        page.targets().map(|target| (target.number, sanitize::name(&target.summary.name)));
    let outlets = page.outlets.iter().map(|&at| (at, page.outlet_name(at)));
    let voices =
        Voice::ALL.map(|voice| (voice_key(voice).to_owned(), voice_name(voice).to_owned()));
    let speakers: BTreeSet<String> = page
        .targets()
        .flat_map(TargetView::outlets)
        .flat_map(|outlet| outlet.summary.evidence.iter().flat_map(speakers))
        .collect();
    let speakers = speakers.into_iter().take(MOST_SPEAKERS).map(|name| (name.clone(), name));
    let numbered = |(number, name): (usize, String)| (number.to_string(), name);
    // Of each attribute its values, with the words for them.
    let attributes: [(&str, &str, Vec<(String, String)>); 5] = [
        ("target", "Target", targets.map(numbered).collect()),
        ("outlet", "Outlet", outlets.map(numbered).collect()),
        ("voice", "Voice", voices.to_vec()),
        ("label", "Label", page.named_labels().map(numbered).collect()),
        ("speaker", "Speaker", speakers.collect()),
    ];
    html! {
        form id="filter" aria-label="Show only" hidden {
            @for (key, name, choices) in attributes.iter().filter(|(.., choices)| choices.len() > 1) {
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
