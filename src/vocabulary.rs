//! The vocabulary of a model: which feature has which column, and how a sentence is encoded as a
//! sparse row.

use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::features::{self, Key, Scaling, View, normalise, sum_amounts};
use crate::le_array::LeArray;
use crate::text::Span;

/// The features that have a column, sorted by key. The arrays are used as the model's file stores them,
/// so that a model is ready as soon as its bytes are there.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    arrays: ColumnArrays,
    /// The template of each block, as an index in [`features::TEMPLATES`]. Every model of a chain of
    /// bases adds a block for each template.
    block_templates: Vec<usize>,
    /// A bit for each value of the first [`FILTER_BITS`] bits of a key: set where a column's key begins
    /// so. Most extracted features have no column, and this small filter rejects nearly all of them.
    key_filter: Vec<u64>,
    /// For each word of the filter, the first column whose key has its bit there.
    first_columns: Vec<u32>,
}

/// A vocabulary as a model's file stores it: one entry per column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnArrays {
    /// The [`Key`]s of the names, rising.
    pub keys: LeArray<u64>,
    /// Inverse document frequency; 1 where the template does not use it.
    pub idf: LeArray<f32>,
    /// The block of each column: an index in the vocabulary's block templates.
    pub blocks: LeArray<u8>,
    /// The names, concatenated, in UTF-8.
    pub names: Cow<'static, [u8]>,
    /// Where each name ends.
    pub name_ends: LeArray<u32>,
}

/// A feature that gets a column: name, idf, block.
type NewFeature = (String, f32, u8);

impl ColumnArrays {
    /// Sorts features by key; gives the arrays, and for each column the index of its feature.
    fn sorted(features: &[NewFeature]) -> Result<(Self, Vec<usize>), String> {
        let mut order: Vec<usize> = (0..features.len()).collect();
        order.sort_by_cached_key(|&at| Key::of_name(&features[at].0));
        let sorted = || order.iter().map(|&at| &features[at]);
        let mut names = Vec::new();
        let mut append = |(name, ..): &NewFeature| {
            names.extend_from_slice(name.as_bytes());
            u32::try_from(names.len()).map_err(|_| "names of more than 4 GiB".to_string())
        };
        let name_ends = sorted().map(&mut append).collect::<Result<Vec<u32>, _>>()?;
        let arrays = ColumnArrays {
            keys: sorted().map(|(name, ..)| Key::of_name(name).0).collect(),
            idf: sorted().map(|&(_, idf, _)| idf).collect(),
            blocks: sorted().map(|&(_, _, block)| block).collect(),
            names: names.into(),
            name_ends: name_ends.into_iter().collect(),
        };
        Ok((arrays, order))
    }
}

/// A feature's column and what its values are scaled with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnInfo {
    /// The column.
    pub column: usize,
    /// Inverse document frequency.
    pub idf: f32,
    /// The block that the value is normalised with: see [`normalise`].
    pub block: u8,
}

/// A row with the places of each feature in the sentence.
pub type RowWithSpans = Vec<(u32, f32, Vec<Span>)>;

/// Number of leading bits of a key that the filter looks at.
const FILTER_BITS: u32 = 21;
/// Number of 64-bit words of the filter.
const N_FILTER_WORDS: usize = 1 << (FILTER_BITS - u64::BITS.ilog2());

impl Vocabulary {
    /// The vocabulary of features, given by name and idf; and for each column the index of its feature.
    ///
    /// # Errors
    /// Refuses two names with one key, and a name without a template.
    pub fn of(features: &[(String, f32)]) -> Result<(Self, Vec<usize>), String> {
        let empty = Vocabulary::unchecked(ColumnArrays::sorted(&[])?.0, Vec::new());
        empty.extended_with(features)
    }

