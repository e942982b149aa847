use std::path::PathBuf;

use clap::Args;

use super::classify::for_each_batch;
use super::options::{OutputOption, QuestionOptions, read_model};
use crate::classifier::Classifier;
use crate::error::Error;
use crate::passage::passages_together;
use crate::render::{self, Format};
use crate::report::{Builder, Framing, Settings};

/// Sum up how each outlet treats the target
///
/// Per outlet: own voice and attributed voice apart, the share of each label with its interval over
/// articles, headlines, who is quoted, typical sentences with the deciding words, and distinctive
/// words.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope report articles.csv --target 'cyber security unit' \
    --alias 'the plan' --format html --out report.html"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: QuestionOptions,
    /// A model that tells which stories the articles tell, such as one trained with --dimension
    /// frame: shown beside the stance, by passages
    #[arg(long, value_name = "MODEL")]
    frame_model: Option<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where chance starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: OutputOption,
}

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let classifier = Classifier::new(self.question.model.read()?, self.question.targets.0);
        // Opened first: nobody should wait for a report that cannot be written.
        let mut output = self.output.create_beside(&self.question.input.inputs)?;
        let frame_model = self.frame_model.as_deref();
        let frame_model = frame_model.map(|path| read_model(Some(path))).transpose()?;
        let (mut builder, mut framing) = (Builder::new(), Framing::new());
        for_each_batch(&self.question.input, |batch| {
            let articles = classifier.classify_together(&batch);
            articles.iter().for_each(|article| builder.add(article));
            if let Some(model) = &frame_model {
                framing.add_all(&articles, &passages_together(&articles, model));
            }
            Ok(())
        })?;
        let inputs =
            self.question.input.inputs.iter().map(|path| path.display().to_string()).collect();
        let settings = Settings { seed: self.seed, inputs, ..Settings::default() };
        let mut report = builder.finish(&classifier, &settings);
        if let Some(model) = &frame_model {
            report = report.with_frames(framing.finish(model, classifier.targets(), &settings));
        }
        render::write(&report, self.format, &mut output).map_err(|error| output.failed(error))?;
        output.finish()
    }
}
