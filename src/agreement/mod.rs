//! Several coders' labels of the same items, and how far the coders agree.

pub mod coder_labels;
mod coefficients;

pub use coefficients::{Codes, Figure, Metric};
