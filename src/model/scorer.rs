//! Scores a sentence: adds up the weights of its features.
//!
//! ```text
//! score of a label = intercept + Σ over blocks (Σ weight · value) / √(Σ value²)
//! ```
//!
//! The result is that of [`Vocabulary::encode`] times the weights, without building the sparse row; a
//! test compares the two. Most features are of a single term: their entries are looked up once for
//! each word and cached side by side. Features are collected first and summed afterwards in short
//! loops, so that several memory accesses are under way at the same time.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock, Weak};

use super::label_scores::LabelScores;
use super::weight_table::{self, Columns, Entries, WeightEntry};
use super::weights::Weights;
use crate::features::{self, FeatureSink, Key, NamePart, Observation, PartSource, View};
use crate::vocabulary::{Known, Vocabulary};

thread_local! {
    /// The scorers of this thread, one for each model that it has used. A scorer caches words by the
    /// numbers that the stem cache of its thread gives them; a [`View`] never leaves its thread.
    static SCORERS: RefCell<Vec<Scorer>> = const { RefCell::new(Vec::new()) };
}

/// The table of a model's columns, shared by all threads. Its address identifies the model.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedColumns(Arc<OnceLock<Columns>>);

/// Number of sentences that a scorer scores before the table is made, which takes as long as scoring
/// some hundreds: `explain` does not pay for it.
const SENTENCES_WITHOUT_TABLE: u32 = 100;

