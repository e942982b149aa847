use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};

/// ## What it notices
/// Every stem, the nearer to the target the stronger (1/distance), whichever its side.
///
/// ## Why it bears on stance
/// Praise and blame stand near whom they are for, and half of the words are too rare to be learnt
/// on both sides apart.
///
/// ## Example
/// The plan is **reckless**. → `near=reckless` with 1/2
///
/// ## What it misses
/// As `side`: sentences in which the nearest judgement is on somebody else.
#[derive(Debug)]
pub(super) struct Near;

impl Feature for Near {
    fn name(&self) -> &'static str {
        "near"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Linear, idf: true, min_rows: 2 }
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &[""]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        for (distance, term) in view.around_target() {
            let amount = 1.0 / distance.unsigned_abs() as f32;
            notebook.note(Observation {
                details: &[term.detail()],
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
    fn both_sides_add_up() {
        check(
            &Near,
            "so the plan, so",
            Some("plan"),
            &[("near=,", 1.0), ("near=so", 1.0), ("near=the", 1.0)],
        );
    }
}
