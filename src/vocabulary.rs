//! The only place where names become columns.

use rustc_hash::FxHashMap;

use crate::features::{self, Amount, Feature, Key, View};
use crate::sparse::Csr;
use crate::text::Span;

/// The features that have a column, in byte order of their names.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    names: Vec<String>,
    /// How much each counts for being rare; 1 where its part does not ask.
    idf: Vec<f32>,
    /// The part of each column.
    parts: Vec<&'static dyn Feature>,
    /// The parts that have a column, each once.
    used: Vec<&'static dyn Feature>,
    columns: FxHashMap<Key, u32>,
}

/// A row with the places where each of its features was seen.
pub type PlacedRow = Vec<(u32, f32, Vec<Span>)>;

impl Vocabulary {
    /// A vocabulary from its parts, as a model file holds them.
    ///
    /// # Errors
    /// Says what is wrong: names out of order or twice, an unknown part, an idf that is not a
    /// positive number.
    pub fn new(names: Vec<String>, idf: Vec<f32>) -> Result<Self, String> {
        if names.len() != idf.len() {
            return Err(format!("{} names but {} idf values", names.len(), idf.len()));
        }
        if let Some(at) = (1..names.len()).find(|&at| names[at - 1] >= names[at]) {
            return Err(format!(
                "names are out of order: `{}` before `{}`",
                names[at - 1],
                names[at]
            ));
        }
        if let Some(at) = idf.iter().position(|idf| !(idf.is_finite() && *idf > 0.0)) {
            return Err(format!(
                "idf of `{}` is {}, expected a positive number",
                names[at], idf[at]
            ));
        }
        let parts = names.iter().map(|name| part_of(name)).collect::<Result<Vec<_>, _>>()?;
        let vocabulary = Vocabulary::indexed(names, idf, parts);
        match vocabulary.columns.len() < vocabulary.names.len() {
            true => Err("two names have the same hash".to_string()),
            false => Ok(vocabulary),
        }
    }

    fn indexed(names: Vec<String>, idf: Vec<f32>, parts: Vec<&'static dyn Feature>) -> Self {
        let columns = names.iter().map(|name| Key::of_name(name)).zip(0..).collect();
        let mut used = parts.clone();
        used.dedup_by_key(|part| part.name());
        Vocabulary { names, idf, parts, used, columns }
    }

    /// How many columns.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names, in the order of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The idf of each column.
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    /// Some of the columns, rising.
    fn keep(&self, kept: &[usize]) -> Self {
        let names: Vec<String> = kept.iter().map(|&column| self.names[column].clone()).collect();
        let parts: Vec<_> = kept.iter().map(|&column| self.parts[column]).collect();
        Vocabulary::indexed(names, kept.iter().map(|&column| self.idf[column]).collect(), parts)
    }

    /// The row of a sentence: rising columns with their values. What has no column is dropped, here
    /// and only here.
    pub fn encode(&self, view: &View<'_>) -> Vec<(u32, f32)> {
        let mut row = Vec::with_capacity(4 * view.terms.len());
        self.for_each_seen(view, |column, amount, _| row.push((column, amount)));
        self.finish(row)
    }

    /// The row of a sentence with the places of every feature.
    pub fn encode_with_places(&self, view: &View<'_>) -> PlacedRow {
        let mut places: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        self.for_each_seen(view, |column, _, place| places.entry(column).or_default().push(place));
        self.encode(view)
            .into_iter()
            .map(|(column, value)| (column, value, places.remove(&column).unwrap_or_default()))
            .collect()
    }

    fn for_each_seen(&self, view: &View<'_>, mut tell: impl FnMut(u32, f32, Span)) {
        for part in &self.used {
            part.extract(view, &mut |seen| {
                if let Some(&column) = self.columns.get(&Key::of(part.name(), seen.details)) {
                    tell(column, seen.amount, seen.place);
                }
            });
        }
    }

    /// Sums what was noted of each column and scales it.
    fn finish(&self, row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
        let mut row = summed(row);
        self.scale(&mut row);
        row
    }

