use std::path::{Path, PathBuf};

use clap::Args;

use super::label_files::source;
use super::progress_bar;
use crate::error::Error;
use crate::io;
use crate::model::card::Source;
use crate::training::dataset::Dataset;
use crate::word_vectors::{StemMerger, WordUse, WordVectorFile, WordVectors};

/// Vectors and scores of words, known before training.
#[derive(Debug, Args)]
pub(super) struct WordOptions {
    /// Word vectors as text (GloVe, word2vec), also .gz and .zst, the most frequent words first: words
    /// of like meaning are to weigh alike, and frequent ones that LABELS lack get a weight too
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,
    /// A table of words with scores, such as of sentiment (columns word, score): used likewise
    #[arg(long, value_name = "FILE")]
    word_scores: Option<PathBuf>,
}

impl WordOptions {
    /// The files that are named.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.vectors.iter().chain(&self.word_scores)
    }

    /// Reads the vectors and scores of a dataset's words; none where no file is named.
    pub(super) fn read(&self, dataset: &Dataset) -> Result<Option<WordVectors>, Error> {
        if self.files().next().is_none() {
            return Ok(None);
        }
        let mut merger = StemMerger::of(dataset.stems());
        let mut files = Vec::new();
        if let Some(path) = &self.word_scores {
            let mut count = Count::default();
            io::word_scores(path, |word, score| count.add(merger.score(word, score)))?;
            files.push(count.file(path, 1)?);
        }
        if let Some(path) = &self.vectors {
            let mut count = Count::default();
            let dimension = io::word_vectors(path, |word, vector| {
                count.add(merger.vector(word, vector));
            })?;
            files.push(count.file(path, dimension)?);
        }
        Ok(Some(merger.finish(files)))
    }
}

/// How many words of a file are used.
#[derive(Default)]
struct Count {
    n_used: usize,
    n_twice: usize,
}

impl Count {
    fn add(&mut self, used: WordUse) {
        self.n_used += usize::from(used == WordUse::Used);
        self.n_twice += usize::from(used == WordUse::Duplicate);
    }

    /// The file as a model's card names it; notes words that stand in it twice.
    ///
    /// # Errors
    /// None of its words occurs.
    fn file(self, path: &Path, dimension: usize) -> Result<WordVectorFile, Error> {
        if self.n_used == 0 {
            let reason = "none of its words occurs; expected English words in small letters";
            return Err(Error::file(path, reason));
        }
        if self.n_twice > 0 {
            let (path, n) = (path.display(), self.n_twice);
            progress_bar::say(&format!(
                "note: {path} has {n} words twice; the first of each counts"
            ));
        }
        let Source { name, sha256 } = source(path)?;
        Ok(WordVectorFile { name, sha256, dimension, n_words: self.n_used })
    }
}
