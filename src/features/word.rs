use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};

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
/// Toward whom the word is meant: see the parts that count from the target.
#[derive(Debug)]
pub(super) struct Words;

impl Feature for Words {
    fn name(&self) -> &'static str {
        "word"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &[""]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        for term in &view.terms {
            notebook.note(Observation {
                details: &[term.detail()],
                amount: 1.0,
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
    fn counts_stems_and_hides_the_target() {
        check(
            &Words,
            "Scorned, the plan scorns",
            Some("plan"),
            &[("word=,", 1.0), ("word=TARGET", 1.0), ("word=scorn", 2.0), ("word=the", 1.0)],
        );
    }
}
