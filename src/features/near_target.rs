use super::scaling::{Amount, Scaling};
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};

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
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "near",
    scaling: Scaling { amount: Amount::Linear, ..Scaling::SUBLINEAR },
    prefixes: &[],
    vector_prefixes: &[""],
};

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    for (distance, term) in view.around_target() {
        sink.add_term(term, 1.0 / distance.unsigned_abs() as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn both_sides_add_up() {
        check(
            &TEMPLATE,
            "so the plan, so",
            Some("plan"),
            &[("near=,", 1.0), ("near=so", 1.0), ("near=the", 1.0)],
        );
    }
}
