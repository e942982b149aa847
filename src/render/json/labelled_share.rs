//! A share with its label.

use serde::Serialize;

use super::rounded;
use crate::report::{Report, Share};

/// `low` and `high` are null where there is no interval.
#[derive(Serialize)]
pub(super) struct Figure<'r> {
    pub(super) label: &'r str,
    pub(super) share: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) count: u64,
}

impl<'r> Figure<'r> {
    /// One per label of the report.
    pub(super) fn all(report: &'r Report, shares: &[Share]) -> Vec<Self> {
        let share = |(label, share)| Figure::new(report.label(label), share);
        shares.iter().enumerate().map(share).collect()
    }

    pub(super) fn new(label: &'r str, share: &Share) -> Self {
        Figure {
            label,
            share: rounded(share.mean),
            low: share.interval.map(|interval| rounded(interval.low)),
            high: share.interval.map(|interval| rounded(interval.high)),
            count: share.predicted,
        }
    }
}
