//! Lists the words that news hardly ever writes with a capital: `models/lower-case.txt`.
//!
//! `cargo run --release --example usual-case -- FOLDER > models/lower-case.txt`, where the folder holds
//! `articles`, which is no part of the project. A word is listed if it stands within sentences with a
//! small letter at least 20 times, and with a capital in at most one place of twenty. What asks for a
//! capital itself counts for nothing: the start of a sentence or quotation, and lines in which most
//! words have one.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its results")]

use std::collections::BTreeMap;
use std::path::PathBuf;

#[allow(dead_code, reason = "the program that measures uses the rest")]
#[path = "voices/gold.rs"]
mod gold;

use gold::{Done, rows};

const FEWEST: u32 = 20;
const SHARE: u32 = 20;

/// How often a word stands within sentences.
#[derive(Default)]
struct Counts {
    small: u32,
    capital: u32,
}

fn main() -> Done<()> {
    let folder = std::env::args().nth(1).or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        eprintln!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for row in rows(&folder.join("articles/articles.csv.gz"))? {
        row["text"].lines().for_each(|line| count(line, &mut counts));
    }
    let is_small =
        |counts: &Counts| counts.small >= FEWEST && counts.capital * SHARE <= counts.small;
    for (word, _) in counts.iter().filter(|(_, counts)| is_small(counts)) {
        println!("{word}");
    }
    Ok(())
}

/// Counts the words of one line.
fn count(line: &str, counts: &mut BTreeMap<String, Counts>) {
    let is_part = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | '’');
    let mut words: Vec<(&str, bool)> = Vec::new();
    let mut end = 0;
    for word in line.split(|c| !is_part(c)) {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
        if word.is_empty() {
            continue;
        }
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let between = line[end..start].trim_matches(' ');
        let is_first = end == 0 || between.contains(|c: char| c != ',' && c != '-');
        words.push((word, is_first));
        end = start + word.len();
    }
    let small = words.iter().filter(|(word, _)| word.starts_with(char::is_lowercase)).count();
    if small * 2 < words.len() {
        return;
    }
    for (word, is_first) in words {
        let is_small = word.starts_with(char::is_lowercase);
        if is_small || !is_first {
            let known = counts.entry(word.to_lowercase().replace('’', "'")).or_default();
            known.small += u32::from(is_small);
            known.capital += u32::from(!is_small);
        }
    }
}
