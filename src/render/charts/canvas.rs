//! A picture of its own: SVG that needs no style sheet beside it, with text that stays text.
//!
//! Colours stand at the elements and style rules have one class each, which every program that reads SVG
//! knows. Lines of text are broken by a rough measure, since nobody knows the reader's font.

use maud::{Markup, PreEscaped, html};
use unicode_width::UnicodeWidthChar;

use super::marks::{Marks, coordinate};

/// Width of a picture and the room at its edges, in pixels.
const WIDTH: f64 = 960.0;
const EDGE: f64 = 24.0;

/// Width between the edges.
pub(super) const INSIDE: f64 = WIDTH - 2.0 * EDGE;

/// Colours, those of the page in daylight.
pub(super) const INK: &str = "#1b1f24";
pub(super) const FAINT: &str = "#57606a";
pub(super) const RULE: &str = "#d8dde3";
const PAPER: &str = "#fff";

/// Size of text, in pixels.
pub(super) const TITLE: f64 = 20.0;
pub(super) const TEXT: f64 = 13.0;
pub(super) const SMALL: f64 = 11.0;

const FONT: &str = "Helvetica, Arial, sans-serif";
const STYLE: &str = ".halo{stroke:#fff;stroke-width:4}.whisker{stroke:#1b1f24;stroke-width:1.5}\
    .grid{stroke:#d8dde3;stroke-width:1}.interval{stroke-width:2.5}.mark{stroke-width:2}.hollow{fill:#fff}\
    .scale{fill:#57606a;stroke:none;font-size:10px}";

/// The colour of a label.
pub(super) fn label_colour(label: &str) -> &'static str {
    match label {
        "critical" => "#a8480a",
        "supportive" => "#08706a",
        "neutral" => "#5d6670",
        _ => "#2b5fb0",
    }
}

/// How marks are filled.
#[derive(Clone, Copy)]
pub(super) enum Filling {
    Filled,
    Outlined,
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What is drawn from the top downward, and how far it has come.
#[derive(Default)]
pub(super) struct Canvas {
    drawn: Vec<Markup>,
    /// Where the next thing begins.
    pub(super) y: f64,
}

impl Canvas {
    pub(super) fn add(&mut self, shapes: Markup) {
        self.drawn.push(shapes);
    }

    /// A line of text; `y` is its base line.
    pub(super) fn text(&mut self, (x, y): (f64, f64), how: Text<'_>, text: &str) {
        let anchor = match how.anchor {
            Anchor::Start => None,
            Anchor::Middle => Some("middle"),
            Anchor::End => Some("end"),
        };
        self.drawn.push(html! {
            text x=(coordinate(x)) y=(coordinate(y)) font-size=(coordinate(how.size)) fill=(how.colour)
                font-weight=[how.is_bold.then_some("bold")] text-anchor=[anchor] { (text) }
        });
    }

    /// Lines of text over the whole width, below what is drawn.
    pub(super) fn lines(&mut self, how: Text<'_>, text: &str) {
        // Bold letters are a tenth wider.
        let room = if how.is_bold { INSIDE / 1.1 } else { INSIDE };
        for line in wrapped(text, how.size, room) {
            self.y += how.size * 1.4;
            self.text((0.0, self.y), how, &line);
        }
    }

    /// A line across the picture.
    pub(super) fn rule(&mut self, colour: &str, width: f64) {
        let y = coordinate(self.y);
        self.drawn.push(html! {
            line x1="0" x2=(coordinate(INSIDE)) y1=(y) y2=(y) stroke=(colour) stroke-width=(coordinate(width)) {}
        });
    }

    /// A short line upright, at the edge of the neutral middle.
    pub(super) fn upright(&mut self, x: f64, middle: f64) {
        let (x, top, bottom) =
            (coordinate(x), coordinate(middle - 10.0), coordinate(middle + 10.0));
        self.drawn.push(html! { line x1=(x) x2=(x) y1=(top) y2=(bottom) stroke=(FAINT) {} });
    }

