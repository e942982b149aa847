use std::path::PathBuf;

use clap::Args;

use super::label_files::{LabelOptions, read_rows};
use super::shared_options::{AnswerOptions, ReadingOptions, SeedOption};
use crate::agreement::coder_labels::CoderLabels;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::example::Example;
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
    #[command(flatten)]
    written: LabelOptions,
    /// What the labels are about: stance, frame, or a name of your own, whose codes are all labels
    /// [default: stance where a row has one of its labels, else codes of your own]
    #[arg(long, value_name = "NAME")]
    dimension: Option<String>,
    #[command(flatten)]
    seed: SeedOption,
    #[command(flatten)]
    answer: AnswerOptions,
}

/// The dimension that labels are looked up in first.
const STANCE: &str = "stance";

/// The dimension of codes that no codebook knows.
const OWN_CODES: &str = "code";

/// Number of bootstrap resamples.
const RESAMPLES: usize = 1000;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let answer = self.answer.create_beside(&self.labels)?;
        let reading = &self.reading;
        let rows = read_rows(reading.find(&self.labels)?, &reading.columns()?, reading.bad_rows())?;
        let mut examples: Vec<Example> = rows.into_iter().map(|row| row.example).collect();
        let dimension = match &self.dimension {
            Some(dimension) => dimension.as_str(),
            None if self.written.reader(STANCE, None)?.recognises_any(&examples) => STANCE,
            None => OWN_CODES,
        };
        let reader = self.written.reader(dimension, None)?;
        self.written.understand(&mut examples, &reader)?;
        let coder_labels = CoderLabels::gather(&examples, dimension)?;
        let resampling = Resampling { resamples: RESAMPLES, seed: self.seed.seed };
        answer.write(
            || agreement::text(&coder_labels, resampling),
            || agreement::json(&coder_labels, resampling),
        )
    }
}
