//! The words that one outlet uses more than all others together: log-odds with an informative
//! Dirichlet prior (Monroe, Colaresi and Quinn 2008).
//!
//! ```text
//! δ = ln[(yA + α) / (nA + α₀ − yA − α)] − ln[(yB + α) / (nB + α₀ − yB − α)]
//! z = δ / √(1/(yA + α) + 1/(yB + α))
//! ```
//!
//! y counts the word and n all words, A is the outlet, B all others. The prior α = α₀ · (the word's
//! share of all text) draws rare words toward "no difference".

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

/// α₀: the prior weighs as much as 500 words, but no more than a tenth of all text, or it would
/// drown small corpora.
const PRIOR: f64 = 500.0;

/// Below this z a word is not shown.
const SURE: f64 = 1.96;

/// So many words of an outlet are shown.
const SHOWN: usize = 8;

/// Counted, but never shown: they tell of grammar and style rather than of the subject.
const FUNCTION_WORDS: &str = "a about after all also am an and any are aren't as at be because \
    been before being but by can can't could couldn't did didn't do does doesn't doing don't down \
    during each few for from further had hadn't has hasn't have haven't having he her here hers \
    herself him himself his how i i'm if in into is isn't it it's its itself just me more most my \
    myself no nor not now of off on once only or other our ours ourselves out over own same she \
    should shouldn't so some such than that that's the their theirs them themselves then there \
    these they this those through to too under until up very was wasn't we were weren't what when \
    where which while who whom why will with won't would wouldn't you your yours yourself";

/// A word that an outlet uses more than the others.
#[derive(Debug, Clone, PartialEq)]
pub struct DistinctiveWord {
    /// In lower case.
    pub word: String,
    /// How sure the difference is; 1.96 or more.
    pub z: f64,
    /// How often the outlet's own voice uses it.
    pub count: u64,
    /// In how many of the outlet's articles.
    pub articles: u64,
}

/// The words met so far, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    numbers: FxHashMap<String, u32>,
    words: Vec<String>,
}

/// How often one outlet uses each word.
#[derive(Debug, Default)]
pub(super) struct WordCounts {
    by_word: BTreeMap<u32, Count>,
    total: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: u64,
    articles: u64,
}

impl Lexicon {
    /// The numbers of a text's words, in order.
    pub(super) fn read(&mut self, text: &str, into: &mut Vec<u32>) {
        for word in words(text) {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(word).or_insert_with_key(|word| {
                self.words.push(word.clone());
                next
            });
            into.push(number);
        }
    }

    fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", String::as_str)
    }
}

impl WordCounts {
    /// Counts the words of one article.
    pub(super) fn add(&mut self, mut article: Vec<u32>) {
        article.sort_unstable();
        self.total += article.len() as u64;
        for run in article.chunk_by(|a, b| a == b) {
            let count = self.by_word.entry(run[0]).or_default();
            count.times += run.len() as u64;
            count.articles += 1;
        }
    }

    /// Counts the words of another outlet.
    pub(super) fn merge(&mut self, other: &WordCounts) {
        self.total += other.total;
        for (&word, count) in &other.by_word {
            self.by_word.entry(word).or_default().times += count.times;
        }
    }

    fn times(&self, word: u32) -> u64 {
        self.by_word.get(&word).map_or(0, |count| count.times)
    }
}

/// Words that are not shown: function words, and those of the names given.
pub(super) fn unshown<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    FUNCTION_WORDS.split_whitespace().map(str::to_owned).chain(names.flat_map(words)).collect()
}

/// The most distinctive words of an outlet against `all` outlets less itself. A word must stand in
/// two of the outlet's articles, or three times where it has one article only. Where no other
/// outlet wrote anything there is nothing to compare with.
pub(super) fn distinctive(
    ours: &WordCounts,
    all: &WordCounts,
    articles: u64,
    lexicon: &Lexicon,
    unshown: &BTreeSet<String>,
) -> Vec<DistinctiveWord> {
    if ours.total == all.total {
        return Vec::new();
    }
    let is_repeated = |count: &Count| count.articles >= 2 || (articles == 1 && count.times >= 3);
    let mut found: Vec<_> = (ours.by_word.iter())
        .filter(|(number, count)| is_repeated(count) && !unshown.contains(lexicon.word(**number)))
        .map(|(&number, count)| DistinctiveWord {
            word: lexicon.word(number).to_owned(),
            z: word_z(ours, all, number),
            count: count.times,
            articles: count.articles,
        })
        .filter(|word| word.z >= SURE)
        .collect();
    found.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.word.cmp(&b.word)));
    found.truncate(SHOWN);
    found
}

