//! The words that one outlet uses more than all others together: log-odds with an informative
//! Dirichlet prior (Monroe, Colaresi and Quinn 2008).
//!
//! A word must stand in three articles of the outlet, since words come in bursts. Of the words that
//! pass, those are shown whose z stands out among all that were compared (Benjamini and Hochberg
//! 1995). An outlet with fewer than three articles has words of those articles only; they are
//! described, not tested.

mod log_odds;

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::serialize::rounded;
use crate::inference::multiple_comparisons::{benjamini_hochberg, two_sided};
use crate::text::stop_words::function_words;
use crate::text::words::dictionary_words;
use log_odds::{Prior, Usage, z};

/// α₀: the prior weighs as much as 500 words, but no more than a tenth of all text, or it would
/// drown small corpora.
const PRIOR: f64 = 500.0;

/// Below this z a word is not shown.
const SURE: f64 = 1.96;

/// So much of what is shown may be there by chance.
const FALSE: f64 = 0.05;

/// In so many of an outlet's articles a word must stand to be tested.
const TESTED_ARTICLES: u64 = 3;

/// So many words of an outlet are shown.
const SHOWN: usize = 8;

/// A word that an outlet uses more than the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistinctiveWord {
    /// In lower case.
    pub word: String,
    /// How sure the difference is; 1.96 or more.
    #[serde(serialize_with = "rounded")]
    pub z: f64,
    /// How probable it is there by chance, among all words compared (Benjamini and Hochberg 1995);
    /// none where the outlet has too few articles to tell.
    #[serde(serialize_with = "rounded")]
    pub q: Option<f64>,
    /// How often the outlet's own voice uses it.
    pub count: u64,
    /// In how many of the outlet's articles.
    pub articles: u64,
}

/// The words met so far, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct WordIds {
    numbers: FxHashMap<Arc<str>, u32>,
    words: Vec<WordEntry>,
}

#[derive(Debug)]
struct WordEntry {
    word: Arc<str>,
    /// How often it is written small within a body.
    small: u32,
    /// How often it has a capital there, but for the first word of a sentence.
    capital: u32,
}

/// How often one outlet uses each word.
///
/// Most words stand in one article only, and every outlet has its own: a list takes half the memory
/// of a map.
#[derive(Debug, Default)]
pub(super) struct WordCounts {
    /// By rising number of the word, each once.
    settled: Vec<Count>,
    /// Of the latest articles, in no order.
    fresh: Vec<Count>,
    total: u64,
    articles: u64,
    /// The summed squares of the articles' lengths.
    squares: u64,
}

/// The counts of one word.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    word: u32,
    times: u32,
    articles: u32,
    /// Over articles: the summed squares of its counts, and of these times the article's length.
    squares: u64,
    with_length: u64,
}

/// So many fresh counts, or a quarter of the settled ones, are put in order together.
const FRESH: usize = 4096;

impl WordIds {
    /// The numbers of a sentence's words, in order. In headlines capitals tell nothing of names.
    pub(super) fn read(&mut self, text: &str, is_headline: bool, into: &mut Vec<u32>) {
        for (place, (word, has_capital)) in dictionary_words(text).enumerate() {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let number = self.numbers.get(word.as_str()).copied().unwrap_or_else(|| {
                let word: Arc<str> = word.into();
                self.words.push(WordEntry { word: Arc::clone(&word), small: 0, capital: 0 });
                self.numbers.insert(word, next);
                next
            });
            if let Some(entry) = self.words.get_mut(number as usize).filter(|_| !is_headline) {
                entry.small += u32::from(!has_capital);
                entry.capital += u32::from(has_capital && place > 0);
            }
            into.push(number);
        }
    }

    fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |entry| &entry.word)
    }

    /// Whether it mostly has a capital where other words have none.
    fn is_name(&self, number: u32) -> bool {
        self.words.get(number as usize).is_some_and(|entry| entry.capital > entry.small)
    }
}

