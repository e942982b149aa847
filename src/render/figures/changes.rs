//! What changed since an earlier report.

use crate::render::cell::Cell;
use crate::render::document::Block;
use crate::render::lead::subject;
use crate::render::sanitize;
use crate::render::table::{Column, Table};
use crate::render::wording::{count, outlet, percent, points, points_interval, several};
use crate::report::{Changes, OutletChange, ShareChange, Significance, TargetSummary};

/// Maximum number of changes that are told in words.
const TOLD: usize = 5;

/// The name of the section.
pub(crate) const TITLE: &str = "What changed since the earlier report";

/// What changed, in sentences; none without an earlier report.
pub(crate) fn sentences(target: &TargetSummary) -> Vec<String> {
    let Some(changes) = &target.changes else { return Vec::new() };
    let sum = |at: usize| changes.outlets.iter().map(|of| of.own[at] + of.quoted[at]).sum::<u64>();
    let days = match &changes.earlier_days {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let mut told = vec![format!(
        "{} mention {}; in the earlier report ({}{days}) {}.",
        several(sum(1), "sentence"),
        subject(target),
        several(changes.earlier_articles, "article"),
        count(sum(0))
    )];
    if !changes.same_aliases {
        told.push(
            "The earlier report searched for other names of it: counts may differ for that alone."
                .to_owned(),
        );
    }
    told.extend(share_sentences(changes));
    told
}

fn share_sentences(changes: &Changes) -> Vec<String> {
    if changes.shares.is_empty() {
        let needed = "No share can be compared: that takes an outlet with 30 own sentences and hand labels of a \
                      random sample in both reports.";
        return vec![needed.to_owned()];
    }
    let differ = changes.shares.iter().filter(|of| of.standing != Significance::Open);
    let n = differ.clone().count();
    let mut told: Vec<String> = differ.take(TOLD).map(share_sentence).collect();
    if n > TOLD {
        told.push(format!("{} more such changes stand in the table.", n - TOLD));
    }
    told.push(match n {
        0 => "No share changed by more than chance could bring.".to_owned(),
        _ => format!(
            "{n} of {} shares changed; the others cannot be told apart.",
            changes.shares.len()
        ),
    });
    told.push(
        "The two reports are compared as independent samples; p values are adjusted for all comparisons (Holm)."
            .to_owned(),
    );
    told
}

fn share_sentence(change: &ShareChange) -> String {
    let seems = if change.standing == Significance::Firm { "is" } else { "seems to be" };
    let more = if change.now > change.before { "more" } else { "less" };
    format!(
        "{} {seems} {} {more} often: in {}% of its own sentences, before in {}%, a change of {} points.",
        outlet(&change.outlet),
        sanitize::name(&change.label),
        percent(change.now),
        percent(change.before),
        points_interval(change.interval)
    )
}

/// Counts of both reports and changes of shares, as tables.
pub(crate) fn tables(target: &TargetSummary) -> Vec<Table> {
    let Some(changes) = &target.changes else { return Vec::new() };
    let counts = Table::of(
        "Sentences that mention the target, before and now",
        [
            (
                Column::text("outlet"),
                (|of: &&OutletChange| Cell::outlet(&of.outlet)) as fn(&_) -> _,
            ),
            (Column::number("before").of("own words"), |of| Cell::count(of.own[0])),
            (Column::number("now").of("own words"), |of| Cell::count(of.own[1])),
            (Column::number("before").of("quoted"), |of| Cell::count(of.quoted[0])),
            (Column::number("now").of("quoted"), |of| Cell::count(of.quoted[1])),
        ],
        &changes.outlets,
    );
    let shares = Table::of(
        "Shares of own sentences, corrected by hand labels, before and now",
        [
            (Column::text("outlet"), (|of: &&ShareChange| Cell::outlet(&of.outlet)) as fn(&_) -> _),
            (Column::text("label"), |of| Cell::text(sanitize::name(&of.label))),
            (Column::number("before %"), |of| Cell::text(percent(of.before))),
            (Column::number("now %"), |of| Cell::text(percent(of.now))),
            (Column::number("points"), |of| Cell::text(points(of.now - of.before))),
            (Column::number("95 %"), |of| Cell::text(points_interval(of.interval))),
            (Column::text("standing"), |of| Cell::text(of.standing.name())),
        ],
        &changes.shares,
    );
    [counts, shares].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// The section; nothing without an earlier report.
pub(crate) fn blocks(target: &TargetSummary) -> Vec<Block> {
    if target.changes.is_none() {
        return Vec::new();
    }
    let mut out = vec![Block::Section(TITLE.to_owned())];
    out.extend(sentences(target).into_iter().map(Block::Paragraph));
    out.extend(tables(target).into_iter().map(Block::Table));
    out
}
