//! Squares and bars, which grow from a middle to the left or to the right.

use maud::{Markup, html};

use crate::report::Corrected;

/// Edge and pitch of a square, in pixels.
const EDGE: f64 = 8.5;
const PITCH: f64 = 11.0;

/// Height of a bar with the room around it, in pixels.
pub(crate) const BAR: f64 = 16.0;

/// To which side marks grow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Left,
    Right,
}

/// Shapes of one mark or several. Positions of a bar are per cent of the width that it gets, so that it
/// fits a page of any width as well as a picture.
pub(crate) struct Marks {
    /// Pixels; none where the marks take the room that there is.
    pub(crate) width: Option<f64>,
    /// Pixels.
    pub(crate) height: f64,
    pub(crate) shapes: Markup,
}

/// Squares from the middle outward, in as many lines as they need.
pub(crate) fn grid(n: u64, in_line: u64, direction: Direction) -> Marks {
    let lines = n.div_ceil(in_line).max(1);
    let columns = n.div_ceil(lines);
    let width = columns as f64 * PITCH;
    let place = |at: u64| {
        let (column, line) = (at / lines, at % lines);
        let x = column as f64 * PITCH + 1.0;
        let x = if direction == Direction::Left { width - x - EDGE } else { x };
        (x, line as f64 * PITCH + 1.0)
    };
    let shapes = html! {
        @for (x, y) in (0..n).map(place) {
            rect x=(coordinate(x)) y=(coordinate(y)) width=(EDGE) height=(EDGE) {}
        }
    };
    Marks { width: Some(width), height: lines as f64 * PITCH, shapes }
}

/// A bar: its part of the width, 0 to 1.
pub(crate) fn bar(part: f64, direction: Direction) -> Marks {
    Marks { width: None, height: BAR, shapes: rect(part, direction) }
}

/// A share as a bar with its interval; `scale` is the share at the outer end.
pub(crate) fn share(share: Corrected, scale: f64, direction: Direction) -> Marks {
    let at = |value: f64| {
        let part = (value / scale).clamp(0.0, 1.0) * 100.0;
        let x = if direction == Direction::Left { 100.0 - part } else { part };
        coordinate(x) + "%"
    };
    let shapes = html! {
        (rect(share.value / scale, direction))
        @if let Some(interval) = share.interval {
            @let ends = [at(interval.low), at(interval.high)];
            @for class in ["halo", "whisker"] {
                line class=(class) x1=(ends[0]) x2=(ends[1]) y1="8" y2="8" {}
            }
            @for end in ends { line class="whisker" x1=(end) x2=(end) y1="4.5" y2="11.5" {} }
        }
    };
    Marks { width: None, height: BAR, shapes }
}

fn rect(part: f64, direction: Direction) -> Markup {
    let width = part.clamp(0.0, 1.0) * 100.0;
    let x = if direction == Direction::Left { 100.0 - width } else { 0.0 };
    html! { rect x={ (coordinate(x)) "%" } y="3" width={ (coordinate(width)) "%" } height="10" {} }
}

/// The class of a point's mark, hollow where it is too uncertain to be compared.
pub(crate) fn mark_class(is_uncertain: bool) -> &'static str {
    if is_uncertain { "mark hollow" } else { "mark" }
}

/// A coordinate with as many decimals as can be seen.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_fill_lines_evenly_from_the_middle() {
        let Marks { width, height, shapes } = grid(5, 4, Direction::Left);
        assert_eq!((width, height), (Some(33.0), 22.0));
        let shapes = shapes.into_string();
        assert_eq!(shapes.matches("<rect").count(), 5);
        assert!(shapes.starts_with("<rect x=\"23.5\" y=\"1\""), "{shapes}");
        assert!(grid(0, 4, Direction::Right).shapes.into_string().is_empty());
    }

    #[test]
    fn bars_grow_away_from_the_middle() {
        let shown = |direction| bar(0.25, direction).shapes.into_string();
        assert!(shown(Direction::Right).contains("x=\"0%\" y=\"3\" width=\"25%\""));
        assert!(shown(Direction::Left).contains("x=\"75%\" y=\"3\" width=\"25%\""));
    }
}
