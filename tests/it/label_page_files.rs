//! What `framescope label` keeps, whatever happens: kills, two tabs, many coders, odd clients.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::label_server::{BEGIN, Client, Server, articles, column, rows};
use crate::session::{Session, in_folder};

const LABELS: [&str; 3] = ["critical", "neutral", "supportive"];

/// The label of each id; no id may stand there twice.
fn labels(path: &std::path::Path) -> BTreeMap<String, String> {
    let (id, label) = (column(path, "id"), column(path, "label"));
    let mut found = BTreeMap::new();
    for row in rows(path) {
        let twice = found.insert(row[id].to_string(), row[label].to_string());
        assert!(twice.is_none(), "{} stands there twice", &row[id]);
    }
    found
}

/// The program is killed again and again while labels are given: what it has acknowledged is there, once.
#[test]
fn kill_9_loses_nothing_and_doubles_nothing() {
    in_folder(|folder| {
        articles(folder, 300);
        let mut server =
            Some(Server::start(folder, &[&BEGIN[..], &["--per-outlet", "300"]].concat()));
        let (mut acknowledged, mut asked) = (BTreeMap::new(), BTreeMap::new());
        let (mut chance, mut kills) = (7_u64, 0);
        while acknowledged.len() < 220 {
            let running =
                server.take().unwrap_or_else(|| Server::start(folder, &["--resume", "labels.csv"]));
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let life = Duration::from_millis(20 + (chance >> 33) % 120);
            let mut client = running.client(0);
            let killer = std::thread::spawn(move || {
                std::thread::sleep(life);
                running.kill();
            });
            // Until the connection breaks.
            while let Some((200, state)) = client.get("/api/next") {
                let card = state["next"]["card"].as_u64().unwrap();
                let label = LABELS[usize::try_from(card % 3).unwrap()];
                asked.insert(card, label);
                let Some((status, _)) = client.label(card, label) else { break };
                assert_eq!(status, 200);
                acknowledged.insert(card, label);
            }
            killer.join().unwrap();
            kills += 1;
        }
        // At the end as it lies there, without the program's help.
        let path = folder.join("labels.csv");
        let direct = labels(&path);
        let server = Server::start(folder, &["--resume", "labels.csv"]);
        let mut client = server.client(0);
        let mut expected = BTreeMap::new();
        for (card, label) in &asked {
            let (_, shown) = client.get(&format!("/api/card?card={card}")).unwrap();
            let kept = &shown["decision"]["answer"]["label"];
            if acknowledged.contains_key(card) {
                assert_eq!(kept, label, "card {card} was acknowledged");
            }
            if let Some(kept) = kept.as_str() {
                let text = shown["text"].as_str().unwrap().to_string();
                expected.insert(text, kept.to_string());
            }
        }
        let (text, label) = (column(&path, "text"), column(&path, "label"));
        let found: BTreeMap<String, String> =
            rows(&path).iter().map(|row| (row[text].to_string(), row[label].to_string())).collect();
        assert_eq!(found, expected);
        assert!(direct.len() >= acknowledged.len(), "{} of {}", direct.len(), acknowledged.len());
        assert!(labels(&path).len() - acknowledged.len() <= kills, "one in flight at each kill");
        eprintln!("{} labels, {kills} kills", acknowledged.len());
        server.interrupt();
    });
}

