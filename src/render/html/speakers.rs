//! Who is quoted where.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::html_view::{HtmlView, outlet_id};
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable, data, voice_key};
use crate::render::cell::decimal;
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{OutletSummary, Speaker, TargetSummary};
use crate::voice::Voice;

/// So many speakers are compared, those with the most sentences.
const COMPARED: usize = 10;

/// So many of an outlet stand open; the others are folded.
const OPEN: usize = 10;

/// Speakers by outlets, then each outlet's own.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let mut all = page.targets().flat_map(|(_, target)| page.summaries(target));
    let is_quoting = |of: &OutletSummary| of.speakers.named > 0 || of.speakers.unresolved > 0;
    all.any(|(_, outlet)| is_quoting(outlet)).then(|| {
        html! {
            p class="hint" {
                "Speakers as the articles name them, with the sentences that convey their words; small: \
                how many of these name the target, and how many of those get a label that takes a side. \
                Names are found by rules: one person may stand under two."
                @if is_whole(page) { " An empty cell: not found in that outlet." }
                @else {
                    " Of outlets with many speakers those with the fewest sentences are left out: an empty \
                    cell does not mean that an outlet does not quote the speaker."
                }
            }
            @for (number, target) in page.targets() {
                (page.target_title(target))
                (table(page, number, target).show())
                h3 { "All speakers, outlet by outlet" }
                @for (at, outlet) in page.summaries(target).filter(|(_, of)| is_quoting(of)) {
                    (of_outlet(page, (number, at), outlet))
                }
                (data(&format!("all-speakers-{number}"), &every(page, target).csv()))
            }
        }
    })
}

/// Whether all speakers of the outlets shown are at hand.
fn is_whole(page: &HtmlView<'_>) -> bool {
    let mut all = page.targets().flat_map(|(_, target)| page.summaries(target));
    all.all(|(_, outlet)| outlet.speakers.named == outlet.speakers.most_quoted.len())
}

/// Those with the most sentences, side by side.
fn table(page: &HtmlView<'_>, number: usize, target: &TargetSummary) -> SortableTable {
    let mut by_name: BTreeMap<&str, BTreeMap<usize, &Speaker>> = BTreeMap::new();
    for (at, outlet) in page.summaries(target) {
        for speaker in &outlet.speakers.most_quoted {
            by_name.entry(&speaker.name).or_default().insert(at, speaker);
        }
    }
    let total = |of: &BTreeMap<usize, &Speaker>| of.values().map(|s| s.sentences).sum::<u64>();
    let mut speakers: Vec<_> = by_name.into_iter().collect();
    speakers.sort_by_key(|(name, of)| (Reverse(total(of)), *name));
    speakers.truncate(COMPARED);
    let row = |(name, of): &(&str, BTreeMap<usize, &Speaker>)| {
        let shown = named(name);
        let mut cells = vec![Cell::words(&shown), Cell::count(total(of))];
        let cell = |at: &usize| cell(page, (number, *at), of.get(at).copied());
        cells.extend(page.outlets.iter().map(cell));
        Row { facts: RowAttributes { speaker: Some(shown), ..RowAttributes::default() }, cells }
    };
    let mut rows: Vec<Row> = speakers.iter().map(row).collect();
    rows.extend(unresolved(page, target));
    rows.push(how_many(page, target));
    let mut heads = vec![ColumnHead::words("speaker"), ColumnHead::figures("sentences")];
    heads.extend(page.outlets.iter().map(|&at| outlet_head(page, at)));
    let caption = format!("The {} with the most sentences, by outlet", speakers.len());
    SortableTable { id: format!("speakers-{number}"), caption, heads, rows }
}

/// The name of an outlet above its column, set upright where there are many.
pub(super) fn outlet_head(page: &HtmlView<'_>, outlet: usize) -> ColumnHead {
    let name = page.outlet_name(outlet);
    let class = if page.is_roomy() { "" } else { "upright" };
    ColumnHead { shown: html! { span { (name) } }, csv: vec![name], class }
}

fn named(name: &str) -> String {
    wording::or(sanitize::name(name), "(no name)")
}

fn cell(page: &HtmlView<'_>, place: (usize, usize), speaker: Option<&Speaker>) -> Cell {
    let Some(speaker) = speaker else {
        return Cell { outlet: Some(place.1), ..Cell::words("") };
    };
    let shown = html! {
        (link(place, speaker, &speaker.sentences.to_string()))
        @if page.is_roomy() {
            @if let Some(told) = on_target(page, speaker) { br; small { (told) } }
        }
    };
    Cell { shown, outlet: Some(place.1), class: "", ..Cell::count(speaker.sentences) }
}

