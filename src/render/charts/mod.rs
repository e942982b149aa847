//! The charts: what stands in them, and their marks, are made once. The page sets them among its text, and
//! [`chart_file`] writes them as pictures of their own, with text that stays text.

mod canvas;
mod chart_file;
pub(super) mod course;
pub(super) mod marks;
pub(super) mod stance;
mod stance_picture;
mod timeline_picture;

pub use chart_file::{Chart, write_chart};
