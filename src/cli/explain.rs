use clap::Args;

use super::asked_targets::Targets;
use super::model_option::ModelOption;
use super::shared_options::AnswerOptions;
use crate::error::Error;
use crate::model::Model;
use crate::model_input::ModelInput;
use crate::render::explanation;

/// Explain one sentence: the exact share of every feature in its prediction
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope explain 'Lawmakers mocked the cyber security unit.' \
    --target 'cyber security unit'"
)]
pub(super) struct Arguments {
    /// The sentence
    #[arg(value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    model: ModelOption,
    #[command(flatten)]
    targets: Targets,
    /// The article's headline: an encoder reads it where the sentence does not name the target
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The sentence before, for the same
    #[arg(long, value_name = "TEXT")]
    before: Option<String>,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Arguments {
    pub(super) fn model(&self) -> Result<Model, Error> {
        self.model.read()
    }

    pub(super) fn run(self) -> Result<(), Error> {
        let answer = self.answer.create_beside(self.model.paths())?;
        let model = self.model.read()?;
        let targets = self.targets.0;
        let mut mentions = targets.iter().map(|target| target.mentions(&self.text));
        let mentions = mentions.find(|found| !found.is_empty()).unwrap_or_default();
        if mentions.is_empty() && !targets.is_empty() {
            super::progress_bar::say(
                "note: the target does not stand in the sentence; it counts whole",
            );
        }
        let subject = targets.first().map_or("", |target| &target.name);
        let title = self.title.as_deref().unwrap_or_default();
        let before = self.before.as_deref().unwrap_or_default();
        let sentence = ModelInput::sentence(&self.text, &mentions);
        let input = ModelInput { subject, title, before, ..sentence };
        let explanation = model.explain(&input);
        answer.write(
            || explanation::text(&explanation, &self.text, &mentions, &model),
            || explanation::json(&explanation, &self.text, &mentions, &model),
        )
    }
}
