//! The chart at the head of a report: an outlet a row, its own words and what it quotes side by side.
//!
//! While nobody has checked the stance it shows whose words there are, and no side. With hand labels it
//! shows who stands where: shares where they may be told, else checked sentences one by one.

use super::label_corrected_shares::{AuditedShare, Corrected, whole};
use super::lead::evidence;
use super::lead_statement::Evidence;
use super::report_data::{OutletSummary, Report, TargetSummary};
use super::share::FEW_SENTENCES;
use super::voice_stratum::Stratum;
use crate::target::TargetRelation;
use crate::voice::{self, Voice};

/// The rows of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct StanceChart {
    /// What it shows.
    pub kind: ChartKind,
    /// All outlets together, where that may be told.
    pub together: Option<ChartRow>,
    /// The outlets that may be compared; all where none may.
    pub rows: Vec<ChartRow>,
    /// The others.
    pub thin: Vec<ChartRow>,
    /// The outlets that name the target, none of whose sentences is checked.
    pub unchecked: Vec<usize>,
    /// The outlets that do not name the target.
    pub absent: Vec<usize>,
}

/// What the chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// How many sentences are the outlets' own words, and how many quote or report somebody.
    WhoseWords,
    /// On which side they stand, by hand labels.
    WhoStandsWhere,
}

/// One outlet, or all together.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRow {
    /// The outlet's index; none of all together.
    pub outlet: Option<usize>,
    /// How many of its articles name the target.
    pub articles: u64,
    /// Its own words and what it quotes, in the order of [`Voice::ALL`].
    pub voices: [VoiceMarks; 2],
    /// The full names quoted most in sentences that name the target, with the number of sentences.
    pub quoted: Vec<(String, u64)>,
}

/// The sentences of one voice that name the target.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VoiceMarks {
    /// How many there are.
    pub sentences: u64,
    /// How many are checked.
    pub checked: u64,
    /// By label; empty where none is checked.
    pub marks: Vec<Mark>,
}

/// How often a label stands in the checked sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// Its share of all sentences, where that may be told.
    Share(Corrected),
    /// So many of the checked sentences, in a row whose other shares may be told.
    Count(u64),
    /// So many checked sentences, each a square.
    Squares(u64),
}

/// Maximum number of names in a row.
const NAMES: usize = 3;

impl Report {
    /// The chart at the head of the report on a target, given by its number.
    pub fn stance_chart(&self, target: usize) -> StanceChart {
        let sides: Vec<usize> = self.provenance.sides().collect();
        let target = &self.targets[target];
        let is_unchecked = sides.len() != 2 || evidence(target) == Evidence::Unchecked;
        if is_unchecked { whose_words(target) } else { who_stands_where(target, &sides) }
    }
}

fn whose_words(target: &TargetSummary) -> StanceChart {
    let row = |at: usize| row(target, at, |_| Vec::new());
    let (naming, absent) = naming(target);
    let rows: Vec<ChartRow> = naming.into_iter().map(row).collect();
    let is_large = |row: &ChartRow| row.sentences() >= FEW_SENTENCES;
    let (rows, thin) = match rows.iter().filter(|row| is_large(row)).count() {
        0 | 1 => (rows, Vec::new()),
        _ => rows.into_iter().partition(is_large),
    };
    let (kind, together, unchecked) = (ChartKind::WhoseWords, None, Vec::new());
    StanceChart { kind, together, rows, thin, unchecked, absent }
}

fn who_stands_where(target: &TargetSummary, sides: &[usize]) -> StanceChart {
    let (naming, absent) = naming(target);
    let is_checked = |at: &usize| strata(&target.outlets[*at]).any(|of| of.audited.is_some());
    let (checked, unchecked): (Vec<usize>, Vec<usize>) = naming.into_iter().partition(is_checked);
    let own = |at: &usize| target.outlets[*at].stratum(Voice::Outlet, TargetRelation::Mention);
    let told = |at: &usize, label: usize| own(at).and_then(|of| of.told(label)).map(|of| of.value);
    let labelled = |at: &usize| own(at).and_then(|of| of.audited.as_ref()).map(|of| of.labelled);
    let are_enough = |at: &usize| labelled(at).is_some_and(|labelled| labelled >= FEW_SENTENCES);
    let (mut comparable, others): (Vec<usize>, Vec<usize>) =
        checked.into_iter().partition(are_enough);
    // Those whose share may not be told come last, in their own order.
    let first = |at: &usize| told(at, sides[0]).unwrap_or(-1.0);
    comparable.sort_by(|a, b| first(b).total_cmp(&first(a)));
    let with_shares = |at: usize| row(target, at, shares_or_counts);
    let with_squares = |at: usize| row(target, at, squares);
    let others: Vec<ChartRow> = others.into_iter().map(with_squares).collect();
    let (rows, thin) = match comparable.is_empty() {
        true => (others, Vec::new()),
        false => (comparable.into_iter().map(with_shares).collect(), others),
    };
    let (kind, together) = (ChartKind::WhoStandsWhere, together(target));
    StanceChart { kind, together, rows, thin, unchecked, absent }
}

