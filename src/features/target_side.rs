use super::{Amount, Feature, FeatureSink, NamePart, Observation, Scaling, View};

/// ## What it notices
/// Every stem with the side of the target on which it stands, the nearer the stronger: 1/distance.
///
/// ## Why it bears on stance
/// Who acts and who is acted upon: *Rubio mocked TARGET* is not *TARGET mocked Rubio*.
///
/// ## Example
/// Rubio **mocked** the plan. → `side=left mock` with 1/2
///
/// ## What it misses
/// Passives ("was mocked by TARGET"), and clauses that stand between.
#[derive(Debug)]
pub(super) struct Sides;

const FORMS: [NamePart; 2] = NamePart::forms(["left", "right"]);
const LEFT: NamePart = FORMS[0];
const RIGHT: NamePart = FORMS[1];

impl Feature for Sides {
    fn name(&self) -> &'static str {
        "side"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Linear, idf: true, min_rows: 2 }
    }

    fn forms(&self) -> &'static [NamePart] {
        &FORMS
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &["left", "right"]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        for (distance, term) in view.around_target() {
            let side = if distance < 0 { LEFT } else { RIGHT };
            let amount = 1.0 / distance.unsigned_abs() as f32;
            notebook.note(Observation {
                details: &[side, term.detail()],
                amount,
                place: term.span.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn nearer_words_count_more() {
        check(
            &Sides,
            "Rubio mocked the plan loudly",
            Some("plan"),
            &[
                ("side=left mock", 0.5),
                ("side=left rubio", 1.0 / 3.0),
                ("side=left the", 1.0),
                ("side=right loud", 1.0),
            ],
        );
    }

    #[test]
    fn without_a_target_there_are_no_sides() {
        check(&Sides, "Rubio mocked it", None, &[]);
    }
}
