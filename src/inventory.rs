//! Everything noticed in a training set, once, so that every fold can learn a vocabulary of its own
//! from the rows that it may see.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::{self, Feature, Key, Scaling, View, normalise, summed};
use crate::sparse::Csr;
use crate::vocabulary::Vocabulary;

/// So many rows are looked at before what was noticed in them gets its numbers.
const BATCH: usize = 4096;

/// The features of a training set, numbered in the order in which they turned up, and the rows that
/// hold them. Names are left out: there are millions, of which a model keeps thousands.
#[derive(Debug)]
pub struct Inventory {
    /// The key and the part, as a place in [`features::ALL`], of each feature.
    features: Vec<(Key, usize)>,
    /// Per row, the features seen and their summed amounts.
    rows: Csr,
    /// The parts that were asked.
    parts: Vec<usize>,
}

impl Inventory {
    /// Notes what the parts, given as places in [`features::ALL`], see in the rows.
    pub fn take<'a>(
        n_rows: usize,
        view: impl Fn(usize) -> View<'a> + Sync,
        parts: Vec<usize>,
    ) -> Self {
        let names = names(n_rows, &view);
        let mut ids = FxHashMap::default();
        let mut inventory = Inventory { features: Vec::new(), rows: Csr::new(0), parts };
        for first in (0..n_rows).step_by(BATCH) {
            let batch = first..n_rows.min(first + BATCH);
            let noted: Vec<_> = batch
                .into_par_iter()
                .map(|row| noted(&view(row), &inventory.parts, &names))
                .collect();
            for row in noted {
                inventory.push(&row, &mut ids);
            }
        }
        inventory
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

    /// The vocabulary of some of the rows: the features that enough of them hold.
    pub fn learn(&self, rows: &[usize]) -> Learnt<'_> {
        let mut n_rows_with = vec![0_u32; self.features.len()];
        for (id, _) in rows.iter().flat_map(|&row| self.rows.row(row)) {
            n_rows_with[id] += 1;
        }
        let min_rows = scalings().map(|scaling| scaling.min_rows);
        let mut ids: Vec<usize> = (0..self.features.len())
            .filter(|&id| n_rows_with[id] as usize >= min_rows[self.features[id].1])
            .collect();
        // The common ones stand together, where a processor finds them quickly.
        ids.sort_by_key(|&id| std::cmp::Reverse(n_rows_with[id]));
        let idf = |&id: &usize| match features::ALL[self.features[id].1].scaling().idf {
            true => inverse_document_frequency(rows.len(), n_rows_with[id] as usize),
            false => 1.0,
        };
        let idf = ids.iter().map(idf).collect();
        Learnt::new(self, ids, idf)
    }
}

/// A feature's part and key.
type Noted = (usize, Key);

