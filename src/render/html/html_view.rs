//! What of a report the page shows, and where it stands.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::render::key_findings;
use crate::render::wording;
use crate::report::{Exemplars, OutletSummary, Report, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

use super::sortable_table::voice_key;

/// So many outlets are shown, those with the most sentences that name a target.
const MOST_OUTLETS: usize = 60;

/// With more outlets, cells of tables that have a column for each hold a mark only.
const FEW_OUTLETS: usize = 8;

/// A report as the sections see it.
pub(super) struct HtmlView<'r> {
    pub(super) report: &'r Report,
    /// The outlets shown, as indices, rising.
    pub(super) outlets: Vec<usize>,
    /// Where each sentence stands in the page: by outlet, article and number.
    places: BTreeMap<(usize, &'r str, usize), String>,
}

impl<'r> HtmlView<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let outlets = shown(report);
        let mut places = BTreeMap::new();
        for (target, summary) in report.targets.iter().enumerate() {
            for &outlet in &outlets {
                for (number, typical) in summary.outlets[outlet].evidence.iter().enumerate() {
                    let key = (outlet, typical.article.as_str(), typical.sentence);
                    let id = sentence_id(target, outlet, number);
                    places.entry(key).or_insert(id);
                }
            }
        }
        HtmlView { report, outlets, places }
    }

    /// Says that not all outlets are shown.
    pub(super) fn cut(&self) -> Markup {
        let (shown, all) = (self.outlets.len(), self.report.outlets.len());
        html! {
            @if shown < all {
                p { strong {
                    "This page shows the " (shown) " of " (all) " outlets that name the target in \
                    most sentences. All of them stand in the formats csv and json."
                } }
            }
        }
    }

    /// Each target with its number.
    pub(super) fn targets(&self) -> impl Iterator<Item = (usize, &'r TargetSummary)> + use<'r> {
        self.report.targets.iter().enumerate()
    }

    /// A heading for one of several targets.
    pub(super) fn target_title(&self, target: &TargetSummary) -> Markup {
        html! { @if self.report.targets.len() > 1 { h3 dir="auto" { (wording::target(target)) } } }
    }

    /// The outlets shown, with their numbers.
    pub(super) fn summaries(
        &self,
        target: &'r TargetSummary,
    ) -> impl Iterator<Item = (usize, &'r OutletSummary)> + '_ {
        self.outlets.iter().map(move |&at| (at, &target.outlets[at]))
    }

    pub(super) fn outlet_name(&self, outlet: usize) -> String {
        wording::outlet(&self.report.outlets[outlet].name)
    }

    /// Whether columns by outlet have room for words.
    pub(super) fn is_roomy(&self) -> bool {
        self.outlets.len() <= FEW_OUTLETS
    }

    /// The labels that take a side, as numbers; all of a dimension that has no `neutral`.
    pub(super) fn sides(&self) -> impl Iterator<Item = usize> + use<'r> {
        key_findings::sides(self.report)
    }

    /// All labels, those that take a side first.
    pub(super) fn labels(&self) -> Vec<usize> {
        let mut labels: Vec<usize> = self.sides().collect();
        let all = 0..self.report.provenance.labels.len();
        let others: Vec<usize> = all.filter(|label| !labels.contains(label)).collect();
        labels.extend(others);
        labels
    }

    /// Where the sentences of an outlet, a voice and a label stand; none where there are none.
    pub(super) fn behind(
        &self,
        target: usize,
        outlet: usize,
        voice: Voice,
        label: usize,
    ) -> Option<String> {
        let evidence = &self.report.targets[target].outlets[outlet].evidence;
        let has = |of: &Exemplars| (of.voice, of.label) == (voice, label);
        let id = || format!("#{}", group_id(target, outlet, voice, label));
        (self.outlets.contains(&outlet) && evidence.iter().any(has)).then(id)
    }

    /// Where a sentence stands, if it is shown.
    pub(super) fn sentence(&self, outlet: usize, article: &str, number: usize) -> Option<String> {
        self.places.get(&(outlet, article, number)).map(|id| format!("#{id}"))
    }
}

pub(super) fn outlet_id(target: usize, outlet: usize) -> String {
    format!("e-{target}-{outlet}")
}

pub(super) fn group_id(target: usize, outlet: usize, voice: Voice, label: usize) -> String {
    format!("e-{target}-{outlet}-{}-{label}", voice_key(voice))
}

pub(super) fn sentence_id(target: usize, outlet: usize, number: usize) -> String {
    format!("s-{target}-{outlet}-{number}")
}

fn shown(report: &Report) -> Vec<usize> {
    let naming = |outlet: usize| -> u64 {
        let strata = report.targets.iter().flat_map(|target| &target.outlets[outlet].strata);
        strata.filter(|of| of.about == TargetRelation::Mention).map(|of| of.sentences).sum()
    };
    let mut outlets: Vec<usize> = (0..report.outlets.len()).collect();
    if outlets.len() > MOST_OUTLETS {
        outlets.sort_by_key(|&at| (std::cmp::Reverse(naming(at)), at));
        outlets.truncate(MOST_OUTLETS);
        outlets.sort_unstable();
    }
    outlets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, classified, report_on};

    #[test]
    fn of_many_outlets_those_that_say_most_are_shown() {
        let all: Vec<_> = (0..70).map(|n| article(&format!("outlet {n:02}"), "a1")).collect();
        assert!(!classified(&all[0]).is_empty());
        let more = (60..70).map(|n| article(&format!("outlet {n:02}"), "a2"));
        let report = report_on(&all.iter().cloned().chain(more).collect::<Vec<_>>());
        let page = HtmlView::new(&report);
        let expected: Vec<usize> = (0..50).chain(60..70).collect();
        assert_eq!(page.outlets, expected);
        assert!(page.cut().into_string().contains("60 of 70"));
    }
}
