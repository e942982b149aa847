//! The only place where what a sentence shows becomes columns of a model.

use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::features::{self, Key, Scaling, View, normalise, sum_amounts};
use crate::le_array::LeArray;
use crate::text::Span;

/// The features that have a column, in the order of their keys. Lists stay as the model's file holds
/// them, so that a model is ready as soon as its bytes are there.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    lists: Lists,
    /// The part of each block, as a place in [`features::TEMPLATES`], in the lists' order. A part has a
    /// block of its own in every model of a chain of bases.
    parts: Vec<usize>,
    /// Which first bits the keys have: a bit of their own each, 64 to a number. Most features that
    /// are noted have no column, and small as this is it tells so nearly always.
    marks: Vec<u64>,
    /// For each number of marks, where the columns begin whose keys it marks.
    starts: Vec<u32>,
}

/// A vocabulary as a model's file holds it: one entry per column.
#[derive(Debug, Clone, PartialEq)]
pub struct Lists {
    /// The [`Key`]s of the names, rising.
    pub keys: LeArray<u64>,
    /// How much each counts for being rare; 1 where its part does not ask.
    pub idf: LeArray<f32>,
    /// The block of each one: the place of its part among the names of the parts.
    pub parts: LeArray<u8>,
    /// The names, one after the other, in UTF-8.
    pub names: Cow<'static, [u8]>,
    /// Where each name ends.
    pub name_ends: LeArray<u32>,
}

/// A feature of a vocabulary to be: name, idf, block.
type Entry = (String, f32, u8);

impl Lists {
    /// The lists of features, and which of them each column is.
    fn sorted(entries: &[Entry]) -> Result<(Self, Vec<usize>), String> {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_cached_key(|&at| Key::of_name(&entries[at].0));
        let sorted = || order.iter().map(|&at| &entries[at]);
        let mut names = Vec::new();
        let mut append = |(name, ..): &Entry| {
            names.extend_from_slice(name.as_bytes());
            u32::try_from(names.len()).map_err(|_| "names of more than 4 GiB".to_string())
        };
        let name_ends = sorted().map(&mut append).collect::<Result<Vec<u32>, _>>()?;
        let lists = Lists {
            keys: sorted().map(|(name, ..)| Key::of_name(name).0).collect(),
            idf: sorted().map(|&(_, idf, _)| idf).collect(),
            parts: sorted().map(|&(_, _, block)| block).collect(),
            names: names.into(),
            name_ends: name_ends.into_iter().collect(),
        };
        Ok((lists, order))
    }
}

/// What a vocabulary knows of a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Its column.
    pub column: usize,
    /// How much it counts for being rare.
    pub idf: f32,
    /// With what its value is normalised: see [`normalise`].
    pub block: u8,
}

/// A row with the places where each of its features was seen.
pub type PlacedRow = Vec<(u32, f32, Vec<Span>)>;

/// Number of leading bits of a key that the filter of known keys looks at.
const MARKED_BITS: u32 = 21;
/// Number of 64-bit words of the filter.
const N_MARKS: usize = 1 << (MARKED_BITS - u64::BITS.ilog2());

impl Vocabulary {
    /// The vocabulary of features, given with their idf, and which of them each column is.
    ///
    /// # Errors
    /// Two names with one key, and a name of no part.
    pub fn of(features: &[(String, f32)]) -> Result<(Self, Vec<usize>), String> {
        let nothing = Vocabulary::trusted(Lists::sorted(&[])?.0, Vec::new());
        nothing.followed_by(features)
    }

