//! The chart at the head of a report as a picture.

use super::canvas::{
    Anchor, Canvas, FAINT, Filling, INK, INSIDE, MarkPlace, RULE, SMALL, TEXT, Text, label_colour,
    wrapped,
};
use super::marks::Direction;
use super::stance::{ALL_SQUARES, Side, StanceDrawing, end_number};
use crate::render::wording::{count, several};
use crate::report::{ChartKind, ChartRow, Report, VoiceMarks};
use crate::voice::Voice;

/// Where the columns of both voices begin, and how wide they are.
const COLUMNS: [f64; 2] = [215.0, 478.0];
const COLUMN: f64 = 245.0;

/// Where the last column begins.
const LAST: f64 = 735.0;

/// Width of a number beside marks, and of the number in the middle.
const NUMBER: f64 = 34.0;
const MIDDLE: f64 = 42.0;

/// Width of one side of a cell.
const SIDE: f64 = (COLUMN - 2.0 * NUMBER - MIDDLE) / 2.0;

/// Draws the chart of a target below what is drawn.
pub(super) fn draw(canvas: &mut Canvas, report: &Report, target: usize) {
    let drawing = StanceDrawing::new(report, target);
    if drawing.is_empty() {
        return;
    }
    let mut picture = StancePicture { report, drawing, canvas };
    let (what, how) = picture.drawing.caption();
    picture.canvas.lines(Text::of(TEXT, FAINT), &format!("{what} {how}"));
    picture.head();
    picture.rows();
    picture.below();
}

struct StancePicture<'p, 'r> {
    report: &'r Report,
    drawing: StanceDrawing<'r>,
    canvas: &'p mut Canvas,
}

impl StancePicture<'_, '_> {
    fn head(&mut self) {
        let heads = self.drawing.heads();
        let is_unchecked = self.drawing.is_unchecked();
        self.canvas.y += 30.0;
        let y = self.canvas.y;
        let how = Text::of(TEXT, INK).bold();
        for (voice, x) in COLUMNS.into_iter().enumerate() {
            if is_unchecked {
                self.canvas.text((x, y), how, heads[voice]);
                continue;
            }
            self.canvas.text((x + COLUMN / 2.0, y), how.at(Anchor::Middle), heads[voice]);
            if self.drawing.checked(voice) > 0 {
                self.axis(x, y + 17.0);
            }
        }
        if is_unchecked {
            self.canvas.text((LAST, y), how, heads[2]);
        } else {
            let how = Text::of(SMALL, FAINT).at(Anchor::End);
            self.canvas.text((INSIDE, y), how, heads[2]);
            self.canvas.y += 17.0;
        }
        self.canvas.y += 9.0;
    }

    fn axis(&mut self, x: f64, y: f64) {
        let [left, right] = self.drawing.sides.map(|label| self.drawing.label(label));
        let (how, middle) = (Text::of(SMALL, FAINT), x + COLUMN / 2.0);
        let gap = MIDDLE / 2.0 + 4.0;
        self.canvas.text((middle - gap, y), how.at(Anchor::End), &format!("← {left}"));
        self.canvas.text((middle, y), how.at(Anchor::Middle), "neutral");
        self.canvas.text((middle + gap, y), how, &format!("{right} →"));
    }

    fn rows(&mut self) {
        let chart = self.drawing.chart.clone();
        if let Some(row) = &chart.together {
            self.row(row, false);
            self.canvas.rule(FAINT, 2.0);
            if self.drawing.is_all_squares() {
                self.note(ALL_SQUARES);
            }
        }
        chart.rows.iter().for_each(|row| self.row(row, false));
        if chart.thin.is_empty() {
            return;
        }
        self.canvas.rule(FAINT, 2.0);
        if self.drawing.is_thin_folded() {
            self.note(&format!("Not shown: {}.", self.drawing.thin_summary()));
            return;
        }
        self.note(self.drawing.thin_note());
        chart.thin.iter().for_each(|row| self.row(row, true));
    }

    fn note(&mut self, note: &str) {
        self.canvas.y += 4.0;
        self.canvas.lines(Text::of(SMALL, FAINT), note);
        self.canvas.y += 6.0;
    }

    /// One outlet: its name and what stands below it, marks in the middle of the row.
    fn row(&mut self, row: &ChartRow, is_faint: bool) {
        self.canvas.rule(RULE, 1.0);
        let colour = if is_faint { FAINT } else { INK };
        let room = COLUMNS[0] - 15.0;
        let mut names = Vec::new();
        for line in wrapped(&self.drawing.name(row), TEXT, room) {
            names.push((line, Text::of(TEXT, colour), 16.0));
        }
        let articles = several(row.articles, "article");
        let below = [Some(articles), self.drawing.names_below(row)].into_iter().flatten();
        for line in below.flat_map(|text| wrapped(&text, SMALL, room)) {
            names.push((line, Text::of(SMALL, FAINT), 14.0));
        }
        let last = match self.drawing.is_unchecked() {
            true => wrapped(&self.drawing.last(row), SMALL, INSIDE - LAST),
            false => vec![self.drawing.last(row)],
        };
        let names_height: f64 = names.iter().map(|(.., height)| height).sum();
        let marks_height = row.voices.iter().map(|of| self.marks_height(of)).fold(0.0, f64::max);
        let height = names_height.max(marks_height).max(14.0 * last.len() as f64) + 10.0;
        let middle = self.canvas.y + height / 2.0;
        let mut y = middle - names_height / 2.0;
        for (line, how, height) in names {
            y += height;
            self.canvas.text((0.0, y - 4.0), how, &line);
        }
        for (voice, of) in Voice::ALL.into_iter().zip(&row.voices) {
            let cell = Cell { voice, middle, is_faint, colour };
            match self.drawing.chart.kind {
                ChartKind::WhoseWords => self.counted(of, cell),
                ChartKind::WhoStandsWhere => self.stands(of, cell),
            }
        }
        self.last(&last, middle);
        self.canvas.y += height;
    }

