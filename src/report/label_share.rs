//! A label's share as it is stated: corrected by hand labels where there are any.

use super::share::is_wide;
use super::voice_stratum::Stratum;
use crate::cluster_bootstrap::Interval;

/// A label's share of the sentences of a stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelShare {
    /// The share, 0 to 1.
    pub value: f64,
    /// 95 %; `None` where there are too few articles, or nothing is left to chance.
    pub interval: Option<Interval>,
    /// Whether hand labels correct it; else it is the mean probability of the model.
    pub is_corrected: bool,
}

impl LabelShare {
    /// The share of a label; `None` where hand labels do not allow one, or there are no sentences.
    pub fn of(stratum: &Stratum, label: usize) -> Option<Self> {
        let is_corrected = stratum.audited.is_some();
        let share = match is_corrected {
            true => stratum.corrected(label).map(|share| (share.value, share.interval)),
            false => stratum.shares.get(label).map(|share| (share.mean, share.interval)),
        };
        let (value, interval) = share.filter(|(value, _)| value.is_finite())?;
        Some(LabelShare { value, interval, is_corrected })
    }

    /// As [`LabelShare::of`] in a corpus with hand labels; `None` where the stratum [is too
    /// small](Stratum::is_few) to state a share.
    pub fn stated(stratum: &Stratum, label: usize) -> Option<Self> {
        (!stratum.is_few(true)).then(|| LabelShare::of(stratum, label)).flatten()
    }

    /// Whether it is too uncertain to be compared: the interval is wide, or the model alone has none.
    pub fn is_uncertain(&self) -> bool {
        self.interval.map_or(!self.is_corrected, is_wide)
    }
}
