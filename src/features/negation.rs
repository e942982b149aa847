use super::name::NamePart;
use super::scaling::Scaling;
use super::sentence_view::{Term, View};
use super::template::{FeatureSink, FeatureTemplate};
use super::word_classes::{NEGATOR_PAIRS, WordClass};
use crate::text::tokenizer::Kind;

/// ## What it notices
/// Stems that a negation reaches: up to five terms after it, no further than the next mark. Few and
/// none negate too, and so do *hardly any*, *far from*, *anything but*, *failed to*.
///
/// ## Why it bears on stance
/// *No success* is no success.
///
/// ## Example
/// The plan is **not serious**. → `negated=serious`
///
/// ## What it misses
/// Irony, and negation that only what is known of the world tells: *the idea of success*.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "negated",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[""],
};

/// Maximum number of terms that a negation reaches.
pub(super) const REACH: usize = 5;

/// Whether the term at an index negates what follows. *A few* does not, nor does *not only*.
#[inline]
pub(super) fn negates(terms: &[Term], at: usize) -> bool {
    let term = &terms[at];
    let reads = |at: usize, word: NamePart| terms.get(at).is_some_and(|term| term.reads(word));
    if term.is(WordClass::Negator) {
        let is_some = at > 0 && reads(at - 1, A) && !term.reads(LACK);
        return !is_some && !ADDERS.iter().any(|&adder| reads(at + 1, adder));
    }
    term.is(WordClass::NegatorStart)
        && PAIRS.iter().any(|&[first, next]| term.reads(first) && reads(at + 1, next))
}

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

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let mut reach = 0;
    for (at, term) in view.terms.iter().enumerate() {
        if negates(&view.terms, at) {
            reach = REACH;
            continue;
        }
        if term.kind == Kind::Mark {
            reach = 0;
        }
        if reach > 0 {
            sink.add_term(term, 1.0);
            reach -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn negation_ends_at_a_mark() {
        check(
            &TEMPLATE,
            "It is not a plan, but never serious",
            Some("plan"),
            &[("negated=TARGET", 1.0), ("negated=a", 1.0), ("negated=serious", 1.0)],
        );
    }
}
