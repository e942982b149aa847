//! How outlets frame the news, as classified by a second model that reads passages.
//!
//! share of a frame = mean of its probability over passages, with intervals over articles as for
//! sentences. Own voice and attributed voice stay apart.

use std::collections::BTreeMap;

use serde::Serialize;

use super::article_clusters::{ArticleCluster, canonical};
use super::cluster_shares::ClusterShares;
use super::prediction_source::PredictionSource;
use super::probability_sums::PredictionSums;
use super::provenance::Settings;
use super::sentence_label::prediction_of;
use super::share::Share;
use super::stored::stored;
use crate::classifier::Classified;
use crate::cluster_bootstrap::Resampling;
use crate::passage::Passage;
use crate::target::Target;
use crate::voice::Voice;

/// The frames of all articles, as a frame model predicts them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frames {
    /// The model's name.
    pub model: String,
    /// What it predicts: `frame`, or a codebook's own name.
    pub dimension: String,
    /// Its labels. Every figure by label keeps this order.
    pub labels: Vec<String>,
    /// One per target, in the order given; a single one without a name where there is no target and
    /// every article counts.
    pub targets: Vec<TargetFrames>,
}

/// The frames of the articles about one target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetFrames {
    /// The target's name; empty where every article counts.
    pub name: String,
    /// One per outlet that was read, in byte order of the names.
    pub outlets: Vec<OutletFrames>,
}

/// The frames of one outlet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletFrames {
    /// The outlet's name.
    pub outlet: String,
    /// Two: own voice, then attributed voice.
    pub voices: Vec<VoiceFrames>,
}

/// The frames of one outlet in one voice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VoiceFrames {
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// How many articles about the target hold such passages.
    pub articles: usize,
    /// How many such passages there are.
    pub passages: u64,
    /// One per label; empty where there are no such passages.
    pub shares: Vec<Share>,
}

/// Counts passages, article by article.
#[derive(Debug, Default)]
pub struct Framing {
    /// By outlet, then by target.
    outlets: BTreeMap<String, Vec<FrameCounts>>,
}

stored!(Framing { outlets });

/// One outlet's articles about one target.
#[derive(Debug, Default, Clone)]
struct FrameCounts {
    articles: u64,
    /// By voice, one per article that holds such passages.
    clusters: BTreeMap<Voice, Vec<ArticleCluster>>,
}

stored!(FrameCounts { articles, clusters });

impl Framing {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Framing::default()
    }

    /// Takes in one article with its passages, for each target that the article is about: one to
    /// which every counted sentence was read, as mention or as context.
    pub fn add(&mut self, article: &[Classified<'_>], passages: &[Passage]) {
        let Some(first) = article.first() else { return };
        let targets = self.of_outlet(first.article.outlet.clone(), first.readings.len());
        for (target, counts) in targets.iter_mut().enumerate() {
            let mut counted = article.iter().filter(|of| of.sentence.part.is_counted());
            if counted.all(|of| prediction_of(of, target).is_some()) {
                counts.add(passages);
            }
        }
    }

    /// Takes in what was counted of later articles.
    pub fn merge(&mut self, later: Framing) {
        for (outlet, targets) in later.outlets {
            let mine = self.of_outlet(outlet, targets.len());
            mine.iter_mut().zip(targets).for_each(|(mine, theirs)| mine.merge(theirs));
        }
    }

    /// The frames of all articles that were added, for the targets of their classifier.
    pub fn finish(
        &self,
        source: PredictionSource,
        targets: &[Target],
        settings: &Settings,
    ) -> Frames {
        Frames {
            model: source.name,
            dimension: source.dimension,
            labels: source.labels,
            targets: self.targets(targets, settings),
        }
    }

    fn of_outlet(&mut self, outlet: String, n_targets: usize) -> &mut Vec<FrameCounts> {
        let targets = self.outlets.entry(outlet).or_default();
        targets.resize(n_targets.max(targets.len()), FrameCounts::default());
        targets
    }

    fn targets(&self, targets: &[Target], settings: &Settings) -> Vec<TargetFrames> {
        let mut names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        if names.is_empty() {
            names.push("");
        }
        let none = FrameCounts::default();
        let outlet = |(name, counts): (&String, &Vec<FrameCounts>), target: usize| {
            let resampling = settings.outlet_resampling(name);
            let of_target = counts.get(target).unwrap_or(&none);
            let voices = Voice::ALL.map(|voice| of_target.voice(voice, resampling));
            OutletFrames { outlet: name.clone(), voices: voices.to_vec() }
        };
        let of_target = |(target, name): (usize, &&str)| TargetFrames {
            name: (*name).to_owned(),
            outlets: self.outlets.iter().map(|entry| outlet(entry, target)).collect(),
        };
        names.iter().enumerate().map(of_target).collect()
    }
}

