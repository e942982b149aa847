//! Which outlet took which quote: the same words of a source, found again across outlets.
//!
//! A quote is what stands between quote marks in one sentence, four words or more, or a sentence of a
//! source's own words without marks: a signed tweet, a statement behind a colon. Which quotes are the
//! same is told in `alike`, which wording stands for them in `cluster`.

mod attributed_passage;
mod cluster;
mod indirect_speech;
mod normalized_quote;
mod quote_context;
mod quote_spans;
mod quote_uses;
mod similarity;

use std::collections::BTreeSet;

use attributed_passage::{Form, Passage};
use cluster::{ArticleCluster, clusters};
use indirect_speech::IndirectSpeech;
pub use quote_context::{Neighbour, QuoteContext};
use quote_uses::Corpus;

use super::predicted_label::PredictedLabel;
use super::speaker_index::SpeakerIndex;
use crate::classifier::Classified;
use crate::voice::Voice;
use crate::voice::attribution_cues::Class;

/// What outlets made of the same quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotes {
    /// Quotes that two outlets or more have, those of most outlets first, then by first mention.
    pub shared: Vec<SharedQuote>,
    /// By outlet, in the order of the report: how many of its quotes no other outlet has.
    pub exclusive: Vec<usize>,
    /// By outlet: five of these, from the beginnings of its articles on.
    pub exclusive_shown: Vec<Vec<ExclusiveQuote>>,
    /// By outlet: which shared quotes it leaves out, as indices, of those that at least half of the
    /// outlets quote.
    pub omitted: Vec<Vec<usize>>,
    /// How many different quotes there are.
    pub different: usize,
    /// How many quotes and telling sentences there are at least, where these are too many; above 0
    /// nothing is compared.
    pub too_many: usize,
}

/// One quote across outlets.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuote {
    /// The wording that most outlets print between quote marks, the longest of these, without the
    /// marks; one without marks only where no outlet sets any.
    pub text: String,
    /// Who speaks, where an outlet names somebody.
    pub speakers: Vec<String>,
    /// What this wording alone expresses, by target, whatever an outlet wrote around it; none where
    /// no article that has it is about the target.
    pub judged: Vec<Option<PredictedLabel>>,
    /// One per outlet, in the order of the report.
    pub uses: Vec<Use>,
}

/// A quote that one outlet alone has.
#[derive(Debug, Clone, PartialEq)]
pub struct ExclusiveQuote {
    /// Without quote marks.
    pub text: String,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Where, and how it is introduced.
    pub place: Place,
}

/// What one outlet made of a quote.
#[derive(Debug, Clone, PartialEq)]
pub enum Use {
    /// It prints these words, all or some.
    Quoted(Quoted),
    /// It says much the same in other words, or puts other words between the marks.
    Paraphrased(Place),
    /// It has nothing like it.
    Absent,
}

/// A quote as an outlet printed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Where.
    pub place: Place,
    /// The stretches of the wording that it left out, as printed there, in order; empty
    /// where the quote is full.
    pub dropped: Vec<String>,
}

/// Where an outlet has a quote, and how it introduces it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The article's id.
    pub article: String,
    /// The sentence's number.
    pub sentence: usize,
    /// Which tenth of the article's body it stands in, 1 to 10.
    pub tenth: usize,
    /// The attributing word; empty where there is none.
    pub cue: String,
    /// How whoever chose that word stands to what was said.
    pub class: Option<Class>,
    /// The outlet's own words around it.
    pub wrapping: QuoteContext,
}

/// So many quotes that an outlet alone has are shown.
const EXCLUSIVE: usize = 5;

/// More quotes and telling sentences are not compared: a quote matrix is for one event, and memory must
/// stay bounded.
const MOST_PASSAGES: usize = 8000;

/// The passages of all outlets while articles come in.
#[derive(Debug, Default)]
pub(super) struct QuoteCollector {
    passages: Vec<Passage>,
    /// How many there were where they were too many, and how many attributed sentences since.
    beyond: usize,
}

