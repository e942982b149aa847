//! Predictions that somebody else made of the sentences of a corpus.

use std::collections::BTreeMap;

use super::given_labels::GivenLabels;
use crate::classifier::Classified;
use crate::model::Prediction;
use crate::target::Target;

/// Predictions by article, sentence and target. All of them are in memory.
#[derive(Debug)]
pub struct GivenPredictions {
    labels: GivenLabels,
    /// By article, then by sentence and the name of the target.
    articles: BTreeMap<Box<str>, BTreeMap<(usize, Box<str>), Given>>,
    /// Stances without a prediction: how many, and the first.
    missing: (u64, Option<String>),
}

/// A prediction, and the line that gives it.
#[derive(Debug)]
struct Given {
    prediction: Prediction,
    line: u64,
    is_used: bool,
}

impl GivenPredictions {
    /// Of some labels; none is given yet.
    pub fn new(labels: GivenLabels) -> Self {
        GivenPredictions { labels, articles: BTreeMap::new(), missing: (0, None) }
    }

    /// What they are called.
    pub fn labels(&self) -> &GivenLabels {
        &self.labels
    }

    /// Takes a prediction for a sentence, by its number, and a target, by its name: an empty one where
    /// there is a single target or none. `line` is where it stands.
    ///
    /// # Errors
    /// A second one for the same, and one whose labels are others.
    pub fn add(
        &mut self,
        (article, sentence, target): (&str, &str, &str),
        (label, probabilities): (&str, &[(String, f64)]),
        line: u64,
    ) -> Result<(), String> {
        let number: usize = sentence.trim().trim_end_matches(".0").parse().map_err(|_| {
            format!("`sentence` is `{sentence}`; expected its number in the article, from 1 on")
        })?;
        let prediction = self.labels.prediction(label, probabilities)?;
        let Some(prediction) = prediction else { return Ok(()) };
        let given = Given { prediction, line, is_used: false };
        let of_article = self.articles.entry(article.into()).or_default();
        match of_article.insert((number, target.into()), given) {
            None => Ok(()),
            Some(first) => {
                let about =
                    if target.is_empty() { String::new() } else { format!(" about `{target}`") };
                Err(format!(
                    "a second prediction for sentence {number} of article `{article}`{about}; the first \
                     stands on line {}",
                    first.line
                ))
            }
        }
    }

    /// Puts them in place of a model's, in an article that was classified for some targets.
    pub fn replace(&mut self, article: &mut [Classified<'_>], targets: &[Target]) {
        let Some(id) = article.first().map(|first| first.article.id.as_str()) else { return };
        let mut none = BTreeMap::new();
        let given = self.articles.get_mut(id).unwrap_or(&mut none);
        for of in article {
            let number = of.sentence.number;
            for (at, reading) in of.readings.iter_mut().enumerate() {
                let name = targets.get(at).map_or("", |target| &target.name);
                let mut key = (number, Box::from(name));
                if targets.len() <= 1 && !given.contains_key(&key) {
                    key.1 = Box::default();
                }
                let found = given.get_mut(&key);
                match (found, &mut reading.prediction) {
                    (Some(found), stance) => {
                        found.is_used = true;
                        stance.iter_mut().for_each(|of| of.clone_from(&found.prediction));
                    }
                    (None, Some(_)) => {
                        self.missing.0 += 1;
                        self.missing.1.get_or_insert_with(|| place(id, number, name));
                    }
                    (None, None) => {}
                }
            }
        }
    }

    /// Whether each stance has found its prediction, once all articles are classified. Predictions for
    /// sentences that do not bear on the target are not needed and do no harm. With `is_part` the articles
    /// are only some of those that the predictions are for.
    ///
    /// # Errors
    /// How many are missing, or are for sentences that there are not, and the first of them.
    pub fn check(&self, is_part: bool) -> Result<(), (Option<u64>, String)> {
        if let (n, Some(first)) = &self.missing {
            let reason = format!(
                "no prediction for {n} of the sentences that bear on a target; the first is {first}. \
                 `framescope classify` lists them: predict its rows whose `about` is mention or context"
            );
            return Err((None, reason));
        }
        let articles = self.articles.iter();
        let all = articles.flat_map(|(id, of)| of.iter().map(move |(place, of)| (id, place, of)));
        let unknown = all.filter(|(_, _, given)| !given.is_used && !is_part);
        let n = unknown.clone().count();
        let Some((id, (number, target), given)) = unknown.min_by_key(|(_, _, given)| given.line)
        else {
            return Ok(());
        };
        let reason = format!(
            "{} for sentences that these articles do not have; the first is for {}. The ids, numbers and \
             targets must be those that `framescope classify` writes for the same articles",
            if n == 1 { "1 prediction is".to_owned() } else { format!("{n} predictions are") },
            place(id, *number, target)
        );
        Err((Some(given.line), reason))
    }
}

fn place(article: &str, sentence: usize, target: &str) -> String {
    match target {
        "" => format!("sentence {sentence} of article `{article}`"),
        target => format!("sentence {sentence} of article `{article}` about `{target}`"),
    }
}
