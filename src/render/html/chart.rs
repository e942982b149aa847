//! Dots with intervals: one chart per voice, a row per outlet, a line per label.
//!
//! Places are given in per cent of the width, so that the chart fits any screen while its letters
//! and dots keep their size.

use maud::{Markup, html};

use crate::render::{columns, phrase};
use crate::report::{OutletSummary, Report, Share, Stratum, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// Pixels from one label's line to the next.
const LINE: usize = 18;

/// Pixels for an outlet's name.
const NAME: usize = 26;

/// To so many columns an outlet's name is cut, which fits a telephone.
const WIDEST: usize = 32;

/// To so many columns a label is cut; its tooltip and the tables have it whole.
const LABEL: usize = 13;

/// Pixels for the axis.
const AXIS: usize = 24;

/// The chart of one voice; nothing where no outlet has such sentences.
pub(super) fn chart(report: &Report, target: &TargetSummary, voice: Voice) -> Markup {
    let rows: Vec<(&OutletSummary, &Stratum)> = (target.outlets.iter())
        .filter_map(|outlet| Some((outlet, outlet.stratum(voice, About::Mention)?)))
        .collect();
    let caption = phrase::stratum(voice, About::Mention, target.name.is_empty());
    let row_height = NAME + LINE * report.provenance.labels.len();
    let height = rows.len() * row_height + AXIS;
    html! {
        h3 { (caption) }
        @if rows.iter().all(|(_, stratum)| stratum.sentences == 0) {
            p { "There are no such sentences." }
        } @else {
            svg class="chart" role="img" aria-label=(caption) width="100%" height=(height) {
                title { (caption) ": share of each label, by outlet, with 95 % intervals" }
                (axis(height - AXIS))
                @for (number, (outlet, stratum)) in rows.iter().enumerate() {
                    (row(report, outlet, stratum, number * row_height))
                }
            }
        }
    }
}

/// Says what the marks mean.
pub(super) const KEY: &str = "In the charts, a dot is the share, a line its 95 % interval over \
    articles, a tick the uncorrected share of raw counts. A hollow dot has no interval, or one \
    wider than 20 points: too uncertain to compare.";

/// Where a share stands between the left end of the axis (27 %) and its right end (94 %).
fn x(share: f64) -> String {
    format!("{:.2}%", 27.0 + 67.0 * share.clamp(0.0, 1.0))
}

fn axis(bottom: usize) -> Markup {
    html! {
        @for quarter in 0..=4_u32 {
            @let place = x(f64::from(quarter) / 4.0);
            line class="grid" x1=(place) x2=(place) y1="0" y2=(bottom) {}
            text class="axis" x=(place) y=(bottom + 17) text-anchor="middle" {
                (quarter * 25) @if quarter == 4 { " %" }
            }
        }
    }
}

fn row(report: &Report, outlet: &OutletSummary, stratum: &Stratum, top: usize) -> Markup {
    html! {
        text class="name" x="0" y=(top + 18) {
            (columns::cut(&phrase::outlet(&outlet.outlet), WIDEST)) " "
            tspan class="axis" { "(" (phrase::several(stratum.sentences, "sentence")) ")" }
        }
        @for (label, share) in stratum.shares.iter().enumerate().filter(|(_, s)| s.mean.is_finite()) {
            (dot(report.label(label), share, stratum.sentences, top + NAME + label * LINE + LINE / 2))
        }
    }
}

fn dot(label: &str, share: &Share, sentences: u64, y: usize) -> Markup {
    let counted = x(share.predicted as f64 / sentences as f64);
    let hollow = if share.is_loose() { " hollow" } else { "" };
    html! {
        g class={ (class(label)) (hollow) } {
            title { (in_words(label, share, sentences)) }
            text class="label" x="25%" y=(y + 4) text-anchor="end" { (columns::cut(label, LABEL)) }
            line class="tick" x1=(counted) x2=(counted) y1=(y - 5) y2=(y + 5) {}
            @if let Some(interval) = share.interval {
                line class="interval" x1=(x(interval.low)) x2=(x(interval.high)) y1=(y) y2=(y) {}
            }
            circle cx=(x(share.mean)) cy=(y) r="5" {}
        }
    }
}

fn in_words(label: &str, share: &Share, sentences: u64) -> String {
    let interval = match share.interval {
        Some(_) => format!("95 % interval {}", phrase::interval(share.interval)),
        None => "no interval".to_owned(),
    };
    let percent = phrase::percent(share.mean);
    format!("{label}: {percent} %, {interval}, raw count {} of {sentences}", share.predicted)
}

/// Colour-blind safe, and no party's colours: orange, grey, blue-green. The word always stands
/// beside the colour.
pub(super) fn class(label: &str) -> &'static str {
    match label {
        "critical" => "critical",
        "supportive" => "supportive",
        "neutral" => "neutral",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bootstrap::Interval;

    fn share(low: f64, high: f64) -> Share {
        Share { mean: 0.5, interval: Some(Interval { low, high }), predicted: 3 }
    }

    #[test]
    fn places_stay_on_the_axis() {
        for (share, expected) in
            [(0.0, "27.00%"), (0.5, "60.50%"), (1.0, "94.00%"), (7.0, "94.00%")]
        {
            assert_eq!(x(share), expected);
        }
    }

    #[test]
    fn what_is_too_uncertain_is_hollow() {
        let mut figure = share(0.45, 0.55);
        assert!(dot("critical", &figure, 6, 9).into_string().contains("class=\"critical\""));
        assert!(dot("critical", &share(0.3, 0.6), 6, 9).into_string().contains("hollow"));
        figure.interval = None;
        let without = dot("critical", &figure, 6, 9).into_string();
        assert!(without.contains("hollow") && !without.contains("\"interval\""));
    }

    #[test]
    fn a_dot_is_also_told_in_words() {
        let expected = "critical: 50 %, 95 % interval 45–55, raw count 3 of 6";
        assert_eq!(in_words("critical", &share(0.45, 0.55), 6), expected);
    }
}
