//! How much two wordings have in common.

use rustc_hash::FxHashSet;

use super::normalized_quote::NormalizedQuote;

/// Words in a run.
const RUN: usize = 5;

/// So much of the shorter wording's runs must stand in the longer one.
const CONTAINED: f64 = 0.6;

/// Or so much of its words, in the same order …
const IN_ORDER: f64 = 0.8;

/// … within so many words of the longer one for each of them.
const SPREAD: f64 = 1.4;

/// So much more of either where two people said it: what both were told to say is not what one said.
const OF_ANOTHER: f64 = 0.1;

/// With fewer words than this the same can be said by chance: the longer wording must have all of them
/// and the same mouth, and two must tell something, unless there are no others.
const BY_CHANCE: usize = 7;

/// So much of a wording makes it full.
pub(super) const FULL: f64 = 0.9;

/// Of so many words one may be another.
const CHANGED: usize = 10;

/// Whether two wordings are of the same quote: three fifths of the five-word runs of the shorter stand
/// in the longer, or four fifths of its words do in the same order and close together (after Niculae
/// et al. 2015, QUOTUS, where half of the runs suffice: then a long beginning in common makes two
/// quotes one). `one_mouth` tells that one person can have said both.
pub(super) fn are_same(a: &NormalizedQuote, b: &NormalizedQuote, one_mouth: bool) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let n = shorter.len();
    let tells = n == longer.len() || shorter.telling().len() > 1;
    let is_short = n < BY_CHANCE;
    if n == 0 || (is_short && !(one_mouth && tells)) {
        return false;
    }
    let more = if one_mouth { 0.0 } else { OF_ANOTHER };
    let run = RUN.min(n);
    let runs: FxHashSet<&[String]> = longer.words.windows(run).collect();
    let contained = shorter.words.windows(run).filter(|words| runs.contains(words)).count();
    let share = contained as f64 / (n + 1 - run) as f64;
    if share >= if is_short { 1.0 } else { CONTAINED + more } {
        return true;
    }
    let kept = aligned(&longer.words, &shorter.words);
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return false };
    let spread = (last.0 + 1 - first.0) as f64;
    let share = kept.len() as f64 / n as f64;
    let enough = if is_short { 1.0 } else { IN_ORDER + more };
    n >= RUN && share >= enough && spread <= SPREAD * kept.len() as f64
}

/// Whether a wording can stand for another of the same quote: it has at least half of its words.
pub(super) fn covers(wording: &NormalizedQuote, other: &NormalizedQuote) -> bool {
    other.len() <= wording.len() || 2 * aligned(&wording.words, &other.words).len() >= other.len()
}

/// What one wording prints of another.
pub(super) struct Kept {
    /// The places of these words in the other.
    pub(super) places: Vec<usize>,
    /// How many words of its own it has among them.
    changed: usize,
}

impl Kept {
    /// What `part` prints of `whole`.
    pub(super) fn of(whole: &NormalizedQuote, part: &NormalizedQuote) -> Self {
        let kept = aligned(&whole.words, &part.words);
        let ends = kept.first().zip(kept.last());
        let changed = ends.map_or(0, |(first, last)| last.1 + 1 - first.1 - kept.len());
        Kept { places: kept.iter().map(|pair| pair.0).collect(), changed }
    }

    /// Whether these are its very words: of ten one at most is another.
    pub(super) fn is_verbatim(&self) -> bool {
        self.changed <= 1.max(self.places.len() / CHANGED)
    }

    /// Whether no word is another, or hardly one in a long quote.
    pub(super) fn is_exact(&self) -> bool {
        self.changed <= self.places.len() / (2 * CHANGED)
    }
}

/// Whether a sentence holds a wording in full, word for word and in runs, whatever else it says.
pub(super) fn holds(sentence: &NormalizedQuote, wording: &NormalizedQuote) -> bool {
    let run = RUN.min(wording.len());
    if run == 0 {
        return false;
    }
    let runs: FxHashSet<&[String]> = sentence.words.windows(run).collect();
    let mut held = vec![false; wording.len()];
    for (at, words) in wording.words.windows(run).enumerate() {
        if runs.contains(words) {
            held[at..at + run].fill(true);
        }
    }
    held.iter().filter(|held| **held).count() as f64 >= FULL * wording.len() as f64
}

