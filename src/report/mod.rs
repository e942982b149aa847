//! What each outlet's coverage says, added up: counts, shares with intervals, and the sentences
//! behind them. Feed a [`Builder`] with classified articles, then [`Builder::finish`] it.
//!
//! Own voice and attributed voice are never pooled, and neither are sentences that name the target
//! (`mention`) and sentences that do not (`context`). Missing is not zero: where nothing was
//! counted there is no share. The order of the articles changes nothing.

mod adjusted_shares;
mod article_clusters;
mod audit_sample;
mod corpus_counts;
mod corrected_shares;
mod distinctive_words;
mod duplicate_ids;
mod example_sentence;
mod exemplars;
#[cfg(test)]
pub(crate) mod fixture;
mod frames;
mod gap_decomposition;
mod headline_gap;
mod headline_lead;
mod headline_quotes;
mod headlines;
mod label_plan;
mod notes;
mod outlet_collector;
mod outlet_differences;
mod predicted_label;
mod prediction_sums;
mod prominence;
mod quote_overlap;
mod rationale;
mod report_builder;
mod shared_quotes;
mod speaker_index;
mod speakers;
mod stratum;
mod timeline;
mod unshared_sentences;

pub use adjusted_shares::AdjustedShares;
pub use audit_sample::{Audit, AuditFacts, AuditRow};
pub use corpus_counts::Counts;
pub use corrected_shares::{Audited, AuditedShare, Corrected, Over};
pub use distinctive_words::DistinctiveWord;
pub use duplicate_ids::DuplicateIds;
pub use example_sentence::ExampleSentence;
pub use exemplars::Exemplars;
pub use frames::{Frames, Framing, OutletFrames, TargetFrames, VoiceFrames};
pub use gap_decomposition::Gap;
pub use headline_gap::{ArticleGap, FAR, HeadlineGap};
pub use headline_lead::{HeadlineLead, HeadlineLeadExample};
pub use headline_quotes::{HeadlineQuotes, LoneQuote};
pub use headlines::{Headline, Headlines};
pub use label_plan::{Plan, plans};
pub use outlet_differences::{OutletDifference, Significance};
pub use predicted_label::PredictedLabel;
pub use prediction_sums::PredictionSums;
pub use prominence::{Cell, Decile, Prominence, SentenceStrip};
pub use quote_overlap::QuoteOverlap;
pub use rationale::Rationale;
pub use report_builder::{Builder, Settings};
pub use shared_quotes::{
    ExclusiveQuote, Neighbour, Place, QuoteContext, Quoted, Quotes, SharedQuote, Use,
};
pub use speakers::{Speaker, Speakers};
pub use stratum::{FEW_SENTENCES, Share, Stratum};
pub use timeline::{Point, Step, Stretch, Timeline};
pub use unshared_sentences::Unshared;

use crate::target::{Target, TargetRelation};
use crate::voice::Voice;

/// Everything that a report shows, in any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the figures rest on.
    pub provenance: Provenance,
    /// What was read of each outlet, in byte order of the outlets' names.
    pub outlets: Vec<Outlet>,
    /// One summary per target, in the order given; a single one without a name where there is no
    /// target and each sentence counts whole.
    pub targets: Vec<TargetSummary>,
    /// Which stories the outlets tell; none where no frame model was asked.
    pub frames: Option<Frames>,
    /// What outlets made of the same quotes.
    pub quotes: Quotes,
    /// Articles that cannot be told apart by their ids.
    pub same_ids: DuplicateIds,
    /// How to read the figures, and what they cannot show; made from this run.
    pub notes: Vec<String>,
}

/// Where the figures come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// This program's version.
    pub version: String,
    /// The model's name.
    pub model: String,
    /// When it was made, as its maker says; none where it does not say.
    pub model_date: Option<String>,
    /// What the model predicts: `stance`, `frame`, or a codebook's own name.
    pub dimension: String,
    /// The model's labels. Every figure by label keeps this order.
    pub labels: Vec<String>,
    /// The targets, with their aliases.
    pub targets: Vec<Target>,
    /// What chance started from.
    pub seed: u64,
    /// How many times each outlet's articles were resampled.
    pub resamples: usize,
    /// What was read, in the caller's words.
    pub inputs: Vec<String>,
    /// Every file that was read, of articles and of hand labels.
    pub files: Vec<KnownFile>,
    /// The model's file, and the frame model's where there is one.
    pub models: Vec<KnownFile>,
    /// The rows on which the model was tried in cross-validation, by true label, then by predicted
    /// label; none where its card has no scores.
    pub confusion: Option<Vec<Vec<usize>>>,
    /// The audit sample; none where nobody labelled any of these sentences.
    pub audit: Option<AuditFacts>,
}

