//! Merges vectors and scores of words into one vector for each stem.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::stem_vectors::{VectorId, WordFeatureKind, WordVectorFile, WordVectors};
use crate::features::View;

/// Number of words at the beginning of a file of vectors, the most frequent ones, whose features get a
/// weight even where no row has them.
const N_FREQUENT: usize = 20_000;

/// The root mean square length of the stems' centred vectors. It bounds how much they can change a
/// weight against what the feature's own rows say. Chosen by cross-validation, as is
/// [`SCORE_STRENGTH`]: see `models/README.md`.
const VECTOR_STRENGTH: f32 = 0.5;

/// What the largest score is scaled to.
const SCORE_STRENGTH: f64 = 1.0;

/// Collects the vectors and scores of words, stem by stem.
#[derive(Debug)]
pub struct StemMerger {
    /// The stems of the dataset. Of other stems only frequent ones are kept, and those with a score.
    wanted: FxHashSet<String>,
    stems: BTreeMap<String, StemSums>,
    /// The words whose vectors, and those whose scores, were used.
    vector_words: FxHashSet<String>,
    score_words: FxHashSet<String>,
    /// Length of a word vector.
    dimension: usize,
    n_vectors_seen: usize,
}

/// The sums over a stem's words.
#[derive(Debug, Clone, Default)]
struct StemSums {
    /// Weight × vector of length 1; empty where no word has a vector.
    vector: Vec<f32>,
    weight: f32,
    score: f64,
    n_scores: f64,
    is_frequent: bool,
}

/// Whether a word was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordUse {
    /// It was.
    Used,
    /// It was not: its stem does not occur, or it is not one word.
    Skipped,
    /// It was not: the same word was used before.
    Duplicate,
}

impl StemMerger {
    /// Nothing yet; `wanted` are the stems of the dataset.
    pub fn of(wanted: FxHashSet<String>) -> Self {
        StemMerger {
            wanted,
            stems: BTreeMap::new(),
            vector_words: FxHashSet::default(),
            score_words: FxHashSet::default(),
            dimension: 0,
            n_vectors_seen: 0,
        }
    }

    /// Takes a word's score, any finite number; a stem's score is the mean of its words' scores.
    pub fn score(&mut self, word: &str, score: f32) -> WordUse {
        let Some(stem) = stem(word) else { return WordUse::Skipped };
        if !self.score_words.insert(word.to_string()) {
            return WordUse::Duplicate;
        }
        let sums = self.stems.entry(stem).or_default();
        sums.is_frequent = true;
        sums.score += f64::from(score);
        sums.n_scores += 1.0;
        WordUse::Used
    }

    /// Takes a word's vector of finite numbers; all vectors have one length, and scores are taken
    /// before. A stem's vector is the mean of its words' vectors, weighted by frequency: files list
    /// frequent words first, and the n-th word is taken to occur 1/n times as often as the first
    /// (Zipf's law).
    pub fn vector(&mut self, word: &str, vector: &[f32]) -> WordUse {
        self.n_vectors_seen += 1;
        let is_frequent = self.n_vectors_seen <= N_FREQUENT;
        let Some(stem) = stem(word) else { return WordUse::Skipped };
        if !is_frequent && !self.wanted.contains(&stem) && !self.stems.contains_key(&stem) {
            return WordUse::Skipped;
        }
        if !self.vector_words.insert(word.to_string()) {
            return WordUse::Duplicate;
        }
        self.dimension = vector.len();
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
        let weight = 1.0 / self.n_vectors_seen as f32;
        let factor = if length > 0.0 { weight / length } else { 0.0 };
        let sums = self.stems.entry(stem).or_default();
        sums.vector.resize(vector.len(), 0.0);
        sums.vector.iter_mut().zip(vector).for_each(|(sum, number)| *sum += factor * number);
        sums.weight += weight;
        sums.is_frequent |= is_frequent;
        WordUse::Used
    }

