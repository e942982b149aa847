//! Exports as newsrooms and labs have them that no other test holds: what is read, and what is said.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::input_documents::{docx, sentences};
use crate::input_shapes::classified;
use crate::session::{Session, in_folder};
#[cfg(feature = "parquet")]
use crate::table_files::parquet;

/// The columns of each row that articles and voices decide, and what was said.
#[track_caller]
fn rows(folder: &Path, input: &str, more: &[&str]) -> (Vec<String>, String) {
    let typed = [&["classify", input, "--format", "jsonl"], more].concat();
    let session = Session::within(folder, &typed);
    let columns = ["article_id", "outlet", "date", "part", "speaker", "target", "about", "text"];
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let cell = |name| row[name].as_str().filter(|cell| !cell.is_empty()).unwrap_or("-");
        columns.map(cell).join(" | ")
    };
    (session.stdout.lines().map(row).collect(), session.stderr)
}

#[track_caller]
fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn story_lists_and_libraries_give_headlines_once() {
    let headline = "a-1 Fen Post 2033-03-04 headline The tram is a folly mention";
    let said = "no article has a text: only headlines are read";
    let bar = "2033-03-04 09:12:00";
    for (header, row, date, id) in [
        (
            "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url",
            "7,2033-03-04 09:12:00,The tram is a folly,https://f.example,en,False,,3,Fen Post,http://f.example",
            bar,
            "7",
        ),
        (
            "id,indexed_date,language,media_name,media_url,publish_date,title,url",
            "x9,2033-04-01,en,Fen Post,f.example,2033-03-04,The tram is a folly,https://f.example/1",
            "2033-03-04",
            "x9",
        ),
        (
            "Key,Item Type,Author,Title,Publication Title,Url,Abstract Note,Date,Date Added",
            "K,newspaperArticle,Roe,The tram is a folly,Fen Post,https://f.example,,2033-03-04,2034-01-01",
            "2033-03-04",
            "a-1",
        ),
    ] {
        in_folder(|folder| {
            let table = format!("{header}\n{row}\n");
            let (found, notes) = classified(folder, "a.csv", table.as_bytes(), &[]);
            let expected = headline.replace("a-1", id).replace("2033-03-04", date);
            assert_eq!(found.replace('"', "").trim(), expected, "{header}");
            assert!(notes.contains(said), "{notes}");
        });
    }
}

#[test]
fn exports_with_texts_give_articles() {
    let expected = "Fen Post 2033-03-04 headline Tram late mention\n\
                    Fen Post 2033-03-04 body The tram is late. mention\n\
                    Fen Post 2033-03-04 body It rained. context\n";
    let text = "The tram is late.\nIt rained.";
    let trafilatura = json!({
        "title": "Tram late", "author": "Ada Roe", "hostname": "f.example", "date": "2033-03-04",
        "categories": "", "fingerprint": "ab", "id": null, "license": null, "comments": "",
        "raw_text": text, "text": text, "language": null, "image": null, "pagetype": "article",
        "source": "https://f.example/1", "source-hostname": "Fen Post", "sitename": "Fen Post",
    });
    let of_interface = json!([{
        "source": {"id": null, "name": "Fen Post"}, "author": null, "title": "Tram late",
        "description": "x", "url": "u", "publishedAt": "2033-03-04", "content": text,
    }]);
    let story = "stories_id,publish_date,title,media_name,story_text\n\
                 7,2033-03-04,Tram late,Fen Post,\"The tram is late.\nIt rained.\"\n";
    for (name, content) in [
        ("a.jsonl", format!("{trafilatura}\n")),
        ("a.json", of_interface.to_string()),
        ("a.csv", story.to_string()),
    ] {
        in_folder(|folder| {
            let (found, _) = classified(folder, name, content.as_bytes(), &[]);
            let without_id = |line: &str| line.split_once(' ').unwrap().1.to_string() + "\n";
            let found: String = found.replace('"', "").lines().map(without_id).collect();
            assert_eq!(found, expected, "{name}");
        });
    }
}

#[cfg(feature = "parquet")]
#[test]
fn articles_in_parquet() {
    in_folder(|folder| {
        let table: [&[&str]; 3] = [
            &["id", "outlet", "date", "title", "text"],
            &["1", "Fen Post", "2033-03-04", "Tram late", "The tram is late, at £4."],
            &["2", "Moor Herald", "2033-03-05", "", "“Trams rust,” said Ada Roe."],
        ];
        write(folder, "a.parquet", parquet(&table));
        let (found, said) = rows(folder, "a.parquet", &["--target", "tram"]);
        let expected = [
            "1 | Fen Post | 2033-03-04 | headline | - | tram | mention | Tram late",
            "1 | Fen Post | 2033-03-04 | body | - | tram | mention | The tram is late, at £4.",
            "2 | Moor Herald | 2033-03-05 | body | Ada Roe | tram | mention | “Trams rust,” said Ada Roe.",
        ];
        assert_eq!((&found[..], said.as_str()), (&expected.map(String::from)[..], ""));
    });
}

