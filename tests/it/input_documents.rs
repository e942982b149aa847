//! Articles as news databases, office programs, feeds and web archives give them.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::session::{Session, in_folder};
use crate::table_files::{archive, xlsx};

/// Classifies one file; gives the sentences with what the file says about them, and what was said.
#[track_caller]
pub(crate) fn sentences(name: &str, content: &[u8]) -> String {
    in_folder(|folder| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        let input = name.split('/').next().unwrap();
        let arguments = ["classify", input, "--format", "jsonl", "--target", "tram"];
        let session = Session::any(folder, &arguments);
        let columns = ["outlet", "date", "part", "text", "speaker"];
        let mut found = String::new();
        for line in session.stdout.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let field = |name| row[name].as_str().filter(|field| !field.is_empty()).unwrap_or("-");
            let fields = columns.map(field);
            found += &(fields.join(" | ") + "\n");
        }
        found + &session.stderr
    })
}

const EXPECTED: &str = "\
Moor Herald | 2033-03-04 | headline | Council backs the tram | -
Moor Herald | 2033-03-04 | body | The tram is a blessing, the mayor said. | -
Moor Herald | 2033-03-04 | body | It cost £4. | -
Fen Post | 2033-03-06 | headline | Tram opens late | -
Fen Post | 2033-03-06 | body | The tram is a costly folly. | -
";

/// Expects a file to give the two articles, whatever its shape.
#[track_caller]
fn same(name: &str, content: impl AsRef<[u8]>) {
    let found = sentences(name, content.as_ref());
    let lines = |text: &str| {
        text.lines()
            .map(|line| line.rsplit_once(" | ").map_or(line, |(rest, _)| rest).to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&found), lines(EXPECTED), "{name}");
}

const OLD: &str = "                     1 of 2 DOCUMENTS\n\n\n                     Moor Herald\n\n\
    \x20                    March 4, 2033 Friday\n                     City Edition\n\n\
    Council backs the tram\n\nBYLINE: Ada Roe, Staff Reporter\n\nSECTION: NEWS; Pg. 3\n\n\
    LENGTH: 12 words\n\nThe tram is a blessing,\nthe mayor said.\n\nIt cost £4.\n\n\
    GRAPHIC: The tram, in green\n\nLOAD-DATE: March 5, 2033\n\nLANGUAGE: ENGLISH\n\n\
    CORRECTION: The tram is blue.\n\nCopyright 2033 Moor Herald\nAll Rights Reserved\n\n\
    \x20                    2 of 2 DOCUMENTS\n\n                     Fen Post\n\n\
    \x20                    March 6, 2033 Sunday\n\nTram opens late\n\nLENGTH: 6 words\n\n\
    The tram is a costly folly.\n\nLOAD-DATE: March 7, 2033\n";

const NEW: &str = "Council backs the tram\n\nMoor Herald\n\nMarch 4, 2033 Friday\n\n\
    Copyright 2033 Moor Herald All Rights Reserved\n\nSection: NEWS; Pg. 3\n\nLength: 12 words\n\n\
    Byline: Ada Roe\n\nBody\n\nThe tram is a blessing, the mayor said.\n\nIt cost £4.\n\nGraphic\n\n\
    The tram, in green\n\nLoad-Date: March 5, 2033\n\nEnd of Document\n\nTram opens late\n\nFen Post\n\n\
    March 6, 2033 Sunday\n\nCopyright 2033 Fen Post\n\nLength: 6 words\n\nBody\n\n\
    The tram is a costly folly.\n\nClassification\n\nLanguage: ENGLISH\n\nSubject: TRAMS (90%)\n\n\
    Load-Date: March 7, 2033\n\nEnd of Document\n";

#[test]
fn exports_of_nexis() {
    same("old.txt", OLD);
    same("new.txt", NEW);
    same("new.docx", docx(&NEW.split("\n\n").collect::<Vec<_>>()));
}

