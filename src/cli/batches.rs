//! Records in batches: one is classified on all cores while the next one is read.

use super::progress_bar::ProgressLine;
use super::shared_options::{InputOptions, say_reading};
use crate::article::Article;
use crate::error::Error;
use crate::io::{Inputs, Records};

/// Maximum number of articles, and of bytes of their texts, that are classified together.
pub const BATCH_ARTICLES: usize = 1024;
/// See [`BATCH_ARTICLES`]: a batch ends with the article that reaches it.
pub const BATCH_BYTES: usize = 8 << 20;

/// Reads articles and processes those that are selected in batches, as [`for_each_batch`] does; says which
/// rows were left out.
pub(super) fn for_each_article_batch<M: Send>(
    inputs: Inputs,
    input: &InputOptions,
    mut process: impl FnMut(Vec<Article>) -> M + Send,
    mut consume: impl FnMut(M) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let bar = ProgressLine::new(inputs.progress());
    let mut articles = input.articles(inputs)?;
    let mut selection = input.selection.start();
    let process = |batch| process(selection.keep(batch));
    let is_full = |batch: &[Article]| {
        let bytes: usize = batch.iter().map(|article| article.text.len()).sum();
        batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES
    };
    for_each_batch(&mut articles, is_full, process, |results| {
        bar.tick();
        consume(results)
    })?;
    say_reading(&articles);
    selection.say()
}

/// Some records, and how reading ended where there are no more.
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

/// Processes records batch after batch. While `process` works on one batch on all cores, the result
/// of the batch before goes to `consume`, and the next batch is read.
pub(super) fn for_each_batch<T: Send, M: Send>(
    records: &mut Records<T>,
    is_full: impl Fn(&[T]) -> bool + Sync,
    mut process: impl FnMut(Vec<T>) -> M + Send,
    mut consume: impl FnMut(M) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let mut batch = Batch::read(records, &is_full);
    let mut results = None;
    while batch.end.is_none() {
        let consume_and_read = || {
            let consumed = results.take().map_or(Ok(()), &mut consume);
            consumed.map(|()| Batch::read(records, &is_full))
        };
        let (next, processed) = rayon::join(consume_and_read, || process(batch.records));
        (batch, results) = (next?, Some(processed));
    }
    results.map_or(Ok(()), &mut consume)?;
    consume(process(batch.records))?;
    batch.end.unwrap_or(Ok(()))
}
