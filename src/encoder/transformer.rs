//! The transformer: pieces go in, a state for each comes out.

use rayon::prelude::*;
use rten_simd::SimdUnaryOp;
use rten_vecmath::Gelu;

use super::attention::{self, Attention};
use super::checkpoint::{Checkpoint, Int8Matrix};
use super::linear::{self, IntegerProducts, Linear};
use super::row_kernels::LayerNorm;

/// Maximum number of pieces in a sequence.
pub(super) const MAX_PIECES: usize = 256;

/// Position embeddings begin at this row, behind that of the padding.
const FIRST_POSITION: usize = 2;

/// Number of ranges of distances that have a bias of their own.
const N_BUCKETS: usize = 32;

/// MPNet (Song et al. 2020): a BERT without token types and with relative positions.
pub(super) struct Transformer {
    hidden: usize,
    embeddings: Embeddings,
    attention: Attention,
    layers: Vec<Layer>,
}

/// What a piece and its place are before the first layer.
#[derive(Debug)]
struct Embeddings {
    pieces: Int8Matrix,
    positions: Int8Matrix,
    norm: LayerNorm,
}

#[derive(Debug)]
struct Layer {
    /// Queries, keys and values together.
    projections: Linear,
    attention_output: Linear,
    attention_norm: LayerNorm,
    intermediate: Linear,
    output: Linear,
    output_norm: LayerNorm,
}

/// What a forward pass needs.
#[derive(Default)]
struct Buffers {
    linear: linear::Buffers,
    attention: attention::Buffers,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    attended: Vec<f32>,
}

impl std::fmt::Debug for Transformer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transformer({} layers of {})", self.layers.len(), self.hidden)
    }
}

impl Transformer {
    /// Reads and packs all weights.
    pub(super) fn new(checkpoint: &Checkpoint<'_>) -> Result<Self, String> {
        let hidden = checkpoint.description.hidden;
        let read = Read { checkpoint };
        let pieces = "m.embeddings.word_embeddings.weight";
        let positions = "m.embeddings.position_embeddings.weight";
        let embeddings = Embeddings {
            pieces: checkpoint.matrix(pieces, checkpoint.n_rows(pieces)?, hidden)?,
            positions: checkpoint.matrix(positions, checkpoint.n_rows(positions)?, hidden)?,
            norm: read.norm("m.embeddings.LayerNorm")?,
        };
        if embeddings.positions.scales.len() < MAX_PIECES + FIRST_POSITION {
            return Err(format!("the encoder has fewer than {MAX_PIECES} positions"));
        }
        let buckets = "m.encoder.relative_attention_bias.weight";
        let buckets = checkpoint.matrix(buckets, N_BUCKETS, checkpoint.description.heads)?;
        let attention = Attention::new(&buckets, N_BUCKETS, hidden, MAX_PIECES);
        let layers =
            (0..checkpoint.description.layers).into_par_iter().map(|layer| read.layer(layer));
        let layers = layers.collect::<Result<_, _>>()?;
        Ok(Transformer { hidden, embeddings, attention, layers })
    }

    /// The state of each piece after the last layer: rows of hidden length, sequence after sequence. A
    /// sequence's states do not depend on what stands beside it.
    pub(super) fn states(&self, sequences: &[&[u32]]) -> Vec<f32> {
        let mut states = self.embedded(sequences);
        let mut buffers = Buffers::default();
        for layer in &self.layers {
            self.attend(layer, sequences, &mut states, &mut buffers);
            Self::feed_forward(layer, &mut states, &mut buffers);
        }
        states
    }

    fn embedded(&self, sequences: &[&[u32]]) -> Vec<f32> {
        let n_pieces: usize = sequences.iter().map(|pieces| pieces.len()).sum();
        let mut states = Vec::with_capacity(n_pieces * self.hidden);
        for sequence in sequences {
            for (&piece, position) in sequence.iter().zip(FIRST_POSITION..) {
                let of_piece = self.embeddings.pieces.row(piece as usize);
                states.extend(
                    of_piece.zip(self.embeddings.positions.row(position)).map(|(a, b)| a + b),
                );
            }
        }
        self.embeddings.norm.apply(&mut states);
        states
    }

    fn attend(
        &self,
        layer: &Layer,
        sequences: &[&[u32]],
        states: &mut [f32],
        buffers: &mut Buffers,
    ) {
        let Buffers { linear, attention, wide, narrow, attended } = buffers;
        layer.projections.apply(states, linear, wide);
        attended.resize(states.len(), 0.0);
        let mut before = 0;
        for sequence in sequences {
            let n = sequence.len() * self.hidden;
            let (projections, attended) =
                (&wide[3 * before..][..3 * n], &mut attended[before..][..n]);
            self.attention.apply(projections, attention, attended);
            before += n;
        }
        layer.attention_output.apply(attended, linear, narrow);
        add(states, narrow);
        layer.attention_norm.apply(states);
    }

    fn feed_forward(layer: &Layer, states: &mut [f32], buffers: &mut Buffers) {
        let Buffers { linear, wide, narrow, .. } = buffers;
        layer.intermediate.apply(states, linear, wide);
        Gelu {}.map_mut(wide);
        layer.output.apply(wide, linear, narrow);
        add(states, narrow);
        layer.output_norm.apply(states);
    }
}

fn add(states: &mut [f32], others: &[f32]) {
    states.iter_mut().zip(others).for_each(|(state, other)| *state += other);
}

/// Reads the parts of layers by the names that they have in the file.
struct Read<'r> {
    checkpoint: &'r Checkpoint<'r>,
}

impl Read<'_> {
    fn layer(&self, layer: usize) -> Result<Layer, String> {
        let (hidden, inner) =
            (self.checkpoint.description.hidden, self.checkpoint.description.intermediate);
        let name = |part: &str| format!("m.encoder.layer.{layer}.{part}");
        let projections = ["q", "k", "v"].map(|part| name(&format!("attention.attn.{part}")));
        Ok(Layer {
            projections: self.linear(&projections, hidden, hidden)?,
            attention_output: self.linear(&[name("attention.attn.o")], hidden, hidden)?,
            attention_norm: self.norm(&name("attention.LayerNorm"))?,
            intermediate: self.linear(&[name("intermediate.dense")], inner, hidden)?,
            output: self.linear(&[name("output.dense")], hidden, inner)?,
            output_norm: self.norm(&name("output.LayerNorm"))?,
        })
    }

    /// One layer of several matrices with as many outputs each, one below the other.
    fn linear(
        &self,
        names: &[String],
        n_outputs: usize,
        n_inputs: usize,
    ) -> Result<Linear, String> {
        let mut weights =
            Int8Matrix { values: Vec::new(), scales: Vec::new(), n_columns: n_inputs };
        let mut biases = Vec::new();
        for name in names {
            let matrix = self.checkpoint.matrix(&format!("{name}.weight"), n_outputs, n_inputs)?;
            weights.values.extend(matrix.values);
            weights.scales.extend(matrix.scales);
            biases.extend(self.checkpoint.vector(&format!("{name}.bias"), n_outputs)?);
        }
        let multiply = IntegerProducts::new();
        Ok(Linear::new(&multiply, weights, biases, multiply.may_saturate()))
    }

    fn norm(&self, name: &str) -> Result<LayerNorm, String> {
        let vector = |part| {
            self.checkpoint.vector(&format!("{name}.{part}"), self.checkpoint.description.hidden)
        };
        Ok(LayerNorm { scale: vector("weight")?, bias: vector("bias")? })
    }
}