#[test]
fn exports_of_factiva() {
    let text = "News\nCouncil backs the tram\nBy Ada Roe\n12 words\n4 March 2033\nMoor Herald\nMOORH\n3\n\
        English\nCopyright 2033. Moor Herald.\n\nThe tram is a blessing, the mayor said.\n\nIt cost £4.\n\n\
        Document MOORH00020330304ed3400001\n\nTram opens late\n\n6 words\n6 March 2033\n09:30\nFen Post\n\
        FENP\nEnglish\n(c) 2033 Fen Post\n\nThe tram is a costly folly.\n\nDocument FENP00002033030600002\n";
    same("factiva.txt", text);
    let coded = "SE      News\nHD      Council backs the tram\nBY      By Ada Roe\nWC      12 words\n\
        PD      4 March 2033\nSN      Moor Herald\nSC      MOORH\nLA      English\n\n\
        LP      The tram is a blessing, the mayor said.\n\nTD      It cost £4.\n\nIN      itram : Trams\n\
        AN      Document MOORH00020330304\n\nHD      Tram opens late\nPD      6 March 2033\n\
        SN      Fen Post\nLP      The tram is a costly folly.\n\nAN      Document FENP00002033\n";
    same("coded.txt", coded);
    let article = |title: &str, date: &str, outlet: &str, paragraphs: &[&str]| {
        let paragraph =
            |text: &&str| format!("<p class='articleParagraph enarticleParagraph'>{text}</p>");
        let body = paragraphs.iter().map(paragraph).collect::<String>();
        format!(
            "<div class='article enArticle'><div id='hd'><span class='enHeadline'>{title}</span></div>\
             <div class='author'>By Ada Roe</div><div>12 words</div><div>{date}</div><div>{outlet}</div>\
             <div>CODE</div><div>English</div><div>Copyright 2033</div>{body}<p>Document \
             MOORH00020330304</p></div>"
        )
    };
    let first = ["The tram is a blessing, the mayor said.", "It cost &pound;4."];
    let page = format!(
        "<html><head><meta charset='utf-8'><title>Factiva</title></head><body>{}{}</body></html>",
        article("Council backs the tram", "4 March 2033", "Moor Herald", &first),
        article("Tram opens late", "6 March 2033", "Fen Post", &["The tram is a costly folly."])
    );
    same("factiva.html", page);
}

#[test]
fn exports_of_proquest_and_europresse() {
    let rule = "_".repeat(60);
    let text = format!(
        "{rule}\n\nDocument 1 of 2\n\nCouncil backs the tram\n\nAuthor: Roe, Ada\n\nPublication info: \
         Moor Herald ; Moor [Moor] 04 Mar 2033: 3.\n\nFull text: The tram is a blessing, the mayor said.\n\n\
         It cost £4.\n\nSubject: Trams; Councils\n\nTitle: Council backs the tram\n\nPublication title: \
         Moor Herald\n\nPublication date: Mar 4, 2033\n\nDatabase: News\n\n{rule}\n\nDocument 2 of 2\n\n\
         Tram opens late\n\nPublication info: Fen Post ; Fen 06 Mar 2033: 1.\n\nFull text: The tram is a \
         costly folly.\n\nSubject: Trams\n\nPublication title: Fen Post\n\n{rule}\n\nBibliography\n"
    );
    same("proquest.txt", text);
    let article = |outlet: &str, date: &str, title: &str, body: &str| {
        format!(
            "<article><header><span class='DocPublicationName'>{outlet}, no. 7</span><span \
             class='DocHeader'>Villes, {date} 12 mots, p. 3</span><div class='titreArticle'><p>{title}</p>\
             </div></header><section><div class='DocText clearfix'>{body}</div></section></article>"
        )
    };
    let first = "<p>The tram is a blessing, the mayor said.</p><p>It cost £4.</p>";
    let page = format!(
        "<!DOCTYPE html><html><body>{}{}</body></html>",
        article("Moor Herald", "vendredi 4 mars 2033", "Council backs the tram", first),
        article("Fen Post", "6 mars 2033", "Tram opens late", "<p>The tram is a costly folly.</p>")
    );
    same("europresse.html", page);
}

pub(crate) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let paragraph = |text: &&str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = paragraphs.iter().map(paragraph).collect::<String>();
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

