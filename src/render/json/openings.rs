//! Headlines and leads side by side, for programs.

use serde::Serialize;

use super::line::Line;
use super::summary::Mean;
use crate::report::{self, Report};

/// `mention` and `context` add up the leads in the outlet's own voice, `body` the own-voice
/// sentences of the bodies that name the target. `attributed` counts the leads that convey a source.
#[derive(Serialize)]
pub(super) struct Openings<'r> {
    mention: Mean<'r>,
    context: Mean<'r>,
    attributed: u64,
    body: Mean<'r>,
    shown: Vec<Opening<'r>>,
}

#[derive(Serialize)]
struct Opening<'r> {
    article: &'r str,
    date: &'r str,
    url: &'r str,
    headline: Option<Line<'r>>,
    lead: Option<Line<'r>>,
    body: Mean<'r>,
}

impl<'r> Openings<'r> {
    pub(super) fn new(report: &'r Report, openings: &'r report::Openings) -> Self {
        let line = |line: &'r Option<report::Line>| Some(Line::new(report, line.as_ref()?));
        let opening = |opening: &'r report::Opening| Opening {
            article: &opening.article,
            date: &opening.date,
            url: &opening.url,
            headline: line(&opening.headline),
            lead: line(&opening.lead),
            body: Mean::new(report, &opening.body),
        };
        Openings {
            mention: Mean::new(report, &openings.mention),
            context: Mean::new(report, &openings.context),
            attributed: openings.attributed,
            body: Mean::new(report, &openings.body),
            shown: openings.shown.iter().map(opening).collect(),
        }
    }
}
