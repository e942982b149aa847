use super::name::NamePart;
use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};
use super::term::Term;
use super::word_classes::WordClass;

/// ## What it notices
/// The stems in the target's own clause, with the side on which they stand: up to the next comma,
/// dash, bracket, quote or joining word.
///
/// ## Why it bears on stance
/// Where a sentence treats two actors in opposite ways, they mostly stand in different clauses.
///
/// ## Example
/// Rubio was hailed, **but the plan was scorned**. → `clause=right scorn`, and nothing of *hailed*
///
/// ## What it misses
/// Relative clauses that come back to the target.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "clause",
    scaling: Scaling::SUBLINEAR,
    prefixes: &SIDES,
    vector_prefixes: &["left", "right"],
};

const SIDES: [NamePart; 2] = NamePart::prefixes(["left", "right"]);

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let Some(target) = view.target else { return };
    let [left, right] = SIDES;
    add_side(left, view.terms[..target].iter().rev(), sink);
    add_side(right, view.terms[target + 1..].iter(), sink);
}

/// Adds the features of one side; its terms go from the target outwards.
fn add_side<'a>(
    side: NamePart,
    terms: impl Iterator<Item = &'a Term>,
    sink: &mut impl FeatureSink,
) {
    terms
        .take_while(|term| !term.is(WordClass::Border))
        .for_each(|term| sink.add_prefixed(side, term, 1.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn stops_at_the_borders_of_the_clause() {
        check(
            &TEMPLATE,
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
