//! Which quotes are the same, and which wording stands for them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::attributed_passage::{Form, Passage};
use super::similarity::{FULL, Kept, are_same, covers};

/// Words in an n-gram that two quotes must share before they are compared.
const CANDIDATE_N: usize = 3;

/// Minimum number of outlets that print a wording to the letter for it to stand for longer ones of which it
/// is a part.
const COMMON: usize = 3;

/// Quotes that are the same.
#[derive(Debug, PartialEq)]
pub(super) struct QuoteCluster {
    /// The index of the wording that stands for all of them.
    pub(super) centre: usize,
    /// The indices of all, the centre's too, rising.
    pub(super) members: Vec<usize>,
}

/// The quotes that are the same, in the order of their first. Each is the same as the one that stands
/// for its cluster; so two that only have a third in common are not joined. What stands for a cluster
/// is the wording that most outlets print between quote marks: three or more to the letter, else in full
/// or in part, the longest of these; words without marks only where no marked wording covers them.
pub(super) fn clusters(quotes: &[Passage]) -> Vec<QuoteCluster> {
    // A quote may be stored many times in one article: what is equal is compared once.
    let mut equal: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, quote) in quotes.iter().enumerate() {
        let key = (&quote.outlet, &quote.quote.words, &quote.speakers, quote.form);
        equal.entry(key).or_default().push(at);
    }
    let mut equal: Vec<Vec<usize>> = equal.into_values().collect();
    equal.sort_unstable();
    let different: Vec<&Passage> = equal.iter().map(|places| &quotes[places[0]]).collect();
    let mut order: Vec<(usize, Vec<usize>)> = alike(&different).into_iter().enumerate().collect();
    order.sort_by_cached_key(|(at, near)| rank(&different, *at, near));
    let mut is_taken = vec![false; different.len()];
    let mut found = Vec::new();
    for (centre, mut near) in order {
        if is_taken[centre] {
            continue;
        }
        near.retain(|at| !is_taken[*at] && covers(&different[centre].quote, &different[*at].quote));
        near.push(centre);
        near.iter().for_each(|at| is_taken[*at] = true);
        let mut members: Vec<usize> = near.iter().flat_map(|at| &equal[*at]).copied().collect();
        members.sort_unstable();
        found.push(QuoteCluster { centre: equal[centre][0], members });
    }
    found.sort_by_key(|cluster| cluster.members[0]);
    found
}

/// For each quote the others that are the same, rising.
fn alike(quotes: &[&Passage]) -> Vec<Vec<usize>> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); quotes.len()];
    let mut holders: FxHashMap<&[String], Vec<usize>> = FxHashMap::default();
    for (at, quote) in quotes.iter().enumerate() {
        let mut candidates: FxHashSet<usize> = FxHashSet::default();
        for ngram in quote.quote.words.windows(CANDIDATE_N) {
            let holders = holders.entry(ngram).or_default();
            candidates.extend(holders.iter().copied());
            if holders.last() != Some(&at) {
                holders.push(at);
            }
        }
        for other in candidates.into_iter().filter(|other| *other != at) {
            let (a, b) = (quotes[other], *quote);
            if are_same(&a.quote, &b.quote, a.can_be_said_by(&b.speakers)) {
                near[at].push(other);
                near[other].push(at);
            }
        }
    }
    near.iter_mut().for_each(|near| near.sort_unstable());
    near
}

/// Whether a marked wording covers it; how many outlets print it between marks to the letter, where
/// these are several; how many print it in full or in part; its words; its letters, an editor's in
/// brackets with them; whether it ends without a stop; its place.
type Rank = (bool, Reverse<usize>, Reverse<usize>, Reverse<usize>, usize, bool, usize);

/// The best to stand for others comes first.
fn rank(quotes: &[&Passage], at: usize, near: &[usize]) -> Rank {
    let quote = quotes[at];
    let marked = || near.iter().map(|at| quotes[*at]).filter(|other| other.form == Form::Marked);
    let is_marked = quote.form == Form::Marked;
    let is_second = !is_marked && marked().any(|other| covers(&other.quote, &quote.quote));
    let is_part = |other: &&Passage| {
        let shorter = quote.quote.len().min(other.quote.len());
        let kept = Kept::of(&quote.quote, &other.quote);
        let is_most = kept.places.len() as f64 >= FULL * shorter as f64;
        is_most && kept.is_exact() && covers(&quote.quote, &other.quote)
    };
    let count = |others: &mut dyn Iterator<Item = &Passage>| {
        let own = is_marked.then_some(quote.outlet.as_str());
        let outlets = others.map(|other| other.outlet.as_str()).chain(own);
        outlets.collect::<BTreeSet<&str>>().len()
    };
    let exact = count(&mut marked().filter(|other| other.quote.words == quote.quote.words));
    let all = count(&mut marked().filter(is_part));
    let exact = if exact < COMMON { 0 } else { exact };
    let text = &quote.quote.text;
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let unended = !text.ends_with(['.', '!', '?']);
    (is_second, Reverse(exact), Reverse(all), Reverse(quote.quote.len()), letters, unended, at)
}
