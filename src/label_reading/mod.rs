//! One reading of what stands in the label column: every command that takes hand labels reads them here.
//!
//! ```text
//! "Con", " support", "1.0", "NA"  ── label_map, codebook ──> critical, supportive, supportive, not coded
//! ```
//!
//! Beside the labels it sees to it that coders can be told apart.

mod coder_names;
mod label_map;
mod label_reader;
mod labels_read;
mod spelling;

pub use coder_names::{name_coders, tell_coders_apart};
pub use label_map::LabelMap;
pub use label_reader::{LabelReader, Meaning};
pub use labels_read::LabelsRead;
