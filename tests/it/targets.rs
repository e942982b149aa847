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

const NEWS: &str = "id,outlet,date,section,title,text
1,Lamp,2031-06-01,News,Quay opens,Now Osric Vell opened the tidal quay. The tidal quay is long. The scheme cost us.
2,Lamp,2031-06-05,Opinion,Quay,We like Osric Vell. The tidal quay is a folly. The scheme cost us.
3,Bell,2031-07-01,News,Quay,Then Vell praised the tidal quay. Why is the scheme late? A tidal quay.
4,Horn,soon,News,Rain,It rained on Osric Vell.
";

fn ids(folder: &std::path::Path, more: &[&str]) -> (Vec<String>, String) {
    let session =
        Session::within(folder, &[&["classify", "a.csv", "--format", "jsonl"], more].concat());
    let row = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let mut ids: Vec<String> = session
        .stdout
        .lines()
        .map(|line| row(line)["article_id"].as_str().unwrap().to_string())
        .collect();
    ids.dedup();
    (ids, session.stderr)
}

#[test]
fn articles_are_selected() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), NEWS).unwrap();
        let (found, said) =
            ids(folder, &["--outlet", "lamp", "--outlet", "Bell", "--from", "2031-06-02"]);
        assert_eq!(found, ["2", "3"]);
        assert!(said.contains(
            "note: 2 articles were selected by --outlet lamp --outlet Bell --from 2031-06-02"
        ));
        let (found, said) = ids(folder, &["--to", "2031-06"]);
        assert_eq!(found, ["1", "2"]);
        assert!(said.contains("1 articles were left out: they have no date"), "{said}");
        let (found, _) = ids(folder, &["--where", "Section=opinion", "--where", "section=Sport"]);
        assert_eq!(found, ["2"]);
        let refused = |more: &[&str], expected: &str| {
            let session = Session::any(folder, &[&["report", "a.csv"], more].concat());
            assert_eq!(session.code, Some(1));
            assert!(session.stderr.contains(expected), "{}", session.stderr);
        };
        refused(
            &["--outlet", "Lump"],
            "no article is left by --outlet Lump; outlets that were read: `Bell`",
        );
        refused(&["--where", "topic=a"], "no column `topic`, which --where topic=… asks for");
        refused(&["--where", "topic"], "expected COLUMN=VALUE");
        let json =
            Session::within(folder, &["report", "a.csv", "--outlet", "Lamp", "--format", "json"])
                .json();
        assert!(json.to_string().contains("\"selection\":[\"--outlet\",\"Lamp\"]"));
    });
}

#[test]
fn rows_of_sentences_are_selected() {
    in_folder(|folder| {
        let table = "outlet,date,section,text,target\nLamp,2031-06-01,News,The quay is a folly.,quay\n\
                     Bell,2031-07-01,Opinion,The quay is grey.,quay\nLamp,soon,Opinion,A quay.,quay\n";
        std::fs::write(folder.join("s.csv"), table).unwrap();
        let run = |more: &[&str]| {
            Session::any(folder, &[&["classify", "s.csv", "--unit", "sentence"], more].concat())
        };
        let texts = |more: &[&str]| {
            let session = run(more);
            assert_eq!(session.code, Some(0), "{}", session.stderr);
            let rows = session.stdout.lines().skip(1);
            let text = |row: &str| row.split(',').nth(3).unwrap().to_string();
            (rows.map(text).collect::<Vec<_>>(), session.stderr)
        };
        let (found, said) = texts(&["--outlet", "lamp", "--to", "2031"]);
        assert_eq!(found, ["The quay is a folly."]);
        assert!(
            said.contains("note: 1 rows were selected by --outlet lamp --to 2031-12-31"),
            "{said}"
        );
        assert!(said.contains("1 rows were left out: they have no date"), "{said}");
        assert_eq!(texts(&["--where", "section=opinion"]).0, ["The quay is grey.", "A quay."]);
        let none = run(&["--outlet", "Horn"]);
        assert_eq!((none.code, none.stdout.as_str()), (Some(1), ""));
        assert!(
            none.stderr.contains(
                "no row is left by --outlet Horn; outlets that were read: `Bell`, `Lamp`"
            )
        );
        assert!(run(&["--any-language"]).stderr.contains("--any-language goes with articles"));
    });
}

#[cfg(feature = "parquet")]
#[test]
fn a_sentence_table_in_parquet_holds_what_csv_holds() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), NEWS).unwrap();
        let question = ["a.csv", "--target", "tidal quay", "--target", "Osric Vell"];
        for name in ["s.csv", "s.parquet"] {
            Session::within(folder, &[&["classify"], &question[..], &["--out", name]].concat());
        }
        assert!(std::fs::read(folder.join("s.parquet")).unwrap().starts_with(b"PAR1"));
        let report = |name: &str| {
            let mut json = Session::within(folder, &["report", name, "--format", "json"]).json();
            json.as_object_mut().unwrap().remove("provenance");
            json
        };
        assert_eq!(report("s.parquet"), report("s.csv"));
        // Written back, every cell is as it was.
        for name in ["s.csv", "s.parquet"] {
            let again = ["classify", name, "--unit", "sentence", "--format", "csv", "--out"];
            Session::within(folder, &[&again[..], &[&format!("{name}.csv")]].concat());
        }
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read("s.parquet.csv"), read("s.csv.csv"));
        let of_rows = ["classify", "s.csv", "--unit", "sentence", "--out", "t.parquet"];
        Session::within(folder, &of_rows);
        assert!(std::fs::read(folder.join("t.parquet")).unwrap().starts_with(b"PAR1"));
    });
}

