//! Adapting a base to labels of one's own.

use std::fmt::Write;
use std::path::Path;

use framescope::example::Example;
use framescope::model::Model;
use framescope::model::card::Settings;
use framescope::model::newton_cg::Stopping;
use framescope::model::softmax_regression::{Softmax, SoftmaxError, SoftmaxParams};
use framescope::model_input::ModelInput;
use framescope::sparse_matrix::Csr;
use framescope::training::base_prior::Prior;
use framescope::training::dataset::Dataset;
use framescope::training::{Trained, train};
use linfa::ParamGuard;
use proptest::prelude::*;

use crate::light;
use crate::session::{Session, framescope, in_folder};

/// One row, one feature of the value 1, two labels, the first one true.
fn fit_near(anchor: &Softmax, penalty: f64) -> Result<Softmax, SoftmaxError> {
    let mut rows = Csr::new(1);
    rows.push(&[(0, 1.0)]);
    let stopping = Stopping { tolerance: 1e-12, max_steps: 50 };
    let params = SoftmaxParams::new(2).penalty(penalty).stopping(stopping);
    let params = params.intercept_penalty(penalty).anchor(Some(anchor.clone())).check()?;
    params.fit_soft(&rows, &[1.0, 0.0], &[1.0], Softmax::zeros(1, 2)).map(|(fitted, _)| fitted)
}

/// Where the minimum lies, weight and intercept of the true label have grown by a = (1 − p) / penalty
/// and those of the other have shrunk by it, so that ln p / (1 − p) = ln 3 − 1 + 4a. With a penalty of
/// 1, a = 1/4 makes p = 3/4.
#[test]
fn an_anchored_weight_is_that_worked_by_hand() {
    let anchor = Softmax { weights: vec![3_f64.ln() - 1.5, -0.5], intercept: vec![0.25, 0.25] };
    let fitted = fit_near(&anchor, 1.0).unwrap();
    let expected = [3_f64.ln() - 1.25, -0.75, 0.5, 0.0];
    for (found, expected) in fitted.weights.iter().chain(&fitted.intercept).zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{fitted:?}");
    }
}

#[test]
fn the_weaker_the_penalty_the_further_from_the_anchor() {
    let anchor = Softmax { weights: vec![-1.0, 1.0], intercept: vec![0.5, -0.5] };
    let mut before = 0.0;
    for penalty in [1e12, 64.0, 8.0, 1.0, 0.125] {
        let fitted = fit_near(&anchor, penalty).unwrap();
        let both = fitted.weights.iter().zip(&anchor.weights);
        let distance: f64 = both.map(|(fitted, anchor)| (fitted - anchor).powi(2)).sum();
        assert!(distance > before, "{distance} at {penalty}");
        assert!(penalty < 1e12 || distance < 1e-20);
        before = distance;
    }
}

#[test]
fn an_anchor_over_other_columns_is_refused() {
    let error = fit_near(&Softmax::zeros(3, 2), 1.0).unwrap_err().to_string();
    assert_eq!(error, "an anchor of 8 weights, expected 4");
}

/// Sentences about light, an article each: their word, and whether it is light.
fn light(words: &[(&str, bool)]) -> Vec<Example> {
    let example = |n: usize| {
        let (word, is_lit) = words[n % words.len()];
        light::example(n, &format!("{word} at gate {n}"), is_lit)
    };
    (0..40).map(example).collect()
}

fn trained(examples: &[Example], base: Option<&Model>, penalties: &[f64]) -> Trained {
    let items = Dataset::gather(examples, &[], "light", base.map(Model::labels)).unwrap();
    let nothing = Settings { without: vec!["letters".into()], ..Settings::default() };
    let settings = base.map_or(nothing, Settings::adapting);
    let settings = Settings { penalties: penalties.to_vec(), resamples: 50, ..settings };
    train("light", &items, &settings, Prior { base, ..Prior::default() }, Vec::new(), None).unwrap()
}

fn base() -> Model {
    let words = [("soot", false), ("murk here", false), ("glow", true), ("a beam", true)];
    trained(&light(&words), None, &[0.1]).model
}

fn log_odds(model: &Model, text: &str) -> f64 {
    let p = probability(model, text);
    (p / (1.0 - p)).ln()
}

/// Says the opposite of the base, and has words of its own.
fn contrary() -> Vec<Example> {
    light(&[("soot", true), ("fog", false), ("glow", false), ("the gleam", true)])
}

fn probability(model: &Model, text: &str) -> f64 {
    model.predict(&ModelInput::sentence(text, &[])).probabilities[1]
}

