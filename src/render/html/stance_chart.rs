//! The chart at the head of the page: an outlet a row, own words and quoted side by side.

use maud::{Markup, html};

use super::chart_marks::{Direction, bar, coordinate, grid, rect};
use super::html_view::TargetView;
use super::markup::label_class;
use crate::render::lead::subject;
use crate::render::sanitize;
use crate::render::wording::{count, percent, series, several};
use crate::report::{ChartKind, ChartRow, Corrected, Mark, StanceChart, VoiceMarks};
use crate::voice::Voice;

/// Rows with so many sentences at most show a square for each.
const MOST_SQUARES: u64 = 40;

/// Squares in a line of a cell of counts, and on a side of a stance.
const IN_LINE: u64 = 18;
const ON_SIDE: u64 = 8;

/// More thin outlets than these are folded.
const MOST_THIN: usize = 12;
const MOST_THIN_UNCHECKED: usize = 8;

/// With so many rows at most there is room for names below each outlet's.
const FEW_ROWS: usize = 8;

/// Maximum number of outlets named in a line below the chart.
const NAMED: usize = 12;

/// The chart of a target.
pub(super) fn figure(target: TargetView<'_>) -> Markup {
    let chart = target.page.report.stance_chart(target.number);
    let drawing = Drawing::new(target, &chart);
    html! {
        @if chart.all_rows().next().is_some() {
            figure class={ "stance-chart " (drawing.class()) } {
                figcaption { (drawing.caption()) }
                (drawing.table())
                (drawing.below())
            }
        }
    }
}

/// How a chart is drawn.
struct Drawing<'p> {
    target: TargetView<'p>,
    chart: &'p StanceChart,
    /// The indices of the labels to the left and to the right.
    sides: [usize; 2],
    /// The share at the outer end of a side, or the number of sentences of the longest bar.
    scale: f64,
    has_squares: bool,
}

impl<'p> Drawing<'p> {
    fn new(target: TargetView<'p>, chart: &'p StanceChart) -> Self {
        let sides: Vec<usize> = target.page.sides().collect();
        let sides = [0, 1].map(|at| sides.get(at).copied().unwrap_or_default());
        let has_squares = match chart.kind {
            ChartKind::WhoseWords => chart.all_rows().all(|row| row.sentences() <= MOST_SQUARES),
            ChartKind::WhoStandsWhere => chart.largest_share(sides) <= 0.0,
        };
        let longest = chart.all_rows().flat_map(|row| &row.voices).map(|of| of.sentences).max();
        let scale = match chart.kind {
            ChartKind::WhoseWords => longest.unwrap_or(1).max(1) as f64,
            ChartKind::WhoStandsWhere => {
                ((chart.largest_share(sides) * 10.0).ceil() / 10.0).max(0.3)
            }
        };
        Drawing { target, chart, sides, scale, has_squares }
    }