fn word_z(ours: &WordCounts, all: &WordCounts, word: u32) -> f64 {
    let (mine, total) = (ours.times(word), all.times(word));
    let used = |times: u64, of: u64| Usage { times: times as f64, of: of as f64 };
    let weight = PRIOR.min(all.total as f64 / 10.0);
    let prior = Usage { times: weight * total as f64 / all.total as f64, of: weight };
    z(used(mine, ours.total), used(total - mine, all.total - ours.total), prior)
}

/// How often a word stands among how many.
#[derive(Debug, Clone, Copy)]
struct Usage {
    times: f64,
    of: f64,
}

/// The kernel: the formula at the head of this file.
fn z(a: Usage, b: Usage, prior: Usage) -> f64 {
    let log_odds = |side: Usage| {
        let times = side.times + prior.times;
        (times / (side.of + prior.of - times)).ln()
    };
    let variance = 1.0 / (a.times + prior.times) + 1.0 / (b.times + prior.times);
    (log_odds(a) - log_odds(b)) / variance.sqrt()
}

/// Words of two letters or more, in lower case; apostrophes and hyphens stay inside a word.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let joins = |letter: char| matches!(letter, '\'' | '’' | '-');
    text.split(move |letter: char| !letter.is_alphabetic() && !joins(letter))
        .map(move |run| run.trim_matches(joins))
        .filter(|word| word.chars().nth(1).is_some())
        .map(|word| word.to_lowercase().replace('’', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_agrees_with_convokit() {
        // ConvoKit's FightingWords with a flat prior of .1 (landscape M22).
        let (ours, theirs) = ([12.0, 3.0, 0.0, 40.0], [4.0, 9.0, 6.0, 41.0]);
        let expected = [2.353_271, -1.666_874, -1.295_170, 0.935_374];
        for (word, expected) in expected.into_iter().enumerate() {
            let a = Usage { times: ours[word], of: 55.0 };
            let b = Usage { times: theirs[word], of: 60.0 };
            let found = z(a, b, Usage { times: 0.1, of: 0.4 });
            assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
        }
    }

    #[test]
    fn words_keep_what_joins_them() {
        let found: Vec<_> =
            words("Trump’s so-called 'unit' — a U-turn, 13 tweets… Élysée").collect();
        assert_eq!(found, ["trump's", "so-called", "unit", "u-turn", "tweets", "élysée"]);
    }

    #[test]
    fn every_function_word_survives_our_own_reading() {
        let list: Vec<_> = FUNCTION_WORDS.split_whitespace().filter(|w| w.len() > 1).collect();
        assert_eq!(words(FUNCTION_WORDS).collect::<Vec<_>>(), list);
        assert!(list.is_sorted());
    }

    fn counts(lexicon: &mut Lexicon, articles: &[&str]) -> WordCounts {
        let mut counts = WordCounts::default();
        for text in articles {
            let mut numbers = Vec::new();
            lexicon.read(text, &mut numbers);
            counts.add(numbers);
        }
        counts
    }

    #[test]
    fn what_others_say_too_is_not_distinctive() {
        let mut lexicon = Lexicon::default();
        let ours = counts(&mut lexicon, &["the fiasco talks ".repeat(6).as_str(); 2]);
        let others = counts(&mut lexicon, &["the talks went on ".repeat(9).as_str(); 2]);
        let mut all = WordCounts::default();
        all.merge(&ours);
        all.merge(&others);
        let found = distinctive(&ours, &all, 2, &lexicon, &unshown(["the plan"].into_iter()));
        let [word] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((word.word.as_str(), word.count, word.articles), ("fiasco", 12, 2));
        // 108 words: α₀ = 10.8, α = 1.2, z = ln[(13.2 / 33.6) / (1.2 / 81.6)] / √(1/13.2 + 1/1.2)
        assert!((word.z - 3.445_545).abs() < 1e-6, "{}", word.z);
        let hidden = unshown(["Fiasco"].into_iter());
        assert_eq!(distinctive(&ours, &all, 2, &lexicon, &hidden), []);
    }

    #[test]
    fn a_single_outlet_has_nothing_to_be_compared_with() {
        let mut lexicon = Lexicon::default();
        let ours = counts(&mut lexicon, &["fiasco fiasco fiasco"]);
        let mut all = WordCounts::default();
        all.merge(&ours);
        assert_eq!(distinctive(&ours, &all, 1, &lexicon, &BTreeSet::new()), []);
    }
}
