//! Who says it in their own words, and who only quotes it.

use std::cmp::Reverse;

use super::{Answer, Asked, Line, Part, Place, TOLD};
use crate::render::{clean, inference, phrase};
use crate::report::{FEW_SENTENCES, OutletSummary, Stratum, Typical};
use crate::target::About;
use crate::voice::Voice;

/// So many characters of a sentence are shown.
const EXCERPT: usize = 100;

/// So many speakers are named.
const SPEAKERS: usize = 4;

/// Sentences that name the target and get a label: how many, of how many.
fn counts(outlet: &OutletSummary, voice: Voice, about: About, label: usize) -> (u64, u64) {
    let stratum = outlet.stratum(voice, about);
    stratum.map_or((0, 0), |stratum| (stratum.predicted(label), stratum.sentences))
}

/// Whose own sentences get the label; then, in one line, whose get the other.
pub(super) fn own(asked: &Asked<'_>, side: usize, other: Option<usize>) -> Answer {
    let label = asked.label(side);
    let question = match label.as_str() {
        "critical" | "supportive" => format!("Who is {label} in their own words?"),
        _ => format!("Whose own words are read as {label}?"),
    };
    let mut lines: Vec<Line> = inference::differences(asked.report, asked.target)
        .iter()
        .map(|told| Line::plain(clean::tidy(told)))
        .collect();
    let count = |(_, outlet): &(usize, &OutletSummary)| {
        counts(outlet, Voice::Outlet, About::Mention, side).0
    };
    let mut saying: Vec<_> = asked.outlets().filter(|of| count(of) > 0).collect();
    if saying.len() > TOLD {
        saying.sort_by_key(|of| Reverse(count(of)));
    }
    lines
        .extend(saying.iter().take(TOLD).map(|(at, outlet)| saying_line(asked, *at, outlet, side)));
    lines.extend(beyond(saying.len()));
    let unnamed: Vec<Line> =
        asked.outlets().filter_map(|(at, outlet)| unnamed_line(asked, at, outlet, side)).collect();
    let more = unnamed.len();
    lines.extend(unnamed.into_iter().take(TOLD));
    lines.extend(beyond(more));
    lines.extend(none(asked, side));
    lines.extend(other.map(|other| other_side(asked, other)));
    lines.extend(few(asked));
    Answer { question, key: key(asked), lines }
}

/// How the counts are to be read.
fn key(asked: &Asked<'_>) -> String {
    let counts = "Counts are of sentences, as the model reads them. At times it takes a report of \
        what others think for the outlet’s own view: read the sentences before you repeat a count.";
    if asked.target.name.is_empty() {
        return counts.to_owned();
    }
    let names = std::iter::once(&asked.target.name).chain(&asked.target.aliases);
    let names: Vec<String> = names.map(|name| format!("“{}”", clean::name(name))).collect();
    let names = clean::list(&names, ", ");
    format!(
        "{counts} Named it is by {names} alone; “without naming it”: in articles about it, where the \
         model is a poorer judge."
    )
}

fn saying_line(asked: &Asked<'_>, at: usize, outlet: &OutletSummary, label: usize) -> Line {
    let (count, all) = counts(outlet, Voice::Outlet, About::Mention, label);
    let place = Place::Group { outlet: at, voice: Voice::Outlet, label };
    let sentences = if all == 1 { "own sentence" } else { "own sentences" };
    let reads = if count == 1 { "is read as" } else { "are read as" };
    let mut line = Line::of(at)
        .words(format!("{}: ", asked.outlet(at)))
        .link(format!("{count} of {all}"), place.clone())
        .words(format!(" {sentences}{} {reads} {}", asked.naming(all), asked.label(label)))
        .words(share(asked, outlet, label));
    line = most_surely(line, at, surest(outlet, About::Mention, label));
    let (count, all) = counts(outlet, Voice::Outlet, About::Context, label);
    if count > 0 {
        line = line.words("; without naming it ").link(format!("{count} of {all}"), place);
        line = most_surely(line, at, surest(outlet, About::Context, label));
    }
    line.words(".")
}

/// One sentence with the probability of its label.
fn most_surely(line: Line, outlet: usize, of: Option<&Typical>) -> Line {
    let Some(of) = of else { return line };
    let text = clean::start(&clean::tidy(&of.text), EXCERPT);
    let (article, number) = (of.article.clone(), of.sentence);
    let how = if of.probability < 0.5 { "barely" } else { "most surely" };
    line.words(format!(", {how} "))
        .link(format!("“{text}”"), Place::Sentence { outlet, article, number })
        .words(format!(" ({} %)", phrase::percent(of.probability)))
}

