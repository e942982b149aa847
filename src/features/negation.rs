use super::negator::negates;
use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};
use crate::text::tokenizer::Kind;

/// ## What it notices
/// Stems that a negation reaches: up to five terms after it, no further than the next mark. Few and
/// none negate too, and so do *hardly any*, *far from*, *anything but*, *failed to*.
///
/// ## Why it bears on stance
/// *No success* is no success.
///
/// ## Example
/// The plan is **not serious**. → `negated=serious`
///
/// ## What it misses
/// Irony, and negation that only what is known of the world tells: *the idea of success*.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "negated",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[""],
};

/// Maximum number of terms that a negation reaches.
const REACH: usize = 5;

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let mut reach = 0;
    for (at, term) in view.terms.iter().enumerate() {
        if negates(&view.terms, at) {
            reach = REACH;
            continue;
        }
        if term.kind == Kind::Mark {
            reach = 0;
        }
        if reach > 0 {
            sink.add_term(term, 1.0);
            reach -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn negation_ends_at_a_mark() {
        check(
            &TEMPLATE,
            "It is not a plan, but never serious",
            Some("plan"),
            &[("negated=TARGET", 1.0), ("negated=a", 1.0), ("negated=serious", 1.0)],
        );
    }
}
