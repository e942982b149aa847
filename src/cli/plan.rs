use clap::Args;

use super::audit_sample_option::AuditSampleOption;
use super::progress_bar::watched;
use super::report_input::{Counted, ReportInput};
use super::shared_options::{AnswerOptions, SeedOption, TargetOptions};
use crate::classifier::Classifier;
use crate::error::Error;
use crate::render::label_plan;
use crate::report::plans;

/// Say how many hand labels bring which width
///
/// For each outlet and voice: how many random sentences must be labelled by hand so that the 95 %
/// intervals of corrected shares reach no further than asked for. With --labels it builds on what
/// the labels so far have shown of the model here; without, on the model's own probabilities.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  framescope plan articles.csv --target 'cyber security unit' \
    --labels audit.csv --width 0.08")]
pub(super) struct Arguments {
    #[command(flatten)]
    question: TargetOptions,
    #[command(flatten)]
    audit: AuditSampleOption,
    /// How far intervals may reach to either side, as a share; may be repeated [default: 0.12 0.08
    /// 0.05]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    width: Vec<f64>,
    #[command(flatten)]
    seed: SeedOption,
    #[command(flatten)]
    answer: AnswerOptions,
}

fn share(value: &str) -> Result<f64, String> {
    let share = value.parse::<f64>().ok().filter(|share| *share > 0.0 && *share < 0.5);
    share.ok_or_else(|| "expected a share between 0 and 0.5, such as 0.08".to_string())
}

impl Arguments {
    pub(super) fn run(mut self) -> Result<(), Error> {
        let answer = self.answer.create_beside(self.question.paths().chain(self.audit.paths()))?;
        let targets = std::mem::take(&mut self.question.targets.0);
        let classifier = watched(Classifier::new(self.question.model.read()?, targets));
        let input = ReportInput {
            question: &self.question,
            audit: &self.audit,
            predictions: None,
            classifier: &classifier,
            frame_model: None,
            seed: self.seed.seed,
            is_partial: false,
            models: Vec::new(),
            frame_files: Vec::new(),
        };
        let Counted { state, model } = input.count()?;
        let report = state.finish(model);
        let halves =
            if self.width.is_empty() { vec![0.12, 0.08, 0.05] } else { self.width.clone() };
        let found = plans(&report, &halves);
        answer.write(
            || label_plan::text(&report, &found, &halves),
            || label_plan::json(&found, &halves),
        )
    }
}
