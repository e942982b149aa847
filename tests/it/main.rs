//! What holds across the boundaries of modules: numbers against other programs' numbers, whole
//! sessions of the command, and the house rules.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

mod against;
#[cfg(unix)]
mod attacks;
mod audit;
mod bad_input;
mod base;
#[cfg(unix)]
mod browser;

mod chart_files;
mod convert;
mod cycles;
#[cfg(unix)]
mod determinism;
#[cfg(encoder_weights)]
mod encoder;
mod features;
mod few_labels;
mod folds;
mod formats;
mod frames;
#[cfg(target_os = "linux")]
mod full_disk;
mod input_cases;
mod input_documents;
mod input_shapes;
mod input_tables;
#[cfg(unix)]
mod kills;
mod label_files;
#[cfg(unix)]
mod label_page;
#[cfg(unix)]
mod label_page_files;
mod label_safety;
#[cfg(unix)]
mod label_server;
mod label_tables;
mod label_training;
mod light;
mod manual;
mod manual_reference;
mod merge;
mod odd_text;
mod oracle;
mod provenance;
mod registry_package;
mod relations;
mod session;
mod sessions;
mod statistics;
mod table_files;
mod tables;
mod targets;
mod tidy;
#[cfg(unix)]
mod upgrades;
mod validation;
mod voices;
mod words;
#[cfg(unix)]
mod writing_commands;