#[test]
fn files_that_are_not_read_are_named() {
    in_folder(|folder| {
        std::fs::create_dir_all(folder.join("news/Lamp")).unwrap();
        std::fs::write(folder.join("news/Lamp/1.txt"), "The quay is long.").unwrap();
        std::fs::write(folder.join("news/Lamp/plan.xyz"), "0").unwrap();
        let session = Session::within(folder, &["classify", "news"]);
        let note = "note: 1 other file in the folders was not read: news/Lamp/plan.xyz";
        assert!(session.stderr.contains(note), "{}", session.stderr);
    });
}

#[test]
fn targets_and_aliases_are_proposed() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), NEWS).unwrap();
        let all = Session::within(folder, &["targets", "a.csv", "--most", "2"]).stdout;
        assert!(all.contains("--target 'tidal quay'"), "{all}");
        assert!(all.contains("--target 'Osric Vell'"), "{all}");
        let of = ["targets", "a.csv", "--target", "tidal quay", "--format", "json"];
        let json = Session::within(folder, &of).json();
        let found = &json["targets"][0];
        assert_eq!((&found["articles"], &found["articles_about"]), (&4.into(), &2.into()));
        let aliases = found["aliases"].as_array().unwrap();
        assert!(
            aliases
                .iter()
                .any(|alias| alias["phrase"] == "the scheme" && alias["articles_about"] == 2)
        );
    });
}

#[test]
fn a_target_that_is_hardly_found_is_told_with_the_nearest_spelling() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), NEWS).unwrap();
        let said =
            |name: &str| Session::within(folder, &["report", "a.csv", "--target", name]).stderr;
        let found = said("Osrik Vell");
        assert!(
            found.contains(
                "note: no sentence names `Osrik Vell`; `Osric Vell` stands there 3 times"
            ),
            "{found}"
        );
        assert!(said("zeppelin").contains("no sentence names `zeppelin`; `framescope targets`"));
        assert!(!said("tidal quay").contains("names"));
    });
}

#[test]
fn articles_in_other_languages_are_left_out() {
    in_folder(|folder| {
        let french =
            "Le quai du vieux port est une folie, disent les pêcheurs, et le maire ne répond pas.";
        let table = format!("{NEWS}5,Phare,2031-06-01,News,Le quai,\"{french}\"\n");
        std::fs::write(folder.join("a.csv"), table).unwrap();
        let (found, said) = ids(folder, &[]);
        assert_eq!(found, ["1", "2", "3", "4"]);
        let note =
            "note: 1 article is not in English and left out (French 1); --any-language keeps them";
        assert!(said.contains(note), "{said}");
        let (found, said) = ids(folder, &["--any-language"]);
        assert_eq!((found.len(), said.contains("English")), (5, false));
        let session = Session::any(folder, &["report", "a.csv", "--outlet", "Phare"]);
        assert_eq!(session.code, Some(1));
        assert!(session.stderr.contains("no article is in English (French 1)"));
    });
}

#[test]
fn the_name_of_the_output_tells_its_format() {
    in_folder(|folder| {
        std::fs::write(folder.join("a.csv"), NEWS).unwrap();
        let written = |command: &str, name: &str, more: &[&str]| {
            let base = [command, "a.csv", "--target", "tidal quay", "--out", name];
            Session::within(folder, &[&base, more].concat());
            std::fs::read_to_string(folder.join(name)).unwrap()
        };
        assert!(written("report", "a.HTML", &[]).starts_with("<!DOCTYPE html>"));
        assert!(written("report", "a.md", &[]).starts_with("# "));
        assert!(written("report", "b.txt", &["--format", "md"]).starts_with("# "));
        assert!(written("report", "a.json", &[]).starts_with('{'));
        assert!(written("report", "out.csv", &["--excel"]).starts_with("\u{feff}outlet,"));
        assert!(written("classify", "a.jsonl", &[]).starts_with('{'));
        assert!(written("classify", "b.csv", &["--excel"]).starts_with("\u{feff}article_id,"));
        assert!(written("sample", "c.csv", &[]).starts_with('\u{feff}'));
        let refused = |arguments: &[&str], expected: &str| {
            let session = Session::any(folder, arguments);
            assert_eq!(session.code, Some(1));
            assert!(session.stderr.contains(expected), "{}", session.stderr);
        };
        refused(
            &["classify", "a.csv", "--out", "a.html"],
            "this command does not write .html; end the name in .csv,",
        );
        refused(
            &["sample", "a.csv", "--target", "tidal quay", "--out", "a.json"],
            "this command does not write .json; end the name in .csv",
        );
        refused(
            &["report", "a.csv", "--table", "shares", "--out", "a.html"],
            "this command does not write .html; end the name in .csv",
        );
        let full = written("report", "full.md", &["--full"]);
        assert!(full.starts_with("# "));
        refused(&["report", "a.csv", "--excel"], "--excel goes with CSV");
    });
}
