//! What the outlets' own sentences that name a target say: a ranking by one label's share, and the shares
//! and differences that may be stated.

use super::label_share::LabelShare;
use super::outlet_differences::{OutletDifference, Significance};
use super::report_data::{OutletSummary, TargetSummary};
use super::shortened::Shortened;
use super::voice_stratum::Stratum;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Maximum number of outlets whose shares are stated; the others are counted.
const MOST_SHARES: usize = 12;

/// Maximum number of differences that are stated; JSON has all.
const MOST_DIFFERENCES: usize = 10;

/// Outlets ranked by a label's share of their own sentences that name the target.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnVoiceRanking {
    /// The largest share first; then the outlets with too little data, in their own order.
    pub outlets: Vec<RankedOutlet>,
    /// The mean share of the outlets with enough data; `None` of fewer than two.
    pub mean: Option<f64>,
}

/// An outlet with own sentences that name the target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankedOutlet {
    /// Its index among the target's outlets.
    pub outlet: usize,
    /// The label's share.
    pub share: Option<LabelShare>,
    /// Whether there is too little data to rank it.
    pub is_few: bool,
}

/// An outlet's share that may be stated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutletShare {
    /// Its index among the target's outlets.
    pub outlet: usize,
    /// The label's share.
    pub share: LabelShare,
}

/// The differences that are stated, and how many are not.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedDifferences<'r> {
    /// Those that are firm or tentative.
    pub settled: Shortened<&'r OutletDifference>,
    /// Number of comparisons in which the data do not separate the outlets.
    pub n_open: usize,
}

impl OutletSummary {
    /// The outlet's own sentences that name the target.
    pub fn own_mentions(&self) -> Option<&Stratum> {
        self.stratum(Voice::Outlet, TargetRelation::Mention)
    }
}

impl TargetSummary {
    /// Ranks some outlets, given by index. `is_audited` says whether the corpus has hand labels.
    pub fn own_voice_ranking(
        &self,
        outlets: impl Iterator<Item = usize>,
        label: usize,
        is_audited: bool,
    ) -> OwnVoiceRanking {
        let ranked = |outlet: usize| {
            let stratum = self.outlets[outlet].own_mentions().filter(|of| of.sentences > 0)?;
            let (share, is_few) = (LabelShare::of(stratum, label), stratum.is_few(is_audited));
            Some(RankedOutlet { outlet, share, is_few })
        };
        let mut outlets: Vec<_> = outlets.filter_map(ranked).collect();
        let value = |of: &RankedOutlet| of.share.filter(|_| !of.is_few).map(|share| share.value);
        let key = |of: &RankedOutlet| value(of).unwrap_or(-1.0);
        outlets.sort_by(|a, b| a.is_few.cmp(&b.is_few).then(key(b).total_cmp(&key(a))));
        let compared: Vec<f64> = outlets.iter().filter_map(value).collect();
        let mean = compared.iter().sum::<f64>() / compared.len() as f64;
        OwnVoiceRanking { outlets, mean: (compared.len() > 1).then_some(mean) }
    }

    /// The shares of a label that may be stated of a corpus with hand labels, in the outlets' order.
    pub fn stated_shares(&self, label: usize) -> Shortened<OutletShare> {
        let stated = |(outlet, summary): (usize, &OutletSummary)| {
            let share = LabelShare::stated(summary.own_mentions()?, label)?;
            Some(OutletShare { outlet, share })
        };
        Shortened::of(self.outlets.iter().enumerate().filter_map(stated).collect(), MOST_SHARES)
    }

    /// The outlets with too few own sentences, or hand labels of them, to state a share of a corpus that has some.
    pub fn outlets_with_too_few(&self) -> Vec<usize> {
        let is_few =
            |outlet: &OutletSummary| outlet.own_mentions().is_some_and(|of| of.is_few(true));
        let outlets = self.outlets.iter().enumerate().filter(|(_, outlet)| is_few(outlet));
        outlets.map(|(at, _)| at).collect()
    }

    /// Which differences between the outlets' own voices are stated.
    pub fn stated_differences(&self) -> StatedDifferences<'_> {
        let is_settled = |found: &&OutletDifference| found.standing != Significance::Open;
        let settled: Vec<_> = self.differences.iter().filter(is_settled).collect();
        let n_open = self.differences.len() - settled.len();
        StatedDifferences { settled: Shortened::of(settled, MOST_DIFFERENCES), n_open }
    }
}
