//! What stands in the chart at the head of a report: an outlet a row, own words and quoted side by side.

use super::marks::{self, Direction, Marks};
use crate::render::lead::subject;
use crate::render::sanitize;
use crate::render::wording::{self, count, percent, series, several};
use crate::report::{ChartKind, ChartRow, Mark, Report, StanceChart, TargetSummary, VoiceMarks};
use crate::voice::Voice;

/// Rows with so many sentences at most show a square for each.
const MOST_SQUARES: u64 = 40;

/// Squares in a line of a cell of counts, and on a side of a stance.
const IN_LINE: u64 = 18;
const ON_SIDE: u64 = 8;

/// More thin outlets than these are no part of the first view.
const MOST_THIN: usize = 12;
const MOST_THIN_UNCHECKED: usize = 8;

/// With so many rows at most there is room for names below each outlet's.
const FEW_ROWS: usize = 8;

/// Maximum number of outlets named in a line below the chart.
const NAMED: usize = 12;

/// Stands above squares that are too few for shares.
pub(crate) const ALL_SQUARES: &str =
    "A square is one checked sentence: too few to compare outlets.";

/// The chart of one target.
pub(crate) struct StanceDrawing<'r> {
    report: &'r Report,
    target: usize,
    pub(crate) chart: StanceChart,
    /// The indices of the labels to the left and to the right.
    pub(crate) sides: [usize; 2],
    /// The share at the outer end of a side, or the number of sentences of the longest bar.
    scale: f64,
    has_squares: bool,
}

/// What stands on one side of a cell.
pub(crate) enum Side {
    Nothing,
    Words(String),
    Marks(Marks),
}

impl<'r> StanceDrawing<'r> {
    /// Of a target, given by its number.
    pub(crate) fn new(report: &'r Report, target: usize) -> Self {
        let chart = report.stance_chart(target);
        let sides: Vec<usize> = report.provenance.sides().collect();
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
        StanceDrawing { report, target, chart, sides, scale, has_squares }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chart.all_rows().next().is_none()
    }

    pub(crate) fn is_unchecked(&self) -> bool {
        self.chart.kind == ChartKind::WhoseWords
    }

    /// What is shown, and how to read it.
    pub(crate) fn caption(&self) -> (&'static str, String) {
        let unit = match (self.is_unchecked(), self.has_squares) {
            (true, true) => "Square: one sentence.",
            (true, false) => "Bar: number of sentences.",
            (false, true) => "Square: one checked sentence.",
            (false, false) if self.is_all_squares() => {
                "Square: one checked sentence. Bar: share of the sentences of all outlets; line: 95% interval."
            }
            (false, false) => {
                "Bar: share of the sentences. Line: 95% interval, for articles like these; no line where every sentence is checked. \
                 “2 of 60”: 2 of 60 checked sentences, too few for a share."
            }
        };
        match self.chart.kind {
            ChartKind::WhoseWords => {
                let text = format!(
                    "Sentences that mention {}{}. {unit} Filled: the outlet’s own words. Outlined: \
                     the sentence quotes or reports somebody. Rules tell the two apart (about 1 in 10 is wrong) and find the names \
                     (about 1 in 5).",
                    subject(&self.report.targets[self.target]),
                    other_names(&self.report.targets[self.target])
                );
                ("Whose words.", text)
            }
            ChartKind::WhoStandsWhere => {
                let text = format!(
                    "{unit} To the left critical, to the right supportive, in the middle neutral. Filled: own words; \
                     outlined: quoted.{}{}",
                    self.meaning(),
                    self.weighted()
                );
                ("Who stands where.", text)
            }
        }
    }

