use std::io::Write;
use std::sync::{Arc, OnceLock};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::batches::{for_each_article_batch, for_each_batch};
use super::progress_bar::ProgressLine;
use super::shared_options::{OutputOption, TargetOptions, say_skipped};
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::io::{Output, SentenceRow};
use crate::model::Model;
use crate::render::sentence_table::{Format, Layout};
use crate::sentence_table::{self, Cell};
use crate::target::{Finder, Target};
use crate::text::Span;

/// Classify every sentence: one table row per sentence and target
///
/// Reads articles and writes article_id, outlet, date, sentence, part, paragraph, start, end, text,
/// voice, speaker, cue, target, about, stance, p_critical, p_neutral, p_supportive, shared_with and
/// model. Memory does not grow with the input.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  framescope classify articles.csv --target 'cyber security unit' \
    --alias 'the plan' --out sentences.csv"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: TargetOptions,
    /// What a row of the input is
    #[arg(long, value_enum, default_value = "article")]
    unit: Unit,
    /// How to write the table
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    #[command(flatten)]
    output: OutputOption,
}

/// What a row of the input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// An article, to be split into sentences.
    Article,
    /// One sentence, with columns as in a label file; written back with its prediction.
    Sentence,
}

/// Number of sentences that are classified together, and by one core at a time.
const BATCH_SENTENCES: usize = 8192;
const BLOCK_SENTENCES: usize = 128;

/// Room for the rows of an article of ordinary length, in bytes.
const BYTES_MADE: usize = 24 << 10;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let model = self.question.model.read()?;
        match self.unit {
            Unit::Article => self.articles(model),
            Unit::Sentence => self.sentences(&model),
        }
    }

    fn articles(self, model: Model) -> Result<(), Error> {
        let layout = Layout::new(self.format, sentence_table::columns(&model));
        let mut output = self.create(&layout)?;
        let classifier = Classifier::new(model, self.question.targets.0);
        let input = &self.question.input;
        let classify = |batch: Vec<Article>| {
            let classified = classifier.classify_together(&batch);
            made(classified.into_par_iter(), |article, rows| {
                let of_article =
                    article.iter().flat_map(|found| sentence_table::rows(found, &classifier));
                of_article.for_each(|row| layout.add(row, rows));
                Ok(())
            })
        };
        let write = |made| write(&mut output, made);
        for_each_article_batch(input.reading.find(&input.inputs)?, input, classify, write)?;
        output.finish()
    }

    fn sentences(self, model: &Model) -> Result<(), Error> {
        let reading = &self.question.input.reading;
        let inputs = reading.find(&self.question.input.inputs)?;
        let bar = ProgressLine::new(inputs.progress());
        let mut rows = inputs.sentences(&reading.columns()?, reading.bad_rows())?;
        let finders: Vec<Finder> = self.question.targets.0.iter().map(Target::finder).collect();
        // The first batch tells which columns there are.
        let begun: OnceLock<(InputColumns, Layout)> = OnceLock::new();
        let mut output = None;
        let is_full = |batch: &[SentenceRow]| batch.len() >= BATCH_SENTENCES;
        let classify = |batch: Vec<SentenceRow>| {
            let Some(first) = batch.first() else { return Vec::new() };
            let (carried, layout) = begun.get_or_init(|| {
                let carried = InputColumns::new(first, model);
                let layout = Layout::new(self.format, carried.columns());
                (carried, layout)
            });
            made(batch.into_par_iter().chunks(BLOCK_SENTENCES), |block, out| {
                block.iter().try_for_each(|row| carried.add(row, model, &finders, layout, out))
            })
        };
        let write = |made: Vec<ClassifiedBatch>| {
            let Some((_, layout)) = begun.get().filter(|_| !made.is_empty()) else { return Ok(()) };
            if output.is_none() {
                output = Some(self.create(layout)?);
            }
            bar.tick();
            output.as_mut().map_or(Ok(()), |output| write(output, made))
        };
        for_each_batch(&mut rows, is_full, classify, write)?;
        say_skipped(rows.skipped());
        output.map_or(Ok(()), Output::finish)
    }

    /// Opens what is written to and writes what stands before the first row.
    fn create(&self, layout: &Layout) -> Result<Output, Error> {
        let mut output = self.output.create_beside(self.question.paths())?;
        append(&mut output, &layout.head())?;
        Ok(output)
    }
}

