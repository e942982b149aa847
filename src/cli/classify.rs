use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::options::{InputOptions, OutputOption, QuestionOptions, say_skipped};
use super::progress::Bar;
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::io::{Inputs, Output, Records, Sentence};
use crate::model::Model;
use crate::render::sentences::{Format, Layout};
use crate::table::{self, Cell};
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
    question: QuestionOptions,
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

/// So many articles, or so many bytes of them, are worked on together.
const BATCH_ARTICLES: usize = 1024;
const BATCH_BYTES: usize = 8 << 20;

/// So many sentences are, and so many of them by one core at a time.
const BATCH_SENTENCES: usize = 1024;
const BLOCK_SENTENCES: usize = 64;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let model = self.question.model.read()?;
        match self.unit {
            Unit::Article => self.articles(model),
            Unit::Sentence => self.sentences(&model),
        }
    }

    fn articles(self, model: Model) -> Result<(), Error> {
        let mut table = Table::create(&self, table::columns(&model))?;
        let classifier = Classifier::new(model, self.question.targets.0);
        for_each_batch(&self.question.input, |batch| {
            let classified = classifier.classify_together(&batch);
            table.write(&classified, |article, layout, out| {
                let rows = article.iter().flat_map(|found| table::rows(found, &classifier));
                rows.for_each(|row| layout.add(row, out));
                Ok(())
            })
        })?;
        table.finish()
    }

    fn sentences(self, model: &Model) -> Result<(), Error> {
        let reading = &self.question.input.reading;
        let inputs = reading.find(&self.question.input.inputs)?;
        let bar = Bar::new(inputs.progress());
        let mut rows = inputs.sentences(&reading.columns()?, reading.bad_rows())?;
        let finders: Vec<Finder> = self.question.targets.0.iter().map(Target::finder).collect();
        let mut begun: Option<(Carried, Table)> = None;
        let is_full = |batch: &[Sentence]| batch.len() >= BATCH_SENTENCES;
        while_reading(&mut rows, is_full, |batch| {
            let Some(first) = batch.first() else { return Ok(()) };
            let (carried, table) = if let Some(begun) = &mut begun {
                begun
            } else {
                let carried = Carried::new(first, model);
                let table = Table::create(&self, carried.columns())?;
                begun.insert((carried, table))
            };
            let blocks: Vec<&[Sentence]> = batch.chunks(BLOCK_SENTENCES).collect();
            table.write(&blocks, |block, layout, out| {
                block.iter().try_for_each(|row| carried.add(row, model, &finders, layout, out))
            })?;
            bar.tick();
            Ok(())
        })?;
        say_skipped(rows.skipped());
        begun.map_or(Ok(()), |(_, table)| table.finish())
    }
}

/// The sentence table on its way to where it goes.
struct Table {
    layout: Layout,
    output: Output,
}

impl Table {
    fn create(arguments: &Arguments, columns: Vec<String>) -> Result<Self, Error> {
        let output = arguments.output.create_beside(arguments.question.paths())?;
        let layout = Layout::new(arguments.format, columns);
        let mut table = Table { layout, output };
        table.append(&table.layout.head())?;
        Ok(table)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.write_all(bytes).map_err(|error| self.output.failed(error))
    }

