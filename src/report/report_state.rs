//! Everything that was counted of a corpus, or of a part of one: a report before its figures are worked
//! out. It can be written and read, and parts can be merged.

use sha2::{Digest, Sha256};

use super::audit_sample::Audit;
use super::frames::Framing;
use super::notes;
use super::prediction_source::PredictionSource;
use super::provenance::{KnownFile, Settings};
use super::report_builder::ReportBuilder;
use super::report_data::Report;
use super::stored::{Damaged, Source, Stored, stored};
use crate::category::Categories;
use crate::model::Model;
use crate::target::Target;

/// The first bytes of every written state, and the version of what follows.
const MAGIC: &[u8] = b"framescope state 2\n";

/// The length of the hash at the end.
const HASH: usize = 32;

/// What was counted, with what it takes to finish it.
///
/// Its size grows with articles, outlets, and the words, names and ids in them, not with sentences: of these
/// it keeps at most 32 for each outlet, target, voice, relation and label, and 8,000 quotes.
#[derive(Debug)]
pub struct ReportState {
    pub(super) facts: StateFacts,
    pub(super) builder: ReportBuilder,
    /// Empty without a frame model.
    pub(super) framing: Framing,
}

/// What the counted parts of a corpus must have in common, and what was read of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StateFacts {
    /// This program's version.
    version: String,
    source: PredictionSource,
    /// Whose frames were counted; none without a frame model.
    frames: Option<PredictionSource>,
    targets: Vec<Target>,
    settings: Settings,
    /// The files whose articles were counted.
    counted: Vec<KnownFile>,
    /// The parts in each of which text that several outlets print was looked for: none where a sentence
    /// table says what is shared.
    parts: u64,
}

stored!(StateFacts { version, source, frames, targets, settings, counted, parts });

