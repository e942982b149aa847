//! Headlines, leads and bodies side by side, in tables and words.

use std::ops::Range;

use super::document::{Block, FEW_ARTICLES, Item};
use super::sanitize;
use super::table::{Table, figures, label_groups, words};
use super::wording;
use crate::report::{
    ExampleSentence, HeadlineLeadExample, OutletSummary, PredictionSums, Report, TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Says how headline, lead and body are read.
const KEY: &str = "Headline (head), first sentence of the body (lead), and the body's own-voice \
    sentences that name the target (body): how many, and the mean probability of each label. A lead \
    that conveys a source's words is in none of the means. In square brackets, the words that decided.";

/// How articles about a target begin: added up and, where they are few, one by one.
pub(super) fn blocks(report: &Report, target: &TargetSummary) -> Vec<Block> {
    let tables = tables(report, target);
    if tables.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Block::Subsection("Headline, lead and body".to_owned(), KEY.to_owned())];
    out.extend(tables.into_iter().map(Block::Table));
    if are_few(target) {
        let shown = target.outlets.iter().filter(|outlet| !outlet.openings.shown.is_empty());
        let lines = |outlet: &OutletSummary| Item {
            text: wording::outlet(&outlet.outlet),
            below: outlet.openings.shown.iter().map(|opening| one(report, opening)).collect(),
        };
        out.push(Block::Lines(shown.map(lines).collect()));
    }
    out
}

/// Whether the articles about a target are so few that each can be shown.
pub(super) fn are_few(target: &TargetSummary) -> bool {
    let shown = target.outlets.iter().map(|outlet| outlet.openings.shown.len());
    shown.sum::<usize>() <= FEW_ARTICLES
}

fn tables(report: &Report, target: &TargetSummary) -> Vec<Table> {
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), words("about")];
        columns.extend(["head", "lead", "body"].map(|name| figures("how many", name)));
        for label in &report.provenance.labels[labels.clone()] {
            columns
                .extend(["head", "lead", "body"].map(|name| figures(&format!("{label} %"), name)));
        }
        let rows = |outlet: &OutletSummary| {
            let abouts = [TargetRelation::Mention, TargetRelation::Context].into_iter();
            abouts.filter_map(|about| row(outlet, about, &labels)).collect::<Vec<_>>()
        };
        let rows = target.outlets.iter().flat_map(rows).collect();
        Table { caption: String::new(), columns, rows }
    };
    let tables = label_groups(&report.provenance.labels).map(table);
    tables.filter(|table| !table.rows.is_empty()).collect()
}

/// Those of an outlet that name the target, or those that do not; none where there are none.
fn row(
    outlet: &OutletSummary,
    about: TargetRelation,
    labels: &Range<usize>,
) -> Option<Vec<String>> {
    let (headlines, openings) = (&outlet.headlines, &outlet.openings);
    let none = PredictionSums::default();
    let three = match about {
        TargetRelation::Context => [&headlines.context, &openings.context, &none],
        TargetRelation::Mention | TargetRelation::None => {
            [&headlines.mention, &openings.mention, &openings.body]
        }
    };
    if three.iter().all(|tally| tally.sentences() == 0) {
        return None;
    }
    let mut row = vec![wording::outlet(&outlet.outlet), about.name().to_owned()];
    row.extend(three.map(|tally| tally.sentences().to_string()));
    let means = labels.clone().flat_map(|label| three.map(|tally| tally.mean(label)));
    row.extend(means.map(wording::maybe_percent));
    Some(row)
}

/// The headline with the words that decided; then what each of the three expresses.
fn one(report: &Report, opening: &HeadlineLeadExample) -> Item {
    let headline = opening.headline.as_ref().map(|line| sanitize::shortened(&line.text));
    let decided = |line: &ExampleSentence| match sanitize::list(&line.evidence.words, ", ") {
        words if words.is_empty() => words,
        words => format!(" [{words}]"),
    };
    let parts = [("headline", &opening.headline), ("lead", &opening.lead)].into_iter();
    let lines = parts.filter_map(|(name, line)| Some((name, line.as_ref()?)));
    let mut told: Vec<String> = lines
        .map(|(name, line)| format!("{name} {}{}", judged(report, line), decided(line)))
        .collect();
    let labels = 0..report.provenance.labels.len();
    let mean = |label: usize| Some((label, opening.body.mean(label)?));
    let most = labels.filter_map(mean).max_by(|a, b| a.1.total_cmp(&b.1));
    told.extend(most.map(|(label, mean)| {
        let of = wording::several(opening.body.sentences(), "sentence");
        format!("body {} ({of})", wording::said(report, label, mean))
    }));
    let headline = headline.unwrap_or_else(|| "(no headline)".to_owned());
    let text = format!("{}: {headline} — {}", sanitize::name(&opening.article), told.join("; "));
    Item::line(text)
}

fn judged(report: &Report, line: &ExampleSentence) -> String {
    let judged = match line.judged {
        None => "not about the target".to_owned(),
        Some(judged) => wording::judged(report, judged),
    };
    let source = if line.voice == Voice::Attributed { ", a source's words" } else { "" };
    judged + source
}
