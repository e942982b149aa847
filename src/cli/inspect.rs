use std::path::PathBuf;

use clap::Args;

use super::model_option::ReaderOptions;
use super::shared_options::AnswerOptions;
use crate::error::Error;
use crate::render::model_card;

/// Show what a model holds: labels, settings, provenance, scores, top features
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope inspect my-model.safetensors")]
pub(super) struct Arguments {
    /// The model's file [default: the built-in stance model]
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    #[command(flatten)]
    reader: ReaderOptions,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let answer = self.answer.create_beside(self.model.iter().chain(self.reader.paths()))?;
        let model = self.reader.model(self.model.as_deref())?;
        answer.write(|| model_card::text(&model), || model_card::json(&model))
    }
}
