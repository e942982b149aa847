//! Measures sentences, parts and voices on annotated texts.
//!
//! `cargo run --release --example voices -- FOLDER [dev|train]`; the folder may also be named by
//! `FRAMESCOPE_DATA`. It holds `seesaw`, `polnear`, `subjects` and `articles`, which are no
//! part of the project: without them nothing is measured. `FRAMESCOPE_SHOW` prints sentence by sentence.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

mod gold;
mod overlap;
mod parts;
mod score;
mod speakers;
mod speed;
mod subjects;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use framescope::article::Article;
use framescope::article_parts::ArticlePart;
use framescope::text::sentence_splitter;
use framescope::voice::{self, Voice};

use gold::{Done, Marked, Row, rows};
use overlap::Overlap;
use score::Score;
use speakers::Speakers;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let name = arguments.next().unwrap_or_else(|| "dev".to_string());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        println!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    boundaries(&folder.join(format!("seesaw/articles_{name}.csv")))?;
    parts::measure(&folder)?;
    voices(&folder.join("polnear"), &name)?;
    subjects::measure(&folder, &name)?;
    own_labels()?;
    speed::measure(&folder.join(format!("polnear/articles_{name}.csv")))
}

/// Measures sentence ends on articles that hold one sentence per line.
fn boundaries(path: &Path) -> Done<()> {
    let mut score = Score::default();
    for article in rows(path)? {
        let lines = article["text"].lines().map(str::trim).filter(|line| !line.is_empty());
        let (mut text, mut gold) = (String::new(), Vec::new());
        for line in lines {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            gold.push(text.len());
        }
        let found: Vec<usize> =
            sentence_splitter::sentences(&text).into_iter().map(|s| s.end).collect();
        let right = found.iter().filter(|end| gold.binary_search(end).is_ok()).count();
        score.add(right, found.len(), gold.len());
    }
    println!("sentence ends, {}: {score}", path.display());
    Ok(())
}

/// Whose words, on the project's own sentences: each article's are set one below the other.
fn own_labels() -> Done<()> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/labels/stance.csv"));
    let mut articles: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(path)?.into_iter().filter(|row| row["coder"] == "adjudicated") {
        articles.entry(row["article_id"].clone()).or_default().push(row);
    }
    let (mut score, mut by_rules) = <(Score, Score)>::default();
    for labelled in articles.values() {
        let texts: Vec<&str> = labelled.iter().map(|row| row["text"].as_str()).collect();
        let article = Article { text: texts.join("\n\n"), ..Article::default() };
        let sentences = framescope::article_parts::split(&article);
        let found = voice::attribute(&sentences).into_iter().zip(voice::by_rules(&sentences));
        for (sentence, (told, rules)) in sentences.iter().zip(found) {
            let row = labelled.iter().find(|row| row["text"].contains(sentence.text));
            let is_gold = row.is_some_and(|row| row["voice"] == "attributed");
            score.count(is_gold, told.voice == Voice::Attributed);
            by_rules.count(is_gold, rules == Voice::Attributed);
        }
    }
    println!("attributed or not, labels/stance.csv: {score}\n  by rules alone: {by_rules}");
    Ok(())
}

/// Whose words, and who speaks, against marked attributions.
fn voices(folder: &Path, split: &str) -> Done<()> {
    let mut marked: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(&folder.join(format!("attributions_{split}.csv")))? {
        marked.entry(row["article_id"].clone()).or_default().push(row);
    }
    let (mut strict, mut fair, mut narrow) = <(Score, Score, Score)>::default();
    let mut rules = Score::default();
    let (mut speakers, mut overlap) = (Speakers::default(), Overlap::default());
    let show = std::env::var_os("FRAMESCOPE_SHOW").is_some();
    for row in rows(&folder.join(format!("articles_{split}.csv")))? {
        let article = Article { text: row["text"].clone(), ..Article::default() };
        let gold = Marked::new(&article.text, marked.get(&row["id"]).map_or(&[], Vec::as_slice));
        let sentences = framescope::article_parts::split(&article);
        let contents = voice::contents(&sentences).into_iter().zip(voice::by_rules(&sentences));
        let found = voice::attribute(&sentences).into_iter().zip(contents);
        for (sentence, (found, (content, by_rules))) in sentences.iter().zip(found) {
            if sentence.part != ArticlePart::Body {
                continue;
            }
            overlap.add(&gold.contents(&sentence.span), &content);
            let is_found = found.voice == Voice::Attributed;
            let share = gold.share(&sentence.span);
            strict.count(share.of_all, is_found);
            fair.count(share.of_rest, is_found);
            if share.of_rest == share.of_words {
                narrow.count(share.of_words, is_found);
                rules.count(share.of_words, by_rules == Voice::Attributed);
            }
            let sources = gold.sources(&sentence.span);
            if share.of_all {
                speakers.add(&sources, &found.speakers);
            }
            if show {
                let marks =
                    [share.of_all, share.of_rest, is_found].map(|is| if is { 'A' } else { '-' });
                let marks: String = marks.iter().collect();
                let text = sentence.text.replace('\n', " ");
                let cues = gold.cues(&sentence.span);
                println!(
                    "{marks}\t{:?}\t{cues:?}\t{sources:?}\t{:?}\t{text}",
                    found.cue, found.speakers
                );
            }
        }
    }
    println!("by rules alone, as the third below: {rules}");
    println!("attributed or not, {} ({split}), {} sentences", folder.display(), strict.all);
    println!("  gold: at least half of the characters lie in contents of attributions");
    println!("    {strict}");
    println!("  gold: at least half of the characters outside sources and cues do");
    println!("    {fair}");
    println!(
        "  the same without the {} sentences that only a stand or an act makes gold",
        fair.all - narrow.all
    );
    println!("    {narrow}");
    println!("{overlap}\n{speakers}");
    Ok(())
}
