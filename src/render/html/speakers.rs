//! Which speakers each outlet quotes, and what their sentences express.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::folded_part;
use super::row_attributes::{RowAttributes, voice_key};
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{OutletSummary, Speaker};
use crate::voice::Voice;

/// Maximum number of speakers compared in columns by outlet: those with the most sentences.
const MOST_COMPARED: usize = 10;

/// The same where a row names the outlets.
const MOST_LISTED: usize = 20;

/// Maximum number of an outlet's speakers that are not folded away.
const MOST_OPEN: usize = 10;

/// Maximum number of outlets named in a cell.
const MOST_NAMED: usize = 6;

/// The most quoted speakers by outlet, then all of each outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_whole = !page.has_any(|of| of.speakers.named > of.speakers.most_quoted.len());
    let is_roomy = page.is_roomy();
    page.has_any(is_quoting).then(|| {
        html! {
            p class="hint" {
                "How many sentences that name the target quote or report each speaker; in brackets or "
                em { "in all" } ", how many there are whatever they name. \
                Speakers stand as the articles name them. Names are found by rules: about 1 in 5 is wrong or \
                missing, and one person may stand under two names."
                @if !is_whole {
                    " Of outlets with many speakers those with the fewest sentences are not listed, and not counted in \
                    the table."
                } @else if is_roomy { " An empty cell: not found on the target in that outlet." }
            }
            (page.each_target(|target| html! {
                (most_quoted(target).show())
                h3 { "All speakers, outlet by outlet" }
                @for outlet in target.outlets().filter(|outlet| is_quoting(outlet.summary)) {
                    (of_outlet(&outlet))
                }
                (all(target).csv())
            }))
        }
    })
}

fn is_quoting(outlet: &OutletSummary) -> bool {
    outlet.speakers.named > 0 || outlet.speakers.unresolved > 0
}

fn name(speaker: &Speaker) -> String {
    wording::or(sanitize::name(&speaker.name), "(no name)")
}

/// A speaker in each outlet that quotes them, by the outlet's number.
type ByOutlet<'p> = BTreeMap<usize, &'p Speaker>;

/// The speakers with the most sentences.
fn most_quoted(target: TargetView<'_>) -> SortableTable {
    let mut by_name: BTreeMap<&str, ByOutlet<'_>> = BTreeMap::new();
    for outlet in target.outlets() {
        for speaker in outlet.summary.speakers.most_quoted.iter().filter(|of| on_target(of) > 0) {
            by_name.entry(&speaker.name).or_default().insert(outlet.number, speaker);
        }
    }
    let mut speakers: Vec<ByOutlet<'_>> = by_name.into_values().collect();
    speakers.sort_by_key(|of| Reverse((total(of, on_target), total(of, in_all))));
    match target.page.is_roomy() {
        true => side_by_side(target, &speakers[..speakers.len().min(MOST_COMPARED)]),
        false => by_speaker(target, &speakers[..speakers.len().min(MOST_LISTED)]),
    }
}

fn total(of: &ByOutlet<'_>, count: fn(&Speaker) -> u64) -> u64 {
    of.values().map(|speaker| count(speaker)).sum()
}

/// How many sentences of a speaker name the target.
fn on_target(speaker: &Speaker) -> u64 {
    speaker.about.sentences()
}

fn in_all(speaker: &Speaker) -> u64 {
    speaker.sentences
}

fn name_of(of: &ByOutlet<'_>) -> String {
    of.values().next().map_or_else(String::new, |speaker| name(speaker))
}

fn of_speaker(of: &ByOutlet<'_>) -> RowAttributes {
    RowAttributes { speaker: Some(name_of(of)), ..RowAttributes::default() }
}

