//! The files of an encoder: safetensors with matrices of 4 or 8 bits a weight. Its tensors may stand in
//! several files; the first one has the metadata.
//!
//! A matrix `NAME` of 8 bits is an I8 tensor of that name with one F32 scale per row in `NAME.scale`:
//! `weight = value · scale`. A matrix of 4 bits is a code of such a matrix: `NAME.codes` (U8, two codes a
//! byte, the low half first) and `NAME.blocks` (U8, two block indices a byte, one index for 32 columns) with
//! `value = levels[block index][code]`, where `levels` (I8, 16 × 16) is one tensor for the whole file. So both
//! are the same integers when they are used. Metadata: the key `framescope` holds JSON, [`Description`].

use safetensors::tensor::{Dtype, SafeTensors};
use serde::Deserialize;

/// The version of the format that this program reads.
const VERSION: u32 = 1;

const METADATA_KEY: &str = "framescope";

/// Number of columns that share a block index.
const BLOCK: usize = 32;

/// What an encoder's file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Description {
    format: u32,
    kind: String,
    /// A short name, for people.
    pub name: String,
    /// The architecture; `mpnet` is the one that is known.
    pub architecture: String,
    /// Number of transformer layers.
    pub layers: usize,
    /// Length of a state.
    pub hidden: usize,
    /// Number of attention heads in a layer.
    pub heads: usize,
    /// Length of the inner state of a layer's feed-forward network.
    pub intermediate: usize,
    /// The pre-trained model that it was made from.
    pub base: String,
    /// The licence of its weights.
    pub licence: String,
}

/// A matrix of integers with a scale for each row.
#[derive(Debug)]
pub(super) struct Int8Matrix {
    /// Rows × columns, row by row.
    pub(super) values: Vec<i8>,
    /// What a row's values are multiplied by.
    pub(super) scales: Vec<f32>,
    pub(super) n_columns: usize,
}

impl Int8Matrix {
    /// A row's weights.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let scale = self.scales[row];
        let values = &self.values[row * self.n_columns..][..self.n_columns];
        values.iter().map(move |&value| f32::from(value) * scale)
    }
}

/// An encoder's files, opened.
pub(super) struct Checkpoint<'a> {
    files: Vec<SafeTensors<'a>>,
    pub(super) description: Description,
}

impl<'a> Checkpoint<'a> {
    /// Reads the heads of files. The first one has the metadata; tensors may stand in any.
    pub(super) fn open(files: &[&'a [u8]]) -> Result<Self, String> {
        let not_one = |error| format!("not an encoder, or a damaged one ({error})");
        let first = files.first().ok_or("no file of an encoder is given")?;
        let (_, header) = SafeTensors::read_metadata(first).map_err(not_one)?;
        let open = |bytes: &&'a [u8]| SafeTensors::deserialize(bytes).map_err(not_one);
        let files = files.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let json = header.metadata().as_ref().and_then(|info| info.get(METADATA_KEY));
        let json = json.ok_or("a safetensors file, but not an encoder of Framescope's format")?;
        let description: Description = serde_json::from_str(json)
            .map_err(|error| format!("the encoder's metadata is damaged ({error})"))?;
        description.check()?;
        Ok(Checkpoint { files, description })
    }

    /// A vector of a known length.
    pub(super) fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, String> {
        let vector = floats(self.bytes(name, Dtype::F32, length * size_of::<f32>())?);
        match vector.iter().find(|number| !number.is_finite()) {
            Some(found) => Err(format!("a number of the encoder's `{name}` is {found}")),
            None => Ok(vector),
        }
    }

    /// The bytes of a tensor of text.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, String> {
        let tensor = self.tensor(name)?;
        std::str::from_utf8(tensor.data())
            .map_err(|error| format!("the encoder's `{name}` is not UTF-8: {error}"))
    }

    /// Number of rows of a matrix, in either form.
    pub(super) fn n_rows(&self, name: &str) -> Result<usize, String> {
        Ok(self.tensor(&format!("{name}.scale"))?.shape().first().copied().unwrap_or(0))
    }

    /// Number of numbers in a vector.
    pub(super) fn n_floats(&self, name: &str) -> Result<usize, String> {
        Ok(self.tensor(name)?.data().len() / size_of::<f32>())
    }