impl FrameCounts {
    fn add(&mut self, passages: &[Passage]) {
        self.articles += 1;
        for voice in Voice::ALL {
            let mut sums = PredictionSums::default();
            let predictions = passages.iter().filter(|passage| passage.voice == voice);
            predictions.for_each(|passage| sums.add(&passage.prediction));
            if sums.sentences() > 0 {
                let cluster = ArticleCluster::of(&sums);
                self.clusters.entry(voice).or_default().push(cluster);
            }
        }
    }

    fn merge(&mut self, later: FrameCounts) {
        self.articles += later.articles;
        for (voice, clusters) in later.clusters {
            self.clusters.entry(voice).or_default().extend(clusters);
        }
    }

    fn voice(&self, voice: Voice, resampling: Resampling) -> VoiceFrames {
        let rows = canonical(self.clusters.get(&voice).into_iter().flatten());
        let ClusterShares { articles, sentences: passages, shares } =
            ClusterShares::new(&rows, self.articles, resampling);
        VoiceFrames { voice, articles, passages, shares }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::model::Prediction;
    use crate::report::fixture::{article, body};
    use crate::target::TargetRelation;

    fn passage(voice: Voice, first: f64) -> Passage {
        let label = usize::from(first < 0.5);
        let labels = ["conflict", "economy"].map(str::to_owned).into();
        let prediction = Prediction { label, probabilities: vec![first, 1.0 - first], labels };
        Passage { paragraph: 1, voice, prediction }
    }

    fn add(framing: &mut Framing, article: &Article, about: TargetRelation, passages: &[Passage]) {
        framing.add(&[body(article, 1, "One.", about, [0.5, 0.25, 0.25])], passages);
    }

    fn targets(framing: &Framing) -> Vec<TargetFrames> {
        framing.targets(&[Target::named("unit")], &Settings::default())
    }

    #[test]
    fn a_share_is_the_mean_over_passages_of_one_voice() {
        let mut framing = Framing::new();
        let own = [passage(Voice::Outlet, 0.75), passage(Voice::Outlet, 0.25)];
        add(&mut framing, &article("A", "a"), TargetRelation::Mention, &own);
        let said = [passage(Voice::Outlet, 0.875), passage(Voice::Attributed, 1.0)];
        add(&mut framing, &article("A", "b"), TargetRelation::Context, &said);
        let targets = targets(&framing);
        let [own, attributed] = targets[0].outlets[0].voices.as_slice() else { panic!("two") };
        assert_eq!((own.articles, own.passages, own.shares[0].predicted), (2, 3, 2));
        assert_eq!((own.shares[0].mean, own.shares[0].interval), (0.625, None));
        assert_eq!((attributed.articles, attributed.shares[1].mean), (1, 0.0));
    }

    #[test]
    fn articles_about_something_else_do_not_count_and_missing_is_not_zero() {
        let mut framing = Framing::new();
        let own = [passage(Voice::Outlet, 0.75)];
        add(&mut framing, &article("A", "a"), TargetRelation::None, &own);
        let targets = targets(&framing);
        let own = &targets[0].outlets[0].voices[0];
        assert_eq!((own.articles, own.passages, own.shares.len()), (0, 0, 0));
    }

    #[test]
    fn five_articles_make_an_interval_whatever_their_order() {
        let ids = ["a", "b", "c", "d", "e", "f"].map(|id| article("A", id));
        let all: Vec<_> = ids.iter().zip([0.25, 0.5, 0.75, 0.125, 0.375, 0.625]).collect();
        let report = |all: &mut dyn Iterator<Item = &(&Article, f64)>| {
            let mut framing = Framing::new();
            for (article, first) in all {
                let own = [passage(Voice::Outlet, *first)];
                add(&mut framing, article, TargetRelation::Mention, &own);
            }
            targets(&framing)
        };
        let forth = report(&mut all.iter());
        assert_eq!(report(&mut all.iter().rev()), forth);
        let interval = forth[0].outlets[0].voices[0].shares[0].interval.unwrap();
        assert!(interval.low < 0.4375 && 0.4375 < interval.high);
    }
}
