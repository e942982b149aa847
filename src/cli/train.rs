use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::label_files::{LabelOptions, read_of_anybody, source};
use super::model_option::ReaderOptions;
use super::progress_bar::{self, EncoderBar};
use super::shared_options::{ReadingOptions, SeedOption, positive, refuse_overwriting, write_all};
use super::validation_options::ValidationOptions;
use super::word_vector_options::WordOptions;
use crate::calendar_day::Day;
use crate::encoder::Encoder;
use crate::error::Error;
use crate::example::Example;
use crate::io::Output;
use crate::label_reading::LabelReader;
use crate::model::card::Settings;
use crate::model::{Model, ReaderKind};
use crate::render::{harmless, training};
use crate::sentence_table;
use crate::training::EncoderFeatures;
use crate::training::base_prior::Prior;
use crate::training::dataset::Dataset;

/// What `--base` calls the model that the program carries.
const BUILT_IN: &str = "built-in";
/// What `--base` calls no base.
const NONE: &str = "none";

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
    #[command(flatten)]
    written: LabelOptions,
    /// Where to write the model
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
    /// A model to adapt: a file, or built-in; or none, to begin with nothing, as without the option.
    /// Its labels and kinds of features stay
    #[arg(long, value_name = "MODEL|built-in|none")]
    #[arg(conflicts_with_all = ["dimension", "max_features", "without"])]
    base: Option<PathBuf>,
    #[command(flatten)]
    reader: ReaderOptions,
    #[command(flatten)]
    words: WordOptions,
    /// Sentences labelled by a program (columns p_LABEL or logit_LABEL): learnt from, never judged
    /// by; may be repeated
    #[arg(long, value_name = "FILE")]
    silver: Vec<PathBuf>,
    /// How much a silver row counts beside one of LABELS
    #[arg(long, value_name = "W", default_value_t = 1.0, allow_negative_numbers = true)]
    #[arg(value_parser = positive, requires = "silver")]
    silver_weight: f64,
    /// What the teacher's log-odds in silver are divided by: above 1 softens them
    #[arg(long, value_name = "T", default_value_t = 1.0, allow_negative_numbers = true)]
    #[arg(value_parser = positive, requires = "silver")]
    silver_temperature: f64,
    /// A penalty on large weights to try, with --base on what differs from it; may be repeated. Beyond the
    /// last of several, further ones are tried while they are better [default: 0.5 1 2 4 8, with --base up
    /// to 512]
    #[arg(long, value_name = "PENALTY", value_parser = positive, allow_negative_numbers = true)]
    penalty: Vec<f64>,
    /// What the labels are about: stance, frame, or a name of your own
    #[arg(long, value_name = "NAME", default_value = "stance", value_parser = dimension)]
    dimension: String,
    /// How many parts the cross-validation has at most; articles are not split where they suffice
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least(2))]
    folds: usize,
    #[command(flatten)]
    seed: SeedOption,
    /// Keep only so many features, those that matter most [default: all]
    #[arg(long, value_name = "N", value_parser = at_least(1))]
    max_features: Option<usize>,
    /// Leave out a kind of features, such as pair; may be repeated
    #[arg(long, value_name = "KIND")]
    without: Vec<String>,
    /// How far rare labels are preferred: 0 predicts the most probable label, 1 as if all labels were
    /// equally frequent. Probabilities stay the same [default: 0, with --base 0.5]
    #[arg(long, value_name = "0..1", value_parser = share)]
    balance: Option<f64>,
    /// Leave probabilities as the regression gives them: where the encoder was trained on LABELS itself,
    /// cross-validation flatters and cannot calibrate
    #[arg(long)]
    uncalibrated: bool,
    /// What the scores of sentences that do not name their target are divided by: above 1, where
    /// probabilities of these are too sure
    #[arg(long, value_name = "T", value_parser = positive, allow_negative_numbers = true)]
    #[arg(requires = "uncalibrated")]
    context_temperature: Option<f64>,
    /// The day to write into the model, such as 2031-06-02 [default: none]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    #[command(flatten)]
    validation: ValidationOptions,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let files = || self.labels.iter().chain(&self.silver);
        let beside = self.reader.paths().iter().chain(self.words.files());
        let read = files().chain(self.base()).chain(beside).chain(self.validation.paths());
        refuse_overwriting(&self.out, read)?;
        // Tried first: an hour of training must not end at a folder that does not exist.
        drop(Output::create(Some(&self.out))?);
        self.validation.check(files().chain(self.words.files()), &self.out)?;
        let sources = files().map(|path| source(path)).collect::<Result<_, _>>()?;
        let base = self.read_base()?;
        let encoder = self.encoder(base.as_ref())?;
        let dimension = base.as_ref().map_or(&*self.dimension, Model::dimension);
        let labels = base.as_ref().map(Model::labels);
        let reader = self.written.reader(dimension, labels)?;
        let examples = self.written.read(&self.labels, &self.reading, &reader)?;
        let silver = self.read_silver(&reader)?;
        let mut dataset = Dataset::gather(&examples, &silver, dimension, labels)?;
        let features = encoder.map(|encoder| encoder_features(encoder, &mut dataset));
        let settings = self.settings(base.as_ref());
        let holdouts = self.validation.holdouts(&dataset, &settings)?;
        let stop_set =
            self.validation.stop_set(&self.reading, &dataset, dimension, settings.seed)?;
        let date = self.date.clone();
        let words = self.words.read(&dataset)?;
        let encoder = features.as_ref();
        let prior = Prior { base: base.as_ref(), words: words.as_ref(), encoder };
        let trained = crate::training::train(dimension, &dataset, &settings, prior, sources, date)?;
        // Written first: whoever reads the scores may go away before the end.
        let size = self.write(&trained.model)? / 1024;
        let scores = harmless(&training::text(&trained, &dataset));
        write_all(Output::create(None)?, scores.as_bytes())?;
        let (name, out) = (trained.model.name(), self.out.display());
        progress_bar::say(&format!("wrote {name} to {out} ({size} KiB)"));
        self.validation.run(holdouts, stop_set.as_ref(), &trained, &dataset, &examples, prior)
    }

    /// Writes the model; gives its size in bytes.
    fn write(&self, model: &Model) -> Result<usize, Error> {
        let bytes = model.to_bytes().map_err(|reason| Error::file(&self.out, reason))?;
        write_all(Output::create(Some(&self.out))?, &bytes)?;
        Ok(bytes.len())
    }

    fn read_silver(&self, reader: &LabelReader) -> Result<Vec<Example>, Error> {
        if self.silver.is_empty() {
            return Ok(Vec::new());
        }
        let mut silver = read_of_anybody(&self.silver, &self.reading, reader)?;
        for example in &mut silver {
            example.weight *= self.silver_weight;
            example.soften(self.silver_temperature);
        }
        Ok(silver)
    }

    fn base(&self) -> Option<&PathBuf> {
        self.base.as_ref().filter(|base| *base != Path::new(NONE))
    }

    fn read_base(&self) -> Result<Option<Model>, Error> {
        let is_file = |path: &&Path| *path != Path::new(BUILT_IN);
        let base = self.base().map(PathBuf::as_path);
        base.map(|base| self.reader.model(Some(base).filter(is_file))).transpose()
    }

    /// The encoder to read with: the base's, or the one that is asked for; none where words are counted.
    fn encoder(&self, base: Option<&Model>) -> Result<Option<Arc<Encoder>>, Error> {
        let encoder = match base {
            Some(base) => base.encoder().map(Arc::clone),
            None if self.reader.reader == Some(ReaderKind::Encoder) => Some(self.reader.encoder()?),
            None => None,
        };
        let of_words = [
            ("--vectors or --word-scores", self.words.files().next().is_some()),
            ("--without", !self.without.is_empty()),
            ("--max-features", self.max_features.is_some()),
            ("--ablation", self.validation.has_ablation()),
        ];
        match of_words.iter().find(|(_, is_given)| *is_given && encoder.is_some()) {
            None => Ok(encoder),
            Some((option, _)) => Err(Error::Option(format!(
                "{option} is about words; an encoder counts none: leave it out"
            ))),
        }
    }

    fn settings(&self, base: Option<&Model>) -> Settings {
        let mut settings = base.map_or_else(Settings::default, Settings::adapting);
        (settings.folds, settings.seed) = (self.folds, self.seed.seed);
        settings.max_features = self.max_features;
        settings.is_uncalibrated = self.uncalibrated;
        settings.context_temperature = self.context_temperature;
        settings.balance = self.balance.unwrap_or(settings.balance);
        settings.without.extend(self.without.iter().cloned());
        if !self.penalty.is_empty() {
            settings.penalties.clone_from(&self.penalty);
        }
        settings
    }
}

/// Reads every sentence of a dataset. Sentences with their target masked are left out: an encoder learns
/// from those that do not name it.
fn encoder_features(encoder: Arc<Encoder>, dataset: &mut Dataset) -> EncoderFeatures {
    dataset.masked.clear();
    let bar = EncoderBar::new(dataset.gold_and_silver().count(), ReaderKind::Encoder);
    EncoderFeatures::new(encoder, dataset, &|more| bar.add(more))
}

/// Whole numbers from a least one on.
fn at_least(least: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(least..)
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "expected a number from 0 to 1".to_string())
}

/// A word that can be a column beside those of the sentence table.
fn dimension(name: &str) -> Result<String, String> {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    match is_word && !sentence_table::is_column(name) {
        true => Ok(name.to_string()),
        false => Err("expected one word that is no column of the sentence table".to_string()),
    }
}

/// A day as year-month-day.
fn date(text: &str) -> Result<String, String> {
    let day = Day::parse(text).ok_or_else(|| "expected a day such as 2031-06-02".to_string())?;
    Ok(day.to_string())
}
