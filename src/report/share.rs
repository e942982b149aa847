//! How often a label occurs.

use serde::Serialize;

use super::serialize::{ends, rounded};
use crate::category::Category;
use crate::cluster_bootstrap::Interval;

/// With fewer sentences shares are not compared, corrected or ranked: reading them is quicker and surer.
pub const FEW_SENTENCES: u64 = 30;

/// A label's share of the sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The label.
    pub label: Category,
    /// The mean calibrated probability of the label.
    #[serde(rename = "share", serialize_with = "rounded")]
    pub mean: f64,
    /// 95 %, over articles; none where fewer than five articles hold such sentences.
    #[serde(flatten, serialize_with = "ends")]
    pub interval: Option<Interval>,
    /// How many sentences the model gives this label: the raw count.
    #[serde(rename = "count")]
    pub predicted: u64,
}

impl Share {
    /// Whether it is too uncertain to be compared: it has no interval, or a wide one.
    pub fn is_uncertain(&self) -> bool {
        self.interval.is_none_or(is_wide)
    }
}

/// Whether an interval is too wide for a comparison: wider than 20 points.
pub(super) fn is_wide(interval: Interval) -> bool {
    interval.high - interval.low > 0.2
}
