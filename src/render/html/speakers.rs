//! Which speakers each outlet quotes, and what their sentences express.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::html_view::{HtmlView, OutletView, TargetView};
use super::row_attributes::{RowAttributes, voice_key};
use super::sortable_table::{HtmlCell, HtmlColumn, SortableTable};
use crate::render::cell::{Cell, Value};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{OutletSummary, Speaker, Speakers};
use crate::voice::Voice;

/// Maximum number of speakers compared: those with the most sentences.
const MOST_COMPARED: usize = 10;

/// Maximum number of an outlet's speakers that are not folded away.
const MOST_OPEN: usize = 10;

/// The most quoted speakers by outlet, then all of each outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_whole = !page.has_any(|of| of.speakers.named > of.speakers.most_quoted.len());
    page.has_any(is_quoting).then(|| {
        html! {
            p class="hint" {
                "Speakers as the articles name them, with the number of sentences that quote or report them. In small \
                type: how many of these name the target, and how many of those take a side. Names are found by \
                rules: one person may stand under two names."
                @if is_whole { " An empty cell: not found in that outlet." }
                @else {
                    " Where an outlet has many speakers, those with the fewest sentences are left out: an empty \
                    cell does not mean that an outlet does not quote the speaker."
                }
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

/// A row of the comparison: its name, its total, and its cell of each outlet.
type Row = (String, HtmlCell, Vec<HtmlCell>);

/// The speakers with the most sentences, side by side.
fn most_quoted(target: TargetView<'_>) -> SortableTable {
    let mut by_name: BTreeMap<&str, BTreeMap<usize, &Speaker>> = BTreeMap::new();
    for outlet in target.outlets() {
        for speaker in &outlet.summary.speakers.most_quoted {
            by_name.entry(&speaker.name).or_default().insert(outlet.number, speaker);
        }
    }
    let total = |of: &BTreeMap<usize, &Speaker>| of.values().map(|s| s.sentences).sum::<u64>();
    let mut speakers: Vec<BTreeMap<usize, &Speaker>> = by_name.into_values().collect();
    speakers.sort_by_key(|of| Reverse(total(of)));
    speakers.truncate(MOST_COMPARED);
    let caption = format!("The {} with the most sentences, by outlet", speakers.len());
    let row = |of: BTreeMap<usize, &Speaker>| {
        let name = of.values().next().map_or_else(String::new, |speaker| name(speaker));
        let cell = |outlet: OutletView<'_>| match of.get(&outlet.number) {
            None => Cell::text("").into(),
            Some(speaker) => speaker_cell(&outlet, speaker),
        };
        let total = Cell::count(total(&of)).into();
        let attributes = RowAttributes { speaker: Some(name.clone()), ..RowAttributes::default() };
        (attributes, (name, total, target.outlets().map(cell).collect()))
    };
    let rows = speakers.into_iter().map(row);
    let rest = counts(target).map(|row| (RowAttributes::default(), row));
    let mut columns = vec![
        HtmlColumn::text("speaker", |(name, ..): &Row| Cell::text(name)),
        HtmlColumn::number("sentences", |(_, total, _): &Row| total.clone()),
    ];
    columns.extend(target.page.outlets.iter().enumerate().map(|(at, &outlet)| {
        target.page.outlet_column(outlet, move |(.., cells): &Row| cells[at].clone())
    }));
    SortableTable::new(format!("speakers-{}", target.number), caption, columns, rows.chain(rest))
}

/// The last rows: sentences without a speaker, and how many speakers there are in all.
fn counts(target: TargetView<'_>) -> impl Iterator<Item = Row> {
    let row = |name: &str, total: Cell, count: fn(&Speakers) -> u64| {
        let cell = |outlet: OutletView<'_>| {
            HtmlCell::from(Cell::count(count(&outlet.summary.speakers))).class("")
        };
        (name.to_owned(), total.into(), target.outlets().map(cell).collect())
    };
    let total: u64 = target.outlets().map(|outlet| outlet.summary.speakers.unresolved).sum();
    let unresolved =
        (total > 0).then(|| row("(speaker not found)", Cell::count(total), |of| of.unresolved));
    let named = row("(different speakers in all)", Cell::text(""), |of| of.named as u64);
    unresolved.into_iter().chain([named])
}

fn speaker_cell(outlet: &OutletView<'_>, speaker: &Speaker) -> HtmlCell {
    let shown = html! {
        (filter_link(outlet, speaker, &speaker.sentences.to_string()))
        @if outlet.target.page.is_roomy() {
            @if let Some(counts) = on_target(speaker) { br; small { (counts) } }
        }
    };
    HtmlCell::of([Value::Count(speaker.sentences)], shown).class("")
}

/// Leads to the speaker's sentences.
fn filter_link(outlet: &OutletView<'_>, speaker: &Speaker, text: &str) -> Markup {
    let (voice, name) = (voice_key(Voice::Attributed), name(speaker));
    let filter = format!("{}\n{}\n{voice}\n\n{name}", outlet.target.number, outlet.number);
    html! { a href={ "#" (outlet.id()) } data-filter=(filter) { (text) } }
}

/// How many of the speaker's sentences name the target; none where none does.
fn on_target(speaker: &Speaker) -> Option<String> {
    let all = speaker.about.sentences();
    (all > 0).then(|| format!("{all} on the target"))
}

/// Everyone whom an outlet quotes, the last of many folded.
fn of_outlet(outlet: &OutletView<'_>) -> Markup {
    let speakers = &outlet.summary.speakers;
    let (open, folded) = speakers.most_quoted.split_at(speakers.most_quoted.len().min(MOST_OPEN));
    let omitted = speakers.named - speakers.most_quoted.len();
    let list = |speakers: &[Speaker]| {
        html! {
            ul class="speakers" { @for speaker in speakers {
                li data-speaker=(name(speaker)) dir="auto" {
                    (filter_link(outlet, speaker, &name(speaker))) " " (speaker.sentences)
                    @if let Some(counts) = on_target(speaker) { " " small { "(" (counts) ")" } }
                }
            } }
        }
    };
    html! {
        div data-target=(outlet.target.number) data-outlet=(outlet.number) {
            (outlet.target.subheading(&html! {
                span dir="auto" { (outlet.name()) } " "
                small {
                    (wording::several(speakers.named as u64, "speaker"))
                    @if speakers.unresolved > 0 {
                        ", and " (wording::several(speakers.unresolved, "sentence")) " whose speaker was not found"
                    }
                }
            }))
            (list(open))
            @if !folded.is_empty() {
                details { summary { (folded.len()) " more" } (list(folded)) }
            }
            @if omitted > 0 {
                p class="hint" { (omitted) " more speakers, with fewer sentences or as many." }
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