    /// What critical means: less than that the outlet is a critic.
    fn meaning(&self) -> &'static str {
        match self.report.label(self.sides[0]) {
            "critical" => {
                " Critical: the sentence turns against the subject, makes it look weaker or tells chiefly \
                 that others criticise it."
            }
            _ => "",
        }
    }

    /// Why shares are not those of the squares.
    fn weighted(&self) -> &'static str {
        match self.chart.together.is_some() || !self.has_squares {
            true => {
                " Shares are those of all sentences, estimated from the checked ones with the model’s help."
            }
            false => "",
        }
    }

    /// Whether thin outlets are too many to be shown with the others.
    pub(crate) fn is_thin_folded(&self) -> bool {
        let most = if self.is_unchecked() { MOST_THIN_UNCHECKED } else { MOST_THIN };
        self.chart.thin.len() > most
    }

    /// Whether no outlet has a share.
    pub(crate) fn is_all_squares(&self) -> bool {
        let voices = self.chart.rows.iter().flat_map(|row| &row.voices);
        voices.flat_map(|of| &of.marks).all(|mark| matches!(mark, Mark::Squares(_)))
    }

    /// How many thin outlets there are, and why they are thin.
    pub(crate) fn thin_summary(&self) -> String {
        let few = match self.chart.kind {
            ChartKind::WhoseWords => "fewer than 30 sentences",
            ChartKind::WhoStandsWhere => "fewer than 30 checked own sentences: too few to compare",
        };
        format!("{} with {few}", several(self.chart.thin.len() as u64, "outlet"))
    }

    pub(crate) fn thin_note(&self) -> &'static str {
        match self.chart.kind {
            ChartKind::WhoseWords => "Fewer than 30 sentences: read them all.",
            ChartKind::WhoStandsWhere => {
                "Fewer than 30 checked own sentences: too few to compare. A square is one checked sentence."
            }
        }
    }

    /// The heads of both voices and of the last column.
    pub(crate) fn heads(&self) -> [&'static str; 3] {
        let quoted = match self.chart.kind {
            ChartKind::WhoStandsWhere if self.checked(1) == 0 => "Quoted: none checked",
            _ => "Quoted",
        };
        let last = match self.is_unchecked() {
            true => "Quoted most, by name",
            false if self.checked(1) == 0 => "Own sentences checked",
            false => "Checked",
        };
        ["In their own words", quoted, last]
    }

    /// How many sentences of a voice are checked.
    pub(crate) fn checked(&self, voice: usize) -> u64 {
        self.chart.all_rows().map(|row| row.voices[voice].checked).sum()
    }

    /// The name of a label.
    pub(crate) fn label(&self, label: usize) -> String {
        sanitize::name(self.report.label(label))
    }

    pub(crate) fn name(&self, row: &ChartRow) -> String {
        let name = |at: usize| wording::outlet(&self.report.outlets[at].name);
        row.outlet.map_or("All outlets together".to_owned(), name)
    }

    /// The names quoted most, where they stand below the outlet's for want of a column of their own.
    pub(crate) fn names_below(&self, row: &ChartRow) -> Option<String> {
        let has_room = !self.is_unchecked() && self.chart.all_rows().count() <= FEW_ROWS;
        (has_room && !row.quoted.is_empty()).then(|| format!("quotes {}", names(row)))
    }

    /// What the last column says.
    pub(crate) fn last(&self, row: &ChartRow) -> String {
        if self.is_unchecked() {
            return names(row);
        }
        // Sentences of a voice that nobody checked anywhere are no part of this.
        let is_part = |(voice, _): &(usize, &VoiceMarks)| self.checked(*voice) > 0;
        let voices = || row.voices.iter().enumerate().filter(is_part).map(|(_, of)| of);
        let checked = voices().map(|of| of.checked).sum();
        let all = voices().map(|of| of.sentences).sum();
        format!("{} of {}", count(checked), count(all))
    }

    /// How many sentences there are, as squares or a bar.
    pub(crate) fn counted(&self, of: &VoiceMarks) -> Marks {
        match self.has_squares {
            true => marks::grid(of.sentences, IN_LINE, Direction::Right),
            false => marks::bar(of.sentences as f64 / self.scale, Direction::Right),
        }
    }

    /// What stands on the side of a label.
    pub(crate) fn side(&self, of: &VoiceMarks, label: usize, direction: Direction) -> Side {
        match of.marks[label] {
            Mark::Share(share) => Side::Marks(marks::share(share, self.scale, direction)),
            Mark::Squares(0) => Side::Nothing,
            Mark::Squares(n) if n <= 3 * ON_SIDE => Side::Marks(marks::grid(n, ON_SIDE, direction)),
            Mark::Count(n) | Mark::Squares(n) => {
                Side::Words(format!("{n} of {}", count(of.checked)))
            }
        }
    }

    /// The number in the middle; empty where there is no label between the sides.
    pub(crate) fn middle(&self, of: &VoiceMarks) -> String {
        let middle = (0..of.marks.len()).find(|label| !self.sides.contains(label));
        middle.map_or_else(String::new, |middle| match of.marks[middle] {
            Mark::Share(share) => percent(share.value) + "%",
            Mark::Squares(n) => count(n),
            Mark::Count(n) => format!("{n} of {}", count(of.checked)),
        })
    }

    /// What the chart leaves out.
    pub(crate) fn below(&self) -> Vec<String> {
        let named = |outlets: &[usize]| {
            let names: Vec<String> = (outlets.iter().take(NAMED))
                .map(|at| wording::outlet(&self.report.outlets[*at].name))
                .collect();
            match outlets.len().saturating_sub(NAMED) {
                0 => series(&names),
                more => format!("{} and {more} more", names.join(", ")),
            }
        };
        let lines = [
            ("Outlets without a checked sentence", &self.chart.unchecked),
            ("Outlets whose articles do not mention the target", &self.chart.absent),
        ];
        let lines = lines.into_iter().filter(|(_, outlets)| !outlets.is_empty());
        lines.map(|(what, outlets)| format!("{what}: {}.", named(outlets))).collect()
    }
}

/// What else a target is called, as far as there is room.
fn other_names(target: &TargetSummary) -> String {
    let names: Vec<String> =
        target.aliases.iter().map(|alias| format!("“{}”", sanitize::name(alias))).collect();
    match names.len().saturating_sub(NAMED) {
        _ if names.is_empty() => String::new(),
        0 => format!(" (also: {})", names.join(", ")),
        more => format!(" (also: {}, and {more} more)", names[..NAMED].join(", ")),
    }
}

/// The number at an outer end: only shares have one.
pub(crate) fn end_number(mark: Mark) -> String {
    match mark {
        Mark::Share(share) => percent(share.value) + "%",
        Mark::Count(_) | Mark::Squares(_) => String::new(),
    }
}

/// The name of a voice beside its marks.
pub(crate) fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own words",
        Voice::Attributed => "quoted",
    }
}

/// The names quoted most.
fn names(row: &ChartRow) -> String {
    let name = |(name, n): &(String, u64)| format!("{} ({})", sanitize::name(name), count(*n));
    row.quoted.iter().map(name).collect::<Vec<_>>().join(", ")
}
