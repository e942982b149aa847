//! The words that one outlet uses more than all others together: log-odds with an informative
//! Dirichlet prior (Monroe, Colaresi and Quinn 2008).
//!
//! A word must stand in three articles of the outlet, since words come in bursts. Of the words that
//! pass, those are shown whose z stands out among all that were compared (Benjamini and Hochberg
//! 1995). With two articles a word must stand in both; such words are described, not tested. A single
//! article has words of its own, not of its outlet.

mod log_odds;
mod word_counts;

use super::serialize::rounded;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::collector::{ArticleView, Collector, CorpusFinishInputs};
use super::stored::{Damaged, Source, Stored, check};
use crate::article_parts::ArticlePart;
use crate::statistics::multiple_comparisons::{benjamini_hochberg, two_sided};
use crate::text::stop_words::function_words;
use crate::text::words::dictionary_words;
use crate::voice::Voice;
use log_odds::{Prior, z};
use word_counts::{WordCount, WordCounts, WordIds};

/// α₀: the prior weighs as much as 500 words, but no more than a tenth of all text, or it would
/// drown small corpora.
const PRIOR: f64 = 500.0;

/// Minimum z of a word that is shown.
const MIN_Z: f64 = 1.96;

/// False discovery rate.
const FDR: f64 = 0.05;

/// Minimum number of an outlet's articles that hold a word for it to be tested.
const TESTED_ARTICLES: u64 = 3;

/// Maximum number of words shown of an outlet.
const SHOWN: usize = 8;

/// A word that an outlet uses more than the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistinctiveWord {
    /// In lower case.
    pub word: String,
    /// How sure the difference is; 1.96 or more.
    #[serde(serialize_with = "rounded")]
    pub z: f64,
    /// The false discovery rate at which it is shown, among all words compared (Benjamini and Hochberg
    /// 1995); none where the outlet has too few articles.
    #[serde(serialize_with = "rounded")]
    pub q: Option<f64>,
    /// How often the outlet's own voice uses it.
    pub count: u64,
    /// In how many of the outlet's articles.
    pub articles: u64,
}

/// Counts the words of each outlet.
#[derive(Debug, Default)]
pub(super) struct WordCollector {
    words: WordIds,
    outlets: BTreeMap<String, WordCounts>,
}

impl Stored for WordCollector {
    fn write(&self, out: &mut Vec<u8>) {
        self.words.write(out);
        self.outlets.write(out);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Damaged> {
        let words = WordIds::read(from)?;
        let outlets: BTreeMap<String, WordCounts> = Stored::read(from)?;
        let is_known = outlets.values().all(|counts| counts.is_below(words.len()));
        check(is_known, "impossible WordCollector")?;
        Ok(WordCollector { words, outlets })
    }
}

impl Collector<ArticleView<'_>, CorpusFinishInputs<'_>> for WordCollector {
    /// One list per outlet.
    type Out = Vec<Vec<DistinctiveWord>>;

    /// Counts the words of the outlet's own voice in an article that names a target; what it shares with others
    /// cannot set it apart.
    fn add(&mut self, view: &ArticleView<'_>) {
        let mut ids = Vec::new();
        let counted = if view.names_target() { view.counted.as_slice() } else { &[] };
        for of in counted {
            if of.attribution.voice == Voice::Outlet && of.shared_with.is_empty() {
                let is_headline = of.sentence.part == ArticlePart::Headline;
                self.words.ids(of.sentence.text, is_headline, &mut ids);
            }
        }
        self.outlets.entry(view.article.outlet.clone()).or_default().add(ids);
    }

    fn merge(&mut self, later: Self) {
        let ids = self.words.merge(later.words);
        for (outlet, counts) in later.outlets {
            self.outlets.entry(outlet).or_default().merge(&counts, |id| ids[id as usize]);
        }
    }

