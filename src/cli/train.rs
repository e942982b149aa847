use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{ReadingOptions, say_skipped, write_all};
use super::progress::{self, Bar};
use crate::error::Error;
use crate::example::Example;
use crate::io::{self, Labels, Output};
use crate::model::card::{Settings, Source};
use crate::render::training;
use crate::training::items::Items;

/// Train a model on hand-labelled sentences
///
/// Reads CSV, TSV or JSONL with the columns text and label and, where they exist, id, article_id,
/// outlet, date, target, target_start, target_end and coder. Prints how well the model does on rows
/// it has not seen, and writes it to one file.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope train labels/stance.csv --out my-model.safetensors")]
pub(super) struct Arguments {
    /// Files of labelled sentences: .csv .tsv .jsonl, also .gz and .zst
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingOptions,
    /// Where to write the model
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
    /// Sentences labelled by a program (columns p_LABEL or logit_LABEL): learnt from, never judged
    /// by; may be repeated
    #[arg(long, value_name = "FILE")]
    silver: Vec<PathBuf>,
    /// How much a silver row counts beside one of LABELS
    #[arg(long, value_name = "W", default_value_t = 1.0)]
    silver_weight: f64,
    /// A penalty on large weights to try; may be repeated [default: 0.5 1 2 4 8]
    #[arg(long, value_name = "PENALTY")]
    penalty: Vec<f64>,
    /// What the labels are about: stance, frame, or a name of your own
    #[arg(long, value_name = "NAME", default_value = "stance")]
    dimension: String,
    /// How many parts the cross-validation has; articles are never split
    #[arg(long, value_name = "N", default_value_t = 5)]
    folds: usize,
    /// Where chance starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Keep only so many features, those that matter most [default: all]
    #[arg(long, value_name = "N")]
    max_features: Option<usize>,
    /// Leave out a kind of features, such as pair; may be repeated
    #[arg(long, value_name = "KIND")]
    without: Vec<String>,
    /// The day to write into the model, such as 2031-06-02 [default: none]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        // Opened first: an hour of training must not end at a folder that does not exist.
        let output = Output::create(Some(&self.out))?;
        let examples = read_labels(&self.labels, &self.reading)?;
        let silver = self.read_silver()?;
        let items = Items::gather(&examples, &silver, &self.dimension, None)?;
        let files = self.labels.iter().chain(&self.silver);
        let sources = files.map(|path| source(path)).collect::<Result<_, _>>()?;
        let settings = self.settings();
        let trained =
            crate::training::train(&self.dimension, &items, &settings, sources, self.date)?;
        write_all(Output::create(None)?, training::text(&trained, &items).as_bytes())?;
        let bytes = trained.model.to_bytes().map_err(|reason| Error::file(&self.out, reason))?;
        write_all(output, &bytes)?;
        let size = bytes.len() / 1024;
        progress::say(&format!(
            "wrote {} to {} ({size} KiB)",
            trained.model.name(),
            self.out.display()
        ));
        Ok(())
    }
}

impl Arguments {
    fn read_silver(&self) -> Result<Vec<Example>, Error> {
        if self.silver.is_empty() {
            return Ok(Vec::new());
        }
        if !(self.silver_weight.is_finite() && self.silver_weight > 0.0) {
            let reason =
                format!("--silver-weight {}: expected a number above 0", self.silver_weight);
            return Err(Error::Option(reason));
        }
        let mut silver = read_labels(&self.silver, &self.reading)?;
        silver.iter_mut().for_each(|example| example.weight *= self.silver_weight);
        Ok(silver)
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings {
            folds: self.folds,
            seed: self.seed,
            max_features: self.max_features,
            without: self.without.clone(),
            ..Settings::default()
        };
        if !self.penalty.is_empty() {
            settings.penalties.clone_from(&self.penalty);
        }
        settings
    }
}

/// Reads all rows of label files; tells which were left out.
pub(super) fn read_labels(
    paths: &[PathBuf],
    reading: &ReadingOptions,
) -> Result<Vec<Example>, Error> {
    let inputs = reading.find(paths)?;
    let bar = Bar::new(inputs.progress());
    let mut rows = inputs.examples(&reading.columns()?, Labels::Required, reading.bad_rows())?;
    let mut examples = Vec::new();
    for row in &mut rows {
        examples.push(row?.example);
        bar.tick();
    }
    say_skipped(rows.skipped());
    Ok(examples)
}

/// A file's name and fingerprint; standard input has no fingerprint.
fn source(path: &Path) -> Result<Source, Error> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let sha256 = if path == Path::new("-") { String::new() } else { io::sha256(path)? };
    Ok(Source { name, sha256 })
}
