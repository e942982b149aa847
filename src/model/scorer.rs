//! Scores a sentence: adds up the weights of its features.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```
//!
//! This is [`Vocabulary::encode`] times the weights, without building the sparse row; a test compares
//! the two. Three things make it fast:
//!
//! - Most features are of one word: `word=scorn`, `side=left scorn`. The first time that a scorer meets
//!   a word, it looks up all features of that word and caches their weights side by side. From then on
//!   such a feature costs a bit test and an array access instead of a hash look-up.
//! - Amounts of one feature must be added up before they are scaled. Only a feature whose words all
//!   occur more than once in the sentence can occur more than once; all others skip this step.
//! - Features are collected first and summed in short loops afterwards, so that the processor loads
//!   several weights from memory at the same time.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock, Weak};

use super::label_scores::LabelScores;
use super::weight_table::{self, Columns, Entries, WeightEntry};
use super::weights::Weights;
use super::word_feature_mask::WordFeatureMask;
use crate::features::{self, FeatureSink, Key, Observation, PartSource, TEMPLATES, View};
use crate::vocabulary::{ColumnInfo, Vocabulary};

thread_local! {
    /// The scorers of this thread, one for each model that it has used. A scorer identifies words by
    /// the numbers of its thread's stem cache, and a [`View`] never leaves its thread.
    static SCORERS: RefCell<Vec<Scorer>> = const { RefCell::new(Vec::new()) };
}

/// The table of a model's columns, shared by all threads. Its address identifies the model.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedColumns(Arc<OnceLock<Columns>>);

/// Number of sentences that a scorer scores before the table is made. Making it takes as long as
/// scoring some hundreds, so `explain` does without.
const SENTENCES_WITHOUT_TABLE: u32 = 100;

impl SharedColumns {
    /// The score of each label.
    pub(super) fn scores(&self, weights: &Weights, view: &View<'_>) -> Vec<f64> {
        SCORERS.with_borrow_mut(|scorers| {
            // A `Weak` keeps the allocation of its `Arc`, so no other model can get its address.
            let is_own =
                |scorer: &Scorer| std::ptr::eq(scorer.model.as_ptr(), Arc::as_ptr(&self.0));
            let own = scorers.iter().position(is_own).unwrap_or_else(|| {
                scorers.retain(|scorer| scorer.model.strong_count() > 0);
                scorers.push(Scorer::new(weights, view, Arc::downgrade(&self.0)));
                scorers.len() - 1
            });
            let scorer = &mut scorers[own];
            let has_table = scorer.sentence >= SENTENCES_WITHOUT_TABLE;
            let columns = has_table.then(|| self.0.get_or_init(|| Columns::of(weights)));
            scorer.scores(weights, columns, view)
        })
    }
}

/// A word that the scorer has met.
#[derive(Debug, Clone, Copy)]
struct CachedWord {
    kinds: WordFeatureMask,
    /// Where its entries begin: one for each of its kinds.
    first_entry: u32,
    /// The last sentence that it occurred in.
    sentence: u32,
    /// Where its row in [`Scorer::merge_indices`] begins, or [`ONCE`].
    merge_row: u32,
}

impl CachedWord {
    const UNKNOWN: CachedWord = CachedWord {
        kinds: WordFeatureMask::UNKNOWN,
        first_entry: 0,
        sentence: 0,
        merge_row: ONCE,
    };
}

/// Marks a word that occurs once in the sentence: no feature of it can occur twice.
const ONCE: u32 = u32::MAX;

/// A term of the sentence, with what is cached of its word.
#[derive(Debug, Clone, Copy)]
struct SentenceTerm {
    kinds: WordFeatureMask,
    first_entry: u32,
    merge_row: u32,
}

/// A feature of the sentence whose weights are cached.
#[derive(Debug, Clone, Copy)]
struct CachedFeature {
    entry: u32,
    amount: f32,
}

/// A feature of the sentence that has to be looked up by its key.
#[derive(Debug, Clone, Copy)]
struct UncachedFeature {
    key: Key,
    amount: f32,
}

/// A template that the model uses.
#[derive(Debug, Clone, Copy)]
struct UsedTemplate {
    /// What the keys of its features begin with.
    key: Key,
    /// Its kind without a prefix; the kinds with its prefixes follow in order.
    first_kind: usize,
}

/// Scores sentences with one model, on one thread.
#[derive(Debug)]
struct Scorer {
    /// The model, by its table.
    model: Weak<OnceLock<Columns>>,
    /// The generation of the stem cache that numbered the words.
    generation: u32,
    /// By index in [`TEMPLATES`]; `None` where the model has no such features.
    templates: [Option<UsedTemplate>; TEMPLATES.len()],
    /// What the keys of each kind of word features begin with.
    kinds: Vec<Key>,
    /// The words that were met, by number.
    words: Vec<CachedWord>,
    /// The weights of the words' features.
    entries: Entries,