/// The share, where it may be told.
fn share(asked: &Asked<'_>, outlet: &OutletSummary, label: usize) -> String {
    let is_audited = asked.report.provenance.audit.is_some();
    let told = |stratum: &Stratum| {
        let (value, interval) = match is_audited {
            true => stratum.corrected(label).map(|of| (of.value, of.interval))?,
            // The model alone tells nothing without an interval.
            false => {
                stratum.shares.get(label).and_then(|of| Some((of.mean, Some(of.interval?))))?
            }
        };
        let interval = interval.map(|of| format!("; 95 % interval {}", phrase::interval(Some(of))));
        let by = if is_audited { "corrected by hand labels" } else { "by the model alone" };
        let interval = interval.unwrap_or_default();
        Some(format!(" ({} % {by}{interval})", phrase::percent(value)))
    };
    let stratum = outlet.stratum(Voice::Outlet, About::Mention);
    let stratum = stratum.filter(|stratum| !stratum.is_few(is_audited));
    stratum.and_then(told).unwrap_or_default()
}

/// The own sentence of which the model is surest.
fn surest(outlet: &OutletSummary, about: About, label: usize) -> Option<&Typical> {
    let key = (Voice::Outlet, about, label);
    outlet.evidence.iter().find(|of| (of.voice, of.about, of.label) == key && !of.is_drawn)
}

/// An outlet with such sentences only among those that do not name the target.
fn unnamed_line(
    asked: &Asked<'_>,
    at: usize,
    outlet: &OutletSummary,
    label: usize,
) -> Option<Line> {
    let (named, _) = counts(outlet, Voice::Outlet, About::Mention, label);
    let (count, all) = counts(outlet, Voice::Outlet, About::Context, label);
    (named == 0 && count > 0).then(|| {
        let place = Place::Group { outlet: at, voice: Voice::Outlet, label };
        let line = Line::of(at)
            .words(format!("{}: only without naming it, ", asked.outlet(at)))
            .link(format!("{count} of {all}"), place);
        most_surely(line, at, surest(outlet, About::Context, label)).words(".")
    })
}

fn none(asked: &Asked<'_>, label: usize) -> Option<Line> {
    let is_silent = |outlet: &OutletSummary| {
        let [naming, other] = [About::Mention, About::Context];
        let counts = [naming, other].map(|about| counts(outlet, Voice::Outlet, about, label));
        counts[0].0 + counts[1].0 == 0
    };
    let silent = asked.outlets().filter(|(_, outlet)| is_silent(outlet));
    let silent: Vec<usize> = silent.map(|(at, _)| at).collect();
    let label = asked.label(label);
    let none =
        || Line::plain(format!("No own sentence is read as {label}: {}.", asked.names(&silent)));
    (!silent.is_empty()).then(none)
}

