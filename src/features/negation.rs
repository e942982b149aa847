use super::word_classes::WordClass;
use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};
use crate::text::tokenizer::Kind;

/// ## What it notices
/// Stems that a negation reaches: up to five terms after it, no further than the next mark.
///
/// ## Why it bears on stance
/// *No success* is no success.
///
/// ## Example
/// The plan is **not serious**. → `negated=serious`
///
/// ## What it misses
/// Negation by meaning: *failed to*, *hardly*, *lack of*.
#[derive(Debug)]
pub(super) struct Negated;

/// So far a negation reaches.
const REACH: usize = 5;

impl Feature for Negated {
    fn name(&self) -> &'static str {
        "negated"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &[""]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let mut reach = 0;
        for term in &view.terms {
            if term.is(WordClass::Negator) {
                reach = REACH;
                continue;
            }
            if term.kind == Kind::Mark {
                reach = 0;
            }
            if reach > 0 {
                notebook.note(Observation {
                    details: &[term.detail()],
                    amount: 1.0,
                    place: term.span.clone(),
                });
                reach -= 1;
            }
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
            &Negated,
            "It is not a plan, but never serious",
            Some("plan"),
            &[("negated=TARGET", 1.0), ("negated=a", 1.0), ("negated=serious", 1.0)],
        );
    }
}
