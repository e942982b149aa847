//! Which stories the outlets tell, in the eyes of a second model that reads passages.
//!
//! share of a frame = mean of its probability over passages, with intervals over articles as for
//! sentences. Own voice and attributed voice stay apart.

use std::collections::BTreeMap;

use serde::Serialize;

use super::article_clusters::{ArticleCluster, canonical, intervals, seed_of};
use super::prediction_sums::PredictionSums;
use super::provenance::Settings;
use super::share::Share;
use crate::classifier::Classified;
use crate::cluster_bootstrap::Resampling;
use crate::model::Model;
use crate::passage::Passage;
use crate::target::Target;
use crate::voice::Voice;

/// What a frame model says of the articles.
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

/// The stories in which one target appears.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetFrames {
    /// The target's name; empty where every article counts.
    pub name: String,
    /// One per outlet that was read, in byte order of the names.
    pub outlets: Vec<OutletFrames>,
}

/// The stories that one outlet tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletFrames {
    /// The outlet's name.
    pub outlet: String,
    /// Two: own voice, then attributed voice.
    pub voices: Vec<VoiceFrames>,
}

/// The stories that one outlet tells in one voice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VoiceFrames {
    /// Whose words.
    pub voice: Voice,
    /// How many articles about the target hold such passages.
    pub articles: usize,
    /// How many such passages there are.
    pub passages: u64,
    /// One per label; empty where there are no such passages.
    pub shares: Vec<Share>,
}

/// Adds up passages, article by article.
#[derive(Debug, Default)]
pub struct Framing {
    /// By outlet, then by target.
    outlets: BTreeMap<String, Vec<Gathered>>,
}

/// One outlet's articles about one target.
#[derive(Debug, Default, Clone)]
struct Gathered {
    articles: usize,
    /// By voice, one per article that holds such passages.
    tallies: BTreeMap<Voice, Vec<PredictionSums>>,
}

impl Framing {
    /// Nothing added up yet.
    pub fn new() -> Self {
        Framing::default()
    }

    /// Takes in articles, each with its passages.
    pub fn add_all(&mut self, articles: &[Vec<Classified<'_>>], passages: &[Vec<Passage>]) {
        articles.iter().zip(passages).for_each(|(article, passages)| self.add(article, passages));
    }

    /// Takes in one article with its passages, for each target that the article is about: one to
    /// which every counted sentence was read, as mention or as context.
    fn add(&mut self, article: &[Classified<'_>], passages: &[Passage]) {
        let Some(first) = article.first() else { return };
        let targets = self.outlets.entry(first.article.outlet.clone()).or_default();
        targets.resize(first.readings.len().max(targets.len()), Gathered::default());
        for (target, gathered) in targets.iter_mut().enumerate() {
            let mut counted = article.iter().filter(|c| c.sentence.part.is_counted());
            let is_read = |c: &Classified<'_>| {
                c.readings.get(target).is_some_and(|reading| reading.prediction.is_some())
            };
            if counted.all(is_read) {
                gathered.add(passages);
            }
        }
    }

    /// What the model said of all articles that were added, for the targets of their classifier.
    pub fn finish(&self, model: &Model, targets: &[Target], settings: &Settings) -> Frames {
        Frames {
            model: model.name().to_owned(),
            dimension: model.dimension().to_owned(),
            labels: model.labels().to_vec(),
            targets: self.targets(targets, settings),
        }
    }

    fn targets(&self, targets: &[Target], settings: &Settings) -> Vec<TargetFrames> {
        let mut names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        if names.is_empty() {
            names.push("");
        }
        let none = Gathered::default();
        let outlet = |(name, gathered): (&String, &Vec<Gathered>), target: usize| {
            let draw =
                Resampling { resamples: settings.resamples, seed: seed_of(settings.seed, name) };
            let of_target = gathered.get(target).unwrap_or(&none);
            let voice = |voice| of_target.voice(voice, draw);
            OutletFrames {
                outlet: name.clone(),
                voices: Voice::ALL.into_iter().map(voice).collect(),
            }
        };
        let of_target = |(target, name): (usize, &&str)| TargetFrames {
            name: (*name).to_owned(),
            outlets: self.outlets.iter().map(|entry| outlet(entry, target)).collect(),
        };
        names.iter().enumerate().map(of_target).collect()
    }
}

impl Gathered {
    fn add(&mut self, passages: &[Passage]) {
        self.articles += 1;
        let mut article: BTreeMap<Voice, PredictionSums> = BTreeMap::new();
        for passage in passages {
            article.entry(passage.voice).or_default().add(&passage.prediction);
        }
        for (voice, tally) in article {
            self.tallies.entry(voice).or_default().push(tally);
        }
    }

    fn voice(&self, voice: Voice, draw: Resampling) -> VoiceFrames {
        let tallies = self.tallies.get(&voice).map_or(&[][..], Vec::as_slice);
        let mut all = PredictionSums::default();
        tallies.iter().for_each(|tally| all.merge(tally));
        let clusters: Vec<ArticleCluster> =
            tallies.iter().map(|tally| ArticleCluster::of(tally)).collect();
        let intervals = intervals(&canonical(&clusters), self.articles - tallies.len(), draw);
        VoiceFrames {
            voice,
            articles: tallies.len(),
            passages: all.sentences(),
            shares: all.shares(intervals.as_deref()),
        }
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
