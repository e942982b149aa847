//! Files, which are laid down in a folder and read as the commands read them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use framescope::codebook::Codebook;
use framescope::io::{self, BadRows, Columns, Inputs};
use framescope::label_exchange::Tool;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder")
});

/// Lays a file down.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

/// Articles of a file, with bad rows left out and with bad rows refused.
pub(crate) fn articles(name: &str, bytes: &[u8]) {
    let path = file(name, bytes);
    for bad_rows in [BadRows::Skip, BadRows::Refuse] {
        let Ok(inputs) = Inputs::find(&[&path], None) else { return };
        let Ok(articles) = inputs.articles(&Columns::default(), bad_rows) else { return };
        articles.for_each(drop);
    }
}

pub(crate) fn labels(bytes: &[u8]) {
    let path = file("labels.csv", bytes);
    let find = || Inputs::find(&[&path], None);
    let Ok(inputs) = find() else { return };
    if let Ok(rows) = inputs.examples(&Columns::default(), BadRows::Skip) {
        rows.for_each(drop);
    }
    let Ok(inputs) = find() else { return };
    if let Ok(rows) = inputs.sentences(&Columns::default(), BadRows::Skip) {
        rows.for_each(drop);
    }
}

pub(crate) fn sentence_table(bytes: &[u8]) {
    let path = file("sentences.csv", bytes);
    run(&["report", path.to_str().unwrap_or_default(), "--target", "plan", "--format", "json"]);
}

/// The first byte says which tool has written it.
pub(crate) fn exchange(bytes: &[u8]) {
    let tools = [Tool::Doccano, Tool::LabelStudio, Tool::Prodigy, Tool::Potato];
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let Ok(records) = tools[usize::from(*first) % 4].read(text) else { return };
    for tool in tools {
        drop(tool.write(&records, &["critical".to_string(), "neutral".to_string()]));
    }
}

pub(crate) fn word_vectors(bytes: &[u8]) {
    let path = file("words.txt", bytes);
    let _ = io::word_vectors(&path, |_, _| ());
    let _ = io::word_scores(&path, |_, _| ());
}

pub(crate) fn config(bytes: &[u8]) {
    file("framescope.toml", bytes);
    if std::env::set_current_dir(FOLDER.path()).is_ok() {
        run(&["classify", "there-is-no-such-file.csv"]);
    }
}

pub(crate) fn codebook(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        drop(toml::from_str::<Codebook>(text));
    }
}

fn run(arguments: &[&str]) {
    let typed = std::iter::once("framescope").chain(arguments.iter().copied());
    framescope::cli::run(typed.map(OsString::from));
}
