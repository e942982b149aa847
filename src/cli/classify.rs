use std::sync::{Arc, OnceLock};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::batches::{for_each_article_batch, for_each_batch};
use super::progress_bar::{EncoderBar, ProgressLine, watched};
use super::rare_targets::say_rare_targets;
use super::shared_options::{
    InputOptions, OutputOption, TargetOptions, mark_for_excel, say_reading,
};
use super::table_output::{MadeRows, TableOutput, TableRows, made_rows};
use crate::article::Article;
use crate::classifier::{Classified, Classifier};
use crate::error::Error;
use crate::io::{self, SentenceRow};
use crate::model::{Model, Prediction, ReaderKind};
use crate::model_input::ModelInput;
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
    /// How to write the table [default: as the name of --out tells, else csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Begin CSV with a mark by which Excel knows its encoding
    #[arg(long)]
    excel: bool,
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

/// The formats that the endings of names tell.
const ENDINGS: [(&str, Format); 4] = [
    ("csv", Format::Csv),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("parquet", Format::Parquet),
];

/// What is known of an article before it is classified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyedArticle {
    /// As given, or made.
    pub id: String,
    /// The length of its text.
    pub bytes: usize,
    /// The same for articles that are one, of which the first one is read; none where nothing tells it.
    pub duplicate: Option<u64>,
    /// Whether the options select it.
    pub is_selected: bool,
}

/// Number of sentences that are classified together, and by one core at a time.
const BATCH_SENTENCES: usize = 8192;
const BLOCK_SENTENCES: usize = 128;

impl Arguments {
    pub(super) fn run(self) -> Result<(), Error> {
        let format = match self.format {
            Some(format) => format,
            None => self.output.told_format(&ENDINGS)?.unwrap_or(Format::Csv),
        };
        let model = self.question.model.read()?;
        match self.unit {
            Unit::Article => self.articles(model, format),
            Unit::Sentence => self.sentences(&model, format),
        }
    }

