//! Classifies articles: splits them into sentences, finds voice and target, and predicts the stance.

use rayon::prelude::*;

use crate::article::Article;
use crate::article_parts::{self, ArticlePart, Sentence};
use crate::model::{Explanation, Model, Prediction};
use crate::target::{Finder, Target, TargetRelation};
use crate::text::Span;
use crate::text_reuse::{self, Fingerprint, ShingleIndex};
use crate::voice::{self, Attribution, Voice};

/// A model and the targets whose stance it predicts. Classifying cannot fail.
#[derive(Debug)]
pub struct Classifier {
    model: Model,
    targets: Vec<Target>,
    /// One per target.
    finders: Vec<Finder>,
}

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
    /// sentence is not about the target.
    pub prediction: Option<Prediction>,
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
        Classifier { model, targets, finders }
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
        self.classify_each(std::slice::from_ref(article)).pop().unwrap_or_default()
    }

    /// Classifies each article by itself. Takes each step for all articles before the next one, so that
    /// the step's data stay in the processor's cache.
    fn classify_each<'a>(&self, articles: &'a [Article]) -> Vec<Vec<Classified<'a>>> {
        let sentences: Vec<Vec<Sentence<'a>>> = articles.iter().map(article_parts::split).collect();
        let voices: Vec<_> = sentences.iter().map(|all| voice::attribute(all)).collect();
        let readings: Vec<_> = sentences.iter().map(|all| self.readings(all)).collect();
        let parts = articles.iter().zip(sentences).zip(voices).zip(readings);
        let article = |(((article, sentences), voices), readings)| {
            put_together(article, sentences, voices, readings)
        };
        parts.map(article).collect()
    }

    /// Classifies articles on every core, in order, and finds the sentences that several outlets print.
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
        mark_shared(&mut classified, &keys);
        classified
    }

    /// Explains a prediction: the exact contribution of every feature.
    pub fn explain(&self, sentence: &str, mentions: &[Span]) -> Explanation {
        self.model.explain(sentence, mentions)
    }

    /// The stances of every sentence toward every target.
    fn readings(&self, sentences: &[Sentence<'_>]) -> Vec<Vec<TargetStance>> {
        if self.targets.is_empty() {
            let whole = |sentence: &Sentence<'_>| {
                let prediction = self.predict(sentence, &[]);
                vec![TargetStance { about: TargetRelation::None, mentions: Vec::new(), prediction }]
            };
            return sentences.iter().map(whole).collect();
        }
        let mut readings: Vec<Vec<TargetStance>> = vec![Vec::new(); sentences.len()];
        for finder in &self.finders {
            let found: Vec<Vec<Span>> = sentences.iter().map(|s| finder.mentions(s.text)).collect();
            let elsewhere = if is_about(sentences, &found) {
                TargetRelation::Context
            } else {
                TargetRelation::None
            };
            for ((sentence, mentions), of_sentence) in
                sentences.iter().zip(found).zip(&mut readings)
            {
                let about = if mentions.is_empty() { elsewhere } else { TargetRelation::Mention };
                of_sentence.push(self.read(sentence, about, mentions));
            }
        }
        readings
    }

    fn read(
        &self,
        sentence: &Sentence<'_>,
        about: TargetRelation,
        mentions: Vec<Span>,
    ) -> TargetStance {
        let is_read = about != TargetRelation::None;
        let prediction = is_read.then(|| self.predict(sentence, &mentions)).flatten();
        TargetStance { about, mentions, prediction }
    }

    /// `None` where the sentence is in a part that is not counted.
    fn predict(&self, sentence: &Sentence<'_>, mentions: &[Span]) -> Option<Prediction> {
        let is_counted = sentence.part.is_counted();
        is_counted.then(|| self.model.predict(sentence.text, mentions))
    }
}

/// Joins the results for the sentences of one article.
fn put_together<'a>(
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

/// Whether an article is about a target, given the mentions in its sentences.
fn is_about(sentences: &[Sentence<'_>], found: &[Vec<Span>]) -> bool {
    let mentioning = sentences.iter().zip(found).filter(|(_, mentions)| !mentions.is_empty());
    let parts: Vec<ArticlePart> =
        mentioning.map(|(sentence, _)| sentence.part).filter(|part| part.is_counted()).collect();
    parts.contains(&ArticlePart::Headline) || parts.len() >= MENTIONING_SENTENCES
}

/// Fills in which other outlets print each counted sentence, given the fingerprints of all sentences.
fn mark_shared(articles: &mut [Vec<Classified<'_>>], keys: &[Vec<Fingerprint>]) {
    let outlet = |article: &[Classified<'_>]| article.first().map(|c| c.article.outlet.clone());
    let mut outlets: Vec<String> = articles.iter().filter_map(|article| outlet(article)).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let number = |article: &Vec<Classified<'_>>| {
        let found = outlet(article).and_then(|name| outlets.binary_search(&name).ok());
        found.and_then(|at| u32::try_from(at).ok()).unwrap_or_default()
    };
    let numbers: Vec<u32> = articles.iter().map(number).collect();
    let numbered: Vec<(u32, &[Fingerprint])> =
        numbers.iter().copied().zip(keys.iter().map(Vec::as_slice)).collect();
    let index = ShingleIndex::new(&numbered, outlets.len());
    articles.par_iter_mut().zip(&numbers).zip(keys).for_each(|((article, outlet), keys)| {
        let first = article.first().map(|first| first.article);
        let agency = first.and_then(|article| text_reuse::agency(&article.text, &article.outlet));
        for (sentence, carriers) in article.iter_mut().zip(index.carriers(*outlet, keys)) {
            let name = |carrier: u32| outlets[carrier as usize].clone();
            sentence.shared_with = carriers.into_iter().map(name).collect();
            let wire = agency.filter(|_| sentence.sentence.part == ArticlePart::Body);
            sentence.shared_with.extend(wire.map(str::to_string));
            sentence.shared_with.sort_unstable();
            sentence.shared_with.dedup();
        }
    });
}

/// The fingerprint that a counted sentence is recognised by in other outlets.
fn keys(classified: &Classified<'_>) -> Fingerprint {
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

#[cfg(test)]
mod tests {
    use super::*;

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
