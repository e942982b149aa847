//! Where in the articles the target is named, with which label and in whose voice.

use super::sentence_label;
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::render::cell::Cell;
use crate::render::document::{Block, FEW_ARTICLES, SentenceStrip};
use crate::render::sanitize;
use crate::render::table::{Column, Table};
use crate::render::wording;
use crate::report::{self, Decile, OutletSummary, Report, TargetSummary};
use crate::voice::Voice;

/// The marks of sentences that do not name the target, by voice.
const UNNAMED: [char; 2] = ['·', '"'];

/// What the table of tenths shows.
const BY_TENTHS: &str = "Where in the article, over the articles that name the target: of the \
    sentences in each tenth of the body those that name it and those that are a source's (%), and the \
    mean probability of each label where the outlet itself names it";

/// Where a target stands: article by article where there are few, and by tenths where there are many.
pub(crate) fn blocks(report: &Report, target: &TargetSummary) -> Vec<Block> {
    let strips: Vec<SentenceStrip> =
        target.outlets.iter().flat_map(|outlet| one_by_one(report, outlet)).collect();
    if (1..=FEW_ARTICLES).contains(&strips.len()) {
        let name = "Where in the article".to_owned();
        return vec![Block::Subsection(name, key(report)), Block::SentenceStrips(strips)];
    }
    let many = |outlet: &&OutletSummary| outlet.prominence.articles >= MIN_CLUSTERS as u64;
    let outlets: Vec<&OutletSummary> = target.outlets.iter().filter(many).collect();
    if outlets.is_empty() { Vec::new() } else { vec![Block::Table(by_tenths(report, &outlets))] }
}

fn key(report: &Report) -> String {
    let marks = marks(report);
    let labels = report.provenance.labels.iter().zip(&marks);
    let labels: Vec<String> =
        labels.map(|(label, mark)| format!("{mark} {}", sanitize::name(label))).collect();
    let are_letters = marks.iter().any(|mark| mark.is_alphabetic());
    let attributed = if are_letters {
        "; in small letters where they are a source's"
    } else {
        "; behind \" where they are a source's"
    };
    format!(
        "One mark for each sentence of the body, in order. Sentences that name the target: {}{attributed}. \
         Others: {} the outlet's, {} a source's.",
        labels.join(", "),
        UNNAMED[0],
        UNNAMED[1]
    )
}

/// The first letter of each label; numbers where two labels begin with the same letter.
fn marks(report: &Report) -> Vec<char> {
    let labels = &report.provenance.labels;
    let first = |label: &String| label.chars().next().and_then(|c| c.to_uppercase().next());
    let letters: Vec<char> = labels.iter().filter_map(first).collect();
    let mut distinct = letters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let has_small_form = |c: &char| c.is_uppercase() && c.to_lowercase().count() == 1;
    if distinct.len() == labels.len() && letters.iter().all(has_small_form) {
        return letters;
    }
    "1234567890".chars().cycle().take(labels.len()).collect()
}

fn one_by_one(report: &Report, outlet: &OutletSummary) -> Vec<SentenceStrip> {
    let marks = marks(report);
    let outlet_name = wording::outlet(&outlet.outlet);
    let strip = |article: &report::SentenceStrip| SentenceStrip {
        name: format!("{outlet_name}, {}", sanitize::name(&article.article)),
        marks: article.cells.iter().map(|sentence| mark(&marks, sentence)).collect(),
    };
    outlet.prominence.ribbons.iter().map(strip).collect()
}

fn mark(marks: &[char], sentence: &report::Cell) -> String {
    let is_attributed = sentence.voice == Voice::Attributed;
    let predicted = sentence.judged.as_ref().filter(|predicted| predicted.is_mention());
    match predicted.and_then(|predicted| marks.get(predicted.label.index)) {
        None => UNNAMED[usize::from(is_attributed)].to_string(),
        Some(mark) if !is_attributed => mark.to_string(),
        Some(mark) if mark.is_alphabetic() => mark.to_lowercase().to_string(),
        Some(mark) => format!("\"{mark}"),
    }
}

/// Of outlets with many articles, what stands in each tenth.
fn by_tenths(report: &Report, outlets: &[&OutletSummary]) -> Table {
    let tenths = (1..=10).map(|tenth: u32| {
        Column::number(tenth.to_string()).of("tenths of the body, from its beginning")
    });
    let row = |outlet: &OutletSummary, name: String, share: &dyn Fn(&Decile) -> Option<f64>| {
        let shares = outlet.prominence.tenths.iter().map(|tenth| Cell::share(share(tenth)));
        [Cell::outlet(&outlet.outlet), Cell::text(name)]
            .into_iter()
            .chain(shares)
            .collect::<Vec<_>>()
    };
    let rows = |outlet: &&OutletSummary| {
        let mut rows = vec![
            row(outlet, "names the target".to_owned(), &Decile::naming),
            row(outlet, "a source's".to_owned(), &Decile::attributed),
        ];
        rows.extend((0..report.provenance.labels.len()).map(|label| {
            let name = format!("own, {}", sanitize::name(report.label(label)));
            row(outlet, name, &|tenth| tenth.own.mean(label))
        }));
        rows
    };
    Table {
        caption: BY_TENTHS.to_owned(),
        columns: ["outlet", "%"].map(Column::text).into_iter().chain(tenths).collect(),
        rows: outlets.iter().flat_map(rows).collect(),
    }
}

/// A sentence of an article that is shown sentence by sentence.
struct StripSentenceRow<'r> {
    target: &'r TargetSummary,
    outlet: &'r OutletSummary,
    article: &'r report::SentenceStrip,
    sentence: &'r report::Cell,
}

/// The name of a field, and what stands there of each line.
type Field = (&'static str, fn(&StripSentenceRow<'_>) -> Cell);

/// The fields in CSV.
const FIELDS: [Field; 13] = [
    ("outlet", |line| Cell::text(&line.outlet.outlet)),
    ("target", |line| Cell::text(&line.target.name)),
    ("article", |line| Cell::text(&line.article.article)),
    ("date", |line| Cell::text(&line.article.date)),
    ("sentence", |line| Cell::count(line.sentence.sentence as u64)),
    ("tenth", |line| Cell::count(line.sentence.tenth as u64)),
    ("voice", |line| Cell::text(line.sentence.voice.name())),
    ("speaker", |line| Cell::text(line.sentence.speakers.join("; "))),
    ("about", |line| sentence_label::relation(line.sentence.judged.as_ref())),
    ("label", |line| sentence_label::label(line.sentence.judged.as_ref())),
    ("probability", |line| sentence_label::probability(line.sentence.judged.as_ref())),
    ("shared", |line| Cell::text(line.sentence.is_shared.to_string())),
    ("text", |line| Cell::text(&line.sentence.text)),
];

/// A row per sentence of the articles that are shown sentence by sentence, for CSV.
pub(crate) fn all(report: &Report) -> Table {
    let mut lines = Vec::new();
    for target in &report.targets {
        for outlet in &target.outlets {
            for article in &outlet.prominence.ribbons {
                let line = |sentence| StripSentenceRow { target, outlet, article, sentence };
                lines.extend(article.cells.iter().map(line));
            }
        }
    }
    Table::of_fields(FIELDS, lines)
}
