//! The sentences behind the figures, for programs.

use serde::Serialize;

use super::rounded;
use crate::report::{Exemplars, Report};

/// `marks` are byte offsets into `text`, end exclusive; `drawn` is true where chance chose the
/// sentence and not the model's certainty.
#[derive(Serialize)]
pub(super) struct Surest<'r> {
    voice: &'static str,
    about: &'static str,
    label: &'r str,
    probability: f64,
    drawn: bool,
    speakers: &'r [String],
    article: &'r str,
    url: &'r str,
    sentence: usize,
    part: &'static str,
    text: &'r str,
    words: &'r [String],
    marks: Vec<[usize; 2]>,
}

impl<'r> Surest<'r> {
    pub(super) fn all(report: &'r Report, sentences: &'r [Exemplars]) -> Vec<Self> {
        sentences.iter().map(|typical| Surest::new(report, typical)).collect()
    }

    fn new(report: &'r Report, typical: &'r Exemplars) -> Self {
        Surest {
            voice: typical.voice.name(),
            about: typical.about.name(),
            label: report.label(typical.label),
            probability: rounded(typical.probability),
            drawn: typical.is_drawn,
            speakers: &typical.speakers,
            article: &typical.article,
            url: &typical.url,
            sentence: typical.sentence,
            part: typical.part.name(),
            text: &typical.text,
            words: &typical.words,
            marks: typical.marks.iter().map(|mark| [mark.start, mark.end]).collect(),
        }
    }
}
