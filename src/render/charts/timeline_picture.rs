//! Courses over time as a picture.

use std::cmp::Reverse;

use maud::html;

use super::canvas::{Canvas, FAINT, INK, INSIDE, SMALL, TEXT, Text, label_colour, wrapped};
use super::course::{Courses, HEIGHT};
use super::marks::coordinate;
use crate::render::figures::timeline::no_course;
use crate::render::wording;
use crate::report::Report;

/// Maximum number of outlets drawn, those with the most sentences.
const MOST_OUTLETS: usize = 12;

/// Where the charts begin, and how wide they are.
const LEFT: f64 = 250.0;
const ROOM: f64 = INSIDE - LEFT;

/// Draws the courses of a target below what is drawn, or says why there are none.
pub(super) fn draw(canvas: &mut Canvas, report: &Report, target: usize) {
    let courses = Courses::new(report, target);
    let mut outlets: Vec<usize> = (0..report.outlets.len()).filter(|at| courses.has(*at)).collect();
    if outlets.is_empty() {
        let why = no_course(&report.targets[target].timeline);
        canvas.lines(Text::of(TEXT, FAINT), &format!("No course is drawn: {why}"));
        return;
    }
    let n = outlets.len();
    outlets.sort_by_key(|at| Reverse(courses.sentences(*at)));
    outlets.truncate(MOST_OUTLETS);
    let shown = match n > MOST_OUTLETS {
        true => format!(" Shown: the {MOST_OUTLETS} of {n} such outlets with most sentences."),
        false => String::new(),
    };
    canvas.lines(Text::of(TEXT, FAINT), &(courses.caption() + &shown));
    canvas.y += 14.0;
    outlets.into_iter().for_each(|outlet| course(canvas, report, &courses, outlet));
    for (x, anchor, day) in courses.days() {
        canvas.add(html! {
            svg x=(LEFT) y=(coordinate(canvas.y)) width=(ROOM) height="16" overflow="visible" {
                text x=(x) y="12" text-anchor=(anchor) font-size=(SMALL) fill=(FAINT) { (day) }
            }
        });
    }
    canvas.y += 20.0;
}

fn course(canvas: &mut Canvas, report: &Report, courses: &Courses<'_>, outlet: usize) {
    let name = wording::outlet(&report.outlets[outlet].name);
    let lines = wrapped(&name, TEXT, LEFT - 50.0);
    let mut y = canvas.y + HEIGHT / 2.0 - 8.0 * lines.len() as f64;
    for line in lines {
        y += 16.0;
        canvas.text((0.0, y - 4.0), Text::of(TEXT, INK), &line);
    }
    let sentences = wording::several(courses.sentences(outlet), "sentence");
    canvas.text((0.0, y + 10.0), Text::of(SMALL, FAINT), &sentences);
    let (scale, marks) = courses.shapes(outlet);
    canvas.add(html! {
        svg x=(LEFT) y=(coordinate(canvas.y)) width=(ROOM) height=(HEIGHT) overflow="visible" {
            (scale)
            @for (label, marks) in marks {
                @let colour = label_colour(report.label(label));
                g fill=(colour) stroke=(colour) { (marks) }
            }
        }
    });
    canvas.y += HEIGHT + 6.0;
}
