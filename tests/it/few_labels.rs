//! A learner that is good with few labels: letters, and rare labels that are not given up.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use framescope::example::Example;
use framescope::model::Model;
use framescope::model::card::Settings;
use framescope::model::softmax_regression::softmax;
use framescope::model_input::ModelInput;
use framescope::training::base_prior::Prior;
use framescope::training::dataset::Dataset;
use framescope::training::{Trained, train};

use crate::light;
use crate::session::{Session, in_folder};

/// Words that share letters, none of which recurs.
const DIM: [&str; 8] =
    ["darkish", "darkly", "darkest", "darkened", "undarked", "darkroom", "darkling", "darkers"];
const LIT: [&str; 8] = [
    "lightish",
    "lightly",
    "lightest",
    "lightened",
    "unlighted",
    "lightroom",
    "lights",
    "lighters",
];

fn examples() -> Vec<Example> {
    let words = DIM.iter().zip(LIT).flat_map(|(dim, lit)| [(*dim, false), (lit, true)]);
    words.enumerate().map(|(n, (word, is_lit))| light::example(n, word, is_lit)).collect()
}

fn trained(examples: &[Example], settings: Settings) -> Trained {
    let dataset = Dataset::gather(examples, &[], "light", None).unwrap();
    let settings = Settings { resamples: 10, ..settings };
    train("light", &dataset, &settings, Prior::default(), Vec::new(), None).unwrap()
}

fn probability(model: &Model, text: &str) -> f64 {
    model.predict(&ModelInput::sentence(text, &[])).probabilities[1]
}

#[test]
fn words_that_were_never_seen_are_known_by_their_letters() {
    let model = trained(&examples(), Settings::default()).model;
    assert!(probability(&model, "Darkens") < 0.4 && probability(&model, "Lightens") > 0.6);
    let without = vec!["letters".to_string()];
    let model = trained(&examples(), Settings { without, ..Settings::default() }).model;
    assert!((probability(&model, "Darkens") - probability(&model, "Lightens")).abs() < 1e-9);
}

/// The scorer in a hurry, the exact shares and the written file say the same, words twice in a sentence too.
#[test]
fn letters_are_explained_and_written_as_all_else() {
    let model = trained(&examples(), Settings::default()).model;
    assert!(model.card().settings.has_letters);
    let read = Model::from_bytes(&model.to_bytes().unwrap()).unwrap();
    for text in ["Darkish lights, darkish lights", "it lightens THE dark", "Ö ß é", ""] {
        let input = ModelInput::sentence(text, &[]);
        let explanation = model.explain(&input);
        let mut probabilities = explanation.scores;
        softmax(&mut probabilities);
        let found = model.predict(&input).probabilities;
        for (exact, found) in probabilities.iter().zip(&found) {
            assert!((exact - found).abs() < 1e-6, "{text}");
        }
        assert_eq!(read.predict(&input).probabilities, found);
    }
    let shares = model.explain(&ModelInput::sentence("darkish", &[])).shares;
    assert!(shares.iter().any(|share| share.feature == "letters=_dark"), "{shares:?}");
}

#[test]
fn marked_targets_and_many_sentences_want_no_letters() {
    let mut marked = examples();
    for row in &mut marked {
        row.text = format!("the lamp {}", row.text);
        row.target = "lamp".into();
    }
    assert!(!trained(&marked, Settings::default()).model.card().settings.has_letters);
}

/// Rows of which one in six is lit; half of those and none of the others say so.
fn lopsided() -> String {
    let mut table = String::from("article_id,text,label\n");
    for n in 0..180 {
        let (word, label) = match n % 12 {
            0 => ("gleam", "lit"),
            1 => ("gate", "lit"),
            _ => ("gate", "dim"),
        };
        let also = if n % 12 == 2 { "gleam" } else { "door" };
        writeln!(table, "{n},the {word} {also} of number {n},{label}").unwrap();
    }
    table
}

fn predicted_lit(folder: &Path, balance: &str) -> (u64, f64) {
    fs::write(folder.join("l.csv"), lopsided()).unwrap();
    let arguments = ["train", "l.csv", "--dimension", "light", "--out", "m", "--balance", balance];
    Session::within(folder, &arguments);
    let evaluated = ["evaluate", "l.csv", "--model", "m", "--format", "json"];
    let json = Session::within(folder, &evaluated).json();
    let lit = &json["labels"][1];
    assert_eq!(lit["label"], "lit");
    (lit["predicted"].as_u64().unwrap(), json["log_loss"].as_f64().unwrap())
}

#[test]
fn rare_labels_are_predicted_more_the_more_balance_is_asked_for() {
    in_folder(|folder| {
        let found = ["0", "0.5", "1"].map(|balance| predicted_lit(folder, balance));
        assert!(found[0].0 <= found[1].0 && found[1].0 <= found[2].0, "{found:?}");
        assert!(found[0].0 < found[2].0, "{found:?}");
        // Probabilities are the same.
        assert!(found.iter().all(|(_, loss)| (loss - found[0].1).abs() < 1e-12), "{found:?}");
        let refused = ["train", "l.csv", "--out", "m", "--balance", "1.5"];
        let refused = Session::any(folder, &refused);
        assert_eq!(refused.code, Some(2));
        assert!(refused.stderr.contains("expected a number from 0 to 1"), "{}", refused.stderr);
    });
}