#[test]
fn small_tables_are_read_as_they_are() {
    in_folder(|folder| {
        let read = |content: &str| {
            write(folder, "a.csv", content);
            rows(folder, "a.csv", &["--target", "tram"])
        };
        let (found, said) =
            read("id,outlet,date,title,text\n1,Post,2033-03-04,,The tram is late.\n");
        let one = "1 | Post | 2033-03-04 | body | - | tram | mention | The tram is late.";
        assert_eq!((found, said.as_str()), (vec![one.to_string()], ""));
        let table =
            "id,outlet,date,title,text\n1,,2033-03-04,,The tram is late.\n2,Post,,,Trams rust.\n";
        let (found, _) = read(table);
        let nameless = "1 | - | 2033-03-04 | body | - | tram | mention | The tram is late.";
        assert_eq!(found, [nameless, "2 | Post | - | body | - | tram | mention | Trams rust."]);
        // One quote in two outlets, and entities.
        let (found, _) = read(
            "id,outlet,title,text\n1,Post,Roe &amp; co,\"The tram is a mistake, Ada Roe said. AT&amp;T paid.\"\n\
             2,Bell,,\"The tram is a mistake, Ada Roe said. &ldquo;No&rdquo;, said <b>Al Oak</b>.\"\n",
        );
        let texts: Vec<&str> = found.iter().map(|row| row.rsplit(" | ").next().unwrap()).collect();
        let quote = "The tram is a mistake, Ada Roe said.";
        assert_eq!(texts, ["Roe & co", quote, "AT&T paid.", quote, "“No”, said Al Oak."]);
        assert_eq!(found.iter().filter(|row| row.contains("| Ada Roe |")).count(), 2);
    });
}

#[test]
fn a_sentence_about_the_other_target_is_no_context() {
    in_folder(|folder| {
        write(
            folder,
            "a.csv",
            "id,title,text\n1,Roe and Oak,Roe spoke. Oak is a liar. It rained.\n",
        );
        let (found, _) = rows(folder, "a.csv", &["--target", "Roe", "--target", "Oak"]);
        let about = |text: &str| -> Vec<&str> {
            let of = found.iter().filter(|row| row.ends_with(text));
            of.map(|row| row.split(" | ").nth(6).unwrap()).collect()
        };
        assert_eq!(about("Oak is a liar."), ["none", "mention"]);
        assert_eq!(about("Roe spoke."), ["mention", "none"]);
    });
}

#[test]
fn live_reports_are_posts() {
    in_folder(|folder| {
        let posts = "18:27\n\nThe mayor is here. The tram waits.\n\n6.21pm\n\nHere is the full statement from \
                     Ada Roe:\n\nThe tram must go. We will sell it.\n\nKey event\n\nThe tram is sold. Share this \
                     on Twitter\n\nUpdated at 18.15 BST\n\nReader Ida Holt emails: The tram is dear \
                     to me.\n\nAl Oak (@oak)\n\nThe tram is a con #tram\n\nMarch 4, 2033\n";
        write(folder, "a.csv", format!("id,title,text\n1,Tram: live,\"{posts}\"\n"));
        let (found, _) = rows(folder, "a.csv", &["--target", "tram"]);
        let of_part = |part: &str| -> Vec<String> {
            let fields = found.iter().map(|row| row.split(" | ").collect::<Vec<_>>());
            let of = fields.filter(|row| row[3] == part);
            of.map(|row| format!("{} | {}", row[4], row[7])).collect()
        };
        let furniture = [
            "18:27",
            "6.21pm",
            "Key event",
            "Share this on Twitter",
            "Updated at 18.15 BST",
            "March 4, 2033",
        ];
        assert_eq!(of_part("boilerplate"), furniture.map(|line| format!("- | {line}")));
        let body = [
            "- | The mayor is here.",
            "- | The tram waits.",
            "- | Here is the full statement from Ada Roe:",
            "Ada Roe | The tram must go.",
            "Ada Roe | We will sell it.",
            "- | The tram is sold.",
            "Ida Holt | Reader Ida Holt emails: The tram is dear to me.",
            "- | Al Oak (@oak)",
            "Al Oak | The tram is a con #tram",
        ];
        assert_eq!(of_part("body"), body);
    });
}

