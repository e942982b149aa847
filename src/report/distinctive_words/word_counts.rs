//! How often words are used, by outlet.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::log_odds::Usage;
use crate::report::stored::{Damaged, Source, Stored, check, stored};
use crate::text::words::dictionary_words;

/// The words of a corpus, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct WordIds {
    ids: FxHashMap<Arc<str>, u32>,
    words: Vec<WordEntry>,
}

/// Words are written in the order of their ids, which count on from 0.
impl Stored for WordIds {
    fn write(&self, out: &mut Vec<u8>) {
        self.words.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let words: Vec<WordEntry> = Stored::read(from)?;
        let mut ids = WordIds::default();
        let n = words.len();
        words.into_iter().for_each(|entry| {
            ids.insert(entry);
        });
        check(ids.ids.len() == n, "impossible WordIds")?;
        Ok(ids)
    }
}

#[derive(Debug)]
struct WordEntry {
    word: Arc<str>,
    /// How often it is written small within a body.
    small: u32,
    /// How often it has a capital there, but for the first word of a sentence.
    capital: u32,
}

stored!(WordEntry { word, small, capital });

/// How often one outlet uses each word.
///
/// Most words stand in one article only, and every outlet has its own: a list takes half the memory
/// of a map.
#[derive(Debug, Default, Clone)]
pub(super) struct WordCounts {
    /// By rising id of the word, each once.
    sorted: Vec<WordCount>,
    /// Of the latest articles, in no order.
    unsorted: Vec<WordCount>,
    /// All words.
    pub(super) total: u64,
    pub(super) articles: u64,
    /// The summed squares of the articles' lengths.
    squares: u64,
}

/// The total is the sum of the counts.
impl Stored for WordCounts {
    fn write(&self, out: &mut Vec<u8>) {
        let mut all = self.clone();
        all.sorted().to_vec().write(out);
        self.articles.write(out);
        self.squares.write(out);
        self.total.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let unsorted: Vec<WordCount> = Stored::read(from)?;
        let mut counts = WordCounts {
            unsorted,
            articles: Stored::read(from)?,
            squares: Stored::read(from)?,
            total: Stored::read(from)?,
            sorted: Vec::new(),
        };
        counts.sort();
        let times = counts.sorted.iter().map(|count| u64::from(count.times)).sum::<u64>();
        check(times <= counts.total, "impossible WordCounts")?;
        Ok(counts)
    }
}

/// The counts of one word.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct WordCount {
    /// The word's id.
    pub(super) word: u32,
    pub(super) times: u32,
    pub(super) articles: u32,
    /// Over articles: the summed squares of its counts, and of these times the article's length.
    squares: u64,
    with_length: u64,
}

stored!(WordCount { word, times, articles, squares, with_length });

/// Counts are sorted when this number, or a quarter of those sorted already, are unsorted.
const MAX_UNSORTED: usize = 4096;

impl WordIds {
    /// The ids of a sentence's words, in order. Capitals in headlines are no sign of names.
    pub(super) fn ids(&mut self, text: &str, is_headline: bool, ids: &mut Vec<u32>) {
        for (index, (word, has_capital)) in dictionary_words(text).enumerate() {
            let id = self.ids.get(word.as_str()).copied();
            let id = id.unwrap_or_else(|| self.insert(WordEntry::new(word.into())));
            if let Some(entry) = self.words.get_mut(id as usize).filter(|_| !is_headline) {
                entry.small += u32::from(!has_capital);
                entry.capital += u32::from(has_capital && index > 0);
            }
            ids.push(id);
        }
    }

    /// Takes in other words, and gives the id here of each id there.
    pub(super) fn merge(&mut self, later: WordIds) -> Vec<u32> {
        let id_here = |theirs: WordEntry| match self.ids.get(&theirs.word).copied() {
            Some(id) => {
                let mine = &mut self.words[id as usize];
                mine.small = mine.small.saturating_add(theirs.small);
                mine.capital = mine.capital.saturating_add(theirs.capital);
                id
            }
            None => self.insert(theirs),
        };
        later.words.into_iter().map(id_here).collect()
    }

