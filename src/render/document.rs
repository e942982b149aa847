//! What a report says, in order: for notes in whole, for a terminal what a first look asks. What a
//! reader asks first stands first: the answers, then the shares, then where and in which words, then
//! the rest.

use super::frames;
use super::headline_lead;
use super::inference;
use super::key_findings::{self, KeyFinding};
use super::prominence;
use super::quote_lines;
use super::summary_text;
use super::table::{self, Table};
use super::timeline;
use super::wording;
use super::{quote_uses, sanitize};
use crate::report::{Frames, Outlet, OutletSummary, Report, Speaker, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// A piece of a report.
#[derive(Debug)]
pub(super) enum Block {
    /// The report's name.
    Title(String),
    /// The name of a section.
    Section(String),
    /// The name of a part of a section, with what is to be known of it.
    Subsection(String, String),
    /// Words.
    Paragraph(String),
    /// Paragraphs that are read one after the other.
    Prose(Vec<String>),
    /// A table.
    Table(Table),
    /// Lines that belong to the paragraph before; each may have lines of its own.
    Lines(Vec<Item>),
    /// Remarks that stand each for itself.
    Remarks(Vec<String>),
    /// Marks that stand each in its own column, such as one for each sentence of an article.
    Ribbons(Vec<SentenceStrip>),
}

/// A line and what stands below it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) below: Vec<Item>,
}

/// A name and its marks.
#[derive(Debug)]
pub(super) struct SentenceStrip {
    pub(super) name: String,
    pub(super) marks: String,
}

impl Item {
    /// A line with nothing below it.
    pub(super) fn line(text: String) -> Self {
        Item { text, below: Vec::new() }
    }
}

/// More articles about a target are shown added up, not one by one.
pub(super) const FEW_ARTICLES: usize = 25;

/// So many speakers of an outlet are shown.
const QUOTED: usize = 3;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What a first look asks; long tables and lists are cut, and say so.
    Brief,
    /// Everything that is told in words and tables.
    Whole,
}

/// So many rows of a table or lines of a list a brief report shows.
const ROWS: usize = 20;

/// So many shared quotes a brief report tells of.
const QUOTES: usize = 5;

/// The report.
pub(super) fn outline(report: &Report, extent: Extent) -> Vec<Block> {
    let blocks = blocks(report, extent);
    match extent {
        Extent::Whole => blocks,
        Extent::Brief => blocks.into_iter().flat_map(cut).collect(),
    }
}

fn blocks(report: &Report, extent: Extent) -> Vec<Block> {
    let opening = [wording::corpus(report), wording::left_out(report), wording::made_by(report)];
    let mut out = vec![Block::Title(wording::title(report))];
    out.extend(opening.map(Block::Paragraph));
    if !report.outlets.is_empty() {
        out.push(Block::Table(table::coverage(report)));
        (0..report.targets.len()).for_each(|at| one_target(&mut out, report, at, extent));
        report.frames.iter().for_each(|frames| stories(&mut out, frames));
        match extent {
            Extent::Brief => uses(&mut out, report),
            Extent::Whole => quotes(&mut out, report),
        }
        distinctive(&mut out, &report.outlets);
    }
    out.push(Block::Section("Notes".to_owned()));
    out.push(Block::Remarks(report.notes.clone()));
    if extent == Extent::Brief && !report.outlets.is_empty() {
        out.push(Block::Paragraph(MORE.to_owned()));
    }
    out
}

/// Where the rest stands.
const MORE: &str = "This is a first look. Everything, each figure with its sentences: --format html \
    --out report.html. In words and tables: --format markdown. For programs: --format json.";

/// A block as a brief report shows it.
fn cut(block: Block) -> Vec<Block> {
    let more = |all: usize, shown: usize, what: &str| {
        let more = all.checked_sub(shown).filter(|more| *more > 0)?;
        let more = wording::several(more as u64, &format!("more {what}"));
        Some(Block::Paragraph(format!("  {more}: --format html")))
    };
    let (block, more) = match block {
        Block::Table(mut table) => {
            let more = more(table.rows.len(), ROWS, "row");
            table.rows.truncate(ROWS);
            (Block::Table(table), more)
        }
        Block::Ribbons(mut ribbons) => {
            let more = more(ribbons.len(), ROWS, "article");
            ribbons.truncate(ROWS);
            (Block::Ribbons(ribbons), more)
        }
        block => (block, None),
    };
    std::iter::once(block).chain(more).collect()
}