/// The rows of an item, and why there are no more where there are none.
struct ClassifiedBatch {
    rows: Vec<u8>,
    end: Result<(), Error>,
}

/// Makes the rows of items on every core, and frees the items there too, which takes time.
fn made<T: Send>(
    items: impl IndexedParallelIterator<Item = T>,
    add: impl Fn(&T, &mut Vec<u8>) -> Result<(), Error> + Sync,
) -> Vec<ClassifiedBatch> {
    let of_item = |item: T| {
        let mut rows = Vec::with_capacity(BYTES_MADE);
        let end = add(&item, &mut rows);
        ClassifiedBatch { rows, end }
    };
    items.map(of_item).collect()
}

/// Writes the rows of items in their order. Where an item failed, those before it are written.
fn write(output: &mut Output, made: Vec<ClassifiedBatch>) -> Result<(), Error> {
    for ClassifiedBatch { rows, end } in made {
        append(output, &rows)?;
        end?;
    }
    Ok(())
}

fn append(output: &mut Output, bytes: &[u8]) -> Result<(), Error> {
    output.write_all(bytes).map_err(|error| output.failed(error))
}

/// The columns of sentence rows that are written back as they were given, and ours behind them.
struct InputColumns {
    given: Arc<[String]>,
    /// Places among the given columns of those that are kept: all but ours.
    kept: Vec<usize>,
    ours: Vec<String>,
}

impl InputColumns {
    fn new(first: &SentenceRow, model: &Model) -> Self {
        let given = Arc::clone(first.row.columns());
        let mut ours = sentence_table::prediction_columns(model);
        ours.push("model".to_string());
        let kept = (0..given.len()).filter(|&at| !ours.contains(&given[at])).collect();
        InputColumns { given, kept, ours }
    }

    fn columns(&self) -> Vec<String> {
        self.kept
            .iter()
            .map(|&at| self.given[at].clone())
            .chain(self.ours.iter().cloned())
            .collect()
    }

    fn add(
        &self,
        row: &SentenceRow,
        model: &Model,
        targets: &[Finder],
        layout: &Layout,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let columns = row.row.columns();
        // The rows of one table share their columns.
        let is_usual = Arc::ptr_eq(columns, &self.given) || *columns == self.given;
        let strange = columns.iter().find(|column| !is_usual && !self.given.contains(column));
        if let Some(strange) = strange {
            let reason = format!("column `{strange}` is not among the first row's; name all there");
            return Err(Error::row(&row.path, row.row.line, reason));
        }
        let prediction = model.predict(row.text(), &place(row, targets));
        let field = |&at: &usize| {
            let named = || columns.iter().position(|column| *column == self.given[at]);
            let at = if is_usual { Some(at) } else { named() };
            Cell::text(at.and_then(|at| row.row.fields.get(at)).unwrap_or_default())
        };
        let ours = sentence_table::prediction_cells(Some(&prediction), model);
        let last = std::iter::once(Cell::text(model.name()));
        layout.add(self.kept.iter().map(field).chain(ours).chain(last), out);
        Ok(())
    }
}

/// Where a row's own target stands; where it has none, the first of the targets that is found.
fn place(row: &SentenceRow, targets: &[Finder]) -> Vec<Span> {
    if !row.target().is_empty() {
        return Target::named(row.target()).mentions_beside(row.text(), row.mention.as_ref());
    }
    let found = targets.iter().map(|target| target.mentions(row.text()));
    found.into_iter().find(|mentions| !mentions.is_empty()).unwrap_or_default()
}