    fn articles(self, model: Model, format: Format) -> Result<(), Error> {
        let layout = Layout::new(format, sentence_table::columns(&model));
        let mut output = self.create(&layout)?;
        let classifier = watched(Classifier::new(model, self.question.targets.0));
        let input = &self.question.input;
        let rows_of = |classifier: &Classifier, batch: Vec<Vec<Classified<'_>>>| {
            made_rows(batch.into_par_iter(), format, |article, rows| {
                sentence_table::rows(article, classifier).for_each(|row| rows.add(row, &layout));
                Ok(())
            })
        };
        let write = |rows| output.write(rows);
        classify_together(&classifier, input, rows_of, write)?;
        output.finish()?;
        say_rare_targets(&classifier, input)
    }

    /// Classifies articles for a program that takes them as they are.
    pub(super) fn classified<M: Send>(
        self,
        process: impl Fn(&Classifier, Vec<Vec<Classified<'_>>>) -> M + Send,
        consume: impl FnMut(M) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        if self.unit != Unit::Article {
            return Err(Error::Option("expected --unit article".to_string()));
        }
        let classifier = Classifier::new(self.question.model.read()?, self.question.targets.0);
        let (classifier, input) = (watched(classifier), &self.question.input);
        classify_together(&classifier, input, process, consume)?;
        say_rare_targets(&classifier, input)
    }

    /// Hands over the articles that are read together, for a program that takes them as they are.
    pub(super) fn articles_together<M: Send>(
        &self,
        process: impl FnMut(Vec<Article>) -> M + Send,
        consume: impl FnMut(M) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        let input = &self.question.input;
        for_each_article_batch(input.find()?, input, process, consume)
    }

    /// Looks over all articles that are read.
    pub(super) fn survey(&self) -> Result<Vec<SurveyedArticle>, Error> {
        let input = &self.question.input;
        let mut articles = input.articles(input.find()?)?;
        let mut selection = input.selection.start();
        let mut surveyed = Vec::new();
        for article in &mut articles {
            let article = article?;
            let (bytes, id) = (article.text.len(), article.id.clone());
            let duplicate = io::duplicate_key(&article).map(|(key, _)| key);
            let is_selected = !selection.keep(vec![article]).is_empty();
            surveyed.push(SurveyedArticle { id, bytes, duplicate, is_selected });
        }
        say_reading(&articles);
        Ok(surveyed)
    }

    fn sentences(self, model: &Model, format: Format) -> Result<(), Error> {
        let (reading, options) = (&self.question.input.reading, &self.question.input.selection);
        let mut selection = options.start_rows()?;
        let inputs = reading.find(&self.question.input.inputs)?;
        let bar = ProgressLine::new(inputs.progress());
        let mut rows =
            inputs.sentences(&options.narrow(reading.columns()?)?, reading.bad_rows())?;
        let questions = Questions::new(&self.question.targets.0);
        // The first row tells which columns there are.
        let columns: OnceLock<(InputColumns, Layout)> = OnceLock::new();
        let mut output = None;
        let is_full = |batch: &[SentenceRow]| batch.len() >= BATCH_SENTENCES;
        let classify = |batch: Vec<SentenceRow>| {
            let batch = selection.keep_rows(batch);
            let Some(first) = batch.first() else { return Vec::new() };
            let (input_columns, layout) = columns.get_or_init(|| {
                let input_columns = InputColumns::new(first, model);
                let layout = Layout::new(format, input_columns.columns()).as_given();
                (input_columns, layout)
            });
            // An encoder reads all of them together; words are counted while a block is at hand.
            let read = (model.reader() == ReaderKind::Encoder).then(|| {
                let bar = EncoderBar::new(batch.len(), model.reader());
                questions.predict(&batch, model, &|more| bar.add(more))
            });
            let blocks = batch.into_par_iter().chunks(BLOCK_SENTENCES).enumerate();
            made_rows(blocks, format, |(number, block), out| {
                let counted = read.is_none().then(|| questions.predict(block, model, &|_| ()));
                let read = read.iter().flat_map(|all| &all[number * BLOCK_SENTENCES..]);
                let mut rows = block.iter().zip(counted.iter().flatten().chain(read));
                rows.try_for_each(|(row, found)| input_columns.add(row, found, model, layout, out))
            })
        };
        let write = |rows: Vec<MadeRows>| {
            let Some((_, layout)) = columns.get().filter(|_| !rows.is_empty()) else {
                return Ok(());
            };
            if output.is_none() {
                output = Some(self.create(layout)?);
            }
            bar.tick();
            output.as_mut().map_or(Ok(()), |output| output.write(rows))
        };
        for_each_batch(&mut rows, is_full, classify, write)?;
        say_reading(&rows);
        selection.say()?;
        output.map_or(Ok(()), TableOutput::finish)
    }

    /// Opens the output and writes the head of the table.
    fn create(&self, layout: &Layout) -> Result<TableOutput, Error> {
        let mut output = self.output.create_beside(self.question.paths())?;
        if self.excel {
            mark_for_excel(&mut output, layout.format() == Format::Csv)?;
        }
        TableOutput::new(output, layout)
    }
}

