//! What each word and feature of a sentence adds to the predicted label.

use serde::Serialize;

use super::json::pretty;
use crate::model::{Explanation, Model, Share};
use crate::render::cell::Cell;
use crate::render::sanitize::tidy;
use crate::render::table::{Column, Table};
use crate::render::terminal;
use crate::text::Span;

/// For people: the probabilities, the sentence with what each word adds to the predicted label, and
/// every feature's share.
pub fn text(explanation: &Explanation, sentence: &str, mentions: &[Span], model: &Model) -> String {
    let label = explanation.prediction.label;
    let name = tidy(&model.labels()[label]);
    let probabilities = model.labels().iter().zip(&explanation.prediction.probabilities);
    let probabilities: Vec<String> =
        probabilities.map(|(label, p)| format!("{} {p:.3}", tidy(label))).collect();
    let mut out = format!("{} ({})\n\n", name, probabilities.join(", "));
    terminal::wrap(&mut out, "  ", &marked(explanation, sentence, mentions), 2);
    out += &legend(explanation, &name);
    terminal::table(&mut out, &shares(explanation, sentence, model));
    out
}

/// What the marks mean, and how far the shares can be believed.
fn legend(explanation: &Explanation, name: &str) -> String {
    let label = explanation.prediction.label;
    if !explanation.is_exact {
        return format!(
            "\n[word +n]: what a word adds to {name}, an estimate: the score falls by so much when \
             the\nencoder reads the sentence without it; {{}}: the target. These do not add up.\n\n"
        );
    }
    format!(
        "\n[word +n]: what a word adds to {name}; {{}}: the target. Shares and the starting point \
         add up\nto the score: {:+.4} from {:+.4} at the start.\n\n",
        explanation.scores[label], explanation.intercept[label]
    )
}

/// For programs: every share.
pub fn json(explanation: &Explanation, sentence: &str, mentions: &[Span], model: &Model) -> String {
    let words = explanation.words(sentence, mentions, explanation.prediction.label).into_iter();
    pretty(&Answer {
        format: 1,
        model: model.name(),
        labels: model.labels(),
        text: sentence,
        mentions: mentions.iter().map(|span| [span.start, span.end]).collect(),
        label: &model.labels()[explanation.prediction.label],
        probabilities: &explanation.prediction.probabilities,
        scores: &explanation.scores,
        intercept: &explanation.intercept,
        estimated: !explanation.is_exact,
        shares: explanation.shares.iter().map(Shown::of).collect(),
        words: words.map(|(place, adds)| Word { place: [place.start, place.end], adds }).collect(),
    })
}

/// The JSON answer.
#[derive(Serialize)]
struct Answer<'a> {
    format: u32,
    model: &'a str,
    labels: &'a [String],
    text: &'a str,
    /// Byte offsets, end exclusive.
    mentions: Vec<[usize; 2]>,
    label: &'a str,
    probabilities: &'a [f64],
    scores: &'a [f64],
    intercept: &'a [f64],
    /// Whether the shares are estimates, as they are where an encoder reads.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    estimated: bool,
    shares: Vec<Shown<'a>>,
    words: Vec<Word>,
}

/// What a printed word adds to the score of the predicted label.
#[derive(Serialize)]
struct Word {
    /// Byte offsets, end exclusive.
    place: [usize; 2],
    adds: f64,
}

/// A feature's share in the JSON answer.
#[derive(Serialize)]
struct Shown<'a> {
    feature: &'a str,
    /// Byte offsets, end exclusive.
    places: Vec<[usize; 2]>,
    by_label: &'a [f64],
}

impl<'a> Shown<'a> {
    fn of(share: &'a Share) -> Self {
        let places = share.places.iter().map(|span| [span.start, span.end]).collect();
        Shown { feature: &share.feature, places, by_label: &share.by_label }
    }
}

/// The sentence with the target in braces, and behind each word what it adds to the score of the
/// predicted label.
fn marked(explanation: &Explanation, sentence: &str, mentions: &[Span]) -> String {
    let label = explanation.prediction.label;
    let words = explanation.words(sentence, mentions, label).into_iter();
    let words = words.filter(|(_, added)| added.abs() >= 0.05).map(|(place, added)| {
        let marked = format!("[{} {added:+.2}]", &sentence[place.clone()]);
        (place, marked)
    });
    let targets = mentions.iter().map(|m| (m.clone(), format!("{{{}}}", &sentence[m.clone()])));
    let mut marks: Vec<(Span, String)> = words.chain(targets).collect();
    marks.sort_by_key(|(place, _)| place.start);
    let mut out = String::new();
    let mut end = 0;
    for (place, marked) in marks {
        out += &sentence[end..place.start];
        out += &marked;
        end = place.end;
    }
    tidy(&(out + &sentence[end..]))
}

fn shares(explanation: &Explanation, sentence: &str, model: &Model) -> Table {
    let row = |share: &Share| {
        let mut printed: Vec<String> =
            share.places.iter().map(|place| tidy(&sentence[place.clone()])).collect();
        printed.dedup();
        let added = share.by_label.iter().map(|added| format!("{added:+.4}"));
        let names = [tidy(&share.feature), printed.join(", ")].into_iter();
        names.chain(added).map(Cell::text).collect()
    };
    let labels = model.labels().iter().map(|label| Column::number(tidy(label)));
    Table {
        caption: "Shares".to_string(),
        columns: ["feature", "as printed"].map(Column::text).into_iter().chain(labels).collect(),
        rows: explanation.shares.iter().map(row).collect(),
    }
}
