//! The audit sample that `report` and `plan` take.

use std::path::PathBuf;

use clap::Args;

use super::label_files::{LabelOptions, read_rows, warn_of_training_files};
use crate::classifier::Classifier;
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::example::{CHOSEN, Drawing, Example};
use crate::io::{BadRows, Columns, FileHashes, Inputs, LabelledRow};
use crate::report::{Audit, AuditRow, CodedFacts, PredictionSource};

/// Hand labels of the very sentences that are reported on.
#[derive(Debug, Args)]
pub(super) struct AuditSampleOption {
    /// Hand labels of randomly drawn sentences of these articles: what `framescope sample` wrote,
    /// with its column label filled in; may be repeated, a file per coder
    #[arg(long, value_name = "AUDIT.csv")]
    labels: Vec<PathBuf>,
    #[command(flatten)]
    written: LabelOptions,
}

impl AuditSampleOption {
    /// The hand labels, and the hashes of their files; none where no file is given. `source` says which
    /// labels there are.
    pub(super) fn read(
        &self,
        source: &PredictionSource,
        classifier: &Classifier,
        resampling: Resampling,
        bad_rows: BadRows,
    ) -> Result<Option<(Audit, FileHashes)>, Error> {
        if self.labels.is_empty() {
            return Ok(None);
        }
        let so = "corrected shares need labels that it has not seen";
        warn_of_training_files(&self.labels, classifier.model(), so)?;
        let mut inputs = Inputs::find(&self.labels, None)?;
        let hashes = inputs.hash_files();
        let rows = self.read_audit(inputs, bad_rows, source)?;
        let audit = Audit::gather(&rows, &source.labels, classifier.targets(), resampling)?;
        Ok(Some((audit, hashes)))
    }

    fn read_audit(
        &self,
        inputs: Inputs,
        bad_rows: BadRows,
        source: &PredictionSource,
    ) -> Result<Vec<AuditRow>, Error> {
        let rows = read_rows(inputs, &Columns::default(), bad_rows)?;
        let facts: Vec<CodedFacts> = rows.iter().map(facts).collect::<Result<_, _>>()?;
        let mut examples: Vec<Example> = rows.into_iter().map(|row| row.example).collect();
        let reader = self.written.reader(&source.dimension, Some(&source.labels))?;
        self.written.understand(&mut examples, &reader)?;
        examples.into_iter().zip(facts).map(audit_row).collect()
    }

    /// The files, which must not be overwritten.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.labels
    }
}

/// A row with its drawing probability. Without the column every sentence of an outlet counts as equally
/// probable.
fn audit_row((example, facts): (Example, CodedFacts)) -> Result<AuditRow, Error> {
    let drawn = match example.drawing {
        None => 1.0,
        Some(Drawing::Random(drawn)) => drawn,
        Some(Drawing::Chosen) => {
            let reason = format!(
                "`drawn` is `{CHOSEN}`: such sentences are no random sample, and shares that rest on them \
                 would be wrong; `framescope sample` draws one"
            );
            return Err(Error::row(&example.path, example.line, reason));
        }
    };
    Ok(AuditRow { example, drawn, facts })
}

/// What the row says of its sentence, in the columns that `sample` writes.
fn facts(row: &LabelledRow) -> Result<CodedFacts, Error> {
    let column = |name: &str| row.row.field_named(name);
    let (voice, part) = (column("voice").unwrap_or_default(), column("part").unwrap_or_default());
    CodedFacts::parse(voice, column("speaker"), part)
        .map_err(|reason| Error::row(&row.example.path, row.example.line, reason))
}