    /// The vocabulary of all that this one has, as it is, and then of more features, given with
    /// their idf; and which in this sequence each column is. The more are in blocks of their own, so
    /// that what was there keeps its values.
    ///
    /// # Errors
    /// Two names with one key, a name of no part, and too long a chain of bases.
    pub fn followed_by(&self, features: &[(String, f32)]) -> Result<(Self, Vec<usize>), String> {
        let Lists { idf, parts, .. } = &self.lists;
        let known = (0..self.len())
            .map(|column| (self.name(column).into_owned(), idf.get(column), parts.get(column)));
        let more = features.iter().map(|(name, idf)| {
            let (part, _) = features::split_name(name);
            let place = features::TEMPLATES.iter().position(|known| known.name == part);
            let place = place.ok_or_else(|| format!("unknown kind of feature `{part}`"))?;
            let block = u8::try_from(self.parts.len() + place);
            let block = block.map_err(|_| "too long a chain of bases; train a new base")?;
            Ok((name.clone(), *idf, block))
        });
        let entries: Vec<Entry> = known.map(Ok).chain(more).collect::<Result<_, String>>()?;
        let (lists, order) = Lists::sorted(&entries)?;
        let parts = self.parts.iter().copied().chain(0..features::TEMPLATES.len()).collect();
        let vocabulary = Vocabulary::trusted(lists, parts);
        vocabulary.check()?;
        Ok((vocabulary, order))
    }

    /// A vocabulary as a model's file holds it. `parts` are those that the lists speak of, as places
    /// in [`features::TEMPLATES`]. What the lists say is believed: see [`Vocabulary::check`].
    pub(crate) fn trusted(lists: Lists, parts: Vec<usize>) -> Self {
        let (mut marks, mut starts) = (vec![0; N_MARKS], vec![0; N_MARKS]);
        for key in lists.keys.iter().map(Key) {
            let (number, mark) = place(key);
            marks[number] |= mark;
            if let Some(next) = starts.get_mut(number + 1) {
                *next += 1;
            }
        }
        (1..N_MARKS).for_each(|at| starts[at] += starts[at - 1]);
        Vocabulary { lists, parts, marks, starts }
    }

    /// Says what in the lists contradicts itself.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Lists { keys, idf, parts, names, name_ends } = &self.lists;
        let n = keys.len();
        for (what, found) in [("idf", idf.len()), ("part", parts.len()), ("name", name_ends.len())]
        {
            if found != n {
                return Err(format!("{n} keys, but a list `{what}` of {found}"));
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
            let (wanted, _) = features::split_name(name);
            let part = self.parts.get(usize::from(parts.get(column)));
            if part.is_none_or(|&part| features::TEMPLATES[part].name != wanted) {
                return Err(format!("`{name}` is listed under another kind of feature"));
            }
            let idf = idf.get(column);
            if !(idf.is_finite() && idf > 0.0) {
                return Err(format!("idf of `{name}` is {idf}, expected a positive number"));
            }
        }
        Ok(())
    }

    /// How many columns.
    pub fn len(&self) -> usize {
        self.lists.keys.len()
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.lists.keys.is_empty()
    }

