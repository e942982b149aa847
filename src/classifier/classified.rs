//! A classified sentence, and what it is recognised by in other articles.

use crate::article::Article;
use crate::article_parts::Sentence;
use crate::model::Prediction;
use crate::target::TargetRelation;
use crate::text::Span;
use crate::text_reuse::Fingerprint;
use crate::voice::{self, Attribution, Voice};

/// A sentence with its voice, stances and reuse.
#[derive(Debug, Clone)]
pub struct Classified<'a> {
    /// Its article.
    pub article: &'a Article,
    /// The sentence.
    pub sentence: Sentence<'a>,
    /// Its voice and speakers.
    pub attribution: Attribution,
    /// One per target, in the classifier's order; a single one where there is no target.
    pub readings: Vec<TargetStance>,
    /// The other outlets that print the same sentence, most of what it quotes or its whole article, and
    /// the agency that the article names as its author; in byte order.
    pub shared_with: Vec<String>,
}

/// The stance of a sentence toward one target.
#[derive(Debug, Clone)]
pub struct TargetStance {
    /// How the sentence bears on the target.
    pub about: TargetRelation,
    /// Where the target stands in the sentence.
    pub mentions: Vec<Span>,
    /// The label and its probabilities; `None` where the part of the article is not counted, or the
    /// sentence is not about the target. With a hand label, the shares of the coders who gave each label.
    pub prediction: Option<Prediction>,
    /// What is known of the hand label; `None` where nobody labelled the sentence. A classifier never
    /// fills it in.
    pub hand_label: Option<HandLabel>,
}

/// A label that a person gave a sentence, which stands in place of the model's.
#[derive(Debug, Clone)]
pub struct HandLabel {
    /// What the model had predicted.
    pub predicted: Prediction,
    /// How probable it was that the sentence would be drawn to be labelled, above 0, at most 1.
    pub drawn: f64,
}

impl TargetStance {
    /// How a sentence bears on a target; nothing is predicted yet.
    pub(super) fn unread(about: TargetRelation, mentions: Vec<Span>) -> Self {
        TargetStance { about, mentions, prediction: None, hand_label: None }
    }
}

/// Joins the results for the sentences of one article.
pub(super) fn put_together<'a>(
    article: &'a Article,
    sentences: Vec<Sentence<'a>>,
    voices: Vec<Attribution>,
    readings: Vec<Vec<TargetStance>>,
) -> Vec<Classified<'a>> {
    let parts = sentences.into_iter().zip(voices).zip(readings);
    let sentence = |((sentence, attribution), readings)| {
        let shared_with = Vec::new();
        Classified { article, sentence, attribution, readings, shared_with }
    };
    parts.map(sentence).collect()
}

/// The fingerprint that a counted sentence, and what it quotes, is recognised by in other outlets.
pub(crate) fn keys(classified: &Classified<'_>) -> Fingerprint {
    let text = classified.sentence.text;
    if !classified.sentence.part.is_counted() {
        return Fingerprint::default();
    }
    // A sentence of quoted words alone may have its quotation marks in the sentences around it.
    let Attribution { voice, cue, .. } = &classified.attribution;
    if *voice == Voice::Attributed && cue.is_empty() {
        return Fingerprint::new(text, std::iter::once(text));
    }
    Fingerprint::new(text, voice::quotations(text).into_iter().map(|span| &text[span]))
}
