//! How an outlet treats one target, for programs.

use serde::Serialize;

use super::exemplars::Surest;
use super::headline_lead::HeadlineLead;
use super::headline_quotes::HeadlineQuotes;
use super::labelled_share::Figure;
use super::prominence::Prominence;
use super::{inference, rounded, shared_quotes};
use crate::report::{Headline, OutletSummary, PredictionSums, Report, Speaker, Stratum};

#[derive(Serialize)]
pub(super) struct Summary<'r> {
    outlet: &'r str,
    strata: Vec<Group<'r>>,
    unshared: Option<Unshared<'r>>,
    headlines: Headlines<'r>,
    headline_gap: shared_quotes::HeadlineGap<'r>,
    headline_quotes: HeadlineQuotes<'r>,
    openings: HeadlineLead<'r>,
    prominence: Prominence<'r>,
    speakers: Speakers<'r>,
    typical: Vec<Surest<'r>>,
    evidence: Vec<Surest<'r>>,
}

#[derive(Serialize)]
struct Group<'r> {
    voice: &'static str,
    about: &'static str,
    articles: usize,
    sentences: u64,
    shares: Vec<Figure<'r>>,
    audited: Option<inference::Audited<'r>>,
    modelled: Option<Vec<inference::AdjustedShares<'r>>>,
}

/// The own-voice sentences that name the target, without the `left_out` ones that others print too.
#[derive(Serialize)]
struct Unshared<'r> {
    left_out: u64,
    articles: usize,
    sentences: u64,
    shares: Vec<Figure<'r>>,
}

#[derive(Serialize)]
struct Headlines<'r> {
    mention: Mean<'r>,
    context: Mean<'r>,
    shown: Vec<ExampleSentenceJson<'r>>,
}

#[derive(Serialize)]
pub(super) struct Mean<'r> {
    sentences: u64,
    shares: Vec<Figure<'r>>,
}

#[derive(Serialize)]
struct ExampleSentenceJson<'r> {
    article: &'r str,
    url: &'r str,
    about: &'static str,
    text: &'r str,
    label: &'r str,
    probability: f64,
}

#[derive(Serialize)]
struct Speakers<'r> {
    named: usize,
    unresolved: u64,
    most_quoted: Vec<Source<'r>>,
}

#[derive(Serialize)]
struct Source<'r> {
    name: &'r str,
    sentences: u64,
    about: Mean<'r>,
}

impl<'r> Summary<'r> {
    pub(super) fn new(report: &'r Report, outlet: &'r OutletSummary) -> Self {
        Summary {
            outlet: &outlet.outlet,
            strata: outlet.strata.iter().map(|stratum| Group::new(report, stratum)).collect(),
            unshared: outlet.unshared.as_ref().map(|unshared| Unshared {
                left_out: unshared.left_out,
                articles: unshared.articles,
                sentences: unshared.sentences,
                shares: Figure::all(report, &unshared.shares),
            }),
            headlines: Headlines {
                mention: Mean::new(report, &outlet.headlines.mention),
                context: Mean::new(report, &outlet.headlines.context),
                shown: outlet
                    .headlines
                    .shown
                    .iter()
                    .map(|line| ExampleSentenceJson::new(report, line))
                    .collect(),
            },
            headline_gap: shared_quotes::HeadlineGap::new(report, &outlet.headline_gap),
            headline_quotes: HeadlineQuotes::new(&outlet.headline_quotes),
            openings: HeadlineLead::new(report, &outlet.openings),
            prominence: Prominence::new(report, &outlet.prominence),
            speakers: Speakers {
                named: outlet.speakers.named,
                unresolved: outlet.speakers.unresolved,
                most_quoted: (outlet.speakers.most_quoted.iter())
                    .map(|speaker| Source::new(report, speaker))
                    .collect(),
            },
            typical: Surest::all(report, &outlet.typical),
            evidence: Surest::all(report, &outlet.evidence),
        }
    }
}

impl<'r> Group<'r> {
    fn new(report: &'r Report, stratum: &Stratum) -> Self {
        Group {
            voice: stratum.voice.name(),
            about: stratum.about.name(),
            articles: stratum.articles,
            sentences: stratum.sentences,
            shares: Figure::all(report, &stratum.shares),
            audited: (stratum.audited.as_ref())
                .map(|audited| inference::Audited::new(report, audited)),
            modelled: (stratum.modelled.as_ref())
                .map(|modelled| inference::AdjustedShares::all(report, modelled)),
        }
    }
}

impl<'r> Mean<'r> {
    pub(super) fn new(report: &'r Report, tally: &PredictionSums) -> Self {
        let share = |label| {
            let (low, high, count) = (None, None, tally.predicted(label));
            let share = rounded(tally.mean(label)?);
            Some(Figure { label: report.label(label), share, low, high, count })
        };
        let labels = 0..report.provenance.labels.len();
        Mean { sentences: tally.sentences(), shares: labels.filter_map(share).collect() }
    }
}

impl<'r> ExampleSentenceJson<'r> {
    fn new(report: &'r Report, line: &'r Headline) -> Self {
        ExampleSentenceJson {
            article: &line.article,
            url: &line.url,
            about: line.about.name(),
            text: &line.text,
            label: report.label(line.label),
            probability: rounded(line.probability),
        }
    }
}

impl<'r> Source<'r> {
    fn new(report: &'r Report, speaker: &'r Speaker) -> Self {
        let about = Mean::new(report, &speaker.about);
        Source { name: &speaker.name, sentences: speaker.sentences, about }
    }
}
