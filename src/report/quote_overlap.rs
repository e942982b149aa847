//! How alike two outlets' choices of quotes are.

use serde::Serialize;

use super::quotes::{Quotes, SharedQuote};
use super::serialize::rounded;

/// How many shared quotes two outlets both have, and how many either has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuoteOverlap {
    /// The outlets' names.
    pub outlets: [String; 2],
    /// In both, in any form: full, trimmed or paraphrased.
    pub both: usize,
    /// In one or both.
    pub either: usize,
    /// Their ratio, the Jaccard index of the two sets; none where neither outlet has a shared quote.
    #[serde(serialize_with = "rounded")]
    pub jaccard: Option<f64>,
}

impl Quotes {
    /// What two outlets, by their indices, have in common of the quotes that several outlets have.
    /// Quotes that an outlet alone has are not counted: long articles have more of them.
    pub fn in_common(&self, one: usize, other: usize) -> QuoteOverlap {
        let has = |quote: &SharedQuote| [one, other].map(|outlet| !quote.is_absent(outlet));
        let pairs: Vec<[bool; 2]> = self.shared.iter().map(has).collect();
        let both = pairs.iter().filter(|[one, other]| *one && *other).count();
        let either = pairs.iter().filter(|[one, other]| *one || *other).count();
        QuoteOverlap {
            outlets: [one, other].map(|at| self.outlets[at].outlet.clone()),
            both,
            either,
            jaccard: (either > 0).then(|| both as f64 / either as f64),
        }
    }

    /// Every two outlets that have a shared quote in common.
    pub fn overlaps(&self) -> Vec<QuoteOverlap> {
        let n = self.outlets.len();
        let pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
        let overlaps = pairs.map(|(one, other)| self.in_common(one, other));
        overlaps.filter(|overlap| overlap.both > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{OmittedAndExclusiveQuotes, OutletUse, UseForm};

    #[test]
    fn alike_is_what_both_have_of_what_either_has() {
        let of_outlet = |has| OutletUse {
            outlet: String::new(),
            form: if has { UseForm::Paraphrased } else { UseForm::Absent },
            place: None,
            dropped: Vec::new(),
        };
        let quote = |has: [bool; 3]| SharedQuote {
            text: String::new(),
            speakers: Vec::new(),
            judged: Vec::new(),
            targets: Vec::new(),
            uses: has.map(of_outlet).to_vec(),
        };
        let shared = [[true, true, false], [true, false, false], [true, true, false]].map(quote);
        let outlets = vec![OmittedAndExclusiveQuotes::default(); 3];
        let quotes = Quotes { shared: shared.to_vec(), outlets, ..Quotes::default() };
        let found = |one, other| {
            let found = quotes.in_common(one, other);
            (found.both, found.either, found.jaccard)
        };
        assert_eq!(found(0, 1), (2, 3, Some(2.0 / 3.0)));
        assert_eq!(found(1, 2), (0, 2, Some(0.0)));
        assert_eq!(found(2, 2), (0, 0, None));
        assert_eq!(quotes.overlaps(), [quotes.in_common(0, 1)]);
    }
}
