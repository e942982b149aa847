//! Training with what is known of words.

use framescope::example::Example;
use framescope::model::Model;
use framescope::model::card::Settings;
use framescope::model_input::ModelInput;
use framescope::training::base_prior::Prior;
use framescope::training::dataset::Dataset;
use framescope::training::train;
use framescope::word_vectors::{StemMerger, WordVectors};

use crate::light;
use crate::session::{Session, in_folder};

/// Bright words lie on one side and dark ones on the other, all the rest between.
const VECTORS: &str = "the 0.1 1.0 0.2\nat -0.1 1.0 -0.2\ngate 0.1 -1.0 0.3\n\
    glow 1.0 0.1 0.1\nbeam 0.9 -0.1 0.3\ngleam 1.0 0.2 -0.2\nlantern 1.0 0.0 0.2\n\
    soot -1.0 0.1 0.1\nmurk -0.9 0.1 -0.3\nfog -1.0 0.2 0.1\ncinder -1.0 0.0 0.2\n\
    quill 1.0 0.0 0.1\n";

fn example(n: usize, word: &str, is_lit: bool) -> Example {
    light::example(n, &format!("{word} at the Quill gate {n}"), is_lit)
}

/// Forty sentences about light, an article each.
fn light() -> Vec<Example> {
    let words = [("glow", true), ("soot", false), ("a beam", true), ("murk", false)];
    (0..40).map(|n| example(n, words[n % 4].0, words[n % 4].1)).collect()
}

fn knowledge(items: &Dataset) -> WordVectors {
    let mut gathering = StemMerger::of(items.stems());
    for line in VECTORS.lines() {
        let (word, numbers) = line.split_once(' ').unwrap();
        let numbers: Vec<f32> = numbers.split(' ').map(|n| n.parse().unwrap()).collect();
        gathering.vector(word, &numbers);
    }
    gathering.finish(Vec::new())
}

fn trained(silver: &[Example], settings: Settings, has_words: bool, base: Option<&Model>) -> Model {
    let items = Dataset::gather(&light(), silver, "light", base.map(Model::labels)).unwrap();
    let words = knowledge(&items);
    let prior = Prior { base, words: has_words.then_some(&words), encoder: None };
    let settings = Settings { penalties: vec![0.5, 2.0], resamples: 20, ..settings };
    train("light", &items, &settings, prior, Vec::new(), None).unwrap().model
}

fn is_lit(model: &Model, text: &str) -> f64 {
    model.predict(&ModelInput::sentence(text, &[])).probabilities[1]
}

#[test]
fn a_word_that_no_row_shows_is_judged_by_its_like() {
    let (with, without) = (
        trained(&[], Settings::default(), true, None),
        trained(&[], Settings::default(), false, None),
    );
    assert!((is_lit(&without, "lantern") - is_lit(&without, "cinder")).abs() < 1e-9);
    let (lantern, cinder) = (is_lit(&with, "lantern"), is_lit(&with, "cinder"));
    assert!(lantern > 0.6 && cinder < 0.4, "{lantern} {cinder}");
    assert!(with.n_features() > without.n_features());
}

#[test]
fn names_stay_unknown() {
    let model = trained(&[], Settings::default(), true, None);
    let explained = model.explain(&ModelInput::sentence("Quill spoke of a lantern", &[]));
    let seen: Vec<&str> = explained.shares.iter().map(|share| share.feature.as_str()).collect();
    assert!(seen.contains(&"word=lantern") && !seen.contains(&"word=quill"), "{seen:?}");
}

#[test]
fn no_more_features_are_kept_than_wanted() {
    let settings = Settings { max_features: Some(9), ..Settings::default() };
    let model = trained(&[], settings, true, None);
    assert_eq!(model.n_features(), 9);
    assert!(is_lit(&model, "glow") > is_lit(&model, "soot"));
}

#[test]
fn silver_is_learnt_from_beside_them() {
    let silver: Vec<Example> = (100..110)
        .map(|n| Example {
            text: format!("fog for ever {n}"),
            label_shares: vec![("dim".into(), 0.2), ("lit".into(), 0.8)],
            ..example(n, "", true)
        })
        .collect();
    let model = trained(&silver, Settings::default(), true, None);
    assert!(is_lit(&model, "fog") > is_lit(&model, "cinder"));
    assert!(is_lit(&model, "lantern") > 0.5);
}

#[test]
fn a_base_learns_of_words_that_it_does_not_know() {
    let base = trained(&[], Settings::default(), false, None);
    let adapted = trained(&[], Settings::adapting(&base), true, Some(&base));
    assert!((is_lit(&base, "lantern") - is_lit(&base, "cinder")).abs() < 1e-6);
    assert!(is_lit(&adapted, "lantern") > is_lit(&adapted, "cinder") + 1e-3);
    assert!(is_lit(&adapted, "glow") > is_lit(&base, "glow") - 1e-3);
}

#[test]
fn train_with_files_about_words() {
    in_folder(|folder| {
        let row = |example: &Example| {
            format!("{},{},{}\n", example.article_id, example.label().unwrap(), example.text)
        };
        let rows: String = light().iter().map(row).collect();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("light.csv", &format!("article_id,label,text\n{rows}"));
        write("vectors.txt", &format!("12 3\n{VECTORS}glow 0 0 0\n"));
        write("scores.csv", "word,score\nradiant,3\nbeam,1\nsoot,-2\n");
        let arguments = ["train", "light.csv", "--dimension", "light", "--out", "own"];
        let words = ["--vectors", "vectors.txt", "--word-scores", "scores.csv"];
        let session = Session::within(folder, &[&arguments[..], &words].concat());
        let note = "note: vectors.txt has 1 words twice; the first of each counts";
        assert!(session.stderr.contains(note), "{}", session.stderr);
        let inspected = Session::within(folder, &["inspect", "own"]).stdout;
        let vectors = inspected.lines().find(|line| line.starts_with("words from vectors.txt"));
        assert!(vectors.unwrap().ends_with(": 12 words used, 3 numbers each"), "{inspected}");
        assert!(inspected.contains("words from scores.csv sha256 "), "{inspected}");
        let explained = ["explain", "It was radiant", "--model", "own", "--format", "json"];
        let explained = Session::within(folder, &explained).stdout;
        assert!(explained.contains("word=radiant"), "{explained}");

        let refused = |words: [&str; 2], expected: &str| {
            let session = Session::any(folder, &[&arguments[..], &words].concat());
            assert_eq!(session.code, Some(1), "{}", session.stderr);
            assert!(session.stderr.contains(expected), "{}", session.stderr);
        };
        refused(["--vectors", "nowhere"], "cannot read nowhere");
        refused(["--word-scores", "light.csv"], "light.csv, line 1: no column `word`");
        write("odd.txt", "glow 1\nбуря 2 3\n");
        refused(["--vectors", "odd.txt"], "odd.txt, line 2: ");
        write("foreign.csv", "word,score\n- - -,1\n");
        refused(["--word-scores", "foreign.csv"], "none of its words occurs");
        let overwriting =
            ["train", "light.csv", "--out", "scores.csv", "--word-scores", "scores.csv"];
        let session = Session::any(folder, &overwriting);
        assert!(session.stderr.contains("would be overwritten"), "{}", session.stderr);
    });
}
