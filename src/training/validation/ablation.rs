//! What each kind of features brings.

use super::{UnseenOutlet, Validation};
use crate::error::Error;
use crate::evaluate::{self, Estimate, Scores};
use crate::features;
use crate::model::card::Settings;
use crate::training::training_set::TrainingSet;

/// How the model does without one kind of features.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// What was left out; none for the model as it is.
    pub without: Option<&'static str>,
    /// How well all items were judged unseen.
    pub scores: Scores,
    /// By how much the macro-F1 falls without it.
    pub loss: Option<Estimate>,
}

impl Validation<'_> {
    /// The items of every fold judged anew without each kind of features in turn, with the penalty of
    /// the model; first the model as it is.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn ablation(&self) -> Result<Vec<Ablation>, Error> {
        let settings = self.settings();
        let whole = self.by_articles(settings.folds)?;
        let holds = self.article_holds(settings.folds)?;
        let used = features::ALL.iter().map(|part| part.name());
        let used = used.filter(|part| !settings.without.iter().any(|without| without == part));
        let mut steps = vec![self.step(None, &whole, None)?];
        for part in used {
            let without: Vec<String> =
                settings.without.iter().cloned().chain([part.to_string()]).collect();
            let settings = Settings { without, ..settings.clone() };
            let material = TrainingSet::new(self.items, &settings, self.prior);
            let unseen = self.judge(&material, &holds)?;
            let n_labels = self.items.labels.len();
            let loss =
                evaluate::paired_difference(&whole.judged, &unseen.judged, n_labels, self.draw());
            steps.push(self.step(Some(part), &unseen, Some(loss))?);
        }
        Ok(steps)
    }

    fn step(
        &self,
        without: Option<&'static str>,
        unseen: &UnseenOutlet,
        loss: Option<Estimate>,
    ) -> Result<Ablation, Error> {
        Ok(Ablation { without, scores: self.scored(unseen)?.scores, loss })
    }
}