    /// The number of the current sentence, from 1.
    sentence: u32,
    terms: Vec<SentenceTerm>,
    cached: Vec<CachedFeature>,
    /// A row for each word that occurs more than once. For each kind: 1 + the index in `cached` of the
    /// feature to add further amounts to, or 0.
    merge_indices: Vec<u32>,
    /// Uncached features that cannot occur twice, and those that can.
    unique: Vec<UncachedFeature>,
    repeatable: Vec<UncachedFeature>,
    sums: LabelScores,
}

impl Scorer {
    fn new(weights: &Weights, view: &View<'_>, model: Weak<OnceLock<Columns>>) -> Self {
        let (mut templates, mut kinds) = ([None; TEMPLATES.len()], Vec::new());
        for (index, template) in TEMPLATES.iter().enumerate() {
            if weights.vocabulary.uses_template(index) {
                let key = Key::of_template(template.name);
                templates[index] = Some(UsedTemplate { key, first_kind: kinds.len() });
                let prefixed = template.prefixes.iter().map(|prefix| key.followed_by(prefix.hash));
                kinds.extend(std::iter::once(key).chain(prefixed));
            }
        }
        debug_assert!(kinds.len() <= WordFeatureMask::MAX_KINDS);
        Scorer {
            model,
            generation: view.generation,
            templates,
            kinds,
            words: Vec::new(),
            entries: Entries::default(),
            sentence: 0,
            terms: Vec::new(),
            cached: Vec::new(),
            merge_indices: Vec::new(),
            unique: Vec::new(),
            repeatable: Vec::new(),
            sums: LabelScores::new(&weights.vocabulary, weight_table::n_rest(weights.n_labels())),
        }
    }

    /// The score of each label.
    fn scores(
        &mut self,
        weights: &Weights,
        columns: Option<&Columns>,
        view: &View<'_>,
    ) -> Vec<f64> {
        self.start_sentence(view);
        self.look_up_terms(weights, view);
        let none = UsedTemplate { key: Key(0), first_kind: 0 };
        features::extract_into(view, &mut ScoringSink { scorer: self, template: none });
        for CachedFeature { entry, amount } in self.cached.drain(..) {
            let (index, entries) = (entry as usize, &self.entries);
            self.sums.add(entries.get(index), amount, |n| entries.rest(index, n));
        }
        self.add_uncached(weights, columns);
        self.sums.scores(&weights.intercept)
    }

    /// Clears what belongs to the last sentence; and the words, where the stem cache has renumbered them.
    fn start_sentence(&mut self, view: &View<'_>) {
        if self.generation != view.generation || self.sentence == u32::MAX {
            self.generation = view.generation;
            self.words.clear();
            self.entries.clear();
            self.sentence = 0;
        }
        self.sentence += 1;
        self.cached.clear();
        self.merge_indices.clear();
        self.unique.clear();
        self.repeatable.clear();
        self.sums.clear();
    }

    /// Looks up the word of every term, and finds the words that occur more than once.
    fn look_up_terms(&mut self, weights: &Weights, view: &View<'_>) {
        for term in &view.terms {
            let number = term.word.number as usize;
            if number >= self.words.len() {
                self.words.resize(number + 1, CachedWord::UNKNOWN);
            }
            if self.words[number].kinds == WordFeatureMask::UNKNOWN {
                self.cache_word(weights, number, term.word.hash);
            }
            let word = &mut self.words[number];
            if word.sentence != self.sentence {
                (word.sentence, word.merge_row) = (self.sentence, ONCE);
            } else if word.merge_row == ONCE {
                word.merge_row = to_u32(self.merge_indices.len());
                self.merge_indices.resize(self.merge_indices.len() + self.kinds.len(), 0);
            }
        }
        self.terms.clear();
        self.terms.extend(view.terms.iter().map(|term| {
            let word = self.words[term.word.number as usize];
            let CachedWord { kinds, first_entry, merge_row, .. } = word;
            // Two templates can find a feature of an ambiguous word, so it counts as repeated.
            let merge_row = if kinds == WordFeatureMask::AMBIGUOUS { 0 } else { merge_row };
            SentenceTerm { kinds, first_entry, merge_row }
        }));
        let with_entries = self.terms.iter().filter(|term| !term.kinds.is_empty());
        self.entries.prefetch(with_entries.map(|term| term.first_entry as usize));
    }

    /// Caches the weights of all features of one word alone.
    #[cold]
    fn cache_word(&mut self, weights: &Weights, number: usize, hash: u64) {
        let word = &mut self.words[number];
        if TEMPLATES.iter().any(|template| Key::of_template(template.name) == Key(hash)) {
            word.kinds = WordFeatureMask::AMBIGUOUS;
            return;
        }
        (word.first_entry, word.kinds) = (to_u32(self.entries.len()), WordFeatureMask::EMPTY);
        for (index, kind) in self.kinds.iter().enumerate() {
            if let Some(info) = weights.vocabulary.find(kind.followed_by(hash)) {
                word.kinds.insert(index);
                self.entries.push(weights, info);
            }
        }
    }

