use std::path::PathBuf;

use clap::Args;

use super::label_files::{LabelOptions, warn_of_training_files};
use super::model_option::ModelOption;
use super::progress_bar::EncoderBar;
use super::shared_options::{AnswerOptions, ReadingOptions, SeedOption};
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::render::evaluation;
use crate::training::dataset::Dataset;
use crate::training::model_evaluation::ModelEvaluation;

/// Measure a model on hand-labelled sentences
///
/// The sentences must not be those that the model was trained on. Prints macro-F1, accuracy, the F1
/// of each label with 95 % intervals over articles, a confusion table, the calibration error and the
/// Brier score; the same for each outlet that has 30 rows or more (column outlet).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope evaluate my-labels.csv --format json")]
pub(super) struct Arguments {
    /// Files of labelled sentences: .csv .tsv .jsonl, also .gz and .zst
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    written: LabelOptions,
    #[command(flatten)]
    model: ModelOption,
    /// Judge as if no sentence named its target
    #[arg(long)]
    hide_target: bool,
    #[command(flatten)]
    seed: SeedOption,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let answer = self.answer.create_beside(self.labels.iter().chain(self.model.paths()))?;
        let model = self.model.read()?;
        warn_of_training_files(&self.labels, &model, "these scores mean nothing")?;
        let reader = self.written.reader(model.dimension(), Some(model.labels()))?;
        let examples = self.written.read(&self.labels, &self.reading, &reader)?;
        let mut dataset = Dataset::gather(&examples, &[], model.dimension(), Some(model.labels()))?;
        dataset.gold.iter_mut().for_each(|instance| instance.is_masked |= self.hide_target);
        let resampling =
            Resampling { resamples: model.card().settings.resamples, seed: self.seed.seed };
        let bar = EncoderBar::new(dataset.gold.len(), model.reader());
        let found = ModelEvaluation::of(&model, &dataset, resampling, &|more| bar.add(more));
        drop(bar);
        let found = found.ok_or_else(|| Error::Option("no labelled sentences".to_string()))?;
        answer.write(
            || format!("model {}\n\n{}", model.name(), evaluation::text(&found)),
            || evaluation::json(&found, model.name()),
        )
    }
}