    /// This vocabulary and more features, given by name and idf; and for each column the index of its
    /// feature, counted over the old columns and then the new features. The new features have blocks of
    /// their own, so that the values of old ones do not change.
    ///
    /// # Errors
    /// Refuses two names with one key, a name without a template, and too long a chain of bases.
    pub fn extended_with(&self, features: &[(String, f32)]) -> Result<(Self, Vec<usize>), String> {
        let ColumnArrays { idf, blocks, .. } = &self.arrays;
        let old = (0..self.len())
            .map(|column| (self.name(column).into_owned(), idf.get(column), blocks.get(column)));
        let new = features.iter().map(|(name, idf)| {
            let (template, _) = features::split_name(name);
            let index = features::template_index(template);
            let index = index.ok_or_else(|| format!("unknown kind of feature `{template}`"))?;
            let block = u8::try_from(self.n_blocks() + index);
            let block = block.map_err(|_| "too long a chain of bases; train a new base")?;
            Ok((name.clone(), *idf, block))
        });
        let all: Vec<NewFeature> = old.map(Ok).chain(new).collect::<Result<_, String>>()?;
        let (arrays, order) = ColumnArrays::sorted(&all)?;
        // Templates at the end without a feature need no block, and are not extracted.
        let used = all.iter().map(|(.., block)| usize::from(*block) + 1);
        let new_blocks = 0..used.max().unwrap_or(0).saturating_sub(self.n_blocks());
        let block_templates = self.block_templates.iter().copied().chain(new_blocks).collect();
        let vocabulary = Vocabulary::unchecked(arrays, block_templates);
        vocabulary.check()?;
        Ok((vocabulary, order))
    }

    /// A vocabulary as a model's file stores it, with the template of each block as an index in
    /// [`features::TEMPLATES`]. Trusts the arrays: see [`Vocabulary::check`].
    pub(crate) fn unchecked(arrays: ColumnArrays, block_templates: Vec<usize>) -> Self {
        let (mut key_filter, mut first_columns) =
            (vec![0; N_FILTER_WORDS], vec![0; N_FILTER_WORDS]);
        for key in arrays.keys.iter().map(Key) {
            let (word, bit) = filter_bit(key);
            key_filter[word] |= bit;
            if let Some(next) = first_columns.get_mut(word + 1) {
                *next += 1;
            }
        }
        (1..N_FILTER_WORDS).for_each(|word| first_columns[word] += first_columns[word - 1]);
        Vocabulary { arrays, block_templates, key_filter, first_columns }
    }

    /// Checks that the arrays agree with each other.
    ///
    /// # Errors
    /// Says which name, key or number does not.
    pub(crate) fn check(&self) -> Result<(), String> {
        let ColumnArrays { keys, idf, blocks, names, name_ends } = &self.arrays;
        let n = keys.len();
        let lengths = [("idf", idf.len()), ("part", blocks.len()), ("name", name_ends.len())];
        for (array, length) in lengths {
            if length != n {
                return Err(format!("{n} keys, but a list `{array}` of {length}"));
            }
        }
        let mut start = 0;
        for column in 0..n {
            let end = name_ends.get(column) as usize;
            let bytes = names.get(start..end).ok_or("names end before they begin, or too late")?;
            let name = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
            start = end;
            let key = keys.get(column);
            if Key::of_name(name) != Key(key) {
                return Err(format!("`{name}` does not have the key {key:016x}"));
            }
            if column > 0 && keys.get(column - 1) >= key {
                return Err(format!("`{name}` is out of order, or has the key of another"));
            }
            let (expected, _) = features::split_name(name);
            let found = self.block_templates.get(usize::from(blocks.get(column)));
            if found.is_none_or(|&index| features::TEMPLATES[index].name != expected) {
                return Err(format!("`{name}` is listed under another kind of feature"));
            }
            let idf = idf.get(column);
            if !(idf.is_finite() && idf > 0.0) {
                return Err(format!("idf of `{name}` is {idf}, expected a positive number"));
            }
        }
        Ok(())
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.arrays.keys.len()
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.arrays.keys.is_empty()
    }

    /// The arrays that a model's file stores.
    pub fn arrays(&self) -> &ColumnArrays {
        &self.arrays
    }

