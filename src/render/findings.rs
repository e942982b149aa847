//! Puts what may be said of a target into words, each part with a link to its evidence.
//!
//! Counts are given, no percentages of few sentences, and no outlet is ranked above another.

mod headlines;
mod line;
mod only_quoted;
mod own_voice;
mod shared_quotes;
mod target_wording;

pub(super) use line::{Line, LinkDestination, Part};

use headlines::go_further;
use target_wording::TargetWording;

use super::figures::{differences, quotes};
use super::{sanitize, wording};
use crate::report::{Finding, Findings, Report};
use crate::voice::Voice;

/// A question with its answer.
#[derive(Debug)]
pub(super) struct AnsweredQuestion {
    pub(super) question: String,
    /// How the answer is to be read.
    pub(super) key: String,
    pub(super) lines: Vec<Line>,
}

/// What is asked of one target, by its number, with the answers.
pub(super) fn answers(report: &Report, target: usize) -> Vec<AnsweredQuestion> {
    let Some(target) = report.targets.get(target) else { return Vec::new() };
    let Some(findings) = &target.findings else { return Vec::new() };
    let target = TargetWording { report, target };
    let lines =
        |found: &[Finding]| -> Vec<Line> { found.iter().map(|of| target.line(of)).collect() };
    let Findings { label, own_voice, only_quoted, left_out, headlines } = findings;
    let label = target.label(*label);
    let differences = differences::differences(target.target);
    let differences = differences.iter().map(|text| Line::plain(sanitize::tidy(text)));
    let own_question = match label.as_str() {
        "critical" | "supportive" => format!("Who is {label} in their own words?"),
        _ => format!("Whose own words are read as {label}?"),
    };
    let answer = |question: &str, key: &str, lines: Vec<Line>| AnsweredQuestion {
        question: question.to_owned(),
        key: key.to_owned(),
        lines,
    };
    vec![
        answer(&own_question, &target.key(), differences.chain(lines(own_voice)).collect()),
        answer(
            &format!("Who is {label} only in quotes?"),
            "A sentence that quotes or reports a source counts as the source’s, whole.",
            lines(only_quoted),
        ),
        answer(
            "Which shared quotes does each outlet leave out?",
            "Found by rules, paraphrases too; a free rewording is missed, and so is a post that was \
             embedded and is not in the text.",
            lines(left_out),
        ),
        answer("Whose headline goes further than its body?", "", lines(headlines)),
    ]
}

impl TargetWording<'_> {
    /// How the counts of own sentences are to be read.
    fn key(&self) -> String {
        let counts = "Counts are of sentences, as the model reads them. At times it takes a report of \
            what others think for the outlet’s own view: read the sentences before you repeat a count.";
        if self.target.name.is_empty() {
            return counts.to_owned();
        }
        let names = std::iter::once(&self.target.name).chain(&self.target.aliases);
        let names: Vec<String> = names.map(|name| format!("“{}”", sanitize::name(name))).collect();
        format!(
            "{counts} Named it is by {} alone; “without naming it”: in articles about it, where the \
             model is a poorer judge.",
            sanitize::list(&names, ", ")
        )
    }

    /// A finding in words.
    fn line(&self, finding: &Finding) -> Line {
        match finding {
            Finding::OwnVoice { outlet, label, naming, context, share } => {
                self.own_voice((*outlet, *label), naming, context, *share)
            }
            Finding::OwnVoiceInContext { outlet, label, context } => {
                let line = self.of(*outlet).words("only without naming it, ");
                self.with_surest(
                    line.count(*outlet, *label, Voice::Outlet, context),
                    *outlet,
                    context,
                )
                .words(".")
            }
            Finding::NoOwnVoice { label, outlets } => Line::plain(format!(
                "No own sentence is read as {}: {}.",
                self.label(*label),
                self.names(outlets)
            )),
            Finding::OppositeOwnVoice { label, outlets } => {
                self.opposite_own_voice(*label, outlets)
            }
            Finding::TooFew { outlets } => self.too_few(outlets),
            Finding::OnlyQuoted { outlet, label, naming, quoted_context, own_context } => {
                self.only_quoted((*outlet, *label), *naming, quoted_context, own_context)
            }
            Finding::NobodyOnlyQuoted { label } => {
                Line::plain(format!("No outlet is {} in quotes alone.", self.label(*label)))
            }
            Finding::BothVoices { label, outlets } => {
                let (name, naming) = (self.label(*label), self.naming(2));
                let words = format!("both ways; in quotes, of all {name} sentences{naming}");
                self.quoted_counts(*label, &words, outlets)
            }
            Finding::OppositeOnlyQuoted { label, outlets } => {
                self.quoted_counts(*label, "only or almost only in quotes", outlets)
            }
            Finding::NoSharedQuote => Line::plain("No quote was found in two outlets."),
            Finding::QuotesNotCompared => Line::plain(quotes::too_many(&self.report.quotes)),
            Finding::SharedQuotesNotFound { outlet, compared, quotes, others } => {
                self.quotes_not_found(*outlet, *compared, quotes, *others)
            }
            Finding::MoreOutletsLeaveOut { n } => Line::plain("And ")
                .link(format!("{n} more outlets"), LinkDestination::Omissions)
                .words("."),
            Finding::HeadlineGoesFurther { outlet, gap } => self.headline(*outlet, gap),
            Finding::HeadlineQuotesAlone { outlet, quote } => self.headline_quote(*outlet, quote),
            Finding::HeadlinesGoFurther { further, compared } => go_further(*further, *compared),
            Finding::HeadlinesNotComparable { outlets } => Line::plain(format!(
                "Cannot be compared, as the body has no own sentence{}: {}.",
                self.naming(1),
                self.names(outlets)
            )),
            Finding::NoHeadline => Line::plain("No headline was read."),
            Finding::MoreOutlets { n } => Line::plain("And ")
                .link(wording::several(*n as u64, "more outlet"), LinkDestination::Overview)
                .words("."),
        }
    }
}

#[cfg(test)]
mod tests;
