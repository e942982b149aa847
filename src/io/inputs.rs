//! Which files there are to read: paths, folders and standard input become a list of sources.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::file_hash::FileHashes;
use super::progress::Progress;
use crate::error::Error;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table with commas; semicolons or tabs where its header has more of them.
    Csv,
    /// A table with tabs.
    Tsv,
    /// One JSON object a line.
    JsonLines,
    /// One article as plain text.
    Text,
    /// One article as a saved page.
    Html,
}

/// Every ending that is read, each also with `.gz` or `.zst` behind it.
const ENDINGS: &[(&str, Format)] = &[
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("txt", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
];

impl Format {
    /// The format that a file ending names: `csv`, `tsv`, `jsonl`, `ndjson`, `txt`, `html`, `htm`.
    pub fn named(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        ENDINGS.iter().find(|(name, _)| *name == ending).map(|&(_, format)| format)
    }
}

/// Where the bytes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourcePlace {
    File,
    StandardInput,
}

/// One file to read.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// As it stands in messages.
    pub(super) path: PathBuf,
    pub(super) place: SourcePlace,
    /// None where the content must tell: pipes and standard input.
    pub(super) format: Option<Format>,
    /// The outlet of a text or page: the first folder level below the given folder.
    pub(super) outlet: String,
    /// What ids that are made begin with; no two sources share it.
    pub(super) name: String,
}

/// The files to read, in order.
#[derive(Debug)]
pub struct Inputs {
    pub(super) sources: Vec<Source>,
    n_ignored: usize,
    progress: Progress,
    pub(super) fingerprints: Option<FileHashes>,
}

impl Inputs {
    /// Lists what the paths name: files, folders (walked in byte order of paths), `-` for standard
    /// input. `format` is that of inputs without an ending; where it is absent the content tells.
    pub fn find<P: AsRef<Path>>(paths: &[P], format: Option<Format>) -> Result<Self, Error> {
        let mut inputs = Inputs {
            sources: Vec::new(),
            n_ignored: 0,
            progress: Progress::of(None),
            fingerprints: None,
        };
        for path in paths {
            inputs.add(path.as_ref(), format)?;
        }
        if inputs.sources.is_empty() {
            return Err(Error::Option("no input: name a file, a folder or -".to_string()));
        }
        refuse_doubles(&inputs.sources)?;
        tell_apart(&mut inputs.sources);
        inputs.progress = Progress::of(total_bytes(&inputs.sources));
        Ok(inputs)
    }

    /// How many files in the folders were left out for their endings or leading dots.
    pub fn n_ignored(&self) -> usize {
        self.n_ignored
    }

    /// How far reading has come; keep a clone before reading.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Has a fingerprint taken of every file while it is read; ask before reading, look afterwards.
    pub fn fingerprints(&mut self) -> FileHashes {
        self.fingerprints.get_or_insert_default().clone()
    }

    fn add(&mut self, path: &Path, format: Option<Format>) -> Result<(), Error> {
        if path == Path::new("-") {
            self.sources.push(standard_input(format));
            return Ok(());
        }
        let kind = fs::metadata(path).map_err(|error| Error::read(path, error))?.file_type();
        if kind.is_dir() {
            return self.add_folder(path);
        }
        let named = parts(path);
        if named.is_none() && format.is_none() && kind.is_file() {
            return Err(Error::file(path, unknown_ending()));
        }
        let format = named.as_ref().map(|&(_, format)| format).or(format);
        let name = named.map_or_else(|| file_name(path), |(stem, _)| stem);
        self.sources.push(file(path, format, String::new(), name));
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let mut paths = Vec::new();
        list(folder, &mut paths)?;
        paths.sort_by(|a, b| bytes(a).cmp(bytes(b)));
        let n_before = self.sources.len();
        for path in paths {
            self.add_listed(folder, &path);
        }
        if self.sources.len() == n_before {
            let reason = format!("no articles: nothing in this folder ends in {}", endings());
            return Err(Error::file(folder, reason));
        }
        Ok(())
    }

    fn add_listed(&mut self, folder: &Path, path: &Path) {
        // Files with a leading dot are other programs' notes, whatever they end in.
        let is_hidden = file_name(path).starts_with('.');
        let Some((stem, format)) = parts(path).filter(|_| !is_hidden) else {
            self.n_ignored += 1;
            return;
        };
        let below = path.strip_prefix(folder).unwrap_or(path);
        let levels: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
        let outlet = if levels.len() > 1 { levels[0].to_string() } else { String::new() };
        let name = below.with_file_name(stem).to_string_lossy().into_owned();
        self.sources.push(file(path, Some(format), outlet, name));
    }
}

fn standard_input(format: Option<Format>) -> Source {
    Source {
        path: PathBuf::from("standard input"),
        place: SourcePlace::StandardInput,
        format,
        outlet: String::new(),
        name: "stdin".to_string(),
    }
}