/// The two articles as a table; days are numbers as Excel counts them.
const TABLE: [&[&str]; 3] = [
    &["outlet", "date", "title", "text", "note"],
    &[
        "Moor Herald",
        "48642",
        "Council backs the tram",
        "The tram is a blessing, the mayor said.\n\nIt cost £4.",
    ],
    &["Fen Post", "48644", "Tram opens late", "The tram is a costly folly.", "x"],
];

#[test]
fn spreadsheets() {
    same("articles.xlsx", xlsx(&TABLE, true));
    same("export.csv", xlsx(&TABLE, true));
    let cell = |text: &str| match text {
        "48642" => "<table:table-cell office:value-type='date' office:date-value='2033-03-04'/>"
            .to_string(),
        "48644" => "<table:table-cell office:value-type='date' office:date-value='2033-03-06'/>"
            .to_string(),
        text => {
            let paragraphs = text.replace("\n\n", "</text:p><text:p/><text:p>");
            format!(
                "<table:table-cell office:value-type='string'><text:p>{paragraphs}</text:p></table:table-cell>"
            )
        }
    };
    let row = |row: &&[&str]| {
        let cells = row.iter().map(|text| cell(text)).collect::<String>();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows = TABLE.iter().map(row).collect::<String>();
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='A'>{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<manifest:manifest><manifest:file-entry manifest:full-path='/' manifest:media-type='{kind}'/>\
         </manifest:manifest>"
    );
    let parts = [
        ("mimetype", kind),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", &manifest),
    ];
    same("articles.ods", archive(&parts));
}

#[test]
fn a_word_document_is_an_article() {
    let document = docx(&["Council backs the tram", "The tram is a blessing.", "It cost 4."]);
    assert_snapshot!(sentences("articles/Herald/1.docx", &document));
}

#[test]
fn feeds() {
    let item = |outlet: &str, title: &str, date: &str, text: &str| {
        format!(
            "<item><title>{title}</title><source url='https://q.example'>{outlet}</source>\
             <pubDate>{date}</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )
    };
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Moor</title>{}{}</channel></rss>",
        item(
            "Moor Herald",
            "Council backs the tram",
            "2033-03-04",
            "<p>The tram is a blessing, the mayor said.</p><p>It cost &pound;4.</p>"
        ),
        item("Fen Post", "Tram opens late", "2033-03-06", "<p>The tram is a costly folly.</p>")
    );
    same("feed.xml", feed);
}

#[test]
fn web_archives() {
    let page = |outlet: &str, date: &str, title: &str, text: &str| {
        let filler =
            "<p>Rain fell on the moor all day, and nobody went out of the house.</p>".repeat(9);
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>{title}</title>\
             <meta property='og:site_name' content='{outlet}'><meta property='article:published_time' \
             content='{date}'></head><body><article>{text}{filler}</article></body></html>"
        )
    };
    let record = |kind: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://q.example/1\r\nContent-Type: \
             application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let archive = [
        record("warcinfo", "software: none"),
        record("request", "GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            &page(
                "Moor Herald",
                "2033-03-04",
                "Council backs the tram",
                "<p>The tram is a blessing.</p>",
            ),
        ),
        record(
            "response",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No tram here.</p>",
        ),
        record(
            "response",
            &page(
                "Fen Post",
                "2033-03-06",
                "Tram opens late",
                "<p>The tram is a costly folly.</p>",
            ),
        ),
    ];
    assert_snapshot!(sentences("crawl.warc", archive.concat().as_bytes()));
}

#[test]
fn several_articles_that_cannot_be_parted_are_refused() {
    let fused = OLD.replace("1 of 2 DOCUMENTS", "").replace("2 of 2 DOCUMENTS", "");
    assert_snapshot!(sentences("fused.txt", fused.as_bytes()));
    assert_snapshot!(sentences("scan.pdf", b"%PDF-1.4\n%\xe2\xe3"));
    assert_snapshot!(sentences("damaged.docx", b"PK\x03\x04 word/document.xml"));
    assert_snapshot!(sentences("other.xml", b"<?xml version='1.0'?><book>The tram.</book>"));
}