#[test]
fn new_words_are_learnt_and_what_no_label_shows_stays() {
    let base = base();
    let adapted = trained(&contrary(), Some(&base), &[0.1]).model;
    assert!((probability(&base, "gleam") - probability(&base, "fog")).abs() < 1e-6);
    assert!(probability(&adapted, "gleam") > probability(&adapted, "fog") + 0.2);
    assert!(probability(&adapted, "soot") > probability(&base, "soot") + 0.2);
    assert!(adapted.n_features() > base.n_features());
    let share = |model: &Model| {
        let explanation = model.explain(&ModelInput::sentence("murk", &[]));
        let share = explanation.shares.into_iter().find(|share| share.feature == "word=murk");
        share.unwrap().by_label
    };
    for (adapted, base) in share(&adapted).iter().zip(share(&base)) {
        assert!((adapted - base).abs() < 1e-6);
    }
    assert_eq!(adapted.card().settings.base.as_deref(), Some(base.name()));
}

#[test]
fn a_chain_of_bases_is_written_and_read() {
    let base = base();
    let adapted = trained(&contrary(), Some(&base), &[0.1]).model;
    let again = trained(&light(&[("a lamp", true), ("fog", false)]), Some(&adapted), &[0.1]).model;
    let read = Model::from_bytes(&again.to_bytes().unwrap()).unwrap();
    assert_eq!(read.n_features(), again.n_features());
    for text in ["soot", "fog and gleam at gate 3", "a lamp, a beam", ""] {
        assert_eq!(
            read.predict(&ModelInput::sentence(text, &[])),
            again.predict(&ModelInput::sentence(text, &[]))
        );
        assert_eq!(
            read.explain(&ModelInput::sentence(text, &[])).prediction,
            read.predict(&ModelInput::sentence(text, &[]))
        );
    }
    assert!(probability(&again, "lamp") > probability(&adapted, "lamp") + 0.1);
}

/// What a model is fitted to and what it gives are the same, blocks of a base and new ones included. Half
/// of the rows are lit, so that the shift of the label's shares is slight.
#[test]
fn unseen_scores_are_those_of_the_base_where_nothing_may_change() {
    let base = base();
    let found = trained(&contrary(), Some(&base), &[1e9]);
    for (row, predicted) in contrary().iter().zip(&found.out_of_fold) {
        let expected = probability(&base, &row.text);
        assert!((predicted.probabilities[1] - expected).abs() < 0.1, "{}", row.text);
    }
    let scores = found.base.unwrap();
    assert!(scores.gain.value.abs() < 0.2 && scores.macro_f1 < 0.6);
}

/// Three rows in four are lit, and no word may change its weight.
#[test]
fn the_shares_of_the_labels_are_free_to_move() {
    let base = base();
    let mut lit = light(&[("soot", true), ("murk here", true), ("glow", true), ("a beam", false)]);
    lit.iter_mut().enumerate().for_each(|(n, row)| row.text = format!("door {n}"));
    let adapted = trained(&lit, Some(&base), &[1e9]).model;
    assert!((probability(&base, "door") - 0.5).abs() < 0.02);
    assert!(
        (probability(&adapted, "door") - 0.75).abs() < 0.04,
        "{}",
        probability(&adapted, "door")
    );
}

/// Twice the factor is twice the penalty, column by column.
#[test]
fn a_factor_multiplies_the_penalty_of_its_column() {
    let mut rows = Csr::new(2);
    for n in 0..6_u8 {
        rows.push(&[(u32::from(n % 2), 1.0)]);
    }
    let targets: Vec<f64> =
        (0..6).flat_map(|n| if n < 4 { [1.0, 0.0] } else { [0.3, 0.7] }).collect();
    let stopping = Stopping { tolerance: 1e-12, max_steps: 50 };
    let fit = |penalty: f64, factors: Option<Vec<f64>>| {
        let params = SoftmaxParams::new(2).penalty(penalty).penalty_factors(factors);
        let params = params.stopping(stopping).intercept_penalty(1.0).check().unwrap();
        params.fit_soft(&rows, &targets, &[1.0; 6], Softmax::zeros(2, 2)).unwrap().0
    };
    let (plain, factored) = (fit(1.0, None), fit(0.5, Some(vec![2.0, 2.0])));
    for (a, b) in plain.weights.iter().zip(&factored.weights) {
        assert!((a - b).abs() < 1e-9);
    }
    let held = fit(1.0, Some(vec![1e9, 1.0]));
    assert!(held.weights[0].abs() < 1e-6 && held.weights[2].abs() > 0.1, "{held:?}");
}

#[test]
fn one_label_in_one_article_suffices_beside_a_base() {
    let base = base();
    let one_sided = light(&[("fog", false)]);
    let adapted = trained(&one_sided, Some(&base), &[1.0, 8.0]).model;
    assert_eq!(adapted.labels(), base.labels());
    assert!(probability(&adapted, "fog") < probability(&base, "fog"));
}

