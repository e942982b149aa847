//! Headlines and leads side by side, for programs.

use serde::Serialize;

use super::example_sentence::ExampleSentence;
use super::summary::Mean;
use crate::report::{self, Report};

/// `mention` and `context` add up the leads in the outlet's own voice, `body` the own-voice
/// sentences of the bodies that name the target. `attributed` counts the leads that convey a source.
#[derive(Serialize)]
pub(super) struct HeadlineLead<'r> {
    mention: Mean<'r>,
    context: Mean<'r>,
    attributed: u64,
    body: Mean<'r>,
    shown: Vec<HeadlineLeadExample<'r>>,
}

#[derive(Serialize)]
struct HeadlineLeadExample<'r> {
    article: &'r str,
    date: &'r str,
    url: &'r str,
    headline: Option<ExampleSentence<'r>>,
    lead: Option<ExampleSentence<'r>>,
    body: Mean<'r>,
}

impl<'r> HeadlineLead<'r> {
    pub(super) fn new(report: &'r Report, openings: &'r report::HeadlineLead) -> Self {
        let line = |line: &'r Option<report::ExampleSentence>| {
            Some(ExampleSentence::new(report, line.as_ref()?))
        };
        let opening = |opening: &'r report::HeadlineLeadExample| HeadlineLeadExample {
            article: &opening.article,
            date: &opening.date,
            url: &opening.url,
            headline: line(&opening.headline),
            lead: line(&opening.lead),
            body: Mean::new(report, &opening.body),
        };
        HeadlineLead {
            mention: Mean::new(report, &openings.mention),
            context: Mean::new(report, &openings.context),
            attributed: openings.attributed,
            body: Mean::new(report, &openings.body),
            shown: openings.shown.iter().map(opening).collect(),
        }
    }
}