fn file(path: &Path, format: Option<Format>, outlet: String, name: String) -> Source {
    Source { path: path.to_path_buf(), place: SourcePlace::File, format, outlet, name }
}

/// Every file below a folder. Linked folders are not entered: they can lead in circles.
fn list(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let fail = |error| Error::read(folder, error);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        if entry.file_type().map_err(fail)?.is_dir() {
            list(&path, paths)?;
        } else if path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

/// A file's name without its endings, and its format.
fn parts(path: &Path) -> Option<(String, Format)> {
    let name = file_name(path);
    let lower = name.to_ascii_lowercase();
    let packed = [".gz", ".zst"].iter().find(|ending| lower.ends_with(**ending));
    let name = &name[..name.len() - packed.map_or(0, |ending| ending.len())];
    let (stem, ending) = name.rsplit_once('.')?;
    Some((stem.to_string(), Format::named(ending)?))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn endings() -> String {
    let names: Vec<_> = ENDINGS.iter().map(|(name, _)| format!(".{name}")).collect();
    names.join(", ") + " (or one of these with .gz or .zst)"
}

fn unknown_ending() -> String {
    format!("unknown kind of file; expected a name that ends in {}", endings())
}

/// An article that is read twice would count twice.
fn refuse_doubles(sources: &[Source]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for source in sources {
        let path = fs::canonicalize(&source.path).unwrap_or_else(|_| source.path.clone());
        if !seen.insert(path) {
            return Err(Error::file(&source.path, "given twice; name each input once"));
        }
    }
    Ok(())
}

/// Sources of one name are named by their whole paths instead.
fn tell_apart(sources: &mut [Source]) {
    let mut n_named: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter() {
        *n_named.entry(source.name.clone()).or_default() += 1;
    }
    for source in sources.iter_mut().filter(|source| n_named[&source.name] > 1) {
        source.name = source.path.to_string_lossy().into_owned();
    }
}

fn total_bytes(sources: &[Source]) -> Option<u64> {
    let size = |source: &Source| {
        let metadata = fs::metadata(&source.path).ok().filter(fs::Metadata::is_file)?;
        Some(metadata.len())
    };
    sources.iter().map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text\n").unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_is_walked_in_byte_order_and_its_levels_are_outlets() {
        let files = ["b/2.txt", "b/x/1.HTML.gz", "a.csv", "B/3.htm", "c.docx", "b/._2.txt", "0"];
        let folder = folder(&files);
        let inputs = Inputs::find(&[folder.path()], None).unwrap();
        let found: Vec<_> =
            inputs.sources.iter().map(|s| (s.name.as_str(), s.outlet.as_str())).collect();
        assert_eq!(found, [("B/3", "B"), ("a", ""), ("b/2", "b"), ("b/x/1", "b")]);
        assert_eq!(inputs.n_ignored(), 3);
        assert_eq!(inputs.progress().total_bytes(), Some(20));
    }

    #[test]
    fn endings_tell_the_format() {
        let format = |name: &str| parts(Path::new(name));
        assert_eq!(format("x/a.b.csv"), Some(("a.b".to_string(), Format::Csv)));
        assert_eq!(format("A.TSV.ZST"), Some(("A".to_string(), Format::Tsv)));
        assert_eq!(format("a.ndjson.gz"), Some(("a".to_string(), Format::JsonLines)));
        assert_eq!(format("a.gz"), None);
        assert_eq!(format("csv"), None);
    }

    #[track_caller]
    fn refused(paths: &[PathBuf], expected: &str) {
        let message = Inputs::find(paths, None).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = folder(&["a.pdf", "a.csv"]);
        let at = |name: &str| folder.path().join(name);
        refused(&[at("a.pdf")], "a.pdf: unknown kind of file; expected a name that ends in .csv, ");
        refused(&[at("none.csv")], "none.csv: No such file");
        refused(&[at("a.csv"), folder.path().join("./a.csv")], "given twice");
        refused(&[], "no input");
        fs::create_dir(at("empty")).unwrap();
        refused(&[at("empty")], "empty: no articles: nothing in this folder ends in .csv");
    }

    #[test]
    fn sources_of_one_name_are_told_apart() {
        let folder = folder(&["a/x.csv", "b/x.csv", "y.csv"]);
        let paths = ["a/x.csv", "b/x.csv", "y.csv"].map(|name| folder.path().join(name));
        let inputs = Inputs::find(&paths, None).unwrap();
        let names: Vec<_> = inputs.sources.iter().map(|s| s.name.clone()).collect();
        let whole = |path: &PathBuf| path.to_string_lossy().into_owned();
        assert_eq!(names, [whole(&paths[0]), whole(&paths[1]), "y".to_string()]);
    }

    #[test]
    fn standard_input_has_no_size() {
        let inputs = Inputs::find(&["-"], Some(Format::Tsv)).unwrap();
        assert_eq!(inputs.sources[0].format, Some(Format::Tsv));
        assert_eq!(inputs.progress().total_bytes(), None);
    }
}