impl WordCounts {
    /// Counts the words of one article.
    pub(super) fn add(&mut self, mut article: Vec<u32>) {
        article.sort_unstable();
        let length = article.len() as u64;
        self.total += length;
        self.articles += 1;
        self.squares += length * length;
        for run in article.chunk_by(|a, b| a == b) {
            let times = run.len() as u64;
            self.fresh.push(Count {
                word: run[0],
                times: u32::try_from(times).unwrap_or(u32::MAX),
                articles: 1,
                squares: times * times,
                with_length: times * length,
            });
        }
        if self.fresh.len() > FRESH.max(self.settled.len() / 4) {
            self.settle();
        }
    }

    /// Puts all counts in order, as they are read; to be called when all articles are counted.
    pub(super) fn settle(&mut self) {
        self.fresh.sort_unstable_by_key(|count| count.word);
        self.settled.reserve_exact(self.fresh.len());
        self.settled.append(&mut self.fresh);
        // Two rising runs, which a stable sort merges.
        self.settled.sort_by_key(|count| count.word);
        self.settled.dedup_by(|next, kept| {
            let is_same = next.word == kept.word;
            if is_same {
                kept.add(next);
            }
            is_same
        });
    }

    /// Counts the words of another outlet, which is settled, and settles.
    pub(super) fn merge(&mut self, other: &WordCounts) {
        self.total += other.total;
        self.articles += other.articles;
        self.squares += other.squares;
        self.fresh.extend(&other.settled);
        self.settle();
    }

    /// How a word is used here.
    fn usage(&self, word: u32) -> Usage {
        let found = self.settled.binary_search_by_key(&word, |count| count.word);
        let count = found.map(|at| self.settled[at]).unwrap_or_default();
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

impl Count {
    fn add(&mut self, other: &Count) {
        self.times = self.times.saturating_add(other.times);
        self.articles += other.articles;
        self.squares += other.squares;
        self.with_length += other.with_length;
    }
}

/// Words that are not shown: function words, and those of the names given.
pub(super) fn unshown<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    function_words()
        .map(str::to_owned)
        .chain(names.flat_map(dictionary_words).map(|(word, _)| word))
        .collect()
}

/// The most distinctive words of an outlet against `all` outlets less itself. Where no other outlet
/// wrote anything there is nothing to compare with.
pub(super) fn distinctive(
    ours: &WordCounts,
    all: &WordCounts,
    lexicon: &WordIds,
    unshown: &BTreeSet<String>,
) -> Vec<DistinctiveWord> {
    if ours.total == all.total {
        return Vec::new();
    }
    let is_tested = ours.articles >= TESTED_ARTICLES;
    let is_common = |count: &Count| match is_tested {
        true => u64::from(count.articles) >= TESTED_ARTICLES,
        false => count.articles >= 2 || (ours.articles == 1 && count.times >= 3),
    };
    let is_shown =
        |number: u32| !unshown.contains(lexicon.word(number)) && !lexicon.is_name(number);
    let mut found: Vec<_> = (ours.settled.iter())
        .filter(|count| is_common(count) && is_shown(count.word))
        .map(|count| DistinctiveWord {
            word: lexicon.word(count.word).to_owned(),
            z: word_z(ours, all, count.word),
            q: None,
            count: u64::from(count.times),
            articles: u64::from(count.articles),
        })
        .collect();
    if is_tested {
        let p: Vec<f64> = found.iter().map(|word| two_sided(word.z)).collect();
        found.iter_mut().zip(benjamini_hochberg(&p)).for_each(|(word, q)| word.q = Some(q));
    }
    found.retain(|word| word.z >= SURE && word.q.is_none_or(|q| q <= FALSE));
    found.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.word.cmp(&b.word)));
    found.truncate(SHOWN);
    found
}

