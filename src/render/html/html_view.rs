//! What of a report the page shows, and the addresses of its sentences.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::row_attributes::{RowAttributes, voice_key};
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::sanitize;
use crate::render::table::Table;
use crate::render::wording;
use crate::report::{Exemplar, OutletSummary, Report, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of outlets shown: those with the most sentences that name a target.
const MOST_OUTLETS: usize = 60;

/// With more outlets, tables that have a column for each show less in a cell.
const FEW_OUTLETS: usize = 8;

/// A report as the sections see it.
pub(super) struct HtmlView<'r> {
    pub(super) report: &'r Report,
    /// The outlets shown, as indices, rising.
    pub(super) outlets: Vec<usize>,
    /// The address of each sentence shown, by outlet, article and number.
    addresses: BTreeMap<(usize, &'r str, usize), String>,
}

/// A target as the sections see it.
#[derive(Clone, Copy)]
pub(super) struct TargetView<'p> {
    pub(super) page: &'p HtmlView<'p>,
    pub(super) number: usize,
    pub(super) summary: &'p TargetSummary,
}

/// An outlet that is shown, and what it says of a target.
#[derive(Clone, Copy)]
pub(super) struct OutletView<'p> {
    pub(super) target: TargetView<'p>,
    pub(super) number: usize,
    pub(super) summary: &'p OutletSummary,
}

impl<'r> HtmlView<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let outlets = shown(report);
        let mut addresses = BTreeMap::new();
        for (target, summary) in report.targets.iter().enumerate() {
            for &outlet in &outlets {
                for (number, of) in summary.outlets[outlet].evidence.iter().enumerate() {
                    let key = (outlet, of.article.as_str(), of.sentence);
                    let address = format!("#{}", sentence_id(target, outlet, number));
                    addresses.entry(key).or_insert(address);
                }
            }
        }
        HtmlView { report, outlets, addresses }
    }

    /// Says that not all outlets are shown.
    pub(super) fn omitted_outlets(&self) -> Markup {
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

    pub(super) fn targets(&self) -> impl Iterator<Item = TargetView<'_>> {
        let targets = self.report.targets.iter().enumerate();
        targets.map(|(number, summary)| TargetView { page: self, number, summary })
    }

    /// What a section shows of each target, below a heading where there are several.
    pub(super) fn each_target(&self, content: impl Fn(TargetView<'_>) -> Markup) -> Markup {
        html! {
            @for target in self.targets() {
                @if self.report.targets.len() > 1 {
                    h3 dir="auto" { (wording::target(target.summary)) }
                }
                (content(target))
            }
        }
    }

    /// Whether anybody has checked a sentence that names a target.
    pub(super) fn is_checked(&self) -> bool {
        self.targets().any(TargetView::is_checked)
    }

    /// Whether a condition holds for any outlet shown and any target.
    pub(super) fn has_any(&self, is_so: impl Fn(&OutletSummary) -> bool) -> bool {
        self.targets().any(|target| target.outlets().any(|outlet| is_so(outlet.summary)))
    }

    /// Whether any outlet shown names a target in a voice.
    pub(super) fn has_mentions(&self, voice: Voice) -> bool {
        let stratum =
            |of: &OutletSummary| Some(of.stratum(voice, TargetRelation::Mention)?.sentences);
        self.has_any(|outlet| stratum(outlet).is_some_and(|sentences| sentences > 0))
    }

    pub(super) fn outlet_name(&self, outlet: usize) -> String {
        wording::outlet(&self.report.outlets[outlet].name)
    }

    /// Whether columns by outlet have room for words.
    pub(super) fn is_roomy(&self) -> bool {
        self.outlets.len() <= FEW_OUTLETS
    }

    /// The labels that take a side, as indices; all of a dimension that has no `neutral`.
    pub(super) fn sides(&self) -> impl Iterator<Item = usize> + use<'r> {
        self.report.provenance.sides()
    }

    /// All labels as indices, those that take a side first.
    pub(super) fn labels(&self) -> Vec<usize> {
        let sides: Vec<usize> = self.sides().collect();
        let mut labels: Vec<usize> = (0..self.report.provenance.labels.len()).collect();
        labels.sort_by_key(|label| !sides.contains(label));
        labels
    }

    /// All labels as indices, with their names.
    pub(super) fn named_labels(&self) -> impl Iterator<Item = (usize, String)> {
        self.report.provenance.labels.iter().map(|label| sanitize::name(label)).enumerate()
    }

    pub(super) fn label_name(&self, label: usize) -> String {
        sanitize::name(self.report.label(label))
    }

    /// A column about one outlet.
    pub(super) fn outlet_column<'c, R, C: Into<HtmlCell>>(
        &self,
        outlet: usize,
        cell: impl Fn(&R) -> C + 'c,
    ) -> HtmlColumn<'c, R> {
        HtmlColumn::text(&self.outlet_name(outlet), cell).about(outlet, self.is_roomy())
    }

    /// The address of a sentence, if it is shown.
    pub(super) fn sentence_href(
        &self,
        outlet: usize,
        article: &str,
        number: usize,
    ) -> Option<String> {
        self.addresses.get(&(outlet, article, number)).cloned()
    }
}

