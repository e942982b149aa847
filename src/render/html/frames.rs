//! Which stories the outlets tell, as a heat table.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use crate::render::figures::frames;
use crate::render::sanitize;
use crate::report::{Frames, TargetFrames, VoiceFrames};
use crate::voice::Voice;

/// The shares of each frame, outlet by outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let frames = page.report.frames.as_ref()?;
    Some(html! {
        p { (frames::title(frames)) "." }
        p class="hint" {
            (frames::key(frames)) " The darker a cell, the larger the share; small: the raw count."
        }
        @for (number, target) in frames.targets.iter().enumerate() {
            @for voice in Voice::ALL {
                @let grid = table(page, frames, (number, target), voice);
                @if !grid.rows.is_empty() { (grid.show()) }
            }
        }
    })
}

fn table(
    page: &HtmlView<'_>,
    frames: &Frames,
    (number, target): (usize, &TargetFrames),
    voice: Voice,
) -> SortableTable {
    let mut heads = vec![ColumnHead::words("outlet"), ColumnHead::figures("passages")];
    for label in &frames.labels {
        let name = sanitize::name(label);
        let csv = ["", " low", " high", " counted"].map(|more| format!("{name}{more}"));
        heads.push(ColumnHead { csv: csv.to_vec(), ..ColumnHead::figures(&name) });
    }
    let row = |&at: &usize| {
        let voices = &target.outlets[at].voices;
        let of: &VoiceFrames = voices.iter().find(|of| of.voice == voice && of.passages > 0)?;
        let mut cells = vec![Cell::words(&page.outlet_name(at)), Cell::count(of.passages)];
        cells.extend((0..frames.labels.len()).map(|label| cell(of, label)));
        Some(Row {
            facts: RowAttributes { target: Some(number), ..RowAttributes::of_outlet(at) },
            cells,
        })
    };
    SortableTable {
        id: format!("frames-{number}-{}", super::sortable_table::voice_key(voice)),
        caption: frames::caption(target, voice),
        heads,
        rows: page.outlets.iter().filter_map(row).collect(),
    }
}

fn cell(of: &VoiceFrames, label: usize) -> Cell {
    let share = of.shares.get(label);
    let mean = Cell::heat(share.map(|share| share.mean));
    let interval = Cell::interval(share.and_then(|share| share.interval));
    let count = Cell::count(share.map_or(0, |share| share.predicted));
    let shown = html! {
        (mean.shown) " "
        small { "(" (count.shown) ")" @if interval.value.is_some() { br; (interval.shown) } }
    };
    let csv = [mean.csv, interval.csv, count.csv].concat();
    Cell { shown, value: mean.value, csv, class: mean.class, outlet: None }
}
