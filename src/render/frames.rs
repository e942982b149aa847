//! The frames of a report, in tables.

use std::ops::Range;

use super::csv::{decimal, safe};
use super::sanitize;
use super::table::{Table, figures, label_groups, share, words};
use super::wording;
use crate::report::{Frames, OutletFrames, TargetFrames, VoiceFrames};
use crate::voice::Voice;

/// What stands above the frames.
pub(super) fn title(frames: &Frames) -> String {
    let (dimension, model) = (sanitize::name(&frames.dimension), sanitize::name(&frames.model));
    format!("Passages by {dimension}, as model {model} reads them")
}

/// Says what the columns of the tables are.
pub(super) fn key(frames: &Frames) -> String {
    format!(
        "A passage is what one paragraph of the body says in one voice. Of each {}: its share (%), \
         the 95 % interval of the share over articles (95 %), and the raw count of passages with \
         that label (n).",
        sanitize::name(&frames.dimension)
    )
}

/// The shares of each target's articles, own voice first; no table where there is no such passage.
pub(super) fn tables(frames: &Frames) -> Vec<Table> {
    let of_target = |target| Voice::ALL.into_iter().map(move |voice| (target, voice));
    let all = frames.targets.iter().flat_map(of_target);
    all.flat_map(|(target, voice)| of_voice(frames, target, voice)).collect()
}

fn of_voice(frames: &Frames, target: &TargetFrames, voice: Voice) -> Vec<Table> {
    let found = || target.outlets.iter().flat_map(|outlet| in_voice(outlet, voice));
    if found().all(|(_, of_voice)| of_voice.passages == 0) {
        return Vec::new();
    }
    let table = |labels: Range<usize>| {
        let mut columns = vec![words("outlet"), figures("", "articles"), figures("", "passages")];
        for name in &frames.labels[labels.clone()] {
            columns.extend(["%", "95 %", "n"].map(|column| figures(name, column)));
        }
        let row = |(outlet, of_voice): (&OutletFrames, &VoiceFrames)| {
            let mut row = vec![wording::outlet(&outlet.outlet)];
            row.extend([of_voice.articles.to_string(), of_voice.passages.to_string()]);
            row.extend(labels.clone().flat_map(|label| share(of_voice.shares.get(label))));
            row
        };
        Table { caption: caption(target, voice), columns, rows: found().map(row).collect() }
    };
    label_groups(&frames.labels).map(table).collect()
}

fn in_voice(
    outlet: &OutletFrames,
    voice: Voice,
) -> impl Iterator<Item = (&OutletFrames, &VoiceFrames)> {
    let voices = outlet.voices.iter().filter(move |of_voice| of_voice.voice == voice);
    voices.map(move |of_voice| (outlet, of_voice))
}

pub(super) fn caption(target: &TargetFrames, voice: Voice) -> String {
    let voice = match voice {
        Voice::Outlet => "Own voice",
        Voice::Attributed => "Attributed voice",
    };
    match sanitize::name(&target.name) {
        name if name.is_empty() => format!("{voice}: all passages"),
        name => format!("{voice}: passages of articles about {name}"),
    }
}

/// The rows of the tidy table, whose relation is `article`: outlet, target, voice, relation, label,
/// articles, passages, share, low, high, count.
pub(super) fn cells(frames: &Frames) -> impl Iterator<Item = Vec<String>> {
    frames.targets.iter().flat_map(move |target| {
        target.outlets.iter().flat_map(move |outlet| {
            let voices = outlet.voices.iter();
            voices.flat_map(move |of_voice| voice_cells(frames, target, outlet, of_voice))
        })
    })
}

fn voice_cells(
    frames: &Frames,
    target: &TargetFrames,
    outlet: &OutletFrames,
    of_voice: &VoiceFrames,
) -> impl Iterator<Item = Vec<String>> {
    frames.labels.iter().enumerate().map(move |(number, label)| {
        let share = of_voice.shares.get(number);
        let interval = share.and_then(|share| share.interval);
        vec![
            safe(&outlet.outlet),
            safe(&target.name),
            of_voice.voice.name().to_owned(),
            "article".to_owned(),
            safe(label),
            of_voice.articles.to_string(),
            of_voice.passages.to_string(),
            decimal(share.map(|share| share.mean)),
            decimal(interval.map(|interval| interval.low)),
            decimal(interval.map(|interval| interval.high)),
            share.map_or(0, |share| share.predicted).to_string(),
        ]
    })
}
