//! A report names the very bytes that it was made from.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::session::{Session, framescope};

const TABLE: &str = "outlet,title,text\nHerald,Pier mocked,The pier is a folly. Gulls like it.\n";

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn known(name: &str, bytes: &[u8]) -> Value {
    json!({"name": name, "bytes": bytes.len(), "sha256": digest(bytes)})
}

#[test]
fn every_file_is_known_by_its_digest_as_it_lies_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let packed = zstd::encode_all(TABLE.as_bytes(), 3).unwrap();
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    put("a.csv", TABLE.as_bytes());
    put("b.csv.zst", &packed);
    put("pages/c.txt", b"The pier is a gift.");
    let inputs = ["report", "a.csv", "b.csv.zst", "pages", "--target", "pier", "--format", "json"];
    let report = Session::within(folder.path(), &inputs).json();
    let made = &report["provenance"];
    let expected = [
        known("a.csv", TABLE.as_bytes()),
        known("b.csv.zst", &packed),
        known("pages/c.txt", b"The pier is a gift."),
    ];
    assert_eq!(made["files"], json!(expected));
    assert_eq!(made["inputs"], json!(["a.csv", "b.csv.zst", "pages"]));
    let model = std::fs::read(Path::new("models/stance.safetensors")).unwrap();
    assert_eq!(made["models"], json!([known("built-in model", &model)]));
}

#[test]
fn what_comes_through_a_pipe_is_known_too_and_so_is_the_page() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), TABLE).unwrap();
    let page = framescope(&[
        "report",
        folder.path().join("a.csv").to_str().unwrap(),
        "--target",
        "pier",
        "--format",
        "html",
    ]);
    assert!(page.stdout.contains(&digest(TABLE.as_bytes())));
    let piped = Session::with_input(
        &["report", "-", "--target", "pier", "--format", "json"],
        TABLE.as_bytes(),
    );
    let made = &piped.json()["provenance"];
    assert_eq!(made["files"], json!([known("standard input", TABLE.as_bytes())]));
}
