//! The encoder: a transformer that turns a sentence and its target into dense features.
//!
//! ```text
//! ModelInput ─ sequence (word_piece) ─► pieces ─ transformer (attention, linear) ─► states ─ pooling ─► features
//! ```
//!
//! The weights are integers of 8 bits with a scale for each row, the activations integers of 8 bits with a
//! scale for each token; the products are those of `rten-gemm`. The same input gives the same features on
//! any number of threads and beside any other inputs.

mod attention;
mod checkpoint;
mod linear;
mod pooling;
mod row_kernels;
mod sequence;
mod transformer;
mod word_piece;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::checkpoint::Checkpoint;
pub use self::checkpoint::Description;
use self::pooling::Pooling;
use self::sequence::Sequence;
use self::transformer::Transformer;
use self::word_piece::WordPiece;
use crate::model_input::ModelInput;

/// Maximum number of pieces that are read together; more do not fit the processor's cache.
const BATCH_PIECES: usize = 256;

/// Turns inputs into features.
#[derive(Debug)]
pub struct Encoder {
    name: String,
    description: Description,
    word_piece: WordPiece,
    transformer: Transformer,
    pooling: Pooling,
}

impl Encoder {
    /// Reads an encoder from the bytes of its files, the one with the metadata first.
    ///
    /// # Errors
    /// Says what is damaged, missing or of another format.
    pub fn from_bytes(files: &[&[u8]]) -> Result<Self, String> {
        let checkpoint = Checkpoint::open(files)?;
        let vocabulary = checkpoint.text("vocabulary")?;
        let n_pieces = vocabulary.split('\n').count();
        let n_embeddings = checkpoint.n_rows("m.embeddings.word_embeddings.weight")?;
        if n_pieces != n_embeddings {
            return Err(format!(
                "the encoder has {n_pieces} pieces, but {n_embeddings} embeddings"
            ));
        }
        let word_piece = WordPiece::new(vocabulary)?;
        let pooling = Pooling::new(&checkpoint)?;
        let (transformer, name) =
            rayon::join(|| Transformer::new(&checkpoint), || short_name(&checkpoint, files));
        let (transformer, description) = (transformer?, checkpoint.description);
        Ok(Encoder { name, description, word_piece, transformer, pooling })
    }

    /// A short name, the same for the same files: `mpnet-1f3a9c20`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its first file says about it.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Length of the features.
    pub fn n_features(&self) -> usize {
        self.pooling.n_features()
    }

    /// What `map` makes of the features of each input, in order and on every core. `done` is told after
    /// every few inputs how many more are ready.
    pub fn map_features<T: Send>(
        &self,
        inputs: &[ModelInput<'_>],
        map: impl Fn(&[f32]) -> T + Sync,
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<T> {
        let sequences: Vec<Sequence> =
            inputs.par_iter().map(|input| Sequence::new(input, &self.word_piece)).collect();
        let mut by_length: Vec<usize> = (0..sequences.len()).collect();
        by_length.sort_by_key(|&at| sequences[at].pieces.len());
        let of_batch = |batch: &&[usize]| {
            let sequences: Vec<&Sequence> = batch.iter().map(|&at| &sequences[at]).collect();
            let mapped: Vec<T> =
                self.of_batch(&sequences).iter().map(|features| map(features)).collect();
            done(batch.len());
            mapped
        };
        let found: Vec<Vec<T>> = batches(&by_length, &sequences).par_iter().map(of_batch).collect();
        let mut placed: Vec<(usize, T)> =
            by_length.into_iter().zip(found.into_iter().flatten()).collect();
        placed.sort_by_key(|(at, _)| *at);
        placed.into_iter().map(|(_, mapped)| mapped).collect()
    }

    fn of_batch(&self, sequences: &[&Sequence]) -> Vec<Vec<f32>> {
        let pieces: Vec<&[u32]> = sequences.iter().map(|sequence| &sequence.pieces[..]).collect();
        let states = self.transformer.states(&pieces);
        let mut rest = &states[..];
        let of_sequence = |sequence: &&Sequence| {
            let (states, after) = rest.split_at(sequence.pieces.len() * self.description.hidden);
            rest = after;
            self.pooling.features(states, sequence)
        };
        sequences.iter().map(of_sequence).collect()
    }
}

/// Runs of sequences that are read together.
fn batches<'a>(by_length: &'a [usize], sequences: &[Sequence]) -> Vec<&'a [usize]> {
    let mut batches = Vec::new();
    let mut rest = by_length;
    while !rest.is_empty() {
        let mut n_pieces = 0;
        let fits = |at: &&usize| {
            n_pieces += sequences[**at].pieces.len();
            n_pieces <= BATCH_PIECES
        };
        let n = rest.iter().take_while(fits).count().max(1);
        let (batch, after) = rest.split_at(n);
        batches.push(batch);
        rest = after;
    }
    batches
}

/// The architecture and the first digits of the SHA-256 of the files.
fn short_name(checkpoint: &Checkpoint<'_>, files: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    files.iter().for_each(|bytes| digest.update(bytes));
    let digits: String = digest.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{digits}", checkpoint.description.architecture)
}
