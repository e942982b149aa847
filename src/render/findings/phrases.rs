//! Phrases that findings are made of.

use super::line::{Line, LinkDestination};
use crate::render::{sanitize, wording};
use crate::report::{Exemplar, FAR, LabelShare, OutletSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of speakers named.
const SPEAKERS: usize = 4;

pub(super) fn in_brackets(share: LabelShare) -> String {
    let interval = share
        .interval
        .map_or_else(String::new, |of| format!("; 95 % interval {}", wording::interval(Some(of))));
    let by = if share.is_corrected { "corrected by hand labels" } else { "by the model alone" };
    format!(" ({} % {by}{interval})", wording::percent(share.value))
}

/// Who speaks in those of the sentences shown, the surest first, in brackets.
pub(super) fn speakers(outlet: &OutletSummary, about: TargetRelation, label: usize) -> String {
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

pub(super) fn go_further(further: usize, compared: usize) -> Line {
    let (found, headlines, goes) = match further {
        0 => ("No headline of ".to_owned(), "", "goes"),
        1 => ("1 of the ".to_owned(), "headlines ", "goes"),
        _ => (format!("{further} of the "), "headlines ", "go"),
    };
    let all = format!("{compared} {headlines}that can be compared");
    let far = wording::percent(FAR);
    Line::plain(found)
        .link(all, LinkDestination::Headlines)
        .words(format!(" {goes} further by the model: by {far} points of probability or more."))
}
