//! Who is quoted, and what the quoted sentences express.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::prediction_sums::PredictionSums;
use super::speaker_index::{People, SpeakerIndex};
use crate::model::Prediction;
use crate::voice::Attribution;

/// So many speakers a report shows in all, and so many of an outlet at least and at most.
const SHOWN: usize = 1500;
const FEWEST: usize = 5;
const MOST: usize = 100;

/// The sources of one outlet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Speakers {
    /// How many speakers there are in all.
    pub named: usize,
    /// Attributed sentences whose speaker is not plain.
    pub unresolved: u64,
    /// Those with the most sentences, then in byte order of names: all where there are few, a hundred
    /// at most, fewer in a report on many outlets.
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

/// The sources of one outlet while articles come in. Most are quoted once and say nothing of the
/// target, so that only a count is kept of them.
#[derive(Debug, Default)]
pub(super) struct Register {
    sentences: BTreeMap<Box<str>, u32>,
    /// What the speakers say of each target, of those who do.
    about: BTreeMap<(usize, Box<str>), PredictionSums>,
    unresolved: u64,
}

impl Register {
    /// Counts one attributed sentence for each of its speakers. `readings` holds, by target, the
    /// prediction where the sentence names the target.
    pub(super) fn add(&mut self, from: &Attribution, readings: &[Option<&Prediction>]) {
        if from.speakers.is_empty() {
            self.unresolved += 1;
        }
        for name in &from.speakers {
            *self.sentences.entry(name.as_str().into()).or_default() += 1;
            for (target, reading) in readings.iter().enumerate() {
                if let Some(said) = reading {
                    self.about.entry((target, name.as_str().into())).or_default().add(said);
                }
            }
        }
    }

    /// Notes everybody who speaks.
    pub(super) fn note(&self, people: &mut People) {
        self.sentences.iter().for_each(|(name, count)| people.add(name, u64::from(*count)));
    }

    /// The `most` quoted, with what they say of one target.
    pub(super) fn finish(&self, target: usize, most: usize, names: &SpeakerIndex) -> Speakers {
        let mut persons: BTreeMap<&str, (u64, PredictionSums)> = BTreeMap::new();
        for (printed, count) in &self.sentences {
            let (sentences, about) = persons.entry(names.of(printed)).or_default();
            *sentences += u64::from(*count);
            if let Some(said) = self.about.get(&(target, printed.clone())) {
                about.merge(said);
            }
        }
        let named = persons.len();
        let mut all: Vec<_> = persons.into_iter().collect();
        all.sort_by_key(|(name, (sentences, _))| (Reverse(*sentences), *name));
        all.truncate(most);
        let speaker = |(name, (sentences, about)): (&str, (u64, PredictionSums))| Speaker {
            name: name.to_owned(),
            sentences,
            about,
        };
        Speakers {
            most_quoted: all.into_iter().map(speaker).collect(),
            named,
            unresolved: self.unresolved,
        }
    }
}

/// How many speakers of each outlet can be shown.
pub(super) fn each(outlets: usize) -> usize {
    (SHOWN / outlets.max(1)).clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{attributed, prediction};

    #[test]
    fn the_most_quoted_come_first_and_ties_by_name() {
        let mut register = Register::default();
        let critical = prediction([0.75, 0.25, 0.0]);
        for name in ["Ann", "Cem", "Bo", "Cem", "Dora", "Eve", "Finn"] {
            register.add(&attributed(&[name]), &[Some(&critical)]);
        }
        register.add(&attributed(&[]), &[None]);
        let speakers = register.finish(0, 5, &SpeakerIndex::default());
        let names: Vec<_> = speakers.most_quoted.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Cem", "Ann", "Bo", "Dora", "Eve"]);
        assert_eq!((speakers.named, speakers.unresolved), (6, 1));
        assert_eq!(speakers.most_quoted[0].about.mean(0), Some(0.75));
    }

    #[test]
    fn few_outlets_show_all_their_speakers() {
        assert_eq!([0, 5, 60, 1000].map(each), [MOST, MOST, 25, FEWEST]);
    }

    #[test]
    fn a_joint_statement_counts_for_each() {
        let mut register = Register::default();
        register.add(&attributed(&["Ann", "Bo"]), &[None]);
        let speakers = register.finish(0, 5, &SpeakerIndex::default());
        assert_eq!(speakers.most_quoted.iter().map(|s| s.sentences).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(speakers.most_quoted[0].about.mean(0), None);
    }
}