    /// The name of each block's template.
    pub fn block_template_names(&self) -> impl Iterator<Item = &'static str> {
        self.block_templates.iter().map(|&index| features::TEMPLATES[index].name)
    }

    /// The name of a column's feature.
    ///
    /// # Panics
    /// Where there is no such column: a defect of the caller.
    pub fn name(&self, column: usize) -> Cow<'_, str> {
        let end = |column: usize| self.arrays.name_ends.get(column) as usize;
        let start = column.checked_sub(1).map_or(0, end);
        String::from_utf8_lossy(&self.arrays.names[start..end(column)])
    }

    /// Whether a feature may have a column. As in a Bloom filter, `false` is certain and `true` is not.
    #[inline]
    pub(crate) fn may_contain(&self, key: Key) -> bool {
        let (word, bit) = filter_bit(key);
        self.key_filter[word] & bit != 0
    }

    /// A column at or before that of a feature which [may have one](Self::may_contain).
    #[inline]
    pub(crate) fn first_candidate(&self, key: Key) -> usize {
        let (word, bit) = filter_bit(key);
        // Columns are sorted by key, and each lower bit that is set has at least one.
        (self.first_columns[word] + (self.key_filter[word] & (bit - 1)).count_ones()) as usize
    }

    /// The column of a feature.
    pub(crate) fn column(&self, key: Key) -> Option<u32> {
        let mut column = self.may_contain(key).then(|| self.first_candidate(key))?;
        while column < self.len() {
            match self.arrays.keys.get(column).cmp(&key.0) {
                Ordering::Less => column += 1,
                Ordering::Equal => return u32::try_from(column).ok(),
                Ordering::Greater => return None,
            }
        }
        None
    }

    /// The column of a feature with its idf and block.
    pub fn find(&self, key: Key) -> Option<ColumnInfo> {
        self.column(key).map(|column| self.info(column))
    }

    /// Every feature's key with its column, idf and block, by column.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Key, ColumnInfo)> {
        let numbers = self.arrays.idf.iter().zip(self.arrays.blocks.iter());
        let columns =
            (0..).zip(numbers).map(|(column, (idf, block))| ColumnInfo { column, idf, block });
        self.arrays.keys.iter().map(Key).zip(columns)
    }

    fn info(&self, column: u32) -> ColumnInfo {
        let column = column as usize;
        let (idf, block) = (self.arrays.idf.get(column), self.arrays.blocks.get(column));
        ColumnInfo { column, idf, block }
    }

    /// How amounts in a block become values.
    pub(crate) fn scaling(&self, block: usize) -> Scaling {
        features::TEMPLATES[self.block_templates[block]].scaling
    }

    /// Whether a block has features of a template, given as an index in [`features::TEMPLATES`].
    pub(crate) fn uses_template(&self, index: usize) -> bool {
        self.block_templates.contains(&index)
    }

    /// Number of blocks: see [`normalise`].
    pub fn n_blocks(&self) -> usize {
        self.block_templates.len()
    }

    /// The row of a sentence: rising columns with their values. Drops features that have no column.
    pub fn encode(&self, view: &View<'_>) -> Vec<(u32, f32)> {
        let mut row = Vec::with_capacity(4 * view.terms.len());
        self.for_each_observation(view, |column, amount, _| row.push((column, amount)));
        sum_amounts(&mut row);
        for (column, amount) in &mut row {
            let ColumnInfo { idf, block, .. } = self.info(*column);
            *amount = self.scaling(usize::from(block)).value(*amount, idf);
        }
        let block = |column: u32| usize::from(self.arrays.blocks.get(column as usize));
        normalise(&mut row, self.n_blocks(), block);
        row
    }

    /// The row of a sentence with the places of each feature.
    pub fn encode_with_spans(&self, view: &View<'_>) -> RowWithSpans {
        let mut spans: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        self.for_each_observation(view, |column, _, span| {
            spans.entry(column).or_default().push(span);
        });
        self.encode(view)
            .into_iter()
            .map(|(column, value)| (column, value, spans.remove(&column).unwrap_or_default()))
            .collect()
    }

    /// Calls `visit` with the column, amount and place of each feature that has a column.
    fn for_each_observation(&self, view: &View<'_>, mut visit: impl FnMut(u32, f32, Span)) {
        features::extract(
            view,
            |index| self.uses_template(index),
            |index, observation| {
                let key = Key::of(features::TEMPLATES[index].name, observation.parts);
                if let Some(column) = self.column(key) {
                    visit(column, observation.amount, observation.span.clone());
                }
            },
        );
    }
}

