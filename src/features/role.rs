use super::closed::{BE, FUNCTION_WORDS, NEGATORS, holds};
use super::{Amount, Detail, Feature, Scaling, Seen, Term, View};
use crate::text::Span;
use crate::text::token::Kind;

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
    near: &'static str,
    nearest: &'static str,
    negated: &'static str,
    with_be: &'static str,
    beside: [&'static str; 2],
}

const LEFT: Side = Side {
    near: "left",
    nearest: "left-nearest",
    negated: "left-not",
    with_be: "left-be",
    beside: ["before", "before2"],
};
const RIGHT: Side = Side {
    near: "right",
    nearest: "right-nearest",
    negated: "right-not",
    with_be: "right-be",
    beside: ["after", "after2"],
};

impl Feature for Role {
    fn name(&self) -> &'static str {
        "role"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &["left", "right", "left-nearest", "right-nearest"]
    }

    fn extract(&self, view: &View<'_>, note: &mut dyn FnMut(Seen<'_>)) {
        let Some(target) = view.target else { return };
        let (before, after) = (&view.terms[..target], &view.terms[target + 1..]);
        let mut say = |details: &[Detail<'_>], place: &Span| {
            note(Seen { details, amount: 1.0, place: place.clone() });
        };
        one_side(&LEFT, before.iter().rev(), view, &mut say);
        one_side(&RIGHT, after.iter(), view, &mut say);
        if let (Some(before), Some(after)) = (before.last(), after.first()) {
            let details = [Detail::new("between"), before.detail(), after.detail()];
            say(&details, &(before.span.start..after.span.end));
        }
        let is_agent = before.iter().rev().take(2).any(|term| term.stem == "by");
        if is_agent {
            say(&[Detail::new("by")], &view.terms[target].span);
        }
    }
}

/// Notes one side, its terms given from the target outwards.
fn one_side<'a>(
    side: &Side,
    terms: impl Iterator<Item = &'a Term> + Clone,
    view: &View<'_>,
    say: &mut dyn FnMut(&[Detail<'_>], &Span),
) {
    for (name, term) in side.beside.into_iter().zip(terms.clone()) {
        say(&[Detail::new(name), term.detail()], &term.span);
    }
    let (mut n_found, mut negated, mut with_be) = (0, false, false);
    for term in terms {
        let stem = term.stem.as_str();
        negated |= holds(&NEGATORS, stem);
        with_be |= holds(&BE, stem);
        if n_found == NEAREST {
            break;
        }
        if !is_content(term, view) {
            continue;
        }
        let kinds = [
            (side.near, true),
            (side.nearest, n_found == 0),
            (side.negated, negated),
            (side.with_be, with_be),
        ];
        for (kind, _) in kinds.into_iter().filter(|(_, holds)| *holds) {
            say(&[Detail::new(kind), term.detail()], &term.span);
        }
        n_found += 1;
    }
}

/// A word that means something by itself and is no name.
fn is_content(term: &Term, view: &View<'_>) -> bool {
    let is_name = view.printed(term).chars().next().is_some_and(char::is_uppercase);
    term.kind == Kind::Word
        && !term.is_target
        && !is_name
        && !holds(&FUNCTION_WORDS, &term.stem)
        && !holds(&NEGATORS, &term.stem)
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
