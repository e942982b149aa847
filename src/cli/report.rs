use std::path::{Path, PathBuf};

use clap::Args;

use super::audit_sample_option::AuditSampleOption;
use super::chart_options::ChartOptions;
use super::merged_states::{NamedState, merged, read_states};
use super::model_option::read_words_model;
use super::progress_bar::{say, watched};
use super::report_input::{Counted, ReportInput};
use super::shared_options::{
    OutputOption, TargetOptions, mark_for_excel, refuse_overwriting, write_all,
};
use crate::classifier::Classifier;
use crate::error::Error;
use crate::io::{self, Output};
use crate::render::{self, Figures, Format};
use crate::report::{EarlierReport, Report, ReportState};

/// Sum up how each outlet treats the target
///
/// Shows an outlet a row, what it says in its own words and what it quotes. With --labels the report says
/// who stands where: shares are corrected by the hand labels of a random sample, and differences between
/// outlets are judged. Without, nobody has checked the stance: the report shows who is quoted with which
/// words, and the model's guesses as sentences to read.
///
/// INPUT may also be a sentence table that classify wrote, from this or another model: its predictions are
/// counted as they stand there.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope report articles.csv --target 'cyber security unit' \
    --alias 'the plan' --format html --out report.html"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: TargetOptions,
    #[command(flatten)]
    audit: AuditSampleOption,
    /// A model that tells which stories the articles tell, such as one trained with --dimension
    /// frame: shown beside the stance, by passages
    #[arg(long, value_name = "MODEL")]
    frame_model: Option<PathBuf>,
    /// Predictions that stand in place of the model's: a table with the columns article_id and sentence as
    /// classify writes them, p_LABEL for each label, and target where there are several
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Write what was counted of INPUT, a part of the corpus, for --merge
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "full", "table", "against", "out",
        "merge", "excel"])]
    partial: Option<PathBuf>,
    /// INPUT is what --partial wrote, in any order: report on all of it together
    #[arg(long, conflicts_with_all = ["labels", "predictions", "frame_model"])]
    merge: bool,
    /// How to write the report [default: as the name of --out tells, else text]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Everything as text, not only what fits on one screen
    #[arg(long, conflicts_with_all = ["format", "table"])]
    full: bool,
    /// Write one table of figures instead, as CSV
    #[arg(long, value_enum, value_name = "FIGURES", conflicts_with = "format")]
    table: Option<Figures>,
    /// Say what changed since an earlier report on other articles: its JSON
    #[arg(long, value_name = "REPORT.json", conflicts_with = "table")]
    against: Option<PathBuf>,
    #[command(flatten)]
    charts: ChartOptions,
    /// Where chance starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Begin CSV with a mark by which Excel knows its encoding
    #[arg(long)]
    excel: bool,
    #[command(flatten)]
    output: OutputOption,
}

