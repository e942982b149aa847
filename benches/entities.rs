//! Measures stances of whole articles toward the persons and bodies in them.
//!
//! `cargo run --release --example entities -- FOLDER [MODEL]`; the folder may also be named by
//! `FRAMESCOPE_DATA`, and the built-in model is measured where no other is named. The folder holds
//! `seesaw`, which is no part of the project: without it nothing is measured.
//!
//! SEESAW labels what an article as a whole expresses toward an entity; Framescope judges sentences.
//! An article's probabilities are taken to be the mean of those of its sentences that mention the
//! entity, by its name or, where it is a person, by the last word of it. Intervals are over stories:
//! the articles on one story are not independent.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use framescope::article::Article;
use framescope::classifier::{Classified, Classifier};
use framescope::cluster_bootstrap::Resampling;
use framescope::evaluate::{ScoredExample, scores};
use framescope::io::{BadRows, Columns, Inputs};
use framescope::model::Model;
use framescope::target::{Target, TargetRelation};
use framescope::voice::Voice;
use serde::Deserialize;

type Done<T> = Result<T, Box<dyn Error>>;

/// The built-in model.
static BUILT_IN: &[u8] = include_bytes!("../models/stance.safetensors");

/// A row of `entities_dev.csv`.
#[derive(Debug, Deserialize)]
struct Entity {
    article_id: String,
    /// The story that several outlets report.
    event: String,
    #[serde(rename = "target")]
    name: String,
    #[serde(rename = "target_type")]
    kind: String,
    label: String,
}

impl Entity {
    fn target(&self) -> Target {
        let last = self.name.rsplit(' ').next().filter(|_| self.kind == "People");
        Target {
            name: self.name.clone(),
            aliases: last.map(str::to_string).into_iter().collect(),
            ..Target::default()
        }
    }
}

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let Some(folder) = folder.map(|folder| PathBuf::from(folder).join("seesaw")) else {
        println!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    let model = match arguments.next() {
        Some(path) => std::fs::read(path)?,
        None => BUILT_IN.to_vec(),
    };
    let inputs = Inputs::find(&[folder.join("articles_dev.csv")], None)?;
    let articles = inputs.articles(&Columns::default(), BadRows::Refuse)?;
    let articles: Vec<Article> = articles.collect::<Result<_, _>>()?;
    let entities = csv::Reader::from_path(folder.join("entities_dev.csv"))?
        .into_deserialize()
        .collect::<Result<Vec<Entity>, _>>()?;
    println!("{} articles, {} entities judged in them", articles.len(), entities.len());
    measure(&model, &articles, &entities)
}

/// Which of an article's sentences count.
const KINDS: [(&str, Option<Voice>); 2] =
    [("every sentence", None), ("the outlet's own voice", Some(Voice::Outlet))];

fn measure(model: &[u8], articles: &[Article], entities: &[Entity]) -> Done<()> {
    let by_id: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut stories: Vec<&str> = entities.iter().map(|entity| entity.event.as_str()).collect();
    stories.sort_unstable();
    stories.dedup();
    let labels = Model::from_bytes(model)?.labels().to_vec();
    let mut judged = KINDS.map(|_| Vec::new());
    for entity in entities {
        let article = by_id.get(entity.article_id.as_str()).ok_or("an entity of no article")?;
        let truth = labels.iter().position(|label| *label == entity.label);
        let truth = truth.ok_or_else(|| format!("label {:?}", entity.label))?;
        let story = stories.partition_point(|story| *story < entity.event.as_str());
        let classifier = Classifier::new(Model::from_bytes(model)?, vec![entity.target()]);
        let sentences = classifier.classify(article);
        for ((_, voice), judged) in KINDS.iter().zip(&mut judged) {
            let probabilities = mean(&sentences, *voice, labels.len());
            judged.extend(probabilities.map(|p| ScoredExample::most_probable(truth, p, story)));
        }
    }
    for ((kind, _), judged) in KINDS.iter().zip(&judged) {
        let Some(scores) = scores(judged, &labels, Resampling { resamples: 1000, seed: 1 }) else {
            continue;
        };
        println!(
            "\n{kind}: {} entities that it mentions\nmacro-F1 {}, accuracy {:.3}, \
             calibration error {:.3}; always the most frequent label: macro-F1 {:.3}",
            scores.rows,
            shown(&scores.macro_f1),
            scores.accuracy.value,
            scores.calibration_error,
            scores.majority_macro_f1,
        );
        for label in &scores.labels {
            println!("  {:<12} {:>4} rows, F1 {}", label.label, label.rows, shown(&label.f1));
        }
    }
    Ok(())
}

/// The mean probabilities of the sentences in that voice that mention the target; none where no
/// sentence does.
fn mean(sentences: &[Classified<'_>], voice: Option<Voice>, n_labels: usize) -> Option<Vec<f64>> {
    let mut sum = vec![0.0; n_labels];
    let mut n = 0.0;
    for sentence in sentences {
        let reading = &sentence.readings[0];
        let is_counted = voice.is_none_or(|voice| sentence.attribution.voice == voice);
        let prediction =
            reading.prediction.as_ref().filter(|_| reading.about == TargetRelation::Mention);
        if let Some(prediction) = prediction.filter(|_| is_counted) {
            sum.iter_mut().zip(&prediction.probabilities).for_each(|(sum, p)| *sum += p);
            n += 1.0;
        }
    }
    (n > 0.0).then(|| sum.iter().map(|sum| sum / n).collect())
}

fn shown(estimate: &framescope::evaluate::Estimate) -> String {
    let interval = estimate.interval.as_ref();
    let interval = interval.map(|i| format!(" [{:.3}, {:.3}]", i.low, i.high));
    format!("{:.3}{}", estimate.value, interval.unwrap_or_default())
}
