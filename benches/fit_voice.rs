//! Fits the weights of the voice model: `models/voice.csv`.
//!
//! `cargo run --release --example fit-voice -- FOLDER > models/voice.csv`, where the folder holds
//! `subjects` and `articles`, which are no part of the project. Cross-validation over articles chooses the penalty
//! and the cut, and is told on the error stream.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its results")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use framescope::article_parts;
use framescope::model::softmax_regression::{Softmax, SoftmaxParams};
use framescope::sparse_matrix::Csr;
use framescope::training::fold_assignment::{articles, folds};
use framescope::voice::{self, Voice, VoiceFeature};
use linfa::ParamGuard;

#[allow(dead_code, reason = "the program that measures uses the rest")]
#[path = "voices/gold.rs"]
mod gold;
#[path = "voices/score.rs"]
mod score;
#[allow(dead_code, reason = "the program that measures uses the rest")]
#[path = "voices/subjects.rs"]
mod subjects;

use gold::Done;
use score::Score;

const FOLDS: usize = 5;
const SEED: u64 = 1;
const PENALTIES: [f64; 4] = [1.0, 3.0, 10.0, 30.0];
/// Of cuts whose F1 differs by less, the lowest is taken: elsewhere more is attributed than in the
/// training split.
const FLAT: f64 = 0.002;
/// Cuts from 0.30 to 0.60.
const CUTS: std::ops::RangeInclusive<u8> = 30..=60;
/// Smaller weights are dropped.
const SMALLEST: f64 = 0.02;

/// One sentence.
struct Example {
    article: String,
    text: String,
    features: Vec<VoiceFeature>,
    is_attributed: bool,
    by_rules: bool,
}

fn main() -> Done<()> {
    let folder = std::env::args().nth(1).or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        eprintln!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    let examples = examples(&folder)?;
    let mut by_rules = Score::default();
    examples.iter().for_each(|example| by_rules.count(example.is_attributed, example.by_rules));
    eprintln!("{} sentences, rules alone: {by_rules}", examples.len());

    let mut features: Vec<VoiceFeature> =
        examples.iter().flat_map(|example| example.features.clone()).collect();
    features.sort_unstable();
    features.dedup();
    let table = table(&examples, &features);
    let fold_of = split(&examples);
    let mut best: Option<(f64, f64, f64)> = None;
    for penalty in PENALTIES {
        let unseen = unseen(&examples, &table, &fold_of, penalty)?;
        let scored = CUTS.map(|cut| {
            let cut = f64::from(cut) / 100.0;
            (judged(&examples, &unseen, cut).f1(), cut)
        });
        let scored: Vec<(f64, f64)> = scored.collect();
        let f1 = scored.iter().map(|(f1, _)| *f1).fold(0.0, f64::max);
        let cut = scored.iter().find(|(near, _)| *near + FLAT >= f1).map_or(0.5, |(_, cut)| *cut);
        eprintln!("penalty {penalty}: cut {cut}: {}", judged(&examples, &unseen, cut));
        if best.is_none_or(|(most, ..)| f1 > most) {
            best = Some((f1, penalty, cut));
        }
    }
    let (_, penalty, cut) = best.ok_or("nothing was fitted")?;
    eprintln!("chosen: penalty {penalty}, cut {cut}");
    let everything = vec![1.0; examples.len()];
    print_weights(&fit(&examples, &table, &everything, penalty)?, &features, cut);
    Ok(())
}

/// Every body sentence of the training split.
fn examples(folder: &std::path::Path) -> Done<Vec<Example>> {
    let mut examples = Vec::new();
    for coded in subjects::coded(folder, "train")? {
        let sentences = article_parts::split(&coded.article);
        let found = voice::features(&sentences);
        let by_rules = voice::by_rules(&sentences);
        for ((sentence, features), by_rules) in sentences.iter().zip(found).zip(by_rules) {
            let Some(row) = coded.row(sentence).filter(|_| !features.is_empty()) else { continue };
            examples.push(Example {
                article: coded.article.id.clone(),
                text: sentence.text.to_string(),
                features,
                is_attributed: row["voice"] == "attributed",
                by_rules: by_rules == Voice::Attributed,
            });
        }
    }
    Ok(examples)
}

fn table(examples: &[Example], features: &[VoiceFeature]) -> Csr {
    let mut table = Csr::new(features.len());
    for example in examples {
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for feature in &example.features {
            if let Ok(column) = features.binary_search(feature) {
                *counts.entry(u32::try_from(column).unwrap_or(u32::MAX)).or_default() += 1.0;
            }
        }
        table.push(&counts.into_iter().collect::<Vec<_>>());
    }
    table
}

/// The fold of every sentence; an article is in one fold.
fn split(examples: &[Example]) -> Vec<usize> {
    let labels: Vec<usize> = examples.iter().map(|e| usize::from(e.is_attributed)).collect();
    let articles = articles(examples.iter().map(|e| (e.article.as_str(), e.text.as_str())));
    folds(&labels, &articles, FOLDS, SEED)
}

fn fit(examples: &[Example], table: &Csr, weights: &[f64], penalty: f64) -> Done<Softmax> {
    let target = |example: &Example| if example.is_attributed { [0.0, 1.0] } else { [1.0, 0.0] };
    let targets: Vec<f64> = examples.iter().flat_map(target).collect();
    let settings = SoftmaxParams::new(2).penalty(penalty).check()?;
    let start = Softmax::zeros(table.n_columns(), 2);
    Ok(settings.fit_soft(table, &targets, weights, start)?.0)
}

/// The out-of-fold probability that each sentence is attributed.
fn unseen(examples: &[Example], table: &Csr, fold_of: &[usize], penalty: f64) -> Done<Vec<f64>> {
    let mut unseen = vec![0.0; examples.len()];
    for fold in 0..FOLDS {
        let weights: Vec<f64> = fold_of.iter().map(|f| f64::from(u8::from(*f != fold))).collect();
        let fitted = fit(examples, table, &weights, penalty)?;
        for row in (0..examples.len()).filter(|row| fold_of[*row] == fold) {
            unseen[row] = fitted.probabilities(table, row)[1];
        }
    }
    Ok(unseen)
}

fn judged(examples: &[Example], probabilities: &[f64], cut: f64) -> Score {
    let mut score = Score::default();
    for (example, probability) in examples.iter().zip(probabilities) {
        score.count(example.is_attributed, *probability > cut);
    }
    score
}

/// One line per feature, in byte order; the threshold is at a score of 0.
fn print_weights(fitted: &Softmax, features: &[VoiceFeature], cut: f64) {
    let start = fitted.intercept[1] - fitted.intercept[0] - (cut / (1.0 - cut)).ln();
    let weight = |column: usize| fitted.weights[column * 2 + 1] - fitted.weights[column * 2];
    let mut lines: Vec<String> = Vec::new();
    for (column, feature) in features.iter().enumerate() {
        let name = feature.to_string();
        let is_start = name == "start always";
        let weight = weight(column) + if is_start { start } else { 0.0 };
        if is_start || weight.abs() >= SMALLEST {
            let quoted = if name.contains(',') { format!("\"{name}\"") } else { name };
            lines.push(format!("{quoted},{weight:.2}"));
        }
    }
    lines.sort_unstable();
    println!("sign,weight");
    lines.iter().for_each(|line| println!("{line}"));
}