    /// The vectors of all stems, and the files that they come from. A score is two numbers, one for
    /// positive and one for negative scores, so that the two sides can weigh differently.
    pub fn finish(self, files: Vec<WordVectorFile>) -> WordVectors {
        let mean =
            |sums: &StemSums| if sums.n_scores > 0.0 { sums.score / sums.n_scores } else { 0.0 };
        let largest = self.stems.values().map(|sums| mean(sums).abs()).fold(0.0, f64::max);
        let n_scores = if largest > 0.0 { 2 } else { 0 };
        let mut values = Vec::with_capacity(self.stems.len() * (self.dimension + n_scores));
        for (sums, vector) in self.stems.values().zip(centred(&self.stems, self.dimension)) {
            values.extend(vector);
            if largest > 0.0 {
                let score = mean(sums) / largest * SCORE_STRENGTH;
                values.extend([score, -score].map(|score| single(score.max(0.0))));
            }
        }
        let kinds = WordFeatureKind::all();
        let mut ids_by_key = FxHashMap::default();
        for (stem, text) in (0..).zip(self.stems.keys()) {
            let id = |(kind, of): (u32, &WordFeatureKind)| (of.key(text), VectorId { kind, stem });
            ids_by_key.extend((0..).zip(&kinds).map(id));
        }
        WordVectors {
            files,
            values,
            dimension: self.dimension + n_scores,
            is_frequent: self.stems.values().map(|sums| sums.is_frequent).collect(),
            stems: self.stems.into_keys().collect(),
            kinds,
            ids_by_key,
        }
    }
}

/// The mean vector of each stem, less the mean of them all, scaled so that their root mean square
/// length is [`VECTOR_STRENGTH`]. A stem without a vector gets zeros.
fn centred(stems: &BTreeMap<String, StemSums>, dimension: usize) -> Vec<Vec<f32>> {
    let mean = |sums: &StemSums| sums.vector.iter().map(|sum| sum / sums.weight).collect();
    let mut vectors: Vec<Vec<f32>> = stems.values().map(mean).collect();
    let n = vectors.iter().filter(|vector| !vector.is_empty()).count().max(1) as f32;
    let mut centre = vec![0.0; dimension];
    for vector in &vectors {
        centre.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number / n);
    }
    let mut squares = 0.0;
    for vector in &mut vectors {
        vector.iter_mut().zip(&centre).for_each(|(number, mean)| *number -= mean);
        squares += vector.iter().map(|number| number * number).sum::<f32>() / n;
    }
    let factor = if squares > 0.0 { VECTOR_STRENGTH / squares.sqrt() } else { 0.0 };
    for vector in &mut vectors {
        vector.iter_mut().for_each(|number| *number *= factor);
        vector.resize(dimension, 0.0);
    }
    vectors
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits are enough for a prior")]
fn single(number: f64) -> f32 {
    number as f32
}

