use clap::Args;

use super::classify::for_each_batch;
use super::options::{OutputOption, QuestionOptions};
use crate::classifier::Classifier;
use crate::error::Error;
use crate::render::{self, Format};
use crate::report::{Builder, Settings};

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
        let mut builder = Builder::new();
        for_each_batch(&self.question.input, |batch| {
            classifier.classify_together(&batch).iter().for_each(|article| builder.add(article));
            Ok(())
        })?;
        let inputs =
            self.question.input.inputs.iter().map(|path| path.display().to_string()).collect();
        let settings = Settings { seed: self.seed, inputs, ..Settings::default() };
        let report = builder.finish(&classifier, &settings);
        render::write(&report, self.format, &mut output).map_err(|error| output.failed(error))?;
        output.finish()
    }
}
