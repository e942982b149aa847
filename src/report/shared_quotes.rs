//! Which outlet took which quote: the same words of a source, found again across outlets.
//!
//! A quote is what stands between quote marks in one sentence, four words or more, or a sentence of a
//! source's own words without marks: a signed tweet, a statement behind a colon. Which quotes are the
//! same is decided in `similarity`, which wording stands for them in `cluster`.

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
use cluster::{QuoteCluster, clusters};
use indirect_speech::IndirectSpeech;
use quote_uses::Corpus;

use super::collector::{ArticleView, Collector, CorpusFinishInputs};
use super::quotes::{ExclusiveQuote, OmittedAndExclusiveQuotes, Quotes, SharedQuote};
use super::stored::{bytes, stored};
use crate::voice::Voice;

/// Maximum number of quotes shown that an outlet alone has.
const EXCLUSIVE: usize = 5;

/// Maximum number of quotes and sentences of indirect speech that are compared: a quote matrix is for one
/// event, and memory must stay bounded.
const MAX_PASSAGES: usize = 8000;

/// Collects the passages of all outlets.
#[derive(Debug, Default)]
pub(super) struct QuoteCollector {
    /// Empty where there are too many.
    passages: Vec<Passage>,
    /// How many there are; beyond [`MAX_PASSAGES`] they are not counted on.
    n_passages: usize,
    /// Attributed sentences.
    attributed: usize,
}

stored!(QuoteCollector { passages, n_passages, attributed });

impl Collector<ArticleView<'_>, CorpusFinishInputs<'_>> for QuoteCollector {
    type Out = Quotes;

    fn add(&mut self, view: &ArticleView<'_>) {
        let is_attributed = |voice: Voice| voice == Voice::Attributed;
        let attributed = view.counted.iter().filter(|of| is_attributed(of.attribution.voice));
        self.attributed += attributed.count();
        if !self.is_full() {
            self.take(attributed_passage::passages(&view.counted));
        }
    }

    fn merge(&mut self, later: Self) {
        self.attributed += later.attributed;
        match self.is_full() || later.is_full() {
            true => self.fill(),
            false => self.take(later.passages),
        }
    }

    fn finish(mut self, context: &CorpusFinishInputs<'_>) -> Quotes {
        let outlets = context.outlets;
        if self.is_full() || outlets.len() < 2 {
            let too_many = if self.is_full() { self.attributed.max(self.n_passages) } else { 0 };
            let none = |outlet: &String| OmittedAndExclusiveQuotes {
                outlet: outlet.clone(),
                ..OmittedAndExclusiveQuotes::default()
            };
            let outlets = outlets.iter().map(none).collect();
            return Quotes { outlets, too_many, ..Quotes::default() };
        }
        for passage in &mut self.passages {
            context.speaker_index.canonicalize(&mut passage.speakers);
        }
        self.passages.sort_by(|a, b| {
            let by_all = || bytes(a).cmp(&bytes(b));
            a.key().cmp(&b.key()).then_with(by_all)
        });
        let is_indirect = |passage: &Passage| passage.form == Form::IndirectSpeech;
        let (indirect, quoted): (Vec<Passage>, Vec<Passage>) =
            self.passages.into_iter().partition(is_indirect);
        let clusters = clusters(&quoted);
        let is_shared = |cluster: &QuoteCluster| {
            let outlets = cluster.members.iter().map(|at| quoted[*at].outlet.as_str());
            outlets.collect::<BTreeSet<&str>>().len() > 1
        };
        let (together, alone): (Vec<&QuoteCluster>, Vec<&QuoteCluster>) =
            clusters.iter().partition(|cluster| is_shared(cluster));
        let printing = together.iter().flat_map(|cluster| &cluster.members);
        let printing = printing.map(|at| quoted[*at].sentence()).collect();
        let corpus = Corpus { outlets, indirect: IndirectSpeech::new(&indirect, printing) };
        let shared = together.into_iter().map(|cluster| {
            let members: Vec<&Passage> = cluster.members.iter().map(|&at| &quoted[at]).collect();
            let first = members.iter().map(|member| member.decile).min().unwrap_or(0);
            (first, corpus.shared_quote(&quoted[cluster.centre], &members))
        });
        let shared = most_quoted_first(shared.collect());
        let mut exclusive: Vec<Vec<&Passage>> = vec![Vec::new(); outlets.len()];
        for centre in alone.into_iter().map(|cluster| &quoted[cluster.centre]) {
            if let Some(at) = outlets.iter().position(|outlet| *outlet == centre.outlet) {
                exclusive[at].push(centre);
            }
        }
        let of_outlet = |(at, alone): (usize, Vec<&Passage>)| OmittedAndExclusiveQuotes {
            outlet: outlets[at].clone(),
            omitted: omitted(&shared, at),
            exclusive: alone.len(),
            shown: earliest(alone),
        };
        let outlets = exclusive.into_iter().enumerate().map(of_outlet).collect();
        Quotes { shared, outlets, different: clusters.len(), too_many: 0 }
    }
}

impl QuoteCollector {
    /// Whether there are too many passages to be compared.
    fn is_full(&self) -> bool {
        self.n_passages > MAX_PASSAGES
    }

    fn take(&mut self, passages: Vec<Passage>) {
        self.n_passages += passages.len();
        self.passages.extend(passages);
        if self.is_full() {
            self.fill();
        }
    }

    /// Drops the passages: from now on only attributed sentences are counted. In whatever order articles
    /// come, there are too many in the end.
    fn fill(&mut self) {
        self.passages = Vec::new();
        self.n_passages = MAX_PASSAGES + 1;
    }
}

/// Quotes with the decile of their first mention: those of most outlets first, then by that decile.
fn most_quoted_first(mut quotes: Vec<(usize, SharedQuote)>) -> Vec<SharedQuote> {
    quotes.sort_by(|(first, a), (second, b)| {
        (b.n_quoted(), first, &a.text).cmp(&(a.n_quoted(), second, &b.text))
    });
    quotes.into_iter().map(|(_, quote)| quote).collect()
}

/// The shared quotes about a target that an outlet has in no form, of those that half of the outlets
/// quote.
fn omitted(shared: &[SharedQuote], outlet: usize) -> Vec<usize> {
    let is_common = |quote: &SharedQuote| 2 * quote.n_quoted() >= quote.uses.len();
    let is_omitted =
        |quote: &SharedQuote| quote.is_about_any() && is_common(quote) && quote.is_absent(outlet);
    let quotes = shared.iter().enumerate().filter(|(_, quote)| is_omitted(quote));
    quotes.map(|(at, _)| at).collect()
}

/// The quotes that stand nearest to the beginnings of their articles.
fn earliest(mut quotes: Vec<&Passage>) -> Vec<ExclusiveQuote> {
    quotes.sort_by(|a, b| (a.decile, a.key()).cmp(&(b.decile, b.key())));
    let quote = |passage: &Passage| ExclusiveQuote {
        text: passage.quote.text.clone(),
        speakers: passage.speakers.clone(),
        place: passage.place(),
    };
    quotes.into_iter().take(EXCLUSIVE).map(quote).collect()
}

#[cfg(test)]
mod tests;