/// The formats that the endings of names tell.
const ENDINGS: [(&str, Format); 6] = [
    ("txt", Format::Text),
    ("md", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("csv", Format::Csv),
    ("json", Format::Json),
];

impl Arguments {
    pub(super) fn run(mut self) -> Result<(), Error> {
        // Opened first: nobody should wait for a report that cannot be written.
        let read = self
            .question
            .paths()
            .chain(self.audit.paths())
            .chain(&self.frame_model)
            .chain(&self.predictions)
            .chain(&self.against);
        let read: Vec<&PathBuf> = read.collect();
        let format = self.format()?;
        self.partial.iter().try_for_each(|to| refuse_overwriting(to, read.iter().copied()))?;
        let mut output = self.output.create_beside(read.iter().copied())?;
        if self.excel {
            mark_for_excel(&mut output, format == Format::Csv)?;
        }
        let charts = self.charts.create_beside(&read, &output)?;
        let shows_words = format.shows_deciding_words() || self.table == Some(Figures::Openings);
        if let Some(path) = self.partial.clone() {
            return write_all(Output::create(Some(&path))?, &self.state()?.to_bytes());
        }
        let report = self.report(shows_words)?;
        match self.table {
            Some(table) => render::write_figures(&report, table, &mut output),
            None => render::write(&report, format, &mut output),
        }
        .map_err(|error| output.failed(error))?;
        output.finish()?;
        charts.write(&report)
    }

    /// The report on what is asked for, with the words that decided, which take an encoder long, where they
    /// are wanted.
    pub(super) fn report(&mut self, with_words: bool) -> Result<Report, Error> {
        if self.partial.is_some() {
            let reason = "--partial writes the state of a report, and gives no report";
            return Err(Error::Option(reason.to_string()));
        }
        if self.merge {
            let inputs = self.question.input.inputs.clone();
            return self.merged(read_states(&inputs), with_words);
        }
        let earlier = self.earlier()?;
        self.counted(false, |request, input| {
            let classifier = input.classifier;
            request.finish(input.count()?, classifier, earlier.as_ref(), with_words)
        })
    }

    /// The report on parts of a corpus.
    pub(super) fn merged(
        &mut self,
        states: impl Iterator<Item = Result<NamedState, Error>>,
        with_words: bool,
    ) -> Result<Report, Error> {
        let earlier = self.earlier()?;
        self.counted(false, |request, input| {
            let classifier = input.classifier;
            let counted = merged(states, classifier.model(), &input.models)?;
            request.finish(counted, classifier, earlier.as_ref(), with_words)
        })
    }

    /// What is counted of the inputs, a part of a corpus.
    pub(super) fn state(&mut self) -> Result<ReportState, Error> {
        self.counted(true, |_, input| Ok(input.count()?.state))
    }

    /// Hands over what is to be counted, and how.
    fn counted<T>(
        &mut self,
        is_partial: bool,
        then: impl FnOnce(&Self, ReportInput<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let targets = std::mem::take(&mut self.question.targets.0);
        let (model, models) = self.question.model.read_with_hashes()?;
        let classifier = watched(Classifier::new(model, targets));
        let frame = self.frame_model.as_deref().map(read_words_model).transpose()?;
        let (frame_model, frame_file) = frame.unzip();
        let input = ReportInput {
            question: &self.question,
            audit: &self.audit,
            predictions: self.predictions.as_deref(),
            classifier: &classifier,
            frame_model: frame_model.as_ref(),
            seed: self.seed,
            is_partial,
            models,
            frame_files: frame_file.into_iter().collect(),
        };
        then(self, input)
    }

    fn earlier(&self) -> Result<Option<EarlierReport>, Error> {
        self.against.as_deref().map(read_earlier).transpose()
    }

    fn finish(
        &self,
        counted: Counted<'_>,
        classifier: &Classifier,
        earlier: Option<&EarlierReport>,
        with_words: bool,
    ) -> Result<Report, Error> {
        let Counted { state, model } = counted;
        let mut report = state.finish(model);
        if let Some(model) = model.filter(|_| with_words) {
            report.explain(model);
        }
        if let (Some(earlier), Some(path)) = (earlier, &self.against) {
            report.compare_with(earlier).map_err(|reason| Error::file(path, reason))?;
        }
        if model.is_some() && self.question.model.is_built_in_words() {
            suggest_encoder(classifier.n_predicted());
        }
        Ok(report)
    }

    fn format(&self) -> Result<Format, Error> {
        Ok(match self.format {
            Some(format) => format,
            None if self.table.is_some() => {
                self.output.refuse_other_than(&["csv"])?;
                Format::Csv
            }
            None => match self.output.told_format(&ENDINGS)?.unwrap_or(Format::Text) {
                Format::Text if self.full => Format::FullText,
                told => told,
            },
        })
    }
}

/// The largest report that is read.
const MAX_REPORT: usize = 1 << 30;

fn read_earlier(path: &Path) -> Result<EarlierReport, Error> {
    let bytes = io::read_bytes(path, MAX_REPORT)?;
    EarlierReport::parse(&bytes).map_err(|reason| Error::file(path, reason))
}

/// Number of sentences that an encoder reads in a second on one core, roughly.
const SENTENCES_A_SECOND: usize = 50;

/// A wait that is worth a word, in seconds.
const SHORT_WAIT: usize = 600;

/// Says what the built-in encoder would take to read the same sentences, where that is not long.
fn suggest_encoder(n_sentences: usize) {
    let seconds = n_sentences.div_ceil(SENTENCES_A_SECOND);
    if n_sentences > 0 && seconds <= SHORT_WAIT {
        say(&format!(
            "note: --reader encoder reads these {n_sentences} sentences in about {seconds} s of one core and \
             errs less, above all where the target is no person"
        ));
    }
}
