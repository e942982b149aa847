//! Input paths: files, folders and standard input become a list of files to read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file_format::{Format, endings, file_name, stem_and_format};
use super::file_hash::FileHashes;
use super::file_reader::OpenedFile;
use super::format_table::{self, Reader};
use super::held::{Held, HeldTable};
use super::progress::Progress;
use super::temporary_file;
use super::unread_kind;
use crate::error::Error;
use crate::written_date::check_format;

/// One file to read, or standard input.
#[derive(Debug)]
pub(super) struct Source {
    /// As messages name it.
    pub(super) path: Arc<Path>,
    pub(super) is_standard_input: bool,
    /// The table in memory that takes the place of a file.
    pub(super) held: Option<Arc<HeldTable>>,
    /// What the name tells, where it does; content goes before it.
    pub(super) format: Option<Format>,
    /// The outlet of a text or page: the first folder level below the given folder.
    pub(super) outlet: String,
    /// How generated ids begin; no two sources share it.
    pub(super) name: String,
}

impl Source {
    fn file(path: &Path, format: Option<Format>, name: String) -> Self {
        let outlet = String::new();
        let is_standard_input = false;
        Source { path: path.into(), is_standard_input, held: None, format, outlet, name }
    }
}

/// The files to read, in order.
#[derive(Debug)]
pub struct Inputs {
    pub(super) sources: VecDeque<Source>,
    ignored: Vec<PathBuf>,
    pub(super) progress: Progress,
    pub(super) file_hashes: Option<FileHashes>,
    pub(super) date_format: Option<String>,
    pub(super) keeps_duplicates: bool,
}

impl Inputs {
    /// Takes paths of files and of folders, which are walked in byte order, `-` for standard
    /// input, and the names of tables that [`Held`] has in memory. `format` is the format of inputs without a known ending; without it the content tells.
    pub fn find<P: AsRef<Path>>(paths: &[P], format: Option<Format>) -> Result<Self, Error> {
        let mut inputs = Inputs {
            sources: VecDeque::new(),
            ignored: Vec::new(),
            progress: Progress::default(),
            file_hashes: None,
            date_format: None,
            keeps_duplicates: false,
        };
        for path in paths {
            inputs.add(path.as_ref(), format)?;
        }
        if inputs.sources.is_empty() {
            return Err(Error::Option("no input: name a file, a folder or -".to_string()));
        }
        refuse_duplicates(&inputs.sources)?;
        make_names_unique(&mut inputs.sources);
        name_outlets(&mut inputs.sources);
        inputs.progress = Progress::new(inputs.sources.iter().map(file_size).sum());
        Ok(inputs)
    }

    /// Whether a file that exists is among the files to read.
    pub fn reads(&self, path: &Path) -> bool {
        let same = |source: &Source| fs::canonicalize(&source.path).ok();
        let path = fs::canonicalize(path).ok();
        path.is_some() && self.sources.iter().any(|source| same(source) == path)
    }

    /// The files in the folders that are not read, for their endings or leading dots.
    pub fn ignored(&self) -> &[PathBuf] {
        &self.ignored
    }