    /// Adds the uncached features. Looks them up in the table of columns, or in the vocabulary where
    /// there is no table yet.
    fn add_uncached(&mut self, weights: &Weights, columns: Option<&Columns>) {
        let vocabulary = &weights.vocabulary;
        retain_likely(&mut self.unique, vocabulary);
        retain_likely(&mut self.repeatable, vocabulary);
        self.repeatable.sort_unstable_by_key(|feature| feature.key);
        let equal = self.repeatable.chunk_by(|one, next| one.key == next.key);
        self.unique.extend(equal.map(|equal| UncachedFeature {
            amount: equal.iter().map(|feature| feature.amount).sum(),
            ..equal[0]
        }));
        self.repeatable.clear();
        if let Some(columns) = columns {
            let candidates =
                self.unique.iter().map(|feature| vocabulary.first_candidate(feature.key));
            columns.prefetch(candidates);
        }
        for UncachedFeature { key, amount } in self.unique.drain(..) {
            let entry = |info: ColumnInfo| (info.column, WeightEntry::of(weights, info));
            let found = match columns {
                Some(columns) => columns.find(key, vocabulary.first_candidate(key)),
                None => vocabulary.find(key).map(entry),
            };
            if let Some((column, entry)) = found {
                self.sums.add(entry, amount, |_| weight_table::rest(weights, column));
            }
        }
    }
}

/// Drops features that have no column. Branch-free: each feature is written, and overwritten by the next
/// one if it is dropped, since a branch would often be mispredicted.
fn retain_likely(features: &mut Vec<UncachedFeature>, vocabulary: &Vocabulary) {
    let mut n_kept = 0;
    for at in 0..features.len() {
        let feature = features[at];
        features[n_kept] = feature;
        n_kept += usize::from(vocabulary.may_contain(feature.key));
    }
    features.truncate(n_kept);
}

/// Receives the features of the sentence.
struct ScoringSink<'s> {
    scorer: &'s mut Scorer,
    /// The template whose features come.
    template: UsedTemplate,
}

impl FeatureSink for ScoringSink<'_> {
    fn open(&mut self, template: usize) -> bool {
        let used = self.scorer.templates[template];
        self.template = used.unwrap_or(self.template);
        used.is_some()
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "callers mostly know the number of parts")]
    fn add(&mut self, observation: Observation<'_>) {
        let kind = self.template.first_kind;
        match observation.parts {
            [term] => self.add_word_feature(term.source, kind, &observation),
            [prefix, term] => match prefix.source {
                PartSource::Prefix(index, _) => {
                    let kind = kind + 1 + index as usize;
                    self.add_word_feature(term.source, kind, &observation);
                }
                _ => self.add_uncached(&observation),
            },
            _ => self.add_uncached(&observation),
        }
    }
}

impl ScoringSink<'_> {
    /// Adds a feature of at most one term.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as for `add`")]
    fn add_word_feature(&mut self, source: PartSource, kind: usize, observation: &Observation<'_>) {
        let PartSource::Term(term) = source else { return self.add_uncached(observation) };
        let scorer = &mut *self.scorer;
        let SentenceTerm { kinds, first_entry, merge_row } = scorer.terms[term as usize];
        if !kinds.contains(kind) {
            if kinds == WordFeatureMask::AMBIGUOUS {
                self.add_uncached(observation);
            }
            return;
        }
        if merge_row != ONCE {
            let merge_index = &mut scorer.merge_indices[merge_row as usize + kind];
            if let Some(earlier) = merge_index.checked_sub(1) {
                scorer.cached[earlier as usize].amount += observation.amount;
                return;
            }
            *merge_index = 1 + to_u32(scorer.cached.len());
        }
        let entry = first_entry + kinds.rank(kind);
        scorer.cached.push(CachedFeature { entry, amount: observation.amount });
    }

    /// Adds a feature of several terms, of none, or of an ambiguous word.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as for `add`")]
    fn add_uncached(&mut self, observation: &Observation<'_>) {
        let ScoringSink { scorer, template } = self;
        let parts = observation.parts.iter();
        let key = parts.clone().fold(template.key, |key, part| key.followed_by(part.hash));
        // See `FeatureTemplate`: no template finds a feature twice in the same terms, and one term
        // determines the others.
        let (mut has_terms, mut is_unique) = (false, false);
        for part in parts {
            match part.source {
                PartSource::Term(index) => {
                    has_terms = true;
                    is_unique |= scorer.terms[index as usize].merge_row == ONCE;
                }
                PartSource::Class(_) | PartSource::Letters { .. } => has_terms = true,
                PartSource::Prefix(..) | PartSource::Text(_) => {}
            }
        }
        is_unique |= !has_terms;
        let features = if is_unique { &mut scorer.unique } else { &mut scorer.repeatable };
        features.push(UncachedFeature { key, amount: observation.amount });
    }
}

/// An index that is always far below `u32::MAX`, as the stem cache is emptied before.
fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
