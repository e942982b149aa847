//! Where in the articles the target, criticism and sources stand, in marks and tables.

use super::predicted_label;
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
    let ribbons: usize = target.outlets.iter().map(|o| o.prominence.ribbons.len()).sum();
    if (1..=FEW_ARTICLES).contains(&ribbons) {
        let outlets = target.outlets.iter();
        let ribbons = outlets.flat_map(|outlet| one_by_one(report, outlet)).collect();
        let name = "Where in the article".to_owned();
        return vec![Block::Subsection(name, key(report)), Block::SentenceStrips(ribbons)];
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
    let small = marks.iter().any(|mark| mark.is_alphabetic());
    let told = if small {
        "; in small letters where they are a source's"
    } else {
        "; behind \" where they are a source's"
    };
    format!(
        "One mark for each sentence of the body, in order. Sentences that name the target: {}{told}. \
         Others: {} the outlet's, {} a source's.",
        labels.join(", "),
        UNNAMED[0],
        UNNAMED[1]
    )
}

/// A letter for each label, its first one; numbers where two labels begin alike.
fn marks(report: &Report) -> Vec<char> {
    let labels = &report.provenance.labels;
    let first = |label: &String| label.chars().next().and_then(|c| c.to_uppercase().next());
    let letters: Vec<char> = labels.iter().filter_map(first).collect();
    let mut once = letters.clone();
    once.sort_unstable();
    once.dedup();
    let can_shrink = |c: &char| c.is_uppercase() && c.to_lowercase().count() == 1;
    if once.len() == labels.len() && letters.iter().all(can_shrink) {
        return letters;
    }
    "1234567890".chars().cycle().take(labels.len()).collect()
}

fn one_by_one(report: &Report, outlet: &OutletSummary) -> Vec<SentenceStrip> {
    let marks = marks(report);
    let ribbons = outlet.prominence.ribbons.iter();
    ribbons
        .map(|ribbon| SentenceStrip {
            name: format!(
                "{}, {}",
                wording::outlet(&outlet.outlet),
                sanitize::name(&ribbon.article)
            ),
            marks: ribbon.cells.iter().map(|cell| mark(&marks, cell)).collect(),
        })
        .collect()
}

fn mark(marks: &[char], cell: &report::Cell) -> String {
    let is_told = cell.voice == Voice::Attributed;
    let judged = cell.judged.as_ref().filter(|judged| judged.is_mention());
    match judged.and_then(|judged| marks.get(judged.label.index)) {
        None => UNNAMED[usize::from(is_told)].to_string(),
        Some(mark) if !is_told => mark.to_string(),
        Some(mark) if mark.is_alphabetic() => mark.to_lowercase().to_string(),
        Some(mark) => format!("\"{mark}"),
    }
}

/// Of outlets with many articles, what stands in each tenth.
fn by_tenths(report: &Report, outlets: &[&OutletSummary]) -> Table {
    let tenths = (1..=10).map(|tenth: u32| {
        Column::number(tenth.to_string()).of("tenths of the body, from its beginning")
    });
    let row = |outlet: &OutletSummary, name: String, of: &dyn Fn(&Decile) -> Option<f64>| {
        let shares = outlet.prominence.tenths.iter().map(|tenth| Cell::share(of(tenth)));
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
struct Line<'r> {
    target: &'r TargetSummary,
    outlet: &'r OutletSummary,
    article: &'r report::SentenceStrip,
    sentence: &'r report::Cell,
}

/// The fields in CSV.
const FIELDS: [(&str, fn(&Line<'_>) -> Cell); 13] = [
    ("outlet", |of| Cell::text(&of.outlet.outlet)),
    ("target", |of| Cell::text(&of.target.name)),
    ("article", |of| Cell::text(&of.article.article)),
    ("date", |of| Cell::text(&of.article.date)),
    ("sentence", |of| Cell::count(of.sentence.sentence as u64)),
    ("tenth", |of| Cell::count(of.sentence.tenth as u64)),
    ("voice", |of| Cell::text(of.sentence.voice.name())),
    ("speaker", |of| Cell::text(of.sentence.speakers.join("; "))),
    ("about", |of| predicted_label::relation(of.sentence.judged.as_ref())),
    ("label", |of| predicted_label::label(of.sentence.judged.as_ref())),
    ("probability", |of| predicted_label::probability(of.sentence.judged.as_ref())),
    ("shared", |of| Cell::text(of.sentence.is_shared.to_string())),
    ("text", |of| Cell::text(&of.sentence.text)),
];

/// A row per sentence of the articles that are shown sentence by sentence, for CSV.
pub(crate) fn all(report: &Report) -> Table {
    let mut lines = Vec::new();
    for target in &report.targets {
        for outlet in &target.outlets {
            for article in &outlet.prominence.ribbons {
                let line = |sentence| Line { target, outlet, article, sentence };
                lines.extend(article.cells.iter().map(line));
            }
        }
    }
    Table::of_fields(FIELDS, lines)
}
