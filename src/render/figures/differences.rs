//! Differences between outlets, and the gaps of their shares, in words that never say more than the
//! evidence allows.

use crate::render::document::{Block, Item, subsection};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Gap, OutletDifference, Significance, StatedDifferences, TargetSummary};

/// Says into which parts a gap is split.
pub(crate) const GAPS: &str = "Why shares of all sentences, own and attributed, differ: whom \
    outlets quote and how much (selection), or what is said within each voice (wording).";

/// The largest gaps, in a line each.
pub(crate) fn gaps(target: &TargetSummary) -> Vec<Block> {
    let lines = target.gaps.iter().map(|found| Item::line(gap(found)));
    subsection("Largest gaps", GAPS, lines.collect())
}

/// What may be said of the differences between outlets' own voices, a sentence each.
pub(crate) fn differences(target: &TargetSummary) -> Vec<String> {
    let StatedDifferences { settled, n_open } = target.stated_differences();
    let mut sentences: Vec<String> =
        settled.shown.iter().map(|found| difference(target, found)).collect();
    if settled.more > 0 {
        sentences.push(format!("Not told here: {} more such differences.", settled.more));
    }
    match n_open {
        0 => {}
        1 => {
            sentences
                .push("The other comparison: the data do not separate the outlets.".to_owned());
        }
        open => sentences.push(format!(
            "In {open} of {} comparisons (pairs of outlets, labels) the data do not separate the \
             outlets. That does not show that they are alike.",
            target.differences.len()
        )),
    }
    sentences
}

fn difference(target: &TargetSummary, found: &OutletDifference) -> String {
    let about = match sanitize::name(&target.name) {
        name if name.is_empty() => String::new(),
        name => format!(" about {name}"),
    };
    let figures = format!(
        "{} % vs {} %; difference {} points, 95 % interval {}; p {} among all comparisons",
        wording::percent(found.share_first),
        wording::percent(found.share_second),
        wording::points(found.difference),
        wording::points_interval(found.interval),
        probability(found.p_adjusted),
    );
    let claim = format!(
        "{}'s own-voice sentences{about} were more often {} than {}'s ({figures})",
        wording::outlet(found.first.name()),
        sanitize::name(found.label.name()),
        wording::outlet(found.second.name()),
    );
    match found.standing {
        Significance::Firm => format!("In this coverage, {claim}."),
        Significance::Tentative | Significance::Open => {
            format!("The hand labels suggest, but do not settle, that in this coverage {claim}.")
        }
    }
}

/// A gap with its two parts, in one line.
pub(crate) fn gap(gap: &Gap) -> String {
    let part = |index: usize, value: f64| match gap.intervals {
        Some(intervals) => {
            format!("{} ({})", wording::points(value), wording::points_interval(intervals[index]))
        }
        None => wording::points(value),
    };
    format!(
        "{}: {} {} points over {} = {} from selection, {} from wording{}",
        sanitize::name(gap.label.name()),
        wording::outlet(gap.first.name()),
        wording::points(gap.split.gap()),
        wording::outlet(gap.second.name()),
        part(0, gap.split.selection),
        part(1, gap.split.wording),
        if gap.is_corrected { "" } else { " (by the model's probabilities)" },
    )
}

fn probability(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { format!("{p:.3}") }
}