    /// What to do about files that are not read; none where nothing can be done.
    pub fn hint(&self) -> Option<&'static str> {
        self.ignored.iter().find_map(|path| unread_kind::by_name(path))
    }

    /// The progress of reading, which a clone follows; take it before reading.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Has every file hashed while it is read. Call it before reading; the result holds the hashes
    /// afterwards.
    pub fn hash_files(&mut self) -> FileHashes {
        self.file_hashes.get_or_insert_default().clone()
    }

    /// Has the dates of tables read in one form only, with the specifiers of `strptime` such as
    /// `%d/%m/%Y`. Refuses a form that names no day.
    pub fn read_dates_as(&mut self, format: &str) -> Result<(), Error> {
        check_format(format).map_err(|reason| Error::Option(format!("--date-format: {reason}")))?;
        self.date_format = Some(format.to_string());
        Ok(())
    }

    /// Has every article read, also one whose headline and text stood in the same outlet before.
    pub fn keep_duplicates(&mut self) {
        self.keeps_duplicates = true;
    }

    /// Moves texts and pages for which no folder names an outlet behind the tables, so that it is known what
    /// the tables hold when they are read. Says whether there are both.
    pub(super) fn move_nameless_back(&mut self) -> bool {
        let is_nameless = |source: &Source| is_document(source) && source.outlet.is_empty();
        let is_table = |source: &Source| !is_document(source);
        if !self.sources.iter().any(is_nameless) || !self.sources.iter().any(is_table) {
            return false;
        }
        self.sources.make_contiguous().sort_by_key(is_nameless);
        true
    }

    fn add(&mut self, path: &Path, format: Option<Format>) -> Result<(), Error> {
        if path == Path::new("-") {
            let source = Source::file(Path::new("standard input"), format, "stdin".to_string());
            self.sources.push_back(Source { is_standard_input: true, ..source });
            return Ok(());
        }
        if let Some(table) = Held::table(path) {
            let source =
                Source::file(path, None, file_name(path).trim_matches(['<', '>']).to_string());
            self.sources.push_back(Source { held: Some(table), ..source });
            return Ok(());
        }
        let kind = fs::metadata(path).map_err(|error| Error::read(path, error))?.file_type();
        if kind.is_dir() {
            return self.add_folder(path);
        }
        let (name, format) = match stem_and_format(path) {
            Some((stem, format)) => (stem, Some(format)),
            None if format.is_none() && kind.is_file() => (file_name(path), Some(told_by(path)?)),
            None => (file_name(path), format),
        };
        self.sources.push_back(Source::file(path, format, name));
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let mut paths = Vec::new();
        list_files(folder, &mut paths)?;
        paths.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        let n_before = self.sources.len();
        for path in paths {
            self.add_listed(folder, &path);
        }
        if self.sources.len() == n_before {
            let nothing = || format!("no articles: nothing in this folder ends in {}", endings());
            let reason = self.hint().map_or_else(nothing, str::to_owned);
            return Err(Error::file(folder, reason));
        }
        Ok(())
    }

    fn add_listed(&mut self, folder: &Path, path: &Path) {
        // What this run or another will write there.
        if file_name(path).starts_with(temporary_file::PREFIX) {
            return;
        }
        // Other programs keep their own notes in files with a leading dot, whatever their endings.
        let is_hidden = file_name(path).starts_with('.');
        let Some((stem, format)) = stem_and_format(path).filter(|_| !is_hidden) else {
            self.ignored.push(path.to_path_buf());
            return;
        };
        let below = path.strip_prefix(folder).unwrap_or(path);
        let levels: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
        let outlet = if levels.len() > 1 { levels[0].to_string() } else { String::new() };
        let name = below.with_file_name(stem).to_string_lossy().into_owned();
        self.sources.push_back(Source { outlet, ..Source::file(path, Some(format), name) });
    }
}

/// The format that the content of a file tells, whose name tells none.
fn told_by(path: &Path) -> Result<Format, Error> {
    let file = OpenedFile::at(path)?;
    let start = file.start();
    if let Some(refusal) = unread_kind::by_content(&start.bytes) {
        return Err(Error::file(path, refusal));
    }
    format_table::told(&start).ok_or_else(|| {
        let reason = "unknown kind of file; expected a name that ends in ";
        Error::file(path, reason.to_string() + &endings())
    })
}