/// The stem of a word as features see it; none where it is several terms, or a mark or a number.
fn stem(word: &str) -> Option<String> {
    let view = View::new(word, &[]);
    let [term] = &view.terms[..] else { return None };
    (!term.is_name()).then(|| view.stem(term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Key;

    fn merger(wanted: &[&str]) -> StemMerger {
        StemMerger::of(wanted.iter().map(|stem| (*stem).to_string()).collect())
    }

    fn values<'k>(words: &'k WordVectors, name: &str) -> Option<&'k [f32]> {
        let row = words.id(Key::of_name(name))?.stem as usize * words.dimension();
        Some(&words.all_values()[row..][..words.dimension()])
    }

    #[test]
    fn every_kind_of_features_of_a_stem_has_its_vector() {
        let mut merger = merger(&["scorn", "hail"]);
        assert_eq!(merger.vector("scorn", &[3.0, 4.0]), WordUse::Used);
        assert_eq!(merger.vector("hails", &[0.0, -2.0]), WordUse::Used);
        let words = merger.finish(Vec::new());
        // (0.6, 0.8) and (0, −1) lie (0.3, 0.9) on either side of their mean.
        let length = 0.9_f32.sqrt();
        for (name, sign) in [("word=scorn", 1.0), ("side=left scorn", 1.0), ("near=hail", -1.0)] {
            let found = values(&words, name).unwrap();
            let expected = [0.3, 0.9].map(|number| sign * number / length * VECTOR_STRENGTH);
            assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-6), "{found:?}");
        }
        for name in ["word=boat", "side=scorn", "side=middle scorn", "pair=scorn hail"] {
            assert_eq!(words.id(Key::of_name(name)), None, "{name}");
        }
        let id = words.id(Key::of_name("side=left scorn")).unwrap();
        assert_eq!(words.kind(id).name(words.stem(id)), "side=left scorn");
    }

    #[test]
    fn a_stem_has_the_mean_of_its_words_by_their_place_in_the_file() {
        let mut merger = merger(&["scorn", "hail"]);
        merger.vector("scorned", &[1.0, 0.0]);
        merger.vector("scorns", &[0.0, 1.0]);
        merger.vector("hail", &[0.0, 0.0]);
        let words = merger.finish(Vec::new());
        // Of weights 1 and 1/2: (2/3, 1/3) beside (0, 0), so that both lie half of it off the mean.
        let (scorn, hail) = (values(&words, "word=scorn"), values(&words, "word=hail"));
        let (scorn, hail) = (scorn.unwrap(), hail.unwrap());
        assert!((scorn[0] / scorn[1] - 2.0).abs() < 1e-5 && scorn[0] > 0.0);
        assert!((scorn[0] + hail[0]).abs() < 1e-6);
    }

    #[test]
    fn scores_stand_apart_by_sign() {
        let mut merger = merger(&[]);
        for (word, score) in [("hail", 2.0), ("hailed", 3.0), ("scorn", -1.25)] {
            assert_eq!(merger.score(word, score), WordUse::Used);
        }
        let words = merger.finish(Vec::new());
        assert_eq!(values(&words, "word=hail").unwrap(), [1.0, 0.0]);
        assert_eq!(values(&words, "word=scorn").unwrap(), [0.0, 0.5]);
        assert_eq!(words.frequent().count(), 2 * words.n_kinds());
    }

    #[test]
    fn numbers_of_any_size_stay_finite() {
        let mut merger = merger(&[]);
        for (word, number) in [("hail", f32::MAX), ("hailed", f32::MAX), ("scorn", f32::MIN)] {
            merger.score(word, number);
            merger.vector(word, &[number, 0.0]);
        }
        let words = merger.finish(Vec::new());
        assert!(words.all_values().iter().all(|number| number.is_finite()));
    }

    #[test]
    fn of_words_that_do_not_occur_only_frequent_ones_are_kept() {
        let mut merger = merger(&["scorn"]);
        for place in 0..N_FREQUENT - 1 {
            let word: String = format!("{place}").chars().map(|c| (c as u8 + 49) as char).collect();
            merger.vector(&word, &[1.0]);
        }
        assert_eq!(merger.vector("boat", &[2.0]), WordUse::Used);
        assert_eq!(merger.vector("gull", &[2.0]), WordUse::Skipped);
        assert_eq!(merger.vector("scorn", &[2.0]), WordUse::Used);
        assert_eq!(merger.vector("scorn", &[3.0]), WordUse::Duplicate);
        assert_eq!(merger.vector("two words", &[3.0]), WordUse::Skipped);
        let words = merger.finish(Vec::new());
        let is_frequent = |name| words.is_frequent(words.id(Key::of_name(name)).unwrap());
        assert!(is_frequent("word=boat") && !is_frequent("word=scorn"));
        assert!(words.id(Key::of_name("word=gull")).is_none());
    }
}