    /// Turns summed amounts into values; every part's values get length 1.
    fn scale(&self, row: &mut [(u32, f32)]) {
        for (column, amount) in row.iter_mut() {
            let at = *column as usize;
            *amount = scaled(self.parts[at].scaling().amount, *amount) * self.idf[at];
        }
        let part = |column: u32| self.parts[column as usize].name();
        for block in row.chunk_by_mut(|a, b| part(a.0) == part(b.0)) {
            let length = block.iter().map(|&(_, value)| value * value).sum::<f32>().sqrt();
            if length > 0.0 {
                block.iter_mut().for_each(|(_, value)| *value /= length);
            }
        }
    }
}

/// Adds up what was noted of each feature; ids rise.
fn summed(mut row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    row.sort_by_key(|&(id, _)| id);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    row.shrink_to_fit();
    row
}

fn part_of(name: &str) -> Result<&'static dyn Feature, String> {
    let (wanted, _) = features::split_name(name);
    let part = features::ALL.iter().find(|part| part.name() == wanted);
    part.copied().ok_or_else(|| format!("unknown kind of feature `{wanted}` in `{name}`"))
}

fn scaled(scale: Amount, amount: f32) -> f32 {
    match scale {
        Amount::Sublinear => 1.0 + amount.ln(),
        Amount::Linear => amount,
        Amount::Presence => 1.0,
    }
}

/// Everything noticed in a training set, once, so that every fold can learn a vocabulary of its own
/// from the rows that it may see.
#[derive(Debug, Default)]
pub struct Inventory {
    ids: FxHashMap<Key, u32>,
    names: Vec<String>,
    parts: Vec<&'static dyn Feature>,
    /// Per row, the features seen and their summed amounts, ids rising.
    rows: Vec<Vec<(u32, f32)>>,
}

/// A vocabulary learnt from an inventory, with the way from the one to the other.
#[derive(Debug, Clone)]
pub struct Learnt<'a> {
    /// What was learnt.
    pub vocabulary: Vocabulary,
    inventory: &'a Inventory,
    /// The column of each of the inventory's features.
    columns: Vec<Option<u32>>,
}

impl Inventory {
    /// Notes in a sentence what the parts see, as the next row.
    pub fn add(&mut self, view: &View<'_>, parts: &[&'static dyn Feature]) {
        let mut row = Vec::with_capacity(6 * view.terms.len());
        for &part in parts {
            part.extract(view, &mut |seen| {
                let id = *self.ids.entry(Key::of(part.name(), seen.details)).or_insert_with(|| {
                    self.names.push(features::name(part.name(), seen.details));
                    self.parts.push(part);
                    u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
                });
                row.push((id, seen.amount));
            });
        }
        self.rows.push(summed(row));
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The vocabulary of some of the rows: the features that enough of them hold.
    pub fn learn(&self, rows: &[usize]) -> Learnt<'_> {
        let mut n_rows_with = vec![0_usize; self.names.len()];
        for &(id, _) in rows.iter().flat_map(|&row| &self.rows[row]) {
            n_rows_with[id as usize] += 1;
        }
        let mut kept: Vec<usize> = (0..self.names.len())
            .filter(|&id| n_rows_with[id] >= self.parts[id].scaling().min_rows)
            .collect();
        kept.sort_by(|&a, &b| self.names[a].cmp(&self.names[b]));
        let mut columns = vec![None; self.names.len()];
        kept.iter().zip(0..).for_each(|(&id, column)| columns[id] = Some(column));
        let idf = |&id: &usize| match self.parts[id].scaling().idf {
            true => inverse_document_frequency(rows.len(), n_rows_with[id]),
            false => 1.0,
        };
        let vocabulary = Vocabulary::indexed(
            kept.iter().map(|&id| self.names[id].clone()).collect(),
            kept.iter().map(idf).collect(),
            kept.iter().map(|&id| self.parts[id]).collect(),
        );
        Learnt { vocabulary, inventory: self, columns }
    }
}

/// ln((1 + n) / (1 + df)) + 1.
#[expect(clippy::cast_possible_truncation, reason = "seven digits are kept, in the file too")]
fn inverse_document_frequency(n_rows: usize, n_rows_with: usize) -> f32 {
    (((1 + n_rows) as f64 / (1 + n_rows_with) as f64).ln() + 1.0) as f32
}

