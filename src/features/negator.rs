//! Words that negate what follows, alone or in pairs.

use super::name::NamePart;
use super::term::Term;
use super::word_classes::{Classes, NEGATOR_PAIRS, WordClass};

/// Whether the term at an index negates what follows. *A few* does not, nor does *not only*.
#[inline]
pub(super) fn negates(terms: &[Term], at: usize) -> bool {
    let term = &terms[at];
    term.is_any(NEGATING) && is_negator(terms, at)
}

/// The same for a term that is listed.
fn is_negator(terms: &[Term], at: usize) -> bool {
    let term = &terms[at];
    let reads = |at: usize, word: NamePart| terms.get(at).is_some_and(|term| term.reads(word));
    if term.is(WordClass::Negator) {
        let is_some = at > 0 && reads(at - 1, A) && !term.reads(LACK);
        return !is_some && !ADDERS.iter().any(|&adder| reads(at + 1, adder));
    }
    PAIRS.iter().any(|&[first, next]| term.reads(first) && reads(at + 1, next))
}

const NEGATING: Classes = Classes::all_of(&[WordClass::Negator, WordClass::NegatorStart]);
const A: NamePart = NamePart::new("a");
const LACK: NamePart = NamePart::new("lack");
/// What makes *not* add something instead.
const ADDERS: [NamePart; 3] = [NamePart::new("just"), NamePart::new("mere"), NamePart::new("onli")];
const PAIRS: [[NamePart; 2]; NEGATOR_PAIRS.len()] = {
    let mut pairs = [[A; 2]; NEGATOR_PAIRS.len()];
    let mut at = 0;
    while at < pairs.len() {
        let (first, next) = NEGATOR_PAIRS[at];
        pairs[at] = [NamePart::new(first), NamePart::new(next)];
        at += 1;
    }
    pairs
};