    fn insert(&mut self, entry: WordEntry) -> u32 {
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.ids.insert(Arc::clone(&entry.word), id);
        self.words.push(entry);
        id
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word of an id.
    pub(super) fn word(&self, id: u32) -> &str {
        self.words.get(id as usize).map_or("", |entry| &entry.word)
    }

    /// Whether it mostly has a capital where other words have none.
    pub(super) fn is_name(&self, id: u32) -> bool {
        self.words.get(id as usize).is_some_and(|entry| entry.capital > entry.small)
    }
}

impl WordEntry {
    fn new(word: Arc<str>) -> Self {
        WordEntry { word, small: 0, capital: 0 }
    }
}

impl WordCounts {
    /// Counts the words of one article, given their ids.
    pub(super) fn add(&mut self, mut article: Vec<u32>) {
        article.sort_unstable();
        let length = article.len() as u64;
        self.total += length;
        self.articles += 1;
        self.squares += length * length;
        for run in article.chunk_by(|a, b| a == b) {
            let times = run.len() as u64;
            self.unsorted.push(WordCount {
                word: run[0],
                times: u32::try_from(times).unwrap_or(u32::MAX),
                articles: 1,
                squares: times * times,
                with_length: times * length,
            });
        }
        if self.unsorted.len() > MAX_UNSORTED.max(self.sorted.len() / 4) {
            self.sort();
        }
    }

    /// Sorts all counts.
    fn sort(&mut self) {
        self.unsorted.sort_unstable_by_key(|count| count.word);
        self.sorted.reserve_exact(self.unsorted.len());
        self.sorted.append(&mut self.unsorted);
        // Two rising runs, which a stable sort merges.
        self.sorted.sort_by_key(|count| count.word);
        self.sorted.dedup_by(|next, kept| {
            let is_same = next.word == kept.word;
            if is_same {
                kept.add(next);
            }
            is_same
        });
    }

    /// Counts the words that others have counted, of which `id_here` gives the ids here.
    pub(super) fn merge(&mut self, other: &WordCounts, id_here: impl Fn(u32) -> u32) {
        self.total += other.total;
        self.articles += other.articles;
        self.squares += other.squares;
        let counts = other.sorted.iter().chain(&other.unsorted);
        self.unsorted.extend(counts.map(|count| WordCount { word: id_here(count.word), ..*count }));
        self.sort();
    }

    /// Whether all its words have ids below `n`.
    pub(super) fn is_below(&self, n: usize) -> bool {
        self.sorted.last().is_none_or(|last| (last.word as usize) < n)
    }

    /// All counts, by rising id of the word.
    pub(super) fn sorted(&mut self) -> &[WordCount] {
        self.sort();
        &self.sorted
    }

    /// How a word is used; the counts must be sorted.
    pub(super) fn usage(&self, word: u32) -> Usage {
        let found = self.sorted.binary_search_by_key(&word, |count| count.word);
        let count = found.map(|index| self.sorted[index]).unwrap_or_default();
        Usage {
            times: f64::from(count.times),
            of: self.total as f64,
            articles: self.articles as f64,
            squares: count.squares as f64,
            with_length: count.with_length as f64,
            length_squares: self.squares as f64,
        }
    }
}

impl WordCount {
    fn add(&mut self, other: &WordCount) {
        self.times = self.times.saturating_add(other.times);
        self.articles = self.articles.saturating_add(other.articles);
        self.squares += other.squares;
        self.with_length += other.with_length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_the_same_however_often_they_are_sorted() {
        let articles: Vec<Vec<u32>> =
            (0..40_u32).map(|n| (0..200).map(|at| (at * n) % 151).collect()).collect();
        let (mut once, mut often) = (WordCounts::default(), WordCounts::default());
        for article in &articles {
            once.add(article.clone());
            often.add(article.clone());
            often.sort();
        }
        once.sort();
        for word in 0..151 {
            let times: usize = articles.iter().flatten().filter(|&&other| other == word).count();
            assert!((once.usage(word).times - times as f64).abs() < 1e-9);
            assert_eq!(format!("{:?}", once.usage(word)), format!("{:?}", often.usage(word)));
        }
    }
}
