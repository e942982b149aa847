//! Classifies articles: splits them into sentences, finds voice and target, and predicts the stance.

mod classified;
mod quote_stance;
mod shared_text;

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::article::Article;
use crate::article_parts::{self, ArticlePart, Sentence};
use crate::model::{Model, Prediction, ReaderKind};
use crate::model_input::ModelInput;
use crate::target::{Finder, Target, TargetRelation};
use crate::text::Span;
use crate::voice;
use classified::{keys, put_together};
use shared_text::mark_shared;

pub use classified::{Classified, HandLabel, TargetStance};
pub use shared_text::{TextHolders, TextKey, text_keys};

/// A model and the targets whose stance it predicts. Classifying cannot fail. Probabilities have four
/// decimals, all that the sentence table writes: what is counted of its rows is what is counted here.
#[derive(Debug)]
pub struct Classifier {
    model: Model,
    targets: Vec<Target>,
    /// One per target.
    finders: Vec<Finder>,
    on_read: OnRead,
    n_predicted: AtomicUsize,
    /// One per target.
    n_mentioning: Vec<AtomicUsize>,
}

/// What is told, while an encoder reads, how many sentences of how many are read.
#[derive(Default)]
struct OnRead(Option<Box<dyn Fn(usize, usize) + Send + Sync>>);

impl std::fmt::Debug for OnRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OnRead")
    }
}

/// Minimum number of sentences that mention a target for an article to be about it, unless the headline
/// mentions it.
const MENTIONING_SENTENCES: usize = 2;

/// Maximum number of articles that a core classifies in one batch.
const TOGETHER: usize = 16;

impl Classifier {
    /// A classifier of the stance toward each target; without targets, of sentences as a whole.
    pub fn new(model: Model, targets: Vec<Target>) -> Self {
        let finders = targets.iter().map(Target::finder).collect();
        let (on_read, n_predicted) = (OnRead::default(), AtomicUsize::new(0));
        let n_mentioning = targets.iter().map(|_| AtomicUsize::new(0)).collect();
        Classifier { model, targets, finders, on_read, n_predicted, n_mentioning }
    }

    /// Calls `on_read` from time to time while an encoder reads: with the number of sentences that are
    /// read, and of how many.
    #[must_use]
    pub fn watched(self, on_read: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Classifier { on_read: OnRead(Some(Box::new(on_read))), ..self }
    }

    /// Number of stances that it has predicted so far.
    pub fn n_predicted(&self) -> usize {
        self.n_predicted.load(Ordering::Relaxed)
    }