/// Of many outlets a speaker's row names those that quote them most.
fn by_speaker(target: TargetView<'_>, speakers: &[ByOutlet<'_>]) -> SortableTable {
    let columns = vec![
        HtmlColumn::text("speaker", |of: &&ByOutlet<'_>| Cell::text(name_of(of))),
        HtmlColumn::number("on the target", |of: &&ByOutlet<'_>| Cell::count(total(of, on_target))),
        HtmlColumn::number("in all", |of: &&ByOutlet<'_>| Cell::count(total(of, in_all))),
        HtmlColumn::number("outlets", |of: &&ByOutlet<'_>| Cell::count(of.len() as u64)),
        HtmlColumn::text("quoted most by", |of: &&ByOutlet<'_>| outlets_cell(target, of)),
    ];
    let caption = format!("The {} quoted most on the target", speakers.len());
    let rows = speakers.iter().map(|of| (of_speaker(of), of));
    SortableTable::new(format!("speakers-{}", target.number), caption, columns, rows)
}

/// The outlets that quote a speaker most, with their sentences.
fn outlets_cell(target: TargetView<'_>, of: &ByOutlet<'_>) -> HtmlCell {
    let mut outlets: Vec<(OutletView<'_>, &Speaker)> =
        of.iter().map(|(number, speaker)| (target.outlet(*number), *speaker)).collect();
    outlets.sort_by_key(|(_, speaker)| Reverse(on_target(speaker)));
    let more = outlets.len().saturating_sub(MOST_NAMED);
    outlets.truncate(MOST_NAMED);
    let text = |(outlet, speaker): &(OutletView<'_>, &Speaker)| {
        format!("{} {}", outlet.name(), on_target(speaker))
    };
    let names: Vec<String> = outlets.iter().map(text).collect();
    let shown = html! {
        @for (at, (outlet, speaker)) in outlets.iter().enumerate() {
            @if at > 0 { ", " }
            span dir="auto" { (filter_link(outlet, speaker, &names[at])) }
        }
        @if more > 0 { " and " (more) " more" }
    };
    HtmlCell::of([Value::Text(names.join("; "))], shown)
}

/// A row of the comparison: its name, its total, and its cell of each outlet.
type Row = (String, HtmlCell, Vec<HtmlCell>);

/// Few outlets have a column each.
fn side_by_side(target: TargetView<'_>, speakers: &[ByOutlet<'_>]) -> SortableTable {
    let row = |of: &ByOutlet<'_>| {
        let cell = |outlet: OutletView<'_>| match of.get(&outlet.number) {
            None => Cell::text("").into(),
            Some(speaker) => speaker_cell(&outlet, speaker),
        };
        let cells = target.outlets().map(cell).collect();
        (of_speaker(of), (name_of(of), Cell::count(total(of, on_target)).into(), cells))
    };
    let rows = speakers.iter().map(row);
    let mut columns = vec![
        HtmlColumn::text("speaker", |(name, ..): &Row| Cell::text(name)),
        HtmlColumn::number("on the target", |(_, total, _): &Row| total.clone()),
    ];
    columns.extend(target.page.outlets.iter().enumerate().map(|(at, &outlet)| {
        target.page.outlet_column(outlet, move |(.., cells): &Row| cells[at].clone())
    }));
    let caption = format!("The {} quoted most on the target, by outlet", speakers.len());
    SortableTable::new(format!("speakers-{}", target.number), caption, columns, rows)
}

fn speaker_cell(outlet: &OutletView<'_>, speaker: &Speaker) -> HtmlCell {
    let count = on_target(speaker);
    let shown = html! { (filter_link(outlet, speaker, &count.to_string())) (of_all(speaker)) };
    HtmlCell::of([Value::Count(count)], shown).class("")
}

/// The number of a speaker's sentences in all, where some do not name the target.
fn of_all(speaker: &Speaker) -> Markup {
    html! { @if in_all(speaker) > on_target(speaker) { " " small { "(" (in_all(speaker)) ")" } } }
}

/// Leads to the speaker's sentences.
fn filter_link(outlet: &OutletView<'_>, speaker: &Speaker, text: &str) -> Markup {
    let (voice, name) = (voice_key(Voice::Attributed), name(speaker));
    let filter = format!("{}\n{}\n{voice}\n\n{name}", outlet.target.number, outlet.number);
    html! { a href={ "#" (outlet.id()) } data-filter=(filter) { (text) } }
}

/// Everyone whom an outlet quotes, the last of many folded.
fn of_outlet(outlet: &OutletView<'_>) -> Markup {
    let speakers = &outlet.summary.speakers;
    let about = speakers.most_quoted.iter().take_while(|of| on_target(of) > 0).count();
    let (open, folded) = speakers.most_quoted.split_at(about.min(MOST_OPEN));
    let omitted = speakers.named - speakers.most_quoted.len();
    let list = |speakers: &[Speaker]| {
        html! {
            ul class="speakers" { @for speaker in speakers {
                li data-speaker=(name(speaker)) dir="auto" {
                    (filter_link(outlet, speaker, &name(speaker))) " " (on_target(speaker)) (of_all(speaker))
                }
            } }
        }
    };
    let heading = html! {
        span dir="auto" { (outlet.name()) } " "
        small {
            (wording::several(speakers.named as u64, "speaker")) " in all"
            @if speakers.unresolved > 0 {
                ", and " (wording::several(speakers.unresolved, "sentence")) " whose speaker was not found"
            }
        }
    };
    let lists = html! {
        (list(open))
        @if !folded.is_empty() {
            details { summary { (folded.len()) " more" } (list(folded)) }
        }
        @if omitted > 0 {
            p class="hint" { (wording::several(omitted as u64, "speaker")) " with fewer sentences are not listed." }
        }
    };
    html! {
        div data-target=(outlet.target.number) data-outlet=(outlet.number) {
            @if outlet.target.page.is_roomy() {
                (outlet.target.subheading(&heading))
                (lists)
            } @else {
                (folded_part(&heading, &lists))
            }
        }
    }
}

/// Every outlet and speaker shown.
fn all(target: TargetView<'_>) -> SortableTable {
    type Row<'p> = (OutletView<'p>, &'p Speaker);
    let mut columns = vec![
        HtmlColumn::text("outlet", |(outlet, _): &Row<'_>| Cell::text(outlet.name())),
        HtmlColumn::text("speaker", |(_, of): &Row<'_>| Cell::text(name(of))),
        HtmlColumn::number("sentences", |(_, of): &Row<'_>| Cell::count(of.sentences)),
        HtmlColumn::number("on target", |(_, of): &Row<'_>| Cell::count(of.about.sentences())),
    ];
    for (label, name) in target.page.named_labels() {
        let count = move |(_, of): &Row<'_>| Cell::count(of.about.predicted(label));
        let share = move |(_, of): &Row<'_>| {
            Cell::share(of.about.mean(label)).of_sentences(of.about.sentences())
        };
        columns.push(HtmlColumn::number(&name, count));
        columns.push(HtmlColumn::number(&format!("{name} share"), share));
    }
    let rows = target.outlets().flat_map(|outlet| {
        let speakers = outlet.summary.speakers.most_quoted.iter();
        speakers.map(move |of| (RowAttributes::default(), (outlet, of)))
    });
    SortableTable::new(format!("all-speakers-{}", target.number), "", columns, rows)
}
