//! Framescope tells how each outlet treats a subject.

pub mod agreement;
pub mod article;
pub mod bootstrap;
pub mod classifier;
pub mod cli;
pub mod codebook;
pub mod error;
pub mod evaluate;
pub mod example;
pub mod features;
pub mod io;
pub mod model;
pub mod parts;
pub mod render;
pub mod report;
pub mod sparse;
pub mod table;
pub mod target;
pub mod text;
pub mod training;
pub mod vocabulary;
pub mod voice;