    /// Adds the rows of items: made on every core, written in their order. Where an item fails, those
    /// before it are written.
    fn write<T: Sync>(
        &mut self,
        items: &[T],
        add: impl Fn(&T, &Layout, &mut Vec<u8>) -> Result<(), Error> + Sync,
    ) -> Result<(), Error> {
        let layout = &self.layout;
        let rows = |item| {
            let mut rows = Vec::new();
            let added = add(item, layout, &mut rows);
            (rows, added)
        };
        let made: Vec<(Vec<u8>, Result<(), Error>)> = items.par_iter().map(rows).collect();
        for (rows, added) in made {
            self.append(&rows)?;
            added?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Error> {
        self.output.finish()
    }
}

/// Reads articles and hands them over in batches; tells which rows were left out.
pub(super) fn for_each_batch(
    input: &InputOptions,
    work: impl FnMut(Vec<Article>) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    for_each_batch_of(input.reading.find(&input.inputs)?, input, work)
}

/// The same of inputs that have been found.
pub(super) fn for_each_batch_of(
    inputs: Inputs,
    input: &InputOptions,
    mut work: impl FnMut(Vec<Article>) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let bar = Bar::new(inputs.progress());
    let mut articles = inputs.articles(&input.reading.columns()?, input.reading.bad_rows())?;
    let is_full = |batch: &[Article]| {
        let bytes: usize = batch.iter().map(|article| article.text.len()).sum();
        batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES
    };
    while_reading(&mut articles, is_full, |batch| {
        work(batch)?;
        bar.tick();
        Ok(())
    })?;
    say_skipped(articles.skipped());
    Ok(())
}

/// Some records, and why there are no more where there are none.
struct Batch<T> {
    records: Vec<T>,
    end: Option<Result<(), Error>>,
}

impl<T> Batch<T> {
    fn read(from: &mut Records<T>, is_full: &impl Fn(&[T]) -> bool) -> Self {
        let mut records = Vec::new();
        while !is_full(&records) {
            match from.next() {
                Some(Ok(record)) => records.push(record),
                Some(Err(error)) => return Batch { records, end: Some(Err(error)) },
                None => return Batch { records, end: Some(Ok(())) },
            }
        }
        Batch { records, end: None }
    }
}

/// Works on records batch after batch, while the next one is being read.
fn while_reading<T: Send>(
    records: &mut Records<T>,
    is_full: impl Fn(&[T]) -> bool + Sync,
    mut work: impl FnMut(Vec<T>) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let mut batch = Batch::read(records, &is_full);
    while batch.end.is_none() {
        let read = || Batch::read(records, &is_full);
        let (next, done) = rayon::join(read, || work(batch.records));
        done?;
        batch = next;
    }
    work(batch.records)?;
    batch.end.unwrap_or(Ok(()))
}

/// The columns of sentence rows that are written back as they were given, and ours behind them.
struct Carried {
    given: Arc<[String]>,
    /// Places among the given columns of those that are kept: all but ours.
    kept: Vec<usize>,
    ours: Vec<String>,
}

impl Carried {
    fn new(first: &Sentence, model: &Model) -> Self {
        let given = Arc::clone(&first.columns);
        let mut ours = table::prediction_columns(model);
        ours.push("model".to_string());
        let kept = (0..given.len()).filter(|&at| !ours.contains(&given[at])).collect();
        Carried { given, kept, ours }
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
        row: &Sentence,
        model: &Model,
        targets: &[Finder],
        layout: &Layout,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let Sentence { columns, fields, .. } = row;
        // The rows of one table share their columns.
        let is_usual = Arc::ptr_eq(columns, &self.given) || *columns == self.given;
        let strange = columns.iter().find(|column| !is_usual && !self.given.contains(column));
        if let Some(strange) = strange {
            let reason = format!("column `{strange}` is not among the first row's; name all there");
            return Err(Error::row(&row.path, row.line, reason));
        }
        let prediction = model.predict(row.text(), &place(row, targets));
        let field = |&at: &usize| {
            let named = || columns.iter().position(|column| *column == self.given[at]);
            let at = if is_usual { Some(at) } else { named() };
            Cell::text(at.and_then(|at| fields.get(at)).unwrap_or_default())
        };
        let ours = table::prediction_cells(Some(&prediction), model);
        let last = std::iter::once(Cell::text(model.name()));
        layout.add(self.kept.iter().map(field).chain(ours).chain(last), out);
        Ok(())
    }
}

/// Where a row's own target stands; where it has none, the first of the targets that is found.
fn place(row: &Sentence, targets: &[Finder]) -> Vec<Span> {
    if !row.target().is_empty() {
        return Target::named(row.target()).mentions_beside(row.text(), row.mention.as_ref());
    }
    let found = targets.iter().map(|target| target.mentions(row.text()));
    found.into_iter().find(|mentions| !mentions.is_empty()).unwrap_or_default()
}
