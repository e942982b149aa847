//! Harder questions than cross-validation asks: how does the model do on an outlet that it has never
//! read, on days after those that it learnt from, with fewer labels?
//!
//! Each is answered on the same rows by models of the same kind, so that what differs in the scores
//! is what was held out (Baly et al. 2020 hold out whole media, lest the model learn who writes
//! instead of what is written). The penalty is the one that cross-validation chose.

mod ablation;
mod learning_curve;
mod leave_outlet_out;
mod temporal_split;
#[cfg(test)]
mod tests;

use super::base_prior::Prior;
use super::dataset::Dataset;
use super::fold_fit::ROUGH;
use super::train_test_split::TrainTestSplit;
use super::training_set::TrainingSet;
use super::{Trained, calibration_by, folds_of, holds_of};
use crate::calendar_day::Day;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::{self, Estimate, OutletScores, ScoredExample, Scores};
use crate::model::calibration::Calibration;
use crate::model::card::Settings;
use crate::model::softmax_regression::softmax;
pub use ablation::Ablation;
pub use learning_curve::LearningCurvePoint;

/// What is held out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ValidationMethod {
    /// Outlets that the model has never read (column outlet).
    Outlets,
    /// Days after all that the model learnt from (column date).
    Time,
}

/// What will be held out; made before training, so that nobody waits for what cannot be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is held out as a whole.
    pub way: ValidationMethod,
    /// The parts that are held out in turn.
    pub holds: Vec<TrainTestSplit>,
    /// The first day that is held out.
    pub from: Option<Day>,
    /// How many items and silver rows do not say their outlet or day; they are learnt from and
    /// never held out.
    pub n_unknown: usize,
    /// In how many parts whole articles are held out to compare with.
    article_folds: usize,
}

/// How a model did on rows that were held out in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// In how many parts.
    pub parts: usize,
    /// How many items were learnt from for each row that is judged, in the mean.
    pub learnt_from: f64,
    /// How well the rows were judged.
    pub scores: Scores,
}

/// The same rows judged twice: with whole articles held out, and with more.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What was held out.
    pub plan: Plan,
    /// With whole articles held out.
    pub articles: HeldOut,
    /// With more held out.
    pub held_out: HeldOut,
    /// By how much the macro-F1 falls from the one to the other. For outlets, the outlet leak.
    pub fall: Estimate,
    /// Each outlet, with whole articles held out.
    pub articles_by_outlet: Vec<OutletScores>,
    /// Each outlet, with more held out.
    pub held_out_by_outlet: Vec<OutletScores>,
}

/// Items judged by models that have not seen them.
#[derive(Debug)]
struct UnseenOutlet {
    /// The items, rising.
    rows: Vec<usize>,
    judged: Vec<ScoredExample>,
    parts: usize,
    learnt_from: f64,
}

/// Judges the items of a training anew.
#[derive(Debug)]
pub struct Validation<'a> {
    items: &'a Dataset,
    trained: &'a Trained,
    prior: Prior<'a>,
    material: TrainingSet<'a>,
}

impl Plan {
    /// Plans what to hold out.
    ///
    /// # Errors
    /// Too few outlets or days, a date that is no day, or a label that would not be learnt from.
    pub fn new(way: ValidationMethod, items: &Dataset, settings: &Settings) -> Result<Self, Error> {
        let plan = match way {
            ValidationMethod::Outlets => leave_outlet_out::plan(items, settings),
            ValidationMethod::Time => temporal_split::plan(items, settings),
        }?;
        // Tried first, as the holds are: articles are held out to compare with.
        folds_of(items, &Settings { folds: plan.article_folds, ..settings.clone() })?;
        let missing = plan.holds.iter().find_map(|hold| hold.missing_label(items));
        match missing.filter(|_| settings.base.is_none()) {
            None => Ok(plan),
            Some(label) => Err(Error::Training(format!(
                "no row labelled {label} would be left to learn from with {} held out; label it in \
                 more of them",
                match way {
                    ValidationMethod::Outlets => "whole outlets",
                    ValidationMethod::Time => "the latest days",
                }
            ))),
        }
    }

    /// The items that are held out, rising.
    fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.holds.iter().flat_map(|hold| &hold.held).copied().collect();
        rows.sort_unstable();
        rows
    }
}

impl<'a> Validation<'a> {
    /// Reads the features of everything once more. What is known before is what the training knew.
    pub fn new(items: &'a Dataset, trained: &'a Trained, prior: Prior<'a>) -> Self {
        let material = TrainingSet::new(items, &trained.model.card().settings, prior);
        Validation { items, trained, prior, material }
    }

