//! Tables as databases and programs export them: names of columns, dates, missing values, articles that
//! stand there twice.

use std::fs;

use serde_json::{Value, json};

use crate::input_shapes::classified;
use crate::session::{Session, in_folder};

/// Classifies a table; expects these rows (id, outlet, date, part, text, about) and these notes.
#[track_caller]
fn check(content: &str, more: &[&str], expected: &[&str], notes: &[&str]) {
    in_folder(|folder| {
        let (found, said) = classified(folder, "a.csv", content.as_bytes(), more);
        let found: Vec<String> = found.lines().map(|line| line.replace('"', "")).collect();
        assert_eq!(found, expected);
        let said: Vec<&str> = said.lines().map(|line| line.trim_start_matches("note: ")).collect();
        assert_eq!(said, notes);
    });
}

const FULL_TEXT: &str = "the text is read from the column `Full text` (--column text=NAME)";

#[test]
fn columns_are_known_by_their_usual_names() {
    check(
        "Title,StoreId,Full text,pubdate,pubtitle,year\nTram,0,The tram is late.,2033-03-04,Fen Post,2033\n",
        &[],
        &[
            "a-1 Fen Post 2033-03-04 headline Tram mention",
            "a-1 Fen Post 2033-03-04 body The tram is late. mention",
        ],
        &[
            "the date is read from the column `pubdate` (--column date=NAME)",
            "the outlet is read from the column `pubtitle` (--column outlet=NAME)",
            FULL_TEXT,
        ],
    );
    let table = "source,publisher,text\nFen Post,Fen Group,The tram is late.\n";
    check(
        table,
        &[],
        &["a-1 Fen Post  body The tram is late. mention"],
        &["the outlet is read from the column `source`, not `publisher` (--column outlet=NAME)"],
    );
    let row = "a-1 Fen Group  body The tram is late. mention";
    check(table, &["--column", "outlet=publisher"], &[row], &[]);
}

const HEADLINES: &str = "no article has a text: only headlines are read";

#[test]
fn headlines_without_texts_count_once() {
    check(
        "URL,Date,Title\nhttps://fen.example/1,2033-03-04 12:00:00,The tram is a folly\n",
        &[],
        &["a-1  2033-03-04 12:00:00 headline The tram is a folly mention"],
        &[HEADLINES],
    );
    let row = "1 Fen Post  headline The tram is a folly mention";
    let table = "id,outlet,title\n1,Fen Post,The tram is a folly\n";
    check(table, &["--column", "text=title"], &[row], &[HEADLINES]);
    check(
        "id,title,text\n1,Tram,\n2,Tram,A tram.\n",
        &[],
        &["1   headline Tram mention", "2   headline Tram mention", "2   body A tram. mention"],
        &["1 of 2 articles have no text, only a headline"],
    );
}

#[test]
fn missing_is_missing() {
    check(
        "id,outlet,date,title,text\n1,NA,NaN,None,The tram is late.\n2,Post,2033-03-04,Tram,NA\n\
         3,\\N,null,-,Trams rust.\n4,Post,2033-03-04,Tram,\\N\n",
        &[],
        &["1   body The tram is late. mention", "3   body Trams rust. mention"],
        &[
            "2 articles left out: a mark such as NA stands in place of the text",
            "no date in 2 articles: a mark such as NA stands there",
            "no outlet in 2 articles: a mark such as NA stands there",
            "no title in 2 articles: a mark such as NA stands there",
        ],
    );
}

#[test]
fn an_article_counts_once_in_its_outlet() {
    let table = "id,outlet,text\n1,Post,The tram  is late.\n1,Herald,The tram is late.\n\
                 2,Post,The tram is late.\n3,,A tram.\n4,,A tram.\n";
    let row = |id: &str, outlet: &str, text: &str| format!("{id} {outlet}  body {text} mention");
    let [first, other, again, unknown, second] = [
        row("1", "Post", "The tram  is late."),
        row("1", "Herald", "The tram is late."),
        row("2", "Post", "The tram is late."),
        row("3", "", "A tram."),
        row("4", "", "A tram."),
    ];
    check(
        table,
        &[],
        &[&first, &other, &unknown, &second],
        &[
            "1 article left out: the same headline and text stood in the same outlet before, the first `2`; \
           --keep-duplicates counts all",
        ],
    );
    check(table, &["--keep-duplicates"], &[&first, &other, &again, &unknown, &second], &[]);
}

/// Expects the dates of a column as they are read.
#[track_caller]
fn dates(written: &[&str], more: &[&str], expected: &[&str], notes: &[&str]) {
    let rows: Vec<String> = written.iter().map(|date| format!("\"{date}\",A tram.\n")).collect();
    let expected: Vec<String> = expected
        .iter()
        .enumerate()
        .map(|(at, date)| format!("a-{}  {date} body A tram. mention", at + 1))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(&format!("date,text\n{}", rows.concat()), more, &expected, notes);
}

#[test]
fn dates_are_read_however_they_are_written() {
    dates(
        &[
            "2033-03-04T10:00:00Z",
            "20330304",
            "2033/03/04",
            "March 4, 2033",
            "04.03.2033",
            "2033-13-45",
        ],
        &[],
        &[
            "2033-03-04T10:00:00Z",
            "2033-03-04",
            "2033-03-04",
            "2033-03-04",
            "2033-03-04",
            "2033-13-45",
        ],
        &["1 date could not be read, the first `2033-13-45`"],
    );
}

