//! Laws that every part of the features keeps.

use framescope::features::{ALL, View, name};
use framescope::model::Model;
use proptest::prelude::*;

/// The built-in model.
pub(crate) fn model() -> Model {
    Model::from_bytes(include_bytes!("../../models/stance.safetensors")).unwrap()
}

/// Sentences with a target at the first word that has one.
fn sentences() -> impl Strategy<Value = (String, Vec<std::ops::Range<usize>>)> {
    "[A-Za-z’'“”\",.?! \u{301}éß日-]{0,80}".prop_map(|text| {
        let word = text.find(|c: char| c.is_alphabetic());
        let mention = word.map(|at| {
            let end = text[at..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |n| at + n);
            at..end
        });
        (text, mention.into_iter().collect())
    })
}

proptest! {
    #[test]
    fn places_lie_in_the_sentence_and_amounts_are_positive((text, mentions) in sentences()) {
        let view = View::new(&text, &mentions);
        for part in ALL {
            part.extract(&view, &mut |seen| {
                assert!(text.get(seen.place.clone()).is_some());
                assert!(seen.amount > 0.0 && seen.amount.is_finite());
                let name = name(part.name(), seen.details);
                assert!(!name.contains(['\n', '\t']) && name.matches(' ').count() < 4, "{name:?}");
            });
        }
    }

    #[test]
    fn shares_add_up_to_the_score_and_probabilities_to_one((text, mentions) in sentences()) {
        let model = model();
        let explanation = model.explain(&text, &mentions);
        for label in 0..model.labels().len() {
            let shares: f64 = explanation.shares.iter().map(|share| share.by_label[label]).sum();
            let sum = explanation.intercept[label] + shares;
            prop_assert!((sum - explanation.scores[label]).abs() < 1e-9);
        }
        let probabilities = &explanation.prediction.probabilities;
        prop_assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert_eq!(&model.predict(&text, &mentions), &explanation.prediction);
        let best = explanation.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(explanation.scores[explanation.prediction.label] >= best - 1e-12);
    }
}

#[test]
fn who_the_target_is_does_not_matter() {
    let model = model();
    let mut seen = Vec::new();
    for name in ["Ann Vale", "Bo Quist", "Ed Tarn"] {
        let text = format!("Critics mocked {name} for the plan.");
        let at = text.find(name).unwrap();
        seen.push(model.predict(&text, std::slice::from_ref(&(at..at + name.len()))));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[1], seen[2]);
}
