use std::path::{Path, PathBuf};

use clap::Args;

use super::label_files::read_examples;
use super::shared_options::{ReadingOptions, refuse_overwriting, write_all};
use crate::error::Error;
use crate::example::Example;
use crate::io::Output;
use crate::model::card::Settings;
use crate::render::{self, suspected_label_errors};
use crate::training::Trained;
use crate::training::base_prior::Prior;
use crate::training::dataset::Dataset;
use crate::training::generalization::{Holdout, Validation, ValidationMethod, stop_set};
use crate::training::suspected_label_errors::find_label_errors;

/// What to evaluate beside cross-validation. All of it takes time.
#[derive(Debug, Args)]
pub(super) struct ValidationOptions {
    /// Judge again with whole outlets or with the latest days held out, and compare; may be repeated
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    validate: Vec<ValidationMethod>,
    /// Show how the scores grow with the labels
    #[arg(long)]
    learning_curve: bool,
    /// Say whether the last labels still changed the model, compared on these sentences: a file like those
    /// of labels, whose labels are not read. Draw it at random, with `sample`
    #[arg(long, value_name = "FILE")]
    stop_set: Option<PathBuf>,
    /// Show what each kind of features brings
    #[arg(long)]
    ablation: bool,
    /// List labels that may be wrong, as CSV
    #[arg(long, value_name = "FILE")]
    suspects: Option<PathBuf>,
}

impl ValidationOptions {
    /// Whether kinds of features are to be left out in turn.
    pub(super) fn has_ablation(&self) -> bool {
        self.ablation
    }

    /// Refuses before training what would fail after it. `out` is the file of the model.
    pub(super) fn check<'p>(
        &'p self,
        files: impl IntoIterator<Item = &'p PathBuf>,
        out: &Path,
    ) -> Result<(), Error> {
        let Some(path) = &self.suspects else { return Ok(()) };
        refuse_overwriting(path, files.into_iter().chain(self.paths()))?;
        if std::path::absolute(path).ok() == std::path::absolute(out).ok() {
            return Err(Error::file(path, "is where the model goes; give --suspects another name"));
        }
        drop(Output::create(Some(path))?);
        Ok(())
    }

    /// The files that are read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.stop_set.iter()
    }

    /// The sentences on which successive models are compared; none where nobody asks.
    pub(super) fn stop_set(
        &self,
        reading: &ReadingOptions,
        dataset: &Dataset,
        dimension: &str,
        seed: u64,
    ) -> Result<Option<Dataset>, Error> {
        let Some(path) = &self.stop_set else { return Ok(None) };
        let sentences = read_examples(std::slice::from_ref(path), reading)?;
        stop_set(sentences, dimension, &dataset.labels, seed).map(Some)
    }

    /// What will be held out.
    pub(super) fn holdouts(
        &self,
        dataset: &Dataset,
        settings: &Settings,
    ) -> Result<Vec<Holdout>, Error> {
        let is_wanted = |method: &ValidationMethod| self.validate.contains(method);
        let methods =
            [ValidationMethod::Outlets, ValidationMethod::Time].into_iter().filter(is_wanted);
        methods.map(|method| Holdout::new(method, dataset, settings)).collect()
    }

    /// Evaluates what was asked for and prints each part as soon as it is done. `prior` is what the
    /// training knew.
    pub(super) fn run(
        &self,
        holdouts: Vec<Holdout>,
        stop_set: Option<&Dataset>,
        trained: &Trained,
        dataset: &Dataset,
        examples: &[Example],
        prior: Prior<'_>,
    ) -> Result<(), Error> {
        if let Some(path) = &self.suspects {
            list_label_errors(path, trained, dataset, examples)?;
        }
        if holdouts.is_empty() && stop_set.is_none() && !self.learning_curve && !self.ablation {
            return Ok(());
        }
        if trained.model.card().cross_validation.is_none() {
            return print("\nNothing more to find out: too few sentences to hold any out\n");
        }
        let validation = Validation::new(dataset, trained, prior);
        for holdout in holdouts {
            print(&render::generalization::comparison(&validation.compare(holdout)?))?;
        }
        if self.learning_curve {
            print(&render::generalization::learning_curve(&validation.learning_curve()?))?;
        }
        if let Some(stop_set) = stop_set {
            print(&render::generalization::batch_agreement(
                &validation.batch_agreement(stop_set)?,
            ))?;
        }
        if self.ablation {
            print(&render::generalization::ablation(&validation.ablation()?))?;
        }
        Ok(())
    }
}

fn list_label_errors(
    path: &Path,
    trained: &Trained,
    dataset: &Dataset,
    examples: &[Example],
) -> Result<(), Error> {
    let found = find_label_errors(&trained.out_of_fold);
    let listing = suspected_label_errors::Listing {
        suspects: &found,
        dataset,
        predictions: &trained.out_of_fold,
        examples,
    };
    let mut output = Output::create(Some(path))?;
    suspected_label_errors::csv(&listing, &mut output).map_err(|error| output.failed(error))?;
    output.finish()?;
    print(&suspected_label_errors::text(&listing, &path.display().to_string()))
}

fn print(text: &str) -> Result<(), Error> {
    write_all(Output::create(None)?, render::harmless(text).as_bytes())
}