#[test]
fn a_base_for_other_labels_is_refused() {
    let base = base();
    let refused = |dimension: &str, labels: &[&str], settings: &Settings, expected: &str| {
        let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let items = Dataset::gather(&contrary(), &[], "light", Some(&labels)).unwrap();
        let found = train(
            dimension,
            &items,
            settings,
            Prior { base: Some(&base), ..Prior::default() },
            Vec::new(),
            None,
        );
        let error = found.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let settings = Settings::adapting(&base);
    refused("tone", &["dim", "lit"], &settings, "predicts light, not tone");
    let expected = "the labels are lit, dim, expected the base's: dim, lit";
    refused("light", &["lit", "dim"], &settings, expected);
    let pruned = Settings { max_features: Some(9), ..settings };
    refused("light", &["dim", "lit"], &pruned, "a base keeps all its features");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_very_strong_penalty_leaves_the_base_as_it_is(
        words in prop::collection::vec("(soot|murk|glow|beam|fog|gleam|gate|here|the|[a-z]{1,6})", 0..9),
        n in 8_usize..40,
    ) {
        let base = base();
        let adapted = trained(&contrary()[..n], Some(&base), &[1e9]).model;
        prop_assert!(adapted.n_features() > base.n_features());
        let text = words.join(" ");
        // The shares of the labels may move, by as much in every text.
        let moved = |text: &str| log_odds(&adapted, text) - log_odds(&base, text);
        prop_assert!((moved(&text) - moved("")).abs() < 1e-5, "{text}: {}", moved(&text));
    }
}

const DEMO: &str = "tests/labels/tidal-barrier.csv";

#[test]
fn train_with_the_built_in_model_as_base() {
    in_folder(|folder| {
        let out = folder.join("own.safetensors");
        let run = |cores: &str| {
            let arguments = ["train", DEMO, "--base", "built-in", "--out", out.to_str().unwrap()];
            let session = Session::run(&arguments, &[("RAYON_NUM_THREADS", cores)]);
            (session.stdout, std::fs::read(&out).unwrap())
        };
        let (printed, bytes) = run("2");
        insta::assert_snapshot!(printed);
        assert!(run("1") == (printed, bytes));
        let inspected = framescope(&["inspect", out.to_str().unwrap()]).stdout;
        assert!(inspected.contains("\nadapted    from stance-"), "{inspected}");
    });
}

/// As a label file.
fn table(examples: &[Example]) -> String {
    let mut table = String::from("text,label,article_id\n");
    for example in examples {
        let label = example.label().unwrap();
        writeln!(table, "{},{label},{}", example.text, example.article_id).unwrap();
    }
    table
}

fn adapt(folder: &Path, more: &[&str]) -> Session {
    std::fs::write(folder.join("base"), base().to_bytes().unwrap()).unwrap();
    std::fs::write(folder.join("light.csv"), table(&contrary())).unwrap();
    Session::any(folder, &[&["train", "light.csv", "--base", "base"], more].concat())
}

#[test]
fn a_base_says_what_the_labels_are_about() {
    in_folder(|folder| {
        let more = ["--out", "own", "--learning-curve", "--suspects", "suspects.csv"];
        let session = adapt(folder, &more);
        assert_eq!(session.code, Some(0), "{}", session.stderr);
        assert!(session.stderr.contains("wrote light-"), "{}", session.stderr);
        let line = format!("base     {} alone: macro-F1 ", base().name());
        assert!(session.stdout.contains(&line), "{}", session.stdout);
        assert!(session.stdout.contains("Learning curve: "), "{}", session.stdout);
    });
}

#[test]
fn none_is_no_base() {
    in_folder(|folder| {
        std::fs::copy(DEMO, folder.join("demo.csv")).unwrap();
        let trained = |out: &str, more: &[&str]| {
            let arguments = [&["train", "demo.csv", "--out", out][..], more].concat();
            let session = Session::any(folder, &arguments);
            assert_eq!(session.code, Some(0), "{}", session.stderr);
            std::fs::read(folder.join(out)).unwrap()
        };
        assert_eq!(trained("one", &["--base", "none"]), trained("other", &[]));
    });
}

#[test]
fn what_cannot_be_adapted_is_refused() {
    in_folder(|folder| {
        let refused = |more: &[&str], code: i32, expected: &str| {
            let session = adapt(folder, more);
            assert_eq!(session.code, Some(code), "{}", session.stderr);
            assert!(session.stderr.contains(expected), "{}", session.stderr);
            assert!(!folder.join("own").exists());
        };
        refused(&["--out", "base"], 1, "base: is read and would be overwritten");
        refused(&["--out", "own", "--dimension", "tone"], 2, "cannot be used with");
        refused(&["--out", "own", "--max-features", "9"], 2, "cannot be used with");
        refused(&["--out", "own", "--without", "pair"], 2, "cannot be used with");
        let train = |base: &str| {
            let arguments = ["train", "light.csv", "--out", "own", "--base", base];
            Session::any(folder, &arguments).stderr
        };
        assert!(train("nowhere").contains("nowhere"));
        assert!(train("light.csv").contains("not a model, or a damaged one"));
        std::fs::write(folder.join("light.csv"), "text,label\nA,dim\nB,dark\n").unwrap();
        let expected = "light.csv, line 3: unknown label `dark`, expected one of dim, lit";
        assert!(train("base").contains(expected), "{}", train("base"));
    });
}
