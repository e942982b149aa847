use super::scaling::{Amount, Scaling};
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};

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
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "phrase",
    scaling: Scaling { amount: Amount::Presence, ..Scaling::SUBLINEAR },
    prefixes: &[],
    vector_prefixes: &[],
};

/// Maximum number of terms in a phrase.
const MAX_TERMS: usize = 4;

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let Some(target) = view.target else { return };
    for length in 2..=MAX_TERMS {
        let first = (target + 1).saturating_sub(length);
        let last = target.min(view.terms.len().saturating_sub(length));
        for start in first..=last {
            let Some(run) = view.terms.get(start..start + length) else { continue };
            let mut parts = [run[0].name_part(); MAX_TERMS];
            for (part, term) in parts.iter_mut().zip(run) {
                *part = term.name_part();
            }
            let span = run[0].span.start..run[length - 1].span.end;
            sink.add(Observation { parts: &parts[..length], amount: 1.0, span });
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
            &TEMPLATE,
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
        check(&TEMPLATE, "Rubio", Some("Rubio"), &[]);
    }
}
