//! The columns and rows of the sentence table that `classify` writes, and how it is read again.

mod column_names;
mod given_labels;
mod given_predictions;
mod table_article;
mod table_reader;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::classifier::{Classified, Classifier, TargetStance};
use crate::model::{Model, Prediction};
use crate::target::TargetRelation;
use crate::text::Span;

use column_names::{COLUMNS, LAST, SEPARATOR, UNQUOTED};

pub use column_names::is_column;
pub use given_labels::GivenLabels;
pub use given_predictions::GivenPredictions;
pub use table_article::TableArticle;
pub use table_reader::{RowCells, TableReader};

/// One cell of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Text, which may be empty.
    Text(Cow<'a, str>),
    /// A number or an offset.
    Whole(usize),
    /// A probability; `None` where nothing was predicted.
    Probability(Option<f64>),
}

impl<'a> Cell<'a> {
    /// A text cell.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }
}

/// The names of all columns, in order.
pub fn columns(model: &Model) -> Vec<String> {
    let first = COLUMNS.iter().map(ToString::to_string);
    let last = LAST.iter().map(ToString::to_string);
    first.chain(prediction_columns(model)).chain(last).collect()
}

/// The columns of a prediction: the label under the dimension's name, then `p_LABEL` for each label.
pub fn prediction_columns(model: &Model) -> Vec<String> {
    let probabilities = model.labels().iter().map(|label| format!("p_{label}"));
    std::iter::once(model.dimension().to_string()).chain(probabilities).collect()
}

/// The cells of a prediction; empty where there is none.
pub fn prediction_cells<'a>(
    prediction: Option<&'a Prediction>,
    model: &'a Model,
) -> impl Iterator<Item = Cell<'a>> {
    let label = prediction.map_or("", |prediction| &model.labels()[prediction.label]);
    let probability = move |at: usize| Cell::Probability(prediction.map(|p| p.probabilities[at]));
    std::iter::once(Cell::text(label)).chain((0..model.labels().len()).map(probability))
}

/// The rows of an article: one per sentence and target.
pub fn rows<'a>(
    article: &'a [Classified<'_>],
    classifier: &'a Classifier,
) -> impl Iterator<Item = impl Iterator<Item = Cell<'a>>> {
    let befores = std::iter::once("").chain(article.iter().map(|of| of.sentence.text));
    article.iter().zip(befores).flat_map(move |(classified, before)| {
        let readings = classified.readings.iter().enumerate();
        readings.map(move |(at, reading)| row(classified, before, at, reading, classifier))
    })
}

fn row<'a>(
    classified: &'a Classified<'_>,
    before: &'a str,
    at: usize,
    reading: &'a TargetStance,
    classifier: &'a Classifier,
) -> impl Iterator<Item = Cell<'a>> {
    let Classified { article, sentence, attribution, shared_with, .. } = classified;
    // Without targets the two cells stay empty.
    let target = classifier.targets().get(at);
    // All that a model reads beside a sentence which does not name its target.
    let (title, before) = match reading.about {
        TargetRelation::Context => (article.title.as_str(), before),
        _ => ("", ""),
    };
    let first = [
        Cell::text(&article.id),
        Cell::text(&article.outlet),
        Cell::text(&article.date),
        Cell::Whole(sentence.number),
        Cell::text(sentence.part.name()),
        Cell::Whole(sentence.paragraph),
        Cell::Whole(sentence.span.start),
        Cell::Whole(sentence.span.end),
        Cell::text(sentence.text),
        Cell::text(attribution.voice.name()),
        Cell::text(joined(&attribution.speakers)),
        Cell::text(&attribution.cue),
        Cell::text(target.map_or("", |target| &target.name)),
        Cell::text(target.map_or("", |_| reading.about.name())),
    ];
    let predicted = prediction_cells(reading.prediction.as_ref(), classifier.model());
    let last = [
        Cell::text(joined(shared_with)),
        Cell::text(classifier.model().name()),
        Cell::text(names(sentence.text, &reading.mentions)),
        Cell::text(title),
        Cell::text(before),
        Cell::text(&article.url),
        Cell::text(if attribution.is_unquoted { UNQUOTED } else { "" }),
    ];
    first.into_iter().chain(predicted).chain(last)
}

/// What stands at the mentions of a target, each once, in byte order.
pub(crate) fn names<'a>(text: &'a str, mentions: &[Span]) -> Cow<'a, str> {
    match mentions {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(&text[one.clone()]),
        several => {
            let names: BTreeSet<&str> = several.iter().map(|place| &text[place.clone()]).collect();
            Cow::Owned(names.into_iter().collect::<Vec<_>>().join(SEPARATOR))
        }
    }
}

/// Names in one cell, separated by semicolons.
fn joined(names: &[String]) -> Cow<'_, str> {
    match names {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(SEPARATOR)),
    }
}
