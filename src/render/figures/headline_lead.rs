//! What headlines, leads and bodies express, side by side.

use super::sentence_label;
use crate::render::cell::Cell;
use crate::render::document::{Block, FEW_ARTICLES, Item};
use crate::render::sanitize;
use crate::render::table::{Column, LabelRow, LabelTable, Table};
use crate::render::wording;
use crate::report::{
    ExampleSentence, HeadlineLeadExample, OutletSummary, PredictionSums, Report, TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Says how headline, lead and body are read.
const KEY: &str = "Headline (head), first sentence of the body (lead), and the body's own-voice \
    sentences that name the target (body): how many, and the mean probability of each label. A lead \
    that conveys a source's words is in none of the means. In square brackets, the words that decided.";

/// The parts of an article that are compared.
const PARTS: [&str; 3] = ["head", "lead", "body"];

/// Headlines and leads added up and, where articles are few, one by one.
pub(crate) fn blocks(report: &Report, target: &TargetSummary) -> Vec<Block> {
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
            below: outlet.openings.shown.iter().map(|article| one(report, article)).collect(),
        };
        out.push(Block::Lines(shown.map(lines).collect()));
    }
    out
}

/// Whether the articles about a target are so few that each can be shown.
pub(crate) fn are_few(target: &TargetSummary) -> bool {
    let shown = target.outlets.iter().map(|outlet| outlet.openings.shown.len());
    shown.sum::<usize>() <= FEW_ARTICLES
}

fn tables(report: &Report, target: &TargetSummary) -> Vec<Table> {
    let rows = target.outlets.iter().flat_map(|outlet| {
        let relations = [TargetRelation::Mention, TargetRelation::Context].into_iter();
        relations.filter_map(|about| row(report, outlet, about))
    });
    let table = LabelTable {
        caption: String::new(),
        names: ["outlet", "about"].map(Column::text).to_vec(),
        counts: PARTS.map(|part| Column::number(part).of("how many")).to_vec(),
        measures: |label| PARTS.map(|part| Column::number(part).of(format!("{label} %"))).to_vec(),
        rows: rows.collect(),
    };
    table.wide(&report.provenance.labels)
}

/// The sentences of an outlet that name the target, or those that do not; none where there are none.
fn row(report: &Report, outlet: &OutletSummary, about: TargetRelation) -> Option<LabelRow> {
    let (headlines, openings) = (&outlet.headlines, &outlet.openings);
    let none = PredictionSums::default();
    let parts = match about {
        TargetRelation::Context => [&headlines.context, &openings.context, &none],
        TargetRelation::Mention | TargetRelation::None => {
            [&headlines.mention, &openings.mention, &openings.body]
        }
    };
    let means = |label| {
        parts.map(|sums| Cell::share(sums.mean(label)).of_sentences(sums.sentences())).to_vec()
    };
    let is_any = parts.iter().any(|sums| sums.sentences() > 0);
    is_any.then(|| LabelRow {
        names: vec![Cell::outlet(&outlet.outlet), Cell::text(about.name())],
        counts: parts.map(|sums| Cell::count(sums.sentences())).to_vec(),
        measures: (0..report.provenance.labels.len()).map(means).collect(),
    })
}

/// An article: its headline, then what headline, lead and body express.
fn one(report: &Report, article: &HeadlineLeadExample) -> Item {
    let mut parts: Vec<String> =
        parts(article).map(|(part, sentence)| format!("{part} {}", predicted(sentence))).collect();
    parts.extend(article.body.highest_mean().map(|(label, _)| {
        let sentences = wording::several(article.body.sentences(), "own sentence");
        format!("body mostly {} (guess, {sentences})", sanitize::name(report.label(label)))
    }));
    let headline = article.headline.as_ref().map(|headline| sanitize::shortened(&headline.text));
    let headline = headline.unwrap_or_else(|| "(no headline)".to_owned());
    let name = sanitize::name(&article.article);
    Item::line(format!("{name}: {headline} — {}", parts.join("; ")))
}

/// What a sentence expresses, and the words that decided.
fn predicted(sentence: &ExampleSentence) -> String {
    let predicted = match &sentence.judged {
        None => "not about the target".to_owned(),
        Some(predicted) => wording::prediction(predicted),
    };
    let voice = if sentence.voice == Voice::Attributed { ", a source's words" } else { "" };
    let decided = match sanitize::list(&sentence.evidence.words, ", ") {
        words if words.is_empty() => words,
        words => format!(" [{words}]"),
    };
    predicted + voice + &decided
}

/// A headline or lead that is shown.
struct HeadlineOrLeadRow<'r> {
    target: &'r TargetSummary,
    outlet: &'r OutletSummary,
    article: &'r HeadlineLeadExample,
    part: &'static str,
    sentence: &'r ExampleSentence,
}

/// The name of a field, and what stands there of each line.
type Field = (&'static str, fn(&HeadlineOrLeadRow<'_>) -> Cell);

/// The fields in CSV; `body_share` is the mean probability of the row's label in the body.
const FIELDS: [Field; 15] = [
    ("outlet", |line| Cell::text(&line.outlet.outlet)),
    ("target", |line| Cell::text(&line.target.name)),
    ("article", |line| Cell::text(&line.article.article)),
    ("date", |line| Cell::text(&line.article.date)),
    ("part", |line| Cell::text(line.part)),
    ("sentence", |line| Cell::count(line.sentence.sentence as u64)),
    ("voice", |line| Cell::text(line.sentence.voice.name())),
    ("speaker", |line| Cell::text(line.sentence.speakers.join("; "))),
    ("about", |line| sentence_label::relation(line.sentence.judged.as_ref())),
    ("label", |line| sentence_label::label(line.sentence.judged.as_ref())),
    ("probability", |line| sentence_label::probability(line.sentence.judged.as_ref())),
    ("words", |line| Cell::text(line.sentence.evidence.words.join("; "))),
    ("body_sentences", |line| Cell::count(line.article.body.sentences())),
    ("body_share", |line| {
        let judged = line.sentence.judged.as_ref();
        Cell::share(judged.and_then(|judged| line.article.body.mean(judged.label.index)))
    }),
    ("text", |line| Cell::text(&line.sentence.text)),
];

/// A row per headline and lead of the articles that are shown, for CSV.
pub(crate) fn all(report: &Report) -> Table {
    let mut lines = Vec::new();
    for target in &report.targets {
        for outlet in &target.outlets {
            for article in &outlet.openings.shown {
                let line = |(part, sentence)| HeadlineOrLeadRow {
                    target,
                    outlet,
                    article,
                    part,
                    sentence,
                };
                lines.extend(parts(article).map(line));
            }
        }
    }
    Table::of_fields(FIELDS, lines)
}

/// The headline and the lead, as far as an article has them.
fn parts(article: &HeadlineLeadExample) -> impl Iterator<Item = (&'static str, &ExampleSentence)> {
    let parts = [("headline", &article.headline), ("lead", &article.lead)].into_iter();
    parts.filter_map(|(part, line)| Some((part, line.as_ref()?)))
}
