//! Harder questions than cross-validation asks: how does the model do on an outlet that it was not
//! trained on, on days after those that it was trained on, with fewer labels, and would more labels change it?
//!
//! Each is answered on the same rows by models of the same kind, so that only what was held out
//! differs (Baly et al. 2020 hold out whole media, lest the model learn who writes instead of what
//! is written). The penalty is the one that cross-validation chose.

mod ablation;
mod batch_agreement;
mod comparison;
mod holdout;
mod learning_curve;
#[cfg(test)]
mod tests;

pub use ablation::Ablation;
pub use batch_agreement::{BatchAgreement, stop_set};
pub use comparison::{Comparison, HeldOutScores, Validation};
pub use holdout::{Holdout, ValidationMethod};
pub use learning_curve::LearningCurvePoint;
