//! The answers that most readers come for, in words made from the evidence and never stronger: who
//! says it, who only quotes it, who leaves out what, whose headline goes further.
//!
//! Counts are told, no percentages of few sentences, and no outlet is set above another. Each part of
//! a line leads to its evidence.

mod headlines;
mod quotes;
mod voices;

pub(super) use quotes::{COMPARED, left_out};
pub(super) use voices::Told;

use super::clean;
use super::phrase;
use crate::report::{OutletSummary, Report, TargetSummary};
use crate::voice::Voice;

/// So many outlets are told of in lines of their own; the others are counted.
const TOLD: usize = 8;

/// How the counts are to be read.
pub(super) const KEY: &str = "Counts are of sentences, as the model reads them; “without naming it”: in \
    articles about the target, but not naming it, where the model is a poorer judge.";

/// A question with its answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) question: String,
    pub(super) lines: Vec<Line>,
}

/// One line of an answer.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The outlet, where it is about one alone.
    pub(super) outlet: Option<usize>,
    pub(super) parts: Vec<Part>,
}

/// Words, and where their evidence stands.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) words: String,
    pub(super) place: Option<Place>,
}

/// A place in the page.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// The sentences of an outlet, a voice and a label.
    Group { outlet: usize, voice: Voice, label: usize },
    /// One sentence.
    Sentence { outlet: usize, article: String, number: usize },
    /// A shared quote, from 0.
    Quote(usize),
    /// Anything that has an address.
    Section(&'static str),
}

impl Line {
    fn of(outlet: usize) -> Self {
        Line { outlet: Some(outlet), parts: Vec::new() }
    }

    fn plain(words: impl Into<String>) -> Self {
        Line::default().words(words)
    }

    fn words(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part { words: words.into(), place: None });
        self
    }

    fn link(mut self, words: impl Into<String>, place: Place) -> Self {
        self.parts.push(Part { words: words.into(), place: Some(place) });
        self
    }

    /// Parts one after the other, as in a list.
    fn list(mut self, parts: Vec<Part>, between: &str) -> Self {
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                self = self.words(between);
            }
            self.parts.push(part);
        }
        self
    }

    /// The line without its links.
    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|part| part.words.as_str()).collect()
    }
}

/// What is asked of one target, by its number, with the answers; nothing where nothing was read.
pub(super) fn answers(report: &Report, target: usize) -> Vec<Answer> {
    let Some(summary) = report.targets.get(target).filter(|of| !of.outlets.is_empty()) else {
        return Vec::new();
    };
    let asked = Asked { report, target: summary };
    let sides: Vec<usize> = sides(report).collect();
    let Some(&side) = sides.first() else { return Vec::new() };
    let other = sides.get(1).copied().filter(|_| sides.len() == 2);
    vec![
        voices::own(&asked, side, other),
        voices::quoted(&asked, side, other),
        quotes::answer(&asked),
        headlines::answer(&asked),
    ]
}

/// The labels that take a side, as numbers; all of a dimension that has no `neutral`.
pub(super) fn sides(report: &Report) -> impl Iterator<Item = usize> + use<'_> {
    let labels = report.provenance.labels.iter().enumerate();
    labels.filter(|(_, label)| label.as_str() != "neutral").map(|(at, _)| at)
}

/// What is asked, of which target.
struct Asked<'r> {
    report: &'r Report,
    target: &'r TargetSummary,
}

impl<'r> Asked<'r> {
    fn label(&self, label: usize) -> String {
        clean::name(self.report.label(label))
    }

    fn outlet(&self, at: usize) -> String {
        phrase::outlet(&self.target.outlets[at].outlet)
    }

    fn outlets(&self) -> impl Iterator<Item = (usize, &'r OutletSummary)> + use<'r> {
        self.target.outlets.iter().enumerate()
    }

    /// So many sentences that name the target; all where there is none.
    fn naming(&self, sentences: u64) -> &'static str {
        match (self.target.name.is_empty(), sentences) {
            (true, _) => "",
            (false, 1) => " that names the target",
            (false, _) => " that name the target",
        }
    }

    /// The names of outlets one after the other; the last of a long list are only counted.
    fn names(&self, outlets: &[usize]) -> String {
        let names: Vec<String> = outlets.iter().map(|&at| self.outlet(at)).collect();
        clean::list(&names, ", ")
    }
}
