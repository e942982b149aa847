//! What each outlet made of one quote.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{FULL, holds, verbatim};
use super::passage::Passage;
use super::wording::Wording;
use super::{Quoted, SharedQuote, Use};
use crate::report::judged::Judged;

/// Telling words that a paraphrase must have in common with the quote, beside half of them all; all
/// where the quote has fewer.
const TELLING: usize = 4;

/// A quote across outlets. `members` are its printings, `told` the sentences that tell what sources
/// said; `judge` says what words express, by target.
pub(super) fn shared_quote(
    centre: &Passage,
    members: &[&Passage],
    told: &[Passage],
    outlets: &[String],
    judge: &dyn Fn(&str) -> Vec<Judged>,
) -> SharedQuote {
    let speakers = speakers(members);
    let use_of = |outlet: &String| {
        let printed: Vec<&Passage> =
            members.iter().filter(|member| member.outlet == *outlet).copied().collect();
        let told = || told_by(outlet, &centre.wording, &speakers, told);
        let (full, loose) = (printing(&centre.wording, &printed), printed.first());
        match (full, loose) {
            (Some((passage, dropped)), _) => {
                Use::Quoted(Quoted { place: passage.place(judge), dropped })
            }
            (None, Some(passage)) => Use::Paraphrased(passage.place(judge)),
            (None, None) => match told() {
                Some((passage, true)) => {
                    Use::Quoted(Quoted { place: passage.place(judge), dropped: Vec::new() })
                }
                Some((passage, false)) => Use::Paraphrased(passage.place(judge)),
                None => Use::Absent,
            },
        }
    };
    let uses = outlets.iter().map(use_of).collect();
    let is_read =
        |target: usize| members.iter().any(|member| member.is_read.get(target) == Some(&true));
    let judged = judge(&centre.wording.text).into_iter().enumerate();
    let judged = judged.map(|(target, judged)| Some(judged).filter(|_| is_read(target))).collect();
    SharedQuote { text: centre.wording.text.clone(), speakers, judged, uses }
}

/// Who speaks: the name that most outlets give alone; where none does, the names that come first.
fn speakers(members: &[&Passage]) -> Vec<String> {
    let mut outlets: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for member in members {
        if let [name] = member.speakers.as_slice() {
            outlets.entry(name).or_default().insert(&member.outlet);
        }
    }
    let rank = |name: &String, outlets: &BTreeSet<&String>| {
        (name.starts_with(char::is_uppercase), outlets.len())
    };
    let best = outlets.iter().rev().max_by_key(|(name, outlets)| rank(name, outlets));
    if let Some((name, _)) = best {
        return vec![(*name).clone()];
    }
    let some = members.iter().map(|member| &member.speakers).find(|names| !names.is_empty());
    some.cloned().unwrap_or_default()
}

/// Where an outlet prints the very words, and what it leaves out of them; the article counts that has
/// most of them. An article may print a quote in several pieces.
fn printing<'p>(whole: &Wording, printed: &[&'p Passage]) -> Option<(&'p Passage, Vec<String>)> {
    let mut articles: BTreeMap<&str, (&Passage, usize, BTreeSet<usize>)> = BTreeMap::new();
    for passage in printed {
        let Some(kept) = verbatim(whole, &passage.wording) else { continue };
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

/// The sentence of an outlet that tells what a quote says, and whether in its very words; else it has
/// half of its telling words.
fn told_by<'p>(
    outlet: &str,
    quote: &Wording,
    speakers: &[String],
    told: &'p [Passage],
) -> Option<(&'p Passage, bool)> {
    let candidates = || told.iter().filter(|told| told.outlet == *outlet);
    if let Some(found) = candidates().find(|told| holds(&told.wording, quote)) {
        return Some((found, true));
    }
    let telling = quote.telling();
    let common = |passage: &Passage| telling.intersection(&passage.wording.telling()).count();
    let (found, best) = candidates()
        .filter(|told| told.can_be_said_by(speakers))
        .map(|passage| (common(passage), passage))
        .rev()
        .max_by_key(|(common, _)| *common)?;
    let enough = TELLING.min(telling.len()).max(2);
    (found >= enough && 2 * found >= telling.len()).then_some((best, false))
}