    /// Judges what a plan holds out, and the same rows with whole articles held out.
    ///
    /// # Errors
    /// [`Error::Training`] where the solver does not converge.
    pub fn compare(&self, plan: Plan) -> Result<Comparison, Error> {
        let held_out = self.judge(&self.material, &plan.holds)?;
        let articles = self.by_articles(plan.article_folds)?.only(&plan.rows());
        let labels = self.items.labels.len();
        let outlets: Vec<&str> =
            plan.rows().iter().map(|&row| self.items.items[row].outlet.as_str()).collect();
        let by_outlet = |unseen: &UnseenOutlet| {
            evaluate::by_outlet(&unseen.judged, &outlets, &self.items.labels, self.draw())
        };
        Ok(Comparison {
            fall: evaluate::paired_difference(
                &articles.judged,
                &held_out.judged,
                labels,
                self.draw(),
            ),
            articles_by_outlet: by_outlet(&articles),
            held_out_by_outlet: by_outlet(&held_out),
            articles: self.scored(&articles)?,
            held_out: self.scored(&held_out)?,
            plan,
        })
    }

    /// Whole articles held out in some number of parts.
    fn by_articles(&self, n_folds: usize) -> Result<UnseenOutlet, Error> {
        let settings = self.settings();
        let holds = self.article_holds(n_folds)?;
        if n_folds != settings.folds {
            return self.judge(&self.material, &holds);
        }
        // Cross-validation has done it already.
        Ok(UnseenOutlet {
            rows: (0..self.items.items.len()).collect(),
            judged: self.trained.judged.clone(),
            parts: holds.len(),
            learnt_from: self.learnt_from(&holds),
        })
    }

    fn article_holds(&self, n_folds: usize) -> Result<Vec<TrainTestSplit>, Error> {
        let settings = Settings { folds: n_folds, ..self.settings().clone() };
        Ok(holds_of(self.items, &folds_of(self.items, &settings)?, n_folds))
    }

    /// Judges what is held out, calibrated by what cross-validation shows of the rows learnt from.
    fn judge(
        &self,
        material: &TrainingSet<'_>,
        holds: &[TrainTestSplit],
    ) -> Result<UnseenOutlet, Error> {
        let penalty = self.trained.model.card().penalty;
        let start = material.start()?;
        let judge = |hold: &TrainTestSplit| {
            let training = material.of(&hold.rest);
            let whole = training.fit(penalty, start.as_ref(), ROUGH)?;
            let scores = training.prune(&whole, penalty, ROUGH)?.scores(&hold.held);
            let learnt = hold.learnt_items(self.items);
            let calibration = match self.is_calibrated() {
                true => calibration_by(self.items, &self.trained.unseen, learnt),
                false => Calibration::none(self.items.labels.len()),
            };
            let judged = |(&row, scores): (&usize, Vec<f64>)| {
                let item = &self.items.items[row];
                let mut probabilities = calibration.apply(&scores);
                softmax(&mut probabilities);
                (row, ScoredExample { truth: item.label(), probabilities, article: item.article })
            };
            Ok(hold.held.iter().zip(scores).map(judged).collect())
        };
        let parts: Vec<Vec<(usize, ScoredExample)>> =
            holds.iter().map(judge).collect::<Result<_, Error>>()?;
        let mut judged: Vec<(usize, ScoredExample)> = parts.into_iter().flatten().collect();
        judged.sort_by_key(|(row, _)| *row);
        let (rows, judged) = judged.into_iter().unzip();
        Ok(UnseenOutlet { rows, judged, parts: holds.len(), learnt_from: self.learnt_from(holds) })
    }

    /// How many items are learnt from for each that is held out, in the mean.
    fn learnt_from(&self, holds: &[TrainTestSplit]) -> f64 {
        let n_held: usize = holds.iter().map(|hold| hold.held.len()).sum();
        let learnt = |hold: &TrainTestSplit| hold.held.len() * hold.learnt_items(self.items).len();
        holds.iter().map(learnt).sum::<usize>() as f64 / n_held as f64
    }

    fn scored(&self, unseen: &UnseenOutlet) -> Result<HeldOut, Error> {
        let scores = evaluate::scores(&unseen.judged, &self.items.labels, self.draw());
        let scores = scores.ok_or_else(|| Error::Training("nothing is held out".to_string()))?;
        Ok(HeldOut { parts: unseen.parts, learnt_from: unseen.learnt_from, scores })
    }

    /// Whether a calibration was found worth having.
    fn is_calibrated(&self) -> bool {
        self.trained.model.card().calibration != Calibration::none(self.items.labels.len())
    }

    fn settings(&self) -> &'a Settings {
        &self.trained.model.card().settings
    }

    fn draw(&self) -> Resampling {
        let settings = self.settings();
        Resampling { resamples: settings.resamples, seed: settings.seed }
    }
}

impl UnseenOutlet {
    /// Some of the rows, rising.
    fn only(self, wanted: &[usize]) -> Self {
        let both = self.rows.into_iter().zip(self.judged);
        let (rows, judged) = both.filter(|(row, _)| wanted.binary_search(row).is_ok()).unzip();
        UnseenOutlet { rows, judged, ..self }
    }
}
