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
use quote_uses::Corpus;

use super::predicted_label::PredictedLabel;
use super::quotes::{ExclusiveQuote, OutletQuotes, Quotes, SharedQuote};
use super::speaker_index::SpeakerIndex;
use crate::classifier::Classified;
use crate::voice::Voice;

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
            let none = |outlet: &String| OutletQuotes {
                outlet: outlet.clone(),
                ..OutletQuotes::default()
            };
            let outlets = outlets.iter().map(none).collect();
            return Quotes { too_many: self.beyond, outlets, ..Quotes::default() };
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
        let of_outlet = |(at, alone): (usize, Vec<&Passage>)| OutletQuotes {
            outlet: outlets[at].clone(),
            omitted: omitted(&shared, at),
            exclusive: alone.len(),
            shown: earliest(alone, judge),
        };
        let outlets = exclusive.into_iter().enumerate().map(of_outlet).collect();
        Quotes { shared, outlets, different: groups.len(), too_many: 0 }
    }
}

/// The shared quotes that an outlet has in no form, of those that half of the outlets quote.
fn omitted(shared: &[SharedQuote], outlet: usize) -> Vec<usize> {
    let is_omitted =
        |quote: &SharedQuote| 2 * quote.n_quoted() >= quote.uses.len() && quote.is_absent(outlet);
    let quotes = shared.iter().enumerate().filter(|(_, quote)| is_omitted(quote));
    quotes.map(|(at, _)| at).collect()
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

#[cfg(test)]
mod tests;
