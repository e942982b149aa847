//! Outlets ranked by a label's share of what they say themselves; outlets with too little data come
//! last, unranked.

use crate::cluster_bootstrap::Interval;
use crate::report::{OutletSummary, Stratum};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// An interval wider than this is too wide for comparisons.
const WIDE: f64 = 0.2;

/// A label's share: corrected by hand labels where there are any, else as the model sees it.
pub(super) struct LabelShare {
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    /// Whether it is too uncertain to be compared.
    pub(super) is_uncertain: bool,
    /// The uncorrected share of raw counts.
    pub(super) counted: Option<f64>,
}

impl LabelShare {
    pub(super) fn of(stratum: &Stratum, label: usize) -> Self {
        let share = stratum.shares.get(label).filter(|share| share.mean.is_finite());
        let counted = share.map(|share| share.predicted as f64 / stratum.sentences as f64);
        let (value, interval, is_uncertain) = match (&stratum.audited, share) {
            (Some(_), _) => {
                let corrected = stratum.corrected(label);
                let interval = corrected.and_then(|corrected| corrected.interval);
                let is_wide = interval.is_some_and(|of| of.high - of.low > WIDE);
                (corrected.map(|corrected| corrected.value), interval, is_wide)
            }
            (None, Some(share)) => (Some(share.mean), share.interval, share.is_loose()),
            (None, None) => (None, None, true),
        };
        LabelShare { value, interval, is_uncertain, counted }
    }
}

/// An outlet's own sentences that name the target, and a label's share of them.
pub(super) struct RankedOutlet<'r, O> {
    pub(super) outlet: O,
    pub(super) stratum: &'r Stratum,
    pub(super) share: LabelShare,
    /// Whether there is too little data to rank it.
    pub(super) is_few: bool,
}

/// The outlets with enough data, the largest share first; then the others in their own order.
pub(super) fn ranked<'r, O>(
    outlets: impl Iterator<Item = (O, &'r OutletSummary)>,
    label: usize,
    is_audited: bool,
) -> Vec<RankedOutlet<'r, O>> {
    let ranked = |(outlet, summary): (O, &'r OutletSummary)| {
        let stratum = summary.stratum(Voice::Outlet, TargetRelation::Mention)?;
        let (share, is_few) = (LabelShare::of(stratum, label), stratum.is_few(is_audited));
        (stratum.sentences > 0).then_some(RankedOutlet { outlet, stratum, share, is_few })
    };
    let mut all: Vec<_> = outlets.filter_map(ranked).collect();
    let share = |of: &RankedOutlet<'_, O>| of.share.value.filter(|_| !of.is_few).unwrap_or(-1.0);
    all.sort_by(|a, b| a.is_few.cmp(&b.is_few).then(share(b).total_cmp(&share(a))));
    all
}

/// The mean share of the outlets with enough data; none of fewer than two.
pub(super) fn mean<O>(ranked: &[RankedOutlet<'_, O>]) -> Option<f64> {
    let enough = ranked.iter().filter(|of| !of.is_few);
    let shares: Vec<f64> = enough.filter_map(|of| of.share.value).collect();
    (shares.len() > 1).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
}
