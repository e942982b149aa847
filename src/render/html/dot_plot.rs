//! Dot plots, one to a row of a table: a share with its interval, or two shares to compare.
//!
//! Positions are in per cent of the width, so that a plot fits any screen while its marks keep their
//! size. The numbers stand beside it, so it is hidden from screen readers.

use maud::{Markup, html};

use crate::render::charts::marks::mark_class;
use crate::report::LabelShare;

/// Says what the marks of one share mean.
pub(super) const DOTS: &str = "A dot is the share, a line its 95 % interval over articles, a tick \
    the uncorrected share of raw counts, the dashed line the mean of the outlets that can be compared. A \
    hollow dot has no interval, or one wider than 20 points: too uncertain to compare. Faint rows rest on \
    fewer than 30 sentences, or too few hand labels: too few to say, so they stand last, unranked, and \
    in no mean.";

/// Says what the marks of two voices mean.
pub(super) const PAIRS: &str = "A dot is the outlet's own voice, a diamond the voices it quotes. A \
    hollow mark has no interval, or one wider than 20 points. Faint rows rest on fewer than 30 sentences \
    in either voice, or too few hand labels: too few to say.";

/// The position of a share, from 0 to 1.
fn x(share: f64) -> String {
    format!("{:.2}%", 4.0 + 92.0 * share.clamp(0.0, 1.0))
}

/// One share.
pub(super) struct Dot<'a> {
    /// The class that gives the colour.
    pub(super) class: &'a str,
    pub(super) share: Option<LabelShare>,
    /// The share of raw counts.
    pub(super) counted: Option<f64>,
    /// The mean of the outlets that can be compared.
    pub(super) mean: Option<f64>,
}

/// A dot with its interval.
pub(super) fn dot(Dot { class, share, counted, mean }: &Dot<'_>) -> Markup {
    let marks = html! {
        @if let Some(mean) = mean.map(x) {
            line class="mean" x1=(mean) x2=(mean) y1="0" y2="24" {}
        }
        @if let Some(tick) = counted.map(x) {
            line class="tick" x1=(tick) x2=(tick) y1="6" y2="18" {}
        }
        @if let Some(interval) = share.and_then(|share| share.interval) {
            line class="interval" x1=(x(interval.low)) x2=(x(interval.high)) y1="12" y2="12" {}
        }
        @if let Some(share) = share {
            circle class=(mark_class(share.is_uncertain())) cx=(x(share.value)) cy="12" r="5" {}
        }
    };
    plot(class, &marks)
}

/// The outlet's own voice and the voices it quotes.
pub(super) fn pair(class: &str, shares: &[Option<LabelShare>; 2]) -> Markup {
    let [own, quoted] = shares
        .each_ref()
        .map(|share| share.map(|share| (x(share.value), mark_class(share.is_uncertain()))));
    let marks = html! {
        @if let (Some((own, _)), Some((quoted, _))) = (&own, &quoted) {
            line class="between" x1=(own) x2=(quoted) y1="12" y2="12" {}
        }
        @if let Some((x, class)) = own { circle class=(class) cx=(x) cy="12" r="5" {} }
        @if let Some((x, class)) = quoted {
            svg x=(x) y="12" overflow="visible" { path class=(class) d="M0-6.5 6.5 0 0 6.5-6.5 0z" {} }
        }
    };
    plot(class, &marks)
}

fn plot(class: &str, marks: &Markup) -> Markup {
    html! {
        svg class={ "strip " (class) } aria-hidden="true" height="24" {
            @for quarter in 0..=4_u32 {
                @let x = x(f64::from(quarter) / 4.0);
                line class="grid" x1=(x) x2=(x) y1="0" y2="24" {}
            }
            (marks)
        }
    }
}

/// The scale above a column of dot plots.
pub(super) fn axis() -> Markup {
    html! {
        span class="unseen" { "picture" }
        svg class="axis" aria-hidden="true" height="14" {
            @for (share, anchor, text) in [(0.0, "start", "0"), (0.5, "middle", "50"), (1.0, "end", "100 %")] {
                text x=(x(share)) y="11" text-anchor=(anchor) { (text) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Interval;

    #[test]
    fn positions_stay_on_the_axis() {
        for (share, expected) in [(0.0, "4.00%"), (0.5, "50.00%"), (1.0, "96.00%"), (7.0, "96.00%")]
        {
            assert_eq!(x(share), expected);
        }
    }

    #[test]
    fn what_is_too_uncertain_is_hollow() {
        let share = |value, interval: Option<Interval>| {
            Some(LabelShare { value, interval, is_corrected: false })
        };
        let certain = share(0.5, Some(Interval { low: 0.45, high: 0.55 }));
        let shown =
            |share| dot(&Dot { class: "critical", share, counted: None, mean: None }).into_string();
        let firm = shown(certain);
        assert!(!firm.contains("hollow") && firm.contains("class=\"interval\""));
        let loose = shown(share(0.5, None));
        assert!(loose.contains("hollow") && !loose.contains("\"interval\""));
        let two = pair("critical", &[share(0.1, None), certain]).into_string();
        assert_eq!(two.matches("hollow").count(), 1);
    }
}
