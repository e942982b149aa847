//! Everything noticed in a training set, once, so that every fold can learn a vocabulary of its own
//! from the rows that it may see.

#[cfg(test)]
mod tests;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::{self, Key, Scaling, View, normalise, sum_amounts};
use crate::sparse_matrix::Csr;
use crate::vocabulary::{Known, Vocabulary};
use crate::word_vectors::{VectorId, WordVectors};

/// Rows whose features are extracted in parallel before they are numbered.
const BATCH: usize = 4096;

/// The features of a training set, numbered in the order in which they turned up, and the rows that
/// hold them. Names are left out: there are millions, of which a model keeps thousands.
#[derive(Debug)]
pub struct FeatureCounts {
    /// The key and the part, as a place in [`features::TEMPLATES`], of each feature.
    features: Vec<(Key, usize)>,
    /// Per row, the features seen and their summed amounts.
    rows: Csr,
    /// The parts that were asked.
    parts: Vec<usize>,
    /// The features that a base knows.
    known: FxHashMap<usize, Known>,
    /// How many blocks the base has: see [`normalise`].
    n_base_blocks: usize,
    /// Stems that are names more often than not, as hashes.
    names: FxHashSet<u64>,
    /// What is known of the words of features.
    meanings: FxHashMap<usize, WeightedVector>,
}

/// What a feature means, and whether its stem is one of the most frequent.
#[derive(Debug, Clone, Copy)]
struct WeightedVector {
    meaning: VectorId,
    is_common: bool,
}

