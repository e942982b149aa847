//! The chart at the head of the page: an outlet a row, own words and quoted side by side.

use maud::{Markup, html};

use super::html_view::TargetView;
use super::markup::{label_class, marks};
use crate::render::charts::marks::Direction;
use crate::render::charts::stance::{ALL_SQUARES, Side, StanceDrawing, end_number, voice_name};
use crate::render::wording::{count, percent, several};
use crate::report::{ChartKind, ChartRow, Mark, VoiceMarks};
use crate::voice::Voice;

/// The chart of a target.
pub(super) fn figure(target: TargetView<'_>) -> Markup {
    let table =
        ChartTable { target, drawing: StanceDrawing::new(target.page.report, target.number) };
    let (what, how) = table.drawing.caption();
    let class = match table.drawing.chart.kind {
        ChartKind::WhoseWords => "whose-words",
        ChartKind::WhoStandsWhere => "who-stands-where",
    };
    html! {
        @if !table.drawing.is_empty() {
            figure class={ "stance-chart " (class) } {
                figcaption { b { (what) " " } (how) }
                (table.markup())
                @for line in table.drawing.below() { p class="hint" { (line) } }
            }
        }
    }
}

/// A chart as a table.
struct ChartTable<'p> {
    target: TargetView<'p>,
    drawing: StanceDrawing<'p>,
}

impl ChartTable<'_> {
    fn markup(&self) -> Markup {
        let chart = &self.drawing.chart;
        html! {
            table {
                (self.head())
                tbody {
                    @if let Some(row) = &chart.together { (self.row(row, "together")) }
                    @if chart.together.is_some() && self.drawing.is_all_squares() {
                        tr class="note" { td colspan="4" { (ALL_SQUARES) } }
                    }
                    @for row in &chart.rows { (self.row(row, "")) }
                    @if !chart.thin.is_empty() && !self.drawing.is_thin_folded() {
                        tr class="note" { td colspan="4" { (self.drawing.thin_note()) } }
                        @for row in &chart.thin { (self.row(row, "faint")) }
                    }
                }
            }
            @if self.drawing.is_thin_folded() {
                details class="thin" {
                    summary { (self.drawing.thin_summary()) }
                    table { (self.head()) tbody { @for row in &chart.thin { (self.row(row, "faint")) } } }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let [own, quoted, last] = self.drawing.heads();
        html! {
            thead { tr {
                th scope="col" { span class="unseen" { "outlet" } }
                @for (voice, name) in [own, quoted].into_iter().enumerate() {
                    th scope="col" { (name) @if self.drawing.checked(voice) > 0 { (self.axis()) } }
                }
                th scope="col" { (last) }
            } }
        }
    }

    fn axis(&self) -> Markup {
        let [left, right] = self.drawing.sides.map(|label| self.drawing.label(label));
        html! {
            span class="sides" aria-hidden="true" {
                span {}
                span class="left" { "← " (left) }
                span { "neutral" }
                span class="right" { (right) " →" }
                span {}
            }
        }
    }

    fn row(&self, row: &ChartRow, class: &str) -> Markup {
        html! {
            tr class=(class) data-outlet=[row.outlet] {
                th scope="row" {
                    (self.drawing.name(row))
                    " " small { (several(row.articles, "article")) }
                    @if let Some(names) = self.drawing.names_below(row) { br; small { (names) } }
                }
                @for (voice, of) in Voice::ALL.into_iter().zip(&row.voices) {
                    td data-voice=(voice_name(voice)) {
                        @match self.drawing.chart.kind {
                            ChartKind::WhoseWords => (self.counted(of, voice)),
                            ChartKind::WhoStandsWhere => (self.stands(of, voice)),
                        }
                    }
                }
                td class="last" { (self.drawing.last(row)) }
            }
        }
    }

    /// How many sentences there are, as squares or a bar.
    fn counted(&self, of: &VoiceMarks, voice: Voice) -> Markup {
        html! {
            span class={ "counted " (filling(voice)) } data-voice=(voice_name(voice)) {
                span class="number" { (count(of.sentences)) }
                (marks(&self.drawing.counted(of)))
            }
        }
    }

    /// On which side the checked sentences stand.
    fn stands(&self, of: &VoiceMarks, voice: Voice) -> Markup {
        if of.marks.is_empty() {
            return html! {};
        }
        let [left, right] = self.drawing.sides;
        html! {
            span class="unseen" { (self.in_words(of)) }
            span class={ "stands " (filling(voice)) } data-voice=(voice_name(voice)) aria-hidden="true" {
                span class="number" { (end_number(of.marks[left])) }
                span class={ "left " (self.class_of(left)) } { (self.side(of, left, Direction::Left)) }
                span class="middle" { (self.drawing.middle(of)) }
                span class={ "right " (self.class_of(right)) } { (self.side(of, right, Direction::Right)) }
                span class="number" { (end_number(of.marks[right])) }
            }
        }
    }

    fn class_of(&self, label: usize) -> &'static str {
        label_class(self.target.page.report.label(label))
    }

    fn in_words(&self, of: &VoiceMarks) -> String {
        let one = |(label, mark): (usize, &Mark)| {
            let label = self.drawing.label(label);
            match mark {
                Mark::Share(share) => match share.interval {
                    Some(interval) => format!(
                        "{label} {}%, interval {} to {}%",
                        percent(share.value),
                        percent(interval.low),
                        percent(interval.high)
                    ),
                    None => format!("{label} {}%", percent(share.value)),
                },
                Mark::Count(n) | Mark::Squares(n) => format!("{label} {n} of {}", of.checked),
            }
        };
        of.marks.iter().enumerate().map(one).collect::<Vec<_>>().join("; ")
    }

    fn side(&self, of: &VoiceMarks, label: usize, direction: Direction) -> Markup {
        match self.drawing.side(of, label, direction) {
            Side::Nothing => html! {},
            Side::Words(words) => html! { span class="few" { (words) } },
            Side::Marks(shapes) => marks(&shapes),
        }
    }
}

fn filling(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "filled",
        Voice::Attributed => "outlined",
    }
}