/// Stems that are names more often than not. Where a capital does not tell, as at the start of a
/// sentence, features do not know them: who is spoken of must not decide.
fn names<'a>(n_rows: usize, view: impl Fn(usize) -> View<'a> + Sync) -> FxHashSet<String> {
    let mut counts: FxHashMap<String, (u32, u32)> = FxHashMap::default();
    for first in (0..n_rows).step_by(BATCH) {
        let batch = first..n_rows.min(first + BATCH);
        let seen: Vec<Vec<(String, bool)>> =
            batch.into_par_iter().map(|row| view(row).names_and_others().collect()).collect();
        for (stem, is_name) in seen.into_iter().flatten() {
            let count = counts.entry(stem).or_default();
            *(if is_name { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    let names = counts.into_iter().filter(|(_, (names, others))| names > others);
    names.map(|(stem, _)| stem).collect()
}

/// What the parts note about a sentence, each feature once.
fn noted(view: &View<'_>, parts: &[usize], names: &FxHashSet<String>) -> Vec<(Noted, f32)> {
    let mut row = Vec::with_capacity(6 * view.terms.len());
    for &part in parts {
        let name = features::ALL[part].name();
        features::ALL[part].extract(view, &mut |seen| {
            if !seen.details.iter().any(|detail| names.contains(detail.text)) {
                row.push(((part, Key::of(name, seen.details)), seen.amount));
            }
        });
    }
    summed(&mut row);
    row
}

/// How the amounts of each part become values.
fn scalings() -> [Scaling; features::ALL.len()] {
    std::array::from_fn(|part| features::ALL[part].scaling())
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
pub struct Learnt<'a> {
    inventory: &'a Inventory,
    /// The feature of each column.
    ids: Vec<usize>,
    /// The idf of each column.
    idf: Vec<f32>,
    /// The column of each feature.
    columns: Vec<u32>,
}

impl<'a> Learnt<'a> {
    fn new(inventory: &'a Inventory, ids: Vec<usize>, idf: Vec<f32>) -> Self {
        let mut columns = vec![NONE; inventory.features.len()];
        ids.iter().zip(0..).for_each(|(&id, column)| columns[id] = column);
        Learnt { inventory, ids, idf, columns }
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
    pub fn keep(&self, kept: &[usize]) -> Learnt<'a> {
        let ids = kept.iter().map(|&column| self.ids[column]).collect();
        Learnt::new(self.inventory, ids, kept.iter().map(|&column| self.idf[column]).collect())
    }

    /// For each column the column of the same feature in another vocabulary of the inventory.
    pub fn columns_in(&self, other: &Learnt<'a>) -> impl Iterator<Item = Option<usize>> {
        self.ids
            .iter()
            .map(|&id| Some(other.columns[id]).filter(|&c| c != NONE).map(|c| c as usize))
    }

    /// Some of the inventory's rows in the vocabulary's columns: the same as encoding their
    /// sentences.
    pub fn encode(&self, rows: &[usize]) -> Csr {
        let scalings = scalings();
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
                normalise(&mut row, |c| self.inventory.features[self.ids[c as usize]].1);
                matrix.push(&row);
            }
            matrix
        };
        rows.par_chunks(BATCH).map(encode).reduce(|| Csr::new(self.len()), Csr::followed_by)
    }

    /// The vocabulary of a model, and for each of its columns the column here. `view` gives the rows
    /// of the inventory once more, for the names.
    pub fn vocabulary<'v>(
        &self,
        view: impl Fn(usize) -> View<'v> + Sync,
    ) -> Result<(Vocabulary, Vec<usize>), String> {
        let features: Vec<_> = self.names(view).into_iter().zip(self.idf.iter().copied()).collect();
        Vocabulary::of(&features)
    }

    /// The name of each column.
    fn names<'v>(&self, view: impl Fn(usize) -> View<'v> + Sync) -> Vec<String> {
        let mut missing: FxHashSet<usize> = self.ids.iter().copied().collect();
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
        (0..)
            .zip(&self.ids)
            .map(|(column, _)| names.get(&column).cloned().unwrap_or_default())
            .collect()
    }

    /// The columns with their names that stand in a row.
    fn names_in(&self, row: usize, view: &View<'_>) -> Vec<(u32, String)> {
        let mut wanted: FxHashMap<Key, u32> = FxHashMap::default();
        for (id, _) in self.inventory.rows.row(row) {
            let key = self.inventory.features[id].0;
            Some(self.columns[id]).filter(|&c| c != NONE).map(|column| wanted.insert(key, column));
        }
        let mut names = Vec::new();
        for part in &self.inventory.parts {
            let part: &dyn Feature = features::ALL[*part];
            part.extract(view, &mut |seen| {
                if let Some(column) = wanted.remove(&Key::of(part.name(), seen.details)) {
                    names.push((column, features::name(part.name(), seen.details)));
                }
            });
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCES: [&str; 3] = ["The plan failed", "The plan failed badly", "A good plan"];

    fn view(row: usize) -> View<'static> {
        View::new(SENTENCES[row], &[])
    }

    fn inventory() -> Inventory {
        let is_wanted = |&part: &usize| ["word", "pair"].contains(&features::ALL[part].name());
        Inventory::take(3, view, (0..features::ALL.len()).filter(is_wanted).collect())
    }

    fn names(rows: &[usize]) -> Vec<String> {
        let (vocabulary, _) = inventory().learn(rows).vocabulary(view).unwrap();
        let mut names: Vec<_> =
            (0..vocabulary.len()).map(|column| vocabulary.name(column).into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn columns_are_the_features_of_two_rows() {
        let expected = ["pair=plan fail", "pair=the plan", "word=fail", "word=plan", "word=the"];
        assert_eq!(names(&[0, 1, 2]), expected);
    }

    #[test]
    fn a_fold_learns_from_its_rows_alone() {
        assert_eq!(names(&[0, 2]), ["word=plan"]);
    }

    #[test]
    fn values_are_those_worked_by_hand() {
        let inventory = inventory();
        let learnt = inventory.learn(&[0, 1, 2]);
        // Of "A good plan" only `word=plan` has a column, the most common: so its part has length 1.
        assert_eq!(learnt.encode(&[2]).row(0).collect::<Vec<_>>(), [(0, 1.0)]);
        // "plan" stands in all three rows, everything else in two: ln(4/3) + 1.
        for (at, &idf) in learnt.idf.iter().enumerate() {
            assert!((idf - if at == 0 { 1.0 } else { 1.287_682 }).abs() < 1e-6);
        }
    }

    #[test]
    fn an_encoded_sentence_equals_its_inventory_row() {
        let inventory = inventory();
        let learnt = inventory.learn(&[0, 1, 2]);
        let (vocabulary, order) = learnt.vocabulary(view).unwrap();
        for (row, sentence) in SENTENCES.iter().enumerate() {
            let ours: FxHashMap<usize, f32> = learnt.encode(&[row]).row(0).collect();
            let encoded = vocabulary.encode(&View::new(sentence, &[]));
            assert_eq!(encoded.len(), ours.len());
            for (column, value) in encoded {
                assert!((ours[&order[column as usize]] - value).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_name_at_the_start_of_a_sentence_has_no_column() {
        let sentences = ["we met Quill here", "they saw Quill here", "Quill fell", "Quill fell"];
        let view = |row: usize| View::new(sentences[row], &[]);
        let inventory = Inventory::take(4, view, vec![0]);
        let (vocabulary, _) = inventory.learn(&[0, 1, 2, 3]).vocabulary(view).unwrap();
        let mut names: Vec<_> =
            (0..vocabulary.len()).map(|column| vocabulary.name(column).into_owned()).collect();
        names.sort();
        assert_eq!(names, ["word=NAME", "word=fell", "word=here"]);
    }

    #[test]
    fn kept_columns_are_found_again() {
        let inventory = inventory();
        let learnt = inventory.learn(&[0, 1, 2]);
        let kept = learnt.keep(&[3, 0]);
        assert_eq!(kept.columns_in(&learnt).collect::<Vec<_>>(), [Some(3), Some(0)]);
        let back: Vec<_> = learnt.columns_in(&kept).collect();
        assert_eq!(back, [Some(1), None, None, Some(0), None]);
        assert_eq!(kept.encode(&[2]).row(0).collect::<Vec<_>>(), [(1, 1.0)]);
    }
}