impl FeatureCounts {
    /// Notes what the parts, given as places in [`features::TEMPLATES`], see in the rows; and what of it a
    /// base knows.
    pub fn take<'a>(
        n_rows: usize,
        view: impl Fn(usize) -> View<'a> + Sync,
        parts: Vec<usize>,
        base: Option<&Vocabulary>,
    ) -> Self {
        let names = names(n_rows, &view);
        let mut ids = FxHashMap::default();
        let mut inventory = FeatureCounts {
            features: Vec::new(),
            rows: Csr::new(0),
            parts,
            known: FxHashMap::default(),
            n_base_blocks: base.map_or(0, Vocabulary::n_blocks),
            names,
            meanings: FxHashMap::default(),
        };
        for first in (0..n_rows).step_by(BATCH) {
            let batch = first..n_rows.min(first + BATCH);
            let noted: Vec<_> = batch
                .into_par_iter()
                .map(|row| noted(&view(row), &inventory.parts, &inventory.names, base))
                .collect();
            for row in noted {
                inventory.push(&row, &mut ids);
            }
        }
        let keys = inventory.features.iter().enumerate();
        let known = keys.filter_map(|(id, (key, _))| Some((id, base?.entry(*key)?)));
        inventory.known = known.collect();
        inventory
    }

    /// The same, and what is known of words: their features need not stand in several rows to get a
    /// column, and those of the most frequent words not even in one.
    #[must_use]
    pub fn with_words(mut self, words: &WordVectors) -> Self {
        let of = |(id, (key, _)): (usize, &(Key, usize))| {
            let meaning = words.meaning(*key)?;
            Some((id, WeightedVector { meaning, is_common: words.is_common(meaning) }))
        };
        self.meanings = self.features.iter().enumerate().filter_map(of).collect();
        self
    }

    /// The same without the features that cannot get a column from any rows, as too few of all hold
    /// them: most of the different ones, and memory that every fold would take anew.
    #[must_use]
    pub fn without_rare(mut self) -> Self {
        let min_rows = scalings().map(|scaling| scaling.min_rows);
        let mut kept = 0..;
        let numbers: Vec<Option<u32>> = (0..self.features.len())
            .zip(self.rows.column_counts())
            .map(|(id, n_rows)| {
                let is_known = self.known.contains_key(&id) || self.meanings.contains_key(&id);
                let stays = is_known || n_rows >= min_rows[self.features[id].1];
                stays.then(|| kept.next()).flatten()
            })
            .collect();
        let moved = |id: usize| numbers[id].map(|number| number as usize);
        self.features = (0..)
            .zip(self.features)
            .filter(|(id, _)| moved(*id).is_some())
            .map(|(_, feature)| feature)
            .collect();
        self.known =
            self.known.into_iter().filter_map(|(id, known)| Some((moved(id)?, known))).collect();
        self.meanings =
            self.meanings.into_iter().filter_map(|(id, meant)| Some((moved(id)?, meant))).collect();
        self.rows.renumber(&numbers);
        self
    }

    fn push(&mut self, row: &[(Noted, f32)], ids: &mut FxHashMap<Key, u32>) {
        let mut id = |&((part, key), amount): &(Noted, f32)| {
            let id = *ids.entry(key).or_insert_with(|| {
                self.features.push((key, part));
                u32::try_from(self.features.len() - 1).unwrap_or(u32::MAX)
            });
            (id, amount)
        };
        let row: Vec<(u32, f32)> = row.iter().map(&mut id).collect();
        self.rows.widen(self.features.len());
        self.rows.push(&row);
    }

    /// The vocabulary of some of the rows: the features that enough of them hold, and all that the
    /// base knows, as it knows them.
    pub fn learn(&self, rows: &[usize]) -> FoldVocabulary<'_> {
        let mut n_rows_with = vec![0_u32; self.features.len()];
        for (id, _) in rows.iter().flat_map(|&row| self.rows.row(row)) {
            n_rows_with[id] += 1;
        }
        let min_rows = scalings().map(|scaling| scaling.min_rows);
        let mut ids: Vec<usize> = (0..self.features.len())
            .filter(|&id| {
                let is_common = n_rows_with[id] as usize >= min_rows[self.features[id].1];
                let is_meant = |meant: &WeightedVector| meant.is_common || n_rows_with[id] > 0;
                is_common
                    || self.known.contains_key(&id)
                    || self.meanings.get(&id).is_some_and(is_meant)
            })
            .collect();
        // The common ones stand together, where a processor finds them quickly.
        ids.sort_by_key(|&id| std::cmp::Reverse(n_rows_with[id]));
        let idf = |&id: &usize| match self.known.get(&id) {
            Some(known) => known.idf,
            None if !features::TEMPLATES[self.features[id].1].scaling.idf => 1.0,
            None => inverse_document_frequency(rows.len(), n_rows_with[id] as usize),
        };
        let idf = ids.iter().map(idf).collect();
        FoldVocabulary::new(self, ids, idf)
    }

    /// With what a feature's value is normalised.
    fn block(&self, id: usize) -> usize {
        self.known
            .get(&id)
            .map_or(self.n_base_blocks + self.features[id].1, |known| usize::from(known.block))
    }
}

/// A feature's part and key.
type Noted = (usize, Key);

