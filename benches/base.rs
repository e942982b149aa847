//! Learning curves of three ways to a model: the base as it is, a model trained from nothing, and the
//! base adapted.
//!
//! `cargo run --release --example base -- FOLDER [MODEL [DRAWS]]`; the folder may also be named by
//! `FRAMESCOPE_DATA`. It holds `subjects`, `gwsd`, `seesaw`, `p-stance`, `vast` and `entity-framing`, which are no part of the
//! project: without them nothing is measured. The base is `models/stance.safetensors` where no other
//! is named.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use framescope::evaluate::{ScoredExample, log_loss};
use framescope::example::Example;
use framescope::io::{BadRows, Columns, Inputs};
use framescope::model::Model;
use framescope::model::card::Settings;
use framescope::random::{rng, shuffle};
use framescope::training::base_prior::Prior;
use framescope::training::dataset::Dataset;
use framescope::training::instance::Instance;
use framescope::training::{fold_assignment, train};
use rayon::prelude::*;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Numbers of labels.
const SIZES: [usize; 8] = [10, 25, 50, 100, 200, 400, 1000, 2000];
/// Number of samples of each size, where the command line names none.
const DRAWS: u64 = 20;
/// Maximum number of held-out rows.
const MAX_HELD_OUT: usize = 1000;
/// One in this many articles is held out.
const PARTS: usize = 3;

/// A dataset: its file, and the names of its labels.
struct Corpus {
    name: &'static str,
    file: &'static str,
    /// Of one target only.
    target: Option<&'static str>,
    labels: &'static [(&'static str, &'static str)],
}

const fn corpus(name: &'static str, file: &'static str, target: Option<&'static str>) -> Corpus {
    Corpus { name, file, target, labels: &[] }
}

const DATASETS: [Corpus; 8] = [
    corpus("subjects", "subjects/dev.csv", None),
    corpus("gwsd", "gwsd/train.csv", None),
    corpus("seesaw sentences", "seesaw/sentences_train.csv", None),
    corpus("p-stance", "p-stance/train.csv", Some("Joe Biden")),
    corpus("p-stance", "p-stance/train.csv", Some("Bernie Sanders")),
    corpus("vast", "vast/train.csv", Some("israel")),
    corpus("vast", "vast/train.csv", Some("tip")),
    Corpus {
        name: "entity-framing",
        file: "entity-framing/train.csv",
        target: None,
        labels: &[
            ("antagonist", "critical"),
            ("innocent", "neutral"),
            ("protagonist", "supportive"),
        ],
    },
];

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let base = arguments.next().unwrap_or_else(|| "models/stance.safetensors".to_string());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        println!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    let base = Model::from_bytes(&std::fs::read(base)?)?;
    let draws = arguments.next().map_or(Ok(DRAWS), |draws| draws.parse())?;
    println!("base {}; means over {draws} draws, their standard deviation behind ±", base.name());
    for dataset in DATASETS {
        measure(&dataset, &folder, &base, draws)?;
    }
    Ok(())
}

fn measure(dataset: &Corpus, folder: &Path, base: &Model, n_draws: u64) -> Done<()> {
    let examples = examples(dataset, &folder.join(dataset.file))?;
    let (held, pool) = split(&examples)?;
    println!(
        "\n{}: {} rows to draw from, {} judged (articles apart)\n\
         labels  base   from nothing   adapted        gain on base   gain on nothing  penalty  \
         log-loss base/nothing/adapted",
        dataset.name,
        pool.len(),
        held.gold.len()
    );
    let alone = score(base, &held);
    for size in SIZES.into_iter().filter(|&size| size <= pool.len()) {
        let draws: Vec<Draw> = (0..n_draws)
            .into_par_iter()
            .map(|seed| draw(&pool, &held, base, size, seed))
            .collect::<Done<_>>()?;
        println!("{}", line(size, &alone, &draws));
    }
    Ok(())
}

fn examples(dataset: &Corpus, path: &Path) -> Done<Vec<Example>> {
    let inputs = Inputs::find(&[path], None)?;
    let rows = inputs.examples(&Columns::parse::<String>(&[])?, BadRows::Refuse)?;
    let mut examples = Vec::new();
    for row in rows {
        let mut example = row?.example;
        for (label, _) in &mut example.label_shares {
            let named = dataset.labels.iter().find(|(theirs, _)| theirs == label);
            named.iter().for_each(|(_, ours)| *label = (*ours).to_string());
        }
        if dataset.target.is_none_or(|target| target == example.target) {
            examples.push(example);
        }
    }
    Ok(examples)
}

/// Whole articles held out, at most [`MAX_HELD_OUT`] of their rows, and the rows of the others.
fn split(examples: &[Example]) -> Done<(Dataset, Vec<Example>)> {
    let dataset = gather(examples)?;
    let labels: Vec<usize> = dataset.gold.iter().map(Instance::label).collect();
    let groups: Vec<usize> = dataset.gold.iter().map(|item| item.article).collect();
    let parts = fold_assignment::folds(&labels, &groups, PARTS, 1);
    let rows = |held: bool| {
        let wanted = parts.iter().zip(&dataset.gold).filter(move |(part, _)| (**part == 0) == held);
        wanted.map(|(_, item)| examples[item.row].clone()).collect::<Vec<_>>()
    };
    let mut held = rows(true);
    shuffle(&mut held, &mut rng(1));
    held.truncate(MAX_HELD_OUT);
    Ok((gather(&held)?, rows(false)))
}

