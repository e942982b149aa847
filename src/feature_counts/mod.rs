//! The features of a training set, counted once, so that each fold can learn its own vocabulary from
//! the rows that it may see.

mod name_stems;
#[cfg(test)]
mod tests;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use self::name_stems::name_stems;
use crate::features::{self, Key, Scaling, TEMPLATES, View, normalise, sum_amounts};
use crate::sparse_matrix::Csr;
use crate::vocabulary::{ColumnInfo, Vocabulary};
use crate::word_vectors::{VectorId, WordVectors};

/// Number of rows whose features are extracted in parallel before they get ids.
const BATCH: usize = 4096;

/// All features of a training set, with ids in order of first occurrence, and the rows that hold them.
/// Keeps keys and no names: there are millions of features, of which a model keeps thousands.
#[derive(Debug)]
pub struct FeatureCounts {
    /// Each feature's key and template, as an index in [`TEMPLATES`].
    features: Vec<(Key, usize)>,
    /// Each row's features with their summed amounts.
    rows: Csr,
    /// The templates that are used.
    templates: Vec<usize>,
    /// The features that have a column in the base model.
    in_base: FxHashMap<usize, ColumnInfo>,
    /// Number of blocks of the base: see [`normalise`].
    n_base_blocks: usize,
    /// Stems that are names more often than not, as hashes.
    name_stems: FxHashSet<u64>,
    /// The features of one stem that has a vector.
    vectors: FxHashMap<usize, StemVector>,
}

/// The vector of a feature's stem.
#[derive(Debug, Clone, Copy)]
struct StemVector {
    id: VectorId,
    /// Whether the stem is one of the most frequent of the vectors' file.
    is_frequent: bool,
}

impl FeatureCounts {
    /// Extracts the features of some templates, given as indices in [`TEMPLATES`], from every row, and
    /// looks them up in the base.
    pub fn count<'a>(
        n_rows: usize,
        view: impl Fn(usize) -> View<'a> + Sync,
        templates: Vec<usize>,
        base: Option<&Vocabulary>,
    ) -> Self {
        let name_stems = name_stems(n_rows, &view);
        let mut ids = FxHashMap::default();
        let mut counts = FeatureCounts {
            features: Vec::new(),
            rows: Csr::new(0),
            templates,
            in_base: FxHashMap::default(),
            n_base_blocks: base.map_or(0, Vocabulary::n_blocks),
            name_stems,
            vectors: FxHashMap::default(),
        };
        for first in (0..n_rows).step_by(BATCH) {
            let batch = first..n_rows.min(first + BATCH);
            let rows: Vec<_> = batch
                .into_par_iter()
                .map(|row| extract(&view(row), &counts.templates, &counts.name_stems, base))
                .collect();
            for row in rows {
                counts.push(&row, &mut ids);
            }
        }
        let keys = counts.features.iter().enumerate();
        let in_base = keys.filter_map(|(id, (key, _))| Some((id, base?.find(*key)?)));
        counts.in_base = in_base.collect();
        counts
    }

    /// Adds word vectors: features of a stem with a vector get a column though only one row has them,
    /// and those of the most frequent stems though no row has them.
    #[must_use]
    pub fn with_words(mut self, words: &WordVectors) -> Self {
        let vector = |(feature, (key, _)): (usize, &(Key, usize))| {
            let id = words.id(*key)?;
            Some((feature, StemVector { id, is_frequent: words.is_frequent(id) }))
        };
        self.vectors = self.features.iter().enumerate().filter_map(vector).collect();
        self
    }

    /// Drops features that cannot get a column in any fold, since too few of all rows hold them. Most
    /// features are dropped, which saves memory that every fold would need.
    #[must_use]
    pub fn without_rare(mut self) -> Self {
        let min_rows = scalings().map(|scaling| scaling.min_rows);
        let mut next = 0..;
        let new_ids: Vec<Option<u32>> = (0..self.features.len())
            .zip(self.rows.column_counts())
            .map(|(id, n_rows)| {
                let has_prior = self.in_base.contains_key(&id) || self.vectors.contains_key(&id);
                let stays = has_prior || n_rows >= min_rows[self.features[id].1];
                stays.then(|| next.next()).flatten()
            })
            .collect();
        let new_id = |id: usize| new_ids[id].map(|new| new as usize);
        self.features = (0..)
            .zip(self.features)
            .filter(|(id, _)| new_id(*id).is_some())
            .map(|(_, feature)| feature)
            .collect();
        self.in_base =
            self.in_base.into_iter().filter_map(|(id, info)| Some((new_id(id)?, info))).collect();
        self.vectors =
            self.vectors.into_iter().filter_map(|(id, of)| Some((new_id(id)?, of))).collect();
        self.rows.renumber(&new_ids);
        self
    }

    fn push(&mut self, row: &[(TemplateKey, f32)], ids: &mut FxHashMap<Key, u32>) {
        let mut with_id = |&((template, key), amount): &(TemplateKey, f32)| {
            let id = *ids.entry(key).or_insert_with(|| {
                self.features.push((key, template));
                u32::try_from(self.features.len() - 1).unwrap_or(u32::MAX)
            });
            (id, amount)
        };
        let row: Vec<(u32, f32)> = row.iter().map(&mut with_id).collect();
        self.rows.widen(self.features.len());
        self.rows.push(&row);
    }

    /// The vocabulary of some rows: the features that enough of them hold, and all of the base with
    /// the base's idf.
    pub fn learn(&self, rows: &[usize]) -> FoldVocabulary<'_> {
        let mut n_rows_with = vec![0_u32; self.features.len()];
        for (id, _) in rows.iter().flat_map(|&row| self.rows.row(row)) {
            n_rows_with[id] += 1;
        }
        let min_rows = scalings().map(|scaling| scaling.min_rows);
        let mut ids: Vec<usize> = (0..self.features.len())
            .filter(|&id| {
                let has_rows = n_rows_with[id] as usize >= min_rows[self.features[id].1];
                let may_be_rare = |vector: &StemVector| vector.is_frequent || n_rows_with[id] > 0;
                has_rows
                    || self.in_base.contains_key(&id)
                    || self.vectors.get(&id).is_some_and(may_be_rare)
            })
            .collect();
        // Frequent features stand side by side, so that the processor's cache holds them.
        ids.sort_by_key(|&id| std::cmp::Reverse(n_rows_with[id]));
        let idf = |&id: &usize| match self.in_base.get(&id) {
            Some(info) => info.idf,
            None if !TEMPLATES[self.features[id].1].scaling.idf => 1.0,
            None => inverse_document_frequency(rows.len(), n_rows_with[id] as usize),
        };
        let idf = ids.iter().map(idf).collect();
        FoldVocabulary::new(self, ids, idf)
    }

    /// The block that a feature's values are normalised in.
    fn block(&self, id: usize) -> usize {
        let new_block = self.n_base_blocks + self.features[id].1;
        self.in_base.get(&id).map_or(new_block, |info| usize::from(info.block))
    }
}

