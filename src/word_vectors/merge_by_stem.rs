//! From what files say about words to what is known of stems.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::stem_vectors::{VectorId, WordFeatureKind, WordVectorFile, WordVectors};
use crate::features::View;

/// The first words of a file of vectors, which are the most frequent ones, get a weight even where
/// no row has shown them.
const COMMON: usize = 20_000;

/// The root mean square length of the vectors of stems, once their mean is taken away: how far they
/// may move a weight beside what a feature's own rows say. Chosen by cross-validation, as is
/// [`SCORE_STRENGTH`]: see `models/README.md`.
const VECTOR_STRENGTH: f32 = 0.5;

/// What the largest score becomes.
const SCORE_STRENGTH: f64 = 1.0;

/// Gathers what files say about words into what is known of stems.
#[derive(Debug)]
pub struct StemMerger {
    /// The stems that occur; of others only frequent ones are kept, and those that have a score.
    wanted: FxHashSet<String>,
    stems: BTreeMap<String, StemKnowledge>,
    /// The words whose vectors, and those whose scores, were used.
    vector_words: FxHashSet<String>,
    score_words: FxHashSet<String>,
    /// How many numbers a vector has.
    width: usize,
    n_vectors_seen: usize,
}

/// What a stem's words add up to.
#[derive(Debug, Clone, Default)]
struct StemKnowledge {
    /// Of vectors of length 1, each times its word's weight; empty where there is none.
    vector: Vec<f32>,
    weight: f32,
    score: f64,
    n_scores: f64,
    is_common: bool,
}

/// Whether a word was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordUse {
    /// It was.
    Used,
    /// It does not occur, or is not one word.
    Left,
    /// It was used before; the first one counts.
    Twice,
}

impl StemMerger {
    /// Nothing yet, of the stems that occur.
    pub fn of(wanted: FxHashSet<String>) -> Self {
        StemMerger {
            wanted,
            stems: BTreeMap::new(),
            vector_words: FxHashSet::default(),
            score_words: FxHashSet::default(),
            width: 0,
            n_vectors_seen: 0,
        }
    }

    /// Takes a word's score, any finite number; a stem's is the mean of its words'.
    pub fn score(&mut self, word: &str, score: f32) -> WordUse {
        let Some(stem) = stem(word) else { return WordUse::Left };
        if !self.score_words.insert(word.to_string()) {
            return WordUse::Twice;
        }
        let of_stem = self.stems.entry(stem).or_default();
        of_stem.is_common = true;
        of_stem.score += f64::from(score);
        of_stem.n_scores += 1.0;
        WordUse::Used
    }

    /// Takes a word's vector of finite numbers; all must have one length, and scores come before. Files
    /// name frequent words first, so the word at place n is taken to occur 1/n times as often as the
    /// first (Zipf's law), and counts for so much in its stem.
    pub fn vector(&mut self, word: &str, vector: &[f32]) -> WordUse {
        self.n_vectors_seen += 1;
        let is_common = self.n_vectors_seen <= COMMON;
        let Some(stem) = stem(word) else { return WordUse::Left };
        if !is_common && !self.wanted.contains(&stem) && !self.stems.contains_key(&stem) {
            return WordUse::Left;
        }
        if !self.vector_words.insert(word.to_string()) {
            return WordUse::Twice;
        }
        self.width = vector.len();
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
        let weight = 1.0 / self.n_vectors_seen as f32;
        let share = if length > 0.0 { weight / length } else { 0.0 };
        let of_stem = self.stems.entry(stem).or_default();
        of_stem.vector.resize(vector.len(), 0.0);
        of_stem.vector.iter_mut().zip(vector).for_each(|(sum, number)| *sum += share * number);
        of_stem.weight += weight;
        of_stem.is_common |= is_common;
        WordUse::Used
    }

    /// All that was gathered, and the files that it came from.
    pub fn finish(self, files: Vec<WordVectorFile>) -> WordVectors {
        let mean =
            |of: &StemKnowledge| if of.n_scores > 0.0 { of.score / of.n_scores } else { 0.0 };
        let largest = self.stems.values().map(|of| mean(of).abs()).fold(0.0, f64::max);
        let n_scores = if largest > 0.0 { 2 } else { 0 };
        let mut values = Vec::with_capacity(self.stems.len() * (self.width + n_scores));
        for (of, vector) in self.stems.values().zip(centred(&self.stems, self.width)) {
            values.extend(vector);
            if largest > 0.0 {
                let score = mean(of) / largest * SCORE_STRENGTH;
                values.extend([score, -score].map(|score| single(score.max(0.0))));
            }
        }
        let kinds = WordFeatureKind::all();
        let mut places = FxHashMap::default();
        for (stem, text) in (0..).zip(self.stems.keys()) {
            let meanings =
                (0..).zip(&kinds).map(|(kind, of)| (of.key(text), VectorId { kind, stem }));
            places.extend(meanings);
        }
        let common = self.stems.values().map(|of| of.is_common).collect();
        let stems = self.stems.into_keys().collect();
        WordVectors {
            files,
            stems,
            values,
            dimension: self.width + n_scores,
            common,
            kinds,
            places,
        }
    }
}

