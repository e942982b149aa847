//! Laws that every part of the features keeps.

use std::collections::BTreeSet;

use framescope::features::{TEMPLATES, View, extract};
use framescope::model::Model;
use framescope::model::softmax_regression::softmax;
use framescope::model_input::ModelInput;
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
        let mut noted = BTreeSet::new();
        extract(&view, |_| true, |part, seen| {
            assert!(text.get(seen.span.clone()).is_some());
            assert!(seen.amount > 0.0 && seen.amount.is_finite());
            let name = view.feature_name(TEMPLATES[part].name, seen.parts);
            assert!(!name.contains(['\n', '\t']) && name.matches(' ').count() < 4, "{name:?}");
            // Whoever adds up what is noted of a word that stands once relies on it.
            let is_new = noted.insert((name.clone(), seen.span.start, seen.span.end));
            assert!(is_new, "{name:?} is noted twice");
        });
    }

    #[test]
    fn shares_add_up_to_the_score_and_probabilities_to_one((text, mentions) in sentences()) {
        let model = model();
        let explanation = model.explain(&ModelInput::sentence(&text, &mentions));
        for label in 0..model.labels().len() {
            let shares: f64 = explanation.shares.iter().map(|share| share.by_label[label]).sum();
            let sum = explanation.intercept[label] + shares;
            prop_assert!((sum - explanation.scores[label]).abs() < 1e-9);
        }
        let probabilities = &explanation.prediction.probabilities;
        prop_assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert_eq!(&model.predict(&ModelInput::sentence(&text, &mentions)), &explanation.prediction);
        prop_assert!(distance(&model, &text, &mentions) < 1e-6);
    }
}

/// How far a prediction, which is made in a hurry, lies from the exact shares.
fn distance(model: &Model, text: &str, mentions: &[std::ops::Range<usize>]) -> f64 {
    let explanation = model.explain(&ModelInput::sentence(text, mentions));
    let mut probabilities = explanation.scores;
    softmax(&mut probabilities);
    let found = explanation.prediction.probabilities;
    probabilities.iter().zip(found).map(|(exact, found)| (exact - found).abs()).fold(0.0, f64::max)
}

#[test]
fn predictions_are_the_exact_sums() {
    let model = model();
    // Words that stand twice, that no part knows, and that are names of parts themselves.
    for text in [
        "The plan, the bold plan: critics said the plan, not the word, was near the near side.",
        "near word near word word",
        "“It was no folly,” said Ann Quill. “It was a triumph!”",
        "Xqzt",
        "",
    ] {
        let plan = text.find("plan").map(|at| at..at + 4);
        let word = text.rfind("word").map(|at| at..at + 4);
        for mentions in
            [vec![], plan.clone().into_iter().collect(), plan.into_iter().chain(word).collect()]
        {
            assert!(distance(&model, text, &mentions) < 1e-6, "{text}");
        }
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let (fresh, used) = (model(), model());
    let sentences = ["Critics mocked the plan.", "It was no folly.", "They thanked the mayor."];
    // Often enough for everything to be remembered that ever is.
    for text in sentences.iter().cycle().take(500) {
        used.predict(&ModelInput::sentence(text, &[]));
    }
    for text in sentences.iter().rev() {
        assert_eq!(
            used.predict(&ModelInput::sentence(text, &[])),
            fresh.predict(&ModelInput::sentence(text, &[]))
        );
    }
}

#[test]
fn who_the_target_is_does_not_matter() {
    let model = model();
    let mut seen = Vec::new();
    for name in ["Ann Vale", "Bo Quist", "Ed Tarn"] {
        let text = format!("Critics mocked {name} for the plan.");
        let at = text.find(name).unwrap();
        seen.push(
            model.predict(&ModelInput::sentence(
                &text,
                std::slice::from_ref(&(at..at + name.len())),
            )),
        );
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[1], seen[2]);
}