    /// Marks in a colour, as wide as they are or as the room is; `middle` is their height on the canvas.
    pub(super) fn marks(&mut self, shapes: &Marks, place: MarkPlace<'_>) {
        let width = shapes.width.unwrap_or(place.width);
        let x = if place.is_at_end { place.x + place.width - width } else { place.x };
        let (fill, stroke) = match place.filling {
            Filling::Filled => (place.colour, "1.25"),
            Filling::Outlined => (PAPER, "1.5"),
        };
        self.drawn.push(html! {
            svg x=(coordinate(x)) y=(coordinate(place.middle - shapes.height / 2.0))
                width=(coordinate(width)) height=(coordinate(shapes.height)) overflow="visible" {
                g fill=(fill) stroke=(place.colour) stroke-width=(stroke)
                    opacity=[place.is_faint.then_some("0.7")] { (shapes.shapes) }
            }
        });
    }

    /// The picture, with a name for those who do not see it.
    pub(super) fn picture(self, name: &str) -> String {
        let height = coordinate(self.y + 2.0 * EDGE);
        let width = coordinate(WIDTH);
        let markup = html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
                viewBox={ "0 0 " (width) " " (height) } role="img" font-family=(FONT) {
                title { (name) }
                style { (PreEscaped(STYLE)) }
                rect width=(width) height=(height) fill=(PAPER) {}
                g transform={ "translate(" (coordinate(EDGE)) " " (coordinate(EDGE)) ")" } {
                    @for shapes in self.drawn { (shapes) }
                }
            }
        };
        markup.into_string() + "\n"
    }
}

/// How text is set.
#[derive(Clone, Copy)]
pub(super) struct Text<'c> {
    pub(super) size: f64,
    pub(super) colour: &'c str,
    pub(super) is_bold: bool,
    pub(super) anchor: Anchor,
}

impl<'c> Text<'c> {
    pub(super) fn of(size: f64, colour: &'c str) -> Self {
        Text { size, colour, is_bold: false, anchor: Anchor::Start }
    }

    pub(super) fn bold(self) -> Self {
        Text { is_bold: true, ..self }
    }

    pub(super) fn at(self, anchor: Anchor) -> Self {
        Text { anchor, ..self }
    }
}

/// Where marks stand, and how.
#[derive(Clone, Copy)]
pub(super) struct MarkPlace<'c> {
    pub(super) x: f64,
    pub(super) middle: f64,
    pub(super) width: f64,
    pub(super) is_at_end: bool,
    pub(super) colour: &'c str,
    pub(super) filling: Filling,
    pub(super) is_faint: bool,
}

/// Text in lines of at most some pixels, broken between words.
pub(super) fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line)
                if measured(line, size) + measured(" ", size) + measured(word, size) <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| cut(line, size, width)).collect()
}

/// Text in one line, cut where it is too long.
pub(super) fn cut(text: &str, size: f64, width: f64) -> String {
    if measured(text, size) <= width {
        return text.to_owned();
    }
    let room = width - measured("…", size);
    let mut used = 0.0;
    let fits = |c: &char| {
        used += letter(*c) * size;
        used <= room
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}

/// About how wide a text is, in pixels: as wide as in DejaVu Sans, the widest of the usual fonts.
fn measured(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// The width of a letter as a part of the size.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '’' | '|' | '.' | ',' | ':' | ';' | ' ' | 'I' | '!' => 0.34,
        'f' | 't' | 'r' | '(' | ')' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '…' => 1.0,
        'A'..='Z' => 0.75,
        c => match c.width().unwrap_or_default() {
            0 => 0.0,
            1 => 0.64,
            _ => 1.05,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_page() {
        let style = include_str!("../html/page.css");
        for label in ["critical", "supportive", "neutral", "other"] {
            assert!(style.contains(&format!("--{label}: {}", label_colour(label))), "{label}");
        }
        for (name, colour) in [("ink", INK), ("faint", FAINT), ("rule", RULE), ("paper", PAPER)] {
            assert!(style.contains(&format!("--{name}: {colour}")), "{name}");
        }
    }

    #[test]
    fn lines_are_broken_between_words_and_long_words_are_cut() {
        // 12 letters of .64 and one blank of .34, at 10 pixels: 80.2.
        assert_eq!(wrapped("abcdeg hnopqu", 10.0, 81.0), ["abcdeg hnopqu"]);
        assert_eq!(wrapped("abcdeg hnopqu", 10.0, 80.0), ["abcdeg", "hnopqu"]);
        // An ellipsis is as wide as the size: room for four letters.
        assert_eq!(cut("abcdeghnopqu", 10.0, 40.0), "abcd…");
        assert_eq!(wrapped("", 10.0, 40.0), [""]);
    }

    #[test]
    fn wide_letters_take_more_room() {
        assert!(measured("新華社", 10.0) > measured("abc", 10.0));
    }
}
