//! `framescope label --for training`: the page says what the labels so far teach.

use std::time::Duration;

use serde_json::Value;

use crate::label_page::demo;
use crate::label_server::{BEGIN, Server, articles};
use crate::session::in_folder;

const LABELS: [&str; 3] = ["critical", "neutral", "supportive"];

#[test]
fn a_model_is_trained_beside_the_labelling() {
    in_folder(|folder| {
        let server = demo(folder, &["--for", "training"]);
        let mut client = server.client(0);
        let (_, session) = client.get("/api/session").unwrap();
        assert_eq!(session["is_for_training"], true);
        let (_, state) = client.get("/api/training").unwrap();
        assert_eq!((&state["check"], &state["is_running"]), (&Value::Null, &Value::Bool(false)));

        for _ in 0..45 {
            let (_, state) = client.get("/api/next").unwrap();
            let card = state["next"]["card"].as_u64().unwrap();
            let label = LABELS[usize::try_from(card % 3).unwrap()];
            assert_eq!(client.label(card, label).unwrap().0, 200);
        }
        let mut state = Value::Null;
        for _ in 0..1_200 {
            state = client.get("/api/training").unwrap().1;
            if state["is_running"] == false {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let check = &state["check"];
        assert_eq!(check["labels"], 45, "{state}");
        let curve = check["curve"].as_array().unwrap();
        assert!((2..=5).contains(&curve.len()), "{check}");
        let learnt = |point: &Value| point["labels"].as_f64().unwrap();
        assert!(curve.windows(2).all(|two| learnt(&two[0]) < learnt(&two[1])));
        assert!(
            curve[curve.len() - 1]["macro_f1"].as_f64().is_some_and(|f1| (0.0..=1.0).contains(&f1))
        );
        assert!(check["advice"].as_str().unwrap().contains("Label on"), "{check}");
        // Without twenty new labels nothing is trained again.
        assert_eq!(client.get("/api/training").unwrap().1["is_running"], false);
    });
}

#[test]
fn labels_for_a_report_and_one_of_several_coders_are_told_nothing() {
    in_folder(|folder| {
        articles(folder, 40);
        let server = Server::start(folder, &[&BEGIN[..], &["--per-outlet", "40"]].concat());
        assert_eq!(server.client(0).get("/api/training").unwrap().0, 404);
        drop(server);
        let more = ["articles.csv", "--target", "plan", "--out", "several.csv"];
        let several = ["--for", "training", "--coders", "Ann,Ben"];
        let server = Server::start(folder, &[&more[..], &several].concat());
        assert_eq!(server.client(0).get("/api/training").unwrap().0, 404);
        assert_eq!(server.client(2).get("/api/training").unwrap().0, 200, "who leads");
    });
}
