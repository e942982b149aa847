//! What `framescope label` lets be seen, and by whom: guesses, headers, links, the user's own codebook.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::label_page::demo;
use crate::label_server::{BEGIN, Server, articles, column, rows};
use crate::session::{Session, in_folder};

#[test]
fn no_answer_holds_what_the_model_guesses() {
    in_folder(|folder| {
        let server = demo(folder, &[]);
        let mut client = server.client(0);
        for path in ["/api/session", "/api/next", "/api/card?card=1", "/api/article?card=1"] {
            let (status, answer) = client.get(path).unwrap();
            assert_eq!(status, 200, "{path}");
            let told = answer.to_string();
            for word in ["predicted", "probabilit", "drawn", "stratum"] {
                assert!(!told.contains(word), "{path}: {word}");
            }
        }
        let (_, card) = client.get("/api/card?card=1").unwrap();
        assert_eq!((&card["decision"], &card["codes"]), (&Value::Null, &json!([])));
    });
}

#[test]
fn every_page_forbids_what_comes_from_elsewhere() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        for path in ["/", "/page.js", "/page.css", "/nowhere"] {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            let host = &server.address;
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let head = answer.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
            for needed in [
                "content-security-policy: default-src 'none'",
                "frame-ancestors 'none'",
                "x-content-type-options: nosniff",
                "referrer-policy: no-referrer",
                "cache-control: no-store",
            ] {
                assert!(head.contains(needed), "{path}: no {needed} in\n{head}");
            }
        }
    });
}

/// Starts the program; gives what it says until it listens, and ends it.
fn said_at_start(folder: &Path, arguments: &[&str]) -> String {
    let mut process = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .arg("label")
        .args(arguments)
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut errors = BufReader::new(process.stderr.take().unwrap());
    while !said.contains("End with") {
        assert!(errors.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    process.kill().unwrap();
    process.wait().unwrap();
    said
}

fn tokens(said: &str) -> Vec<&str> {
    said.lines().filter_map(|line| line.split_once("/#")).map(|(_, token)| token).collect()
}

#[test]
fn an_address_that_others_reach_is_told_and_every_link_has_a_secret() {
    in_folder(|folder| {
        articles(folder, 20);
        let several = ["--coders", "Ann,Ben", "--per-outlet", "4", "--listen", "0.0.0.0:0"];
        let said = said_at_start(folder, &[&BEGIN[..], &several].concat());
        assert!(said.contains("other machines can reach this page"), "{said}");
        assert!(said.contains("nothing is encrypted"), "{said}");
        assert!(said.contains("too few sentences were drawn to tell an interval"), "{said}");
        let mut all = tokens(&said);
        assert!(all.iter().all(|token| token.len() == 32), "{said}");

        let again = ["--resume", "labels.csv", "--listen", "127.0.0.1:0"];
        let resumed = said_at_start(folder, &again);
        assert_eq!(tokens(&resumed), all, "the links hold when it is started again");
        assert!(!resumed.contains("other machines"), "{resumed}");

        let other = ["articles.csv", "--target", "plan", "--out", "other.csv", "--coder", "Ann"];
        let said = said_at_start(folder, &[&other[..], &["--listen", "127.0.0.1:0"]].concat());
        all.extend(tokens(&said));
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!((n, all.len()), (4, 4), "two coders, who leads, and another labelling");
    });
}

const BOOK: &str = r#"
dimension = "stance"
version = "7"
question = "Where does the ward stand?"
"#;

#[test]
fn a_codebook_of_ones_own_is_shown_and_its_version_kept() {
    in_folder(|folder| {
        articles(folder, 20);
        let label = |name: &str| {
            format!(
                "[[label]]\nname = \"{name}\"\ndefinition = \"It is {name}.\"\nrule = \"Say so.\"\n"
            )
        };
        let labels = ["critical", "neutral", "supportive"].map(label).concat();
        std::fs::write(folder.join("own.toml"), format!("{BOOK}{labels}")).unwrap();
        let server = Server::start(folder, &[&BEGIN[..], &["--codebook", "own.toml"]].concat());
        let mut client = server.client(0);
        let (_, session) = client.get("/api/session").unwrap();
        assert_eq!(session["codebook"]["question"], "Where does the ward stand?");
        assert_eq!(session["codebook_version"], "stance 7");
        assert_eq!(client.label(0, "critical").unwrap().0, 200);
        server.interrupt();
        let path = folder.join("labels.csv");
        assert_eq!(&rows(&path)[0][column(&path, "codebook")], "stance 7");

        std::fs::write(folder.join("two.toml"), format!("{BOOK}{}", label("hostile"))).unwrap();
        let other = ["articles.csv", "--target", "plan", "--out", "other.csv"];
        let refused =
            Session::any(folder, &[&["label"], &other[..], &["--codebook", "two.toml"]].concat());
        assert_eq!(refused.code, Some(1));
        assert!(refused.stderr.contains("both must have the same labels"), "{}", refused.stderr);
    });
}
