//! The sentences to be read first: guesses to be checked, or checked sentences behind the title.

use super::exemplars::Exemplar;
use super::report_data::{OutletSummary, Report};
use super::sentence_label::Judge;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of sentences.
const SHOWN: usize = 7;

/// Maximum number of an outlet's checked sentences; of guesses there is one.
const CHECKED: usize = 2;

impl Report {
    /// Own sentences that name a target, given by its number, and take a side, each with its outlet's
    /// index. Guesses stand the surest first. With hand labels there are only sentences that have one: first
    /// those of the outlets in the title, then of the others in the order of the chart.
    pub fn first_sentences(&self, number: usize) -> Vec<(usize, &Exemplar)> {
        let target = &self.targets[number];
        let lead = self.lead(number);
        let is_checked = lead.evidence.is_checked();
        let (by, each) = if is_checked { (Judge::Coder, CHECKED) } else { (Judge::Model, 1) };
        let in_title = lead.title.outlets();
        let mut found: Vec<(usize, usize, &Exemplar)> = Vec::new();
        for outlet in self.in_order(number, &in_title) {
            let own = self.own_taking_sides(&target.outlets[outlet], by).into_iter();
            found.extend(own.take(each).enumerate().map(|(place, of)| (outlet, place, of)));
        }
        match is_checked {
            true => {
                found.sort_by_key(|(outlet, place, _)| match in_title.contains(outlet) {
                    true => 0,
                    false => *place,
                });
            }
            false => found.sort_by(|a, b| b.2.probability.total_cmp(&a.2.probability)),
        }
        found.truncate(SHOWN);
        found.into_iter().map(|(outlet, _, of)| (outlet, of)).collect()
    }

    /// How many own sentences that name a target, given by its number, take a side by hand labels.
    pub fn n_checked_taking_sides(&self, number: usize) -> u64 {
        let outlets = self.targets[number].outlets.iter();
        let own = outlets.filter_map(|of| of.stratum(Voice::Outlet, TargetRelation::Mention));
        own.flat_map(|of| self.provenance.sides().map(|label| of.labelled_as(label))).sum()
    }

    /// An outlet's own sentences that name the target and take a side, the surest first.
    fn own_taking_sides<'r>(&self, outlet: &'r OutletSummary, by: Judge) -> Vec<&'r Exemplar> {
        let sides: Vec<usize> = self.provenance.sides().collect();
        let is_wanted = |of: &&Exemplar| {
            let place = (of.voice, of.about, of.by);
            place == (Voice::Outlet, TargetRelation::Mention, by) && sides.contains(&of.label.index)
        };
        let mut own: Vec<&Exemplar> = outlet.evidence.iter().filter(is_wanted).collect();
        own.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        own
    }

    /// The outlets: those in the title, then those of the chart from above, then the others.
    fn in_order(&self, number: usize, in_title: &[usize]) -> Vec<usize> {
        let chart = self.stance_chart(number);
        let rows = chart.rows.iter().chain(&chart.thin).filter_map(|row| row.outlet);
        let others = 0..self.targets[number].outlets.len();
        let mut order = in_title.to_vec();
        for outlet in rows.chain(others) {
            if !order.contains(&outlet) {
                order.push(outlet);
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{articles, report_on};
    use crate::report::label_corrected_shares::Audited;

    #[test]
    fn guesses_stand_the_surest_first_and_labels_in_the_order_of_the_chart() {
        let mut report = report_on(&articles());
        let guesses = report.first_sentences(0);
        assert!(!guesses.is_empty());
        assert!(guesses.is_sorted_by(|a, b| a.1.probability >= b.1.probability));
        let empty = Audited { labelled: 1, articles: 1, is_complete: false, shares: Vec::new() };
        for outlet in &mut report.targets[0].outlets {
            outlet.strata[0].audited = Some(empty.clone());
            outlet.evidence.iter_mut().for_each(|of| of.by = Judge::Coder);
        }
        let rows = report.stance_chart(0).rows;
        let order: Vec<usize> = rows.iter().filter_map(|row| row.outlet).collect();
        let checked: Vec<usize> = report.first_sentences(0).iter().map(|(at, _)| *at).collect();
        let with_one = order.iter().filter(|outlet| checked.contains(outlet));
        let expected: Vec<usize> = with_one.copied().collect();
        assert!(!expected.is_empty());
        assert_eq!(checked[..expected.len()], expected, "one of each outlet, then a second");
    }
}