    fn last(&mut self, lines: &[String], middle: f64) {
        let mut y = middle - 7.0 * lines.len() as f64 - 3.0;
        for line in lines {
            y += 14.0;
            match self.drawing.is_unchecked() {
                true => self.canvas.text((LAST, y), Text::of(SMALL, FAINT), line),
                false => {
                    self.canvas.text((INSIDE, y), Text::of(SMALL, FAINT).at(Anchor::End), line);
                }
            }
        }
    }

    fn marks_height(&self, of: &VoiceMarks) -> f64 {
        let side = |(label, direction)| match self.drawing.side(of, label, direction) {
            Side::Marks(marks) => marks.height,
            Side::Nothing | Side::Words(_) => 0.0,
        };
        let [left, right] = self.drawing.sides;
        match self.drawing.chart.kind {
            ChartKind::WhoseWords => self.drawing.counted(of).height,
            ChartKind::WhoStandsWhere if of.marks.is_empty() => 0.0,
            ChartKind::WhoStandsWhere => {
                let sides = [(left, Direction::Left), (right, Direction::Right)];
                sides.map(side).into_iter().fold(0.0, f64::max)
            }
        }
    }

    fn counted(&mut self, of: &VoiceMarks, cell: Cell<'_>) {
        let x = cell.x();
        let how = Text::of(TEXT, cell.colour).at(Anchor::End);
        self.canvas.text((x + NUMBER, cell.middle + 4.5), how, &count(of.sentences));
        let place = cell.place(x + NUMBER + 8.0, COLUMN - NUMBER - 8.0, FAINT);
        self.canvas.marks(&self.drawing.counted(of), place);
    }

    fn stands(&mut self, of: &VoiceMarks, cell: Cell<'_>) {
        if of.marks.is_empty() {
            return;
        }
        let (x, [left, right]) = (cell.x(), self.drawing.sides);
        let base = cell.middle + 4.5;
        let number = Text::of(SMALL, cell.colour);
        let middle = x + COLUMN / 2.0;
        let end = number.at(Anchor::End);
        self.canvas.text((x + NUMBER - 5.0, base), end, &end_number(of.marks[left]));
        self.canvas.text((x + COLUMN - NUMBER + 5.0, base), number, &end_number(of.marks[right]));
        let neutral = Text::of(SMALL, FAINT).at(Anchor::Middle);
        self.canvas.text((middle, base), neutral, &self.drawing.middle(of));
        for at in [middle - MIDDLE / 2.0, middle + MIDDLE / 2.0] {
            self.canvas.upright(at, cell.middle);
        }
        for (label, direction) in [(left, Direction::Left), (right, Direction::Right)] {
            self.side(of, label, direction, cell);
        }
    }

    fn side(&mut self, of: &VoiceMarks, label: usize, direction: Direction, cell: Cell<'_>) {
        let is_left = direction == Direction::Left;
        let x = cell.x() + if is_left { NUMBER } else { NUMBER + SIDE + MIDDLE };
        let colour = label_colour(self.report.label(label));
        match self.drawing.side(of, label, direction) {
            Side::Nothing => {}
            Side::Words(words) => {
                let anchor = if is_left { Anchor::End } else { Anchor::Start };
                let at = if is_left { x + SIDE - 5.0 } else { x + 5.0 };
                let how = Text::of(SMALL, colour).at(anchor);
                self.canvas.text((at, cell.middle + 4.5), how, &words);
            }
            Side::Marks(marks) => {
                let place = MarkPlace { is_at_end: is_left, ..cell.place(x, SIDE, colour) };
                self.canvas.marks(&marks, place);
            }
        }
    }

    fn below(&mut self) {
        self.canvas.rule(RULE, 1.0);
        self.canvas.y += 4.0;
        for line in self.drawing.below() {
            self.canvas.lines(Text::of(SMALL, FAINT), &line);
        }
    }
}

/// The place of one voice in a row.
#[derive(Clone, Copy)]
struct Cell<'c> {
    voice: Voice,
    middle: f64,
    is_faint: bool,
    colour: &'c str,
}

impl<'c> Cell<'c> {
    fn x(self) -> f64 {
        match self.voice {
            Voice::Outlet => COLUMNS[0],
            Voice::Attributed => COLUMNS[1],
        }
    }

    fn place(self, x: f64, width: f64, colour: &'c str) -> MarkPlace<'c> {
        let filling = match self.voice {
            Voice::Outlet => Filling::Filled,
            Voice::Attributed => Filling::Outlined,
        };
        let Cell { middle, is_faint, .. } = self;
        MarkPlace { x, middle, width, is_at_end: false, colour, filling, is_faint }
    }
}