/// Adds every file below a folder. Does not enter linked folders, which can lead in circles.
fn list_files(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    let fail = |error| Error::read(folder, error);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        if entry.file_type().map_err(fail)?.is_dir() {
            list_files(&path, paths)?;
        } else if path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

/// Refuses a file that is given twice: its articles would count twice.
fn refuse_duplicates(sources: &VecDeque<Source>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for source in sources {
        let path = fs::canonicalize(&source.path).unwrap_or_else(|_| source.path.to_path_buf());
        if !seen.insert(path) {
            return Err(Error::file(&source.path, "given twice; name each input once"));
        }
    }
    Ok(())
}

/// Replaces a name that several sources share by their whole paths.
fn make_names_unique(sources: &mut VecDeque<Source>) {
    let mut n_named: BTreeMap<String, usize> = BTreeMap::new();
    for source in &*sources {
        *n_named.entry(source.name.clone()).or_default() += 1;
    }
    for source in sources.iter_mut().filter(|source| n_named[&source.name] > 1) {
        source.name = source.path.to_string_lossy().into_owned();
    }
}

/// Whether a source holds articles and is no table, as far as its name tells.
fn is_document(source: &Source) -> bool {
    let is_article = |format| matches!(format_table::reader(format), Reader::Articles(_));
    source.format.is_some_and(is_article)
}

/// Names the outlets of texts and pages in several folders side by side, as a shell lists them for
/// `articles/*` and `articles/*/*.txt`: each folder is an outlet.
fn name_outlets(sources: &mut VecDeque<Source>) {
    let folder = |source: &Source| match is_document(source) && source.outlet.is_empty() {
        true => source
            .path
            .parent()
            .filter(|folder| folder.file_name().is_some())
            .map(Path::to_path_buf),
        false => None,
    };
    let folders: BTreeSet<PathBuf> = sources.iter().filter_map(folder).collect();
    let above: BTreeSet<Option<&Path>> = folders.iter().map(|folder| folder.parent()).collect();
    if folders.len() > 1 && above.len() == 1 {
        for source in sources {
            if let Some(folder) = folder(source) {
                source.outlet = file_name(&folder);
            }
        }
    }
}

/// The size of a source in bytes, of a table in memory its rows; none for a pipe.
fn file_size(source: &Source) -> Option<u64> {
    if let Some(table) = &source.held {
        return Some(table.n_rows);
    }
    let metadata = fs::metadata(&source.path).ok()?;
    metadata.is_file().then_some(metadata.len())
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
        let files = ["b/2.txt", "b/x/1.HTML.gz", "a.csv", "B/3.htm", "c.pdf", "b/._2.txt", "0"];
        let folder = folder(&files);
        let inputs = Inputs::find(&[folder.path()], None).unwrap();
        let found: Vec<_> =
            inputs.sources.iter().map(|s| (s.name.as_str(), s.outlet.as_str())).collect();
        assert_eq!(found, [("B/3", "B"), ("a", ""), ("b/2", "b"), ("b/x/1", "b")]);
        assert_eq!(inputs.ignored().len(), 3);
        assert_eq!(inputs.progress().total_bytes(), Some(20));
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
        fs::write(at("a.export"), "[{\"text\": \"a\"}]").unwrap();
        Inputs::find(&[at("a.export")], None).unwrap();
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
    fn folders_side_by_side_are_outlets() {
        let folder = folder(&["Bell/1.txt", "Lamp/1.txt", "Lamp/x/2.txt", "a.csv"]);
        let outlets = |names: &[&str]| {
            let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
            let inputs = Inputs::find(&paths, None).unwrap();
            inputs.sources.iter().map(|source| source.outlet.clone()).collect::<Vec<_>>()
        };
        assert_eq!(outlets(&["Bell/1.txt", "Lamp/1.txt", "a.csv"]), ["Bell", "Lamp", ""]);
        assert_eq!(outlets(&["Bell", "Lamp"]), ["Bell", "Lamp", "x"]);
        assert_eq!(outlets(&["Lamp/1.txt"]), [""]);
    }

    #[test]
    fn texts_without_outlets_stand_behind_tables() {
        let folder = folder(&["1.txt", "Lamp/2.txt", "a.csv", "b.txt", "c.csv"]);
        let mut inputs = Inputs::find(&[folder.path()], None).unwrap();
        assert!(inputs.move_nameless_back());
        let names: Vec<&str> = inputs.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["Lamp/2", "a", "c", "1", "b"]);
        fs::remove_file(folder.path().join("a.csv")).unwrap();
        fs::remove_file(folder.path().join("c.csv")).unwrap();
        assert!(!Inputs::find(&[folder.path()], None).unwrap().move_nameless_back());
    }

    #[test]
    fn standard_input_has_no_size() {
        let inputs = Inputs::find(&["-"], Some(Format::Tsv)).unwrap();
        assert_eq!(inputs.sources[0].format, Some(Format::Tsv));
        assert_eq!(inputs.progress().total_bytes(), None);
    }
}
