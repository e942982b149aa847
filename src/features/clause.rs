use super::word_classes::WordClass;
use super::{Amount, Feature, FeatureSink, NamePart, Observation, Scaling, Term, View};

/// ## What it notices
/// The stems in the target's own clause, with the side on which they stand: up to the next comma,
/// dash, bracket, quote or joining word.
///
/// ## Why it bears on stance
/// Where two actors are treated in opposite ways, the border between them is mostly a clause's.
///
/// ## Example
/// Rubio was hailed, **but the plan was scorned**. → `clause=right scorn`, and nothing of *hailed*
///
/// ## What it misses
/// Relative clauses that come back to the target.
#[derive(Debug)]
pub(super) struct Clause;

const FORMS: [NamePart; 2] = NamePart::forms(["left", "right"]);
const LEFT: NamePart = FORMS[0];
const RIGHT: NamePart = FORMS[1];

impl Feature for Clause {
    fn name(&self) -> &'static str {
        "clause"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn forms(&self) -> &'static [NamePart] {
        &FORMS
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &["left", "right"]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let Some(target) = view.target else { return };
        one_side(LEFT, view.terms[..target].iter().rev(), notebook);
        one_side(RIGHT, view.terms[target + 1..].iter(), notebook);
    }
}

/// Notes one side, its terms given from the target outwards.
fn one_side<'a>(
    side: NamePart,
    terms: impl Iterator<Item = &'a Term>,
    notebook: &mut impl FeatureSink,
) {
    for term in terms.take_while(|term| !term.is(WordClass::Border)) {
        let details = [side, term.detail()];
        notebook.note(Observation { details: &details, amount: 1.0, place: term.span.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn stops_at_the_borders_of_the_clause() {
        check(
            &Clause,
            "Rubio was hailed, yet the plan was scorned because he left",
            Some("plan"),
            &[
                ("clause=left the", 1.0),
                ("clause=left yet", 1.0),
                ("clause=right scorn", 1.0),
                ("clause=right was", 1.0),
            ],
        );
    }
}