/// A feature's template and key.
type TemplateKey = (usize, Key);

/// The features of a sentence with their summed amounts, without those of names, unless the base has
/// them.
fn extract(
    view: &View<'_>,
    templates: &[usize],
    name_stems: &FxHashSet<u64>,
    base: Option<&Vocabulary>,
) -> Vec<(TemplateKey, f32)> {
    let mut row = Vec::with_capacity(6 * view.terms.len());
    features::extract(
        view,
        |template| templates.contains(&template),
        |template, observation| {
            let key = Key::of(TEMPLATES[template].name, observation.parts);
            let in_base = || base.is_some_and(|base| base.find(key).is_some());
            if !observation.parts.iter().any(|part| name_stems.contains(&part.hash)) || in_base() {
                row.push(((template, key), observation.amount));
            }
        },
    );
    sum_amounts(&mut row);
    row
}

/// The scaling of each template.
fn scalings() -> [Scaling; TEMPLATES.len()] {
    std::array::from_fn(|template| TEMPLATES[template].scaling)
}

/// ln((1 + n) / (1 + df)) + 1.
#[expect(clippy::cast_possible_truncation, reason = "seven digits are kept, in the file too")]
fn inverse_document_frequency(n_rows: usize, n_rows_with: usize) -> f32 {
    (((1 + n_rows) as f64 / (1 + n_rows_with) as f64).ln() + 1.0) as f32
}

/// In place of the column of a feature that has none.
const NO_COLUMN: u32 = u32::MAX;

/// A vocabulary learnt from some rows of [`FeatureCounts`]. Columns have no particular order.
#[derive(Debug, Clone)]
pub struct FoldVocabulary<'a> {
    counts: &'a FeatureCounts,
    /// Each column's feature.
    ids: Vec<usize>,
    /// Each column's idf.
    idf: Vec<f32>,
    /// Each column's block: see [`normalise`].
    blocks: Vec<usize>,
    /// Each feature's column, or [`NO_COLUMN`].
    columns: Vec<u32>,
}

impl<'a> FoldVocabulary<'a> {
    fn new(counts: &'a FeatureCounts, ids: Vec<usize>, idf: Vec<f32>) -> Self {
        let mut columns = vec![NO_COLUMN; counts.features.len()];
        ids.iter().zip(0..).for_each(|(&id, column)| columns[id] = column);
        let blocks = ids.iter().map(|&id| counts.block(id)).collect();
        FoldVocabulary { counts, ids, idf, blocks, columns }
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The column of a feature.
    fn column(&self, id: usize) -> Option<u32> {
        Some(self.columns[id]).filter(|&column| column != NO_COLUMN)
    }

    /// Keeps some columns, in the order given.
    #[must_use]
    pub fn keep(&self, kept: &[usize]) -> FoldVocabulary<'a> {
        let ids = kept.iter().map(|&column| self.ids[column]).collect();
        let idf = kept.iter().map(|&column| self.idf[column]).collect();
        FoldVocabulary::new(self.counts, ids, idf)
    }

    /// For each column, the column of the same feature in another vocabulary of the same counts.
    pub fn columns_in(&self, other: &FoldVocabulary<'a>) -> impl Iterator<Item = Option<usize>> {
        self.ids.iter().map(|&id| other.column(id).map(|column| column as usize))
    }

