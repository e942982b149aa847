use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::options::{InputOptions, OutputOption, QuestionOptions, say_skipped};
use super::progress::Bar;
use crate::article::Article;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::example::Example;
use crate::io::{Labelled, Labels, Output};
use crate::model::Model;
use crate::render::sentences::{Format, Writer};
use crate::table::{self, Cell};
use crate::target::Target;
use crate::training::items::mentions;

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

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let model = self.question.model.read()?;
        match self.unit {
            Unit::Article => self.articles(model),
            Unit::Sentence => self.sentences(&model),
        }
    }

    fn articles(self, model: Model) -> Result<(), Error> {
        let mut table = Sentences::create(&self, table::columns(&model))?;
        let classifier = Classifier::new(model, self.question.targets.0);
        for_each_batch(&self.question.input, |batch| {
            for article in classifier.classify_together(&batch) {
                for classified in &article {
                    for row in table::rows(classified, &classifier) {
                        table.write(&row)?;
                    }
                }
            }
            Ok(())
        })?;
        table.finish()
    }

    fn sentences(self, model: &Model) -> Result<(), Error> {
        let reading = &self.question.input.reading;
        let inputs = reading.find(&self.question.input.inputs)?;
        let bar = Bar::new(inputs.progress());
        let mut rows =
            inputs.examples(&reading.columns()?, Labels::Optional, reading.bad_rows())?;
        let Some(first) = rows.next().transpose()? else { return Ok(()) };
        let carried = Carried::new(&first, model);
        let mut table = Sentences::create(&self, carried.columns())?;
        let mut next = Some(Ok(first));
        while let Some(row) = next {
            table.write(&carried.row(&row?, model, &self.question.targets.0)?)?;
            bar.tick();
            next = rows.next();
        }
        say_skipped(rows.skipped());
        table.finish()
    }
}

/// The sentence table on its way to where it goes.
struct Sentences {
    writer: Writer<Output>,
    path: PathBuf,
}

impl Sentences {
    fn create(arguments: &Arguments, columns: Vec<String>) -> Result<Self, Error> {
        let output = arguments.output.create_beside(arguments.question.paths())?;
        let path = output.path().to_path_buf();
        let writer =
            Writer::new(output, arguments.format, columns).map_err(|e| Error::write(&path, e))?;
        Ok(Sentences { writer, path })
    }

    fn write(&mut self, cells: &[Cell]) -> Result<(), Error> {
        self.writer.write(cells).map_err(|error| Error::write(&self.path, error))
    }

    fn finish(self) -> Result<(), Error> {
        self.writer.finish().map_err(|error| Error::write(&self.path, error))?.finish()
    }
}

/// Reads articles and hands them over in batches; tells which rows were left out.
pub(super) fn for_each_batch(
    input: &InputOptions,
    mut work: impl FnMut(Vec<Article>) -> Result<(), Error>,
) -> Result<(), Error> {
    let inputs = input.reading.find(&input.inputs)?;
    let bar = Bar::new(inputs.progress());
    let mut articles = inputs.articles(&input.reading.columns()?, input.reading.bad_rows())?;
    let mut batch = Vec::new();
    let mut bytes = 0;
    while let Some(article) = articles.next().transpose()? {
        bytes += article.text.len();
        batch.push(article);
        if batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES {
            work(std::mem::take(&mut batch))?;
            bytes = 0;
            bar.tick();
        }
    }
    work(batch)?;
    say_skipped(articles.skipped());
    Ok(())
}

/// The columns of sentence rows that are written back as they were given, and ours behind them.
struct Carried {
    given: Vec<String>,
    /// Places among the given columns of those that are kept: all but ours.
    kept: Vec<usize>,
    ours: Vec<String>,
}

impl Carried {
    fn new(first: &Labelled, model: &Model) -> Self {
        let given = first.columns.to_vec();
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

    fn row(
        &self,
        labelled: &Labelled,
        model: &Model,
        targets: &[Target],
    ) -> Result<Vec<Cell>, Error> {
        let Labelled { example, columns, fields } = labelled;
        if let Some(strange) = columns.iter().find(|column| !self.given.contains(column)) {
            let reason = format!("column `{strange}` is not among the first row's; name all there");
            return Err(Error::row(&example.path, example.line, reason));
        }
        let prediction = model.predict(&example.text, &place(example, targets));
        let field = |name: &String| {
            let at = columns.iter().position(|column| column == name);
            Cell::Text(at.map_or_else(String::new, |at| fields[at].clone()))
        };
        let kept = self.kept.iter().map(|&at| field(&self.given[at]));
        let model_name = Cell::Text(model.name().to_string());
        let ours =
            table::prediction_cells(Some(&prediction), model).into_iter().chain([model_name]);
        Ok(kept.chain(ours).collect())
    }
}

/// Where a row's own target stands; where it has none, the first of the targets that is found.
fn place(example: &Example, targets: &[Target]) -> Vec<crate::text::Span> {
    if !example.target.is_empty() {
        return mentions(example);
    }
    let found = targets.iter().map(|target| target.mentions(&example.text));
    found.into_iter().find(|mentions| !mentions.is_empty()).unwrap_or_default()
}
