//! What a model trained on the labels of the page is worth.

use std::path::Path;
use std::sync::Arc;

use super::label_files::read_rows;
use super::model_option::ReaderOptions;
use crate::error::Error;
use crate::example::Example;
use crate::io::{BadRows, Columns, Inputs};
use crate::label_page::{Card, Header};
use crate::label_reading::{LabelMap, LabelReader, tell_coders_apart};
use crate::label_server::{CheckTraining, CurvePoint, TrainingCheck};
use crate::model::Model;
use crate::model::card::Settings;
use crate::render::generalization;
use crate::training::base_prior::Prior;
use crate::training::dataset::Dataset;
use crate::training::generalization::{LearningCurvePoint, Validation, stop_set};

/// Trains as `framescope train --base built-in` does where the built-in model has the same labels, else
/// without a base.
pub(super) fn check_training(header: &Header) -> CheckTraining {
    let (dimension, labels) = (header.dimension.clone(), header.labels.clone());
    Arc::new(move |label_file, unlabelled| check(&dimension, &labels, label_file, unlabelled))
}

fn check(
    dimension: &str,
    labels: &[String],
    label_file: &Path,
    unlabelled: &[Card],
) -> Result<TrainingCheck, Error> {
    let base = base(dimension, labels)?;
    let labels = base.as_ref().map_or(labels, Model::labels);
    let examples = read(dimension, labels, label_file)?;
    let dataset = Dataset::gather(&examples, &[], dimension, Some(labels))?;
    let settings = base.as_ref().map_or_else(Settings::default, Settings::adapting);
    let prior = Prior { base: base.as_ref(), words: None, encoder: None };
    let trained = crate::training::train(dimension, &dataset, &settings, prior, Vec::new(), None)?;
    if trained.model.card().cross_validation.is_none() {
        let reason = "too few sentences to hold any out";
        return Err(Error::Option(reason.to_string()));
    }
    let validation = Validation::new(&dataset, &trained, prior);
    // Where articles are few, larger shares of them hold no more labels.
    let mut curve: Vec<CurvePoint> = validation.learning_curve()?.iter().map(point).collect();
    curve.dedup_by(|later, earlier| later.labels <= earlier.labels);
    let sentences = unlabelled.iter().map(sentence).collect();
    let stop_set = stop_set(sentences, dimension, labels, settings.seed)?;
    Ok(TrainingCheck {
        labels: dataset.gold.len(),
        curve,
        advice: generalization::advice(&validation.batch_agreement(&stop_set)?),
    })
}

/// The built-in model, where it tells the same labels apart.
fn base(dimension: &str, labels: &[String]) -> Result<Option<Model>, Error> {
    let model = ReaderOptions::default().model(None)?;
    let is_same = model.dimension() == dimension
        && labels.len() == model.labels().len()
        && labels.iter().all(|label| model.labels().contains(label));
    Ok(Some(model).filter(|_| is_same))
}

/// The rows of the label file that have a label.
fn read(dimension: &str, labels: &[String], label_file: &Path) -> Result<Vec<Example>, Error> {
    let inputs = Inputs::find(&[label_file.to_path_buf()], None)?;
    let rows = read_rows(inputs, &Columns::default(), BadRows::Refuse)?;
    let mut examples: Vec<Example> = rows.into_iter().map(|row| row.example).collect();
    LabelReader::new(dimension, Some(labels), LabelMap::default())?.read(&mut examples)?;
    tell_coders_apart(&examples)?;
    examples.retain(|example| !example.label_shares.is_empty());
    Ok(examples)
}

/// A drawn sentence as a row of the label file tells it.
fn sentence(card: &Card) -> Example {
    let drawn = &card.drawn;
    let names = drawn.mentions.split("; ").filter(|name| !name.is_empty());
    Example {
        article_id: drawn.article_id.clone(),
        outlet: drawn.outlet.clone(),
        text: drawn.text.clone(),
        target: drawn.target.clone(),
        other_names: names.map(str::to_string).collect(),
        title: drawn.headline.clone(),
        before: drawn.before.clone(),
        weight: 1.0,
        ..Example::default()
    }
}

fn point(point: &LearningCurvePoint) -> CurvePoint {
    let macro_f1 = point.scores.as_ref().map(|scores| scores.macro_f1);
    let interval = macro_f1.and_then(|of| of.interval);
    CurvePoint {
        labels: point.n_train,
        macro_f1: macro_f1.map(|of| of.value),
        low: interval.map(|of| of.low),
        high: interval.map(|of| of.high),
    }
}
