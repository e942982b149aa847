use super::name::NamePart;
use super::scaling::{Amount, Scaling};
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};

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
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "side",
    scaling: Scaling { amount: Amount::Linear, ..Scaling::SUBLINEAR },
    prefixes: &SIDES,
    vector_prefixes: &["left", "right"],
};

const SIDES: [NamePart; 2] = NamePart::prefixes(["left", "right"]);

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    for (distance, term) in view.around_target() {
        let side = SIDES[usize::from(distance > 0)];
        sink.add_prefixed(side, term, 1.0 / distance.unsigned_abs() as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn nearer_words_count_more() {
        check(
            &TEMPLATE,
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
        check(&TEMPLATE, "Rubio mocked it", None, &[]);
    }
}