/// A file, and what it takes to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// As given, or as found in a folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// 64 hexadecimal digits.
    pub sha256: String,
}

/// What was read of one outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlet {
    /// Its name as given; empty where the input has none.
    pub name: String,
    /// How much of it there is.
    pub counts: Counts,
    /// The words that it uses more than all other outlets together, the most distinctive first.
    pub distinctive: Vec<DistinctiveWord>,
}

/// How all outlets treat one target.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetSummary {
    /// The target's name; empty where each sentence counts whole.
    pub name: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// One per outlet, in the order of [`Report::outlets`].
    pub outlets: Vec<OutletSummary>,
    /// Differences of the outlets' own voices, the surest first; empty without hand labels.
    pub differences: Vec<OutletDifference>,
    /// The largest gaps in what outlets convey, parted into whom they quote and how they write.
    pub gaps: Vec<Gap>,
    /// Shares and counts over time.
    pub timeline: Timeline,
    /// How probable it is that the model's errors differ so much between outlets although it errs
    /// alike in all of them; none where the hand labels do not allow to say.
    pub errors_alike: Option<f64>,
}

/// How one outlet treats one target.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutletSummary {
    /// The outlet's name.
    pub outlet: String,
    /// Four: own voice and attributed voice, each with mentions and with context.
    pub strata: Vec<Stratum>,
    /// Own-voice sentences that name the target, without those that others print too; none where
    /// nothing is shared.
    pub unshared: Option<Unshared>,
    /// What the headlines express.
    pub headlines: Headlines,
    /// Whether they go further than the articles below them.
    pub headline_gap: HeadlineGap,
    /// What they quote that their articles do not say.
    pub headline_quotes: HeadlineQuotes,
    /// Headlines and leads side by side.
    pub openings: HeadlineLead,
    /// Where in the articles the target, criticism and sources stand.
    pub prominence: Prominence,
    /// Who is quoted.
    pub speakers: Speakers,
    /// The sentences of which the model is surest, by voice and label.
    pub typical: Vec<Exemplars>,
    /// The sentences behind the figures, by voice, relation and label: all where there are few, else
    /// as many of the surest as drawn by chance.
    pub evidence: Vec<Exemplars>,
}

impl OutletSummary {
    /// The sentences of one voice that stand in one relation to the target.
    pub fn stratum(&self, voice: Voice, about: TargetRelation) -> Option<&Stratum> {
        self.strata.iter().find(|stratum| stratum.voice == voice && stratum.about == about)
    }
}

impl Stratum {
    /// A label's corrected share, where the hand labels allow one.
    pub fn corrected(&self, label: usize) -> Option<&Corrected> {
        self.audited.as_ref()?.shares.get(label)?.corrected.as_ref()
    }
}

impl Outlet {
    /// Whether it looks like copies of others' articles that were given without their outlet: it has
    /// no name, and at least four in five of its sentences stand in another outlet too.
    pub fn is_copy(&self) -> bool {
        let Counts { sentences, shared, .. } = self.counts;
        self.name.is_empty() && sentences > 0 && shared * 5 >= sentences * 4
    }
}

impl Report {
    /// What was read of all outlets together.
    pub fn totals(&self) -> Counts {
        let mut totals = Counts::default();
        self.outlets.iter().for_each(|outlet| totals.merge(&outlet.counts));
        totals
    }

    /// Adds what a frame model says, and a note on how to read it.
    #[must_use]
    pub fn with_frames(mut self, frames: Frames) -> Self {
        self.notes.push(notes::frames(&frames));
        self.frames = Some(frames);
        self
    }

    /// The name of a label by its index.
    pub fn label(&self, index: usize) -> &str {
        self.provenance.labels.get(index).map_or("", String::as_str)
    }
}
