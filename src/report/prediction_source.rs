//! Whose predictions a report counts.

use super::audit_sample::AuditFacts;
use super::provenance::{Provenance, Settings};
use super::stored::stored;
use crate::model::Model;
use crate::target::Target;

/// Whose predictions they are: a model's that is at hand, or those that a table gives.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictionSource {
    /// The name of the model, or what the table calls its predictions.
    pub name: String,
    /// The model's date, as its card gives it.
    pub date: Option<String>,
    /// What is predicted: `stance`, `frame`, or a codebook's own name.
    pub dimension: String,
    /// The labels. Every prediction keeps their order.
    pub labels: Vec<String>,
    /// The confusion matrix of the model's cross-validation; none where it is not known.
    pub confusion: Option<Vec<Vec<usize>>>,
}

stored!(PredictionSource { name, date, dimension, labels, confusion });

impl PredictionSource {
    /// A model.
    pub fn of_model(model: &Model) -> Self {
        let card = model.card();
        PredictionSource {
            name: model.name().to_owned(),
            date: card.date.clone(),
            dimension: model.dimension().to_owned(),
            labels: model.labels().to_vec(),
            confusion: card.scores.as_ref().map(|scores| scores.confusion.clone()),
        }
    }

    /// A table, of which nothing is known but its own words.
    pub fn of_table(name: String, dimension: String, labels: Vec<String>) -> Self {
        PredictionSource { name, date: None, dimension, labels, confusion: None }
    }

    /// Where a report on some targets comes from.
    pub(super) fn provenance(
        self,
        targets: Vec<Target>,
        settings: Settings,
        audit: Option<AuditFacts>,
    ) -> Provenance {
        Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: self.name,
            model_date: self.date,
            dimension: self.dimension,
            labels: self.labels,
            targets,
            settings,
            confusion: self.confusion,
            audit,
        }
    }
}
