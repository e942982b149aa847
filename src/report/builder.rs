//! Articles go in one by one; a report comes out.

use std::collections::BTreeMap;

use super::bootstrap::{self, Draw};
use super::distinctive::{self, Lexicon, WordCounts};
use super::ledger::Ledger;
use super::{Outlet, Provenance, Report, TargetSummary, notes};
use crate::classifier::{Classified, Classifier};
use crate::model::Explanation;
use crate::target::Target;
use crate::text::Span;

/// What a report needs beside the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What chance starts from: the same seed gives the same report.
    pub seed: u64,
    /// How many times each outlet's articles are resampled for the intervals.
    pub resamples: usize,
    /// What was read, in words to be shown: usually file names.
    pub inputs: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, resamples: 1000, inputs: Vec::new() }
    }
}

/// Adds up classified articles. Keeps counts and sums of each, and a few sentences of each outlet.
#[derive(Debug, Default)]
pub struct Builder {
    outlets: BTreeMap<String, Ledger>,
    lexicon: Lexicon,
}

impl Builder {
    /// Nothing added up yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// Takes in all the sentences of one article. An article without a sentence leaves no trace.
    pub fn add(&mut self, article: &[Classified<'_>]) {
        let Some(first) = article.first() else { return };
        let outlet = first.article.outlet.clone();
        self.outlets.entry(outlet).or_default().add(article, &mut self.lexicon);
    }

    /// The report on all articles that were added. `classifier` is the one that classified them; it
    /// is asked which words decided in the typical sentences.
    pub fn finish(self, classifier: &Classifier, settings: &Settings) -> Report {
        let model = classifier.model();
        let provenance = Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.name().to_owned(),
            dimension: model.dimension().to_owned(),
            labels: model.labels().to_vec(),
            targets: classifier.targets().to_vec(),
            seed: settings.seed,
            resamples: settings.resamples,
            inputs: settings.inputs.clone(),
        };
        self.conclude(provenance, &|text, mentions| classifier.explain(text, mentions))
    }

    /// As `finish`, with what the classifier contributes laid open, so that tests need no model.
    pub(crate) fn conclude(
        self,
        provenance: Provenance,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> Report {
        let mut report = Report {
            outlets: self.outlets(&provenance.targets),
            targets: self.targets(&provenance, explain),
            provenance,
            notes: Vec::new(),
        };
        report.notes = notes::notes(&report);
        report
    }

    fn outlets(&self, targets: &[Target]) -> Vec<Outlet> {
        let mut all = WordCounts::default();
        self.outlets.values().for_each(|ledger| all.merge(&ledger.words));
        let names =
            targets.iter().flat_map(|target| std::iter::once(&target.name).chain(&target.aliases));
        let unshown = distinctive::unshown(names.map(String::as_str));
        let outlet = |(name, ledger): (&String, &Ledger)| Outlet {
            name: name.clone(),
            counts: ledger.counts.clone(),
            distinctive: distinctive::distinctive(
                &ledger.words,
                &all,
                ledger.counts.articles,
                &self.lexicon,
                &unshown,
            ),
        };
        self.outlets.iter().map(outlet).collect()
    }

    fn targets(
        &self,
        provenance: &Provenance,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> Vec<TargetSummary> {
        let whole = [Target { name: String::new(), aliases: Vec::new() }];
        let targets = match provenance.targets.as_slice() {
            [] => &whole,
            given => given,
        };
        let outlets = |target| {
            self.outlets.iter().map(move |(name, ledger)| {
                let seed = bootstrap::seed_of(provenance.seed, name);
                let draw = Draw { resamples: provenance.resamples, seed };
                ledger.finish(name, target, draw, explain)
            })
        };
        let summary = |(number, target): (usize, &Target)| TargetSummary {
            name: target.name.clone(),
            aliases: target.aliases.clone(),
            outlets: outlets(number).collect(),
        };
        targets.iter().enumerate().map(summary).collect()
    }
}
