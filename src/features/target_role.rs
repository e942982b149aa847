use super::word_classes::WordClass;
use super::{Amount, Feature, FeatureSink, NamePart, Observation, Scaling, Term, View};
use crate::text::tokenizer::Kind;

/// ## What it notices
/// Who does what to the target, as far as neighbours tell without a parser: the words right beside
/// it, the content words nearest on each side (the very nearest once more, as `left-nearest` and
/// `right-nearest`), and whether a negation or a form of *be* stands between.
///
/// ## Why it bears on stance
/// *TARGET was praised* and *TARGET praised* share their words, not their stance.
///
/// ## Example
/// The plan was not **praised** by Rubio. → `role=right prais`, `role=right-not prais`,
/// `role=right-be prais`
///
/// ## What it misses
/// Whatever stands further away than three content words.
#[derive(Debug)]
pub(super) struct Role;

/// So many content words count on each side.
const NEAREST: usize = 3;

/// One side of the target.
struct Side {
    near: NamePart,
    nearest: NamePart,
    negated: NamePart,
    with_be: NamePart,
    beside: [NamePart; 2],
}

const FORMS: [NamePart; 12] = NamePart::forms([
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
    /// The side whose forms begin at a place.
    const fn of(first: usize) -> Self {
        Side {
            near: FORMS[first],
            nearest: FORMS[first + 1],
            negated: FORMS[first + 2],
            with_be: FORMS[first + 3],
            beside: [FORMS[first + 4], FORMS[first + 5]],
        }
    }
}

impl Feature for Role {
    fn name(&self) -> &'static str {
        "role"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn forms(&self) -> &'static [NamePart] {
        &FORMS
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &["left", "right", "left-nearest", "right-nearest"]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let Some(target) = view.target else { return };
        let (before, after) = (&view.terms[..target], &view.terms[target + 1..]);
        one_side(&LEFT, before.iter().rev(), notebook);
        one_side(&RIGHT, after.iter(), notebook);
        if let (Some(before), Some(after)) = (before.last(), after.first()) {
            let place = before.span.start..after.span.end;
            let details = [BETWEEN, before.detail(), after.detail()];
            notebook.note(Observation { details: &details, amount: 1.0, place });
        }
        let is_agent = before.iter().rev().take(2).any(|term| term.reads(BY));
        if is_agent {
            let place = view.terms[target].span.clone();
            notebook.note(Observation { details: &[BY], amount: 1.0, place });
        }
    }
}

/// Notes one side, its terms given from the target outwards.
fn one_side<'a>(
    side: &Side,
    terms: impl Iterator<Item = &'a Term> + Clone,
    notebook: &mut impl FeatureSink,
) {
    let mut note = |form: NamePart, term: &Term| {
        let details = [form, term.detail()];
        notebook.note(Observation { details: &details, amount: 1.0, place: term.span.clone() });
    };
    for (form, term) in side.beside.into_iter().zip(terms.clone()) {
        note(form, term);
    }
    let (mut n_found, mut negated, mut with_be) = (0, false, false);
    for term in terms {
        negated |= term.is(WordClass::Negator);
        with_be |= term.is(WordClass::Be);
        if n_found == NEAREST {
            break;
        }
        if !is_content(term) {
            continue;
        }
        let kinds = [
            (side.near, true),
            (side.nearest, n_found == 0),
            (side.negated, negated),
            (side.with_be, with_be),
        ];
        for (form, _) in kinds.into_iter().filter(|(_, holds)| *holds) {
            note(form, term);
        }
        n_found += 1;
    }
}

/// A word that means something by itself and is no name.
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
            &Role,
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
                ("role=right prais", 1.0),
                ("role=right-be prais", 1.0),
                ("role=right-nearest prais", 1.0),
                ("role=right-not prais", 1.0),
            ],
        );
    }

    #[test]
    fn says_nothing_without_a_target() {
        check(&Role, "mocked by nobody", None, &[]);
    }
}