/// Classifies all articles, in batches that are classified together.
fn classify_together<M: Send>(
    classifier: &Classifier,
    input: &InputOptions,
    process: impl Fn(&Classifier, Vec<Vec<Classified<'_>>>) -> M + Send,
    consume: impl FnMut(M) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let process =
        move |batch: Vec<Article>| process(classifier, classifier.classify_together(&batch));
    for_each_article_batch(input.find()?, input, process, consume)
}

/// The columns of sentence rows: those that are copied from the input, then those of the prediction.
struct InputColumns {
    given: Arc<[String]>,
    /// Indices of the input columns that are copied: all but those of the prediction.
    copied: Vec<usize>,
    predicted: Vec<String>,
}

impl InputColumns {
    fn new(first: &SentenceRow, model: &Model) -> Self {
        let given = Arc::clone(first.row.columns());
        let mut predicted = sentence_table::prediction_columns(model);
        predicted.push("model".to_string());
        let copied = (0..given.len()).filter(|&at| !predicted.contains(&given[at])).collect();
        InputColumns { given, copied, predicted }
    }

    fn columns(&self) -> Vec<String> {
        self.copied
            .iter()
            .map(|&at| self.given[at].clone())
            .chain(self.predicted.iter().cloned())
            .collect()
    }

    fn add(
        &self,
        row: &SentenceRow,
        prediction: &Prediction,
        model: &Model,
        layout: &Layout,
        out: &mut TableRows,
    ) -> Result<(), Error> {
        let columns = row.row.columns();
        // The rows of one table share their columns.
        let is_usual = Arc::ptr_eq(columns, &self.given) || *columns == self.given;
        let unknown = columns.iter().find(|column| !is_usual && !self.given.contains(column));
        if let Some(unknown) = unknown {
            let reason = format!("column `{unknown}` is not among the first row's; name all there");
            return Err(Error::row(&row.path, row.row.line, reason));
        }
        let field = |&at: &usize| {
            let named = || columns.iter().position(|column| *column == self.given[at]);
            let at = if is_usual { Some(at) } else { named() };
            Cell::text(at.and_then(|at| row.row.fields.get(at)).unwrap_or_default())
        };
        let predicted = sentence_table::prediction_cells(Some(prediction), model);
        let last = std::iter::once(Cell::text(model.name()));
        out.add(self.copied.iter().map(field).chain(predicted).chain(last), layout);
        Ok(())
    }
}

/// The targets of rows that name none themselves.
struct Questions<'t> {
    targets: &'t [Target],
    finders: Vec<Finder>,
}

impl<'t> Questions<'t> {
    fn new(targets: &'t [Target]) -> Self {
        Questions { targets, finders: targets.iter().map(Target::finder).collect() }
    }

    /// What the model says of each row. `done` is told while an encoder reads how many more are read.
    fn predict(
        &self,
        rows: &[SentenceRow],
        model: &Model,
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<Prediction> {
        let found: Vec<(Vec<Span>, &str)> = rows.iter().map(|row| self.target_in(row)).collect();
        let inputs: Vec<ModelInput<'_>> = rows
            .iter()
            .zip(&found)
            .map(|(row, (mentions, subject))| input(row, mentions, subject))
            .collect();
        model.predict_all(&inputs, done)
    }

    /// Where a row's own target stands, and its name where the row gives one or no place; without an own
    /// target, those of the first target that is found, or of the first.
    fn target_in<'r>(&'r self, row: &'r SentenceRow) -> (Vec<Span>, &'r str) {
        let subject = row.subject();
        if !row.target().is_empty() {
            let target = Target {
                name: row.target().to_owned(),
                aliases: row.other_names(),
                ..Target::default()
            };
            let mentions = target.mentions_beside(row.text(), row.mention.as_ref());
            let is_looked_up = subject.is_empty() && row.mention.is_none();
            return (mentions, if is_looked_up { row.target() } else { subject });
        }
        let mut found =
            self.finders.iter().map(|target| target.mentions(row.text())).zip(self.targets);
        let found = found.find(|(mentions, _)| !mentions.is_empty());
        let name = |target: &'r Target| if subject.is_empty() { &target.name } else { subject };
        match found {
            Some((mentions, target)) => (mentions, name(target)),
            None => (Vec::new(), self.targets.first().map_or(subject, name)),
        }
    }
}

fn input<'a>(row: &'a SentenceRow, mentions: &'a [Span], subject: &'a str) -> ModelInput<'a> {
    let (title, before) = (row.title(), row.before());
    ModelInput { subject, title, before, ..ModelInput::sentence(row.text(), mentions) }
}
