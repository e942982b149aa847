//! Who says it in their own words, and who only quotes it.

use std::cmp::Reverse;

use super::{FindingContext, FindingLine, FindingPart, KeyFinding, Place, TOLD};
use crate::render::figures::differences;
use crate::render::{sanitize, wording};
use crate::report::{Exemplar, FEW_SENTENCES, OutletSummary, Stratum};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// So many characters of a sentence are shown.
const EXCERPT: usize = 100;

/// So many speakers are named.
const SPEAKERS: usize = 4;

/// Sentences that name the target and get a label: how many, of how many.
fn counts(outlet: &OutletSummary, voice: Voice, about: TargetRelation, label: usize) -> (u64, u64) {
    let stratum = outlet.stratum(voice, about);
    stratum.map_or((0, 0), |stratum| (stratum.predicted(label), stratum.sentences))
}

/// Whose own sentences get the label; then, in one line, whose get the other.
pub(super) fn own(asked: &FindingContext<'_>, side: usize, other: Option<usize>) -> KeyFinding {
    let label = asked.label(side);
    let question = match label.as_str() {
        "critical" | "supportive" => format!("Who is {label} in their own words?"),
        _ => format!("Whose own words are read as {label}?"),
    };
    let mut lines: Vec<FindingLine> = differences::differences(asked.target)
        .iter()
        .map(|told| FindingLine::plain(sanitize::tidy(told)))
        .collect();
    let count = |(_, outlet): &(usize, &OutletSummary)| {
        counts(outlet, Voice::Outlet, TargetRelation::Mention, side).0
    };
    let mut saying: Vec<_> = asked.outlets().filter(|of| count(of) > 0).collect();
    if saying.len() > TOLD {
        saying.sort_by_key(|of| Reverse(count(of)));
    }
    lines
        .extend(saying.iter().take(TOLD).map(|(at, outlet)| saying_line(asked, *at, outlet, side)));
    lines.extend(beyond(saying.len()));
    let unnamed: Vec<FindingLine> =
        asked.outlets().filter_map(|(at, outlet)| unnamed_line(asked, at, outlet, side)).collect();
    let more = unnamed.len();
    lines.extend(unnamed.into_iter().take(TOLD));
    lines.extend(beyond(more));
    lines.extend(none(asked, side));
    lines.extend(other.map(|other| other_side(asked, other)));
    lines.extend(few(asked));
    KeyFinding { question, key: key(asked), lines }
}

/// How the counts are to be read.
fn key(asked: &FindingContext<'_>) -> String {
    let counts = "Counts are of sentences, as the model reads them. At times it takes a report of \
        what others think for the outlet’s own view: read the sentences before you repeat a count.";
    if asked.target.name.is_empty() {
        return counts.to_owned();
    }
    let names = std::iter::once(&asked.target.name).chain(&asked.target.aliases);
    let names: Vec<String> = names.map(|name| format!("“{}”", sanitize::name(name))).collect();
    let names = sanitize::list(&names, ", ");
    format!(
        "{counts} Named it is by {names} alone; “without naming it”: in articles about it, where the \
         model is a poorer judge."
    )
}

fn saying_line(
    asked: &FindingContext<'_>,
    at: usize,
    outlet: &OutletSummary,
    label: usize,
) -> FindingLine {
    let (count, all) = counts(outlet, Voice::Outlet, TargetRelation::Mention, label);
    let place = Place::Group { outlet: at, voice: Voice::Outlet, label };
    let sentences = if all == 1 { "own sentence" } else { "own sentences" };
    let reads = if count == 1 { "is read as" } else { "are read as" };
    let mut line = FindingLine::of(at)
        .words(format!("{}: ", asked.outlet(at)))
        .link(format!("{count} of {all}"), place.clone())
        .words(format!(" {sentences}{} {reads} {}", asked.naming(all), asked.label(label)))
        .words(share(asked, outlet, label));
    line = most_surely(line, at, surest(outlet, TargetRelation::Mention, label));
    let (count, all) = counts(outlet, Voice::Outlet, TargetRelation::Context, label);
    if count > 0 {
        line = line.words("; without naming it ").link(format!("{count} of {all}"), place);
        line = most_surely(line, at, surest(outlet, TargetRelation::Context, label));
    }
    line.words(".")
}