fn gather(examples: &[Example]) -> Done<Dataset> {
    let labels = ["critical", "neutral", "supportive"].map(String::from);
    Ok(Dataset::gather(examples, &[], "stance", Some(&labels))?)
}

/// Macro-F1 over the labels that the test rows have, and log-loss.
#[derive(Clone, Copy)]
struct Score {
    macro_f1: f64,
    log_loss: f64,
}

/// The scores with a number of labels.
struct Draw {
    /// `None` where training without a base was refused.
    nothing: Option<Score>,
    adapted: Score,
    penalty: f64,
    /// The score of always predicting the sample's most frequent label.
    most_frequent: f64,
}

fn draw(pool: &[Example], held: &Dataset, base: &Model, size: usize, seed: u64) -> Done<Draw> {
    let mut rows = pool.to_vec();
    shuffle(&mut rows, &mut rng(seed));
    rows.truncate(size);
    let settings = |settings: Settings| Settings { resamples: 2, ..settings };
    let dataset = gather(&rows)?;
    let adapting = settings(Settings::adapting(base));
    let adapt = Prior { base: Some(base), ..Prior::default() };
    let adapted = train("stance", &dataset, &adapting, adapt, Vec::new(), None)?.model;
    let occurring = Dataset::gather(&rows, &[], "stance", None)?;
    let nothing = train(
        "stance",
        &occurring,
        &settings(Settings::default()),
        Prior::default(),
        Vec::new(),
        None,
    );
    let counts = dataset.label_counts();
    let most = framescope::evaluate::argmax(&counts);
    Ok(Draw {
        nothing: nothing.ok().map(|trained| score(&trained.model, held)),
        adapted: score(&adapted, held),
        penalty: adapted.card().penalty,
        most_frequent: macro_f1(held.gold.iter().map(|item| (item.label(), most))),
    })
}

fn score(model: &Model, held: &Dataset) -> Score {
    let place = |label: &String| model.labels().iter().position(|own| own == label);
    let places: Vec<Option<usize>> = held.labels.iter().map(place).collect();
    let judged: Vec<ScoredExample> = held
        .gold
        .iter()
        .map(|item| {
            let found = model.predict(&item.input());
            let probability = |at: &Option<usize>| at.map_or(0.0, |at| found.probabilities[at]);
            ScoredExample {
                truth: item.label(),
                probabilities: places.iter().map(probability).collect(),
                predicted: places.iter().position(|at| *at == Some(found.label)).unwrap_or(0),
                article: item.article,
            }
        })
        .collect();
    Score {
        macro_f1: macro_f1(judged.iter().map(|row| (row.truth, row.predicted))),
        // A label that a model does not have counts as a probability of 0.001.
        log_loss: log_loss(&judged.iter().map(floored).collect::<Vec<_>>()),
    }
}

fn floored(row: &ScoredExample) -> ScoredExample {
    let probabilities = row.probabilities.iter().map(|p| p.max(1e-3)).collect();
    ScoredExample { probabilities, ..row.clone() }
}

/// The mean F1 of the labels that some row has.
fn macro_f1(rows: impl Iterator<Item = (usize, usize)>) -> f64 {
    let mut counts: BTreeMap<usize, [f64; 3]> = BTreeMap::new();
    for (truth, predicted) in rows {
        counts.entry(truth).or_default()[0] += 1.0;
        counts.entry(predicted).or_default()[1] += 1.0;
        counts.entry(truth).or_default()[2] += f64::from(u8::from(truth == predicted));
    }
    let f1s = counts.values().filter(|[true_rows, ..]| *true_rows > 0.0);
    let f1s: Vec<f64> = f1s.map(|[a, b, both]| 2.0 * both / (a + b)).collect();
    f1s.iter().sum::<f64>() / f1s.len() as f64
}

fn line(size: usize, alone: &Score, draws: &[Draw]) -> String {
    let nothing: Vec<f64> =
        draws.iter().map(|d| d.nothing.map_or(d.most_frequent, |score| score.macro_f1)).collect();
    let adapted: Vec<f64> = draws.iter().map(|d| d.adapted.macro_f1).collect();
    let on_base: Vec<f64> = adapted.iter().map(|score| score - alone.macro_f1).collect();
    let on_nothing: Vec<f64> = adapted.iter().zip(&nothing).map(|(a, b)| a - b).collect();
    let refused = draws.iter().filter(|draw| draw.nothing.is_none()).count();
    let losses: Vec<f64> = draws.iter().map(|draw| draw.adapted.log_loss).collect();
    let losses_nothing: Vec<f64> =
        draws.iter().filter_map(|draw| Some(draw.nothing?.log_loss)).collect();
    let mut penalties: Vec<f64> = draws.iter().map(|draw| draw.penalty).collect();
    penalties.sort_by(f64::total_cmp);
    let n = penalties.len();
    format!(
        "{size:6}  {:.3}  {}  {}  {}  {}    {:>2} {:>2} {:>2}   {:.3} {:.3} {:.3}{}",
        alone.macro_f1,
        spread(&nothing),
        spread(&adapted),
        spread(&on_base),
        spread(&on_nothing),
        penalties[n / 4],
        penalties[n / 2],
        penalties[3 * n / 4],
        alone.log_loss,
        mean(&losses_nothing),
        mean(&losses),
        match refused {
            0 => String::new(),
            n => format!("  ({n} draws refused from nothing: most frequent label)"),
        }
    )
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Mean ± standard deviation.
fn spread(values: &[f64]) -> String {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    format!("{mean:.3} ± {:.3}", (squares / (values.len() - 1) as f64).sqrt())
}