/// Twenty coders at once: nothing is lost, and everybody is answered in time.
#[test]
fn twenty_coders_label_at_once() {
    in_folder(|folder| {
        articles(folder, 2_500);
        let names: Vec<String> = (0..20).map(|n| format!("coder{n}")).collect();
        let names = names.join(",");
        let more = ["--coders", &names, "--overlap", "0%", "--per-outlet", "2500"];
        let server = Server::start(folder, &[&BEGIN[..], &more].concat());
        let label_all = |mut client: Client| {
            let mut times = Vec::new();
            let (_, state) = client.get("/api/next").unwrap();
            let mut next = state["next"].clone();
            while let Some(card) = next["card"].as_u64() {
                let start = Instant::now();
                let label = LABELS[usize::try_from(card % 3).unwrap()];
                let (status, mut state) = client.label(card, label).unwrap();
                times.push(start.elapsed());
                assert_eq!(status, 200, "{state}");
                next = state["next"].take();
            }
            times
        };
        let clients: Vec<Client> = (0..20).map(|coder| server.client(coder)).collect();
        let threads: Vec<_> = clients
            .into_iter()
            .map(|client| std::thread::spawn(move || label_all(client)))
            .collect();
        let mut times: Vec<Duration> =
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        times.sort();
        assert_eq!(times.len(), 5_000);
        let at = |per_cent: usize| times[times.len() * per_cent / 100];
        eprintln!("median {:?}, p99 {:?}, longest {:?}", at(50), at(99), times[4_999]);
        // A debug build on a machine that compiles beside it: the aim of 50 ms is measured with a release
        // build; this bound finds what holds all coders up.
        assert!(at(99) < Duration::from_millis(500), "{:?}", at(99));
        server.interrupt();
        let path = folder.join("labels.csv");
        let (id, label, coder) =
            (column(&path, "id"), column(&path, "label"), column(&path, "coder"));
        let found = rows(&path);
        assert_eq!(found.len(), 5_000);
        let ids: std::collections::BTreeSet<&str> = found.iter().map(|row| &row[id]).collect();
        assert_eq!(ids.len(), 5_000);
        assert!(found.iter().all(|row| LABELS.contains(&&row[label])));
        for n in 0..20 {
            let name = format!("coder{n}");
            assert_eq!(found.iter().filter(|row| row[coder] == name).count(), 250, "{name}");
        }
    });
}

#[test]
fn two_tabs_undo_and_repeated_requests() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        let (mut one, mut two) = (server.client(0), server.client(0));
        assert_eq!(one.label(0, "critical").unwrap().0, 200);
        // The same request again, as after a lost answer: nothing happens twice.
        let (status, again) = one.label(0, "critical").unwrap();
        assert_eq!((status, again["counts"]["decided"].as_u64()), (200, Some(1)));
        // Another tab has not seen it.
        let (status, told) = two.label(0, "neutral").unwrap();
        assert_eq!(
            (status, &told["error"], told["revision"].as_u64()),
            (409, &json!("changed"), Some(1))
        );
        let change = json!({"card": 0, "seen": 1, "request": "x", "answer": {"label": "neutral"}, "note": "on second thoughts"});
        assert_eq!(two.post("/api/decide", change).unwrap().0, 200);
        let path = folder.join("labels.csv");
        assert_eq!(labels(&path).into_values().collect::<Vec<_>>(), ["neutral"]);
        for (request, left) in [("u1", vec!["critical"]), ("u1", vec!["critical"]), ("u2", vec![])]
        {
            assert_eq!(one.post("/api/undo", json!({"request": request})).unwrap().0, 200);
            assert_eq!(labels(&path).into_values().collect::<Vec<_>>(), left);
        }
        assert_eq!(one.post("/api/undo", json!({"request": "u3"})).unwrap().0, 400);
        // What was changed and taken back is kept beside the file.
        let journal = std::fs::read_to_string(folder.join("labels.csv.journal")).unwrap();
        assert!(
            journal.contains("on second thoughts") && journal.matches("\"undone\"").count() == 2
        );
    });
}