/// Stems that are names more often than not, as hashes. Where a capital does not tell, as at the start of a
/// sentence, features do not know them: who is spoken of must not decide.
fn names<'a>(n_rows: usize, view: impl Fn(usize) -> View<'a> + Sync) -> FxHashSet<u64> {
    let mut counts: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for first in (0..n_rows).step_by(BATCH) {
        let batch = first..n_rows.min(first + BATCH);
        let seen: Vec<Vec<(u64, bool)>> =
            batch.into_par_iter().map(|row| view(row).names_and_others().collect()).collect();
        for (stem, is_name) in seen.into_iter().flatten() {
            let count = counts.entry(stem).or_default();
            *(if is_name { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    let names = counts.into_iter().filter(|(_, (names, others))| names > others);
    names.map(|(stem, _)| stem).collect()
}

/// What the parts note about a sentence, each feature once. Features of names are left out, but for
/// those that a base knows.
fn noted(
    view: &View<'_>,
    parts: &[usize],
    names: &FxHashSet<u64>,
    base: Option<&Vocabulary>,
) -> Vec<(Noted, f32)> {
    let mut row = Vec::with_capacity(6 * view.terms.len());
    features::extract(
        view,
        |part| parts.contains(&part),
        |part, seen| {
            let key = Key::of(features::TEMPLATES[part].name, seen.parts);
            let is_known = || base.is_some_and(|base| base.entry(key).is_some());
            if !seen.parts.iter().any(|detail| names.contains(&detail.hash)) || is_known() {
                row.push(((part, key), seen.amount));
            }
        },
    );
    sum_amounts(&mut row);
    row
}

/// How the amounts of each part become values.
fn scalings() -> [Scaling; features::TEMPLATES.len()] {
    std::array::from_fn(|part| features::TEMPLATES[part].scaling)
}

/// ln((1 + n) / (1 + df)) + 1.
#[expect(clippy::cast_possible_truncation, reason = "seven digits are kept, in the file too")]
fn inverse_document_frequency(n_rows: usize, n_rows_with: usize) -> f32 {
    (((1 + n_rows) as f64 / (1 + n_rows_with) as f64).ln() + 1.0) as f32
}

/// What stands for the columns of features that have none.
const NONE: u32 = u32::MAX;

/// A vocabulary learnt from an inventory: the features that have a column, in any order.
#[derive(Debug, Clone)]
pub struct FoldVocabulary<'a> {
    inventory: &'a FeatureCounts,
    /// The feature of each column.
    ids: Vec<usize>,
    /// The idf of each column.
    idf: Vec<f32>,
    /// The block of each column: see [`normalise`].
    blocks: Vec<usize>,
    /// The column of each feature.
    columns: Vec<u32>,
}

impl<'a> FoldVocabulary<'a> {
    fn new(inventory: &'a FeatureCounts, ids: Vec<usize>, idf: Vec<f32>) -> Self {
        let mut columns = vec![NONE; inventory.features.len()];
        ids.iter().zip(0..).for_each(|(&id, column)| columns[id] = column);
        let blocks = ids.iter().map(|&id| inventory.block(id)).collect();
        FoldVocabulary { inventory, ids, idf, blocks, columns }
    }

    /// How many columns.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Keeps some of the columns, in the order given.
    #[must_use]
    pub fn keep(&self, kept: &[usize]) -> FoldVocabulary<'a> {
        let ids = kept.iter().map(|&column| self.ids[column]).collect();
        FoldVocabulary::new(
            self.inventory,
            ids,
            kept.iter().map(|&column| self.idf[column]).collect(),
        )
    }

    /// For each column the column of the same feature in another vocabulary of the inventory.
    pub fn columns_in(&self, other: &FoldVocabulary<'a>) -> impl Iterator<Item = Option<usize>> {
        self.ids
            .iter()
            .map(|&id| Some(other.columns[id]).filter(|&c| c != NONE).map(|c| c as usize))
    }

    /// For each column that of the same feature in the base; none where it is new.
    pub fn columns_in_base(&self) -> impl Iterator<Item = Option<usize>> {
        self.ids.iter().map(|id| self.inventory.known.get(id).map(|known| known.column))
    }

    /// For each column what its feature means; none where nothing is known of it.
    pub fn meanings(&self) -> impl Iterator<Item = Option<VectorId>> {
        self.ids.iter().map(|id| self.inventory.meanings.get(id).map(|meant| meant.meaning))
    }

    /// The features of the most frequent words that no row has shown, with their idf: neither those
    /// that the base knows nor those of names.
    pub fn unseen(&self, words: &WordVectors, base: Option<&Vocabulary>) -> Vec<(VectorId, f32)> {
        let shown: FxHashSet<Key> = self.inventory.features.iter().map(|(key, _)| *key).collect();
        let is_unseen = |(key, meaning): &(Key, VectorId)| {
            self.inventory.parts.contains(&words.kind(*meaning).part)
                && !shown.contains(key)
                && !self.inventory.names.contains(&features::hash(words.stem(*meaning)))
                && base.is_none_or(|base| base.entry(*key).is_none())
        };
        let n_rows = self.inventory.rows.n_rows();
        let idf = |meaning| match features::TEMPLATES[words.kind(meaning).part].scaling.idf {
            true => inverse_document_frequency(n_rows, 0),
            false => 1.0,
        };
        let unseen = words.common().filter(is_unseen);
        unseen.map(|(_, meaning)| (meaning, idf(meaning))).collect()
    }

    /// Some of the inventory's rows in the vocabulary's columns: the same as encoding their
    /// sentences.
    pub fn encode(&self, rows: &[usize]) -> Csr {
        let scalings = scalings();
        let n_blocks = self.inventory.n_base_blocks + features::TEMPLATES.len();
        let encode = |rows: &[usize]| {
            let mut matrix = Csr::new(self.len());
            let mut row = Vec::new();
            for &at in rows {
                row.clear();
                row.extend(self.inventory.rows.row(at).filter_map(|(id, amount)| {
                    let column = Some(self.columns[id]).filter(|&column| column != NONE)?;
                    let scaling = scalings[self.inventory.features[id].1];
                    Some((column, scaling.value(amount, self.idf[column as usize])))
                }));
                normalise(&mut row, n_blocks, |column| self.blocks[column as usize]);
                matrix.push(&row);
            }
            matrix
        };
        Csr::stacked(self.len(), rows.par_chunks(BATCH).map(encode).collect())
    }

    /// The vocabulary of a model, and for each of its columns the place in this sequence: all
    /// columns of the base, then those here that are new, then features that no row has shown, given
    /// by name and idf. `view` gives the rows of the inventory once more, for the names.
    pub fn vocabulary<'v>(
        &self,
        view: impl Fn(usize) -> View<'v> + Sync,
        unseen: Vec<(String, f32)>,
        base: Option<&Vocabulary>,
    ) -> Result<(Vocabulary, Vec<usize>), String> {
        let idf = self.new_columns().map(|column| self.idf[column]);
        let features: Vec<_> = self.names(view).into_iter().zip(idf).chain(unseen).collect();
        match base {
            Some(base) => base.followed_by(&features),
            None => Vocabulary::of(&features),
        }
    }

    /// The columns whose features no base knows, rising.
    pub fn new_columns(&self) -> impl Iterator<Item = usize> {
        (0..)
            .zip(self.columns_in_base())
            .filter(|(_, base)| base.is_none())
            .map(|(column, _)| column)
    }

    /// The name of each new column.
    fn names<'v>(&self, view: impl Fn(usize) -> View<'v> + Sync) -> Vec<String> {
        let mut missing: FxHashSet<usize> =
            self.new_columns().map(|column| self.ids[column]).collect();
        let mut first_with = Vec::new();
        for row in 0..self.inventory.rows.n_rows() {
            let before = missing.len();
            self.inventory.rows.row(row).for_each(|(id, _)| {
                missing.remove(&id);
            });
            if missing.len() < before {
                first_with.push(row);
            }
        }
        let found = first_with.par_iter().flat_map_iter(|&row| self.names_in(row, &view(row)));
        let names: FxHashMap<u32, String> = found.collect();
        let name = |column| names.get(&u32::try_from(column).ok()?).cloned();
        self.new_columns().map(|column| name(column).unwrap_or_default()).collect()
    }

    /// The columns with their names that stand in a row.
    fn names_in(&self, row: usize, view: &View<'_>) -> Vec<(u32, String)> {
        let mut wanted: FxHashMap<Key, u32> = FxHashMap::default();
        for (id, _) in self.inventory.rows.row(row) {
            let key = self.inventory.features[id].0;
            Some(self.columns[id]).filter(|&c| c != NONE).map(|column| wanted.insert(key, column));
        }
        let mut names = Vec::new();
        let is_asked = |part: usize| self.inventory.parts.contains(&part);
        features::extract(view, is_asked, |part, seen| {
            let name = features::TEMPLATES[part].name;
            if let Some(column) = wanted.remove(&Key::of(name, seen.parts)) {
                names.push((column, view.feature_name(name, seen.parts)));
            }
        });
        names
    }
}
