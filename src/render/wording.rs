//! Figures and names in words, the same in every format for people.

use super::sanitize;
use crate::cluster_bootstrap::Interval;
use crate::report::{Counts, Judge, Report, SentenceLabel, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Stands where there is no figure: missing is not zero.
pub(super) const NONE: &str = "–";

/// A share in whole per cent: the intervals are far wider than a decimal.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        per_cent if !per_cent.is_finite() => NONE.to_owned(),
        per_cent if per_cent > 0.0 && per_cent <= 0.5 => "<1".to_owned(),
        per_cent if (99.5..100.0).contains(&per_cent) => ">99".to_owned(),
        per_cent => format!("{per_cent:.0}"),
    }
}

/// A share that may be missing.
pub(super) fn maybe_percent(share: Option<f64>) -> String {
    share.map_or_else(|| NONE.to_owned(), percent)
}

/// A figure between 0 and 1 that may be missing.
pub(super) fn figure(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), |value| format!("{value:.3}"))
}

/// Both ends of an interval, in whole per cent.
pub(super) fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || NONE.to_owned(),
        |interval| format!("{}–{}", percent(interval.low), percent(interval.high)),
    )
}

/// Whole points with a sign, as in `+14` or `−3`.
pub(super) fn points(share: f64) -> String {
    match (share * 100.0).round() {
        points if !points.is_finite() => NONE.to_owned(),
        points if points > 0.0 => format!("+{points:.0}"),
        points if points < 0.0 => format!("−{:.0}", -points),
        _ => "0".to_owned(),
    }
}

/// Both ends of an interval in whole points.
pub(super) fn points_interval(interval: Interval) -> String {
    format!("{} to {}", points(interval.low), points(interval.high))
}

/// An outlet's name, also where it has none.
pub(super) fn outlet(name: &str) -> String {
    or(sanitize::name(name), "(no outlet)")
}

/// The heading of the report.
pub(super) fn title(report: &Report) -> String {
    let dimension = sanitize::name(&report.provenance.dimension);
    match sanitize::list(report.provenance.targets.iter().map(|target| &target.name), "; ") {
        names if names.is_empty() => format!("Framescope report: {dimension}"),
        names => format!("Framescope report: {dimension} toward {names}"),
    }
}

/// A target with its other names.
pub(super) fn target(target: &TargetSummary) -> String {
    match (sanitize::name(&target.name), sanitize::list(&target.aliases, "; ")) {
        (name, _) if name.is_empty() => "Every sentence".to_owned(),
        (name, aliases) if aliases.is_empty() => format!("Target: {name}"),
        (name, aliases) => format!("Target: {name} (also: {aliases})"),
    }
}

/// What the figures rest on, in one sentence.
pub(super) fn corpus(report: &Report) -> String {
    let totals = report.totals();
    format!(
        "{}, {}, {} in headlines and bodies, {}{}.",
        several(report.outlets.len() as u64, "outlet"),
        several(totals.articles, "article"),
        several(totals.sentences, "sentence"),
        several(totals.words, "word"),
        days(&totals).map_or_else(String::new, |days| format!(", {days}")),
    )
}

/// What was read and left out, in one sentence.
pub(super) fn left_out(report: &Report) -> String {
    let totals = report.totals();
    format!(
        "Left out: {} in readers' comments, {} of menus, links and adverts.",
        several(totals.comments, "sentence"),
        totals.boilerplate,
    )
}

/// The first and last day, or the only one.
pub(super) fn days(counts: &Counts) -> Option<String> {
    counts.days.as_ref().map(|(first, last)| {
        if first == last { first.clone() } else { format!("{first} to {last}") }
    })
}

/// How the figures were made, in one sentence.
pub(super) fn made_by(report: &Report) -> String {
    let made = &report.provenance;
    let from = match sanitize::list(&made.settings.inputs, ", ") {
        inputs if inputs.is_empty() => String::new(),
        inputs => format!(" from {inputs}"),
    };
    format!(
        "Made by framescope {}{from} with model {} (labels: {}), seed {}, {} resamples.",
        made.version,
        sanitize::name(&made.model),
        sanitize::list(&made.labels, ", "),
        made.settings.seed,
        made.settings.resamples
    )
}

/// A label with who gave it: a person who read the sentence, or the model, which guesses.
pub(super) fn judged(label: &str, by: Judge) -> String {
    let label = sanitize::name(label);
    match by {
        Judge::Model => format!("{label} (guess)"),
        Judge::Coder => format!("{label} (checked ✓)"),
    }
}

/// What one sentence expresses; `context` where it does not name the target.
pub(super) fn prediction(predicted: &SentenceLabel) -> String {
    let context = if predicted.is_mention() { "" } else { ", not naming the target" };
    judged(predicted.label.name(), predicted.by) + context
}

/// One of the two voices.
pub(super) fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own voice",
        Voice::Attributed => "attributed voice",
    }
}

/// Which sentences a table of shares counts.
pub(super) fn stratum(voice: Voice, about: TargetRelation, is_whole: bool) -> String {
    let voice = capital(self::voice(voice));
    match about {
        _ if is_whole => format!("{voice}: all sentences"),
        TargetRelation::Mention | TargetRelation::None => {
            format!("{voice}: sentences that name the target")
        }
        TargetRelation::Context => format!(
            "{voice}, context: the article is about the target, the sentence does not name it"
        ),
    }
}

/// How far down the body something stands, given the tenth of the body (1 to 10).
pub(super) fn depth(tenth: usize) -> String {
    format!("{}–{} %", 10 * tenth.saturating_sub(1), 10 * tenth)
}

/// A count with its noun.
pub(super) fn several(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", count(n)) }
}

/// A count with commas between thousands.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = groups.filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// Names in a sentence: `a, b and c`.
pub(super) fn series(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A word that begins a sentence.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The text, or another one where it is empty.
pub(super) fn or(text: String, instead: &str) -> String {
    if text.is_empty() { instead.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_look_surer_than_they_are() {
        let cases = [
            (0.0, "0"),
            (0.004, "<1"),
            (0.005, "<1"),
            (0.384, "38"),
            (0.994, "99"),
            (0.996, ">99"),
            (1.0, "100"),
            (f64::NAN, "–"),
            (f64::INFINITY, "–"),
        ];
        for (share, expected) in cases {
            assert_eq!(percent(share), expected, "{share}");
        }
        assert_eq!(interval(Some(Interval { low: 0.21, high: 0.549 })), "21–55");
        assert_eq!(interval(None), "–");
    }

    #[test]
    fn points_carry_their_sign() {
        let cases = [(0.144, "+14"), (-0.03, "−3"), (0.002, "0"), (-0.002, "0"), (f64::NAN, "–")];
        for (share, expected) in cases {
            assert_eq!(points(share), expected);
        }
        assert_eq!(points_interval(Interval { low: -0.04, high: 0.1 }), "−4 to +10");
    }
}
