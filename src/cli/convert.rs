use std::path::{Path, PathBuf};

use clap::Args;

use super::label_files::read_rows;
use super::progress_bar::say;
use super::shared_options::{OutputOption, is_same_file, refuse_overwriting, write_all};
use crate::codebook::Codebook;
use crate::error::Error;
use crate::io::{self, BadRows, Columns, Inputs, LabelledRow, Output};
use crate::label_exchange::{LabelRecord, Tool, labelling_config};
use crate::render::label_table;

/// Carry labels to another annotation tool, and back
///
/// Writes a label file as doccano, Label Studio, Prodigy, Potato or INCEpTION read it (--to), or reads what
/// they export (--from) as a label file that train, evaluate, report and agree take. Places stay exact: they
/// are counted in Unicode characters, in doccano and INCEpTION in UTF-16 code units. Coders, notes and times
/// travel along. What a tool cannot hold is said.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope convert labels.csv --to doccano --out for-doccano.jsonl\n  \
    framescope convert admin.jsonl --from doccano --out labels.csv"
)]
pub(super) struct Arguments {
    /// Label files, or files that the tool has exported
    #[arg(required = true, value_name = "LABELS")]
    inputs: Vec<PathBuf>,
    /// The tool whose export is read [default: Framescope's own label file]
    #[arg(long, value_enum, value_name = "TOOL", required_unless_present = "to")]
    from: Option<Tool>,
    /// The tool that is written for [default: Framescope's own label file]
    #[arg(long, value_enum, value_name = "TOOL")]
    to: Option<Tool>,
    /// The name of the coder where a file does not tell it [default: the name of the file, as doccano and
    /// INCEpTION name theirs by the coder]
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    coder: String,
    /// What the labels are about: stance, frame, or a name of your own
    #[arg(long, value_name = "NAME", default_value = "stance")]
    dimension: String,
    /// Where to write the labelling configuration that Label Studio needs
    #[arg(long, value_name = "FILE")]
    labelling_config: Option<PathBuf>,
    #[command(flatten)]
    output: OutputOption,
}

/// The largest file of another tool that is read.
const MAX_BYTES: usize = 1 << 30;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        if self.to.is_none() {
            self.output.refuse_other_than(&["csv"])?;
        }
        let mut output = self.output.create_beside(&self.inputs)?;
        if let Some(path) = &self.labelling_config {
            refuse_overwriting(path, &self.inputs)?;
            if is_same_file(path, output.path()) {
                return Err(Error::file(path, "is where the labels go; give it another name"));
            }
        }
        let mut records = Vec::new();
        for path in &self.inputs {
            let mut of_file = match self.from {
                None => of_table(path)?,
                Some(tool) => of_tool(path, tool)?,
            };
            let coder = self.coder_of(path);
            for record in of_file.iter_mut().filter(|record| record.coder.is_empty()) {
                // A sentence that nobody has labelled has no coder.
                if !record.status.is_empty() || record.label.is_some() {
                    record.coder.clone_from(&coder);
                }
            }
            records.extend(of_file);
        }
        let labels = self.labels(&records);
        if let Some(path) = &self.labelling_config {
            write_all(Output::create(Some(path))?, labelling_config(&labels).as_bytes())?;
        }
        match self.to {
            None => {
                let table = LabelRecord::table(&records);
                label_table::write(table, &mut output).map_err(|error| output.failed(error))?;
                output.finish()?;
            }
            Some(tool) => write_all(output, tool.write(&records, &labels).as_bytes())?,
        }
        let n_labelled = records.iter().filter(|record| record.label.is_some()).count();
        let n_rejected = records.iter().filter(|record| record.status == "rejected").count();
        say(&format!("{} rows, {n_labelled} with a label", records.len()));
        if n_rejected > 0 {
            say(&format!(
                "note: {n_rejected} rows reject a label: that tells what they are not, and they stay without one"
            ));
        }
        if let Some(lost) = self.to.map(Tool::cannot_hold).filter(|lost| !lost.is_empty()) {
            say(&format!("note: {lost}"));
        }
        Ok(())
    }

    /// Who has labelled where a file does not tell: the name given, or that of the file where the tool names
    /// its files so.
    fn coder_of(&self, path: &Path) -> String {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let is_coder = |stem: &&str| self.from.is_some_and(|tool| tool.names_files_by_coder(stem));
        match stem.filter(is_coder) {
            Some(stem) if self.coder.is_empty() => stem.to_string(),
            _ => self.coder.clone(),
        }
    }

    /// The codebook's labels, then others that occur.
    fn labels(&self, records: &[LabelRecord]) -> Vec<String> {
        let mut labels = Codebook::of(&self.dimension).map(|book| book.names()).unwrap_or_default();
        for label in records.iter().filter_map(|record| record.label.as_ref()) {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
        labels
    }
}

fn of_table(path: &Path) -> Result<Vec<LabelRecord>, Error> {
    let inputs = Inputs::find(&[path], None)?;
    let rows = read_rows(inputs, &Columns::default(), BadRows::Refuse)?;
    let record = |LabelledRow { row, .. }: LabelledRow| {
        let named = row.columns().iter().zip(&row.fields);
        let columns = named.map(|(name, field)| (name.clone(), unguarded(field)));
        LabelRecord::of_columns(columns).map_err(|reason| Error::row(path, row.line, reason))
    };
    rows.into_iter().map(record).collect()
}

/// Without the apostrophe that keeps a spreadsheet from running a field.
fn unguarded(field: &str) -> String {
    let is_guard = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
    field.strip_prefix('\'').filter(is_guard).unwrap_or(field).to_string()
}

fn of_tool(path: &Path, tool: Tool) -> Result<Vec<LabelRecord>, Error> {
    let bytes = io::read_bytes(path, MAX_BYTES)?;
    let content = String::from_utf8(bytes)
        .map_err(|error| Error::file(path, format!("not UTF-8: {error}")))?;
    tool.read(content.trim_start_matches('\u{feff}'))
        .map_err(|(line, reason)| Error::row(path, line, reason))
}
