//! In how many sentences, articles and outlets each phrase stands.

use rustc_hash::FxHashMap;

use super::phrases::{PhraseKind, phrases};
use crate::article::Article;
use crate::article_parts::{self, ArticlePart};
use crate::target::Finder;

/// A phrase with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseCount {
    /// As it is most often printed.
    pub phrase: String,
    /// Number of sentences with it.
    pub sentences: u32,
    /// Number of articles with it.
    pub articles: u32,
    /// Number of outlets with it.
    pub outlets: u32,
    /// Number of articles with it that are about the target; 0 without a target.
    pub articles_about: u32,
    pub(super) kind: PhraseKind,
}

/// Counts phrases over articles. Memory is bounded: among very many, phrases of one article are forgotten.
#[derive(Debug, Default)]
pub struct PhraseCounts {
    counts: FxHashMap<String, Entry>,
    outlets: FxHashMap<String, u16>,
    n_articles: u32,
    n_about: u32,
}

#[derive(Debug)]
struct Entry {
    printed: String,
    kind: PhraseKind,
    sentences: u32,
    articles: u32,
    articles_about: u32,
    last_article: u32,
    /// The outlets in the order seen, at most [`MOST_OUTLETS`].
    outlets: Vec<u16>,
}

/// The largest number of phrases that are kept, and of outlets that are told apart for one.
const MOST_PHRASES: usize = 1 << 20;
const MOST_OUTLETS: usize = 64;

/// Minimum number of sentences that mention a target for an article to be about it.
const MENTIONING_SENTENCES: usize = 2;

impl PhraseCounts {
    /// Counts the phrases of an article's body; `target` tells which articles are about it.
    pub fn add(&mut self, article: &Article, target: Option<&Finder>) {
        let sentences = article_parts::split(article);
        let counted = || sentences.iter().filter(|sentence| sentence.part.is_counted());
        let mentions = |text: &str| target.is_some_and(|target| !target.mentions(text).is_empty());
        let n_mentions = counted().filter(|sentence| mentions(sentence.text)).count();
        let in_headline = counted().any(|s| s.part == ArticlePart::Headline && mentions(s.text));
        let is_about = in_headline || n_mentions >= MENTIONING_SENTENCES;
        self.n_articles += 1;
        self.n_about += u32::from(is_about);
        let next = u16::try_from(self.outlets.len()).unwrap_or(u16::MAX);
        let outlet = *self.outlets.entry(article.outlet.clone()).or_insert(next);
        // Capitals in headlines are no sign of names.
        for sentence in counted().filter(|sentence| sentence.part == ArticlePart::Body) {
            for phrase in phrases(sentence.text) {
                self.count(phrase.text, phrase.kind, outlet, is_about);
            }
        }
        if self.counts.len() > MOST_PHRASES {
            self.counts.retain(|_, entry| entry.articles > 1);
        }
    }

    fn count(&mut self, text: String, kind: PhraseKind, outlet: u16, is_about: bool) {
        let article = self.n_articles;
        let entry = self.counts.entry(text.to_lowercase()).or_insert_with(|| Entry {
            printed: text,
            kind,
            sentences: 0,
            articles: 0,
            articles_about: 0,
            last_article: 0,
            outlets: Vec::new(),
        });
        entry.sentences += 1;
        if entry.last_article != article {
            entry.last_article = article;
            entry.articles += 1;
            entry.articles_about += u32::from(is_about);
        }
        if !entry.outlets.contains(&outlet) && entry.outlets.len() < MOST_OUTLETS {
            entry.outlets.push(outlet);
        }
    }

    /// Number of articles.
    pub fn n_articles(&self) -> u32 {
        self.n_articles
    }

    /// Number of articles about the target.
    pub fn n_about(&self) -> u32 {
        self.n_about
    }

    /// Number of outlets.
    pub fn n_outlets(&self) -> usize {
        self.outlets.len()
    }

    /// The phrases of at least so many articles; those of most outlets, then of most articles first.
    pub(super) fn of_articles(&self, least: u32) -> Vec<PhraseCount> {
        let found = self.counts.values().filter(|entry| entry.articles >= least);
        let mut found: Vec<PhraseCount> = found
            .map(|entry| PhraseCount {
                phrase: entry.printed.clone(),
                sentences: entry.sentences,
                articles: entry.articles,
                outlets: u32::try_from(entry.outlets.len()).unwrap_or(u32::MAX),
                articles_about: entry.articles_about,
                kind: entry.kind,
            })
            .collect();
        found.sort_by(|a, b| {
            let key = |of: &PhraseCount| (of.outlets, of.articles, of.sentences);
            key(b).cmp(&key(a)).then_with(|| a.phrase.cmp(&b.phrase))
        });
        found
    }
}
