use std::path::PathBuf;

use clap::Args;

use super::options::{OutputOption, TextOrJson, read_model};
use crate::error::Error;
use crate::render::card;

/// Show what a model holds: labels, settings, provenance, scores, top features
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope inspect my-model.safetensors")]
pub(super) struct Arguments {
    /// The model's file [default: the built-in stance model]
    #[arg(value_name = "MODEL")]
    model: Option<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
    #[command(flatten)]
    output: OutputOption,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let model = read_model(self.model.as_deref())?;
        self.output.write(&match self.format {
            TextOrJson::Text => card::text(&model),
            TextOrJson::Json => card::json(&model),
        })
    }
}