#[test]
fn the_column_tells_whether_day_or_month_comes_first() {
    let either = ["01/02/2033", "03/04/2033"];
    let unread = "2 dates not read, since nothing tells whether day or month comes first (say it with \
                  --date-format %d/%m/%Y or %m/%d/%Y), the first `01/02/2033`";
    dates(&either, &[], &either, &[unread]);
    dates(&either, &["--date-format", "%m/%d/%Y"], &["2033-01-02", "2033-03-04"], &[]);
    dates(
        &["01/02/2033", "03/04/2033", "31/01/2033"],
        &[],
        &["2033-02-01", "2033-04-03", "2033-01-31"],
        &[],
    );
    dates(
        &["01/02/2033", "1/31/33", "31/01/2033"],
        &[],
        &["2033-01-02", "2033-01-31", "2033-01-31"],
        &[
            "1 date written in another order of day and month than those before, the first `31/01/2033`",
        ],
    );
}

#[test]
fn seconds_are_moments_where_the_column_is_called_so() {
    in_folder(|folder| {
        let table = "published_unix,text\n1993500000,A tram.\n";
        let (found, _) = classified(folder, "a.csv", table.as_bytes(), &[]);
        assert!(found.contains("2033-03-03"), "{found}");
    });
}

#[test]
fn entities_and_tags_are_text() {
    check(
        "id,title,text\n1,Tram &amp; tide,\"<p>The tram is a folly.</p><p>&ldquo;It&#8217;s AT&amp;T&nbsp;news,\
         &rdquo; said Ada Roe.</p><script>alert(1)</script>\"\n",
        &[],
        &[
            "1   headline Tram & tide mention",
            "1   body The tram is a folly. mention",
            "1   body “It’s AT&T news,” said Ada Roe. context",
        ],
        &[],
    );
}

#[test]
fn one_sign_tells_an_older_charset() {
    for (sign, byte) in [
        ("£", 0xa3),
        ("€", 0x80),
        ("“", 0x93),
        ("”", 0x94),
        ("–", 0x96),
        ("’", 0x92),
        ("é", 0xe9),
        ("¥", 0xa5),
    ] {
        in_folder(|folder| {
            let table = [b"id,text\n1,The tram cost ", &[byte][..], b"4 million more.\n"].concat();
            let (found, _) = classified(folder, "a.csv", &table, &[]);
            assert!(found.contains(&format!("cost {sign}4 million")), "{found}");
            let page =
                format!("{} The tram is late. ", "It rained all day, and they left.".repeat(20));
            let page =
                format!("<html><meta charset='windows-1252'><title>T</title><article><p>{page}");
            let page =
                [page.as_bytes(), b"Caf", &[byte], b" owners.</p></article></html>"].concat();
            let (found, _) = classified(folder, "a.html", &page, &[]);
            assert!(found.contains(&format!("Caf{sign} owners")), "{found}");
        });
    }
}

#[test]
fn a_declared_charset_is_obeyed() {
    in_folder(|folder| {
        let text = "Ada Łęcka mówi o the tram. ".repeat(20);
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(&text);
        let page =
            [b"<html><head><meta charset=windows-1250></head><article><p>", &*bytes].concat();
        let (found, _) = classified(folder, "a.html", &page, &[]);
        assert!(found.contains("Łęcka mówi"), "{found}");
    });
}

#[test]
fn label_files_come_in_the_same_shapes() {
    let labels = ["critical", "neutral", "supportive"];
    let rows: Vec<Value> = (0..12)
        .map(|n| {
            let coder = if n % 2 == 0 { "ann" } else { "ben" };
            json!({
                "id": n / 2,
                "text": format!("The tram is number {}.", n / 2),
                "label": labels[n / 2 % 3].to_uppercase(),
                "coder": coder,
                "weight": "1,5",
            })
        })
        .collect();
    let names = ["id", "text", "label", "coder", "weight"];
    let row = |row: &Value| {
        let fields = names.map(|name| row[name].to_string().replace('"', ""));
        fields.join(";") + "\r\n"
    };
    let table: String = rows.iter().map(row).collect();
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    in_folder(|folder| {
        let answer = |name: &str, content: &str| {
            fs::write(folder.join(name), content).unwrap();
            Session::within(folder, &["agree", name]).stdout.replace(name, "")
        };
        let expected = answer("a.jsonl", &lines);
        assert!(expected.contains("1.000"), "{expected}");
        assert_eq!(answer("a.json", &format!("{:#}", json!(rows))), expected);
        assert_eq!(
            answer("b.csv", &format!("sep=;\r\n{}\r\n{table};;;;\r\n", names.join(";"))),
            expected
        );
        let weighted = Session::within(folder, &["evaluate", "b.csv"]);
        assert!(weighted.stdout.contains("6 rows in 6 articles"), "{}", weighted.stdout);
    });
}

#[test]
fn a_form_without_a_day_is_refused() {
    in_folder(|folder| {
        fs::write(folder.join("a.csv"), "date,text\n1/2/33,A tram.\n").unwrap();
        let session = Session::any(folder, &["classify", "a.csv", "--date-format", "dd/mm/yyyy"]);
        assert_eq!(session.code, Some(1));
        assert!(
            session.stderr.contains("--date-format: `dd/mm/yyyy` names no day"),
            "{}",
            session.stderr
        );
    });
}
