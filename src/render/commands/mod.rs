//! What the commands other than `report` print.

pub mod agreement;
pub mod evaluation;
pub mod explanation;
pub mod generalization;
mod json;
pub mod label_plan;
pub mod label_table;
pub mod model_card;
pub mod sample;
mod scores;
pub mod suspected_label_errors;
pub mod target_candidates;
pub mod training;
