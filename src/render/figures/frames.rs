//! The shares of frames, in passages of articles about the target.

use super::shares;
use crate::render::cell::Cell;
use crate::render::sanitize;
use crate::render::table::{LabelRow, Table};
use crate::render::wording;
use crate::report::{Frames, OutletFrames, Report, TargetFrames, VoiceFrames};
use crate::voice::Voice;

/// The heading of the frames.
pub(crate) fn title(frames: &Frames) -> String {
    let (dimension, model) = (sanitize::name(&frames.dimension), sanitize::name(&frames.model));
    format!("Passages by {dimension}, as model {model} reads them")
}

/// Says what the columns of the tables are.
pub(crate) fn key(frames: &Frames) -> String {
    format!(
        "A passage is what one paragraph of the body says in one voice. Of each {}: its share (%), \
         the 95 % interval of the share over articles (95 %), and the raw count of passages with \
         that label (n).",
        sanitize::name(&frames.dimension)
    )
}

/// The shares of each target's articles, own voice first; no table where there is no such passage.
pub(crate) fn tables(frames: &Frames) -> Vec<Table> {
    let of_target = |target| Voice::ALL.into_iter().map(move |voice| (target, voice));
    let all = frames.targets.iter().flat_map(of_target);
    all.flat_map(|(target, voice)| of_voice(frames, target, voice)).collect()
}

fn of_voice(frames: &Frames, target: &TargetFrames, voice: Voice) -> Vec<Table> {
    let found = || outlets(target).filter(|(_, passages)| passages.voice == voice);
    if found().all(|(_, passages)| passages.passages == 0) {
        return Vec::new();
    }
    let rows = found().map(|(outlet, passages)| row(frames, target, outlet, passages)).collect();
    shares::table(caption(target, voice), "passages", rows).wide(&frames.labels)
}

pub(crate) fn caption(target: &TargetFrames, voice: Voice) -> String {
    let voice = wording::capital(wording::voice(voice));
    match sanitize::name(&target.name) {
        name if name.is_empty() => format!("{voice}: all passages"),
        name => format!("{voice}: passages of articles about {name}"),
    }
}

/// All shares of sentences for CSV, and behind them those of frames, counted in passages of articles
/// about the target; their relation to the target is `article`.
pub(crate) fn all(report: &Report) -> Table {
    let mut all = shares::all(report);
    if let Some(frames) = &report.frames {
        let rows = frames.targets.iter().flat_map(|target| {
            outlets(target).map(move |(outlet, passages)| row(frames, target, outlet, passages))
        });
        let table = shares::table(String::new(), "passages", rows.collect());
        all.rows.extend(table.long(&frames.labels).rows);
    }
    all
}

fn outlets(target: &TargetFrames) -> impl Iterator<Item = (&OutletFrames, &VoiceFrames)> {
    target
        .outlets
        .iter()
        .flat_map(|outlet| outlet.voices.iter().map(move |passages| (outlet, passages)))
}

fn row(
    frames: &Frames,
    target: &TargetFrames,
    outlet: &OutletFrames,
    passages: &VoiceFrames,
) -> LabelRow {
    LabelRow {
        names: vec![
            Cell::outlet(&outlet.outlet),
            Cell::text(&target.name),
            Cell::text(passages.voice.name()),
            Cell::text("article"),
        ],
        counts: vec![Cell::count(passages.articles as u64), Cell::count(passages.passages)],
        measures: (0..frames.labels.len())
            .map(|label| shares::cells(passages.shares.get(label)))
            .collect(),
    }
}
