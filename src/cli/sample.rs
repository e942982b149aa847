use std::path::PathBuf;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::batches::for_each_article_batch;
use super::label_files::{LabelOptions, read_rows};
use super::progress_bar::{say, watched};
use super::shared_options::{
    InputOptions, OutputOption, SeedOption, TargetOptions, mark_for_excel,
};
use crate::article::Article;
use crate::audit_sampling::{AuditSampler, Drawn, Expected};
use crate::classifier::{Classified, Classifier};
use crate::codebook::Codebook;
use crate::error::Error;
use crate::example::Example;
use crate::io::{Columns, Inputs};
use crate::render::sample;
use crate::training_sampling::{Labelled, TrainingSampler};
use crate::voice::Voice;

/// Draw sentences to be labelled by hand
///
/// Draws from the sentences that name the target, within each outlet and voice at random, and
/// writes a table with the sentences around each, its drawing probability, and the empty columns
/// label and coder. Says on standard error what the labels mean and what width they will bring.
/// Predictions are not shown: they would lead the coder. `report --labels` takes the table back.
/// With --for training it chooses those from which a model would learn most, which `train` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope sample articles.csv --target 'cyber security unit' \
    --per-outlet 60 --seed 1 --out audit.csv"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: TargetOptions,
    /// What the labels are for: to correct a report, which wants a random sample, or to train a model
    #[arg(long = "for", value_enum, value_name = "PURPOSE", default_value = "report")]
    purpose: Purpose,
    /// Sentences that are labelled already, which are not chosen again; with --for training; may be
    /// repeated
    #[arg(long, value_name = "LABELS")]
    labelled: Vec<PathBuf>,
    #[command(flatten)]
    written: LabelOptions,
    /// How many sentences of each outlet and target, half from each voice
    #[arg(long, value_name = "N", default_value_t = 60)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    per_outlet: usize,
    /// Draw from one voice alone
    #[arg(long, value_enum)]
    voice: Option<OneVoice>,
    #[command(flatten)]
    seed: SeedOption,
    #[command(flatten)]
    output: OutputOption,
}

/// What sentences are labelled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Purpose {
    /// To correct the shares of a report: drawn at random.
    Report,
    /// To train a model: those that the model doubts, and that differ from each other. No random sample.
    Training,
}

/// One of the voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OneVoice {
    /// The outlet's own.
    Outlet,
    /// Its sources'.
    Attributed,
}

impl Arguments {
    pub(super) fn run(mut self) -> Result<(), Error> {
        if self.purpose == Purpose::Report && !self.labelled.is_empty() {
            let reason = "--labelled goes with --for training: a random sample must not pass over \
                          sentences, or no chance would be known";
            return Err(Error::Option(reason.to_string()));
        }
        self.output.refuse_other_than(&["csv"])?;
        let read = self.question.paths().chain(&self.labelled);
        let mut output = self.output.create_beside(read)?;
        let targets = std::mem::take(&mut self.question.targets.0);
        let classifier = watched(Classifier::new(self.question.model.read()?, targets));
        let (drawn, expected) = match self.purpose {
            Purpose::Report => self.at_random(&classifier)?,
            Purpose::Training => (self.to_train_on(&classifier)?, Vec::new()),
        };
        if drawn.is_empty() {
            let reason = "no sentence names the target: nothing to draw from; give what the articles \
                          call it as --alias";
            let labelled = "no sentence that names the target is left: all are labelled already";
            let reason = if self.labelled.is_empty() { reason } else { labelled };
            return Err(Error::Option(reason.to_string()));
        }
        let dimension = classifier.model().dimension();
        let codebook = Codebook::of(dimension);
        let version = codebook.as_ref().map_or(String::new(), |book| book.version.clone());
        let named = format!("{dimension} {version}");
        if self.output.is_file() {
            mark_for_excel(&mut output, true)?;
        }
        sample::write(&drawn, named.trim_end(), &mut output).map_err(|e| output.failed(e))?;
        output.finish()?;
        let labels = classifier.model().labels();
        say(&format!("{} sentences drawn. Fill in `label` with:", drawn.len()));
        say_labels(labels, codebook.as_ref());
        match self.purpose {
            Purpose::Report => say_widths(&expected, labels),
            Purpose::Training => say(
                "The first teach most: label as many as you like, then `train`. They are no random \
                 sample: `report --labels` refuses them.",
            ),
        }
        Ok(())
    }

    fn voices(&self) -> Vec<Voice> {
        match self.voice {
            None => Voice::ALL.to_vec(),
            Some(OneVoice::Outlet) => vec![Voice::Outlet],
            Some(OneVoice::Attributed) => vec![Voice::Attributed],
        }
    }

    fn at_random(&self, classifier: &Classifier) -> Result<(Vec<Drawn>, Vec<Expected>), Error> {
        let voices = self.voices();
        let mut sampler = AuditSampler::new(classifier, self.per_outlet, &voices, self.seed.seed);
        for_each_classified(&self.question.input, classifier, |article| sampler.add(article))?;
        Ok(sampler.finish())
    }

    fn to_train_on(&self, classifier: &Classifier) -> Result<Vec<Drawn>, Error> {
        let (voices, seed) = (self.voices(), self.seed.seed);
        let labelled = self.labelled(classifier)?;
        let mut sampler =
            TrainingSampler::new(classifier, self.per_outlet, &voices, seed, labelled);
        for_each_classified(&self.question.input, classifier, |article| sampler.add(article))?;
        Ok(sampler.finish())
    }

    /// The sentences that are labelled already.
    fn labelled(&self, classifier: &Classifier) -> Result<Vec<Labelled>, Error> {
        if self.labelled.is_empty() {
            return Ok(Vec::new());
        }
        let bad_rows = self.question.input.reading.bad_rows();
        let rows = read_rows(Inputs::find(&self.labelled, None)?, &Columns::default(), bad_rows)?;
        let mut examples: Vec<Example> = rows.into_iter().map(|row| row.example).collect();
        let model = classifier.model();
        // Whoever labelled: only that somebody did counts.
        let reader = self.written.reader(model.dimension(), Some(model.labels()))?;
        reader.read(&mut examples)?;
        let coded = examples.into_iter().filter(|example| !example.label_shares.is_empty());
        let labelled = |Example { article_id, outlet, target, text, .. }| Labelled {
            article_id,
            outlet,
            target,
            text,
        };
        Ok(coded.map(labelled).collect())
    }
}

/// Classifies all articles, one after another.
pub(super) fn for_each_classified(
    input: &InputOptions,
    classifier: &Classifier,
    mut add: impl FnMut(&[Classified<'_>]) + Send,
) -> Result<(), Error> {
    let add_all = |batch: Vec<Article>| {
        classifier.classify_together(&batch).iter().for_each(|article| add(article));
    };
    for_each_article_batch(input.find()?, input, add_all, |()| Ok(()))
}

/// Says what the labels mean.
fn say_labels(labels: &[String], codebook: Option<&Codebook>) {
    for label in labels {
        let entry = codebook.and_then(|book| book.labels.iter().find(|of| of.name == *label));
        let meaning = entry.map_or("as your codebook defines it", |entry| &entry.definition);
        say(&format!("  {label}: {meaning}"));
    }
}

/// Says how wide the intervals will be.
fn say_widths(expected: &[Expected], labels: &[String]) {
    say("95 % intervals when all are labelled (wider if sentences of an article are alike):");
    expected.iter().for_each(|of| say(&format!("  {}", sample::expected(of, labels))));
}
