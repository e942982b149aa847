//! Findings on what outlets convey only in sources' words.

use super::line::{Line, LinkDestination};
use super::target_wording::TargetWording;
use crate::render::{sanitize, wording};
use crate::report::{Exemplar, LabelCount, OutletCount, OutletSummary, QuotedCount, Shortened};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of speakers named.
const SPEAKERS: usize = 4;

impl TargetWording<'_> {
    pub(super) fn only_quoted(
        &self,
        (outlet, label): (usize, usize),
        naming: QuotedCount,
        quoted_context: &LabelCount,
        own_context: &LabelCount,
    ) -> Line {
        let name = self.label(label);
        let only = if naming.is_only() { "only" } else { "almost only" };
        let sentences = if naming.all == 1 { "sentence" } else { "sentences" };
        let group = LinkDestination::Group { outlet, voice: Voice::Attributed, label };
        let mut line = self
            .of(outlet)
            .words(format!("{name} {only} in quotes: "))
            .link(format!("{} of {}", naming.quoted, naming.all), group)
            .words(format!(" {name} {sentences}{}", self.naming(naming.all)))
            .words(speakers(self.outlet(outlet), TargetRelation::Mention, label));
        if quoted_context.count > 0 {
            line = line
                .words(", and ")
                .count(outlet, label, Voice::Attributed, quoted_context)
                .words(" in quotes without naming it")
                .words(speakers(self.outlet(outlet), TargetRelation::Context, label));
        }
        if own_context.count > 0 {
            line = line
                .words("; yet in its own words ")
                .count(outlet, label, Voice::Outlet, own_context)
                .words(" without naming it");
            line = self.with_surest(line, outlet, own_context);
        }
        line.words(".")
    }

    pub(super) fn quoted_counts(
        &self,
        label: usize,
        words: &str,
        outlets: &Shortened<OutletCount>,
    ) -> Line {
        Line::plain(format!("{} {words}: ", wording::capital(&self.label(label))))
            .list(self.counts(label, Voice::Attributed, outlets), ", ")
            .words(".")
    }
}

/// Who speaks in those of the sentences shown, the surest first, in brackets.
fn speakers(outlet: &OutletSummary, about: TargetRelation, label: usize) -> String {
    let key = (Voice::Attributed, about, label);
    let is_here = |of: &&Exemplar| (of.voice, of.about, of.label.index) == key;
    let mut names: Vec<String> = Vec::new();
    for name in outlet.evidence.iter().filter(is_here).flat_map(|of| &of.speakers) {
        let name = sanitize::name(name);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > SPEAKERS;
    names.truncate(SPEAKERS);
    names.extend(more.then(|| "and others".to_owned()));
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}
