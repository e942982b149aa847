//! Squares and bars, which grow from a middle to the left or to the right.

use maud::{Markup, html};

/// Edge and pitch of a square, in pixels.
const EDGE: f64 = 8.5;
const PITCH: f64 = 11.0;

/// To which side marks grow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Left,
    Right,
}

/// Squares from the middle outward, in as many lines as they need.
pub(super) fn grid(n: u64, in_line: u64, direction: Direction) -> Markup {
    if n == 0 {
        return html! {};
    }
    let lines = n.div_ceil(in_line);
    let columns = n.div_ceil(lines);
    let width = columns as f64 * PITCH;
    let place = |at: u64| {
        let (column, line) = (at / lines, at % lines);
        let x = column as f64 * PITCH + 1.0;
        let x = if direction == Direction::Left { width - x - EDGE } else { x };
        (x, line as f64 * PITCH + 1.0)
    };
    html! {
        svg class="squares" width=(coordinate(width)) height=(coordinate(lines as f64 * PITCH)) {
            @for (x, y) in (0..n).map(place) {
                rect x=(coordinate(x)) y=(coordinate(y)) width=(EDGE) height=(EDGE) {}
            }
        }
    }
}

pub(super) fn bar(part: f64, direction: Direction) -> Markup {
    html! { svg class="marks" height="16" { (rect(part, direction)) } }
}

pub(super) fn rect(part: f64, direction: Direction) -> Markup {
    let width = part.clamp(0.0, 1.0) * 100.0;
    let x = if direction == Direction::Left { 100.0 - width } else { 0.0 };
    html! { rect x={ (coordinate(x)) "%" } y="3" width={ (coordinate(width)) "%" } height="10" {} }
}

/// A coordinate with as many decimals as can be seen.
pub(super) fn coordinate(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
