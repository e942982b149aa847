//! The largest gaps between outlets, decomposed into whom they quote and how they write (Kitagawa 1955).

use serde::{Serialize, Serializer};

use super::article_clusters::ArticleCluster;
use super::label_corrected_shares::values;
use super::serialize::six_decimals;
use super::share::FEW_SENTENCES;
use super::voice_clusters::VoiceClusters;
use super::voice_stratum::{self, Stratum};
use crate::category::{Categories, Category};
use crate::cluster_bootstrap::{self, Interval, MIN_CLUSTERS, Resampling};
use crate::statistics::kitagawa_decomposition::{Kitagawa, VoiceShare};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// The gap between two outlets in one label's share of all sentences that name the target, own
/// voice and attributed together.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The label.
    pub label: Category,
    /// The outlet with the larger share.
    pub first: Category,
    /// The other one.
    pub second: Category,
    /// The two parts of the gap.
    pub split: Kitagawa,
    /// 95 % over articles of the part that comes of whom they quote, and of that which comes of how
    /// they write; none where either outlet has fewer than five articles with such sentences.
    pub intervals: Option<[Interval; 2]>,
    /// Whether the shares within the voices are corrected by hand labels; else they are the model's.
    pub is_corrected: bool,
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'g> {
            label: &'g Category,
            first: &'g Category,
            second: &'g Category,
            gap: f64,
            selection: f64,
            selection_low: Option<f64>,
            selection_high: Option<f64>,
            wording: f64,
            wording_low: Option<f64>,
            wording_high: Option<f64>,
            corrected: bool,
        }
        let end = |part: usize, of: fn(Interval) -> f64| {
            self.intervals.map(|intervals| six_decimals(of(intervals[part])))
        };
        let fields = Fields {
            label: &self.label,
            first: &self.first,
            second: &self.second,
            gap: six_decimals(self.split.gap()),
            selection: six_decimals(self.split.selection),
            selection_low: end(0, |interval| interval.low),
            selection_high: end(0, |interval| interval.high),
            wording: six_decimals(self.split.wording),
            wording_low: end(1, |interval| interval.low),
            wording_high: end(1, |interval| interval.high),
            corrected: self.is_corrected,
        };
        fields.serialize(serializer)
    }
}

/// Maximum number of gaps shown of each label.
const SHOWN: usize = 2;

/// What an outlet's gaps are made from.
pub(super) struct Side<'a> {
    /// In an order that depends on the values alone.
    pub(super) articles: &'a [VoiceClusters],
    pub(super) resampling: Resampling,
    pub(super) strata: &'a [Stratum],
}

