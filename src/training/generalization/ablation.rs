//! What each kind of features brings.

use super::comparison::Validation;
use crate::error::Error;
use crate::evaluate::{Estimate, Scores};
use crate::features;
use crate::model::card::Settings;
use crate::training::training_set::TrainingSet;

/// How the model does without one kind of features.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// What was left out; none for the model as it is.
    pub without: Option<&'static str>,
    /// The out-of-fold scores.
    pub scores: Scores,
    /// By how much the macro-F1 falls without it.
    pub loss: Option<Estimate>,
}

impl Validation<'_> {
    /// Cross-validates without each kind of features in turn, with the penalty of the model; first
    /// with all of them.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn ablation(&self) -> Result<Vec<Ablation>, Error> {
        let settings = self.settings();
        let whole = self.by_articles(settings.folds)?;
        let folds = self.folds(settings.folds)?;
        let splits = folds.splits(self.dataset, &folds.assignments[0]);
        let used = features::TEMPLATES.iter().map(|kind| kind.name);
        let used = used.filter(|kind| !settings.without.iter().any(|without| without == kind));
        let scores = self.scored(&whole)?.scores;
        let mut steps = vec![Ablation { without: None, scores, loss: None }];
        for kind in used {
            let without = settings.without.iter().cloned().chain([kind.to_string()]).collect();
            let settings = Settings { without, ..settings.clone() };
            let training_set = TrainingSet::new(self.dataset, &settings, self.prior);
            let predictions = self.predict(&training_set, &splits)?;
            let loss = Some(self.gain(&whole.examples, &predictions.examples));
            let scores = self.scored(&predictions)?.scores;
            steps.push(Ablation { without: Some(kind), scores, loss });
        }
        Ok(steps)
    }
}
