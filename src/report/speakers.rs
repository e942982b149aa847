//! The speakers that outlets quote, and the stance of the quoted sentences.

use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::collector::{ArticleView, Collector, OutletFinishInputs};
use super::probability_sums::PredictionSums;
use super::sentence_label::mention_of;
use super::speaker_index::{NameCounts, SpeakerIndex};
use super::stored::stored;
use crate::voice::Voice;

/// Maximum number of speakers in a report, unless outlets would have fewer than [`FEWEST`].
const SHOWN: usize = 1500;

/// Minimum and maximum number of speakers shown of an outlet that has as many.
const FEWEST: usize = 5;
const MOST: usize = 100;

/// The sources of one outlet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Speakers {
    /// How many speakers there are in all.
    pub named: usize,
    /// Attributed sentences whose speaker is not plain.
    pub unresolved: u64,
    /// Those with the most sentences that name the target, then with the most in all, then in byte order of
    /// names: all where there are few, a hundred at most, fewer in a report on many outlets.
    pub most_quoted: Vec<Speaker>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speaker {
    /// As the corpus names them most often.
    pub name: String,
    /// Sentences attributed to them, whatever these are about.
    pub sentences: u64,
    /// Those that name the target, added up.
    pub about: PredictionSums,
}

/// Counts the sources of one outlet, by their names as printed. Most are quoted once and say nothing of
/// the target, so that only a count is kept of them.
#[derive(Debug, Default)]
pub(super) struct SpeakerCounts {
    sentences: BTreeMap<Box<str>, u32>,
    /// The sentences that name a target, by the target and the speaker.
    about: BTreeMap<(usize, Box<str>), PredictionSums>,
    unresolved: u64,
}

stored!(SpeakerCounts { sentences, about, unresolved });

impl Collector<ArticleView<'_>, OutletFinishInputs<'_>> for SpeakerCounts {
    /// One per target.
    type Out = Vec<Speakers>;

    fn add(&mut self, view: &ArticleView<'_>) {
        let is_attributed = |voice: Voice| voice == Voice::Attributed;
        for sentence in view.counted.iter().filter(|of| is_attributed(of.attribution.voice)) {
            let speakers = &sentence.attribution.speakers;
            self.unresolved += u64::from(speakers.is_empty());
            for name in speakers {
                *self.sentences.entry(name.as_str().into()).or_default() += 1;
                for target in 0..sentence.readings.len() {
                    if let Some(prediction) = mention_of(sentence, target) {
                        let key = (target, name.as_str().into());
                        self.about.entry(key).or_default().add(prediction);
                    }
                }
            }
        }
    }

    fn merge(&mut self, later: Self) {
        for (name, sentences) in later.sentences {
            let sum = self.sentences.entry(name).or_default();
            *sum = sum.saturating_add(sentences);
        }
        for (key, predictions) in later.about {
            self.about.entry(key).or_default().merge(&predictions);
        }
        self.unresolved += later.unresolved;
    }

    fn finish(self, context: &OutletFinishInputs<'_>) -> Vec<Speakers> {
        let of_target = |target| self.of_target(target, context.n_speakers, context.speaker_index);
        (0..context.n_targets).map(of_target).collect()
    }
}

impl SpeakerCounts {
    /// Counts the sentences of each name for the whole corpus.
    pub(super) fn add_to(&self, names: &mut NameCounts) {
        self.sentences.iter().for_each(|(name, count)| names.add(name, u64::from(*count)));
    }

    /// The `most` quoted, with what they say of one target.
    fn of_target(&self, target: usize, most: usize, index: &SpeakerIndex) -> Speakers {
        let mut persons: BTreeMap<&str, (u64, PredictionSums)> = BTreeMap::new();
        for (printed, count) in &self.sentences {
            let (sentences, about) = persons.entry(index.canonical(printed)).or_default();
            *sentences += u64::from(*count);
            if let Some(predictions) = self.about.get(&(target, printed.clone())) {
                about.merge(predictions);
            }
        }
        let named = persons.len();
        let mut speakers: Vec<Speaker> = persons
            .into_iter()
            .map(|(name, (sentences, about))| Speaker { name: name.to_owned(), sentences, about })
            .collect();
        let order = |of: &Speaker| Reverse((of.about.sentences(), of.sentences));
        speakers.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name)));
        speakers.truncate(most);
        Speakers { most_quoted: speakers, named, unresolved: self.unresolved }
    }
}

/// How many speakers of each outlet a report has room for.
pub(super) fn n_shown(n_outlets: usize) -> usize {
    (SHOWN / n_outlets.max(1)).clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::classifier::Classified;
    use crate::report::fixture::{article, attributed, body, outlet_context};
    use crate::target::TargetRelation;

    /// The speakers of sentences, each with those that it is attributed to.
    fn speakers(sentences: &[&[&str]]) -> Speakers {
        let article: Article = article("A", "a");
        let sentence = |speakers: &&[&str]| {
            let line = body(&article, 1, "Rain.", TargetRelation::Mention, [0.75, 0.25, 0.0]);
            Classified { attribution: attributed(speakers), ..line }
        };
        let sentences: Vec<Classified<'_>> = sentences.iter().map(sentence).collect();
        let mut counts = SpeakerCounts::default();
        counts.add(&ArticleView::new(&sentences, false).unwrap());
        counts.finish(&OutletFinishInputs { n_speakers: 5, ..outlet_context(1) }).remove(0)
    }

    #[test]
    fn the_most_quoted_come_first_and_ties_by_name() {
        let names = ["Ann", "Cem", "Bo", "Cem", "Dora", "Eve", "Finn"].map(|name| [name]);
        let mut sentences: Vec<&[&str]> = names.iter().map(<[&str; 1]>::as_slice).collect();
        sentences.push(&[]);
        let speakers = speakers(&sentences);
        let names: Vec<_> = speakers.most_quoted.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Cem", "Ann", "Bo", "Dora", "Eve"]);
        assert_eq!((speakers.named, speakers.unresolved), (6, 1));
        assert_eq!(speakers.most_quoted[0].about.mean(0), Some(0.75));
    }

    #[test]
    fn few_outlets_show_all_their_speakers() {
        assert_eq!([0, 5, 60, 1000].map(n_shown), [MOST, MOST, 25, FEWEST]);
    }

    #[test]
    fn a_joint_statement_counts_for_each() {
        let speakers = speakers(&[&["Ann", "Bo"]]);
        assert_eq!(speakers.most_quoted.iter().map(|s| s.sentences).collect::<Vec<_>>(), [1, 1]);
    }
}
