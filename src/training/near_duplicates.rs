//! Finds near-duplicates: agency copy that an outlet trimmed, captions of one series, one quotation in
//! several sentences.
//!
//! Each text is the set of its shingles, runs of five words (Broder 1997). Two texts are near-duplicates if
//! they share half of the shorter one's shingles, and at least three. For each shingle, each text that holds
//! it is compared with the next few in the list only, so that time and memory grow with the number of texts
//! and not of pairs. Nothing is random.

use rayon::prelude::*;

use crate::text::shingles::shingles;

/// Minimum number of shared shingles. Three are seven words in a row; fewer may be a stock phrase.
const MIN_SHARED: usize = 3;

/// Number of following texts in a shingle's list that each text is compared with. Copies follow each other
/// in all lists, so that a long series is still joined.
const MAX_NEIGHBOURS: usize = 8;

/// Pairs of near-duplicates as places in `texts`, rising, the smaller place first. Of many copies
/// enough pairs are given to join them, not all. Equal texts with too few words for shingles are no
/// pairs.
pub fn pairs(texts: &[&str]) -> Vec<(usize, usize)> {
    let of_texts: Vec<Vec<u64>> = texts.par_iter().map(|text| shingles(text)).collect();
    let sizes: Vec<usize> = of_texts.iter().map(Vec::len).collect();
    let placed = |(at, shingles): (usize, Vec<u64>)| shingles.into_iter().map(move |s| (s, at));
    let mut places: Vec<(u64, usize)> = of_texts.into_iter().enumerate().flat_map(placed).collect();
    places.par_sort_unstable();
    let mut met = neighbours(&places);
    met.par_sort_unstable();
    let is_near = |run: &&[(usize, usize)]| {
        let (a, b) = run[0];
        run.len() >= MIN_SHARED && 2 * run.len() >= sizes[a].min(sizes[b])
    };
    met.chunk_by(|a, b| a == b).filter(is_near).map(|run| run[0]).collect()
}

/// Each pair of texts once for every shingle in whose list they are neighbours.
fn neighbours(places: &[(u64, usize)]) -> Vec<(usize, usize)> {
    let mut met = Vec::new();
    for list in places.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, first)) in list.iter().enumerate() {
            let following = list[at + 1..].iter().take(MAX_NEIGHBOURS);
            met.extend(following.map(|&(_, second)| (first, second)));
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: &str = "The harbour board voted nine to four for the new sea wall on Monday.";

    #[test]
    fn copies_that_were_trimmed_or_retyped_are_found() {
        let texts = [
            WHOLE,
            "Nothing that was said at the meeting of the board is in this one at all.",
            "“The harbour board voted nine to four for the NEW sea-wall”, it was said.",
            "The harbour board voted nine to four.",
        ];
        // 10 shingles, 12, 11 and 3; the first and third share 8, the last stands in both.
        assert_eq!(pairs(&texts), [(0, 2), (0, 3), (2, 3)]);
    }

    #[test]
    fn a_stock_phrase_makes_no_copy() {
        // Two of two shingles are shared: six words in a row.
        assert!(pairs(&["The harbour board voted nine to", WHOLE]).is_empty());
        // Four of nine are shared, less than half.
        let other = "The harbour board voted nine to four against a loan for trams.";
        assert!(pairs(&[other, WHOLE]).is_empty());
    }

    #[test]
    fn a_long_series_is_joined_link_by_link() {
        let texts: Vec<String> =
            (0..300).map(|n| format!("Photo {n} of the series: {WHOLE}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = pairs(&texts);
        assert!(found.len() <= texts.len() * MAX_NEIGHBOURS);
        assert!((1..300).all(|n| found.contains(&(n - 1, n))));
    }

    proptest! {
        #[test]
        fn few_texts_are_compared_all_with_all(
            texts in prop::collection::vec("[ab ]{0,40}", 0..MAX_NEIGHBOURS),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            for a in 0..texts.len() {
                for b in a + 1..texts.len() {
                    let (first, second) = (shingles(texts[a]), shingles(texts[b]));
                    let n = first.iter().filter(|s| second.contains(s)).count();
                    if n >= MIN_SHARED && 2 * n >= first.len().min(second.len()) {
                        expected.push((a, b));
                    }
                }
            }
            prop_assert_eq!(pairs(&texts), expected);
        }
    }
}
