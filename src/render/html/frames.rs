//! The shares of frames, outlet by outlet, as a heat table.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::row_attributes::{RowAttributes, voice_key};
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::figures::frames;
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{Frames, Share, TargetFrames, VoiceFrames};
use crate::voice::Voice;

/// A table for each target and voice.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let frames = page.report.frames.as_ref()?;
    Some(html! {
        p { (frames::title(frames)) "." }
        p class="hint" {
            (frames::key(frames)) " The darker a cell, the larger the share; small: the raw count."
        }
        @for target in frames.targets.iter().enumerate() {
            @for voice in Voice::ALL {
                @let table = table(page, frames, target, voice);
                @if !table.is_empty() { (table.show()) }
            }
        }
    })
}

/// An outlet, and the frames of its passages.
type Row<'f> = (usize, &'f VoiceFrames);

fn table(
    page: &HtmlView<'_>,
    frames: &Frames,
    (number, target): (usize, &TargetFrames),
    voice: Voice,
) -> SortableTable {
    let mut columns = vec![
        HtmlColumn::text("outlet", |(outlet, _): &Row<'_>| Cell::text(page.outlet_name(*outlet))),
        HtmlColumn::number("passages", |(_, of): &Row<'_>| Cell::count(of.passages)),
    ];
    columns.extend(frames.labels.iter().enumerate().map(|(at, label)| {
        let name = sanitize::name(label);
        HtmlColumn::number(&name, move |(_, of): &Row<'_>| cell(of.shares.get(at)))
            .fields_after(&name, &["", " low", " high", " counted"])
    }));
    let row = |&outlet: &usize| {
        let voices = &target.outlets[outlet].voices;
        let of = voices.iter().find(|of| of.voice == voice && of.passages > 0)?;
        let attributes = RowAttributes::of_outlet(outlet);
        Some((RowAttributes { target: Some(number), ..attributes }, (outlet, of)))
    };
    SortableTable::new(
        format!("frames-{number}-{}", voice_key(voice)),
        frames::caption(target, voice),
        columns,
        page.outlets.iter().filter_map(row),
    )
}

fn cell(share: Option<&Share>) -> HtmlCell {
    let mean = Value::Share(share.map(|share| share.mean));
    let interval = share.and_then(|share| share.interval);
    let count = share.map_or(0, |share| share.predicted);
    let shown = html! {
        (mean.shown()) " "
        small { "(" (count) ")" @if interval.is_some() { br; (wording::interval(interval)) } }
    };
    HtmlCell::of([mean, Value::Interval(interval), Value::Count(count)], shown).heat()
}