fn word_z(ours: &WordCounts, all: &WordCounts, word: u32) -> f64 {
    let (a, everyone) = (ours.usage(word), all.usage(word));
    let weight = PRIOR.min(everyone.of / 10.0);
    let prior = Prior { times: weight * everyone.times / everyone.of, of: weight };
    z(a, everyone.less(a), prior)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(lexicon: &mut WordIds, articles: &[&str]) -> WordCounts {
        let mut counts = WordCounts::default();
        for text in articles {
            let mut numbers = Vec::new();
            lexicon.read(text, false, &mut numbers);
            counts.add(numbers);
        }
        counts.settle();
        counts
    }

    #[test]
    fn counts_are_the_same_however_often_they_are_settled() {
        let articles: Vec<Vec<u32>> =
            (0..40_u32).map(|n| (0..200).map(|at| (at * n) % 151).collect()).collect();
        let (mut once, mut often) = (WordCounts::default(), WordCounts::default());
        for article in &articles {
            once.add(article.clone());
            often.add(article.clone());
            often.settle();
        }
        once.settle();
        for word in 0..151 {
            let times: usize = articles.iter().flatten().filter(|&&other| other == word).count();
            assert!((once.usage(word).times - times as f64).abs() < 1e-9);
            assert_eq!(format!("{:?}", once.usage(word)), format!("{:?}", often.usage(word)));
        }
    }

    #[test]
    fn what_others_say_too_is_not_distinctive() {
        let mut lexicon = WordIds::default();
        let ours = counts(&mut lexicon, &["the fiasco talks ".repeat(6).as_str(); 2]);
        let others = counts(&mut lexicon, &["the talks went on ".repeat(9).as_str(); 2]);
        let mut all = WordCounts::default();
        all.merge(&ours);
        all.merge(&others);
        let found = distinctive(&ours, &all, &lexicon, &unshown(["the plan"].into_iter()));
        let [word] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((word.word.as_str(), word.count, word.articles), ("fiasco", 12, 2));
        // 108 words: α₀ = 10.8, α = 1.2, z = ln[(13.2 / 33.6) / (1.2 / 81.6)] / √(1/13.2 + 1/1.2)
        assert!((word.z - 3.445_545).abs() < 1e-6, "{}", word.z);
        let hidden = unshown(["Fiasco"].into_iter());
        assert_eq!(distinctive(&ours, &all, &lexicon, &hidden), []);
    }

    #[test]
    fn a_single_outlet_has_nothing_to_be_compared_with() {
        let mut lexicon = WordIds::default();
        let ours = counts(&mut lexicon, &["fiasco fiasco fiasco"]);
        let mut all = WordCounts::default();
        all.merge(&ours);
        assert_eq!(distinctive(&ours, &all, &lexicon, &BTreeSet::new()), []);
    }

    /// What an outlet says against others that say "talks went on" as often.
    fn found(ours: &[&str]) -> Vec<(String, bool)> {
        let mut lexicon = WordIds::default();
        let ours = counts(&mut lexicon, ours);
        let others = counts(&mut lexicon, &["talks went on quietly ".repeat(20).as_str(); 20]);
        let mut all = WordCounts::default();
        all.merge(&ours);
        all.merge(&others);
        let found = distinctive(&ours, &all, &lexicon, &BTreeSet::new());
        found.into_iter().map(|word| (word.word, word.q.is_some())).collect()
    }

    #[test]
    fn a_burst_in_one_article_is_no_habit() {
        let calm = "talks went on quietly ".repeat(20);
        let burst = format!("{calm} {}", "fiasco ".repeat(12));
        assert_eq!(found(&[&burst, &calm, &calm, &calm]), []);
        let steady = format!("{calm} fiasco fiasco fiasco");
        assert_eq!(found(&[steady.as_str(); 8]), [("fiasco".to_string(), true)]);
    }

    #[test]
    fn names_are_left_out() {
        let text = "talks went on quietly with Mokoena and Mokoena smiled ".repeat(9);
        let words: Vec<String> =
            found(&[text.as_str(); 8]).into_iter().map(|(word, _)| word).collect();
        assert!(words.contains(&"smiled".to_string()) && !words.contains(&"mokoena".to_string()));
    }
}
