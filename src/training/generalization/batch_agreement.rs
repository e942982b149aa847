//! Whether the last labels still changed the model: successive models compared on a stop set.

use rustc_hash::FxHashSet;

use super::comparison::Validation;
use crate::error::Error;
use crate::example::Example;
use crate::model::Model;
use crate::model_input::ModelInput;
use crate::random;
use crate::training::dataset::Dataset;
use crate::training::fold_fit::{Fitted, ROUGH_TOLERANCE};
use crate::training::instance::Instance;
use crate::training::stopping_rule::{BATCH, STOP_SET, Stability, WINDOW, kappa, stopping_rule};

/// Number of batches into which the labels are cut, where there are enough of them.
const BATCHES: usize = 10;

/// How alike the models are that learnt from all labels and from all but the last batches.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchAgreement {
    /// Numbers of gold instances that the models learnt from, rising; the last is all.
    pub n_train: Vec<usize>,
    /// Number of sentences on which they are compared.
    pub n_sentences: usize,
    /// Cohen's kappa of each model with the one before it: one fewer than there are models. None where it
    /// is not defined.
    pub agreements: Vec<Option<f64>>,
    /// What the stopping rule says of them.
    pub stability: Stability,
}

/// The sentences on which models are compared: at most [`STOP_SET`] of those given, drawn at random. Their
/// labels are not looked at. `labels` are those of the models.
///
/// # Errors
/// A row whose weight is impossible.
pub fn stop_set(
    mut sentences: Vec<Example>,
    dimension: &str,
    labels: &[String],
    seed: u64,
) -> Result<Dataset, Error> {
    sentences.iter_mut().for_each(|sentence| sentence.label_shares.clear());
    random::shuffle(&mut sentences, &mut random::rng(seed));
    sentences.truncate(STOP_SET);
    Dataset::gather(&sentences, &[], dimension, Some(labels))
}

impl Validation<'_> {
    /// Trains models on all labels and on all but the last batches, in the order of the files, and compares
    /// each with the one before it on a stop set. A batch is a tenth of the labels, [`BATCH`] at least.
    /// Shares that lack a label are left out, unless there is a base.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn batch_agreement(&self, stop_set: &Dataset) -> Result<BatchAgreement, Error> {
        let inputs: Vec<ModelInput<'_>> = stop_set.gold.iter().map(Instance::input).collect();
        let suffices = |&n: &usize| self.prior.base.is_some() || has_every_label(self.dataset, n);
        let n_train: Vec<usize> =
            cuts(self.dataset.gold.len()).into_iter().filter(suffices).collect();
        let start = self.training_set.start()?;
        let mut labels = Vec::new();
        for &n in &n_train {
            let predictions = self.first(n, start.as_ref())?.predict_all(&inputs, &|_| ());
            labels.push(predictions.iter().map(|prediction| prediction.label).collect::<Vec<_>>());
        }
        let agreements: Vec<Option<f64>> =
            labels.windows(2).map(|pair| kappa(&pair[0], &pair[1])).collect();
        let stability = stopping_rule(&agreements);
        Ok(BatchAgreement { n_train, n_sentences: inputs.len(), agreements, stability })
    }

    /// The model that the first gold instances alone make, with all silver. `start` is where the regression
    /// begins.
    fn first(&self, n: usize, start: Option<&Fitted<'_>>) -> Result<Model, Error> {
        let gold = &self.dataset.gold;
        let later: FxHashSet<(usize, &str)> =
            gold[n..].iter().map(|item| (item.row, item.text.as_str())).collect();
        let is_kept = |(index, item): &(usize, &Instance)| match *index < gold.len() {
            true => *index < n,
            false => !item.is_masked || !later.contains(&(item.row, item.text.as_str())),
        };
        let kept = self.dataset.all().enumerate().filter(is_kept);
        let rows: Vec<usize> = kept.map(|(index, _)| index).collect();
        let card = self.card();
        let fold = self.training_set.fold(&rows);
        let whole = fold.fit(card.penalty, start, ROUGH_TOLERANCE)?;
        let fitted = fold.prune(&whole, card.penalty, ROUGH_TOLERANCE)?;
        self.training_set.model(card.clone(), &fitted)
    }
}

/// Numbers of labels after each of the last batches, rising.
fn cuts(n: usize) -> Vec<usize> {
    let batch = BATCH.max(n / BATCHES);
    let after = |back: usize| n.checked_sub(back * batch).filter(|left| *left > 0);
    (0..=WINDOW).rev().filter_map(after).collect()
}

/// Whether each label occurs among the first gold instances.
fn has_every_label(dataset: &Dataset, n: usize) -> bool {
    (0..dataset.labels.len())
        .all(|label| dataset.gold[..n].iter().any(|item| item.label() == label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::base_prior::Prior;
    use crate::training::generalization::tests::{gather, trained, with_house_styles};

    #[test]
    fn batches_are_a_tenth_and_twenty_at_least() {
        assert_eq!(cuts(400), [280, 320, 360, 400]);
        assert_eq!(cuts(75), [15, 35, 55, 75]);
        assert_eq!(cuts(40), [20, 40]);
        assert_eq!(cuts(7), [7]);
    }

    #[test]
    fn words_that_all_batches_share_make_models_that_agree() {
        let dataset = gather(&with_house_styles(), &[]);
        let trained = trained(&dataset);
        let validation = Validation::new(&dataset, &trained, Prior::default());
        let found = validation.batch_agreement(&dataset).unwrap();
        assert_eq!((&*found.n_train, found.n_sentences), (&[60, 80, 100, 120][..], 120));
        assert_eq!(found.agreements, [Some(1.0); 3]);
        assert!(found.stability.is_reached);
    }

    #[test]
    fn a_last_batch_that_says_the_contrary_is_seen() {
        let mut rows = with_house_styles();
        let shares = |row: usize| rows[row].label_shares.clone();
        // Of each word's 20 rows the later 14 are labelled with the other label.
        let (dim, lit) = (shares(0), shares(3));
        for row in &mut rows[36..] {
            row.label_shares = if row.label_shares == dim { lit.clone() } else { dim.clone() };
        }
        let dataset = gather(&rows, &[]);
        let trained = trained(&dataset);
        let validation = Validation::new(&dataset, &trained, Prior::default());
        let found = validation.batch_agreement(&dataset).unwrap();
        assert!(found.agreements.contains(&Some(-1.0)), "{:?}", found.agreements);
        assert!(!found.stability.is_reached);
    }
}
