//! The largest gaps between outlets, decomposed into whom they quote and how they write (Kitagawa 1955).

use serde::{Serialize, Serializer};

use super::article_clusters::ArticleCluster;
use super::drawn_articles::DrawnArticles;
use super::label_corrected_shares::values;
use super::serialize::six_decimals;
use super::share::FEW_SENTENCES;
use super::voice_clusters::VoiceClusters;
use super::voice_stratum::{self, Stratum};
use crate::category::{Categories, Category};
use crate::cluster_bootstrap::{self, Interval, MIN_CLUSTERS, Resampling};
use crate::statistics::kitagawa_decomposition::{Kitagawa, VoiceShare};
use crate::statistics::prediction_powered::Sums;
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
    let columns = |is_corrected| Columns { label, n_labels: labels.len(), is_corrected };
    let can_correct: Vec<bool> =
        eligible.iter().map(|&at| can_correct(sides[at].strata, label)).collect();
    let parts_of = |is_corrected: bool| {
        let parts = |(&at, &can_correct): (&usize, &bool)| {
            let is_asked = can_correct || !is_corrected;
            is_asked.then(|| columns(is_corrected).over_all(&sides[at])).flatten()
        };
        eligible.iter().zip(&can_correct).map(parts).collect()
    };
    let parts: [Vec<Option<[VoiceShare; 2]>>; 2] = [false, true].map(parts_of);
    let gap = |first: usize, second: usize| {
        let is_corrected = can_correct[first] && can_correct[second];
        let parts = &parts[usize::from(is_corrected)];
        let split = Kitagawa::of(&parts[first]?, &parts[second]?);
        let gap = Gap {
            label: Category::new(label, labels),
            first: Category::new(eligible[first], names),
            second: Category::new(eligible[second], names),
            split,
            intervals: None,
            is_corrected,
        };
        Some(if split.gap() < 0.0 { turned(gap) } else { gap })
    };
    let n = eligible.len();
    let pairs = (0..n).flat_map(|first| (first + 1..n).map(move |second| (first, second)));
    let mut found: Vec<Gap> = pairs.filter_map(|(first, second)| gap(first, second)).collect();
    found.sort_by(|a, b| {
        let places = |gap: &Gap| (gap.first.index, gap.second.index);
        b.split.gap().total_cmp(&a.split.gap()).then_with(|| places(a).cmp(&places(b)))
    });
    found.truncate(SHOWN);
    for gap in &mut found {
        let [first, second] = [&gap.first, &gap.second].map(|outlet| &sides[outlet.index]);
        gap.intervals = intervals(first, second, columns(gap.is_corrected));
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

fn intervals(first: &Side<'_>, second: &Side<'_>, columns: Columns) -> Option<[Interval; 2]> {
    if first.articles.len().min(second.articles.len()) < MIN_CLUSTERS {
        return None;
    }
    let drawn = |side: &Side<'_>| {
        let rows = side.articles.iter().map(|of| columns.of(of));
        DrawnArticles::new(columns.width(), rows, 0, side.resampling).replicates(|_, totals| {
            let [own, attributed] = columns.parts(totals)?;
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
}

/// What each article brings to one label's gap: by voice the number of sentences, and what its share in
/// them is made from.
#[derive(Debug, Clone, Copy)]
struct Columns {
    label: usize,
    n_labels: usize,
    is_corrected: bool,
}

impl Columns {
    /// Of both voices.
    fn width(self) -> usize {
        2 * (1 + if self.is_corrected { self.n_labels * Sums::N } else { 1 })
    }

    fn of(self, article: &VoiceClusters) -> impl Iterator<Item = f64> {
        let share = move |part: &ArticleCluster| match self.is_corrected {
            true => part.audit_figures(self.n_labels).collect(),
            false => vec![part.sums[self.label]],
        };
        article
            .voices
            .iter()
            .flat_map(move |part| std::iter::once(part.sentences).chain(share(part)))
    }

    /// The parts over all articles of an outlet, none of which is counted twice.
    fn over_all(self, side: &Side<'_>) -> Option<[VoiceShare; 2]> {
        let mut totals = vec![0.0; self.width()];
        for article in side.articles {
            totals.iter_mut().zip(self.of(article)).for_each(|(total, figure)| *total += figure);
        }
        self.parts(&totals)
    }

    /// How much room each voice has, and the label's share in it; none where nothing is drawn.
    fn parts(self, totals: &[f64]) -> Option<[VoiceShare; 2]> {
        let voices = [0, 1].map(|voice| &totals[voice * self.width() / 2..][..self.width() / 2]);
        let all = voices[0][0] + voices[1][0];
        let share = |totals: &[f64]| match totals[0] > 0.0 {
            false => Some(0.0),
            true if self.is_corrected => Some(values(&totals[1..])?[self.label]),
            true => Some(totals[1] / totals[0]),
        };
        let part =
            |totals: &[f64]| Some(VoiceShare { weight: totals[0] / all, share: share(totals)? });
        if all > 0.0 { Some([part(voices[0])?, part(voices[1])?]) } else { None }
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
