//! The target that findings are about, with the names and counts that every finding needs.

use super::line::{Line, LinkDestination, Part};
use crate::render::{sanitize, wording};
use crate::report::{OutletCount, OutletSummary, Report, Shortened, TargetSummary};
use crate::voice::Voice;

/// Words the findings on one target.
pub(super) struct TargetWording<'r> {
    pub(super) report: &'r Report,
    pub(super) target: &'r TargetSummary,
}

impl TargetWording<'_> {
    pub(super) fn label(&self, label: usize) -> String {
        sanitize::name(self.report.label(label))
    }

    pub(super) fn outlet(&self, outlet: usize) -> &OutletSummary {
        &self.target.outlets[outlet]
    }

    pub(super) fn name(&self, outlet: usize) -> String {
        wording::outlet(&self.outlet(outlet).outlet)
    }

    /// The names of outlets; the last of a long list are only counted.
    pub(super) fn names(&self, outlets: &[usize]) -> String {
        let names: Vec<String> = outlets.iter().map(|&at| self.name(at)).collect();
        sanitize::list(&names, ", ")
    }

    /// A line on one outlet.
    pub(super) fn of(&self, outlet: usize) -> Line {
        let line = Line { outlet: Some(outlet), parts: Vec::new() };
        line.words(format!("{}: ", self.name(outlet)))
    }

    /// Which sentences are counted: those that name the target; all where there is none.
    pub(super) fn naming(&self, sentences: u64) -> &'static str {
        match (self.target.name.is_empty(), sentences) {
            (true, _) => "",
            (false, 1) => " that names the target",
            (false, _) => " that name the target",
        }
    }

    /// The counts of several outlets; the rest is counted.
    pub(super) fn counts(
        &self,
        label: usize,
        voice: Voice,
        outlets: &Shortened<OutletCount>,
    ) -> Vec<Part> {
        let part = |of: &OutletCount| Part {
            words: format!("{} {} of {}", self.name(of.outlet), of.count, of.all),
            place: Some(LinkDestination::Group { outlet: of.outlet, voice, label }),
        };
        let more = (outlets.more > 0).then(|| Part {
            words: format!("and {} more", outlets.more),
            place: Some(LinkDestination::Overview),
        });
        outlets.shown.iter().map(part).chain(more).collect()
    }
}
