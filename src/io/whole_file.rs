//! Whole files: fingerprints, and files small enough to be held.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Error;

/// A file's SHA-256 as 64 hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(path: &Path) -> Result<String, Error> {
    let fail = |error| Error::read(path, error);
    let mut file = File::open(path).map_err(fail)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).map_err(fail)? {
            0 => break,
            n => hasher.update(&buffer[..n]),
        }
    }
    let digits = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
    Ok(digits.concat())
}

/// A whole file of at most `max` bytes.
pub fn read_bytes(path: &Path, max: usize) -> Result<Vec<u8>, Error> {
    let fail = |error| Error::read(path, error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take((max as u64).saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() > max {
        let reason =
            format!("larger than {max} bytes, the most that is read; is it the right file?");
        return Err(Error::file(path, reason));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_sha256sum() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(file.path()).unwrap(), expected);
        assert!(
            sha256(Path::new("no/such"))
                .unwrap_err()
                .to_string()
                .starts_with("cannot read no/such:")
        );
    }

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        assert_eq!(read_bytes(file.path(), 3).unwrap(), b"abc");
        let error = read_bytes(file.path(), 2).unwrap_err().to_string();
        assert!(error.contains("larger than 2 bytes"), "{error}");
    }
}