impl<'a> Learnt<'a> {
    /// Keeps some of the columns.
    #[must_use]
    pub fn keep(&self, kept: &[usize]) -> Learnt<'a> {
        let mut columns = vec![None; self.columns.len()];
        let mut new_of_old = vec![None; self.vocabulary.len()];
        kept.iter().zip(0..).for_each(|(&old, new)| new_of_old[old] = Some(new));
        for (column, old) in columns.iter_mut().zip(&self.columns) {
            *column = old.and_then(|old| new_of_old[old as usize]);
        }
        Learnt { vocabulary: self.vocabulary.keep(kept), inventory: self.inventory, columns }
    }

    /// Some of the inventory's rows in the vocabulary's columns: the same as encoding their
    /// sentences.
    pub fn encode(&self, rows: &[usize]) -> Csr {
        let mut matrix = Csr::new(self.vocabulary.len());
        for &row in rows {
            let seen = self.inventory.rows[row].iter();
            let known = seen.filter_map(|&(id, amount)| Some((self.columns[id as usize]?, amount)));
            matrix.push(&self.vocabulary.finish(known.collect()));
        }
        matrix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCES: [&str; 3] = ["The plan failed", "The plan failed badly", "A good plan"];

    fn inventory() -> Inventory {
        let mut inventory = Inventory::default();
        let parts: Vec<&'static dyn Feature> = features::ALL
            .iter()
            .copied()
            .filter(|p| ["word", "pair"].contains(&p.name()))
            .collect();
        SENTENCES.iter().for_each(|sentence| inventory.add(&View::new(sentence, &[]), &parts));
        inventory
    }

    #[test]
    fn columns_are_the_features_of_two_rows_in_byte_order() {
        let inventory = inventory();
        let names = inventory.learn(&[0, 1, 2]).vocabulary.names().to_vec();
        assert_eq!(
            names,
            ["pair=plan fail", "pair=the plan", "word=fail", "word=plan", "word=the"]
        );
    }

    #[test]
    fn a_fold_learns_from_its_rows_alone() {
        let inventory = inventory();
        assert_eq!(inventory.learn(&[0, 2]).vocabulary.names(), ["word=plan"]);
    }

    #[test]
    fn values_are_those_worked_by_hand() {
        let inventory = inventory();
        let row = inventory.learn(&[0, 1, 2]).encode(&[2]);
        // Of "A good plan" only `word=plan` has a column, so its part has length 1.
        assert_eq!(row.row(0).collect::<Vec<_>>(), [(3, 1.0)]);
        let idf = inventory.learn(&[0, 1, 2]).vocabulary.idf().to_vec();
        let rare = 1.287_682; // ln(4/3) + 1
        for (found, expected) in idf.iter().zip([rare, rare, rare, 1.0, rare]) {
            assert!((found - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn an_encoded_sentence_equals_its_inventory_row() {
        let inventory = inventory();
        let learnt = inventory.learn(&[0, 1, 2]);
        for (row, sentence) in SENTENCES.iter().enumerate() {
            let encoded = learnt.vocabulary.encode(&View::new(sentence, &[]));
            let encoded: Vec<_> = encoded.into_iter().map(|(c, v)| (c as usize, v)).collect();
            assert_eq!(encoded, learnt.encode(&[row]).row(0).collect::<Vec<_>>());
        }
    }

    #[test]
    fn places_are_those_of_the_printed_words() {
        let inventory = inventory();
        let vocabulary = inventory.learn(&[0, 1, 2]).vocabulary;
        let placed = vocabulary.encode_with_places(&View::new("plan, plan", &[]));
        let (column, _, places) = &placed[0];
        assert_eq!(vocabulary.names()[*column as usize], "word=plan");
        assert_eq!(places, &[0..4, 6..10]);
    }

    #[track_caller]
    fn refused(names: &[&str], idf: &[f32], reason: &str) {
        let names = names.iter().map(ToString::to_string).collect();
        let error = Vocabulary::new(names, idf.to_vec()).unwrap_err();
        assert!(error.contains(reason), "{error}");
    }

    #[test]
    fn a_damaged_vocabulary_is_refused() {
        refused(&["word=b", "word=a"], &[1.0, 1.0], "out of order");
        refused(&["word=a", "word=a"], &[1.0, 1.0], "out of order");
        refused(&["word=a"], &[], "1 names but 0 idf values");
        refused(&["word=a"], &[f32::NAN], "expected a positive number");
        refused(&["wort=a"], &[1.0], "unknown kind of feature `wort`");
    }
}
