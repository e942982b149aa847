//! How targets are named and found.

use crate::session::{Session, in_folder};

/// An invented company in all its spellings; the last sentence names another one.
const SPELLINGS: &str = "id,outlet,title,text\n1,Lamp,Gloam,\"Gloam & Söhne sank. GLOAM & SOHNE’s barges \
    rust. #GloamSohne is a joke. The Gloam & Söhne-owned quay leaks. The Gloam & Söhne of Vell is fine.\"\n";

fn mentions(folder: &std::path::Path, more: &[&str]) -> Vec<String> {
    let arguments = [&["classify", "a.csv", "--format", "jsonl"], more].concat();
    let table = Session::within(folder, &arguments).stdout;
    let row = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let rows = table.lines().map(row).filter(|row| row["about"] == "mention");
    rows.map(|row| row["mentions"].as_str().unwrap().to_string()).collect()
}

#[test]
fn every_spelling_is_a_mention() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), SPELLINGS).unwrap();
        let target = ["--target", "Gloam & Söhne", "--alias", "Gloam Söhne"];
        let found = mentions(folder, &target);
        let all =
            ["Gloam & Söhne", "GLOAM & SOHNE", "GloamSohne", "Gloam & Söhne", "Gloam & Söhne"];
        assert_eq!(found, all);
        let other = [&target[..], &["--not", "Gloam & Söhne of Vell"]].concat();
        assert_eq!(mentions(folder, &other), all[..4]);
        let exact = [&target[..], &["--exact"]].concat();
        assert_eq!(mentions(folder, &exact), ["Gloam & Söhne"; 3]);
        let page = [&["report", "a.csv", "--format", "html", "--exact"], &other[..]].concat();
        let page = Session::within(folder, &page).stdout;
        assert!(
            page.contains("--not &#39;Gloam &amp; Söhne of Vell&#39; --exact")
                || page.contains("--not 'Gloam &amp; Söhne of Vell' --exact")
        );
    });
}

#[test]
fn what_belongs_to_a_target_stands_behind_it() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), SPELLINGS).unwrap();
        let typed = ["classify", "a.csv", "--not", "Gloam of Vell", "--target", "Gloam"];
        let session = Session::any(folder, &typed);
        assert_eq!(session.code, Some(2));
        assert!(session.stderr.contains("--not 'Gloam of Vell' stands before any --target"));
    });
}
