//! Every door through which something from outside comes in. Whatever comes, a door neither panics nor
//! hangs nor takes memory without bound.

mod article;
mod file;
mod label_page;
mod model;
mod packed;

/// Takes what came; its result is of no interest.
pub type Door = fn(&[u8]);

/// The doors, by the name that the folder of their seeds has too.
const DOORS: &[(&str, Door)] = &[
    // inputs, read as the ending of their name says and as their content does
    ("csv", |bytes| file::articles("a.csv", bytes)),
    ("tsv", |bytes| file::articles("a.tsv", bytes)),
    ("json", |bytes| file::articles("a.json", bytes)),
    ("text", |bytes| file::articles("a.txt", bytes)),
    ("html", |bytes| file::articles("a.html", bytes)),
    ("news_database", |bytes| file::articles("a.txt", bytes)),
    ("word", |bytes| file::articles("a.docx", bytes)),
    ("excel", |bytes| file::articles("a.xlsx", bytes)),
    ("open_document", |bytes| file::articles("a.ods", bytes)),
    ("parquet", |bytes| file::articles("a.parquet", bytes)),
    ("feed", |bytes| file::articles("a.rss", bytes)),
    ("web_archive", |bytes| file::articles("a.warc", bytes)),
    // what is inside a whole archive
    ("word_part", |bytes| file::articles("a.docx", &packed::docx(bytes))),
    ("excel_part", |bytes| file::articles("a.xlsx", &packed::xlsx(bytes))),
    ("open_document_part", |bytes| file::articles("a.ods", &packed::ods(bytes))),
    // tables that the program writes, and those of others
    ("label_file", file::labels),
    ("sentence_table", file::sentence_table),
    ("exchange", file::exchange),
    ("word_vectors", file::word_vectors),
    ("journal", label_page::journal),
    // options and definitions
    ("config", file::config),
    ("codebook", file::codebook),
    // what was learnt and counted
    ("model", model::words),
    ("encoder", model::encoder),
    ("state", model::state),
    ("earlier_report", model::earlier_report),
    // text
    ("explain", article::explain),
    ("report", article::report),
    // the label page
    ("http", label_page::http),
];

/// The door of a name.
pub fn named(name: &str) -> Option<Door> {
    DOORS.iter().find(|(known, _)| *known == name).map(|(_, door)| *door)
}
