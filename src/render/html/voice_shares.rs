//! An outlet's own voice beside the voices it quotes.

use maud::{Markup, html};

use super::dot_plot;
use super::html_view::{HtmlView, OutletView, TargetView};
use super::markup::label_class;
use super::row_attributes::{RowAttributes, voice_key};
use super::sortable_table::{HtmlColumn, SortableTable};
use super::stance::counted;
use crate::render::cell::Cell;
use crate::render::figures::differences;
use crate::render::sanitize;
use crate::report::{LabelShare, Stratum};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// A panel for each label that takes a side, and the largest gaps. None while nobody has checked the stance.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    (page.is_checked() && page.has_mentions(Voice::Attributed)).then(|| {
        html! {
            p {
                "An outlet that quotes a critic has not become critical: its own sentences beside \
                those of the voices it quotes."
            }
            p class="hint" { (dot_plot::PAIRS) }
            (page.each_target(|target| html! {
                div class="panels" {
                    @for label in page.sides() {
                        div class="panel" { (panel(target, label).show()) }
                    }
                }
                @if !target.summary.gaps.is_empty() {
                    h3 { "Largest gaps" }
                    p class="hint" { (differences::GAPS) }
                    ul { @for gap in &target.summary.gaps {
                        li { (sanitize::tidy(&differences::gap(gap))) }
                    } }
                }
            }))
        }
    })
}

/// An outlet's sentences that name the target, by voice; none of a voice that has none.
type Voices<'p> = (OutletView<'p>, [Option<&'p Stratum>; 2]);

fn panel(target: TargetView<'_>, label: usize) -> SortableTable {
    let class = label_class(target.page.report.label(label));
    let shares = move |strata: &[Option<&Stratum>; 2]| {
        strata.map(|of| of.and_then(|stratum| LabelShare::of(stratum, label)))
    };
    let mut columns = vec![
        HtmlColumn::text("outlet", |(outlet, _): &Voices<'_>| Cell::text(outlet.name())),
        HtmlColumn::chart(dot_plot::axis(), move |(_, strata)| {
            dot_plot::pair(class, &shares(strata))
        }),
    ];
    for (at, voice) in Voice::ALL.into_iter().enumerate() {
        let key = voice_key(voice);
        let share = move |(_, strata): &Voices<'_>| {
            let n = strata[at].map_or(0, |stratum| stratum.sentences);
            Cell::share(shares(strata)[at].map(|share| share.value)).of_sentences(n)
        };
        let count = move |(outlet, strata): &Voices<'_>| {
            counted(strata[at], label).linked(outlet.group_href(voice, label).as_deref())
        };
        let fields = ["counted", "sentences"].map(|name| format!("{name} {key}"));
        columns.extend([
            HtmlColumn::number(&format!("{key} %"), share).fields([format!("share {key}")]),
            HtmlColumn::number("n", count).fields(fields),
        ]);
    }
    SortableTable::new(
        format!("voices-{}-{label}", target.number),
        format!("{}: own voice (dot) and quoted (diamond)", target.page.label_name(label)),
        columns,
        target.outlets().filter_map(|outlet| row(outlet, label)),
    )
}

/// None where neither voice has sentences that name the target.
fn row(outlet: OutletView<'_>, label: usize) -> Option<(RowAttributes, Voices<'_>)> {
    let is_audited = outlet.target.page.report.provenance.audit.is_some();
    let strata = Voice::ALL.map(|voice| {
        let stratum = outlet.summary.stratum(voice, TargetRelation::Mention);
        stratum.filter(|of| of.sentences > 0)
    });
    let is_few = strata.iter().flatten().any(|of| of.is_few(is_audited));
    let attributes = RowAttributes { label: Some(label), is_few, ..outlet.attributes() };
    strata.iter().any(Option::is_some).then_some((attributes, (outlet, strata)))
}
