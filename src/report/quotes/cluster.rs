//! Which quotes are the same.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::passage::Passage;

/// Words in a run.
const RUN: usize = 5;

/// So much of the shorter quote's runs must stand in the longer.
const CONTAINED: f64 = 0.5;

/// Or so much of its words, in the same order.
const IN_ORDER: f64 = 0.8;

/// Words in a run that two quotes must share before their order is looked at.
const HINT: usize = 3;

/// Groups of quotes that are the same, each as rising places; the groups in order of their first.
pub(super) fn clusters(quotes: &[Passage]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..quotes.len()).collect();
    let mut holders: FxHashMap<&[String], Vec<usize>> = FxHashMap::default();
    for (at, quote) in quotes.iter().enumerate() {
        let mut candidates: FxHashSet<usize> = FxHashSet::default();
        for run in quote.words.windows(HINT) {
            let holders = holders.entry(run).or_default();
            candidates.extend(holders.iter().copied());
            if holders.last() != Some(&at) {
                holders.push(at);
            }
        }
        let mut candidates: Vec<usize> = candidates.into_iter().filter(|c| *c != at).collect();
        candidates.sort_unstable();
        for other in candidates {
            let (here, there) = (root(&mut parent, at), root(&mut parent, other));
            if here != there && are_same(&quotes[other].words, &quote.words) {
                parent[here.max(there)] = here.min(there);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..quotes.len() {
        groups.entry(root(&mut parent, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn are_same(a: &[String], b: &[String]) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let runs: FxHashSet<&[String]> = longer.windows(RUN).collect();
    let contained = shorter.windows(RUN).filter(|run| runs.contains(run)).count();
    let n_runs = (shorter.len() + 1).saturating_sub(RUN).max(1);
    contained as f64 >= CONTAINED * n_runs as f64
        || kept_in_order(longer, shorter).len() as f64 >= IN_ORDER * shorter.len() as f64
}

/// The places in `whole` of the longest run of words, gaps allowed, that `part` has in the same
/// order (the longest common subsequence).
pub(super) fn kept_in_order(whole: &[String], part: &[String]) -> Vec<usize> {
    let width = part.len() + 1;
    let mut longest = vec![0_u32; (whole.len() + 1) * width];
    for i in (0..whole.len()).rev() {
        for j in (0..part.len()).rev() {
            longest[i * width + j] = match whole[i] == part[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut kept = Vec::new();
    while i < whole.len() && j < part.len() {
        if whole[i] == part[j] {
            kept.push(i);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_string).collect()
    }

    #[test]
    fn half_of_the_runs_or_most_of_the_words_make_a_quote_the_same() {
        let whole = words("we will not spend one more penny on this wall of steel");
        assert!(are_same(&whole, &words("not spend one more penny on this")));
        assert!(are_same(&whole, &words("we will never spend one more penny on a wall of steel")));
        assert!(!are_same(&whole, &words("one more penny for the ferry would be enough")));
    }

    #[test]
    fn places_kept_are_those_of_the_whole() {
        assert_eq!(kept_in_order(&words("a b c d e"), &words("b x d e")), [1, 3, 4]);
        assert_eq!(kept_in_order(&words("a b"), &words("c")), Vec::<usize>::new());
    }
}