/// The mean vectors of stems, less the mean of them all, and all made longer or shorter so that
/// their root mean square length is [`VECTOR_STRENGTH`]. What has no vector stays at zero.
fn centred(stems: &BTreeMap<String, StemKnowledge>, width: usize) -> Vec<Vec<f32>> {
    let mean = |of: &StemKnowledge| of.vector.iter().map(|sum| sum / of.weight).collect();
    let mut vectors: Vec<Vec<f32>> = stems.values().map(mean).collect();
    let n = vectors.iter().filter(|vector| !vector.is_empty()).count().max(1) as f32;
    let mut centre = vec![0.0; width];
    for vector in &vectors {
        centre.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number / n);
    }
    let mut squares = 0.0;
    for vector in &mut vectors {
        vector.iter_mut().zip(&centre).for_each(|(number, mean)| *number -= mean);
        squares += vector.iter().map(|number| number * number).sum::<f32>() / n;
    }
    let share = if squares > 0.0 { VECTOR_STRENGTH / squares.sqrt() } else { 0.0 };
    for vector in &mut vectors {
        vector.iter_mut().for_each(|number| *number *= share);
        vector.resize(width, 0.0);
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

    fn gathering(wanted: &[&str]) -> StemMerger {
        StemMerger::of(wanted.iter().map(|stem| (*stem).to_string()).collect())
    }

    fn values<'k>(words: &'k WordVectors, name: &str) -> Option<&'k [f32]> {
        let row = words.meaning(Key::of_name(name))?.stem as usize * words.dimension();
        Some(&words.all_values()[row..][..words.dimension()])
    }

    #[test]
    fn every_kind_of_features_of_a_stem_has_its_meaning() {
        let mut gathering = gathering(&["scorn", "hail"]);
        assert_eq!(gathering.vector("scorn", &[3.0, 4.0]), WordUse::Used);
        assert_eq!(gathering.vector("hails", &[0.0, -2.0]), WordUse::Used);
        let words = gathering.finish(Vec::new());
        // (0.6, 0.8) and (0, −1) lie (0.3, 0.9) on either side of their mean.
        let length = 0.9_f32.sqrt();
        for (name, sign) in [("word=scorn", 1.0), ("side=left scorn", 1.0), ("near=hail", -1.0)] {
            let found = values(&words, name).unwrap();
            let expected = [0.3, 0.9].map(|number| sign * number / length * VECTOR_STRENGTH);
            assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-6), "{found:?}");
        }
        for name in ["word=boat", "side=scorn", "side=middle scorn", "pair=scorn hail"] {
            assert_eq!(words.meaning(Key::of_name(name)), None, "{name}");
        }
        let meaning = words.meaning(Key::of_name("side=left scorn")).unwrap();
        assert_eq!(words.kind(meaning).name(words.stem(meaning)), "side=left scorn");
    }

    #[test]
    fn a_stem_has_the_mean_of_its_words_by_their_place_in_the_file() {
        let mut gathering = gathering(&["scorn", "hail"]);
        gathering.vector("scorned", &[1.0, 0.0]);
        gathering.vector("scorns", &[0.0, 1.0]);
        gathering.vector("hail", &[0.0, 0.0]);
        let words = gathering.finish(Vec::new());
        // Of weights 1 and 1/2: (2/3, 1/3) beside (0, 0), so that both lie half of it off the mean.
        let (scorn, hail) = (values(&words, "word=scorn"), values(&words, "word=hail"));
        let (scorn, hail) = (scorn.unwrap(), hail.unwrap());
        assert!((scorn[0] / scorn[1] - 2.0).abs() < 1e-5 && scorn[0] > 0.0);
        assert!((scorn[0] + hail[0]).abs() < 1e-6);
    }

    #[test]
    fn scores_stand_apart_by_sign() {
        let mut gathering = gathering(&[]);
        for (word, score) in [("hail", 2.0), ("hailed", 3.0), ("scorn", -1.25)] {
            assert_eq!(gathering.score(word, score), WordUse::Used);
        }
        let words = gathering.finish(Vec::new());
        assert_eq!(values(&words, "word=hail").unwrap(), [1.0, 0.0]);
        assert_eq!(values(&words, "word=scorn").unwrap(), [0.0, 0.5]);
        assert_eq!(words.common().count(), 2 * words.n_kinds());
    }

    #[test]
    fn numbers_of_any_size_stay_finite() {
        let mut gathering = gathering(&[]);
        for (word, number) in [("hail", f32::MAX), ("hailed", f32::MAX), ("scorn", f32::MIN)] {
            gathering.score(word, number);
            gathering.vector(word, &[number, 0.0]);
        }
        let words = gathering.finish(Vec::new());
        assert!(words.all_values().iter().all(|number| number.is_finite()));
    }

    #[test]
    fn of_words_that_do_not_occur_only_frequent_ones_are_kept() {
        let mut gathering = gathering(&["scorn"]);
        for place in 0..COMMON - 1 {
            let word: String = format!("{place}").chars().map(|c| (c as u8 + 49) as char).collect();
            gathering.vector(&word, &[1.0]);
        }
        assert_eq!(gathering.vector("boat", &[2.0]), WordUse::Used);
        assert_eq!(gathering.vector("gull", &[2.0]), WordUse::Left);
        assert_eq!(gathering.vector("scorn", &[2.0]), WordUse::Used);
        assert_eq!(gathering.vector("scorn", &[3.0]), WordUse::Twice);
        assert_eq!(gathering.vector("two words", &[3.0]), WordUse::Left);
        let words = gathering.finish(Vec::new());
        let is_common = |name| words.is_common(words.meaning(Key::of_name(name)).unwrap());
        assert!(is_common("word=boat") && !is_common("word=scorn"));
        assert!(words.meaning(Key::of_name("word=gull")).is_none());
    }
}
