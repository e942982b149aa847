//! What each outlet made of one quote.

use std::collections::{BTreeMap, BTreeSet};

use super::attributed_passage::Passage;
use super::indirect_speech::IndirectSpeech;
use super::normalized_quote::NormalizedQuote;
use super::similarity::{FULL, Kept};
use crate::report::quotes::{OutletUse, SharedQuote, UseForm};
use crate::report::sentence_label::{Judge, SentenceLabel};
use crate::report::speaker_index::can_be_one;
use crate::voice;

/// The outlets, and the sentences in which a quote may be reported.
pub(super) struct Corpus<'p> {
    /// In the order of the report.
    pub(super) outlets: &'p [String],
    pub(super) indirect: IndirectSpeech<'p>,
}

impl Corpus<'_> {
    /// A quote across outlets; `members` are its printings.
    pub(super) fn shared_quote(&self, centre: &Passage, members: &[&Passage]) -> SharedQuote {
        let given = given(members);
        let mut speakers = speakers(members, &given);
        let query = self.indirect.query(&centre.quote, &speakers);
        let uses = self.outlets.iter().map(|outlet| {
            let of_outlet = members.iter().filter(|member| member.outlet == *outlet);
            let printed: Vec<&Passage> = of_outlet.copied().collect();
            use_of(outlet, &centre.quote, &printed, || self.indirect.find(outlet, &query))
        });
        let uses = uses.collect();
        if speakers.first().is_some_and(|name| is_disputed(&given, name)) {
            speakers.clear();
        }
        let n_targets = centre.labels.len();
        let judged = (0..n_targets).map(|target| label(members, target)).collect();
        let targets = (0..n_targets).map(|target| names(members, target)).collect();
        SharedQuote { text: centre.quote.text.clone(), speakers, judged, targets, uses }
    }
}

/// What an outlet made of a quote: `printed` are its own printings, `find_indirect` looks for a sentence
/// that reports it, and says whether in its very words.
fn use_of<'p>(
    outlet: &str,
    quote: &NormalizedQuote,
    printed: &[&Passage],
    find_indirect: impl FnOnce() -> Option<(&'p Passage, bool)>,
) -> OutletUse {
    let (form, passage, dropped) = match (printing(quote, printed), printed.first()) {
        (Some((passage, dropped)), _) if dropped.is_empty() => {
            (UseForm::Full, Some(passage), dropped)
        }
        (Some((passage, dropped)), _) => (UseForm::Trimmed, Some(passage), dropped),
        (None, Some(passage)) => (UseForm::Paraphrased, Some(*passage), Vec::new()),
        (None, None) => match find_indirect() {
            Some((passage, true)) => (UseForm::Full, Some(passage), Vec::new()),
            Some((passage, false)) => (UseForm::Paraphrased, Some(passage), Vec::new()),
            None => (UseForm::Absent, None, Vec::new()),
        },
    };
    let place = passage.map(Passage::place);
    OutletUse { outlet: outlet.to_owned(), form, place, dropped }
}

/// Whether a sentence that prints a quote names a target.
fn names(members: &[&Passage], target: usize) -> bool {
    let label = |member: &&Passage| member.labels.get(target).cloned().flatten();
    members.iter().filter_map(label).any(|label| label.is_mention())
}

/// What the printings of a quote express toward a target: the label that coders gave most of them, else
/// that of the first one.
fn label(members: &[&Passage], target: usize) -> Option<SentenceLabel> {
    let labels = || members.iter().filter_map(|member| member.labels.get(target)?.as_ref());
    let mut coded: BTreeMap<usize, (usize, &SentenceLabel)> = BTreeMap::new();
    for label in labels().filter(|label| label.by == Judge::Coder) {
        coded.entry(label.label.index).or_insert((0, label)).0 += 1;
    }
    let most = coded.into_values().rev().max_by_key(|(times, _)| *times);
    most.map(|(_, label)| label).or_else(|| labels().next()).cloned()
}

/// By name that a printing gives alone: the outlets that give it, and how often it is given.
type Given<'p> = BTreeMap<&'p str, (BTreeSet<&'p str>, usize)>;

fn given<'p>(members: &[&'p Passage]) -> Given<'p> {
    let mut given = Given::new();
    for member in members {
        if let [name] = member.speakers.as_slice() {
            let (outlets, times) = given.entry(name).or_default();
            outlets.insert(&member.outlet);
            *times += 1;
        }
    }
    given
}

fn is_name(speaker: &str) -> bool {
    speaker.starts_with(char::is_uppercase)
}

/// Who speaks: the name that most outlets give alone, among equals a full one, then the one that is
/// given most often; where none is, the names that come first.
fn speakers(members: &[&Passage], given: &Given<'_>) -> Vec<String> {
    let best = given.iter().rev().max_by_key(|(name, (outlets, times))| {
        (is_name(name), outlets.len(), voice::is_full_name(name), *times)
    });
    if let Some((name, _)) = best {
        return vec![(*name).to_owned()];
    }
    let some = members.iter().map(|member| &member.speakers).find(|names| !names.is_empty());
    some.cloned().unwrap_or_default()
}

/// Whether as many outlets name somebody else: then nobody is told.
fn is_disputed(given: &Given<'_>, name: &str) -> bool {
    let own = given.get(name).map_or(0, |(outlets, _)| outlets.len());
    let others = given.iter().filter(|(other, _)| is_name(other) && !can_be_one(name, other));
    others.map(|(_, (outlets, _))| outlets.len()).any(|n| n >= own)
}

/// Where an outlet prints the very words, and what it leaves out of them; the article counts that has
/// most of them. An article may print a quote in several pieces.
fn printing<'p>(
    whole: &NormalizedQuote,
    printed: &[&'p Passage],
) -> Option<(&'p Passage, Vec<String>)> {
    let mut articles: BTreeMap<&str, (&Passage, usize, BTreeSet<usize>)> = BTreeMap::new();
    for passage in printed {
        let kept = Kept::of(whole, &passage.quote);
        if !kept.is_verbatim() {
            continue;
        }
        let kept = kept.places;
        let (best, most, all) = articles
            .entry(&passage.article)
            .or_insert_with(|| (passage, kept.len(), BTreeSet::new()));
        if kept.len() > *most {
            (*best, *most) = (passage, kept.len());
        }
        all.extend(kept);
    }
    let (best, _, kept) = articles.into_values().rev().max_by_key(|(_, _, kept)| kept.len())?;
    let is_full = kept.len() as f64 >= FULL * whole.len() as f64;
    Some((best, if is_full { Vec::new() } else { whole.without(&kept) }))
}