    /// As a model's file holds it.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The part of each block, by name.
    pub fn part_names(&self) -> impl Iterator<Item = &'static str> {
        self.parts.iter().map(|&part| features::TEMPLATES[part].name)
    }

    /// The name of a column.
    ///
    /// # Panics
    /// Where there is no such column: a defect of the caller.
    pub fn name(&self, column: usize) -> Cow<'_, str> {
        let end = |column: usize| self.lists.name_ends.get(column) as usize;
        let start = column.checked_sub(1).map_or(0, end);
        String::from_utf8_lossy(&self.lists.names[start..end(column)])
    }

    /// Whether a feature may have a column: no is certain.
    #[inline]
    pub(crate) fn may_have(&self, key: Key) -> bool {
        let (number, mark) = place(key);
        self.marks[number] & mark != 0
    }

    /// The first column that can be that of a feature which may have one.
    #[inline]
    pub(crate) fn first_column(&self, key: Key) -> usize {
        let (number, mark) = place(key);
        // At least one column for each lower mark; keys rise.
        (self.starts[number] + (self.marks[number] & (mark - 1)).count_ones()) as usize
    }

    /// The column of a feature.
    pub(crate) fn column(&self, key: Key) -> Option<u32> {
        let mut column = self.may_have(key).then(|| self.first_column(key))?;
        while column < self.len() {
            match self.lists.keys.get(column).cmp(&key.0) {
                Ordering::Less => column += 1,
                Ordering::Equal => return u32::try_from(column).ok(),
                Ordering::Greater => return None,
            }
        }
        None
    }

    /// What is known of a feature that has a column.
    pub fn entry(&self, key: Key) -> Option<Known> {
        self.column(key).map(|column| self.known(column))
    }

    /// The key of every feature and what is known of it, column by column.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Key, Known)> {
        let numbers = self.lists.idf.iter().zip(self.lists.parts.iter());
        let known = (0..).zip(numbers).map(|(column, (idf, block))| Known { column, idf, block });
        self.lists.keys.iter().map(Key).zip(known)
    }

    /// What is known of the feature of a column.
    fn known(&self, column: u32) -> Known {
        let column = column as usize;
        Known { column, idf: self.lists.idf.get(column), block: self.lists.parts.get(column) }
    }

    /// How the amounts of a block become values.
    pub(crate) fn scaling(&self, block: usize) -> Scaling {
        features::TEMPLATES[self.parts[block]].scaling
    }

    /// Whether a part, given as its place in [`features::TEMPLATES`], is to be asked.
    pub(crate) fn asks(&self, part: usize) -> bool {
        self.parts.contains(&part)
    }

    /// How many blocks there are: see [`normalise`].
    pub fn n_blocks(&self) -> usize {
        self.parts.len()
    }

    fn block(&self, column: u32) -> usize {
        usize::from(self.lists.parts.get(column as usize))
    }

    /// The row of a sentence: rising columns with their values. What has no column is dropped, here
    /// and only here.
    pub fn encode(&self, view: &View<'_>) -> Vec<(u32, f32)> {
        let mut row = Vec::with_capacity(4 * view.terms.len());
        self.for_each_seen(view, |column, amount, _| row.push((column, amount)));
        sum_amounts(&mut row);
        for (column, amount) in &mut row {
            let known = self.known(*column);
            *amount = self.scaling(usize::from(known.block)).value(*amount, known.idf);
        }
        normalise(&mut row, self.n_blocks(), |column| self.block(column));
        row
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
        features::extract(
            view,
            |part| self.asks(part),
            |part, seen| {
                let key = Key::of(features::TEMPLATES[part].name, seen.parts);
                if let Some(column) = self.column(key) {
                    tell(column, seen.amount, seen.place.clone());
                }
            },
        );
    }
}

/// Where the first bits of a key are marked: the number, and the bit in it.
#[inline]
fn place(key: Key) -> (usize, u64) {
    let first = key.0 >> (u64::BITS - MARKED_BITS);
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
        // Alone in its part, a feature has the value 1.
        assert_eq!(value("pair=plan fail"), Some(1.0));
    }

    #[test]
    fn places_are_those_of_the_printed_words() {
        let vocabulary = vocabulary();
        let placed = vocabulary.encode_with_places(&View::new("plan, plan", &[]));
        let (column, _, places) = &placed[0];
        assert_eq!(vocabulary.name(*column as usize), "word=plan");
        assert_eq!(places, &[0..4, 6..10]);
    }

    #[track_caller]
    fn refused(change: impl Fn(&mut Lists), reason: &str) {
        let mut lists = vocabulary().lists;
        change(&mut lists);
        let parts = (0..features::TEMPLATES.len()).collect();
        let error = Vocabulary::trusted(lists, parts).check().unwrap_err();
        assert!(error.contains(reason), "{error}");
    }

    #[test]
    fn a_damaged_vocabulary_is_refused() {
        let reversed = |lists: &Lists| -> Vec<u64> {
            lists.keys.iter().collect::<Vec<_>>().into_iter().rev().collect()
        };
        refused(|lists| lists.keys = reversed(lists).into_iter().collect(), "have the key");
        refused(|lists| lists.idf = [1.0].into_iter().collect(), "a list `idf` of 1");
        refused(|lists| lists.idf = [f32::NAN; 3].into_iter().collect(), "a positive number");
        refused(|lists| lists.parts = [9, 99, 9].into_iter().collect(), "another kind of feature");
        refused(|lists| lists.names.to_mut().truncate(5), "too late");
        refused(|lists| lists.names.to_mut()[0] = 0xff, "utf-8");
        let twice = ["word=a", "word=a"].map(|name| (name.to_string(), 1.0));
        assert!(Vocabulary::of(&twice).unwrap_err().contains("out of order"));
        let strange = [("wort=a".to_string(), 1.0)];
        assert!(Vocabulary::of(&strange).unwrap_err().contains("`wort`"));
    }
}