#[test]
fn corrections_notes_and_skips_stand_in_the_label_file() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &[&BEGIN[..], &["--coder", "Ann"]].concat());
        let mut client = server.client(0);
        for body in [
            json!({"card": 0, "seen": 0, "request": "a", "answer": {"label": "critical"},
                "voice": "attributed", "speaker": "Zoë Elm", "part": "comment", "marks": [[4, 8], [12, 18]]}),
            json!({"card": 1, "seen": 0, "request": "b", "answer": "cannot_say", "note": "two, \"readings\""}),
            json!({"card": 2, "seen": 0, "request": "c", "answer": "skipped"}),
        ] {
            assert_eq!(client.post("/api/decide", body).unwrap().0, 200);
        }
        server.interrupt();
        let path = folder.join("labels.csv");
        let of = |row: &csv::StringRecord| {
            ["label", "coder", "voice", "speaker", "part", "note", "marks", "status", "codebook"]
                .map(|name| row[column(&path, name)].to_string())
        };
        let found: Vec<_> = rows(&path).iter().map(of).collect();
        assert_eq!(
            found[0],
            [
                "critical",
                "Ann",
                "attributed",
                "Zoë Elm",
                "comment",
                "",
                "4:8 12:18",
                "labelled",
                "stance 1"
            ]
        );
        assert_eq!(found[1][5..8], ["two, \"readings\"", "", "cannot say"]);
        assert_eq!((&found[2][0], &found[2][7]), (&String::new(), &"skipped".to_string()));
        // The report takes the file as it is.
        let report = ["report", "articles.csv", "--target", "plan", "--labels", "labels.csv"];
        Session::within(folder, &report);
    });
}

#[test]
fn what_cannot_be_resumed_or_begun_is_told() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        assert_eq!(server.client(0).label(0, "critical").unwrap().0, 200);
        let told = |arguments: &[&str], expected: &str| {
            let session = Session::any(folder, arguments);
            assert_eq!(session.code, Some(1), "{}", session.stderr);
            assert!(session.stderr.contains(expected), "{}", session.stderr);
        };
        let resume = ["label", "--resume", "labels.csv"];
        told(&resume, "another framescope is at work on it");
        server.interrupt();
        told(&[&["label"], &BEGIN[..]].concat(), "is there already; go on with it");
        let path = folder.join("labels.csv");
        let kept = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, kept.replace(",critical,", ",neutral,")).unwrap();
        told(&resume, "row 2 is not as the page wrote it");
        // A row that a kill has cut off is mended.
        std::fs::write(&path, &kept[..kept.len() - 30]).unwrap();
        Server::start(folder, &resume[1..]).interrupt();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), kept);
        std::fs::remove_file(&path).unwrap();
        Server::start(folder, &resume[1..]).interrupt();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), kept);
        told(&["label", "--resume", "articles.csv"], "there is no such journal");
        let open = ["--listen", "0.0.0.0:0"];
        let other = ["label", "articles.csv", "--target", "plan", "--out", "other.csv"];
        told(&[&other[..], &open].concat(), "name who labels");
        let same = [&other[..], &["--coders", "Ann,Ann"]].concat();
        told(&same, "a coder cannot be called `Ann`");
    });
}

#[test]
fn only_the_page_with_its_link_is_answered() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        let ask = |head: &str| {
            let mut client = server.client(0);
            let request = head.replace("HOST", &server.address).replace("TOKEN", &server.tokens[0]);
            client.raw(format!("{request}\r\n\r\n").as_bytes()).map(|(status, _)| status)
        };
        let fine = "GET /api/next HTTP/1.1\r\nHost: HOST\r\nX-Framescope-Token: TOKEN";
        assert_eq!(ask(fine), Some(200));
        for (head, status) in [
            ("GET /api/next HTTP/1.1\r\nHost: HOST", 401),
            ("GET /api/next HTTP/1.1\r\nHost: HOST\r\nX-Framescope-Token: 0", 401),
            ("GET / HTTP/1.1\r\nHost: evil.example", 403),
            (&format!("{fine}\r\nOrigin: http://evil.example"), 403),
            (&format!("{fine}\r\nSec-Fetch-Site: cross-site"), 403),
            ("GET /../../etc/passwd HTTP/1.1\r\nHost: HOST\r\nX-Framescope-Token: TOKEN", 404),
            ("GET /report?ticket= HTTP/1.1\r\nHost: HOST", 410),
            ("NONSENSE", 400),
        ] {
            assert_eq!(ask(head), Some(status), "{head}");
        }
        let mut client = server.client(0);
        let long = json!({"card": 0, "seen": 0, "request": "r", "answer": "skipped", "note": "x".repeat(70_000)});
        assert_eq!(client.post("/api/decide", long).unwrap().0, 400);
        for body in [
            json!({"card": 9_999, "seen": 0, "request": "r", "answer": "skipped"}),
            json!({"card": 0, "seen": 0, "request": "r", "answer": {"label": "hostile"}}),
            json!({"card": 0, "seen": 0, "request": "r", "answer": "skipped", "coder": "Eve"}),
            json!([]),
        ] {
            let (status, told) = server.client(0).post("/api/decide", body).unwrap();
            assert!([400, 404].contains(&status), "{told}");
        }
        assert!(rows(&folder.join("labels.csv")).is_empty());
    });
}

