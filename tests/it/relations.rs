//! Sentences that do not name their target have probabilities of their own.

use framescope::example::Example;
use framescope::model::Model;
use framescope::model::card::Settings;
use framescope::model_input::ModelInput;
use framescope::training::base_prior::Prior;
use framescope::training::dataset::Dataset;
use framescope::training::{Trained, train};

/// Sentences that name the barrier are as they say; the others are so by chance.
fn examples(count: u64) -> Vec<Example> {
    let example = |n: u64| {
        let (is_context, is_light) = (n % 2 == 1, n % 4 < 2);
        let word = if is_light { "light" } else { "dark" };
        let subject = if is_context { "It" } else { "The barrier" };
        let label = if is_context { n % 8 < 4 } else { is_light };
        Example {
            path: "labels.csv".into(),
            line: n + 2,
            article_id: n.to_string(),
            text: format!("{subject} is {word} on day {n}."),
            subject: "barrier".to_string(),
            target: if is_context { String::new() } else { "barrier".to_string() },
            mention: (!is_context).then_some(4..11),
            label_shares: vec![(if label { "lit" } else { "dim" }.to_string(), 1.0)],
            weight: 1.0,
            ..Example::default()
        }
    };
    (0..count).map(example).collect()
}

fn trained(count: u64, base: Option<&Model>) -> Trained {
    let labels = base.map(Model::labels);
    let dataset = Dataset::gather(&examples(count), &[], "light", labels).unwrap();
    let settings =
        Settings { resamples: 10, folds: 2, penalties: vec![1.0], ..Settings::default() };
    let prior = Prior { base, ..Prior::default() };
    train("light", &dataset, &settings, prior, Vec::new(), None).unwrap()
}

fn context() -> ModelInput<'static> {
    ModelInput { subject: "barrier", ..ModelInput::sentence("It is light on day 7.", &[]) }
}

#[test]
fn context_is_less_sure_where_it_errs_more() {
    let model = trained(480, None).model;
    let mention = std::slice::from_ref(&(4..11));
    let named = model.predict(&ModelInput::sentence("The barrier is light on day 7.", mention));
    let context = model.predict(&context());
    assert!(named.probabilities[1] > 0.9, "{named:?}");
    assert!((context.probabilities[1] - 0.5).abs() < 0.1, "{context:?}");
}

#[test]
fn shares_of_context_add_up_and_the_file_keeps_its_calibration() {
    let model = trained(480, None).model;
    let explanation = model.explain(&context());
    for label in 0..2 {
        let shares = explanation.shares.iter().map(|share| share.by_label[label]).sum::<f64>();
        let sum = explanation.intercept[label] + shares;
        assert!((sum - explanation.scores[label]).abs() < 1e-9, "{sum}");
    }
    let odds = explanation.scores[1] - explanation.scores[0];
    let probability = 1.0 / (1.0 + (-odds).exp());
    // The scorer adds up in single precision.
    assert!((probability - explanation.prediction.probabilities[1]).abs() < 1e-5);
    let bytes = model.to_bytes().unwrap();
    assert!(String::from_utf8_lossy(&bytes[..999]).contains(r#"\"format\":3"#));
    assert_eq!(Model::from_bytes(&bytes).unwrap().predict(&context()), model.predict(&context()));
}

#[test]
fn few_rows_leave_one_calibration_or_the_one_of_the_base() {
    assert_eq!(trained(80, None).model.card().context_calibration, None);
    let base = trained(480, None).model;
    let adapted = trained(80, Some(&base)).model;
    assert!(adapted.card().context_calibration.is_some());
    assert_eq!(adapted.card().context_calibration, base.card().context_calibration);
}
