//! Their words or their sources'?

use maud::{Markup, html};

use super::dot_plot;
use super::html_view::HtmlView;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable};
use super::stance::{Shown, counted, picture};
use crate::render::figures::differences;
use crate::render::sanitize;
use crate::report::{OutletSummary, Stratum, TargetSummary};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Own voice against quoted voices.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let is_quoted = |outlet: &OutletSummary| {
        outlet
            .stratum(Voice::Attributed, TargetRelation::Mention)
            .is_some_and(|of| of.sentences > 0)
    };
    let any = page
        .targets()
        .any(|(_, target)| page.summaries(target).any(|(_, outlet)| is_quoted(outlet)));
    any.then(|| {
        html! {
            p {
                "An outlet that quotes a critic has not become critical: its own sentences beside \
                those of the voices it quotes."
            }
            p class="hint" { (dot_plot::PAIRS) }
            @for (number, target) in page.targets() {
                (page.target_title(target))
                div class="panels" {
                    @for label in page.sides() {
                        div class="panel" { (panel(page, number, target, label).show()) }
                    }
                }
                @if !target.gaps.is_empty() {
                    h3 { "Largest gaps" }
                    p class="hint" { (differences::GAPS) }
                    ul { @for gap in &target.gaps {
                        li { (sanitize::tidy(&differences::gap(page.report, target, gap))) }
                    } }
                }
            }
        }
    })
}

fn panel(
    page: &HtmlView<'_>,
    number: usize,
    target: &TargetSummary,
    label: usize,
) -> SortableTable {
    let is_audited = page.report.provenance.audit.is_some();
    let row = |(at, outlet): (usize, &OutletSummary)| {
        let shares = Voice::ALL.map(|voice| {
            let stratum = outlet.stratum(voice, TargetRelation::Mention)?;
            Some((Shown::of(stratum, label), stratum)).filter(|(_, of)| of.sentences > 0)
        });
        let [own, quoted] = &shares;
        own.as_ref().or(quoted.as_ref())?;
        let is_few = shares.iter().flatten().any(|(_, stratum)| stratum.is_few(is_audited));
        let place = |of: &Option<(Shown, &Stratum)>| {
            of.as_ref().and_then(|(shown, _)| Some((shown.value?, shown.is_hollow)))
        };
        let class = dot_plot::class(page.report.label(label));
        let mut cells = vec![
            Cell::words(&page.outlet_name(at)),
            Cell::picture(picture(None, &dot_plot::pair(class, place(own), place(quoted)))),
        ];
        for (voice, of) in Voice::ALL.into_iter().zip(&shares) {
            let behind = page.behind(number, at, voice, label);
            let share = of.as_ref().and_then(|(shown, _)| shown.value);
            cells.push(Cell::percent(share));
            cells.push(
                counted(of.as_ref().map(|(_, stratum)| *stratum), label).linked(behind.as_deref()),
            );
        }
        let facts = RowAttributes {
            target: Some(number),
            label: Some(label),
            is_few,
            ..RowAttributes::of_outlet(at)
        };
        Some(Row { facts, cells })
    };
    let mut heads = vec![ColumnHead::words("outlet"), ColumnHead::picture(dot_plot::axis(""))];
    for voice in ["own", "quoted"] {
        let csv = vec![format!("share {voice}")];
        heads.push(ColumnHead { csv, ..ColumnHead::figures(&format!("{voice} %")) });
        let csv = vec![format!("counted {voice}"), format!("sentences {voice}")];
        heads.push(ColumnHead { csv, ..ColumnHead::figures("n") });
    }
    let name = sanitize::name(page.report.label(label));
    let mut rows: Vec<Row> = page.summaries(target).filter_map(row).collect();
    rows.sort_by_key(|row| row.facts.is_few);
    SortableTable {
        id: format!("voices-{number}-{label}"),
        caption: format!("{name}: own voice (dot) and quoted (diamond)"),
        heads,
        rows,
    }
}