impl ReportState {
    pub(super) fn new(
        (source, frames): (PredictionSource, Option<PredictionSource>),
        (targets, settings): (Vec<Target>, Settings),
        (builder, framing): (ReportBuilder, Framing),
    ) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let (counted, parts) = (Vec::new(), 0);
        let facts = StateFacts { version, source, frames, targets, settings, counted, parts };
        ReportState { facts, builder, framing }
    }

    /// Notes the files whose articles were counted: no other part may hold them. `from_articles` says that
    /// text which several outlets print was looked for in them, not given by a table.
    #[must_use]
    pub fn counted_of(mut self, files: Vec<KnownFile>, from_articles: bool) -> Self {
        self.facts.counted = files;
        self.facts.parts = u64::from(from_articles);
        self
    }

    /// Whose predictions were counted.
    pub fn source(&self) -> &PredictionSource {
        &self.facts.source
    }

    /// The files of the models that predicted.
    pub fn models(&self) -> &[KnownFile] {
        &self.facts.settings.models
    }

    /// Takes in what was counted of another part of the corpus. Parts may be merged in any order.
    ///
    /// # Errors
    /// Parts that were counted otherwise, or of one file.
    pub fn merge(&mut self, other: ReportState) -> Result<(), String> {
        self.facts.merge(other.facts)?;
        self.framing.merge(other.framing);
        self.builder.merge(other.builder)
    }

    /// The hand labels, which have found their sentences when all parts are merged.
    pub fn audit(&self) -> Option<&Audit> {
        self.builder.audit()
    }

    /// The report, without the words that decided ([`Report::explain`]). `model` is the one that gave the
    /// predictions: it is asked what quotes express by themselves. Without it the report says that it lacks
    /// both.
    pub fn finish(self, model: Option<&Model>) -> Report {
        let StateFacts { source, frames, targets, mut settings, parts, .. } = self.facts;
        // In an order that does not tell which part came first.
        settings.inputs.sort();
        settings.inputs.dedup();
        settings.files.sort_by(|a, b| (&a.name, &a.sha256).cmp(&(&b.name, &b.sha256)));
        settings.files.dedup();
        let frames = frames.map(|source| self.framing.finish(source, &targets, &settings));
        let mut report = self.builder.finish(source, targets, settings, model);
        report.notes.extend((parts > 1).then(|| notes::merged(parts)));
        match frames {
            Some(frames) => report.with_frames(frames),
            None => report,
        }
    }

    /// Its bytes: a mark with the version, what was counted, and the SHA-256 of both.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.facts.write(&mut out);
        self.builder.write(&mut out);
        self.framing.write(&mut out);
        let hash = Sha256::digest(&out);
        out.extend(hash);
        out
    }

    /// Reads what [`ReportState::to_bytes`] gives. Bytes may come from anybody: memory is bounded by their
    /// number.
    ///
    /// # Errors
    /// What is no state, is damaged, or was written by another version of this program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return Err("no state of a report of this version: expected what `framescope report \
                        --partial` writes"
                .to_owned());
        };
        let damaged = |Damaged(what): Damaged| {
            format!("a damaged state: {what}; write it again with `framescope report --partial`")
        };
        let n =
            rest.len().checked_sub(HASH).ok_or_else(|| damaged(Damaged("it ends too early")))?;
        let (content, hash) = rest.split_at(n);
        if Sha256::digest(&bytes[..bytes.len() - HASH])[..] != *hash {
            return Err(damaged(Damaged("its hash is another")));
        }
        Self::read(content).map_err(damaged)
    }

    fn read(content: &[u8]) -> Result<Self, Damaged> {
        let mut from = Source::new(content, Categories::default());
        let facts = StateFacts::read(&mut from)?;
        if facts.version != env!("CARGO_PKG_VERSION") {
            return Err(Damaged("another version of framescope counted it"));
        }
        from.refer_to(facts.source.labels.clone().into());
        let builder = ReportBuilder::read(&mut from)?;
        from.refer_to(facts.frames.as_ref().map(|of| of.labels.clone()).unwrap_or_default().into());
        let framing = Framing::read(&mut from)?;
        from.end()?;
        Ok(ReportState { facts, builder, framing })
    }
}

impl StateFacts {
    fn merge(&mut self, other: StateFacts) -> Result<(), String> {
        let different = |what: &str| {
            Err(format!("counted with other {what} than the parts before; count all parts alike"))
        };
        let (mine, theirs) = (&mut self.settings, other.settings);
        if self.source != other.source || mine.models != theirs.models {
            return different("predictions (model, labels)");
        }
        if self.frames != other.frames {
            return different("frames");
        }
        if self.targets != other.targets {
            return different("targets");
        }
        if (mine.seed, mine.resamples) != (theirs.seed, theirs.resamples) {
            return different("settings of chance (--seed)");
        }
        if mine.selection != theirs.selection {
            return different("options that select articles");
        }
        if let Some(twice) = other.counted.iter().find(|file| self.counted.contains(file)) {
            return Err(format!(
                "`{}` was counted in a part before; it would count twice",
                twice.name
            ));
        }
        mine.inputs.extend(theirs.inputs);
        mine.files.extend(theirs.files);
        self.counted.extend(other.counted);
        self.parts += other.parts;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::report::fixture::{articles, classified, provenance};

    fn state(range: std::ops::Range<usize>) -> ReportState {
        let mut builder = ReportBuilder::new();
        articles()[range].iter().for_each(|article| builder.add(&classified(article)));
        let made = provenance();
        let source = PredictionSource::of_table(made.model, made.dimension, made.labels);
        ReportState::new((source, None), (made.targets, made.settings), (builder, Framing::new()))
    }

    #[test]
    fn what_is_written_is_read() {
        let written = state(0..6).to_bytes();
        let read = ReportState::from_bytes(&written).unwrap();
        assert_eq!(read.to_bytes(), written);
        assert_eq!(read.finish(None), state(0..6).finish(None));
    }

    /// A state with a hash that is right.
    fn hashed(written: &[u8]) -> Vec<u8> {
        let mut content = written[..written.len() - HASH].to_vec();
        let hash = Sha256::digest(&content);
        content.extend(hash);
        content
    }

    proptest! {
        #[test]
        fn a_state_that_somebody_made_up_is_read_or_refused_and_never_a_panic(
            edits in prop::collection::vec((any::<Index>(), any::<u8>(), any::<bool>()), 1..4),
        ) {
            let mut written = state(0..6).to_bytes();
            let n = written.len() - MAGIC.len() - HASH;
            for (place, byte, is_near) in edits {
                let at = MAGIC.len() + place.index(n);
                let near = written[at].wrapping_add(byte % 3).wrapping_sub(1);
                written[at] = if is_near { near } else { byte };
            }
            if let Ok(mut read) = ReportState::from_bytes(&hashed(&written)) {
                // More would only take longer.
                read.facts.settings.resamples = 3;
                let _ = read.merge(state(0..1));
                read.finish(None);
            }
        }
    }

    #[test]
    fn what_is_no_state_is_refused() {
        let written = state(0..1).to_bytes();
        for n in 0..written.len() {
            assert!(ReportState::from_bytes(&written[..n]).is_err());
        }
        let mut other = written.clone();
        *other.last_mut().unwrap() ^= 1;
        let refused = ReportState::from_bytes(&other).unwrap_err();
        assert!(refused.contains("its hash is another"), "{refused}");
        assert!(ReportState::from_bytes(b"id,text\n").unwrap_err().contains("no state"));
    }

    #[test]
    fn parts_must_be_counted_alike_and_no_file_twice() {
        let file = provenance().settings.files;
        let counted = |range| state(range).counted_of(file.clone(), true);
        let refused = counted(0..1).merge(counted(1..2)).unwrap_err();
        assert!(refused.contains("`articles.csv` was counted in a part before"), "{refused}");
        let mut other = state(1..2);
        other.facts.targets[0].name = "quay".to_owned();
        assert!(state(0..1).merge(other).unwrap_err().contains("other targets"));
        let mut other = state(1..2);
        other.facts.settings.seed = 7;
        assert!(state(0..1).merge(other).unwrap_err().contains("--seed"));
    }

    #[test]
    fn a_report_that_was_merged_of_articles_says_where_reuse_was_looked_for() {
        let mut whole = state(0..3).counted_of(Vec::new(), true);
        whole.merge(state(3..6).counted_of(Vec::new(), true)).unwrap();
        let said = |report: &Report| report.notes.iter().any(|note| note.contains("2 parts"));
        assert!(said(&whole.finish(None)));
        assert!(!said(&state(0..6).finish(None)));
    }
}