/// The outlets that name the target, and those that do not; both by name.
fn naming(target: &TargetSummary) -> (Vec<usize>, Vec<usize>) {
    let names = |at: &usize| strata(&target.outlets[*at]).any(|of| of.sentences > 0);
    let mut outlets: Vec<usize> = (0..target.outlets.len()).collect();
    outlets.sort_by_cached_key(|at| target.outlets[*at].outlet.to_lowercase());
    outlets.into_iter().partition(names)
}

fn strata(outlet: &OutletSummary) -> impl Iterator<Item = &Stratum> {
    Voice::ALL.into_iter().filter_map(|voice| outlet.stratum(voice, TargetRelation::Mention))
}

fn row(target: &TargetSummary, at: usize, marks: impl Fn(&Stratum) -> Vec<Mark>) -> ChartRow {
    let outlet = &target.outlets[at];
    let of_voice = |voice: Voice| {
        let stratum = outlet.stratum(voice, TargetRelation::Mention);
        stratum.map_or_else(VoiceMarks::default, |stratum| VoiceMarks {
            sentences: stratum.sentences,
            checked: stratum.audited.as_ref().map_or(0, |of| of.labelled),
            marks: stratum.audited.as_ref().map_or_else(Vec::new, |_| marks(stratum)),
        })
    };
    let speakers = outlet.speakers.most_quoted.iter();
    let mut quoted: Vec<(String, u64)> = speakers
        .map(|speaker| (speaker.name.clone(), speaker.about.sentences()))
        .filter(|(name, sentences)| *sentences > 0 && voice::is_full_name(name))
        .collect();
    quoted.sort_by(|(name, a), (other, b)| b.cmp(a).then_with(|| name.cmp(other)));
    quoted.truncate(NAMES);
    let (articles, voices) = (outlet.prominence.articles, Voice::ALL.map(of_voice));
    ChartRow { outlet: Some(at), articles, voices, quoted }
}

fn shares_or_counts(stratum: &Stratum) -> Vec<Mark> {
    let mark = |label| match stratum.told(label) {
        Some(share) => Mark::Share(*share),
        None => Mark::Count(stratum.labelled_as(label)),
    };
    (0..stratum.shares.len()).map(mark).collect()
}

fn squares(stratum: &Stratum) -> Vec<Mark> {
    (0..stratum.shares.len()).map(|label| Mark::Squares(stratum.labelled_as(label))).collect()
}

/// The row of all outlets, where there are several and the share of their own words may be told.
fn together(target: &TargetSummary) -> Option<ChartRow> {
    let voices: Vec<VoiceMarks> = (target.together.iter())
        .map(|of| {
            let audited = of.audited.as_ref().filter(|of| of.labelled >= FEW_SENTENCES);
            let share = |audited: &AuditedShare| {
                let told = audited.corrected.filter(|share| share.interval.is_some());
                told.map_or(Mark::Count(whole(audited.with_label)), Mark::Share)
            };
            VoiceMarks {
                sentences: of.sentences,
                checked: audited.map_or(0, |audited| audited.labelled),
                marks: audited.map_or_else(Vec::new, |of| of.shares.iter().map(share).collect()),
            }
        })
        .collect();
    let is_told = |of: &VoiceMarks| of.marks.iter().any(|mark| matches!(mark, Mark::Share(_)));
    let is_worth_it = target.outlets.len() > 1 && voices.first().is_some_and(is_told);
    let articles = target.outlets.iter().map(|outlet| outlet.prominence.articles).sum();
    let voices = <[VoiceMarks; 2]>::try_from(voices).ok()?;
    is_worth_it.then(|| ChartRow { outlet: None, articles, voices, quoted: Vec::new() })
}

impl StanceChart {
    /// All rows, from the top.
    pub fn all_rows(&self) -> impl Iterator<Item = &ChartRow> {
        self.together.iter().chain(&self.rows).chain(&self.thin)
    }

    /// The largest share of some labels, or end of its interval, 0 to 1.
    pub fn largest_share(&self, labels: [usize; 2]) -> f64 {
        let voices = self.all_rows().flat_map(|row| &row.voices);
        let marks = voices.flat_map(|of| labels.map(|label| of.marks.get(label)));
        let shares = marks.flatten().map(|mark| match mark {
            Mark::Share(share) => share.interval.map_or(share.value, |of| of.high.max(share.value)),
            Mark::Count(_) | Mark::Squares(_) => 0.0,
        });
        shares.fold(0.0, f64::max)
    }
}

impl ChartRow {
    /// How many of its sentences name the target.
    pub fn sentences(&self) -> u64 {
        self.voices.iter().map(|of| of.sentences).sum()
    }

    /// How many of these are checked.
    pub fn checked(&self) -> u64 {
        self.voices.iter().map(|of| of.checked).sum()
    }
}
