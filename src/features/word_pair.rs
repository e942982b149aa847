use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};

/// ## What it notices
/// Two stems next to each other, in their order.
///
/// ## Why it bears on stance
/// *Not serious*, *step forward*, *TARGET failed* mean more than their words apart.
///
/// ## Example
/// It was a **step forward**. → `pair=step forward`
///
/// ## What it misses
/// Pairs with a word between them; pairs that stood in fewer than two training rows.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "pair",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[],
};

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    for pair in view.terms.windows(2) {
        let parts = [pair[0].name_part(), pair[1].name_part()];
        let span = pair[0].span.start..pair[1].span.end;
        sink.add(Observation { parts: &parts, amount: 1.0, span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn pairs_keep_their_order() {
        check(
            &TEMPLATE,
            "not a plan",
            Some("plan"),
            &[("pair=a TARGET", 1.0), ("pair=not a", 1.0)],
        );
    }

    #[test]
    fn one_word_makes_no_pair() {
        check(&TEMPLATE, "Nonsense", None, &[]);
    }
}
