//! Options that several commands share.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::asked_targets::Targets;
use super::model_option::ModelOption;
use super::progress_bar;
use super::selection_options::SelectionOptions;
use crate::article::Article;
use crate::error::Error;
use crate::io::{BadRows, Columns, FileHash, Format, Inputs, Output, Records, Skipped};
use crate::render::harmless;
use crate::report::KnownFile;

/// A file as a report names it.
pub(super) fn known_file(read: FileHash) -> KnownFile {
    let FileHash { path, bytes, sha256 } = read;
    KnownFile { name: path.display().to_string(), bytes, sha256 }
}

/// What to read, with which model, about what.
#[derive(Debug, Args)]
pub(super) struct TargetOptions {
    #[command(flatten)]
    pub(super) input: InputOptions,
    #[command(flatten)]
    pub(super) model: ModelOption,
    #[command(flatten)]
    pub(super) targets: Targets,
}

impl TargetOptions {
    /// The files that are read, which must not be overwritten.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.input.inputs.iter().chain(self.model.paths())
    }
}

/// What to read, and how.
#[derive(Debug, Args)]
pub(super) struct InputOptions {
    /// Files, folders, or - for standard input: tables, JSON, texts, pages, spreadsheets, Word, exports of
    /// news databases, feeds and web archives, also .gz and .zst
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
    #[command(flatten)]
    pub(super) selection: SelectionOptions,
    /// Read every article, also one whose headline and text stood in the same outlet before
    #[arg(long)]
    keep_duplicates: bool,
}

impl InputOptions {
    /// Opens the inputs; says which files are not read.
    pub(super) fn find(&self) -> Result<Inputs, Error> {
        self.reading.find(&self.inputs)
    }

    /// The articles of opened inputs, of which rows are selected by their columns.
    pub(super) fn articles(&self, mut inputs: Inputs) -> Result<Records<Article>, Error> {
        if self.keep_duplicates {
            inputs.keep_duplicates();
        }
        let columns = self.selection.narrow(self.reading.columns()?)?;
        inputs.articles(&columns, self.reading.bad_rows())
    }
}

/// How to read.
#[derive(Debug, Args)]
pub(super) struct ReadingOptions {
    /// A column that has another name in the input, such as text=body; may be repeated
    #[arg(long, value_name = "FIELD=NAME")]
    column: Vec<String>,
    /// How dates are written where the column does not tell, such as %d/%m/%Y
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// The format of inputs whose name and content do not tell, by the ending of its files: csv, txt, …
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    input_format: Option<Format>,
    /// Leave out rows that cannot be used, count them and list them
    #[arg(long)]
    skip_bad: bool,
}

/// Maximum number of files that are named as not read.
const MOST_NAMED: usize = 10;

fn format(name: &str) -> Result<Format, String> {
    Format::named(name)
        .ok_or_else(|| "expected an ending such as csv, tsv, json, txt or html".to_string())
}

impl ReadingOptions {
    pub(super) fn find(&self, inputs: &[PathBuf]) -> Result<Inputs, Error> {
        let found = self.find_silently(inputs)?;
        let ignored = found.ignored();
        if !ignored.is_empty() {
            let n = ignored.len();
            let named: Vec<String> =
                ignored.iter().take(MOST_NAMED).map(|path| path.display().to_string()).collect();
            let files =
                if n == 1 { "1 other file".to_string() } else { format!("{n} other files") };
            let more = if n > MOST_NAMED { ", …" } else { "" };
            let read = if n == 1 { "was" } else { "were" };
            let hint = found.hint().map_or(String::new(), |hint| format!(" ({hint})"));
            progress_bar::say(&format!(
                "note: {files} in the folders {read} not read: {}{more}{hint}",
                named.join(", ")
            ));
        }
        Ok(found)
    }

    /// As `find`, without a word.
    pub(super) fn find_silently(&self, inputs: &[PathBuf]) -> Result<Inputs, Error> {
        let mut found = Inputs::find(inputs, self.input_format)?;
        self.date_format.iter().try_for_each(|format| found.read_dates_as(format))?;
        Ok(found)
    }

    pub(super) fn columns(&self) -> Result<Columns, Error> {
        Columns::parse(&self.column)
    }

    pub(super) fn bad_rows(&self) -> BadRows {
        if self.skip_bad { BadRows::Skip } else { BadRows::Refuse }
    }
}

/// Says how records were understood, and which rows were left out.
pub(super) fn say_reading<T>(records: &Records<T>) {
    records.notes().lines().iter().for_each(|line| progress_bar::say(&format!("note: {line}")));
    say_skipped(records.skipped());
}

/// Says which rows were left out.
fn say_skipped(skipped: &Skipped) {
    if skipped.n == 0 {
        return;
    }
    progress_bar::say(&format!("note: {} rows were left out:", skipped.n));
    skipped.messages.iter().for_each(|message| progress_bar::say(&format!("  {message}")));
    let unlisted = skipped.n - skipped.messages.len() as u64;
    if unlisted > 0 {
        progress_bar::say(&format!("  and {unlisted} more"));
    }
}

/// Where results go.
#[derive(Debug, Args)]
pub(super) struct OutputOption {
    /// Where to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl OutputOption {
    /// Whether a file is written.
    pub(super) fn is_file(&self) -> bool {
        self.out.is_some()
    }

