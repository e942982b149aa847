//! How alike outlets' choices of quotes are, for programs.

use serde::Serialize;

use super::rounded;
use crate::report::Report;

/// `both` of the shared quotes stand in both outlets, `either` in one or both; `jaccard` is their
/// ratio. Pairs that have none in common are left out.
#[derive(Serialize)]
pub(super) struct Pair<'r> {
    outlets: [&'r str; 2],
    both: usize,
    either: usize,
    jaccard: f64,
}

impl<'r> Pair<'r> {
    pub(super) fn all(report: &'r Report) -> Vec<Self> {
        let n = report.outlets.len();
        let pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| [one, other]));
        let pair = |at: [usize; 2]| {
            let found = report.quotes.in_common(at[0], at[1]);
            let outlets = at.map(|at| report.outlets[at].name.as_str());
            let jaccard = rounded(found.jaccard().filter(|_| found.both > 0)?);
            Some(Pair { outlets, both: found.both, either: found.either, jaccard })
        };
        pairs.filter_map(pair).collect()
    }
}
