use super::name::NamePart;
use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};
use super::term::Term;
use super::word_classes::WordClass;
use crate::text::tokenizer::Kind;

/// ## What it notices
/// Who does what to the target, by its neighbours and without a parser: the two words beside it, the
/// nearest content words on each side (the very nearest once more, as `left-nearest` and
/// `right-nearest`), and whether a negation or a form of *be* stands between.
///
/// ## Why it bears on stance
/// *TARGET was praised* and *TARGET praised* share their words, not their stance.
///
/// ## Example
/// The plan was not **praised** by Rubio. → `role=right NOT-PRAISE`, `role=right-not NOT-PRAISE`,
/// `role=right-be NOT-PRAISE`
///
/// ## What it misses
/// Words that are further away than three content words.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "role",
    scaling: Scaling::SUBLINEAR,
    prefixes: &PREFIXES,
    vector_prefixes: &["left", "right", "left-nearest", "right-nearest"],
};

/// Maximum number of content words on each side.
const MAX_CONTENT: usize = 3;

/// The prefixes of one side of the target.
struct Side {
    near: NamePart,
    nearest: NamePart,
    negated: NamePart,
    with_be: NamePart,
    beside: [NamePart; 2],
}

const PREFIXES: [NamePart; 12] = NamePart::prefixes([
    "left",
    "left-nearest",
    "left-not",
    "left-be",
    "before",
    "before2",
    "right",
    "right-nearest",
    "right-not",
    "right-be",
    "after",
    "after2",
]);
const LEFT: Side = Side::of(0);
const RIGHT: Side = Side::of(6);
const BETWEEN: NamePart = NamePart::new("between");
const BY: NamePart = NamePart::new("by");

impl Side {
    /// The side whose prefixes begin at an index.
    const fn of(first: usize) -> Self {
        Side {
            near: PREFIXES[first],
            nearest: PREFIXES[first + 1],
            negated: PREFIXES[first + 2],
            with_be: PREFIXES[first + 3],
            beside: [PREFIXES[first + 4], PREFIXES[first + 5]],
        }
    }
}

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let Some(target) = view.target else { return };
    let (before, after) = (&view.terms[..target], &view.terms[target + 1..]);
    add_side(&LEFT, before.iter().rev(), sink);
    add_side(&RIGHT, after.iter(), sink);
    if let (Some(before), Some(after)) = (before.last(), after.first()) {
        let span = before.span.start..after.span.end;
        let parts = [BETWEEN, before.name_part(), after.name_part()];
        sink.add(Observation { parts: &parts, amount: 1.0, span });
    }
    let is_agent = before.iter().rev().take(2).any(|term| term.reads(BY));
    if is_agent {
        let span = view.terms[target].span.clone();
        sink.add(Observation { parts: &[BY], amount: 1.0, span });
    }
}

/// Adds the features of one side; its terms go from the target outwards.
fn add_side<'a>(
    side: &Side,
    terms: impl Iterator<Item = &'a Term> + Clone,
    sink: &mut impl FeatureSink,
) {
    for (prefix, term) in side.beside.into_iter().zip(terms.clone()) {
        sink.add_prefixed(prefix, term, 1.0);
    }
    let (mut n_found, mut negated, mut with_be) = (0, false, false);
    for term in terms {
        negated |= term.is(WordClass::Negator);
        with_be |= term.is(WordClass::Be);
        if n_found == MAX_CONTENT {
            break;
        }
        if !is_content(term) {
            continue;
        }
        let prefixes = [
            (side.near, true),
            (side.nearest, n_found == 0),
            (side.negated, negated),
            (side.with_be, with_be),
        ];
        for (prefix, _) in prefixes.into_iter().filter(|(_, holds)| *holds) {
            sink.add_prefixed(prefix, term, 1.0);
        }
        n_found += 1;
    }
}

/// Whether a term is a content word and no name.
fn is_content(term: &Term) -> bool {
    term.kind == Kind::Word
        && !term.is_target
        && !term.is_capital
        && !term.is(WordClass::FunctionWord)
        && !term.is(WordClass::Negator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn tells_who_does_what() {
        check(
            &TEMPLATE,
            "mocked by plan was not praised",
            Some("plan"),
            &[
                ("role=after was", 1.0),
                ("role=after2 not", 1.0),
                ("role=before by", 1.0),
                ("role=before2 mock", 1.0),
                ("role=between by was", 1.0),
                ("role=by", 1.0),
                ("role=left mock", 1.0),
                ("role=left-nearest mock", 1.0),
                ("role=right NOT-PRAISE", 1.0),
                ("role=right-be NOT-PRAISE", 1.0),
                ("role=right-nearest NOT-PRAISE", 1.0),
                ("role=right-not NOT-PRAISE", 1.0),
            ],
        );
    }

    #[test]
    fn says_nothing_without_a_target() {
        check(&TEMPLATE, "mocked by nobody", None, &[]);
    }
}