/// One sentence with the probability of its label.
fn most_surely(line: FindingLine, outlet: usize, of: Option<&Exemplar>) -> FindingLine {
    let Some(of) = of else { return line };
    let text = sanitize::start(&sanitize::tidy(&of.text), EXCERPT);
    let (article, number) = (of.article.clone(), of.sentence);
    let how = if of.probability < 0.5 { "barely" } else { "most surely" };
    line.words(format!(", {how} "))
        .link(format!("“{text}”"), Place::Sentence { outlet, article, number })
        .words(format!(" ({} %)", wording::percent(of.probability)))
}

/// The share, where it may be told.
fn share(asked: &FindingContext<'_>, outlet: &OutletSummary, label: usize) -> String {
    let is_audited = asked.report.provenance.audit.is_some();
    let told = |stratum: &Stratum| {
        let (value, interval) = match is_audited {
            true => stratum.corrected(label).map(|of| (of.value, of.interval))?,
            // The model alone tells nothing without an interval.
            false => {
                stratum.shares.get(label).and_then(|of| Some((of.mean, Some(of.interval?))))?
            }
        };
        let interval =
            interval.map(|of| format!("; 95 % interval {}", wording::interval(Some(of))));
        let by = if is_audited { "corrected by hand labels" } else { "by the model alone" };
        let interval = interval.unwrap_or_default();
        Some(format!(" ({} % {by}{interval})", wording::percent(value)))
    };
    let stratum = outlet.stratum(Voice::Outlet, TargetRelation::Mention);
    let stratum = stratum.filter(|stratum| !stratum.is_few(is_audited));
    stratum.and_then(told).unwrap_or_default()
}

/// The own sentence of which the model is surest.
fn surest(outlet: &OutletSummary, about: TargetRelation, label: usize) -> Option<&Exemplar> {
    let key = (Voice::Outlet, about, label);
    outlet.evidence.iter().find(|of| (of.voice, of.about, of.label.index) == key && !of.is_drawn)
}

/// An outlet with such sentences only among those that do not name the target.
fn unnamed_line(
    asked: &FindingContext<'_>,
    at: usize,
    outlet: &OutletSummary,
    label: usize,
) -> Option<FindingLine> {
    let (named, _) = counts(outlet, Voice::Outlet, TargetRelation::Mention, label);
    let (count, all) = counts(outlet, Voice::Outlet, TargetRelation::Context, label);
    (named == 0 && count > 0).then(|| {
        let place = Place::Group { outlet: at, voice: Voice::Outlet, label };
        let line = FindingLine::of(at)
            .words(format!("{}: only without naming it, ", asked.outlet(at)))
            .link(format!("{count} of {all}"), place);
        most_surely(line, at, surest(outlet, TargetRelation::Context, label)).words(".")
    })
}

fn none(asked: &FindingContext<'_>, label: usize) -> Option<FindingLine> {
    let is_silent = |outlet: &OutletSummary| {
        let [naming, other] = [TargetRelation::Mention, TargetRelation::Context];
        let counts = [naming, other].map(|about| counts(outlet, Voice::Outlet, about, label));
        counts[0].0 + counts[1].0 == 0
    };
    let silent = asked.outlets().filter(|(_, outlet)| is_silent(outlet));
    let silent: Vec<usize> = silent.map(|(at, _)| at).collect();
    let label = asked.label(label);
    let none = || {
        FindingLine::plain(format!("No own sentence is read as {label}: {}.", asked.names(&silent)))
    };
    (!silent.is_empty()).then(none)
}

