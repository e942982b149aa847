//! Voices and speakers of whole articles, coded sentence by sentence.

use std::collections::BTreeMap;
use std::path::Path;

use framescope::article::Article;
use framescope::article_parts::{self, ArticlePart, Sentence};
use framescope::voice::{self, Voice};

use super::gold::{Done, Row, rows};
use super::score::Score;

/// An article and what its coded sentences were coded for.
pub(crate) struct Coded {
    pub(crate) article: Article,
    /// By where they start, headlines apart.
    by_start: BTreeMap<(bool, usize), Row>,
}

impl Coded {
    /// The row of a sentence; none where its voice was not coded.
    pub(crate) fn row(&self, sentence: &Sentence<'_>) -> Option<&Row> {
        let is_headline = sentence.part == ArticlePart::Headline;
        let row = self.by_start.get(&(is_headline, sentence.span.start));
        row.filter(|row| !row["voice"].is_empty())
    }
}

/// The coded articles of one split.
pub(crate) fn coded(folder: &Path, split: &str) -> Done<Vec<Coded>> {
    let mut coded: BTreeMap<String, BTreeMap<(bool, usize), Row>> = BTreeMap::new();
    for row in rows(&folder.join(format!("subjects/sentences_{split}.csv")))? {
        let place = (row["part"] == "headline", row["start"].parse()?);
        coded.entry(row["article_id"].clone()).or_default().insert(place, row);
    }
    let mut found = Vec::new();
    for row in rows(&folder.join("articles/articles.csv.gz"))? {
        let Some(by_start) = coded.remove(&row["id"]) else { continue };
        let [id, outlet, title, text] =
            ["id", "outlet", "title", "text"].map(|name| row[name].clone());
        let article = Article { id, outlet, title, text, ..Article::default() };
        found.push(Coded { article, by_start });
    }
    Ok(found)
}

/// Measures voices and speakers.
pub(crate) fn measure(folder: &Path, split: &str) -> Done<()> {
    let (mut score, mut by_rules) = <(Score, Score)>::default();
    let (mut coded_speakers, mut right) = (0_usize, 0_usize);
    for coded in coded(folder, split)? {
        let sentences = article_parts::split(&coded.article);
        let found = voice::attribute(&sentences).into_iter().zip(voice::by_rules(&sentences));
        for (sentence, (found, rules)) in sentences.iter().zip(found) {
            let Some(row) = coded.row(sentence) else { continue };
            let is_gold = row["voice"] == "attributed";
            score.count(is_gold, found.voice == Voice::Attributed);
            by_rules.count(is_gold, rules == Voice::Attributed);
            if is_gold && !row["speaker"].is_empty() {
                coded_speakers += 1;
                right += usize::from(is_right(&row["speaker"], &found.speakers));
            }
        }
    }
    println!("attributed or not, subjects ({split}), {} sentences: {score}", score.all);
    println!("  by rules alone: {by_rules}");
    println!(
        "  speaker, where one is coded: {:.3} of {coded_speakers}",
        right as f64 / coded_speakers as f64
    );
    Ok(())
}

/// Whether a speaker was found: the names share their last word, or one holds the other.
fn is_right(coded: &str, found: &[String]) -> bool {
    let last = |name: &str| name.rsplit(' ').next().map(str::to_string);
    let even = |name: &str| name.trim().to_lowercase().replace('’', "'");
    coded.split(';').map(even).any(|coded| {
        found.iter().map(|name| even(name)).any(|found| {
            last(&coded) == last(&found) || coded.contains(&found) || found.contains(&coded)
        })
    })
}