    /// The format that the ending of the output's name tells, given those that can be written; none on
    /// standard output and for other endings. What the program writes elsewhere alone is refused.
    pub(super) fn told_format<F: Copy>(&self, known: &[(&str, F)]) -> Result<Option<F>, Error> {
        let Some(out) = &self.out else { return Ok(None) };
        let Some(ending) = out.extension().map(|ending| ending.to_string_lossy().to_lowercase())
        else {
            return Ok(None);
        };
        let found = known.iter().find(|(name, _)| *name == ending).map(|(_, format)| *format);
        if found.is_none() && OTHER_FORMATS.contains(&ending.as_str()) {
            let names: Vec<String> = known.iter().map(|(name, _)| format!(".{name}")).collect();
            let reason = format!(
                "this command does not write .{ending}; end the name in {}",
                names.join(", ")
            );
            return Err(Error::file(out, reason));
        }
        Ok(found)
    }

    /// Refuses a name that ends as a format which the program writes elsewhere alone, given the endings of
    /// what is written here, whatever the name.
    pub(super) fn refuse_other_than(&self, endings: &[&str]) -> Result<(), Error> {
        let known: Vec<(&str, ())> = endings.iter().map(|ending| (*ending, ())).collect();
        self.told_format(&known).map(drop)
    }

    /// As `create`; refuses to replace what is read.
    pub(super) fn create_beside<'p>(
        &self,
        inputs: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<Output, Error> {
        if let Some(out) = &self.out {
            refuse_overwriting(out, inputs)?;
        }
        Output::create(self.out.as_deref())
    }
}

/// Endings that name a format, which some commands write.
const OTHER_FORMATS: [&str; 9] =
    ["csv", "html", "json", "jsonl", "md", "ndjson", "parquet", "tsv", "xlsx"];

/// Begins CSV with the byte order mark by which Excel knows UTF-8. Other formats are refused.
pub(super) fn mark_for_excel(output: &mut Output, is_csv: bool) -> Result<(), Error> {
    use std::io::Write;
    if !is_csv {
        return Err(Error::Option("--excel goes with CSV: give --format csv".to_string()));
    }
    output.write_all("\u{feff}".as_bytes()).map_err(|error| output.failed(error))
}

/// Refuses an output that is one of the inputs, or is read as part of a folder among them.
pub(super) fn refuse_overwriting<'p>(
    out: &Path,
    inputs: impl IntoIterator<Item = &'p PathBuf>,
) -> Result<(), Error> {
    for input in inputs {
        if is_same_file(input, out) {
            let reason = "is read and would be overwritten; give --out another name";
            return Err(Error::file(out, reason));
        }
        if input.is_dir()
            && out.is_file()
            && Inputs::find(&[input], None).is_ok_and(|found| found.reads(out))
        {
            let folder = input.display();
            let reason = format!(
                "is read as part of the folder {folder} and would be overwritten; give --out a place outside it"
            );
            return Err(Error::file(out, reason));
        }
    }
    Ok(())
}

/// Whether two paths name one file.
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    // Two names of one file are the same; a file that is not there yet has one name.
    let file = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    file(a).is_some_and(|a| file(b) == Some(a))
}

/// Writes a whole result and completes the output.
pub(super) fn write_all(mut output: Output, bytes: &[u8]) -> Result<(), Error> {
    use std::io::Write;
    output.write_all(bytes).map_err(|error| output.failed(error))?;
    output.finish()
}

/// The seed of the random numbers.
#[derive(Debug, Args)]
pub(super) struct SeedOption {
    /// Where chance starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
}

/// How an answer is written, and where.
#[derive(Debug, Args)]
pub(super) struct AnswerOptions {
    /// For people or for programs [default: as the name of --out tells, else text]
    #[arg(long, value_enum)]
    format: Option<TextOrJson>,
    #[command(flatten)]
    output: OutputOption,
}

impl AnswerOptions {
    /// Opens the output before the work begins; refuses one that is read.
    pub(super) fn create_beside<'p>(
        &self,
        read: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<Answer, Error> {
        let endings = [("txt", TextOrJson::Text), ("json", TextOrJson::Json)];
        let format = match self.format {
            Some(format) => format,
            None => self.output.told_format(&endings)?.unwrap_or(TextOrJson::Text),
        };
        Ok(Answer { format, output: self.output.create_beside(read)? })
    }
}

/// An answer that can be written.
pub(super) struct Answer {
    format: TextOrJson,
    output: Output,
}

impl Answer {
    /// Writes one of the forms of an answer and completes the output.
    pub(super) fn write(
        self,
        text: impl FnOnce() -> String,
        json: impl FnOnce() -> String,
    ) -> Result<(), Error> {
        let answer = match self.format {
            TextOrJson::Text => harmless(&text()),
            TextOrJson::Json => json(),
        };
        write_all(self.output, answer.as_bytes())
    }
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TextOrJson {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A number above 0, as an option's value.
pub(super) fn positive(value: &str) -> Result<f64, String> {
    let number = value.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0 && *n <= 1e6);
    number.ok_or_else(|| "expected a number above 0, a million at most".to_string())
}
