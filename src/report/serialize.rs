//! How figures are written as JSON.

use serde::{Serialize, Serializer};

use crate::cluster_bootstrap::Interval;
use crate::text::Span;

/// Six decimals: enough for any use, and sums keep no more than seven.
pub(super) fn six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A figure, or null where there is none.
pub(super) fn rounded<F: Copy + Into<Option<f64>>, S: Serializer>(
    value: &F,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let value: Option<f64> = (*value).into();
    value.map(six_decimals).serialize(serializer)
}

/// Both ends of an interval, or null twice.
pub(super) fn ends<I: Copy + Into<Option<Interval>>, S: Serializer>(
    interval: &I,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Ends {
        low: Option<f64>,
        high: Option<f64>,
    }
    let interval: Option<Interval> = (*interval).into();
    let end = |of: fn(Interval) -> f64| interval.map(of).map(six_decimals);
    Ends { low: end(|of| of.low), high: end(|of| of.high) }.serialize(serializer)
}

/// Byte offsets, end exclusive, as pairs.
pub(super) fn spans<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(spans.iter().map(|span| [span.start, span.end]))
}
