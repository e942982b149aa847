//! Small charts, one to a row of a table: a dot with its interval, or two dots to compare.
//!
//! Places are given in per cent of the width, so that a chart fits any screen while its marks keep
//! their size. The figures stand in words beside it, so that it is hidden from screen readers.

use maud::{Markup, html};

use crate::cluster_bootstrap::Interval;

/// Says what the marks of dots mean.
pub(super) const DOTS: &str = "A dot is the share, a line its 95 % interval over articles, a tick \
    the uncorrected share of raw counts, the dashed line the mean of the outlets that can be compared. A \
    hollow dot has no interval, or one wider than 20 points: too uncertain to compare. Faint rows rest on \
    fewer than 30 sentences, or too few hand labels: too few to say, so they stand last, unranked, and \
    in no mean.";

/// Says what the marks of two voices mean.
pub(super) const PAIRS: &str = "A dot is the outlet's own voice, a diamond the voices it quotes. A \
    hollow mark has no interval, or one wider than 20 points. Faint rows rest on fewer than 30 sentences \
    in either voice, or too few hand labels: too few to say.";

/// Where a share stands, from 0 to 1.
fn x(share: f64) -> String {
    format!("{:.2}%", 4.0 + 92.0 * share.clamp(0.0, 1.0))
}

/// One share.
pub(super) struct Dot<'a> {
    /// The class that gives the colour.
    pub(super) class: &'a str,
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) is_hollow: bool,
    /// The uncorrected share.
    pub(super) tick: Option<f64>,
    /// The mean of the outlets that can be compared.
    pub(super) mean: Option<f64>,
}

/// A dot with its interval.
pub(super) fn dot(dot: &Dot<'_>) -> Markup {
    let hollow = if dot.is_hollow { " hollow" } else { "" };
    strip(
        dot.class,
        &html! {
            @if let Some(mean) = dot.mean.map(x) {
                line class="mean" x1=(mean) x2=(mean) y1="0" y2="24" {}
            }
            @if let Some(tick) = dot.tick.map(x) {
                line class="tick" x1=(tick) x2=(tick) y1="6" y2="18" {}
            }
            @if let Some(interval) = dot.interval {
                line class="interval" x1=(x(interval.low)) x2=(x(interval.high)) y1="12" y2="12" {}
            }
            @if let Some(value) = dot.value.map(x) {
                circle class={ "mark" (hollow) } cx=(value) cy="12" r="5" {}
            }
        },
    )
}

/// The outlet's own voice and the voices it quotes; each a share and whether it is too uncertain.
pub(super) fn pair(class: &str, own: Option<(f64, bool)>, quoted: Option<(f64, bool)>) -> Markup {
    let hollow = |is_hollow: bool| if is_hollow { "mark hollow" } else { "mark" };
    strip(
        class,
        &html! {
            @if let (Some((own, _)), Some((quoted, _))) = (own, quoted) {
                line class="between" x1=(x(own)) x2=(x(quoted)) y1="12" y2="12" {}
            }
            @if let Some((own, is_loose)) = own {
                circle class=(hollow(is_loose)) cx=(x(own)) cy="12" r="5" {}
            }
            @if let Some((quoted, is_loose)) = quoted {
                svg x=(x(quoted)) y="12" overflow="visible" {
                    path class=(hollow(is_loose)) d="M0-6.5 6.5 0 0 6.5-6.5 0z" {}
                }
            }
        },
    )
}

fn strip(class: &str, marks: &Markup) -> Markup {
    html! {
        svg class={ "strip " (class) } aria-hidden="true" height="24" {
            @for quarter in 0..=4_u32 {
                @let place = x(f64::from(quarter) / 4.0);
                line class="grid" x1=(place) x2=(place) y1="0" y2="24" {}
            }
            (marks)
        }
    }
}

/// The scale above a column of strips.
pub(super) fn axis(name: &str) -> Markup {
    html! {
        (name)
        svg class="axis" aria-hidden="true" height="14" {
            @for half in 0..=2_u32 {
                text x=(x(f64::from(half) / 2.0)) y="11"
                    text-anchor=(["start", "middle", "end"][half as usize]) {
                    (half * 50) @if half == 2 { " %" }
                }
            }
        }
    }
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

    #[test]
    fn places_stay_on_the_axis() {
        for (share, expected) in [(0.0, "4.00%"), (0.5, "50.00%"), (1.0, "96.00%"), (7.0, "96.00%")]
        {
            assert_eq!(x(share), expected);
        }
    }

    #[test]
    fn what_is_too_uncertain_is_hollow() {
        let mut figure = Dot {
            class: "critical",
            value: Some(0.5),
            interval: Some(Interval { low: 0.45, high: 0.55 }),
            is_hollow: false,
            tick: None,
            mean: None,
        };
        let firm = dot(&figure).into_string();
        assert!(!firm.contains("hollow") && firm.contains("class=\"interval\""));
        (figure.interval, figure.is_hollow) = (None, true);
        let loose = dot(&figure).into_string();
        assert!(loose.contains("hollow") && !loose.contains("\"interval\""));
        let two = pair("critical", Some((0.1, true)), Some((0.7, false))).into_string();
        assert_eq!(two.matches("hollow").count(), 1);
    }
}