impl SharedColumns {
    /// The score of each label.
    pub(super) fn scores(&self, weights: &Weights, view: &View<'_>) -> Vec<f64> {
        SCORERS.with_borrow_mut(|scorers| {
            // An `Arc` that a `Weak` points to is not freed, so that no other model has its address.
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

/// The slots in which a word has a column, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WordFeatureMask(u32);

impl WordFeatureMask {
    /// Maximum number of slots.
    const MOST: usize = 30;
    /// Instead of the slots, of a word that was not asked yet.
    const UNKNOWN: WordFeatureMask = WordFeatureMask(1 << 31);
    /// Instead of the slots, of a word that is a part's name too. `word=near` and `near=word` have one
    /// key, and what is noted of both adds up: such words are looked up every time.
    const AMBIGUOUS: WordFeatureMask = WordFeatureMask(1 << 30);

    #[inline]
    fn have(self, slot: usize) -> bool {
        self.0 & 1 << slot != 0
    }

    /// How many there are before one of them: only they have entries.
    #[inline]
    fn before(self, slot: usize) -> u32 {
        (self.0 & ((1 << slot) - 1)).count_ones()
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct CachedWord {
    slots: WordFeatureMask,
    /// Where the entries of its slots begin.
    entries: u32,
    /// The last sentence in which it was met, and where its places begin there.
    sentence: u32,
    places: u32,
}

impl CachedWord {
    const UNKNOWN: CachedWord =
        CachedWord { slots: WordFeatureMask::UNKNOWN, entries: 0, sentence: 0, places: ONCE };
}

/// Instead of its places, of a word to whose features nothing is added, as it stands once in the
/// sentence.
const ONCE: u32 = u32::MAX;

/// A term of the sentence.
#[derive(Debug, Clone, Copy)]
struct SentenceTerm {
    slots: WordFeatureMask,
    entries: u32,
    places: u32,
}

/// How much was noted of a feature that has an entry.
#[derive(Debug, Clone, Copy)]
struct CachedFeature {
    entry: u32,
    amount: f32,
}

/// A feature that is not of a single term, and how much of it was noted.
#[derive(Debug, Clone, Copy)]
struct UncachedFeature {
    key: Key,
    amount: f32,
}

/// How a part's features are looked up.
#[derive(Debug, Clone, Copy)]
struct UsedTemplate {
    /// What its keys begin with.
    key: Key,
    /// Its first slot; the slots of its forms come next.
    slot: usize,
}

/// One model's weights at hand, and the sentence that is being scored.
#[derive(Debug)]
struct Scorer {
    /// The model, by its table.
    model: Weak<OnceLock<Columns>>,
    /// The generation of the stem cache that gave the words their numbers.
    generation: u32,
    /// The parts by their places in [`features::TEMPLATES`]; none for those that the model does not ask.
    parts: [Option<UsedTemplate>; features::TEMPLATES.len()],
    /// The features of single terms of one kind: a part's bare ones, or those with one of its forms.
    /// What their keys begin with.
    slots: Vec<Key>,
    /// The words met, by their numbers.
    words: Vec<CachedWord>,
    /// Of each word, for each slot that has a column.
    entries: Entries,

    /// The number of the sentence, from 1.
    sentence: u32,
    terms: Vec<SentenceTerm>,
    /// What was noted of single terms.
    noted: Vec<CachedFeature>,
    /// For each word that stands more than once, slot by slot: its number in `noted`, from 1.
    places: Vec<u32>,
    /// What was noted of all other features: of those to which nothing is added, and of all.
    single: Vec<UncachedFeature>,
    several: Vec<UncachedFeature>,
    sums: LabelScores,
}

impl Scorer {
    fn new(weights: &Weights, view: &View<'_>, shared: Weak<OnceLock<Columns>>) -> Self {
        let (mut parts, mut slots) = ([None; features::TEMPLATES.len()], Vec::new());
        for (place, template) in features::TEMPLATES.iter().enumerate() {
            if weights.vocabulary.asks(place) {
                let key = Key::of_template(template.name);
                parts[place] = Some(UsedTemplate { key, slot: slots.len() });
                let forms = template.prefixes.iter().map(|form| key.followed_by(form.hash));
                slots.extend(std::iter::once(key).chain(forms));
            }
        }
        debug_assert!(slots.len() <= WordFeatureMask::MOST);
        Scorer {
            model: shared,
            generation: view.generation,
            parts,
            slots,
            words: Vec::new(),
            sums: LabelScores::new(&weights.vocabulary, weight_table::n_rest(weights.n_labels())),
            entries: Entries::default(),
            sentence: 0,
            terms: Vec::new(),
            noted: Vec::new(),
            places: Vec::new(),
            single: Vec::new(),
            several: Vec::new(),
        }
    }

    fn scores(
        &mut self,
        weights: &Weights,
        columns: Option<&Columns>,
        view: &View<'_>,
    ) -> Vec<f64> {
        self.begin(view);
        self.place_terms(weights, view);
        let nothing = UsedTemplate { key: Key(0), slot: 0 };
        features::extract_into(view, &mut ScoringSink { scorer: self, asked: nothing });
        for CachedFeature { entry, amount } in self.noted.drain(..) {
            let (at, entries) = (entry as usize, &self.entries);
            self.sums.add(entries.get(at), amount, |n| entries.rest(at, n));
        }
        self.add_others(weights, columns);
        self.sums.scores(&weights.intercept)
    }

    /// Forgets the last sentence, and all words where their numbers hold no longer.
    fn begin(&mut self, view: &View<'_>) {
        if self.generation != view.generation || self.sentence == u32::MAX {
            self.generation = view.generation;
            self.words.clear();
            self.entries.clear();
            self.sentence = 0;
        }
        self.sentence += 1;
        self.noted.clear();
        self.places.clear();
        self.single.clear();
        self.several.clear();
        self.sums.clear();
    }

    /// Looks up every word of the sentence.
    fn place_terms(&mut self, weights: &Weights, view: &View<'_>) {
        for term in &view.terms {
            let number = term.word.number as usize;
            if number >= self.words.len() {
                self.words.resize(number + 1, CachedWord::UNKNOWN);
            }
            if self.words[number].slots == WordFeatureMask::UNKNOWN {
                self.learn(weights, number, term.word.hash);
            }
            let word = &mut self.words[number];
            if word.sentence != self.sentence {
                (word.sentence, word.places) = (self.sentence, ONCE);
            } else if word.places == ONCE {
                word.places = narrow(self.places.len());
                self.places.resize(self.places.len() + self.slots.len(), 0);
            }
        }
        self.terms.clear();
        self.terms.extend(view.terms.iter().map(|term| {
            let CachedWord { slots, entries, places, .. } = self.words[term.word.number as usize];
            let places = if slots == WordFeatureMask::AMBIGUOUS { 0 } else { places };
            SentenceTerm { slots, entries, places }
        }));
        let known = self.terms.iter().filter(|term| term.slots.0 != 0);
        self.entries.prefetch(known.map(|term| term.entries as usize));
    }

    /// Finds the columns of all features that hold a word alone.
    #[cold]
    fn learn(&mut self, weights: &Weights, number: usize, hash: u64) {
        let word = &mut self.words[number];
        if features::TEMPLATES.iter().any(|template| Key::of_template(template.name) == Key(hash)) {
            word.slots = WordFeatureMask::AMBIGUOUS;
            return;
        }
        (word.entries, word.slots) = (narrow(self.entries.len()), WordFeatureMask(0));
        for (at, slot) in self.slots.iter().enumerate() {
            if let Some(known) = weights.vocabulary.entry(slot.followed_by(hash)) {
                word.slots.0 |= 1 << at;
                self.entries.push(weights, known);
            }
        }
    }

    /// Adds what was noted of features that are not of a single term; looks them up in the model itself
    /// where its columns are not laid out.
    fn add_others(&mut self, weights: &Weights, columns: Option<&Columns>) {
        let vocabulary = &weights.vocabulary;
        keep_likely(&mut self.single, vocabulary);
        keep_likely(&mut self.several, vocabulary);
        self.several.sort_unstable_by_key(|other| other.key);
        let same = self.several.chunk_by(|one, next| one.key == next.key);
        self.single.extend(same.map(|same| UncachedFeature {
            amount: same.iter().map(|other| other.amount).sum(),
            ..same[0]
        }));
        self.several.clear();
        if let Some(columns) = columns {
            columns.prefetch(self.single.iter().map(|other| vocabulary.first_column(other.key)));
        }
        for UncachedFeature { key, amount } in self.single.drain(..) {
            let of_model = |known: Known| (known.column, WeightEntry::of(weights, known));
            let found = match columns {
                Some(columns) => columns.find(key, vocabulary.first_column(key)),
                None => vocabulary.entry(key).map(of_model),
            };
            if let Some((column, entry)) = found {
                self.sums.add(entry, amount, |_| weight_table::rest(weights, column));
            }
        }
    }
}

/// Leaves out features that have no column. All are written, and those that are left out are written
/// over: which they are cannot be guessed, and guessing wrong takes longer.
fn keep_likely(others: &mut Vec<UncachedFeature>, vocabulary: &Vocabulary) {
    let mut n_kept = 0;
    for at in 0..others.len() {
        let other = others[at];
        others[n_kept] = other;
        n_kept += usize::from(vocabulary.may_have(other.key));
    }
    others.truncate(n_kept);
}

/// The scorer while one part is being asked.
struct ScoringSink<'s> {
    scorer: &'s mut Scorer,
    asked: UsedTemplate,
}

impl FeatureSink for ScoringSink<'_> {
    fn open(&mut self, part: usize) -> bool {
        let asked = self.scorer.parts[part];
        self.asked = asked.unwrap_or(self.asked);
        asked.is_some()
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is noted is mostly known where it is noted")]
    fn note(&mut self, seen: Observation<'_>) {
        let slot = self.asked.slot;
        match seen.parts {
            [term] => self.of_term(term.source, slot, &seen),
            [form, term] => match form.source {
                PartSource::Prefix(number, _) => {
                    self.of_term(term.source, slot + 1 + number as usize, &seen);
                }
                _ => self.of_others(&seen),
            },
            _ => self.of_others(&seen),
        }
    }
}

impl ScoringSink<'_> {
    /// Notes a feature that may be one of a single term.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as of `note`")]
    fn of_term(&mut self, piece: PartSource, slot: usize, seen: &Observation<'_>) {
        let PartSource::Term(at) = piece else { return self.of_others(seen) };
        let scorer = &mut *self.scorer;
        let SentenceTerm { slots, entries, places } = scorer.terms[at as usize];
        if !slots.have(slot) {
            if slots == WordFeatureMask::AMBIGUOUS {
                self.of_others(seen);
            }
            return;
        }
        if places != ONCE {
            let place = &mut scorer.places[places as usize + slot];
            if let Some(before) = place.checked_sub(1) {
                scorer.noted[before as usize].amount += seen.amount;
                return;
            }
            *place = 1 + narrow(scorer.noted.len());
        }
        let entry = entries + slots.before(slot);
        scorer.noted.push(CachedFeature { entry, amount: seen.amount });
    }

    /// Notes a feature of several terms, or of none.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as of `note`")]
    fn of_others(&mut self, seen: &Observation<'_>) {
        let ScoringSink { scorer, asked } = self;
        let details = seen.parts.iter();
        let key = details.clone().fold(asked.key, |key, detail| key.followed_by(detail.hash));
        // No part notes a feature twice of the same terms.
        let term = |detail: &NamePart| match detail.source {
            PartSource::Term(at) => Some(at as usize),
            PartSource::Prefix(..) | PartSource::Text(_) => None,
        };
        let mut terms = details.filter_map(term).peekable();
        let is_single = terms.peek().is_none() || terms.any(|at| scorer.terms[at].places == ONCE);
        let noted = if is_single { &mut scorer.single } else { &mut scorer.several };
        noted.push(UncachedFeature { key, amount: seen.amount });
    }
}

/// A place in memory that never holds more words than are remembered, or than a sentence has.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