    fn class(&self) -> &'static str {
        match self.chart.kind {
            ChartKind::WhoseWords => "whose-words",
            ChartKind::WhoStandsWhere => "who-stands-where",
        }
    }

    fn caption(&self) -> Markup {
        let unit = match (self.chart.kind, self.has_squares) {
            (_, true) if self.chart.kind == ChartKind::WhoseWords => "Square: one sentence.",
            (ChartKind::WhoseWords, _) => "Bar: number of sentences.",
            (ChartKind::WhoStandsWhere, true) => "Square: one checked sentence.",
            (ChartKind::WhoStandsWhere, false) => {
                "Bar: share of the sentences; line: 95% interval."
            }
        };
        html! {
            @match self.chart.kind {
                ChartKind::WhoseWords => {
                    b { "Whose words. " } "Sentences that mention " (subject(self.target.summary)) ". " (unit)
                    " Filled: the outlet’s own words. Outlined: quoted, which is that the sentence quotes or reports somebody. Rules tell the two apart; "
                    "about 1 in 10 is wrong."
                }
                ChartKind::WhoStandsWhere => {
                    b { "Who stands where. " } (unit)
                    " To the left critical, to the right supportive, in the middle the number of neutral ones. \
                     Filled: own words; outlined: quoted. " (self.weighted())
                }
            }
        }
    }

    /// Why shares are not those of the squares.
    fn weighted(&self) -> &'static str {
        match self.chart.together.is_some() || !self.has_squares {
            true => {
                "Shares stand for all sentences, checked or not: weighted by the drawing, and corrected."
            }
            false => "",
        }
    }

    fn table(&self) -> Markup {
        let most = match self.chart.kind {
            ChartKind::WhoseWords => MOST_THIN_UNCHECKED,
            ChartKind::WhoStandsWhere => MOST_THIN,
        };
        let thin = &self.chart.thin;
        html! {
            table {
                (self.head())
                tbody {
                    @if let Some(row) = &self.chart.together { (self.row(row, "together")) }
                    @if self.chart.together.is_some() && self.is_all_squares() {
                        tr class="note" { td colspan="4" { "A square is one checked sentence: too few to compare outlets." } }
                    }
                    @for row in &self.chart.rows { (self.row(row, "")) }
                    @if !thin.is_empty() && thin.len() <= most {
                        tr class="note" { td colspan="4" { (self.thin_note()) } }
                        @for row in thin { (self.row(row, "faint")) }
                    }
                }
            }
            @if thin.len() > most {
                details class="thin" {
                    summary { (several(thin.len() as u64, "outlet")) " with " (self.few()) }
                    table { (self.head()) tbody { @for row in thin { (self.row(row, "faint")) } } }
                }
            }
        }
    }

    /// Whether no outlet has a share.
    fn is_all_squares(&self) -> bool {
        let voices = self.chart.rows.iter().flat_map(|row| &row.voices);
        voices.flat_map(|of| &of.marks).all(|mark| matches!(mark, Mark::Squares(_)))
    }

    fn few(&self) -> &'static str {
        match self.chart.kind {
            ChartKind::WhoseWords => "fewer than 30 sentences",
            ChartKind::WhoStandsWhere => "fewer than 30 checked own sentences: too few to compare",
        }
    }

    fn thin_note(&self) -> &'static str {
        match self.chart.kind {
            ChartKind::WhoseWords => "Fewer than 30 sentences: read them all.",
            ChartKind::WhoStandsWhere => {
                "Fewer than 30 checked own sentences: too few to compare. A square is one checked sentence."
            }
        }
    }

    fn head(&self) -> Markup {
        let quoted = match self.chart.kind {
            ChartKind::WhoStandsWhere if self.checked(1) == 0 => "Quoted: none checked",
            _ => "Quoted",
        };
        html! {
            thead { tr {
                th scope="col" { span class="unseen" { "outlet" } }
                @for (voice, name) in ["In their own words", quoted].into_iter().enumerate() {
                    th scope="col" { (name) @if self.checked(voice) > 0 { (self.axis()) } }
                }
                th scope="col" {
                    @match self.chart.kind {
                        ChartKind::WhoseWords => "Quoted most",
                        ChartKind::WhoStandsWhere => "Checked",
                    }
                }
            } }
        }
    }

    fn checked(&self, voice: usize) -> u64 {
        self.chart.all_rows().map(|row| row.voices[voice].checked).sum()
    }

    fn axis(&self) -> Markup {
        let [left, right] = self.sides.map(|label| self.target.page.label_name(label));
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
        let name = row
            .outlet
            .map_or("All outlets together".to_owned(), |at| self.target.page.outlet_name(at));
        html! {
            tr class=(class) data-outlet=[row.outlet] {
                th scope="row" {
                    (name)
                    " " small { (several(row.articles, "article")) }
                    @if self.names_below(row) { br; small { "quotes " (names(row)) } }
                }
                @for (voice, of) in Voice::ALL.into_iter().zip(&row.voices) {
                    td data-voice=(voice_name(voice)) {
                        @match self.chart.kind {
                            ChartKind::WhoseWords => (self.counted(of, voice)),
                            ChartKind::WhoStandsWhere => (self.stands(of, voice)),
                        }
                    }
                }
                td class="last" { (self.last(row)) }
            }
        }
    }

    /// Whether the names quoted most stand below the outlet's: where they have no column of their own.
    fn names_below(&self, row: &ChartRow) -> bool {
        let has_room = self.chart.all_rows().count() <= FEW_ROWS;
        self.chart.kind == ChartKind::WhoStandsWhere && has_room && !row.quoted.is_empty()
    }

    fn last(&self, row: &ChartRow) -> Markup {
        if self.chart.kind == ChartKind::WhoseWords {
            return html! { (names(row)) };
        }
        // Sentences of a voice that nobody checked anywhere are no part of this.
        let is_part = |(voice, _): &(usize, &VoiceMarks)| self.checked(*voice) > 0;
        let voices = || row.voices.iter().enumerate().filter(is_part).map(|(_, of)| of);
        let checked = voices().map(|of| of.checked).sum();
        let all = voices().map(|of| of.sentences).sum();
        let own = if self.checked(1) == 0 { " own" } else { "" };
        html! { (count(checked)) " of " (count(all)) (own) }
    }

    /// How many sentences there are, as squares or a bar.
    fn counted(&self, of: &VoiceMarks, voice: Voice) -> Markup {
        let marks = match self.has_squares {
            true => grid(of.sentences, IN_LINE, Direction::Right),
            false => bar(of.sentences as f64 / self.scale, Direction::Right),
        };
        html! {
            span class={ "counted " (filling(voice)) } data-voice=(voice_name(voice)) {
                span class="number" { (count(of.sentences)) }
                (marks)
            }
        }
    }

    /// On which side the checked sentences stand.
    fn stands(&self, of: &VoiceMarks, voice: Voice) -> Markup {
        if of.marks.is_empty() {
            return html! {};
        }
        let [left, right] = self.sides;
        let middle = (0..of.marks.len()).find(|label| !self.sides.contains(label));
        html! {
            span class="unseen" { (self.in_words(of)) }
            span class={ "stands " (filling(voice)) } data-voice=(voice_name(voice)) aria-hidden="true" {
                span class="number" { (end_number(of.marks[left])) }
                span class={ "left " (self.class_of(left)) } { (self.side(of, left, Direction::Left)) }
                span class="middle" { @if let Some(middle) = middle { (number(of.marks[middle])) } }
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
            let label = self.target.page.label_name(label);
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
        match of.marks[label] {
            Mark::Share(share) => self.share(share, direction),
            Mark::Count(0) | Mark::Squares(0) => html! {},
            Mark::Count(n) => html! { span class="few" { (n) " of " (count(of.checked)) } },
            Mark::Squares(n) if n > 3 * ON_SIDE => {
                html! { span class="few" { (n) " of " (count(of.checked)) } }
            }
            Mark::Squares(n) => grid(n, ON_SIDE, direction),
        }
    }

    fn share(&self, share: Corrected, direction: Direction) -> Markup {
        let at = |value: f64| {
            let part = (value / self.scale).clamp(0.0, 1.0) * 100.0;
            if direction == Direction::Left { 100.0 - part } else { part }
        };
        html! {
            svg class="marks" height="16" {
                (rect(share.value / self.scale, direction))
                @if let Some(interval) = share.interval {
                    @let ends = [at(interval.low), at(interval.high)];
                    @for class in ["halo", "whisker"] {
                        line class=(class) x1={ (coordinate(ends[0])) "%" } x2={ (coordinate(ends[1])) "%" } y1="8" y2="8" {}
                    }
                    @for end in ends {
                        line class="whisker" x1={ (coordinate(end)) "%" } x2={ (coordinate(end)) "%" } y1="4.5" y2="11.5" {}
                    }
                }
            }
        }
    }

    /// What the chart leaves out.
    fn below(&self) -> Markup {
        let named = |outlets: &[usize]| {
            let names: Vec<String> =
                outlets.iter().take(NAMED).map(|at| self.target.page.outlet_name(*at)).collect();
            match outlets.len().saturating_sub(NAMED) {
                0 => series(&names),
                more => format!("{} and {more} more", names.join(", ")),
            }
        };
        html! {
            @if !self.chart.unchecked.is_empty() {
                p class="hint" { "No checked sentence: " (named(&self.chart.unchecked)) "." }
            }
            @if !self.chart.absent.is_empty() {
                p class="hint" { "Never mention it: " (named(&self.chart.absent)) "." }
            }
        }
    }
}

/// The names quoted most.
fn names(row: &ChartRow) -> String {
    let name = |(name, n): &(String, u64)| format!("{} {}", sanitize::name(name), count(*n));
    row.quoted.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own words",
        Voice::Attributed => "quoted",
    }
}

fn filling(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "filled",
        Voice::Attributed => "outlined",
    }
}

/// The number in the middle.
fn number(mark: Mark) -> Markup {
    match mark {
        Mark::Share(share) => html! { (percent(share.value)) "%" },
        Mark::Count(n) | Mark::Squares(n) => html! { (count(n)) },
    }
}

/// The number at an outer end: only shares have one.
fn end_number(mark: Mark) -> Markup {
    match mark {
        Mark::Share(share) => html! { (percent(share.value)) "%" },
        Mark::Count(_) | Mark::Squares(_) => html! {},
    }
}
