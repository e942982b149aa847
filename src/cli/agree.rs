use std::path::PathBuf;

use clap::Args;

use super::options::{AnswerOptions, ReadingOptions};
use super::train::read_labels;
use crate::error::Error;
use crate::render::agreement;
use crate::training::coding::Coding;

/// Measure how far coders agree (column coder)
///
/// Prints percent agreement and Krippendorff's alpha, alpha of each label against all others, the
/// coincidence matrix, and the items on which coders differ.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope agree labels/stance.csv")]
pub(super) struct Arguments {
    /// Files of labelled sentences with a column coder: .csv .tsv .jsonl, also .gz and .zst
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingOptions,
    /// What the labels are about: stance, frame, or a name of your own
    #[arg(long, value_name = "NAME", default_value = "stance")]
    dimension: String,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let examples = read_labels(&self.labels, &self.reading)?;
        let coding = Coding::gather(&examples, &self.dimension)?;
        self.answer.write(|| agreement::text(&coding), || agreement::json(&coding))
    }
}
