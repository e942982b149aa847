//! The figures of a report, one file each: its tables, and what is said of it in words.

pub(super) mod adjusted_shares;
pub(super) mod changes;
pub(super) mod coverage;
pub(super) mod differences;
pub(super) mod distinctive_words;
pub(super) mod exemplars;
pub(super) mod first_sentences;
pub(super) mod frames;
pub(super) mod headline_gaps;
pub(super) mod headline_lead;
pub(super) mod prominence;
pub(super) mod quotes;
mod sentence_label;
pub(super) mod shares;
pub(super) mod speakers;
pub(super) mod stance_chart;
pub(super) mod timeline;