fn one_target(out: &mut Vec<Block>, report: &Report, number: usize, extent: Extent) {
    let target = &report.targets[number];
    out.push(Block::Section(wording::target(target)));
    answered(out, &key_findings::answers(report, number));
    let is_whole = extent == Extent::Whole;
    if is_whole {
        out.push(Block::Subsection("In words, to be pasted".to_owned(), String::new()));
        out.push(Block::Prose(summary_text::paragraphs(report, target)));
    }
    corrections(out, report, target);
    out.push(Block::Subsection("Shares".to_owned(), wording::SHARES.to_owned()));
    let tables = |voice| table::shares(report, target, voice, TargetRelation::Mention);
    out.extend(Voice::ALL.into_iter().flat_map(tables).map(Block::Table));
    gaps(out, report, target);
    if is_whole {
        out.extend(table::unshared(report, target).into_iter().map(Block::Table));
        out.extend(headline_lead::blocks(report, target));
        headline_gaps(out, report, target);
    }
    out.extend(prominence::blocks(report, target));
    if is_whole || timeline::is_told(target) {
        out.extend(timeline::blocks(report, target));
    }
    if is_whole {
        out.extend(table::speakers(report, target, QUOTED).into_iter().map(Block::Table));
        typical(out, report, target);
    } else {
        speakers(out, target);
    }
}

/// The questions that most readers have, answered.
fn answered(out: &mut Vec<Block>, answers: &[KeyFinding]) {
    for answer in answers {
        out.push(Block::Subsection(answer.question.clone(), answer.key.clone()));
        let lines = answer.lines.iter().map(|line| Item::line(line.text()));
        out.push(Block::Lines(lines.collect()));
    }
}

fn stories(out: &mut Vec<Block>, frames: &Frames) {
    out.push(Block::Section(frames::title(frames)));
    out.push(Block::Paragraph(frames::key(frames)));
    out.extend(frames::tables(frames).into_iter().map(Block::Table));
}

/// What hand labels or the model's errors elsewhere make of the shares, and what may be said.
fn corrections(out: &mut Vec<Block>, report: &Report, target: &TargetSummary) {
    let of_voices = |tables: fn(&Report, &TargetSummary, Voice) -> Vec<Table>| {
        Voice::ALL.into_iter().flat_map(move |voice| tables(report, target, voice))
    };
    let kinds: [(_, Vec<Table>); 2] = [
        (inference::CORRECTED, of_voices(inference::corrected).collect()),
        (inference::MODELLED, of_voices(inference::modelled).collect()),
    ];
    for (explained, found) in kinds.into_iter().filter(|(_, found)| !found.is_empty()) {
        out.push(Block::Paragraph(explained.to_owned()));
        out.extend(found.into_iter().map(Block::Table));
    }
}

fn gaps(out: &mut Vec<Block>, report: &Report, target: &TargetSummary) {
    let line = |gap| Item::line(inference::gap(report, target, gap));
    let lines: Vec<Item> = target.gaps.iter().map(line).collect();
    part(out, "Largest gaps", inference::GAPS.to_owned(), lines);
}

/// A part of a section, where there is something to be said.
fn part(out: &mut Vec<Block>, name: &str, explained: String, lines: Vec<Item>) {
    if !lines.is_empty() {
        out.push(Block::Subsection(name.to_owned(), explained));
        out.push(Block::Lines(lines));
    }
}

fn headline_gaps(out: &mut Vec<Block>, report: &Report, target: &TargetSummary) {
    let few = headline_lead::are_few(target);
    let gap = |outlet: &OutletSummary| {
        let below = if few { &[] } else { outlet.headline_gap.furthest.as_slice() };
        let below = below.iter().map(|gap| Item::line(quote_lines::further(report, gap))).collect();
        Some(Item { text: quote_lines::headline_gap(report, outlet)?, below })
    };
    let lines: Vec<Item> = target.outlets.iter().filter_map(gap).collect();
    part(
        out,
        "Headlines that read otherwise than their article",
        quote_lines::HEADLINES.to_owned(),
        lines,
    );
}