/// Leads to the speaker's sentences.
fn link((target, outlet): (usize, usize), speaker: &Speaker, words: &str) -> Markup {
    let name = named(&speaker.name);
    let filter = format!("{target}\n{outlet}\n{}\n\n{name}", voice_key(Voice::Attributed));
    html! { a href={ "#" (outlet_id(target, outlet)) } data-filter=(filter) { (words) } }
}

/// What the speaker's sentences that name the target express, in counts; none where there are none.
fn on_target(page: &HtmlView<'_>, speaker: &Speaker) -> Option<String> {
    let all = speaker.about.sentences();
    let sides = page.sides().map(|label| (label, speaker.about.predicted(label)));
    let sides: Vec<String> = sides
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{count} {}", sanitize::name(page.report.label(label))))
        .collect();
    let sides = if sides.is_empty() { String::new() } else { format!(": {}", sides.join(", ")) };
    (all > 0).then(|| format!("{all} on the target{sides}"))
}

fn unresolved(page: &HtmlView<'_>, target: &TargetSummary) -> Option<Row> {
    let total: u64 = page.summaries(target).map(|(_, outlet)| outlet.speakers.unresolved).sum();
    let count = |of: &OutletSummary| Cell::count(of.speakers.unresolved);
    (total > 0).then(|| last("(speaker not found)", Cell::count(total), page, target, count))
}

/// So that nobody takes the speakers shown for all.
fn how_many(page: &HtmlView<'_>, target: &TargetSummary) -> Row {
    let count = |of: &OutletSummary| Cell::count(of.speakers.named as u64);
    last("(different speakers in all)", Cell::words(""), page, target, count)
}

fn last(
    name: &str,
    total: Cell,
    page: &HtmlView<'_>,
    target: &TargetSummary,
    count: impl Fn(&OutletSummary) -> Cell,
) -> Row {
    let counts = page.summaries(target);
    let counts = counts.map(|(at, outlet)| Cell { outlet: Some(at), class: "", ..count(outlet) });
    let cells = [Cell::words(name), total].into_iter().chain(counts);
    Row { facts: RowAttributes::default(), cells: cells.collect() }
}

/// Everyone whom an outlet quotes, the last of many folded.
fn of_outlet(page: &HtmlView<'_>, (target, at): (usize, usize), outlet: &OutletSummary) -> Markup {
    let speakers = &outlet.speakers;
    let (open, folded) = speakers.most_quoted.split_at(speakers.most_quoted.len().min(OPEN));
    let lost = speakers.named - speakers.most_quoted.len();
    let list = |of: &[Speaker]| {
        html! {
            ul class="speakers" { @for speaker in of {
                li data-speaker=(named(&speaker.name)) dir="auto" {
                    (link((target, at), speaker, &named(&speaker.name))) " " (speaker.sentences)
                    @if let Some(told) = on_target(page, speaker) { " " small { "(" (told) ")" } }
                }
            } }
        }
    };
    html! {
        div data-target=(target) data-outlet=(at) {
            h4 dir="auto" {
                (page.outlet_name(at)) " "
                small {
                    (wording::several(speakers.named as u64, "speaker"))
                    @if speakers.unresolved > 0 {
                        ", and " (wording::several(speakers.unresolved, "sentence")) " whose speaker was not found"
                    }
                }
            }
            (list(open))
            @if !folded.is_empty() {
                details { summary { (folded.len()) " more" } (list(folded)) }
            }
            @if lost > 0 {
                p class="hint" { (lost) " more, each with no more sentences than the last one shown." }
            }
        }
    }
}

/// What the CSV holds: a row for each outlet and speaker shown.
fn every(page: &HtmlView<'_>, target: &TargetSummary) -> SortableTable {
    let labels = 0..page.report.provenance.labels.len();
    let mut heads: Vec<ColumnHead> =
        ["outlet", "speaker", "sentences", "on target"].map(ColumnHead::words).into();
    for label in labels.clone() {
        let name = sanitize::name(page.report.label(label));
        let csv = vec![name.clone(), format!("{name} share")];
        heads.push(ColumnHead { csv, ..ColumnHead::figures(&name) });
    }
    let row = |at: usize, speaker: &Speaker| {
        let about = &speaker.about;
        let mut cells = vec![
            Cell::words(&page.outlet_name(at)),
            Cell::words(&named(&speaker.name)),
            Cell::count(speaker.sentences),
            Cell::count(about.sentences()),
        ];
        cells.extend(labels.clone().map(|label| {
            let csv = vec![about.predicted(label).to_string(), decimal(about.mean(label))];
            Cell { csv, ..Cell::words("") }
        }));
        Row { facts: RowAttributes::default(), cells }
    };
    let of = |(at, outlet): (usize, &OutletSummary)| {
        outlet.speakers.most_quoted.iter().map(|speaker| row(at, speaker)).collect::<Vec<_>>()
    };
    let rows = page.summaries(target).flat_map(of).collect();
    SortableTable { id: "all-speakers".to_owned(), caption: String::new(), heads, rows }
}
