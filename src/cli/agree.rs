use std::path::PathBuf;

use clap::Args;

use super::label_files::read_labels;
use super::shared_options::{AnswerOptions, ReadingOptions, SeedOption};
use crate::agreement::coder_labels::CoderLabels;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::render::agreement;

/// Measure how far coders agree (column coder)
///
/// Prints percent agreement, Krippendorff's alpha (nominal and ordinal) and Gwet's AC1 with 95 %
/// intervals over items, alpha of each label against all others, the coincidence matrix, and the
/// items on which coders differ. Two coders or more; not everyone needs to have coded everything.
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
    seed: SeedOption,
    #[command(flatten)]
    answer: AnswerOptions,
}

/// Number of bootstrap resamples.
const RESAMPLES: usize = 1000;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let examples = read_labels(&self.labels, &self.reading)?;
        let coder_labels = CoderLabels::gather(&examples, &self.dimension)?;
        let resampling = Resampling { resamples: RESAMPLES, seed: self.seed.seed };
        self.answer.write(
            || agreement::text(&coder_labels, resampling),
            || agreement::json(&coder_labels, resampling),
        )
    }
}
