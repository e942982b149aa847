//! The sentence of each label of which the model is surest.

use crate::render::document::{Block, Item, subsection};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Exemplar, OutletSummary, Report};
use crate::voice::Voice;

/// A sentence of each outlet, voice and label that is not among those to be read first.
pub(crate) fn blocks(report: &Report, number: usize) -> Vec<Block> {
    let target = &report.targets[number];
    let first = report.first_sentences(number);
    let is_first = |outlet: &OutletSummary, of: &Exemplar| {
        let is_it = |(at, shown): &(usize, &Exemplar)| {
            target.outlets[*at].outlet == outlet.outlet
                && (&shown.article, shown.sentence) == (&of.article, of.sentence)
        };
        first.iter().any(is_it)
    };
    let of_voice = |(outlet, voice): (&OutletSummary, Voice)| {
        let found: Vec<_> = (outlet.typical.iter())
            .filter(|sentence| sentence.voice == voice && !is_first(outlet, sentence))
            .collect();
        let labels = found.chunk_by(|a, b| a.label == b.label);
        let below: Vec<Item> = labels.map(|sentences| one(sentences[0])).collect();
        let text = format!("{}, {}", wording::outlet(&outlet.outlet), wording::voice(voice));
        (!below.is_empty()).then_some(Item { text, below })
    };
    let voices = target.outlets.iter().flat_map(|outlet| Voice::ALL.map(|voice| (outlet, voice)));
    let among = if target.name.is_empty() { "" } else { ", among those that name the target" };
    let explained = format!(
        "Of each label the sentence of which the model is surest{among}; without those that stand above."
    );
    subsection("Typical sentences", explained, voices.filter_map(of_voice).collect())
}

/// A sentence with its label; below it where it stands, who speaks, and what decided.
fn one(sentence: &Exemplar) -> Item {
    let label = wording::judged(sentence.label.name(), sentence.by);
    let place =
        format!("article {}, sentence {}", sanitize::name(&sentence.article), sentence.sentence);
    let decided = match sanitize::list(&sentence.words, ", ") {
        words if words.is_empty() => words,
        words => format!("decided by: {words}"),
    };
    let mut parts = vec![place, sanitize::list(&sentence.speakers, "; "), decided];
    parts.retain(|part| !part.is_empty());
    Item {
        text: format!("{label}: {}", sanitize::shortened(&sentence.text)),
        below: vec![Item::line(format!("[{}]", parts.join(" | ")))],
    }
}