/// The largest gaps of each label, the largest first. `names` are those of the outlets.
pub(super) fn gaps(sides: &[Side<'_>], names: &Categories) -> Vec<Gap> {
    let Some(labels) = sides.iter().find_map(|side| Some(&side.articles.first()?.voices[0].labels))
    else {
        return Vec::new();
    };
    let eligible: Vec<usize> =
        (0..sides.len()).filter(|&at| sides[at].sentences() >= FEW_SENTENCES as f64).collect();
    let largest = |label| largest(sides, &eligible, label, [labels, names]);
    (0..labels.len()).flat_map(largest).collect()
}

fn largest(
    sides: &[Side<'_>],
    eligible: &[usize],
    label: usize,
    [labels, names]: [&Categories; 2],
) -> Vec<Gap> {
    let gap = |first: usize, second: usize| {
        let is_corrected = [first, second].iter().all(|at| can_correct(sides[*at].strata, label));
        let parts = |at: usize| {
            let side: &Side<'_> = &sides[at];
            side.parts(&vec![1; side.articles.len()], label, is_corrected)
        };
        let split = Kitagawa::of(&parts(first)?, &parts(second)?);
        let gap = Gap {
            label: Category::new(label, labels),
            first: Category::new(first, names),
            second: Category::new(second, names),
            split,
            intervals: None,
            is_corrected,
        };
        Some(if split.gap() < 0.0 { turned(gap) } else { gap })
    };
    let pairs = eligible
        .iter()
        .enumerate()
        .flat_map(|(at, &first)| eligible[at + 1..].iter().map(move |&second| (first, second)));
    let mut found: Vec<Gap> = pairs.filter_map(|(first, second)| gap(first, second)).collect();
    found.sort_by(|a, b| {
        let places = |gap: &Gap| (gap.first.index, gap.second.index);
        b.split.gap().total_cmp(&a.split.gap()).then_with(|| places(a).cmp(&places(b)))
    });
    found.truncate(SHOWN);
    for gap in &mut found {
        gap.intervals = intervals(&sides[gap.first.index], &sides[gap.second.index], gap);
    }
    found
}

fn turned(gap: Gap) -> Gap {
    let split = Kitagawa { selection: -gap.split.selection, wording: -gap.split.wording };
    Gap { first: gap.second, second: gap.first, split, ..gap }
}

/// Both voices need enough hand labels.
fn can_correct(strata: &[Stratum], label: usize) -> bool {
    Voice::ALL.into_iter().all(|voice| {
        let stratum = voice_stratum::find(strata, voice, TargetRelation::Mention);
        stratum.is_some_and(|stratum| stratum.corrected(label).is_some())
    })
}

fn intervals(first: &Side<'_>, second: &Side<'_>, gap: &Gap) -> Option<[Interval; 2]> {
    if first.articles.len().min(second.articles.len()) < MIN_CLUSTERS {
        return None;
    }
    let drawn = |side: &Side<'_>| {
        cluster_bootstrap::replicates(side.articles.len(), side.resampling, |_, times| {
            let [own, attributed] = side.parts(times, gap.label.index, gap.is_corrected)?;
            Some(vec![own.weight, own.share, attributed.weight, attributed.share])
        })
    };
    let parts = |drawn: &[f64]| {
        [
            VoiceShare { weight: drawn[0], share: drawn[1] },
            VoiceShare { weight: drawn[2], share: drawn[3] },
        ]
    };
    let splits: Vec<Kitagawa> = drawn(first)
        .iter()
        .zip(drawn(second))
        .map(|(a, b)| Kitagawa::of(&parts(a), &parts(&b)))
        .collect();
    (!splits.is_empty()).then(|| {
        let selection = cluster_bootstrap::interval(splits.iter().map(|split| split.selection));
        [selection, cluster_bootstrap::interval(splits.iter().map(|split| split.wording))]
    })
}

impl Side<'_> {
    fn sentences(&self) -> f64 {
        self.articles.iter().flat_map(|of| &of.voices).map(|cluster| cluster.sentences).sum()
    }

    /// How much room each voice has, and the label's share in it; none where nothing is drawn.
    fn parts(&self, times: &[u32], label: usize, is_corrected: bool) -> Option<[VoiceShare; 2]> {
        let voice = |at: usize| self.articles.iter().map(move |of| &of.voices[at]);
        let sum = |at: usize, of: fn(&ArticleCluster, usize) -> f64| {
            voice(at).zip(times).map(|(part, times)| f64::from(*times) * of(part, label)).sum()
        };
        let sentences: [f64; 2] = [0, 1].map(|at| sum(at, |part, _| part.sentences));
        let all = sentences[0] + sentences[1];
        let share = |at: usize| {
            if sentences[at] <= 0.0 {
                return Some(0.0);
            }
            if !is_corrected {
                return Some(sum(at, |part, label| part.sums[label]) / sentences[at]);
            }
            let articles: Vec<&ArticleCluster> = voice(at).collect();
            Some(values(&articles, times, articles.first()?.sums.len())?[label])
        };
        let part = |at: usize| Some(VoiceShare { weight: sentences[at] / all, share: share(at)? });
        if all > 0.0 { Some([part(0)?, part(1)?]) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(sentences: f64, share: f64) -> ArticleCluster {
        let sums = [sentences * share].into();
        ArticleCluster {
            sentences,
            sums,
            predicted: [0.0].into(),
            audit: [].into(),
            labels: [String::new()].into(),
        }
    }

    /// Articles whose own voice and quotes have so many sentences and such shares.
    fn articles(own: (f64, f64), attributed: (f64, f64)) -> Vec<VoiceClusters> {
        let voices = [cluster(own.0, own.1), cluster(attributed.0, attributed.1)];
        vec![VoiceClusters { day: None, voices }; 6]
    }

    #[test]
    fn a_gap_is_parted_and_the_larger_comes_first() {
        let (a, b) = (articles((5.0, 0.2), (5.0, 0.6)), articles((8.0, 0.3), (2.0, 0.6)));
        let resampling = Resampling { resamples: 100, seed: 1 };
        let sides = [&b, &a].map(|articles| Side { articles, resampling, strata: &[] });
        let names = ["A", "B"].map(str::to_owned).into();
        let found = gaps(&sides, &names);
        let [gap] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((gap.first.index, gap.second.index, gap.is_corrected), (1, 0, false));
        assert!((gap.split.selection - 0.105).abs() < 1e-9, "{gap:?}");
        assert!((gap.split.wording + 0.065).abs() < 1e-9, "{gap:?}");
        assert!(gap.intervals.is_some());
    }
}
