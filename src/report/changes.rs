//! What changed since an earlier report: counts, and the outlets' own shares as hand labels correct them.

use serde::Serialize;

use super::outlet_differences::Significance;
use super::serialize::{ends, rounded};
use crate::cluster_bootstrap::Interval;

/// What changed on one target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    /// The first and the last day of the earlier articles.
    pub earlier_days: Option<(String, String)>,
    /// How many earlier articles there were, on whatever subject.
    pub earlier_articles: u64,
    /// Whether the target had the same aliases.
    pub same_aliases: bool,
    /// The outlets that name the target in either report, by name.
    pub outlets: Vec<OutletChange>,
    /// Changes of shares, the surest first.
    pub shares: Vec<ShareChange>,
}

/// How often one outlet names the target, before and now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletChange {
    /// The outlet's name.
    pub outlet: String,
    /// Its own sentences that name the target: before, now.
    pub own: [u64; 2],
    /// Those that quote or report somebody.
    pub quoted: [u64; 2],
}

/// How the share of a label in an outlet's own words changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareChange {
    /// The outlet's name.
    pub outlet: String,
    /// The label.
    pub label: String,
    /// The corrected share before, 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub before: f64,
    /// The corrected share now.
    #[serde(serialize_with = "rounded")]
    pub now: f64,
    /// 95 % of the share now less the one before, of this difference alone.
    #[serde(flatten, serialize_with = "ends")]
    pub interval: Interval,
    /// The p value of this comparison alone.
    #[serde(serialize_with = "rounded")]
    pub p: f64,
    /// The p value, adjusted for all comparisons with the earlier report (Holm 1979).
    #[serde(serialize_with = "rounded")]
    pub p_adjusted: f64,
    /// How firm it is.
    pub standing: Significance,
}
