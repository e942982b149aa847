//! Finds text that several outlets print: equal sentences, shared quotations, agency copy.
//!
//! A sentence is shared with an outlet where
//! - its letters and digits are the same, and at least 32 of them, or
//! - at least half of the five-word runs between its quote marks stand between quote marks there:
//!   |A ∩ B| / |A| ≥ ½, the containment of Broder (1997), "On the resemblance and containment of
//!   documents".
//!
//! An article is a copy where more than ten of its sentences, or at least half of them, stand word
//! for word in one other outlet; then all of it is shared with that outlet. What is kept of a
//! sentence is one number, and one for each run: memory grows with the articles looked at together.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::text::normalised;
use crate::text::shingles::{hash, shingles};

/// Minimum number of letters and digits of a shared sentence: shorter ones are alike by chance.
const LENGTH: usize = 32;
/// An article with more shared sentences than this is a copy, however long it is.
const COPIED: usize = 10;

/// The hashes by which a sentence is recognised in other outlets.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// The hash of the sentence; `None` for a short one.
    whole: Option<u64>,
    /// The hashes of each run of five words between quotation marks, rising, without duplicates.
    runs: Vec<u64>,
}

impl Fingerprint {
    /// The fingerprint of a sentence and of the quotations in it.
    pub(crate) fn new<'a>(sentence: &str, quoted: impl Iterator<Item = &'a str>) -> Self {
        let letters = normalised(sentence);
        let long = letters.chars().nth(LENGTH - 1).is_some();
        let mut runs: Vec<u64> = quoted.flat_map(shingles).collect();
        runs.sort_unstable();
        runs.dedup();
        Fingerprint { whole: long.then(|| hash(&letters)), runs }
    }

    /// The hash of the sentence; `None` for a short one.
    pub(crate) fn whole(&self) -> Option<u64> {
        self.whole
    }

    /// The hashes of each run of five words between quotation marks, rising, without duplicates.
    pub(crate) fn runs(&self) -> &[u64] {
        &self.runs
    }
}

/// An index of the sentences of several articles.
#[derive(Debug)]
pub(crate) struct ShingleIndex {
    whole: Holders,
    runs: Holders,
    n_outlets: usize,
}

/// The outlets of each hash. Nearly every hash belongs to one outlet.
#[derive(Debug)]
struct Holders {
    first: FxHashMap<u64, Held>,
    /// The outlets of all hashes that several outlets have.
    several: Vec<Vec<u32>>,
}

/// The outlets of a hash.
#[derive(Debug, Clone, Copy)]
enum Held {
    One(u32),
    /// An index in the list of several outlets.
    Several(u32),
}

impl Holders {
    /// Enters the outlets of each hash.
    fn of(held: impl Iterator<Item = (u32, u64)> + Clone) -> Self {
        let first = FxHashMap::with_capacity_and_hasher(held.clone().count(), FxBuildHasher);
        let mut holders = Holders { first, several: Vec::new() };
        held.for_each(|(outlet, key)| holders.note(key, outlet));
        holders
    }

    fn note(&mut self, key: u64, outlet: u32) {
        let held = self.first.entry(key).or_insert(Held::One(outlet));
        match *held {
            Held::One(first) if first == outlet => {}
            Held::One(first) => {
                // There are no more lists than hashes, so the index fits.
                *held = Held::Several(u32::try_from(self.several.len()).unwrap_or(u32::MAX));
                self.several.push(vec![first, outlet]);
            }
            Held::Several(at) => {
                let outlets = &mut self.several[at as usize];
                if !outlets.contains(&outlet) {
                    outlets.push(outlet);
                }
            }
        }
    }

    /// The other outlets that have a hash.
    fn others(&self, key: u64, outlet: u32) -> impl Iterator<Item = u32> {
        let several = match self.first.get(&key) {
            Some(Held::Several(at)) => &self.several[*at as usize][..],
            // No other outlet has it.
            Some(Held::One(_)) | None => &[],
        };
        several.iter().copied().filter(move |other| *other != outlet)
    }
}

impl ShingleIndex {
    /// An index of articles, each given by the number of its outlet and the fingerprints of its sentences.
    pub(crate) fn new(articles: &[(u32, &[Fingerprint])], n_outlets: usize) -> Self {
        let held = || {
            articles.iter().flat_map(|(outlet, all)| all.iter().map(move |keys| (*outlet, keys)))
        };
        let whole = held().filter_map(|(outlet, keys)| Some((outlet, keys.whole?)));
        let runs =
            held().flat_map(|(outlet, keys)| keys.runs.iter().map(move |run| (outlet, *run)));
        ShingleIndex::of_hashes(whole, runs, n_outlets)
    }

    /// An index of the hashes of whole sentences and of quoted runs, each with the number of an outlet.
    pub(crate) fn of_hashes(
        whole: impl Iterator<Item = (u32, u64)> + Clone + Send,
        runs: impl Iterator<Item = (u32, u64)> + Clone + Send,
        n_outlets: usize,
    ) -> Self {
        let (whole, runs) = rayon::join(|| Holders::of(whole), || Holders::of(runs));
        ShingleIndex { whole, runs, n_outlets }
    }

    /// For each sentence of an article the other outlets that carry it, rising.
    pub(crate) fn carriers(&self, outlet: u32, article: &[Fingerprint]) -> Vec<Vec<u32>> {
        let wholes: Vec<Vec<u32>> = article
            .iter()
            .map(|keys| {
                keys.whole.map_or_else(Vec::new, |key| self.whole.others(key, outlet).collect())
            })
            .collect();
        let copied = self.copied(article, &wholes);
        let of_sentence = |(keys, mut carriers): (&Fingerprint, Vec<u32>)| {
            carriers.extend(self.quoting(outlet, keys));
            if !copied.is_empty() && *keys != Fingerprint::default() {
                carriers.extend(&copied);
            }
            carriers.sort_unstable();
            carriers.dedup();
            carriers
        };
        article.iter().zip(wholes).map(of_sentence).collect()
    }

