//! Framescope tells how each outlet treats a subject.

pub mod article;
pub mod classifier;
pub mod error;
pub mod example;
pub mod features;
pub mod model;
pub mod parts;
pub mod sparse;
pub mod target;
pub mod text;
pub mod vocabulary;
pub mod voice;
