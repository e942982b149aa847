//! Writes results to standard output, or to a file that appears only when it is complete.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::held::Held;
use super::temporary_file::TemporaryFile;
use crate::error::Error;

/// Standard output or a file. A file does not appear before [`finish`](Output::finish).
pub struct Output {
    path: PathBuf,
    writer: BufWriter<Box<dyn Write + Send>>,
    /// The temporary file that will replace the file of the path; none for standard output, devices
    /// and pipes, which cannot be replaced.
    temporary: Option<TemporaryFile>,
}

impl Output {
    /// Opens the file of a path; without one standard output, or what [`Held`] has in its place.
    pub fn create(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else {
            let name = Path::new("standard output");
            return Ok(match Held::output() {
                Some(held) => Output::new(name, held, None),
                None => Output::new(name, io::stdout(), None),
            });
        };
        let fail = |error| Error::write(path, error);
        let metadata = fs::metadata(path).ok();
        if metadata.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(Error::file(path, "a folder; expected the name of a file to write"));
        }
        // The shell may have linked a name under /dev to a file, which must not be replaced either.
        let is_device = metadata.as_ref().is_some_and(|metadata| !metadata.is_file());
        let is_in_memory = path.starts_with("/dev/shm");
        if is_device || path.starts_with("/dev") && !is_in_memory {
            let file = OpenOptions::new().write(true).open(path).map_err(fail)?;
            return Ok(Output::new(path, file, None));
        }
        let temporary = temporary_file(path, metadata.as_ref())?;
        let file = temporary.file().map_err(fail)?;
        Ok(Output::new(path, file, Some(temporary)))
    }

    fn new(
        path: &Path,
        sink: impl Write + Send + 'static,
        temporary: Option<TemporaryFile>,
    ) -> Self {
        Output { path: path.to_path_buf(), writer: BufWriter::new(Box::new(sink)), temporary }
    }

    /// The path, or `standard output`.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is buffered, and makes the file appear.
    pub fn finish(mut self) -> Result<(), Error> {
        let fail = |error| Error::write(&self.path, error);
        self.writer.flush().map_err(fail)?;
        let Some(temporary) = self.temporary else { return Ok(()) };
        temporary.replace(&resolved(&self.path)).map_err(fail)
    }

    /// Takes the error of a failed write, of the system or of the csv crate; gives it with the path.
    pub fn failed(&self, error: impl Into<csv::Error>) -> Error {
        let error = match error.into().into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        Error::write(&self.path, error)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Creates the file that will replace the file of a path.
fn temporary_file(path: &Path, replaced: Option<&fs::Metadata>) -> Result<TemporaryFile, Error> {
    let target = resolved(path);
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(Error::file(
            path,
            format!("its folder `{folder}` does not exist; make it first"),
        ));
    }
    TemporaryFile::beside(&target, replaced).map_err(|error| Error::write(path, error))
}

/// The file that a link points to, which is replaced instead of the link.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Fuzzing the label page met a new file there, which was refused as a device is.
    #[test]
    fn a_file_in_memory_is_made_and_replaced_like_others() {
        let Ok(folder) = tempfile::tempdir_in("/dev/shm") else { return };
        let path = folder.path().join("labels.csv");
        for text in ["one", "two"] {
            let before = fs::read_to_string(&path).ok();
            let mut output = Output::create(Some(&path)).unwrap();
            output.write_all(text.as_bytes()).unwrap();
            output.flush().unwrap();
            assert_eq!(fs::read_to_string(&path).ok(), before);
            output.finish().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_file_appears_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut output = Output::create(Some(&path)).unwrap();
        output.write_all(b"a").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"a");
        let mut output = Output::create(Some(&path)).unwrap();
        output.write_all(b"b").unwrap();
        drop(output);
        assert_eq!(fs::read(&path).unwrap(), b"a");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn places_that_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/out.csv");
        let message = Output::create(Some(&path)).err().unwrap().to_string();
        assert!(message.contains("none` does not exist; make it first"), "{message}");
        let message = Output::create(Some(folder.path())).err().unwrap().to_string();
        assert!(message.contains("a folder; expected the name of a file"), "{message}");
    }

    #[test]
    fn a_closed_pipe_is_told_from_other_failures() {
        let output = Output::create(None).unwrap();
        let closed = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(output.failed(closed()).is_broken_pipe());
        assert!(output.failed(csv::Error::from(closed())).is_broken_pipe());
        assert!(!output.failed(io::Error::from(io::ErrorKind::StorageFull)).is_broken_pipe());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("out.csv"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut output = Output::create(Some(&link)).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o604);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_are_written_to_and_may_be_full() {
        let mut output = Output::create(Some(Path::new("/dev/full"))).unwrap();
        output.write_all(b"a").unwrap();
        let message = output.finish().unwrap_err().to_string();
        assert!(message.starts_with("cannot write /dev/full: No space left"), "{message}");
        let mut output = Output::create(Some(Path::new("/dev/null"))).unwrap();
        output.write_all(b"a").unwrap();
        output.finish().unwrap();
    }
}
