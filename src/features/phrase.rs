use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};

/// ## What it notices
/// Runs of two to four terms that hold the main mention of the target.
///
/// ## Why it bears on stance
/// *TARGET failed to*, *slammed TARGET for*, *thanks to TARGET* are whole judgements.
///
/// ## Example
/// Residents **thanked the mayor for** it. → `phrase=thank the TARGET for`
///
/// ## What it misses
/// The same run with an adjective in it.
#[derive(Debug)]
pub(super) struct Phrases;

/// So many terms at most.
const LONGEST: usize = 4;

impl Feature for Phrases {
    fn name(&self) -> &'static str {
        "phrase"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Presence, idf: true, min_rows: 2 }
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let Some(target) = view.target else { return };
        for length in 2..=LONGEST {
            let first = (target + 1).saturating_sub(length);
            let last = target.min(view.terms.len().saturating_sub(length));
            for start in first..=last {
                let Some(run) = view.terms.get(start..start + length) else { continue };
                let mut details = [run[0].detail(); LONGEST];
                for (detail, term) in details.iter_mut().zip(run) {
                    *detail = term.detail();
                }
                let place = run[0].span.start..run[length - 1].span.end;
                notebook.note(Observation { details: &details[..length], amount: 1.0, place });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn every_run_holds_the_target() {
        check(
            &Phrases,
            "they mocked the plan",
            Some("plan"),
            &[
                ("phrase=mock the TARGET", 1.0),
                ("phrase=the TARGET", 1.0),
                ("phrase=they mock the TARGET", 1.0),
            ],
        );
    }

    #[test]
    fn a_target_alone_makes_no_run() {
        check(&Phrases, "Rubio", Some("Rubio"), &[]);
    }
}