    /// For each column, the column of the same feature in the base; `None` where it is new.
    pub fn columns_in_base(&self) -> impl Iterator<Item = Option<usize>> {
        self.ids.iter().map(|id| self.counts.in_base.get(id).map(|info| info.column))
    }

    /// For each column, the idf that the base has of its feature; `None` where it is new.
    pub fn idf_in_base(&self) -> impl Iterator<Item = Option<f32>> {
        self.ids.iter().map(|id| self.counts.in_base.get(id).map(|info| info.idf))
    }

    /// For each column, the vector of its feature's stem, if it has one.
    pub fn vector_ids(&self) -> impl Iterator<Item = Option<VectorId>> {
        self.ids.iter().map(|id| self.counts.vectors.get(id).map(|vector| vector.id))
    }

    /// The features of the most frequent stems that no row holds, with their idf, but for names and for
    /// features of the base.
    pub fn unseen_frequent(
        &self,
        words: &WordVectors,
        base: Option<&Vocabulary>,
    ) -> Vec<(VectorId, f32)> {
        let seen: FxHashSet<Key> = self.counts.features.iter().map(|(key, _)| *key).collect();
        let is_unseen = |(key, id): &(Key, VectorId)| {
            self.counts.templates.contains(&words.kind(*id).template)
                && !seen.contains(key)
                && !self.counts.name_stems.contains(&features::hash(words.stem(*id)))
                && base.is_none_or(|base| base.find(*key).is_none())
        };
        let n_rows = self.counts.rows.n_rows();
        let idf = |id| match TEMPLATES[words.kind(id).template].scaling.idf {
            true => inverse_document_frequency(n_rows, 0),
            false => 1.0,
        };
        let unseen = words.frequent().filter(is_unseen);
        unseen.map(|(_, id)| (id, idf(id))).collect()
    }

    /// Some rows in this vocabulary's columns: the same as [`Vocabulary::encode`] of their sentences.
    pub fn encode(&self, rows: &[usize]) -> Csr {
        let scalings = scalings();
        let n_blocks = self.counts.n_base_blocks + TEMPLATES.len();
        let encode = |rows: &[usize]| {
            let mut matrix = Csr::new(self.len());
            let mut row = Vec::new();
            for &at in rows {
                row.clear();
                row.extend(self.counts.rows.row(at).filter_map(|(id, amount)| {
                    let column = self.column(id)?;
                    let scaling = scalings[self.counts.features[id].1];
                    Some((column, scaling.value(amount, self.idf[column as usize])))
                }));
                normalise(&mut row, n_blocks, |column| self.blocks[column as usize]);
                matrix.push(&row);
            }
            matrix
        };
        Csr::stacked(self.len(), rows.par_chunks(BATCH).map(encode).collect())
    }

    /// The vocabulary of a model: all columns of the base, then the new ones of this vocabulary, then
    /// `unseen` features, given by name and idf. Gives for each of its columns the index in this
    /// sequence. `view` gives the sentence of a row again, since only keys were kept.
    ///
    /// # Errors
    /// As [`Vocabulary::extended_with`].
    pub fn vocabulary<'v>(
        &self,
        view: impl Fn(usize) -> View<'v> + Sync,
        unseen: Vec<(String, f32)>,
        base: Option<&Vocabulary>,
    ) -> Result<(Vocabulary, Vec<usize>), String> {
        let idf = self.new_columns().map(|column| self.idf[column]);
        let features: Vec<_> = self.new_names(view).into_iter().zip(idf).chain(unseen).collect();
        match base {
            Some(base) => base.extended_with(&features),
            None => Vocabulary::of(&features),
        }
    }

    /// The columns whose features the base does not have, rising.
    pub fn new_columns(&self) -> impl Iterator<Item = usize> {
        (0..)
            .zip(self.columns_in_base())
            .filter(|(_, base)| base.is_none())
            .map(|(column, _)| column)
    }

    /// The name of each new column.
    fn new_names<'v>(&self, view: impl Fn(usize) -> View<'v> + Sync) -> Vec<String> {
        let mut missing: FxHashSet<usize> =
            self.new_columns().map(|column| self.ids[column]).collect();
        let mut first_with = Vec::new();
        for row in 0..self.counts.rows.n_rows() {
            let before = missing.len();
            self.counts.rows.row(row).for_each(|(id, _)| {
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

    /// The columns of a row's features, with their names.
    fn names_in(&self, row: usize, view: &View<'_>) -> Vec<(u32, String)> {
        let column = |(id, _): (usize, f32)| Some((self.counts.features[id].0, self.column(id)?));
        let mut wanted: FxHashMap<Key, u32> =
            self.counts.rows.row(row).filter_map(column).collect();
        let mut names = Vec::new();
        let is_used = |template: usize| self.counts.templates.contains(&template);
        features::extract(view, is_used, |template, observation| {
            let template = TEMPLATES[template].name;
            if let Some(column) = wanted.remove(&Key::of(template, observation.parts)) {
                names.push((column, view.feature_name(template, observation.parts)));
            }
        });
        names
    }
}
