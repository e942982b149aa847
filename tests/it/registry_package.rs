//! What is published: the package that `cargo package` makes.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The registry's limit.
const MAX_BYTES: usize = 10_000_000;

#[test]
fn the_package_is_small_enough_for_the_registry_and_holds_what_a_build_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).unwrap();
    for path in ["build.rs", "models/stance.safetensors", "models/stance-encoder.safetensors"] {
        assert!(listed.lines().any(|line| line == path), "{path} is missing");
    }
    let is_weights =
        |line: &str| line.starts_with("models/encoder") && line.ends_with("safetensors");
    assert!(!listed.lines().any(is_weights), "{listed}");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    for line in listed.lines() {
        // Some files are made by Cargo as it packs.
        if let Ok(bytes) = fs::read(root.join(line)) {
            packed.write_all(&bytes).unwrap();
        }
    }
    let n_bytes = packed.finish().unwrap().len();
    assert!(n_bytes < MAX_BYTES, "{n_bytes} bytes; the registry takes {MAX_BYTES}");
}
