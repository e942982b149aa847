//! Who is quoted where.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::grid::{Cell, Facts, Grid, Head, Row, voice_key};
use super::page::{Page, outlet_id};
use crate::render::clean;
use crate::render::phrase;
use crate::report::{OutletSummary, Speaker, TargetSummary};
use crate::voice::Voice;

/// So many speakers are shown, those with the most sentences.
const SHOWN: usize = 40;

/// Speakers by outlets.
pub(super) fn content(page: &Page<'_>) -> Option<Markup> {
    let all = page.targets().flat_map(|(_, target)| page.summaries(target));
    let n = |outlet: &OutletSummary| {
        outlet.speakers.most_quoted.len() as u64 + outlet.speakers.unresolved
    };
    if all.map(|(_, outlet)| n(outlet)).sum::<u64>() == 0 {
        return None;
    }
    Some(html! {
        p class="hint" {
            "Of each outlet the five speakers with the most sentences, as its articles name them; an \
            empty cell does not mean that a speaker is not quoted there. Small: in how many sentences \
            the speaker names the target, and the mean probability of the labels that take a side."
        }
        @for (number, target) in page.targets() {
            (page.target_title(target))
            (table(page, number, target).show())
        }
    })
}

fn table(page: &Page<'_>, number: usize, target: &TargetSummary) -> Grid {
    let mut by_name: BTreeMap<&str, BTreeMap<usize, &Speaker>> = BTreeMap::new();
    for (at, outlet) in page.summaries(target) {
        for speaker in &outlet.speakers.most_quoted {
            by_name.entry(&speaker.name).or_default().insert(at, speaker);
        }
    }
    let total = |of: &BTreeMap<usize, &Speaker>| of.values().map(|s| s.sentences).sum::<u64>();
    let mut speakers: Vec<_> = by_name.into_iter().collect();
    speakers.sort_by_key(|(name, of)| (Reverse(total(of)), *name));
    speakers.truncate(SHOWN);
    let row = |(name, of): &(&str, BTreeMap<usize, &Speaker>)| {
        let shown = phrase::or(clean::name(name), "(no name)");
        let mut cells = vec![Cell::words(&shown), Cell::count(total(of))];
        let cell = |at: &usize| cell(page, (number, *at), &shown, of.get(at).copied());
        cells.extend(page.outlets.iter().map(cell));
        Row { facts: Facts { speaker: Some(shown), ..Facts::default() }, cells }
    };
    let mut rows: Vec<Row> = speakers.iter().map(row).collect();
    rows.extend(unresolved(page, target));
    let mut heads = vec![Head::words("speaker"), Head::figures("sentences")];
    heads.extend(page.outlets.iter().map(|&at| outlet_head(page, at)));
    Grid { id: format!("speakers-{number}"), caption: "Speakers by outlet".to_owned(), heads, rows }
}

/// The name of an outlet above its column, set upright where there are many.
pub(super) fn outlet_head(page: &Page<'_>, outlet: usize) -> Head {
    let name = page.outlet_name(outlet);
    let class = if page.is_roomy() { "" } else { "upright" };
    Head { shown: html! { span { (name) } }, csv: vec![name], class }
}

fn cell(
    page: &Page<'_>,
    (target, outlet): (usize, usize),
    name: &str,
    speaker: Option<&Speaker>,
) -> Cell {
    let Some(speaker) = speaker else {
        return Cell { outlet: Some(outlet), class: "figure", ..Cell::words("") };
    };
    let filter = format!("{target}\n{outlet}\n{}\n\n{name}", voice_key(Voice::Attributed));
    let on_target = speaker.about.sentences();
    let sides: Vec<String> = page
        .sides()
        .filter_map(|label| {
            let share = phrase::percent(speaker.about.mean(label)?);
            Some(format!("{share} % {}", clean::name(page.report.label(label))))
        })
        .collect();
    let shown = html! {
        a href={ "#" (outlet_id(target, outlet)) } data-filter=(filter) { (speaker.sentences) }
        @if page.is_roomy() && on_target > 0 {
            br; small { (on_target) " on target: " (sides.join(", ")) }
        }
    };
    Cell { shown, outlet: Some(outlet), ..Cell::count(speaker.sentences) }
}

fn unresolved(page: &Page<'_>, target: &TargetSummary) -> Option<Row> {
    let of = |(_, outlet): (usize, &OutletSummary)| outlet.speakers.unresolved;
    let total: u64 = page.summaries(target).map(of).sum();
    let mut cells = vec![Cell::words("(speaker not found)"), Cell::count(total)];
    cells.extend(
        page.summaries(target).map(|(at, outlet)| Cell {
            outlet: Some(at),
            ..Cell::count(outlet.speakers.unresolved)
        }),
    );
    (total > 0).then(|| Row { facts: Facts::default(), cells })
}
