//! The sentence table: the columns of `classify`, and what stands in them.

use crate::classifier::{Classified, Classifier};
use crate::model::{Model, Prediction};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words, which may be empty.
    Text(String),
    /// A count or a place.
    Whole(usize),
    /// A probability; none where nothing was predicted.
    Probability(Option<f64>),
}

impl std::fmt::Display for Cell {
    /// As in CSV: probabilities with four decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Whole(number) => write!(f, "{number}"),
            Cell::Probability(Some(probability)) => write!(f, "{probability:.4}"),
            Cell::Probability(None) => Ok(()),
        }
    }
}

/// The columns before the model's own.
const COLUMNS: [&str; 14] = [
    "article_id",
    "outlet",
    "date",
    "sentence",
    "part",
    "paragraph",
    "start",
    "end",
    "text",
    "voice",
    "speaker",
    "cue",
    "target",
    "about",
];

/// The columns behind them.
const LAST: [&str; 2] = ["shared_with", "model"];

/// Whether every sentence table has a column of that name.
pub fn is_column(name: &str) -> bool {
    COLUMNS.contains(&name) || LAST.contains(&name)
}

/// The names of all columns, in order.
pub fn columns(model: &Model) -> Vec<String> {
    let ours = COLUMNS.iter().map(ToString::to_string);
    let last = LAST.iter().map(ToString::to_string);
    ours.chain(prediction_columns(model)).chain(last).collect()
}

/// The columns of a prediction: the dimension, then `p_` and each label.
pub fn prediction_columns(model: &Model) -> Vec<String> {
    let probabilities = model.labels().iter().map(|label| format!("p_{label}"));
    std::iter::once(model.dimension().to_string()).chain(probabilities).collect()
}

/// The cells of a prediction, empty where there is none.
pub fn prediction_cells(prediction: Option<&Prediction>, model: &Model) -> Vec<Cell> {
    let label = prediction.map(|prediction| model.labels()[prediction.label].clone());
    let probability = |at: usize| Cell::Probability(prediction.map(|p| p.probabilities[at]));
    std::iter::once(Cell::Text(label.unwrap_or_default()))
        .chain((0..model.labels().len()).map(probability))
        .collect()
}

/// The rows of a sentence: one per target, in the order of the columns.
pub fn rows(classified: &Classified<'_>, classifier: &Classifier) -> Vec<Vec<Cell>> {
    let Classified { article, sentence, attribution, readings, shared_with } = classified;
    let text = |text: &str| Cell::Text(text.to_string());
    let row = |(at, reading): (usize, &crate::classifier::Reading)| {
        // Without a target each sentence counts whole, and is about nothing in particular.
        let target = classifier.targets().get(at);
        let about = target.map_or("", |_| reading.about.name());
        let mut cells = vec![
            text(&article.id),
            text(&article.outlet),
            text(&article.date),
            Cell::Whole(sentence.number),
            text(sentence.part.name()),
            Cell::Whole(sentence.paragraph),
            Cell::Whole(sentence.span.start),
            Cell::Whole(sentence.span.end),
            text(sentence.text),
            text(attribution.voice.name()),
            text(&attribution.speakers.join("; ")),
            text(&attribution.cue),
            text(target.map_or("", |target| &target.name)),
            text(about),
        ];
        cells.extend(prediction_cells(reading.prediction.as_ref(), classifier.model()));
        cells.extend([text(&shared_with.join("; ")), text(classifier.model().name())]);
        cells
    };
    readings.iter().enumerate().map(row).collect()
}