    /// The outlets that the article is a copy of, or that copied it.
    fn copied(&self, article: &[Fingerprint], wholes: &[Vec<u32>]) -> Vec<u32> {
        let all = article.iter().filter(|keys| keys.whole.is_some()).count();
        let mut counts = vec![0; self.n_outlets];
        wholes.iter().flatten().for_each(|outlet| counts[*outlet as usize] += 1);
        let is_copy = |count: usize| count > COPIED || (count > 1 && count * 2 >= all);
        let outlets = (0..).zip(counts).filter(|(_, count)| is_copy(*count));
        outlets.map(|(outlet, _)| outlet).collect()
    }

    /// The other outlets that quote at least half of what the sentence quotes.
    fn quoting(&self, outlet: u32, keys: &Fingerprint) -> Vec<u32> {
        let mut found: Vec<u32> =
            keys.runs.iter().flat_map(|key| self.runs.others(*key, outlet)).collect();
        found.sort_unstable();
        let groups = found.chunk_by(|one, next| one == next);
        groups.filter(|group| group.len() * 2 >= keys.runs.len()).map(|group| group[0]).collect()
    }
}

/// The news agencies whose mark stands behind a place at the head of a text.
const AGENCIES: [(&str, &str); 6] = [
    ("(AP)", "Associated Press"),
    ("(Reuters)", "Reuters"),
    ("(REUTERS)", "Reuters"),
    ("(AFP)", "AFP"),
    ("(UPI)", "UPI"),
    ("(dpa)", "dpa"),
];
/// How far into a text such a mark is looked for, in bytes.
const HEAD: usize = 120;

/// The agency that a text of another outlet names as its author: `OAKTON, Ohio (AP) — The dam …`.
pub(crate) fn agency(text: &str, outlet: &str) -> Option<&'static str> {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= HEAD).unwrap_or(text.len());
    let marked = |line: &&str| AGENCIES.iter().any(|(mark, _)| line.contains(mark));
    let line = text[..end].lines().find(marked)?;
    AGENCIES.iter().find_map(|(mark, name)| {
        let (place, rest) = line.split_once(mark)?;
        let dashed = rest.trim_start().starts_with(['—', '–', '-']);
        let placed = place.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
        let own = outlet.contains(name) || *outlet == mark[1..mark.len() - 1];
        (dashed && placed && !own).then_some(*name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(sentence: &str, quoted: &str) -> Fingerprint {
        Fingerprint::new(sentence, std::iter::once(quoted))
    }

    /// The carriers of the first article's sentences; each article stands in an outlet of its own.
    #[track_caller]
    fn check(articles: &[&[Fingerprint]], expected: &[&[u32]]) {
        let numbered: Vec<(u32, &[Fingerprint])> = (0..).zip(articles.iter().copied()).collect();
        let index = ShingleIndex::new(&numbered, articles.len());
        assert_eq!(index.carriers(0, articles[0]), expected);
    }

    const SENTENCE: &str = "The dam above the old mill broke in the night.";

    #[test]
    fn the_same_letters() {
        let other = keys("The dam above the old mill “broke” in the night!", "");
        check(&[&[keys(SENTENCE, "")], &[other], &[keys("The dam held.", "")]], &[&[1]]);
        check(&[&[keys("The dam held.", "")], &[keys("The dam held.", "")]], &[&[]]);
    }

    #[test]
    fn half_of_a_quotation() {
        let long = "we shall build it again and it shall be higher than ever before";
        let half = "we shall build it again and it shall be";
        let little = "we shall build it again";
        check(&[&[keys("One.", long)], &[keys("Two.", half)]], &[&[1]]);
        check(&[&[keys("One.", long)], &[keys("Two.", little)]], &[&[]]);
        check(&[&[keys("One.", little)], &[keys("Two.", long)]], &[&[1]]);
    }

    #[test]
    fn one_outlet_shares_nothing_with_itself() {
        let carriers =
            |keys: &[Fingerprint]| ShingleIndex::new(&[(0, keys), (0, keys)], 1).carriers(0, keys);
        assert_eq!(carriers(&[keys(SENTENCE, "")]), [Vec::<u32>::new()]);
    }

    #[test]
    fn copies_are_shared_throughout() {
        let sentence = |n: usize| keys(&format!("{SENTENCE} It was the night of day {n}."), "");
        let copy: Vec<Fingerprint> = (0..4).map(sentence).collect();
        let mut original = copy.clone();
        original[3] = keys("The dam above the new mill broke in the morning.", "");
        check(&[&copy, &original], &[&[1], &[1], &[1], &[1]]);
        let mut other = vec![copy[0].clone()];
        other.extend((10..15).map(sentence));
        check(&[&copy, &other], &[&[1], &[], &[], &[]]);
    }

    #[test]
    fn agencies() {
        let of = |text| agency(text, "The Dam");
        assert_eq!(of("OAKTON, Ohio (AP) — The dam broke."), Some("Associated Press"));
        assert_eq!(of("OAKTON (Reuters) - The dam broke."), Some("Reuters"));
        assert_eq!(of("The union (AP) - and others - left."), None);
        assert_eq!(of("The dam broke."), None);
        assert_eq!(of(""), None);
        for own in ["AP", "The Associated Press"] {
            assert_eq!(agency("OAKTON (AP) — The dam broke.", own), None);
        }
    }
}
