//! Framescope tells how each outlet treats a subject.

pub mod article;
pub mod classifier;
pub mod error;
pub mod example;
pub mod io;
pub mod model;
pub mod parts;
pub mod target;
pub mod text;
pub mod voice;
