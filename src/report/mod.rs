//! Counts what each outlet's coverage says: shares with intervals, and the sentences behind them. Feed a
//! [`ReportBuilder`] with classified articles, then [`ReportBuilder::finish`] it.
//!
//! Own voice and attributed voice are never pooled, and neither are sentences that name the target
//! (`mention`) and sentences that do not (`context`). Missing is not zero: where nothing was
//! counted there is no share. The order of the articles changes nothing.

mod article_clusters;
mod article_confusions;
mod article_sums;
mod article_view;
mod audit_sample;
mod changes;
mod cluster_shares;
mod coded_facts;
mod collector;
mod confusion_adjusted_shares;
mod corpus_counts;
mod distinctive_words;
mod drawn_articles;
mod duplicate_ids;
mod earlier_report;
mod example_sentence;
mod exemplars;
mod explanation;
mod finish_inputs;
mod first_sentences;
#[cfg(test)]
pub(crate) mod fixture;
mod frames;
mod gap_decomposition;
mod headline_gap;
mod headline_lead;
mod headline_quotes;
mod headlines;
mod label_corrected_shares;
mod label_plan;
mod label_share;
mod lead;
mod lead_statement;
mod lost_labels;
mod notes;
mod outlet_collector;
mod outlet_differences;
mod own_voice;
mod prediction_source;
mod probability_sums;
mod prominence;
mod provenance;
mod quote_overlap;
mod quotes;
mod rationale;
mod report_builder;
mod report_comparison;
mod report_data;
mod report_pipeline;
mod report_state;
mod sentence_label;
mod serialize;
mod share;
mod shared_quotes;
mod shortened;
mod speaker_index;
mod speakers;
mod stance_chart;
mod stored;
mod surroundings;
mod timeline;
mod unshared_sentences;
mod voice_clusters;
mod voice_stratum;

pub use audit_sample::{Audit, AuditFacts, AuditRow};
pub use changes::{Changes, OutletChange, ShareChange};
pub use coded_facts::CodedFacts;
pub use confusion_adjusted_shares::AdjustedShare;
pub use corpus_counts::Counts;
pub use distinctive_words::DistinctiveWord;
pub use duplicate_ids::DuplicateIds;
pub use earlier_report::{EarlierReport, JSON_FORMAT};
pub use example_sentence::ExampleSentence;
pub use exemplars::Exemplar;
pub use frames::{Frames, Framing, OutletFrames, TargetFrames, VoiceFrames};
pub use gap_decomposition::Gap;
pub use headline_gap::{ArticleGap, FAR, HeadlineGap, LabelGap};
pub use headline_lead::{HeadlineLead, HeadlineLeadExample};
pub use headline_quotes::{HeadlineQuotes, LoneQuote};
pub use headlines::{Headline, Headlines};
pub use label_corrected_shares::{Audited, AuditedShare, Corrected};
pub use label_plan::{Plan, plans};
pub use label_share::LabelShare;
pub use lead_statement::{Evidence, Lead, LeadTitle, Promise, Statement};
pub use lost_labels::{LossReason, LostLabel};
pub use outlet_differences::{OutletDifference, Significance};
pub use own_voice::{OutletShare, OwnVoiceRanking, RankedOutlet, StatedDifferences};
pub use prediction_source::PredictionSource;
pub use probability_sums::PredictionSums;
pub use prominence::{Cell, Decile, Prominence, SentenceStrip};
pub use provenance::{KnownFile, Provenance, Settings};
pub use quote_overlap::QuoteOverlap;
pub use quotes::{
    AdjacentSentence, ExclusiveQuote, LeftOut, OmittedAndExclusiveQuotes, OutletUse, QuoteContext,
    QuotePlace, Quotes, SharedQuote, UseForm,
};
pub use rationale::Rationale;
pub use report_builder::ReportBuilder;
pub use report_data::{Outlet, OutletSummary, Report, TargetSummary, Together};
pub use report_pipeline::ReportPipeline;
pub use report_state::ReportState;
pub use sentence_label::{Judge, SentenceLabel};
pub use share::{FEW_SENTENCES, Share};
pub use shortened::Shortened;
pub use speakers::{Speaker, Speakers};
pub use stance_chart::{ChartKind, ChartRow, Mark, StanceChart, VoiceMarks};
pub use timeline::{OutletTimeline, Point, Step, Stretch, Timeline};
pub use unshared_sentences::Unshared;
pub use voice_stratum::Stratum;
