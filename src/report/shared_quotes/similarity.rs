//! How much two quotes have in common.

use rustc_hash::FxHashSet;

use super::normalized_quote::NormalizedQuote;

/// Words in an n-gram.
const N: usize = 5;

/// Minimum share of the shorter quote's n-grams that the longer one contains.
const CONTAINMENT: f64 = 0.6;

/// Else, minimum share of its words that the longer one has in the same order …
const IN_ORDER: f64 = 0.8;

/// … and maximum number of words of the longer one per word in common.
const SPREAD: f64 = 1.4;

/// Added to either minimum where two people speak: they may repeat a phrase without quoting one source.
const OTHER_SPEAKER: f64 = 0.1;

/// Shorter quotes can be alike by chance: the longer one must contain them whole, the speaker must be the
/// same, and two words must be content words, unless both quotes are equally long.
const MIN_WORDS: usize = 7;

/// Minimum share of a quote's words that makes a printing full.
pub(super) const FULL: f64 = 0.9;

/// One word in this number may be another.
const CHANGED: usize = 10;

/// Whether two wordings are of the same quote: three fifths of the five-grams of the shorter stand in the
/// longer, or four fifths of its words do in the same order and close together. After Niculae et al.
/// (2015), QUOTUS, where half of the n-grams suffice: then a long beginning in common makes two quotes
/// one. `same_speaker` says whether one person can have said both.
pub(super) fn are_same(a: &NormalizedQuote, b: &NormalizedQuote, same_speaker: bool) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let n_words = shorter.len();
    let has_content = n_words == longer.len() || shorter.content_words().len() > 1;
    let is_short = n_words < MIN_WORDS;
    if n_words == 0 || (is_short && !(same_speaker && has_content)) {
        return false;
    }
    let more = if same_speaker { 0.0 } else { OTHER_SPEAKER };
    let n = N.min(n_words);
    let ngrams: FxHashSet<&[String]> = longer.words.windows(n).collect();
    let contained = shorter.words.windows(n).filter(|ngram| ngrams.contains(ngram)).count();
    let share = contained as f64 / (n_words + 1 - n) as f64;
    if share >= if is_short { 1.0 } else { CONTAINMENT + more } {
        return true;
    }
    let aligned = aligned(&longer.words, &shorter.words);
    let (Some(first), Some(last)) = (aligned.first(), aligned.last()) else { return false };
    let spread = (last.0 + 1 - first.0) as f64;
    let share = aligned.len() as f64 / n_words as f64;
    let enough = if is_short { 1.0 } else { IN_ORDER + more };
    n_words >= N && share >= enough && spread <= SPREAD * aligned.len() as f64
}

/// Whether a wording can stand for another of the same quote: it has at least half of its words.
pub(super) fn covers(wording: &NormalizedQuote, other: &NormalizedQuote) -> bool {
    other.len() <= wording.len() || 2 * aligned(&wording.words, &other.words).len() >= other.len()
}

/// What one wording repeats of another.
pub(super) struct Kept {
    /// The indices of these words in the other.
    pub(super) places: Vec<usize>,
    /// How many words of its own it has among them.
    changed: usize,
}

impl Kept {
    /// What `part` repeats of `whole`.
    pub(super) fn of(whole: &NormalizedQuote, part: &NormalizedQuote) -> Self {
        let kept = aligned(&whole.words, &part.words);
        let ends = kept.first().zip(kept.last());
        let changed = ends.map_or(0, |(first, last)| last.1 + 1 - first.1 - kept.len());
        Kept { places: kept.iter().map(|pair| pair.0).collect(), changed }
    }

    /// Whether these are its very words: one at most is another, or one in ten.
    pub(super) fn is_verbatim(&self) -> bool {
        self.changed <= 1.max(self.places.len() / CHANGED)
    }

    /// Whether no word is another, but for one in twenty.
    pub(super) fn is_exact(&self) -> bool {
        self.changed <= self.places.len() / (2 * CHANGED)
    }
}

/// Whether a sentence holds a quote in full, in n-grams, whatever else it says.
pub(super) fn holds(sentence: &NormalizedQuote, quote: &NormalizedQuote) -> bool {
    let n = N.min(quote.len());
    if n == 0 {
        return false;
    }
    let ngrams: FxHashSet<&[String]> = sentence.words.windows(n).collect();
    let mut is_held = vec![false; quote.len()];
    for (index, ngram) in quote.words.windows(n).enumerate() {
        if ngrams.contains(ngram) {
            is_held[index..index + n].fill(true);
        }
    }
    is_held.iter().filter(|is_held| **is_held).count() as f64 >= FULL * quote.len() as f64
}

/// The words that `part` has in the same order as `whole`, gaps allowed (the longest common
/// subsequence), as indices in the whole and in the part. A word that comes twice can be matched in either
/// place: the alignment in fewer pieces is chosen.
fn aligned(whole: &[String], part: &[String]) -> Vec<(usize, usize)> {
    let early = in_order(whole, part);
    let reversed = |words: &[String]| words.iter().rev().cloned().collect::<Vec<String>>();
    let backwards = in_order(&reversed(whole), &reversed(part)).into_iter().rev();
    let late: Vec<(usize, usize)> =
        backwards.map(|(a, b)| (whole.len() - 1 - a, part.len() - 1 - b)).collect();
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