#[test]
fn field_lines_and_calls_to_readers_are_no_body() {
    in_folder(|folder| {
        let text = "BYLINE: Ada Roe, Staff Writer\n\nSECTION: NEWS; Pg. 3\n\nThe tram is late.\n\nHas the tram let \
                    you down? Write to us at news@fen.example.\n\nLOAD-DATE: March 5, 2033\n";
        write(folder, "a.txt", format!("title: Tram\n---\n{text}"));
        let (found, _) = rows(folder, "a.txt", &["--target", "tram"]);
        let body: Vec<&String> = found.iter().filter(|row| row.contains("| body |")).collect();
        assert_eq!(body, ["a | - | - | body | - | tram | mention | The tram is late."]);
        assert!(found.iter().all(|row| row.contains("| - | tram |")), "{found:?}");
    });
}

#[test]
fn folders_of_office_files_name_what_is_not_read() {
    in_folder(|folder| {
        write(folder, "mixed/Post/1.docx", docx(&["Tram late", "The tram is late."]));
        write(folder, "mixed/Post/2.txt", "Trams rust.");
        write(folder, "mixed/Post/3.pdf", b"%PDF-1.4\n%\xe2\xe3");
        let (found, said) = rows(folder, "mixed", &["--target", "tram"]);
        let outlets = found.iter().filter(|row| row.contains("| Post |"));
        assert_eq!((outlets.count(), found.len()), (3, 3));
        assert!(
            said.contains("1 other file in the folders was not read: mixed/Post/3.pdf (PDF is"),
            "{said}"
        );
        fs::remove_file(folder.join("mixed/Post/1.docx")).unwrap();
        fs::remove_file(folder.join("mixed/Post/2.txt")).unwrap();
        let session = Session::any(folder, &["classify", "mixed"]);
        assert_eq!(session.code, Some(1));
        assert!(session.stderr.contains("mixed: PDF is not read"), "{}", session.stderr);
        assert!(session.stderr.contains("pdftotext -layout"), "{}", session.stderr);
        for (name, start, advice) in [
            ("old.xls", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"[..], "save this one as `.docx`"),
            ("a.feather", b"ARROW1\0\0", "write Parquet instead"),
        ] {
            write(folder, name, start);
            let session = Session::any(folder, &["classify", name]);
            assert_eq!(session.code, Some(1));
            assert!(session.stderr.contains(advice), "{}", session.stderr);
        }
    });
}

#[test]
fn long_lines_of_a_feed_are_paragraphs() {
    let long = "The tram is a costly folly, say those who live beside it and hear it by day and by night. ";
    let feed = format!(
        "<rss><channel><title>Fen Post</title><item><title>Tram</title><description>&lt;p&gt;{}\n\
         Sign up for our free newsletter\nIt rained.&lt;/p&gt;</description></item></channel></rss>",
        long.repeat(2).trim_end()
    );
    let found = sentences("feed.rss", feed.as_bytes());
    assert!(found.contains("| boilerplate | Sign up for our free newsletter |"), "{found}");
    assert!(found.contains("| body | It rained. |"), "{found}");
}

#[test]
fn a_text_beside_its_row_in_a_table_counts_once() {
    in_folder(|folder| {
        write(folder, "all/1.txt", "The tram is late.\n\nIt rained.\n");
        write(folder, "all/2.txt", "Trams rust.\n");
        write(
            folder,
            "all/a.csv",
            "id,outlet,title,text\n7,Post,Tram,\"The tram is late. It rained.\"\n",
        );
        let (found, said) = rows(folder, "all", &["--target", "tram"]);
        let ids: Vec<&str> = found.iter().map(|row| row.split(" | ").next().unwrap()).collect();
        assert_eq!(ids, ["7", "7", "7", "2"]);
        let note = "note: 1 article left out: the same text stands in a table, and the file does not name its \
                    outlet, the first `1`; --keep-duplicates counts all";
        assert!(said.contains(note), "{said}");
        let (found, _) = rows(folder, "all", &["--target", "tram", "--keep-duplicates"]);
        assert_eq!(found.len(), 6);
        // A folder names the outlet, so that it is another article.
        write(folder, "all/Bell/1.txt", "The tram is late.\n\nIt rained.\n");
        let (found, _) = rows(folder, "all", &["--target", "tram"]);
        assert_eq!(found.iter().filter(|row| row.contains("| Bell |")).count(), 2);
    });
}
