//! Says whether the encoder's weights are there: the registry takes no packages that large, so they come without.

#![allow(clippy::print_stdout, reason = "Cargo reads what a build script prints")]

use std::path::Path;

const WEIGHTS: [&str; 2] = ["models/encoder.safetensors", "models/encoder-pieces.safetensors"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(encoder_weights)");
    WEIGHTS.iter().for_each(|path| println!("cargo::rerun-if-changed={path}"));
    if std::env::var_os("CARGO_FEATURE_ENCODER").is_none() {
        return;
    }
    if WEIGHTS.iter().all(|path| Path::new(path).exists()) {
        println!("cargo::rustc-cfg=encoder_weights");
    } else {
        println!("cargo::warning=no encoder is built in: {} are missing", WEIGHTS.join(" and "));
    }
}
