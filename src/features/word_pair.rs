use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};

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
#[derive(Debug)]
pub(super) struct Pairs;

impl Feature for Pairs {
    fn name(&self) -> &'static str {
        "pair"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        for pair in view.terms.windows(2) {
            let place = pair[0].span.start..pair[1].span.end;
            notebook.note(Observation {
                details: &[pair[0].detail(), pair[1].detail()],
                amount: 1.0,
                place,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn pairs_keep_their_order() {
        check(&Pairs, "not a plan", Some("plan"), &[("pair=a TARGET", 1.0), ("pair=not a", 1.0)]);
    }

    #[test]
    fn one_word_makes_no_pair() {
        check(&Pairs, "Nonsense", None, &[]);
    }
}
