//! Compares body, comments and boilerplate with annotated spans.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use framescope::article::Article;
use framescope::article_parts::{self, ArticlePart};

use super::gold::{Done, Row, rows};

/// Identifiers, spans in characters and their parts; no text.
const MARKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/labels/parts.csv");

/// Measures every set of annotated articles that is there.
pub(crate) fn measure(folder: &Path) -> Done<()> {
    let mut marked: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(Path::new(MARKED))? {
        marked.entry(row["article_id"].clone()).or_default().push(row);
    }
    let mut sets: BTreeMap<String, PredictionSums> = BTreeMap::new();
    let files = ["articles/articles.csv.gz", "articles/events_small.csv", "../seeds/articles.csv"];
    for path in files.map(|file| folder.join(file)).into_iter().filter(|path| path.exists()) {
        for row in rows(&path)? {
            let Some(spans) = marked.get(&row["id"]) else { continue };
            let article = Article {
                outlet: row["outlet"].clone(),
                title: row["title"].clone(),
                text: row["text"].clone(),
                ..Article::default()
            };
            sets.entry(spans[0]["set"].clone()).or_default().add(&article, spans, &row["id"]);
        }
    }
    for (set, found) in sets {
        println!("parts, {set}: {found}");
    }
    Ok(())
}

/// Sentences by annotated part and by predicted part.
#[derive(Default)]
struct PredictionSums {
    articles: BTreeSet<String>,
    body: usize,
    body_lost: usize,
    boilerplate: usize,
    boilerplate_found: usize,
    comments: usize,
    comments_found: usize,
}

impl PredictionSums {
    fn add(&mut self, article: &Article, spans: &[Row], id: &str) {
        self.articles.insert(id.to_string());
        let show = std::env::var_os("FRAMESCOPE_SHOW").is_some();
        for sentence in article_parts::split(article) {
            if sentence.part == ArticlePart::Headline {
                continue;
            }
            let middle = usize::midpoint(sentence.span.start, sentence.span.end);
            let before = article.text.char_indices().take_while(|(at, _)| *at < middle);
            let at = before.count();
            let is_here = |row: &&Row| {
                let number = |name: &str| row[name].parse().unwrap_or(usize::MAX);
                (number("start")..number("end")).contains(&at)
            };
            let Some(part) = spans.iter().find(is_here).map(|row| row["part"].as_str()) else {
                continue;
            };
            let right = part == sentence.part.name();
            let (all, counted) = match part {
                "body" => (&mut self.body, &mut self.body_lost),
                "comment" => (&mut self.comments, &mut self.comments_found),
                _ => (&mut self.boilerplate, &mut self.boilerplate_found),
            };
            *all += 1;
            *counted += usize::from(right != (part == "body"));
            if show && !right {
                println!("{part}\t{}\t{id}\t{}", sentence.part.name(), sentence.text);
            }
        }
    }
}

impl fmt::Display for PredictionSums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        write!(
            f,
            "{} articles\n  body sentences lost {:.3} of {}, boilerplate found {:.3} of {}, \
             comments found {:.3} of {}",
            self.articles.len(),
            share(self.body_lost, self.body),
            self.body,
            share(self.boilerplate_found, self.boilerplate),
            self.boilerplate,
            share(self.comments_found, self.comments),
            self.comments
        )
    }
}