fn quotes(out: &mut Vec<Block>, report: &Report) {
    let (quotes, omissions) = (quote_lines::quotes(report), quote_lines::omissions(report));
    let numbered = |(number, quote): (usize, quote_lines::QuoteLines)| Item {
        text: format!("{number}. {}", quote.quote),
        below: quote.uses.into_iter().map(Item::line).collect(),
    };
    let mut lines: Vec<Item> = (1..).zip(quotes).map(numbered).collect();
    lines.extend(omissions);
    if !lines.is_empty() {
        out.push(Block::Section("Shared quotes".to_owned()));
        out.push(Block::Paragraph(quote_lines::QUOTES.to_owned()));
        out.push(Block::Lines(lines));
    }
}

/// The same in few lines.
fn uses(out: &mut Vec<Block>, report: &Report) {
    let mut lines = quote_uses::lines(report, QUOTES);
    if lines.is_empty() {
        return;
    }
    let more = report.quotes.shared.len() - lines.len();
    lines.extend((more > 0).then(|| Item::line(format!("{more} more: --format html"))));
    let explained = "The same words of a source across outlets, found by rules. What each outlet \
        trimmed, and wrote around them: --format html.";
    out.push(Block::Section("Shared quotes".to_owned()));
    out.push(Block::Paragraph(explained.to_owned()));
    out.push(Block::Lines(lines));
}

/// The most quoted of each outlet, in a line.
fn speakers(out: &mut Vec<Block>, target: &TargetSummary) {
    let line = |outlet: &OutletSummary| {
        let speakers = &outlet.speakers;
        let speaker = |of: &Speaker| match of.about.sentences() {
            0 => format!("{} {}", sanitize::name(&of.name), of.sentences),
            naming => format!("{} {} ({naming})", sanitize::name(&of.name), of.sentences),
        };
        let mut names: Vec<String> =
            speakers.most_quoted.iter().take(QUOTED).map(speaker).collect();
        let more = speakers.named - names.len();
        names.extend((more > 0).then(|| format!("{more} more")));
        let name = wording::outlet(&outlet.outlet);
        (!names.is_empty()).then(|| Item::line(format!("{name}: {}", names.join(", "))))
    };
    let mut lines: Vec<Item> = target.outlets.iter().filter_map(line).collect();
    let more = lines.len().saturating_sub(ROWS);
    lines.truncate(ROWS);
    lines.extend((more > 0).then(|| Item::line(format!("{more} more outlets: --format html"))));
    let naming =
        if target.name.is_empty() { "" } else { "; in brackets, those that name the target" };
    part(out, "Most quoted", format!("Sentences that convey their words{naming}."), lines);
}

fn typical(out: &mut Vec<Block>, report: &Report, target: &TargetSummary) {
    let of_voice = |(outlet, voice): (&OutletSummary, Voice)| {
        let of_voice: Vec<_> = outlet.typical.iter().filter(|t| t.voice == voice).collect();
        let labels = of_voice.chunk_by(|a, b| a.label == b.label);
        let below: Vec<Item> = labels
            .map(|of_label| Item {
                text: wording::typical_line(report, of_label[0]),
                below: vec![Item::line(format!("[{}]", wording::source(of_label[0])))],
            })
            .collect();
        let name = format!("{}, {}", wording::outlet(&outlet.outlet), wording::voice(voice));
        (!below.is_empty()).then_some(Item { text: name, below })
    };
    let voices = target.outlets.iter().flat_map(|of| Voice::ALL.map(|voice| (of, voice)));
    let lines: Vec<Item> = voices.filter_map(of_voice).collect();
    part(out, "Typical sentences", wording::typical(target), lines);
}

fn distinctive(out: &mut Vec<Block>, outlets: &[Outlet]) {
    let line = |outlet: &Outlet| {
        let words: Vec<String> = outlet.distinctive.iter().map(wording::distinctive).collect();
        Item::line(format!("{}: {}", wording::outlet(&outlet.name), words.join(", ")))
    };
    let found = outlets.iter().filter(|outlet| !outlet.distinctive.is_empty());
    let lines: Vec<Item> = found.map(line).collect();
    if !lines.is_empty() {
        out.push(Block::Section("Distinctive words".to_owned()));
        out.push(Block::Paragraph(wording::DISTINCTIVE.to_owned()));
        out.push(Block::Lines(lines));
    }
}