    /// Whether there is a tensor of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensor(name).is_ok()
    }

    /// A matrix, in either form.
    pub(super) fn matrix(
        &self,
        name: &str,
        n_rows: usize,
        n_columns: usize,
    ) -> Result<Int8Matrix, String> {
        let scales = self.vector(&format!("{name}.scale"), n_rows)?;
        let n = n_rows * n_columns;
        let codes = format!("{name}.codes");
        let values = if self.has(&codes) {
            let codes = self.bytes(&codes, Dtype::U8, n / 2)?;
            let blocks = self.bytes(&format!("{name}.blocks"), Dtype::U8, n / (2 * BLOCK))?;
            decode(codes, blocks, &Levels::new(self.bytes("levels", Dtype::I8, 256)?))
        } else {
            self.bytes(name, Dtype::I8, n)?.iter().map(|byte| byte.cast_signed()).collect()
        };
        Ok(Int8Matrix { values, scales, n_columns })
    }

    fn tensor(&self, name: &str) -> Result<safetensors::tensor::TensorView<'a>, String> {
        let found = self.files.iter().find_map(|file| file.tensor(name).ok());
        found.ok_or_else(|| format!("the encoder has no tensor `{name}`"))
    }

    fn bytes(&self, name: &str, dtype: Dtype, length: usize) -> Result<&'a [u8], String> {
        let tensor = self.tensor(name)?;
        if tensor.dtype() != dtype || tensor.data().len() != length {
            return Err(format!(
                "the encoder's `{name}` has {} bytes of {}, expected {length} of {dtype}",
                tensor.data().len(),
                tensor.dtype()
            ));
        }
        Ok(tensor.data())
    }
}

impl Description {
    fn check(&self) -> Result<(), String> {
        if self.format != VERSION {
            return Err(format!(
                "encoder format {}, this program reads {VERSION}; take an encoder of that format",
                self.format
            ));
        }
        if self.kind != "encoder" || self.architecture != "mpnet" {
            return Err(format!(
                "the file holds a {} of architecture {}, expected an encoder of architecture mpnet",
                self.kind, self.architecture
            ));
        }
        let fits = |n: usize, most: usize| (1..=most).contains(&n);
        let sizes_fit = fits(self.layers, 48) && fits(self.hidden, 4096) && fits(self.heads, 64);
        let is_even = |n: usize| n.is_multiple_of(2 * BLOCK);
        if !sizes_fit
            || !fits(self.intermediate, 16_384)
            || !self.hidden.is_multiple_of(self.heads)
            || !is_even(self.hidden)
            || !is_even(self.intermediate)
        {
            return Err("the encoder's metadata gives sizes that no encoder has".to_string());
        }
        Ok(())
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect()
}

/// The two values that each byte of codes stands for, for every block index.
struct Levels(Vec<[[i8; 2]; 256]>);

impl Levels {
    fn new(levels: &[u8]) -> Self {
        let pairs = |levels: &[u8]| {
            let value = |code: usize| levels[code].cast_signed();
            std::array::from_fn(|byte| [value(byte & 15), value(byte >> 4)])
        };
        Levels(levels.chunks_exact(16).map(pairs).collect())
    }
}

/// The integers that codes stand for.
fn decode(codes: &[u8], blocks: &[u8], levels: &Levels) -> Vec<i8> {
    let mut values = Vec::with_capacity(codes.len() * 2);
    let indices = blocks.iter().flat_map(|&two| [two & 15, two >> 4]);
    for (codes, index) in codes.chunks_exact(BLOCK / 2).zip(indices) {
        let pairs = &levels.0[usize::from(index)];
        values.extend(codes.iter().flat_map(|&code| pairs[usize::from(code)]));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_looked_up_by_block() {
        // Level of code c in block b: (b + 1) · (c − 8).
        let level = |block: i8, code: i8| ((block + 1) * (code - 8)).cast_unsigned();
        let levels: Vec<u8> = (0..16).flat_map(|b| (0..16).map(move |c| level(b, c))).collect();
        let mut codes = vec![0x88; 32];
        codes[0] = 0xF0;
        codes[16] = 0x79;
        let values = decode(&codes, &[0x20], &Levels::new(&levels));
        assert_eq!(values.len(), 64);
        assert_eq!((values[0], values[1], values[2]), (-8, 7, 0));
        assert_eq!((values[32], values[33], values[34]), (3, -3, 0));
    }
}
