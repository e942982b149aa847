//! Shingles: runs of consecutive words, by which copies of a text are found even where one was cut or
//! reworded (Broder 1997, "On the resemblance and containment of documents").

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::words::alphanumeric_runs;

/// Number of words in a shingle.
const WORDS: usize = 5;

/// The hashes of a text's shingles of five words in lower case, sorted, without duplicates.
pub(crate) fn shingles(text: &str) -> Vec<u64> {
    let lower = text.to_lowercase();
    let words: Vec<u64> = alphanumeric_runs(&lower).map(hash).collect();
    let mut shingles: Vec<u64> = words.windows(WORDS).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// A hash that is the same in every run of the program.
pub(crate) fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_case_make_no_difference() {
        let found = shingles("The dam broke in the night, they said.");
        assert_eq!(found.len(), 4);
        assert_eq!(found, shingles("“The DAM broke… in the night” they said"));
        assert!(shingles("The dam broke again").is_empty());
        assert_eq!(shingles("no no no no no no no").len(), 1);
    }
}
