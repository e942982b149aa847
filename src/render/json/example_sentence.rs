//! Sentences that stand beside figures, for programs.

use serde::Serialize;

use super::rounded;
use crate::report::{self, Report};

/// `about` is mention or context; `label` the most probable one.
#[derive(Serialize)]
pub(super) struct PredictedLabelJson<'r> {
    about: &'static str,
    label: &'r str,
    probability: f64,
}

impl<'r> PredictedLabelJson<'r> {
    pub(super) fn new(report: &'r Report, judged: report::PredictedLabel) -> Self {
        PredictedLabelJson {
            about: judged.about.name(),
            label: report.label(judged.label),
            probability: rounded(judged.probability),
        }
    }

    /// One per target, in the report's order.
    pub(super) fn all(
        report: &'r Report,
        judged: &[Option<report::PredictedLabel>],
    ) -> Vec<Option<Self>> {
        judged.iter().map(|judged| Some(PredictedLabelJson::new(report, (*judged)?))).collect()
    }
}

/// `mentions` and `marks` are byte offsets into `text`, end exclusive; `words` are what stands at
/// the marks, the strongest first. `judged` is null where nothing is expressed toward the target.
#[derive(Serialize)]
pub(super) struct ExampleSentence<'r> {
    sentence: usize,
    text: &'r str,
    voice: &'static str,
    speakers: &'r [String],
    mentions: Vec<[usize; 2]>,
    judged: Option<PredictedLabelJson<'r>>,
    words: &'r [String],
    marks: Vec<[usize; 2]>,
}

impl<'r> ExampleSentence<'r> {
    pub(super) fn new(report: &'r Report, line: &'r report::ExampleSentence) -> Self {
        let ends =
            |spans: &[crate::text::Span]| spans.iter().map(|span| [span.start, span.end]).collect();
        ExampleSentence {
            sentence: line.sentence,
            text: &line.text,
            voice: line.voice.name(),
            speakers: &line.speakers,
            mentions: ends(&line.mentions),
            judged: line.judged.map(|judged| PredictedLabelJson::new(report, judged)),
            words: &line.evidence.words,
            marks: ends(&line.evidence.marks),
        }
    }
}