    /// For each target the number of sentences that mention it, in counted parts of the articles so far.
    pub fn n_mentioning(&self) -> impl Iterator<Item = usize> {
        self.n_mentioning.iter().map(|n| n.load(Ordering::Relaxed))
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The targets, in the order given.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// Classifies every sentence of an article, in order. `shared_with` stays empty: it takes several
    /// articles to find reuse.
    pub fn classify<'a>(&self, article: &'a Article) -> Vec<Classified<'a>> {
        let mut classified = self.classify_each(std::slice::from_ref(article));
        self.read_late(&mut classified);
        classified.pop().unwrap_or_default()
    }

    /// Classifies each article by itself. Takes each step for all articles before the next one, so that
    /// the step's data stay in the processor's cache.
    fn classify_each<'a>(&self, articles: &'a [Article]) -> Vec<Vec<Classified<'a>>> {
        let sentences: Vec<Vec<Sentence<'a>>> = articles.iter().map(article_parts::split).collect();
        let voices: Vec<_> = sentences.iter().map(|all| voice::attribute(all)).collect();
        let readings: Vec<_> = sentences.iter().map(|all| self.relations(all)).collect();
        let parts = articles.iter().zip(sentences).zip(voices).zip(readings);
        let article = |(((article, sentences), voices), readings)| {
            put_together(article, sentences, voices, readings)
        };
        let mut classified: Vec<_> = parts.map(article).collect();
        // Words are counted while an article is at hand.
        if self.model.reader() == ReaderKind::Words {
            self.read(&mut classified);
        }
        classified
    }

    /// Lets an encoder read, which it does best with many sentences together.
    fn read_late(&self, articles: &mut [Vec<Classified<'_>>]) {
        if self.model.reader() == ReaderKind::Encoder {
            self.read(articles);
        }
    }

    /// Classifies articles on every core, in order, and finds the sentences that several outlets print.
    /// Sentences that quote the same words of a source get one stance, the mean of what the model makes of
    /// all printings.
    pub fn classify_together<'a>(&self, articles: &'a [Article]) -> Vec<Vec<Classified<'a>>> {
        // Fingerprints are made here, while the article is in the processor's cache.
        let with_keys = |articles: &'a [Article]| {
            let classified = self.classify_each(articles).into_iter();
            classified.map(|article| {
                let keys = article.iter().map(keys).collect();
                (article, keys)
            })
        };
        let cores = rayon::current_num_threads();
        let together = (articles.len() / (4 * cores)).clamp(1, TOGETHER);
        let (mut classified, keys): (Vec<_>, Vec<_>) =
            articles.par_chunks(together).flat_map_iter(with_keys).unzip();
        self.read_late(&mut classified);
        mark_shared(&mut classified, &keys);
        quote_stance::unify(&mut classified, &keys);
        classified
    }

    /// How every sentence bears on every target, without predictions.
    fn relations(&self, sentences: &[Sentence<'_>]) -> Vec<Vec<TargetStance>> {
        if self.targets.is_empty() {
            let whole = || vec![TargetStance::unread(TargetRelation::None, Vec::new())];
            return sentences.iter().map(|_| whole()).collect();
        }
        let mut relations: Vec<Vec<TargetStance>> = vec![Vec::new(); sentences.len()];
        for (finder, n_mentioning) in self.finders.iter().zip(&self.n_mentioning) {
            let found: Vec<Vec<Span>> = sentences.iter().map(|s| finder.mentions(s.text)).collect();
            n_mentioning.fetch_add(mentioning(sentences, &found).count(), Ordering::Relaxed);
            let elsewhere = if is_about(sentences, &found) {
                TargetRelation::Context
            } else {
                TargetRelation::None
            };
            for (mentions, of_sentence) in found.into_iter().zip(&mut relations) {
                let about = if mentions.is_empty() { elsewhere } else { TargetRelation::Mention };
                of_sentence.push(TargetStance::unread(about, mentions));
            }
        }
        relations.iter_mut().for_each(|of_sentence| leave_to_named(of_sentence));
        relations
    }

    /// Predicts every stance that a sentence can have.
    fn read(&self, articles: &mut [Vec<Classified<'_>>]) {
        let inputs: Vec<ModelInput<'_>> =
            articles.iter().flat_map(|article| self.inputs(article)).collect();
        let n_read = AtomicUsize::new(0);
        let done = |more: usize| {
            let n_read = n_read.fetch_add(more, Ordering::Relaxed) + more;
            self.on_read.0.iter().for_each(|on_read| on_read(n_read, inputs.len()));
        };
        let mut predictions = self.model.predict_all(&inputs, &done).into_iter();
        self.n_predicted.fetch_add(predictions.len(), Ordering::Relaxed);
        for sentence in articles.iter_mut().flatten() {
            let is_counted = sentence.sentence.part.is_counted();
            for stance in &mut sentence.readings {
                if is_counted && self.is_read(stance) {
                    stance.prediction = predictions.next().map(Prediction::to_four_decimals);
                }
            }
        }
    }

    /// What the model is asked about the sentences of an article, in order.
    fn inputs<'c>(
        &'c self,
        article: &'c [Classified<'_>],
    ) -> impl Iterator<Item = ModelInput<'c>> + 'c {
        let of_sentence = move |(at, sentence): (usize, &'c Classified<'_>)| {
            let before = at.checked_sub(1).map_or("", |before| article[before].sentence.text);
            let is_counted = sentence.sentence.part.is_counted();
            let numbered = sentence.readings.iter().enumerate();
            let read = numbered.filter(move |(_, stance)| is_counted && self.is_read(stance));
            read.map(move |(target, stance)| ModelInput {
                text: sentence.sentence.text,
                mentions: &stance.mentions,
                is_masked: false,
                subject: self.targets.get(target).map_or("", |target| &target.name),
                title: &sentence.article.title,
                before,
            })
        };
        article.iter().enumerate().flat_map(of_sentence)
    }

    /// Whether a sentence in a counted part has a stance.
    fn is_read(&self, stance: &TargetStance) -> bool {
        self.targets.is_empty() || stance.about != TargetRelation::None
    }
}

