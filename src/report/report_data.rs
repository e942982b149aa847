//! The data of a report: outlets, targets and notes.

use serde::Serialize;

use super::changes::Changes;
use super::corpus_counts::Counts;
use super::distinctive_words::DistinctiveWord;
use super::duplicate_ids::DuplicateIds;
use super::exemplars::Exemplar;
use super::frames::Frames;
use super::gap_decomposition::Gap;
use super::headline_gap::HeadlineGap;
use super::headline_lead::HeadlineLead;
use super::headline_quotes::HeadlineQuotes;
use super::headlines::Headlines;
use super::label_corrected_shares::Audited;
use super::outlet_differences::OutletDifference;
use super::prominence::Prominence;
use super::provenance::Provenance;
use super::quotes::Quotes;
use super::speakers::Speakers;
use super::timeline::Timeline;
use super::unshared_sentences::Unshared;
use super::voice_stratum::{self, Stratum};
use crate::target::TargetRelation;
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
    /// How outlets frame the news; none where there is no frame model.
    pub frames: Option<Frames>,
    /// What outlets made of the same quotes.
    pub quotes: Quotes,
    /// Articles that cannot be told apart by their ids.
    pub same_ids: DuplicateIds,
    /// How to read the figures, and what they cannot show; made from this run.
    pub notes: Vec<String>,
}

/// What was read of one outlet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlet {
    /// Its name as given; empty where the input has none.
    pub name: String,
    /// How much of it there is.
    #[serde(flatten)]
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
    /// The largest gaps in what outlets convey, decomposed into whom they quote and how they write.
    pub gaps: Vec<Gap>,
    /// Shares and counts over time.
    pub timeline: Timeline,
    /// The p value of the hypothesis that the model errs alike in all outlets; none where the hand labels
    /// do not allow to say.
    pub errors_alike: Option<f64>,
    /// All outlets together: the sentences of each voice that name the target, the outlets' first.
    pub together: Vec<Together>,
    /// Of the checked sentences that name the target: in how many the model gave the label that the
    /// coders gave, and how many there are.
    pub agreement: (u64, u64),
    /// What changed since an earlier report; none without one.
    pub changes: Option<Changes>,
}

/// The sentences of all outlets that name the target, in one voice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// The outlets' voice or sources'.
    pub voice: Voice,
    /// How many there are.
    pub sentences: u64,
    /// What hand labels say of them; none where none has one.
    pub audited: Option<Audited>,
}

/// How one outlet treats one target.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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
    /// The speakers that it quotes.
    pub speakers: Speakers,
    /// The sentences of which the model is surest, by voice and label.
    pub typical: Vec<Exemplar>,
    /// The sentences behind the figures, by voice, relation and label: all where there are few, else
    /// as many of the surest as drawn at random.
    pub evidence: Vec<Exemplar>,
}

impl OutletSummary {
    /// The sentences of one voice that stand in one relation to the target.
    pub fn stratum(&self, voice: Voice, about: TargetRelation) -> Option<&Stratum> {
        voice_stratum::find(&self.strata, voice, about)
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

    /// The name of a label by its index.
    pub fn label(&self, index: usize) -> &str {
        self.provenance.labels.get(index).map_or("", String::as_str)
    }
}
