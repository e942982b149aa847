//! A file that will take the place of another once it is complete.
//!
//! Its name follows from the name of the other, and whoever writes it holds a lock on it. A run that was
//! killed leaves its file behind without a lock; the next run that writes to the same place removes it, so
//! that such files do not pile up.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// How the names of such files begin.
pub(super) const PREFIX: &str = ".framescope-";

/// Maximum number of runs that write to one place at the same time.
const MOST_RUNS: usize = 100;

/// A file beside another. It is removed when dropped.
#[derive(Debug)]
pub(super) struct TemporaryFile {
    file: File,
    path: PathBuf,
}

impl TemporaryFile {
    /// Creates a file that can be renamed to `target`: on the same disk, with the permissions of the file that
    /// it replaces, and those of a new file where there is none.
    pub(super) fn beside(target: &Path, replaced: Option<&fs::Metadata>) -> io::Result<Self> {
        let digest = Sha256::digest(target.file_name().unwrap_or_default().as_encoded_bytes());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        for number in 0..MOST_RUNS {
            let path = target.with_file_name(format!("{PREFIX}{name}-{number}"));
            if let Some(created) = Self::create(path)? {
                if let Some(replaced) = replaced {
                    created.file.set_permissions(replaced.permissions())?;
                }
                return Ok(created);
            }
        }
        let reason =
            format!("{MOST_RUNS} unfinished files {PREFIX}{name}-… lie there; remove them");
        Err(io::Error::other(reason))
    }

    /// None where another run writes a file of that name.
    fn create(path: PathBuf) -> io::Result<Option<Self>> {
        loop {
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    // Where a disk knows no locks, files of dead runs stay.
                    let _ = file.lock();
                    // Until then, another run may have taken the file for a dead one's, and removed it.
                    if is_at(&file, &path) {
                        return Ok(Some(TemporaryFile { file, path }));
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if !remove_dead(&path)? {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// The file to write to.
    pub(super) fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Renames the file once its content is on disk.
    pub(super) fn replace(mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, target)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if self.path != Path::new("") {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the file of a run that is dead; gives whether the name is free. The lock is held meanwhile, so that
/// no other run removes what is created afterwards.
fn remove_dead(path: &Path) -> io::Result<bool> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let file = match File::open(path) {
        Ok(file) if is_file => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        // A file of somebody else, or no file.
        _ => return Ok(false),
    };
    if file.try_lock().is_err() {
        return Ok(false);
    }
    if is_at(&file, path) {
        fs::remove_file(path)?;
    }
    Ok(true)
}

/// Whether the file still stands at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let found = fs::symlink_metadata(path).map(place);
    found.is_ok_and(|found| file.metadata().map(place).is_ok_and(|own| own == found))
}

/// Whether the file still stands at a path: an open file cannot be removed here.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn the_file_of_a_dead_run_is_removed_and_that_of_a_living_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.csv");
        let dead = TemporaryFile::beside(&target, None).unwrap().path.clone();
        fs::write(&dead, "half").unwrap();
        let one = TemporaryFile::beside(&target, None).unwrap();
        assert_eq!((&one.path, fs::read(&dead).unwrap().len()), (&dead, 0));
        let two = TemporaryFile::beside(&target, None).unwrap();
        assert_ne!(one.path, two.path);
        assert_eq!(n_files(folder.path()), 2);
        two.replace(&target).unwrap();
        drop(one);
        assert_eq!(n_files(folder.path()), 1);
    }

    #[test]
    fn what_stands_under_its_name_and_is_no_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.csv");
        let path = TemporaryFile::beside(&target, None).unwrap().path.clone();
        fs::create_dir(&path).unwrap();
        let other = TemporaryFile::beside(&target, None).unwrap();
        assert!(path.is_dir() && other.path != path);
    }

    #[test]
    fn many_runs_at_once_have_files_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.csv");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let target = &target;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let temporary = TemporaryFile::beside(target, None).unwrap();
                        io::Write::write_all(&mut temporary.file().unwrap(), &[number; 99])
                            .unwrap();
                        temporary.replace(target).unwrap();
                    }
                });
            }
        });
        let written = fs::read(&target).unwrap();
        assert_eq!(written, [written[0]; 99]);
        assert_eq!(n_files(folder.path()), 1);
    }
}
