//! The encoder as a reader: through every command that predicts.

use std::fmt::Write as _;
use std::fs;

use framescope::encoder::Encoder;
use framescope::model_input::ModelInput;
use serde::Deserialize;

use super::session::{Session, framescope, in_folder};

const ARTICLES: &str = "tests/articles/tidal-barrier.csv";
const TARGET: [&str; 4] = ["--target", "tidal barrier", "--alias", "the scheme"];

fn encoder() -> Encoder {
    let files: [&[u8]; 2] = [
        include_bytes!("../../models/encoder.safetensors"),
        include_bytes!("../../models/encoder-pieces.safetensors"),
    ];
    Encoder::from_bytes(&files).unwrap()
}

fn features(encoder: &Encoder, inputs: &[ModelInput<'_>]) -> Vec<Vec<f32>> {
    encoder.map_features(inputs, <[f32]>::to_vec, &|_| ())
}

/// A sentence, and its features with activations in single precision: `tests/oracle/encoder.py`.
#[derive(Deserialize)]
struct Reference {
    sentence: String,
    mention: Option<String>,
    subject: String,
    title: String,
    before: String,
    features: Vec<f32>,
}

/// Activations of 8 bits turn the features by a little; a wrong piece, place or layer turns them by much.
#[test]
fn features_are_those_of_single_precision_but_for_rounding() {
    #[derive(Deserialize)]
    struct Cases {
        cases: Vec<Reference>,
    }
    let encoder = encoder();
    let cases: Cases = serde_json::from_str(include_str!("../oracle/encoder.json")).unwrap();
    for case in cases.cases {
        let mention = case.mention.as_ref().map(|mention| {
            let start = case.sentence.find(mention).unwrap();
            start..start + mention.len()
        });
        let mentions = Vec::from_iter(mention);
        let input = ModelInput {
            subject: &case.subject,
            title: &case.title,
            before: &case.before,
            ..ModelInput::sentence(&case.sentence, &mentions)
        };
        let found = features(&encoder, &[input]).pop().unwrap();
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let lengths = (dot(&found, &found) * dot(&case.features, &case.features)).sqrt();
        let cosine = dot(&found, &case.features) / lengths;
        assert!(cosine > 0.99, "{}: {cosine}", case.sentence);
    }
}

#[test]
fn a_sentence_has_the_same_features_alone_and_among_others() {
    let encoder = encoder();
    let long = "The council said that the old barrier would not hold. ".repeat(9);
    let texts = ["It leaks.", "Critics of the barrier are wrong.", &long, "", "🗞 “Zoë” — 道"];
    let inputs =
        texts.map(|text| ModelInput { subject: "barrier", ..ModelInput::sentence(text, &[]) });
    let together = features(&encoder, &inputs);
    for (input, expected) in inputs.iter().zip(&together) {
        assert_eq!(features(&encoder, std::slice::from_ref(input)), std::slice::from_ref(expected));
        assert!(expected.len() == encoder.n_features() && expected.iter().all(|x| x.is_finite()));
    }
}

#[test]
fn the_table_is_the_same_on_any_number_of_threads() {
    let arguments = [&["classify", ARTICLES, "--reader", "encoder"], &TARGET[..]].concat();
    let one = Session::run(&arguments, &[("RAYON_NUM_THREADS", "1")]).stdout;
    let three = Session::run(&arguments, &[("RAYON_NUM_THREADS", "3")]).stdout;
    assert_eq!(one, three);
    let words = framescope(&[&["classify", ARTICLES], &TARGET[..]].concat()).stdout;
    assert_eq!(one.lines().count(), words.lines().count());
    assert_ne!(one, words);
}

#[test]
fn the_words_that_decide_are_estimated_by_leaving_them_out() {
    let arguments = ["explain", "Engineers praised the barrier.", "--target", "the barrier"];
    let found =
        framescope(&[&arguments[..], &["--reader", "encoder", "--format", "json"]].concat());
    let found = found.json();
    assert_eq!((&found["label"], &found["estimated"]), (&"supportive".into(), &true.into()));
    assert_eq!(found["shares"][0]["feature"], "word=praised");
    let text = framescope(&[&arguments[..], &["--reader", "encoder"]].concat()).stdout;
    assert!(text.contains("[praised +") && text.contains("{the barrier}"), "{text}");
    assert!(text.contains("an estimate"), "{text}");
}

/// A head of one's own, from nothing and from the built-in one, through every way of judging it.
#[test]
fn a_head_is_trained_on_a_few_labels() {
    in_folder(|folder| {
        let mut rows = "article_id,text,subject,title,before,label\n".to_string();
        for number in 0..12 {
            let (verb, label) = match number % 3 {
                0 => ("failed everybody", "critical"),
                1 => ("opens on Monday", "neutral"),
                _ => ("saved the town", "supportive"),
            };
            writeln!(
                rows,
                "{number},It {verb} in year {number}.,the dam,Dam news {number},,{label}"
            )
            .unwrap();
        }
        fs::write(folder.join("labels.csv"), rows).unwrap();
        let train = ["train", "labels.csv", "--reader", "encoder", "--folds", "2", "--out"];
        let more = ["--learning-curve", "--suspects", "s.csv"];
        let from_nothing = [&train[..], &["own.safetensors"], &more].concat();
        Session::within(folder, &from_nothing);
        let adapted = [&train[..], &["adapted.safetensors", "--base", "built-in"]].concat();
        let text = Session::within(folder, &adapted).stdout;
        assert!(text.contains("alone: macro-F1"), "{text}");
        for model in ["own.safetensors", "adapted.safetensors"] {
            let evaluated = ["evaluate", "labels.csv", "--model", model, "--format", "json"];
            let f1 = Session::within(folder, &evaluated).json()["macro_f1"]["value"].as_f64();
            assert!(f1.is_some_and(|f1| f1 > 0.9), "{model}: {f1:?}");
        }
        let card = Session::within(folder, &["inspect", "own.safetensors"]).stdout;
        assert!(card.contains("numbers of the encoder mpnet-"), "{card}");
        let wrong = ["explain", "It fell.", "--model", "own.safetensors", "--reader", "words"];
        let refused = Session::any(folder, &wrong);
        assert_eq!(refused.code, Some(1));
        assert!(refused.stderr.contains("reads by encoder, not by words"), "{}", refused.stderr);
    });
}

#[test]
fn what_is_about_words_is_refused() {
    in_folder(|folder| {
        fs::write(folder.join("l.csv"), "text,label\nA,critical\nB,neutral\n").unwrap();
        for option in [&["--without", "pair"][..], &["--max-features", "9"], &["--ablation"]] {
            let train = ["train", "l.csv", "--reader", "encoder", "--out", "m.safetensors"];
            let refused = Session::any(folder, &[&train[..], option].concat());
            assert_eq!(refused.code, Some(1), "{}", refused.stderr);
            assert!(refused.stderr.contains("an encoder counts none"), "{}", refused.stderr);
        }
    });
}

#[test]
fn a_damaged_encoder_says_so() {
    in_folder(|folder| {
        fs::write(folder.join("e.safetensors"), "no encoder").unwrap();
        let asked = ["explain", "It fell.", "--reader", "encoder", "--encoder", "e.safetensors"];
        let refused = Session::any(folder, &asked);
        assert_eq!(refused.code, Some(1));
        assert!(refused.stderr.contains("not an encoder"), "{}", refused.stderr);
    });
    let first: &[u8] = include_bytes!("../../models/encoder.safetensors");
    let lacking = Encoder::from_bytes(&[first]).unwrap_err();
    assert!(lacking.contains("has no tensor `vocabulary`"), "{lacking}");
}

/// A sentence table holds all that the encoder read: whichever alias a sentence uses, and what stands
/// around one that uses none.
#[test]
fn the_rows_of_a_sentence_table_are_read_as_the_articles_were() {
    in_folder(|folder| {
        let article = "id,title,text\na,Scheme mocked,\"The scheme is folly. Nobody wanted it. The Tidal \
                       Barrier pleases the mayor.\"\n";
        fs::write(folder.join("a.csv"), article).unwrap();
        let classify = |more: &[&str]| {
            let session =
                Session::within(folder, &[&["classify", "--reader", "encoder"], more].concat());
            let rows = csv::Reader::from_reader(session.stdout.as_bytes());
            let rows = rows.into_deserialize::<std::collections::BTreeMap<String, String>>();
            fs::write(folder.join("table.csv"), &session.stdout).unwrap();
            rows.map(Result::unwrap).collect::<Vec<_>>()
        };
        let table = classify(&[&["a.csv"], &TARGET[..]].concat());
        let about: Vec<&str> = table.iter().map(|row| row["about"].as_str()).collect();
        assert_eq!(about, ["context", "mention", "context", "mention"]);
        assert_eq!(
            (&*table[2]["title"], &*table[2]["before"]),
            ("Scheme mocked", "The scheme is folly.")
        );
        let again = classify(&["table.csv", "--unit", "sentence"]);
        for (row, again) in table.iter().zip(&again) {
            for column in ["stance", "p_critical", "p_neutral", "p_supportive"] {
                assert_eq!(row[column], again[column], "{column} of {}", row["text"]);
            }
        }
    });
}
