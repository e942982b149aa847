//! The sentences to be read first: guesses to be checked, or checked sentences behind the title.

use super::exemplars::Exemplar;
use super::lead::evidence;
use super::lead_statement::Evidence;
use super::report_data::Report;
use super::sentence_label::Judge;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of sentences.
const SHOWN: usize = 7;

/// Maximum number of an outlet's checked sentences; of guesses there is one.
const CHECKED: usize = 2;

impl Report {
    /// Own sentences that name a target, given by its number, and take a side, each with its outlet's
    /// index, the surest first: with hand labels only those that have one.
    pub fn first_sentences(&self, target: usize) -> Vec<(usize, &Exemplar)> {
        let target = &self.targets[target];
        let sides: Vec<usize> = self.provenance.sides().collect();
        let (by, each) = match evidence(target) {
            Evidence::Unchecked => (Judge::Model, 1),
            Evidence::FirstChecks | Evidence::Checked => (Judge::Coder, CHECKED),
        };
        let is_wanted = |of: &&Exemplar| {
            let place = (of.voice, of.about, of.by);
            place == (Voice::Outlet, TargetRelation::Mention, by) && sides.contains(&of.label.index)
        };
        let mut found: Vec<(usize, &Exemplar)> = Vec::new();
        for (outlet, summary) in target.outlets.iter().enumerate() {
            let mut own: Vec<&Exemplar> = summary.evidence.iter().filter(is_wanted).collect();
            own.sort_by(|a, b| b.probability.total_cmp(&a.probability));
            found.extend(own.into_iter().take(each).map(|of| (outlet, of)));
        }
        found.sort_by(|(_, a), (_, b)| b.probability.total_cmp(&a.probability));
        found.truncate(SHOWN);
        found
    }
}