/// A sentence that names one target is no context for the others.
fn leave_to_named(targets: &mut [TargetStance]) {
    let names_one = targets.iter().any(|of| of.about == TargetRelation::Mention);
    let context = targets.iter_mut().filter(|of| of.about == TargetRelation::Context);
    context.filter(|_| names_one).for_each(|of| of.about = TargetRelation::None);
}

/// Whether an article is about a target, given the mentions in its sentences.
fn is_about(sentences: &[Sentence<'_>], found: &[Vec<Span>]) -> bool {
    let parts: Vec<ArticlePart> = mentioning(sentences, found).collect();
    parts.contains(&ArticlePart::Headline) || parts.len() >= MENTIONING_SENTENCES
}

/// The parts of the counted sentences with mentions.
fn mentioning(
    sentences: &[Sentence<'_>],
    found: &[Vec<Span>],
) -> impl Iterator<Item = ArticlePart> {
    let mentioning = sentences.iter().zip(found).filter(|(_, mentions)| !mentions.is_empty());
    mentioning.map(|(sentence, _)| sentence.part).filter(|part| part.is_counted())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_names_another_target_is_no_context() {
        let article = Article {
            title: "Dam and mayor".to_owned(),
            text: "The dam is old. The mayor lied. Nobody knew. The mayor praised the dam."
                .to_owned(),
            ..Article::default()
        };
        let model = Model::from_static(include_bytes!("../models/stance.safetensors"));
        let targets = ["dam", "mayor"].map(Target::named).to_vec();
        let found = Classifier::new(model.unwrap(), targets).classify(&article);
        let about = found.iter().map(|of| of.readings.iter().map(|of| of.about.name()).collect());
        let about: Vec<Vec<&str>> = about.collect();
        let expected: [&[&str]; 5] = [
            &["mention", "mention"],
            &["mention", "none"],
            &["none", "mention"],
            &["context", "context"],
            &["mention", "mention"],
        ];
        assert_eq!(about, expected);
        assert!(found[1].readings[1].prediction.is_none());
    }

    #[test]
    fn an_article_among_many_is_classified_as_it_is_alone() {
        let article = |number: usize| Article {
            id: number.to_string(),
            outlet: format!("Outlet {}", number % 7),
            title: format!("Dam {number} is old"),
            text: format!(
                "Mayor Jo Elm mocked dam {number} on Monday.\n\n“It will not hold {number} days,” \
                 she said. Engineers praised the {}.",
                if number.is_multiple_of(3) { "dam" } else { "mayor" }
            ),
            ..Article::default()
        };
        let articles: Vec<Article> = (0..200).map(article).collect();
        let model = Model::from_static(include_bytes!("../models/stance.safetensors"));
        let classifier = Classifier::new(model.unwrap(), vec![Target::named("dam")]);
        let together = classifier.classify_together(&articles);
        assert_eq!(together.len(), articles.len());
        for (together, article) in together.iter().zip(&articles) {
            let alone = classifier.classify(article);
            let found = |of: &Classified<'_>| {
                format!("{:?} {:?} {:?}", of.sentence, of.attribution, of.readings)
            };
            assert!(together.iter().all(|of| std::ptr::eq(of.article, article)));
            assert!(together.iter().map(found).eq(alone.iter().map(found)), "{}", article.id);
        }
    }
}
