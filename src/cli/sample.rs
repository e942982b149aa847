use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::batches::for_each_article_batch;
use super::progress_bar::{say, watched};
use super::shared_options::{OutputOption, SeedOption, TargetOptions};
use crate::article::Article;
use crate::audit_sampling::AuditSampler;
use crate::classifier::Classifier;
use crate::codebook::Codebook;
use crate::error::Error;
use crate::render::sample;
use crate::voice::Voice;

/// Draw sentences at random to be labelled by hand
///
/// Draws from the sentences that name the target, within each outlet and voice at random, and
/// writes a table with the sentences around each, its drawing probability, and the empty columns
/// label and coder. Says on standard error what the labels mean and what width they will bring.
/// Predictions are not shown: they would lead the coder. `report --labels` takes the table back.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope sample articles.csv --target 'cyber security unit' \
    --per-outlet 60 --seed 1 --out audit.csv"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: TargetOptions,
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

/// One of the voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OneVoice {
    /// The outlet's own.
    Outlet,
    /// Its sources'.
    Attributed,
}

fn definition<'b>(book: &'b Codebook, name: &str) -> Option<&'b str> {
    let label = book.labels.iter().find(|label| label.name == name);
    label.map(|label| label.definition.as_str())
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let mut output = self.output.create_beside(self.question.paths())?;
        let classifier = Classifier::new(self.question.model.read()?, self.question.targets.0);
        let classifier = watched(classifier);
        let voices = match self.voice {
            None => Voice::ALL.to_vec(),
            Some(OneVoice::Outlet) => vec![Voice::Outlet],
            Some(OneVoice::Attributed) => vec![Voice::Attributed],
        };
        let mut sampler = AuditSampler::new(&classifier, self.per_outlet, &voices, self.seed.seed);
        let input = &self.question.input;
        let add = |batch: Vec<Article>| {
            classifier.classify_together(&batch).iter().for_each(|article| sampler.add(article));
        };
        for_each_article_batch(input.reading.find(&input.inputs)?, input, add, |()| Ok(()))?;
        let (drawn, expected) = sampler.finish();
        if drawn.is_empty() {
            let reason = "no sentence names the target: nothing to draw from; give what the articles \
                          call it as --alias";
            return Err(Error::Option(reason.to_string()));
        }
        let dimension = classifier.model().dimension();
        let codebook = Codebook::of(dimension);
        let version = codebook.as_ref().map_or(String::new(), |book| book.version.clone());
        let named = format!("{dimension} {version}");
        sample::write(&drawn, named.trim_end(), &mut output).map_err(|e| output.failed(e))?;
        output.finish()?;
        say(&format!("{} sentences drawn. Fill in `label` with:", drawn.len()));
        let labels = classifier.model().labels();
        for label in labels {
            let meaning = codebook.as_ref().and_then(|book| definition(book, label));
            say(&format!("  {label}: {}", meaning.unwrap_or("as your codebook defines it")));
        }
        say("95 % intervals when all are labelled (wider if sentences of an article are alike):");
        expected.iter().for_each(|of| say(&format!("  {}", sample::expected(of, labels))));
        Ok(())
    }
}