impl<'p> TargetView<'p> {
    /// Whether anybody has checked a sentence that names it.
    pub(super) fn is_checked(self) -> bool {
        self.page.report.lead(self.number).evidence.is_checked()
    }

    /// A heading within what is shown of the target: below the target's own, where that has one.
    pub(super) fn subheading(self, content: &Markup) -> Markup {
        html! {
            @if self.page.report.targets.len() > 1 { h4 { (content) } }
            @else { h3 class="small" { (content) } }
        }
    }

    /// The outlets that are shown.
    pub(super) fn outlets(self) -> impl Iterator<Item = OutletView<'p>> {
        self.page.outlets.iter().map(move |&number| self.outlet(number))
    }

    pub(super) fn outlet(self, number: usize) -> OutletView<'p> {
        OutletView { target: self, number, summary: &self.summary.outlets[number] }
    }

    /// Tables of both voices that other formats have too, with a row for each outlet.
    pub(super) fn tables(
        self,
        id: &str,
        of_voice: fn(&Report, &TargetSummary, Voice) -> Vec<Table>,
    ) -> Vec<SortableTable> {
        let of_voice = |voice| of_voice(self.page.report, self.summary, voice);
        let table = |(at, table): (usize, Table)| {
            let id = format!("{id}-{}-{at}", self.number);
            SortableTable::of_outlets(id, &table, 0.., &self.page.outlets)
        };
        Voice::ALL.into_iter().flat_map(of_voice).enumerate().map(table).collect()
    }
}

impl OutletView<'_> {
    pub(super) fn name(&self) -> String {
        self.target.page.outlet_name(self.number)
    }

    pub(super) fn attributes(&self) -> RowAttributes {
        let target = Some(self.target.number);
        RowAttributes { target, ..RowAttributes::of_outlet(self.number) }
    }

    /// The id of its sentences.
    pub(super) fn id(&self) -> String {
        format!("e-{}-{}", self.target.number, self.number)
    }

    /// The id of its sentences of a voice and a label.
    pub(super) fn group_id(&self, voice: Voice, label: usize) -> String {
        format!("{}-{}-{label}", self.id(), voice_key(voice))
    }

    pub(super) fn sentence_id(&self, number: usize) -> String {
        sentence_id(self.target.number, self.number, number)
    }

    /// The address of its sentences of a voice and a label; none where none are shown.
    pub(super) fn group_href(&self, voice: Voice, label: usize) -> Option<String> {
        let has = |of: &Exemplar| (of.voice, of.label.index) == (voice, label);
        let is_shown = self.target.page.outlets.contains(&self.number);
        (is_shown && self.summary.evidence.iter().any(has))
            .then(|| format!("#{}", self.group_id(voice, label)))
    }
}

fn sentence_id(target: usize, outlet: usize, number: usize) -> String {
    format!("s-{target}-{outlet}-{number}")
}

fn shown(report: &Report) -> Vec<usize> {
    let naming = |outlet: usize| -> u64 {
        let strata = report.targets.iter().flat_map(|target| &target.outlets[outlet].strata);
        strata.filter(|of| of.about == TargetRelation::Mention).map(|of| of.sentences).sum()
    };
    let mut outlets: Vec<usize> = (0..report.outlets.len()).collect();
    outlets.sort_by_key(|&at| Reverse(naming(at)));
    outlets.truncate(MOST_OUTLETS);
    outlets.sort_unstable();
    outlets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, classified, report_on};

    #[test]
    fn of_many_outlets_those_that_name_the_target_most_are_shown() {
        let all: Vec<_> = (0..70).map(|n| article(&format!("outlet {n:02}"), "a1")).collect();
        assert!(!classified(&all[0]).is_empty());
        let more = (60..70).map(|n| article(&format!("outlet {n:02}"), "a2"));
        let report = report_on(&all.iter().cloned().chain(more).collect::<Vec<_>>());
        let page = HtmlView::new(&report);
        let expected: Vec<usize> = (0..50).chain(60..70).collect();
        assert_eq!(page.outlets, expected);
        assert!(page.omitted_outlets().into_string().contains("60 of 70"));
    }
}