#[test]
fn slow_and_broken_clients_harm_nobody() {
    in_folder(|folder| {
        articles(folder, 20);
        let server = Server::start(folder, &BEGIN);
        let mut kept = Vec::new();
        for n in 0..100 {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            match n % 3 {
                0 => stream.write_all(b"POST /api/decide HTTP/1.1\r\nHo").unwrap(),
                1 => stream.write_all(b"\0\xff\x16\x03garbage\r\n\r\n").unwrap(),
                _ => {}
            }
            kept.push(stream);
        }
        let start = Instant::now();
        assert_eq!(server.client(0).label(0, "critical").unwrap().0, 200);
        assert!(start.elapsed() < Duration::from_secs(2));
        server.interrupt();
    });
}

#[test]
fn coders_see_their_own_labels_until_all_are_done() {
    in_folder(|folder| {
        articles(folder, 20);
        let more = ["--coders", "Ann,Ben", "--overlap", "50%", "--per-outlet", "5"];
        let server = Server::start(folder, &[&BEGIN[..], &more].concat());
        assert_eq!(server.tokens.len(), 3);
        let (mut ann, mut ben, mut lead) = (server.client(0), server.client(1), server.client(2));
        // Of ten cards every second one is shared: 1, 3, 5, 7, 9.
        let labels = |card: u64, by: u64| LABELS[usize::try_from((card / 2 + by) % 2).unwrap()];
        for card in [1, 3, 5, 7, 9] {
            assert_eq!(ann.label(card, LABELS[0]).unwrap().0, 200);
        }
        assert_eq!(ben.get("/api/agreement").unwrap().0, 403);
        let (_, card) = ben.get("/api/card?card=1").unwrap();
        assert_eq!((&card["decision"], &card["codes"]), (&Value::Null, &json!([])));
        assert_eq!(ben.get("/api/card?card=0").unwrap().0, 404);
        let (_, progress) = ben.get("/api/progress").unwrap();
        assert_eq!(
            (progress["coders"].as_array().unwrap().len(), &progress["strata"]),
            (1, &json!([]))
        );
        assert_eq!(ben.post("/api/report", json!({})).unwrap().0, 404);
        for card in [1, 3, 5, 7, 9] {
            assert_eq!(ben.label(card, labels(card, 0)).unwrap().0, 200);
        }
        assert_eq!(ben.get("/api/agreement").unwrap().0, 200);
        let (_, found) = lead.get("/api/agreement").unwrap();
        assert_eq!((found["complete"].as_u64(), found["percent"].as_f64()), (Some(5), Some(0.6)));
        let disputes = found["disputes"].as_array().unwrap();
        assert_eq!(disputes.len(), 2);
        let card = disputes[0]["card"].as_u64().unwrap();
        let (_, shown) = lead.get(&format!("/api/card?card={card}")).unwrap();
        assert_eq!(shown["codes"].as_array().unwrap().len(), 2);
        assert_eq!(lead.label(card, "neutral").unwrap().0, 200);
        server.interrupt();
        let path = folder.join("labels.csv");
        let settled = rows(&path);
        let settled = settled.iter().filter(|row| &row[column(&path, "coder")] == "adjudicated");
        assert_eq!(
            settled.map(|row| row[column(&path, "label")].to_string()).collect::<Vec<_>>(),
            ["neutral"]
        );
        let agree = Session::within(folder, &["agree", "labels.csv", "--format", "json"]).json();
        assert_eq!(agree["percent_agreement"]["value"].as_f64(), Some(0.6), "{agree}");
    });
}
