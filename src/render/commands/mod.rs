//! What the commands other than `report` print.

pub mod agreement;
pub mod evaluation;
pub mod explanation;
mod json;
pub mod label_errors;
pub mod label_plan;
pub mod model_card;
pub mod sample;
mod scores;
pub mod training;
pub mod validation;
