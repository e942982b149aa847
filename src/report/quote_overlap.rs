//! How alike two outlets' choices of quotes are.

use super::quotes::{Quotes, SharedQuote, Use};

/// How many shared quotes two outlets both have, and how many either has. Their ratio is the Jaccard
/// index of the two sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteOverlap {
    /// In both, in any form: full, trimmed or paraphrased.
    pub both: usize,
    /// In one or both.
    pub either: usize,
}

impl QuoteOverlap {
    /// The Jaccard index, 0 to 1; none where neither outlet has a shared quote.
    pub fn jaccard(self) -> Option<f64> {
        (self.either > 0).then(|| self.both as f64 / self.either as f64)
    }
}

impl Quotes {
    /// What two outlets, by their places in the report, have in common of the quotes that several
    /// outlets have. Quotes that an outlet alone has are not counted: long articles have more of them.
    pub fn in_common(&self, one: usize, other: usize) -> QuoteOverlap {
        let has = |quote: &SharedQuote, outlet: usize| {
            quote.uses.get(outlet).is_some_and(|of| *of != Use::Absent)
        };
        let pairs = self.shared.iter().map(|quote| (has(quote, one), has(quote, other)));
        let pairs: Vec<(bool, bool)> = pairs.collect();
        QuoteOverlap {
            both: pairs.iter().filter(|(one, other)| *one && *other).count(),
            either: pairs.iter().filter(|(one, other)| *one || *other).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Place, QuoteContext, SharedQuote};

    #[test]
    fn alike_is_what_both_have_of_what_either_has() {
        let place = Place {
            article: String::new(),
            sentence: 1,
            tenth: 1,
            cue: String::new(),
            class: None,
            wrapping: QuoteContext::default(),
        };
        let quote = |has: [bool; 3]| SharedQuote {
            text: String::new(),
            speakers: Vec::new(),
            judged: Vec::new(),
            uses: has
                .map(|has| if has { Use::Paraphrased(place.clone()) } else { Use::Absent })
                .to_vec(),
        };
        let shared = [[true, true, false], [true, false, false], [true, true, false]].map(quote);
        let quotes = Quotes { shared: shared.to_vec(), ..Quotes::default() };
        assert_eq!(quotes.in_common(0, 1), QuoteOverlap { both: 2, either: 3 });
        assert_eq!(quotes.in_common(0, 1).jaccard(), Some(2.0 / 3.0));
        assert_eq!(quotes.in_common(1, 2).jaccard(), Some(0.0));
        assert_eq!(quotes.in_common(2, 2).jaccard(), None);
    }
}