/// The same for the other side, so that nobody can say that only one was looked for.
fn other_side(asked: &FindingContext<'_>, label: usize) -> FindingLine {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let (count, all) = counts(outlet, Voice::Outlet, TargetRelation::Mention, label);
        (count > 0).then(|| FindingPart {
            words: format!("{} {count} of {all}", asked.outlet(at)),
            place: Some(Place::Group { outlet: at, voice: Voice::Outlet, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let name = asked.label(label);
    match parts.is_empty() {
        true => FindingLine::plain(format!(
            "Read as {name}: no own sentence{} in any outlet.",
            asked.naming(1)
        )),
        false => FindingLine::plain(format!("Read as {name} in their own words: "))
            .list(parts, ", ")
            .words("."),
    }
}

/// Whose figures say nothing of how often.
fn few(asked: &FindingContext<'_>) -> Option<FindingLine> {
    let is_audited = asked.report.provenance.audit.is_some();
    let own =
        |outlet: &OutletSummary| outlet.stratum(Voice::Outlet, TargetRelation::Mention).cloned();
    let is_few = |outlet: &OutletSummary| own(outlet).is_some_and(|of| of.is_few(is_audited));
    let few: Vec<usize> =
        asked.outlets().filter(|(_, outlet)| is_few(outlet)).map(|(at, _)| at).collect();
    let least = match is_audited {
        true => "hand labels".to_owned(),
        false => format!("own sentences{} (fewer than {FEW_SENTENCES})", asked.naming(2)),
    };
    let whose = match few.len() == asked.target.outlets.len() {
        true => "every outlet".to_owned(),
        false => asked.names(&few),
    };
    let few = !few.is_empty();
    few.then(|| {
        FindingLine::plain(format!("Too few {least} to say how often: {whose}. Read them."))
    })
}

/// Which outlets convey the label in sources' words alone.
pub(super) fn quoted(asked: &FindingContext<'_>, side: usize, other: Option<usize>) -> KeyFinding {
    let label = asked.label(side);
    let told = |outlet: &OutletSummary| RankedOutlet::of(outlet, side);
    let only: Vec<_> =
        asked.outlets().filter(|(_, outlet)| told(outlet).is_nearly_only()).collect();
    let mut lines: Vec<FindingLine> =
        only.iter().take(TOLD).map(|(at, outlet)| only_line(asked, *at, outlet, side)).collect();
    if lines.is_empty() {
        lines.push(FindingLine::plain(format!("No outlet is {label} in quotes alone.")));
    }
    lines.extend(beyond(only.len()));
    lines.extend(both(asked, side));
    lines.extend(other.and_then(|other| other_quoted(asked, other)));
    let key =
        "A sentence that quotes or reports a source counts as the source’s, whole.".to_owned();
    KeyFinding { question: format!("Who is {label} only in quotes?"), key, lines }
}

/// An outlet's sentences of a label that name the target.
pub(in crate::render) struct RankedOutlet {
    /// In sources' words.
    pub(in crate::render) quoted: u64,
    /// In anybody's.
    pub(in crate::render) all: u64,
}

impl RankedOutlet {
    pub(in crate::render) fn of(outlet: &OutletSummary, label: usize) -> Self {
        let [own, quoted] =
            Voice::ALL.map(|voice| counts(outlet, voice, TargetRelation::Mention, label).0);
        RankedOutlet { quoted, all: own + quoted }
    }

    /// All of them.
    pub(in crate::render) fn is_only(&self) -> bool {
        self.quoted > 0 && self.quoted == self.all
    }

    /// Nine in ten of them, or all.
    pub(in crate::render) fn is_nearly_only(&self) -> bool {
        self.quoted > 0 && self.quoted * 10 >= self.all * 9
    }
}

fn only_line(
    asked: &FindingContext<'_>,
    at: usize,
    outlet: &OutletSummary,
    label: usize,
) -> FindingLine {
    let told = RankedOutlet::of(outlet, label);
    let name = asked.label(label);
    let only = if told.is_only() { "only" } else { "almost only" };
    let sentences = if told.all == 1 { "sentence" } else { "sentences" };
    let group = |voice| Place::Group { outlet: at, voice, label };
    let mut line = FindingLine::of(at)
        .words(format!("{}: {name} {only} in quotes: ", asked.outlet(at)))
        .link(format!("{} of {}", told.quoted, told.all), group(Voice::Attributed))
        .words(format!(" {name} {sentences}{}", asked.naming(told.all)));
    line = line.words(speakers(outlet, TargetRelation::Mention, label));
    let (count, all) = counts(outlet, Voice::Attributed, TargetRelation::Context, label);
    if count > 0 {
        line = line.words(", and ").link(format!("{count} of {all}"), group(Voice::Attributed));
        line = line.words(" in quotes without naming it");
        line = line.words(speakers(outlet, TargetRelation::Context, label));
    }
    let (count, all) = counts(outlet, Voice::Outlet, TargetRelation::Context, label);
    if count > 0 {
        line = line.words("; yet in its own words ");
        line = line.link(format!("{count} of {all}"), group(Voice::Outlet));
        line = line.words(" without naming it");
        line = most_surely(line, at, surest(outlet, TargetRelation::Context, label));
    }
    line.words(".")
}

/// Who speaks in those of the sentences shown, the surest first, in brackets.
fn speakers(outlet: &OutletSummary, about: TargetRelation, label: usize) -> String {
    let key = (Voice::Attributed, about, label);
    let told = outlet.evidence.iter().filter(|of| (of.voice, of.about, of.label.index) == key);
    let mut names: Vec<String> = Vec::new();
    for name in told.flat_map(|of| &of.speakers).map(|name| sanitize::name(name)) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > SPEAKERS;
    names.truncate(SPEAKERS);
    names.extend(more.then(|| "and others".to_owned()));
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// The outlets that say it themselves and quote it too.
fn both(asked: &FindingContext<'_>, label: usize) -> Option<FindingLine> {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let told = RankedOutlet::of(outlet, label);
        (told.quoted > 0 && !told.is_nearly_only()).then(|| FindingPart {
            words: format!("{} {} of {}", asked.outlet(at), told.quoted, told.all),
            place: Some(Place::Group { outlet: at, voice: Voice::Attributed, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let words = format!(
        "{} both ways; in quotes, of all {} sentences{}: ",
        wording::capital(&asked.label(label)),
        asked.label(label),
        asked.naming(2)
    );
    (!parts.is_empty()).then(|| FindingLine::plain(words).list(parts, ", ").words("."))
}

fn other_quoted(asked: &FindingContext<'_>, label: usize) -> Option<FindingLine> {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let told = RankedOutlet::of(outlet, label);
        told.is_nearly_only().then(|| FindingPart {
            words: format!("{} {} of {}", asked.outlet(at), told.quoted, told.all),
            place: Some(Place::Group { outlet: at, voice: Voice::Attributed, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let words =
        format!("{} only or almost only in quotes: ", wording::capital(&asked.label(label)));
    (!parts.is_empty()).then(|| FindingLine::plain(words).list(parts, ", ").words("."))
}

/// Says that some outlets are not told of.
fn beyond(outlets: usize) -> Option<FindingLine> {
    let more = outlets.checked_sub(TOLD).filter(|more| *more > 0)?;
    let line = FindingLine::plain("And ")
        .link(wording::several(more as u64, "more outlet"), Place::Glance);
    Some(line.words("."))
}

/// The parts that are told; the others are counted.
fn shortened(mut parts: Vec<FindingPart>) -> Vec<FindingPart> {
    let more = parts.len().saturating_sub(TOLD);
    parts.truncate(TOLD);
    parts.extend(
        (more > 0)
            .then(|| FindingPart { words: format!("and {more} more"), place: Some(Place::Glance) }),
    );
    parts
}