/// The words that `part` has in the same order as `whole`, gaps allowed (the longest common
/// subsequence): places in the whole and in the part. A word that comes twice can be kept in either
/// place: the reading in fewer pieces is meant.
fn aligned(whole: &[String], part: &[String]) -> Vec<(usize, usize)> {
    let early = in_order(whole, part);
    let turned = |words: &[String]| words.iter().rev().cloned().collect::<Vec<String>>();
    let from_behind = in_order(&turned(whole), &turned(part)).into_iter().rev();
    let late: Vec<(usize, usize)> =
        from_behind.map(|(a, b)| (whole.len() - 1 - a, part.len() - 1 - b)).collect();
    let pieces = |kept: &[(usize, usize)]| kept.chunk_by(|a, b| a.0 + 1 == b.0).count();
    if pieces(&late) < pieces(&early) { late } else { early }
}

fn in_order(whole: &[String], part: &[String]) -> Vec<(usize, usize)> {
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
            kept.push((i, j));
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

    fn same(a: &str, b: &str) -> bool {
        are_same(&NormalizedQuote::new(a), &NormalizedQuote::new(b), true)
    }

    #[test]
    fn most_of_the_runs_or_most_of_the_words_make_a_quote_the_same() {
        let whole = "we will not spend one more penny on this wall of steel";
        assert!(same(whole, "not spend one more penny on this"));
        assert!(same(whole, "we will never spend one more penny on a wall of steel"));
        assert!(!same(whole, "one more penny for the ferry would be enough"));
        assert!(!same(whole, "we will not spend one more penny on a boat or a ferry or a bridge"));
    }

    #[test]
    fn a_few_words_are_the_same_by_chance() {
        let whole = "we will not spend one more penny on this wall of steel";
        assert!(same(whole, "this wall of steel") && !same(whole, "a wall of steel"));
        assert!(!same(whole, "we will not") && same("we will not", "We will not!"));
    }

    #[test]
    fn two_people_say_much_the_same() {
        let (one, other) = (
            NormalizedQuote::new("it says the town can make laws about dams"),
            NormalizedQuote::new(
                "it is saying that the town can make laws about dams under the act",
            ),
        );
        assert!(are_same(&one, &other, true) && !are_same(&one, &other, false));
        assert!(are_same(&one, &one, false));
    }

    #[test]
    fn small_words_scattered_over_a_long_quote_are_not_the_same() {
        let whole = "we have heard that the dam will in the end be of no use to the town or to us";
        assert!(!same(whole, "the end of the dam to us"));
    }

    #[test]
    fn the_very_words_or_others() {
        let whole =
            NormalizedQuote::new("it is not the worst dam I have ever seen but it is pretty close");
        let kept = |part: &str| {
            let kept = Kept::of(&whole, &NormalizedQuote::new(part));
            kept.is_verbatim().then_some((kept.places.len(), kept.is_exact()))
        };
        let part = "not the worst dam I have ever seen, but it is pretty close";
        assert_eq!(kept(part), Some((13, true)));
        assert_eq!(kept(&part.replace("it is", "it’s")), Some((12, false)));
        assert_eq!(kept("she said it is not the worst dam I have ever seen"), Some((10, true)));
        assert_eq!(kept("it is not the poorest dam I have ever seen but rather it is near"), None);
    }

    #[test]
    fn a_sentence_can_hold_a_quote_without_marks() {
        let quote = NormalizedQuote::new("spend one more penny on this wall of steel");
        let holds = |text: &str| holds(&NormalizedQuote::new(text), &quote);
        assert!(holds("Lee said she would not spend one more penny on this wall of steel, ever."));
        assert!(!holds("Lee said this wall of steel was worth no more than one penny."));
    }
}