impl QuoteCollector {
    /// Takes in the counted sentences of one article.
    pub(super) fn add(&mut self, article: &[&Classified<'_>]) {
        if self.beyond > 0 {
            let attributed = |of: &&&Classified<'_>| of.attribution.voice == Voice::Attributed;
            self.beyond += article.iter().filter(attributed).count();
            return;
        }
        self.passages.extend(attributed_passage::passages(article));
        if self.passages.len() > MOST_PASSAGES {
            self.beyond = std::mem::take(&mut self.passages).len();
        }
    }

    /// What outlets made of the same quotes. `people` tells who is who, `judge` what words express, by
    /// target.
    pub(super) fn finish(
        mut self,
        outlets: &[String],
        people: &SpeakerIndex,
        judge: &dyn Fn(&str) -> Vec<PredictedLabel>,
    ) -> Quotes {
        if self.beyond > 0 || outlets.len() < 2 {
            return Quotes { too_many: self.beyond, ..Quotes::default() };
        }
        self.passages.iter_mut().for_each(|passage| people.settle(&mut passage.speakers));
        self.passages.sort_by(|a, b| a.key().cmp(&b.key()));
        let (told, quoted): (Vec<Passage>, Vec<Passage>) =
            self.passages.into_iter().partition(|passage| passage.form == Form::IndirectSpeech);
        let groups = clusters(&quoted);
        let holders = |group: &ArticleCluster| -> BTreeSet<&str> {
            group.members.iter().map(|at| quoted[*at].outlet.as_str()).collect()
        };
        let printing = groups.iter().filter(|group| holders(group).len() > 1);
        let printing = printing.flat_map(|group| &group.members);
        let printing = printing.map(|at| quoted[*at].sentence()).collect();
        let corpus = Corpus { outlets, told: IndirectSpeech::new(&told, printing), judge };
        let mut exclusive: Vec<Vec<&Passage>> = vec![Vec::new(); outlets.len()];
        let mut shared: Vec<(usize, SharedQuote)> = Vec::new();
        for group in &groups {
            let centre = &quoted[group.centre];
            let members: Vec<&Passage> = group.members.iter().map(|&at| &quoted[at]).collect();
            if holders(group).len() > 1 {
                let first = members.iter().map(|member| member.tenth).min().unwrap_or(0);
                shared.push((first, corpus.shared_quote(centre, &members)));
            } else if let Some(at) = outlets.iter().position(|outlet| *outlet == centre.outlet) {
                exclusive[at].push(centre);
            }
        }
        shared.sort_by(|(first, a), (second, b)| {
            (b.n_quoted(), first, &a.text).cmp(&(a.n_quoted(), second, &b.text))
        });
        let shared: Vec<SharedQuote> = shared.into_iter().map(|(_, quote)| quote).collect();
        Quotes {
            omitted: omitted(&shared, outlets.len()),
            shared,
            exclusive: exclusive.iter().map(Vec::len).collect(),
            exclusive_shown: exclusive.into_iter().map(|of| earliest(of, judge)).collect(),
            different: groups.len(),
            too_many: 0,
        }
    }
}

/// By outlet the shared quotes that it has in no form, of those that half of the outlets quote.
fn omitted(shared: &[SharedQuote], n_outlets: usize) -> Vec<Vec<usize>> {
    let common = |quote: &SharedQuote| 2 * quote.n_quoted() >= n_outlets;
    let lacks = |outlet: usize, quote: &SharedQuote| quote.uses[outlet] == Use::Absent;
    let of_outlet = |outlet: usize| {
        let lacking = shared.iter().enumerate().filter(|(_, q)| common(q) && lacks(outlet, q));
        lacking.map(|(at, _)| at).collect()
    };
    (0..n_outlets).map(of_outlet).collect()
}

/// The quotes that stand nearest to the beginnings of their articles.
fn earliest(
    mut quotes: Vec<&Passage>,
    judge: &dyn Fn(&str) -> Vec<PredictedLabel>,
) -> Vec<ExclusiveQuote> {
    quotes.sort_by(|a, b| (a.tenth, a.key()).cmp(&(b.tenth, b.key())));
    let shown = quotes.into_iter().take(EXCLUSIVE);
    shown
        .map(|passage| ExclusiveQuote {
            text: passage.wording.text.clone(),
            speakers: passage.speakers.clone(),
            place: passage.place(judge),
        })
        .collect()
}

impl SharedQuote {
    /// How many outlets quote it, in full or in part.
    pub fn n_quoted(&self) -> usize {
        self.uses.iter().filter(|of| matches!(of, Use::Quoted(_))).count()
    }
}

#[cfg(test)]
mod tests;
