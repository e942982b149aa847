//! What is kept of one outlet while its articles come in: counts, sums, and a few sentences.

use std::collections::BTreeMap;

use super::corpus::Counts;
use super::distinctive::{Lexicon, WordCounts};
use super::headlines::Headlines;
use super::speakers::Register;
use super::stratum::Gathered;
use super::tally::Tally;
use super::typical::Surest;
use super::{OutletSummary, Stratum};
use crate::bootstrap::Draw;
use crate::classifier::{Classified, Reading};
use crate::model::{Explanation, Prediction};
use crate::parts::Part;
use crate::target::About;
use crate::text::Span;
use crate::voice::Voice;

/// One outlet.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) counts: Counts,
    pub(super) words: WordCounts,
    speakers: Register,
    /// By target.
    targets: Vec<TargetLedger>,
}

/// One outlet and one target.
#[derive(Debug, Default)]
struct TargetLedger {
    strata: BTreeMap<(Voice, About), Gathered>,
    headlines: Headlines,
    /// By voice and label.
    typical: BTreeMap<(Voice, usize), Surest>,
}

impl Ledger {
    /// Takes in one article.
    pub(super) fn add(&mut self, article: &[Classified<'_>], lexicon: &mut Lexicon) {
        let Some(first) = article.first() else { return };
        self.counts.add(first.article, article);
        let counted: Vec<_> = article.iter().filter(|c| c.sentence.part.is_counted()).collect();
        self.add_words(&counted, lexicon);
        self.add_speakers(&counted);
        let targets = first.readings.len();
        if self.targets.len() < targets {
            self.targets.resize_with(targets, TargetLedger::default);
        }
        for (target, ledger) in self.targets.iter_mut().enumerate() {
            ledger.add(&counted, target);
        }
    }

    /// Words of the outlet's own voice; what it shares with others cannot set it apart.
    fn add_words(&mut self, counted: &[&Classified<'_>], lexicon: &mut Lexicon) {
        let mut numbers = Vec::new();
        counted
            .iter()
            .filter(|c| c.attribution.voice == Voice::Outlet && c.shared_with.is_empty())
            .for_each(|c| lexicon.read(c.sentence.text, &mut numbers));
        self.words.add(numbers);
    }

    fn add_speakers(&mut self, counted: &[&Classified<'_>]) {
        for c in counted.iter().filter(|c| c.attribution.voice == Voice::Attributed) {
            let readings: Vec<_> = c.readings.iter().map(mentioning).collect();
            self.speakers.add(&c.attribution, &readings);
        }
    }

    /// What the outlet says of one target.
    pub(super) fn finish(
        &self,
        outlet: &str,
        target: usize,
        draw: Draw,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> OutletSummary {
        let none = TargetLedger::default();
        let ledger = self.targets.get(target).unwrap_or(&none);
        OutletSummary {
            outlet: outlet.to_owned(),
            strata: ledger.strata(self.counts.articles, draw),
            headlines: ledger.headlines.clone(),
            speakers: self.speakers.finish(target),
            typical: ledger.typical.values().flat_map(|surest| surest.finish(explain)).collect(),
        }
    }
}

impl TargetLedger {
    fn add(&mut self, counted: &[&Classified<'_>], target: usize) {
        let mut article: BTreeMap<(Voice, About), Tally> = BTreeMap::new();
        let mut labels = 0;
        for classified in counted {
            let Some((reading, said)) = reading(classified, target) else { continue };
            let (voice, about) = (classified.attribution.voice, about(reading));
            labels = labels.max(said.probabilities.len());
            article.entry((voice, about)).or_default().add(said);
            if classified.sentence.part == Part::Headline {
                self.headlines.add(classified, about, said);
            }
            if about == About::Mention {
                let surest = self.typical.entry((voice, said.label)).or_default();
                surest.offer(classified, &reading.mentions, said);
            }
        }
        for (key, tally) in article {
            self.strata.entry(key).or_default().add(&tally, labels);
        }
    }

    fn strata(&self, articles: u64, draw: Draw) -> Vec<Stratum> {
        let none = Gathered::default();
        Voice::ALL
            .into_iter()
            .flat_map(|voice| [(voice, About::Mention), (voice, About::Context)])
            .map(|key| self.strata.get(&key).unwrap_or(&none).finish(key, articles, draw))
            .collect()
    }
}

/// What a sentence expresses toward a target; none where it expresses nothing.
fn reading<'c>(
    classified: &'c Classified<'_>,
    target: usize,
) -> Option<(&'c Reading, &'c Prediction)> {
    let reading = classified.readings.get(target)?;
    Some((reading, reading.prediction.as_ref()?))
}

/// A sentence that has a prediction without being about a target was read whole, because there is
/// no target: it stands beside those that name one.
fn about(reading: &Reading) -> About {
    match reading.about {
        About::Context => About::Context,
        About::Mention | About::None => About::Mention,
    }
}

/// The prediction of a sentence that names the target.
fn mentioning(reading: &Reading) -> Option<&Prediction> {
    reading.prediction.as_ref().filter(|_| about(reading) == About::Mention)
}
