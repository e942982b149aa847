//! One sentence of a training or an evaluation.

use crate::evaluate::argmax;
use crate::example::Drawing;
use crate::features::View;
use crate::model::card::HeldOutUnit;
use crate::model_input::ModelInput;
use crate::text::Span;

/// One sentence to train on or to evaluate on.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The sentence.
    pub text: String,
    /// The mentions of the target, the main mention first.
    pub mentions: Vec<Span>,
    /// The target's name, where the file gives one or where the sentence does not name it.
    pub subject: String,
    /// The headline of its article; empty where that is not known.
    pub title: String,
    /// The sentence before; empty where that is not known.
    pub before: String,
    /// The share of each label; sums to 1.
    pub label_shares: Vec<f64>,
    /// Its weight in the loss.
    pub weight: f64,
    /// Whether its mentions of the target are removed.
    pub is_masked: bool,
    /// The index of its article; without an article's id, of its text.
    pub article: usize,
    /// The index of the cluster of texts that nearly repeat its own.
    pub text_cluster: usize,
    /// How it came to be labelled; none where that is not known.
    pub drawing: Option<Drawing>,
    /// The outlet; empty where it is not known.
    pub outlet: String,
    /// The date as the file writes it; empty where it is not known.
    pub date: String,
    /// The index of its first row among the rows of the label files.
    pub row: usize,
}

impl Instance {
    /// The sentence as the features see it.
    pub fn view(&self) -> View<'_> {
        View::of_input(&self.input())
    }

    /// The sentence as a model is asked about it.
    pub fn input(&self) -> ModelInput<'_> {
        ModelInput {
            text: &self.text,
            mentions: &self.mentions,
            is_masked: self.is_masked,
            subject: &self.subject,
            title: &self.title,
            before: &self.before,
        }
    }

    /// The index of what is held out as a whole.
    pub fn held_out_with(&self, unit: HeldOutUnit) -> usize {
        match unit {
            HeldOutUnit::Articles => self.article,
            HeldOutUnit::Sentences => self.text_cluster,
        }
    }

    /// The label that has the largest share.
    pub fn label(&self) -> usize {
        argmax(&self.label_shares)
    }
}