/// The same for the other side, so that nobody can say that only one was looked for.
fn other_side(asked: &Asked<'_>, label: usize) -> Line {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let (count, all) = counts(outlet, Voice::Outlet, About::Mention, label);
        (count > 0).then(|| Part {
            words: format!("{} {count} of {all}", asked.outlet(at)),
            place: Some(Place::Group { outlet: at, voice: Voice::Outlet, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let name = asked.label(label);
    match parts.is_empty() {
        true => Line::plain(format!(
            "Read as {name}: no own sentence{} in any outlet.",
            asked.naming(1)
        )),
        false => {
            Line::plain(format!("Read as {name} in their own words: ")).list(parts, ", ").words(".")
        }
    }
}

/// Whose figures say nothing of how often.
fn few(asked: &Asked<'_>) -> Option<Line> {
    let is_audited = asked.report.provenance.audit.is_some();
    let own = |outlet: &OutletSummary| outlet.stratum(Voice::Outlet, About::Mention).cloned();
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
    few.then(|| Line::plain(format!("Too few {least} to say how often: {whose}. Read them.")))
}

/// Which outlets convey the label in sources' words alone.
pub(super) fn quoted(asked: &Asked<'_>, side: usize, other: Option<usize>) -> Answer {
    let label = asked.label(side);
    let told = |outlet: &OutletSummary| Told::of(outlet, side);
    let only: Vec<_> =
        asked.outlets().filter(|(_, outlet)| told(outlet).is_nearly_only()).collect();
    let mut lines: Vec<Line> =
        only.iter().take(TOLD).map(|(at, outlet)| only_line(asked, *at, outlet, side)).collect();
    if lines.is_empty() {
        lines.push(Line::plain(format!("No outlet is {label} in quotes alone.")));
    }
    lines.extend(beyond(only.len()));
    lines.extend(both(asked, side));
    lines.extend(other.and_then(|other| other_quoted(asked, other)));
    let key =
        "A sentence that quotes or reports a source counts as the source’s, whole.".to_owned();
    Answer { question: format!("Who is {label} only in quotes?"), key, lines }
}

/// An outlet's sentences of a label that name the target.
pub(in crate::render) struct Told {
    /// In sources' words.
    pub(in crate::render) quoted: u64,
    /// In anybody's.
    pub(in crate::render) all: u64,
}

impl Told {
    pub(in crate::render) fn of(outlet: &OutletSummary, label: usize) -> Self {
        let [own, quoted] = Voice::ALL.map(|voice| counts(outlet, voice, About::Mention, label).0);
        Told { quoted, all: own + quoted }
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

fn only_line(asked: &Asked<'_>, at: usize, outlet: &OutletSummary, label: usize) -> Line {
    let told = Told::of(outlet, label);
    let name = asked.label(label);
    let only = if told.is_only() { "only" } else { "almost only" };
    let sentences = if told.all == 1 { "sentence" } else { "sentences" };
    let group = |voice| Place::Group { outlet: at, voice, label };
    let mut line = Line::of(at)
        .words(format!("{}: {name} {only} in quotes: ", asked.outlet(at)))
        .link(format!("{} of {}", told.quoted, told.all), group(Voice::Attributed))
        .words(format!(" {name} {sentences}{}", asked.naming(told.all)));
    line = line.words(speakers(outlet, About::Mention, label));
    let (count, all) = counts(outlet, Voice::Attributed, About::Context, label);
    if count > 0 {
        line = line.words(", and ").link(format!("{count} of {all}"), group(Voice::Attributed));
        line = line.words(" in quotes without naming it");
        line = line.words(speakers(outlet, About::Context, label));
    }
    let (count, all) = counts(outlet, Voice::Outlet, About::Context, label);
    if count > 0 {
        line = line.words("; yet in its own words ");
        line = line.link(format!("{count} of {all}"), group(Voice::Outlet));
        line = line.words(" without naming it");
        line = most_surely(line, at, surest(outlet, About::Context, label));
    }
    line.words(".")
}

/// Who speaks in those of the sentences shown, the surest first, in brackets.
fn speakers(outlet: &OutletSummary, about: About, label: usize) -> String {
    let key = (Voice::Attributed, about, label);
    let told = outlet.evidence.iter().filter(|of| (of.voice, of.about, of.label) == key);
    let mut names: Vec<String> = Vec::new();
    for name in told.flat_map(|of| &of.speakers).map(|name| clean::name(name)) {
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
fn both(asked: &Asked<'_>, label: usize) -> Option<Line> {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let told = Told::of(outlet, label);
        (told.quoted > 0 && !told.is_nearly_only()).then(|| Part {
            words: format!("{} {} of {}", asked.outlet(at), told.quoted, told.all),
            place: Some(Place::Group { outlet: at, voice: Voice::Attributed, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let words = format!(
        "{} both ways; in quotes, of all {} sentences{}: ",
        phrase::capital(&asked.label(label)),
        asked.label(label),
        asked.naming(2)
    );
    (!parts.is_empty()).then(|| Line::plain(words).list(parts, ", ").words("."))
}

fn other_quoted(asked: &Asked<'_>, label: usize) -> Option<Line> {
    let part = |(at, outlet): (usize, &OutletSummary)| {
        let told = Told::of(outlet, label);
        told.is_nearly_only().then(|| Part {
            words: format!("{} {} of {}", asked.outlet(at), told.quoted, told.all),
            place: Some(Place::Group { outlet: at, voice: Voice::Attributed, label }),
        })
    };
    let parts = shortened(asked.outlets().filter_map(part).collect());
    let words = format!("{} only or almost only in quotes: ", phrase::capital(&asked.label(label)));
    (!parts.is_empty()).then(|| Line::plain(words).list(parts, ", ").words("."))
}

/// Says that some outlets are not told of.
fn beyond(outlets: usize) -> Option<Line> {
    let more = outlets.checked_sub(TOLD).filter(|more| *more > 0)?;
    let line = Line::plain("And ").link(phrase::several(more as u64, "more outlet"), Place::Glance);
    Some(line.words("."))
}

/// The parts that are told; the others are counted.
fn shortened(mut parts: Vec<Part>) -> Vec<Part> {
    let more = parts.len().saturating_sub(TOLD);
    parts.truncate(TOLD);
    parts.extend(
        (more > 0).then(|| Part { words: format!("and {more} more"), place: Some(Place::Glance) }),
    );
    parts
}