/// The word of the filter that a key's first bits belong to, and their bit in it.
#[inline]
fn filter_bit(key: Key) -> (usize, u64) {
    let first = key.0 >> (u64::BITS - FILTER_BITS);
    ((first / u64::from(u64::BITS)) as usize, 1 << (first % u64::from(u64::BITS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let features = [("pair=plan fail", 2.0), ("word=plan", 1.0), ("word=fail", 1.5)];
        Vocabulary::of(&features.map(|(name, idf)| (name.to_string(), idf))).unwrap().0
    }

    #[test]
    fn every_feature_has_a_column_with_its_name() {
        let vocabulary = vocabulary();
        let mut names: Vec<_> = (0..3).map(|column| vocabulary.name(column).into_owned()).collect();
        for (column, name) in (0..).zip(&names) {
            assert_eq!(vocabulary.column(Key::of_name(name)), Some(column));
        }
        names.sort();
        assert_eq!(names, ["pair=plan fail", "word=fail", "word=plan"]);
        assert_eq!(vocabulary.column(Key::of_name("word=fails")), None);
    }

    #[test]
    fn values_are_those_worked_by_hand() {
        let vocabulary = vocabulary();
        let row = vocabulary.encode(&View::new("Plans of plans failed", &[]));
        let value = |name: &str| {
            let column = vocabulary.column(Key::of_name(name)).unwrap();
            row.iter().find(|(at, _)| *at == column).map(|&(_, value)| value)
        };
        // word=plan stands twice: 1 + ln 2 = 1.693147, times its idf of 1; word=fail is 1 · 1.5.
        let length = (1.693_147_f32.powi(2) + 1.5_f32.powi(2)).sqrt();
        assert!((value("word=plan").unwrap() - 1.693_147 / length).abs() < 1e-6);
        assert!((value("word=fail").unwrap() - 1.5 / length).abs() < 1e-6);
        // Alone in its block, a feature has the value 1.
        assert_eq!(value("pair=plan fail"), Some(1.0));
    }

    #[test]
    fn places_are_those_of_the_printed_words() {
        let vocabulary = vocabulary();
        let placed = vocabulary.encode_with_spans(&View::new("plan, plan", &[]));
        let (column, _, places) = &placed[0];
        assert_eq!(vocabulary.name(*column as usize), "word=plan");
        assert_eq!(places, &[0..4, 6..10]);
    }

    #[track_caller]
    fn refused(change: impl Fn(&mut ColumnArrays), reason: &str) {
        let mut arrays = vocabulary().arrays;
        change(&mut arrays);
        let block_templates = (0..features::TEMPLATES.len()).collect();
        let error = Vocabulary::unchecked(arrays, block_templates).check().unwrap_err();
        assert!(error.contains(reason), "{error}");
    }

    #[test]
    fn a_damaged_vocabulary_is_refused() {
        let reversed = |arrays: &ColumnArrays| -> Vec<u64> {
            arrays.keys.iter().collect::<Vec<_>>().into_iter().rev().collect()
        };
        refused(|arrays| arrays.keys = reversed(arrays).into_iter().collect(), "have the key");
        refused(|arrays| arrays.idf = [1.0].into_iter().collect(), "a list `idf` of 1");
        refused(|arrays| arrays.idf = [f32::NAN; 3].into_iter().collect(), "a positive number");
        refused(
            |arrays| arrays.blocks = [9, 99, 9].into_iter().collect(),
            "another kind of feature",
        );
        refused(|arrays| arrays.names.to_mut().truncate(5), "too late");
        refused(|arrays| arrays.names.to_mut()[0] = 0xff, "utf-8");
        let twice = ["word=a", "word=a"].map(|name| (name.to_string(), 1.0));
        assert!(Vocabulary::of(&twice).unwrap_err().contains("out of order"));
        let strange = [("wort=a".to_string(), 1.0)];
        assert!(Vocabulary::of(&strange).unwrap_err().contains("`wort`"));
    }
}