    fn finish(mut self, context: &CorpusFinishInputs<'_>) -> Vec<Vec<DistinctiveWord>> {
        let mut all = WordCounts::default();
        self.outlets.values().for_each(|counts| all.merge(counts, |id| id));
        let targets = context.targets.iter();
        let names = targets.flat_map(|target| std::iter::once(&target.name).chain(&target.aliases));
        let hidden = hidden_words(names.map(String::as_str));
        let outlets = self.outlets.values_mut();
        outlets.map(|counts| distinctive(counts, &all, &self.words, &hidden)).collect()
    }
}

/// Words of credits, captions and sign-up lines that slip into bodies: they tell pages apart, not what
/// outlets say.
const PAGE_WORDS: &[&str] = &[
    "ad",
    "ads",
    "advertisement",
    "afp",
    "am",
    "app",
    "caption",
    "click",
    "comments",
    "cookies",
    "copyright",
    "credit",
    "download",
    "edt",
    "email",
    "est",
    "et",
    "facebook",
    "file",
    "getty",
    "gmt",
    "hide",
    "image",
    "images",
    "inbox",
    "instagram",
    "listen",
    "newsletter",
    "newsletters",
    "photo",
    "photograph",
    "photographer",
    "photos",
    "playback",
    "pm",
    "podcast",
    "subscribe",
    "subscriber",
    "subscribers",
    "subscription",
    "swipe",
    "tap",
    "transcript",
    "twitter",
    "updated",
    "video",
    "videos",
    "via",
    "watch",
    "whatsapp",
    "www",
];

/// Words that are not shown: function words, those of pages, and those of the names given.
fn hidden_words<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    function_words()
        .chain(PAGE_WORDS.iter().copied())
        .map(str::to_owned)
        .chain(names.flat_map(dictionary_words).map(|(word, _)| word))
        .collect()
}

/// The most distinctive words of an outlet against `all` outlets less itself. Where no other outlet
/// wrote anything there is nothing to compare with.
fn distinctive(
    ours: &mut WordCounts,
    all: &WordCounts,
    words: &WordIds,
    hidden: &BTreeSet<String>,
) -> Vec<DistinctiveWord> {
    if ours.total == all.total {
        return Vec::new();
    }
    let is_tested = ours.articles >= TESTED_ARTICLES;
    let is_common = |count: &WordCount| match is_tested {
        true => u64::from(count.articles) >= TESTED_ARTICLES,
        false => count.articles >= 2,
    };
    let is_shown = |id: u32| !hidden.contains(words.word(id)) && !words.is_name(id);
    let mut found = ours.sorted().to_vec();
    found.retain(|count| is_common(count) && is_shown(count.word));
    let mut found: Vec<DistinctiveWord> = (found.iter())
        .map(|count| DistinctiveWord {
            word: words.word(count.word).to_owned(),
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
    found.retain(|word| word.z >= MIN_Z && word.q.is_none_or(|q| q <= FDR));
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
            lexicon.ids(text, false, &mut numbers);
            counts.add(numbers);
        }
        counts
    }

    #[test]
    fn what_others_say_too_is_not_distinctive() {
        let mut lexicon = WordIds::default();
        let mut ours = counts(&mut lexicon, &["the fiasco talks ".repeat(6).as_str(); 2]);
        let others = counts(&mut lexicon, &["the talks went on ".repeat(9).as_str(); 2]);
        let mut all = WordCounts::default();
        all.merge(&ours, |id| id);
        all.merge(&others, |id| id);
        let found = distinctive(&mut ours, &all, &lexicon, &hidden_words(["the plan"].into_iter()));
        let [word] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((word.word.as_str(), word.count, word.articles), ("fiasco", 12, 2));
        // 108 words: α₀ = 10.8, α = 1.2, z = ln[(13.2 / 33.6) / (1.2 / 81.6)] / √(1/13.2 + 1/1.2)
        assert!((word.z - 3.445_545).abs() < 1e-6, "{}", word.z);
        let hidden = hidden_words(["Fiasco"].into_iter());
        assert_eq!(distinctive(&mut ours, &all, &lexicon, &hidden), []);
    }

    #[test]
    fn a_single_outlet_has_nothing_to_be_compared_with() {
        let mut lexicon = WordIds::default();
        let mut ours = counts(&mut lexicon, &["fiasco fiasco fiasco"]);
        let mut all = WordCounts::default();
        all.merge(&ours, |id| id);
        assert_eq!(distinctive(&mut ours, &all, &lexicon, &BTreeSet::new()), []);
    }

    /// What an outlet says against others that say "talks went on" as often.
    fn found(ours: &[&str]) -> Vec<(String, bool)> {
        let mut lexicon = WordIds::default();
        let mut ours = counts(&mut lexicon, ours);
        let others = counts(&mut lexicon, &["talks went on quietly ".repeat(20).as_str(); 20]);
        let mut all = WordCounts::default();
        all.merge(&ours, |id| id);
        all.merge(&others, |id| id);
        let found = distinctive(&mut ours, &all, &lexicon, &BTreeSet::new());
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
