//! Text that several outlets print, in a corpus that is larger than what is read together: each part gives
//! the keys of its texts, and learns which outlets hold them elsewhere.

use rayon::prelude::*;

use super::classified::{Classified, keys, put_together};
use crate::article::Article;
use crate::article_parts::{self, ArticlePart};
use crate::text_reuse::{self, Fingerprint, ShingleIndex};
use crate::voice;

/// By what a text is recognised in other outlets, on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextKey {
    /// Whether it is of five words that a sentence quotes, not of the whole sentence.
    pub is_quoted: bool,
    /// The hash of its letters and digits.
    pub hash: u64,
}

/// The keys of all that an article could share, rising, each once.
pub fn text_keys(article: &Article) -> Vec<TextKey> {
    let sentences = article_parts::split(article);
    let voices = voice::attribute(&sentences);
    let readings = sentences.iter().map(|_| Vec::new()).collect();
    let classified = put_together(article, sentences, voices, readings);
    let mut found: Vec<TextKey> = classified.iter().flat_map(|of| of_sentence(&keys(of))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn of_sentence(keys: &Fingerprint) -> Vec<TextKey> {
    let whole = keys.whole().map(|hash| TextKey { is_quoted: false, hash });
    let runs = keys.runs().iter().map(|hash| TextKey { is_quoted: true, hash: *hash });
    whole.into_iter().chain(runs).collect()
}

/// Which outlets hold texts. Those of one outlet alone may be left out, and those that no article has to
/// which it is applied.
#[derive(Debug)]
pub struct TextHolders {
    /// In byte order.
    outlets: Vec<String>,
    index: ShingleIndex,
}

impl TextHolders {
    /// Takes each text with the outlets that hold it.
    pub fn new(held: &[(TextKey, Vec<String>)]) -> Self {
        let mut outlets: Vec<String> = held.iter().flat_map(|(_, all)| all).cloned().collect();
        outlets.sort_unstable();
        outlets.dedup();
        let number = |outlet: &String| {
            let at = outlets.binary_search(outlet).unwrap_or_default();
            u32::try_from(at).unwrap_or_default()
        };
        let of_kind = |is_quoted: bool| {
            let held = held.iter().filter(move |(key, _)| key.is_quoted == is_quoted);
            held.flat_map(|(key, all)| all.iter().map(|outlet| (number(outlet), key.hash)))
        };
        let index = ShingleIndex::of_hashes(of_kind(false), of_kind(true), outlets.len());
        TextHolders { outlets, index }
    }

    /// Fills in which other outlets print each counted sentence.
    pub fn mark(&self, articles: &mut [Vec<Classified<'_>>]) {
        let keys: Vec<Vec<Fingerprint>> =
            articles.iter().map(|article| article.iter().map(keys).collect()).collect();
        mark(articles, &keys, &self.outlets, &self.index);
    }
}

/// Fills in which other outlets print each counted sentence, given the fingerprints of all sentences.
pub(super) fn mark_shared(articles: &mut [Vec<Classified<'_>>], keys: &[Vec<Fingerprint>]) {
    let outlet = |article: &[Classified<'_>]| article.first().map(|c| c.article.outlet.clone());
    let mut outlets: Vec<String> = articles.iter().filter_map(|article| outlet(article)).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let number = |article: &[Classified<'_>]| {
        article.first().map_or(0, |first| outlet_number(&outlets, &first.article.outlet))
    };
    let numbers = articles.iter().map(|article| number(article));
    let numbered: Vec<(u32, &[Fingerprint])> =
        numbers.zip(keys.iter().map(Vec::as_slice)).collect();
    let index = ShingleIndex::new(&numbered, outlets.len());
    mark(articles, keys, &outlets, &index);
}

/// The number of an outlet among some in byte order; one of none where it is not among them.
fn outlet_number(outlets: &[String], name: &String) -> u32 {
    let at = outlets.binary_search(name).ok();
    at.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
}

/// Fills in which of some outlets, in byte order, print each counted sentence.
fn mark(
    articles: &mut [Vec<Classified<'_>>],
    keys: &[Vec<Fingerprint>],
    outlets: &[String],
    index: &ShingleIndex,
) {
    articles.par_iter_mut().zip(keys).for_each(|(article, keys)| {
        let Some(first) = article.first().map(|first| first.article) else { return };
        let agency = text_reuse::agency(&first.text, &first.outlet);
        let outlet = outlet_number(outlets, &first.outlet);
        for (sentence, carriers) in article.iter_mut().zip(index.carriers(outlet, keys)) {
            let name = |carrier: u32| outlets[carrier as usize].clone();
            sentence.shared_with = carriers.into_iter().map(name).collect();
            let wire = agency.filter(|_| sentence.sentence.part == ArticlePart::Body);
            sentence.shared_with.extend(wire.map(str::to_string));
            sentence.shared_with.sort_unstable();
            sentence.shared_with.dedup();
        }
    });
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::classifier::Classifier;
    use crate::model::Model;
    use crate::target::Target;

    fn articles() -> Vec<Article> {
        let article = |number: usize| Article {
            id: number.to_string(),
            outlet: format!("Outlet {}", number % 4),
            title: format!("Dam {} is old", number % 3),
            text: format!(
                "AYTON (AP) — The old dam above the mill broke in the night of day {}.\n\n“It will never \
                 again hold the water of {} such days,” Jo Elm said. Nobody was hurt on street {number}.",
                number % 5,
                number % 2,
            ),
            ..Article::default()
        };
        (0..40).map(article).collect()
    }

    #[test]
    fn articles_that_are_read_apart_are_marked_as_those_that_are_read_together() {
        let articles = articles();
        let model = Model::from_static(include_bytes!("../../models/stance.safetensors"));
        let classifier = Classifier::new(model.unwrap(), vec![Target::named("dam")]);
        let mut holders: BTreeMap<TextKey, BTreeSet<String>> = BTreeMap::new();
        for article in &articles {
            for key in text_keys(article) {
                holders.entry(key).or_default().insert(article.outlet.clone());
            }
        }
        holders.retain(|_, outlets| outlets.len() > 1);
        let held: Vec<(TextKey, Vec<String>)> =
            holders.into_iter().map(|(key, all)| (key, all.into_iter().collect())).collect();
        let together = classifier.classify_together(&articles);
        let holders = TextHolders::new(&held);
        let mut n_shared = 0;
        for (together, article) in together.iter().zip(&articles) {
            let mut apart = classifier.classify_together(std::slice::from_ref(article));
            holders.mark(&mut apart);
            for (together, apart) in together.iter().zip(&apart[0]) {
                assert_eq!(apart.shared_with, together.shared_with, "{}", together.sentence.text);
                n_shared += apart.shared_with.len();
            }
        }
        assert!(n_shared > 200, "{n_shared}");
    }
}
