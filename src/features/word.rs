use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};

/// ## What it notices
/// Every stem in the sentence, marks and numbers too; the target stands as `TARGET`.
///
/// ## Why it bears on stance
/// *Scorn*, *hail*, *scandal* colour whatever they stand near.
///
/// ## Example
/// Lawmakers **scorned** the plan. → `word=scorn`
///
/// ## What it misses
/// Toward whom the word is meant: see the templates that measure from the target.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "word",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[""],
};

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    view.terms.iter().for_each(|term| sink.add_term(term, 1.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn counts_stems_and_hides_the_target() {
        check(
            &TEMPLATE,
            "Scorned, the plan scorns",
            Some("plan"),
            &[("word=,", 1.0), ("word=TARGET", 1.0), ("word=scorn", 2.0), ("word=the", 1.0)],
        );
    }
}
