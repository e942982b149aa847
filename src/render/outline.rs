//! What a report says, in the order in which readers ask: the head, the shares, where and in which words,
//! then the rest.

use super::document::{Block, MOST_ROWS};
use super::figures::{
    adjusted_shares, changes, coverage, differences, distinctive_words, exemplars, first_sentences,
    frames, headline_gaps, headline_lead, prominence, quotes, shares, speakers, stance_chart,
    timeline,
};
use super::lead::{LeadText, lead};
use super::summary_text;
use super::table::Table;
use super::wording;
use crate::report::{Frames, Report, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// How much a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What a first look asks; long tables and lists are cut, and say so.
    Brief,
    /// Everything that stands in words and tables.
    Whole,
}

/// The report.
pub(super) fn outline(report: &Report, extent: Extent) -> Vec<Block> {
    let blocks = blocks(report, extent);
    match extent {
        Extent::Whole => blocks,
        Extent::Brief => blocks.into_iter().flat_map(cut).collect(),
    }
}

fn blocks(report: &Report, extent: Extent) -> Vec<Block> {
    match extent {
        Extent::Brief => brief(report),
        Extent::Whole => whole(report),
    }
}

/// One screen: the head of the report, the chart in a table, and what to read first.
fn brief(report: &Report) -> Vec<Block> {
    let mut out = Vec::new();
    if report.outlets.is_empty() {
        out.push(Block::Title(wording::title(report)));
        out.push(Block::Remarks(report.notes.clone()));
        return out;
    }
    (0..report.targets.len()).for_each(|target| head(&mut out, report, target));
    out.extend(report.targets.iter().flat_map(changes::blocks));
    out.extend(quotes::brief(report));
    out.push(Block::Paragraph(MORE.to_owned()));
    out
}

/// The head of the report on a target.
fn head(out: &mut Vec<Block>, report: &Report, target: usize) {
    let LeadText { title, sentences } = lead(report, target);
    out.push(Block::Title(title));
    out.extend(sentences.into_iter().map(Block::Paragraph));
    out.extend(stance_chart::table(report, target).map(Block::Table));
    out.extend(first_sentences::blocks(report, target));
}

fn whole(report: &Report) -> Vec<Block> {
    let mut out = Vec::new();
    if report.outlets.is_empty() {
        out.push(Block::Title(wording::title(report)));
    }
    (0..report.targets.len()).for_each(|target| {
        if !report.outlets.is_empty() {
            head(&mut out, report, target);
        }
    });
    if !report.outlets.is_empty() {
        out.extend(report.targets.iter().flat_map(changes::blocks));
        out.push(Block::Section("What was read".to_owned()));
        out.push(Block::Paragraph(wording::corpus(report)));
        out.push(Block::Paragraph(wording::left_out(report)));
        out.push(Block::Table(coverage::table(report)));
        (0..report.targets.len()).for_each(|target| one_target(&mut out, report, target));
        out.extend(report.frames.iter().flat_map(frame_blocks));
        out.extend(quotes::blocks(report));
        out.extend(distinctive_words::blocks(&report.outlets));
    }
    out.push(Block::Section("What cannot be said".to_owned()));
    out.push(Block::Remarks(report.notes.clone()));
    out.push(Block::Paragraph(wording::made_by(report)));
    out
}

/// Where the rest stands.
const MORE: &str = "More: --full; the page with every sentence: --format html --out report.html; for \
    programs: --format json.";

/// A block as a brief report shows it.
fn cut(block: Block) -> Vec<Block> {
    match block {
        Block::Table(mut table) => {
            let more = truncate(&mut table.rows, "row");
            [Block::Table(table)].into_iter().chain(more).collect()
        }
        Block::SentenceStrips(mut strips) => {
            let more = truncate(&mut strips, "article");
            [Block::SentenceStrips(strips)].into_iter().chain(more).collect()
        }
        block => vec![block],
    }
}

/// Cuts a list and says how much is left out.
fn truncate<T>(all: &mut Vec<T>, noun: &str) -> Option<Block> {
    let more = all.len().saturating_sub(MOST_ROWS);
    all.truncate(MOST_ROWS);
    let left_out = wording::several(more as u64, &format!("more {noun}"));
    (more > 0).then(|| Block::Paragraph(format!("  {left_out}: --format html")))
}

fn one_target(out: &mut Vec<Block>, report: &Report, number: usize) {
    let target = &report.targets[number];
    out.push(Block::Section(wording::target(target)));
    out.push(Block::Subsection("In words, to be pasted".to_owned(), String::new()));
    out.push(Block::Prose(summary_text::paragraphs(report, target)));
    out.extend(corrections(report, target));
    out.push(Block::Subsection("Shares".to_owned(), shares::KEY.to_owned()));
    let of_voice = |voice| shares::of_stratum(report, target, voice, TargetRelation::Mention);
    out.extend(Voice::ALL.into_iter().flat_map(of_voice).map(Block::Table));
    out.extend(differences::gaps(target));
    out.extend(shares::unshared(report, target).into_iter().map(Block::Table));
    out.extend(headline_lead::blocks(report, target));
    out.extend(headline_gaps::blocks(target));
    out.extend(prominence::blocks(report, target));
    out.extend(timeline::blocks(report, target));
    out.extend(speakers::tables(report, target).into_iter().map(Block::Table));
    out.extend(exemplars::blocks(report, number));
}

fn frame_blocks(frames: &Frames) -> Vec<Block> {
    let mut out =
        vec![Block::Section(frames::title(frames)), Block::Paragraph(frames::key(frames))];
    out.extend(frames::tables(frames).into_iter().map(Block::Table));
    out
}

/// What hand labels or the model's errors elsewhere make of the shares.
fn corrections(report: &Report, target: &TargetSummary) -> Vec<Block> {
    type Tables = fn(&Report, &TargetSummary, Voice) -> Vec<Table>;
    let kinds: [(&str, Tables); 2] = [
        (adjusted_shares::CORRECTED, adjusted_shares::corrected),
        (adjusted_shares::MODELLED, adjusted_shares::modelled),
    ];
    let mut out = Vec::new();
    for (explained, tables) in kinds {
        let found: Vec<Table> =
            Voice::ALL.into_iter().flat_map(|voice| tables(report, target, voice)).collect();
        if !found.is_empty() {
            out.push(Block::Paragraph(explained.to_owned()));
            out.extend(found.into_iter().map(Block::Table));
        }
    }
    out
}
