//! The model file: one safetensors file, whose every claim is checked when it is read.
//!
//! Tensors: `weights` (features × labels, F32), `intercept` (labels, F32), `idf` (features, F32),
//! `vocabulary` (names in byte order, each ended by a line feed, U8). Metadata: the key
//! `framescope` holds JSON with the format's version and the [`Card`].

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use safetensors::tensor::{Dtype, SafeTensors, View};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Model;
use super::card::Card;
use crate::vocabulary::Vocabulary;

/// The version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

const METADATA_KEY: &str = "framescope";

/// What the metadata holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Metadata {
    format: u32,
    card: Card,
}

/// Only the version, which is read before anything that may have changed.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// One tensor to write.
struct Tensor<'a> {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Cow<'a, [u8]>,
}

impl View for Tensor<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

impl Model {
    /// The bytes of the model's file: the same for the same model.
    ///
    /// # Errors
    /// Where the card does not fit into metadata.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        let metadata = Metadata { format: VERSION, card: self.card.clone() };
        let json = serde_json::to_string(&metadata).map_err(|error| error.to_string())?;
        let info = FxHashMap::from_iter([(METADATA_KEY.to_string(), json)]);
        let (features, labels) = (self.vocabulary.len(), self.labels().len());
        let floats = |shape: Vec<usize>, values: &[f32]| Tensor {
            dtype: Dtype::F32,
            shape,
            bytes: values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        };
        let names = names_as_bytes(&self.vocabulary);
        let tensors = [
            ("weights", floats(vec![features, labels], &self.weights)),
            ("intercept", floats(vec![labels], &self.intercept)),
            ("idf", floats(vec![features], self.vocabulary.idf())),
            (
                "vocabulary",
                Tensor { dtype: Dtype::U8, shape: vec![names.len()], bytes: names.into() },
            ),
        ];
        let info = info.into_iter().collect();
        safetensors::serialize(tensors, Some(info)).map_err(|error| error.to_string())
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    /// Says what is damaged, missing, of another version or at odds with something else, and what
    /// to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let not_a_model =
            |error| format!("not a model, or a damaged one ({error}); train it again");
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(not_a_model)?;
        let tensors = SafeTensors::deserialize(bytes).map_err(not_a_model)?;
        let json = header.metadata().as_ref().and_then(|info| info.get(METADATA_KEY));
        let json = json.ok_or("a safetensors file, but not a Framescope model")?;
        let card = read_card(json)?;
        let labels = card.labels.len();
        let vocabulary = read_vocabulary(&tensors)?;
        let weights = read_floats(&tensors, "weights", &[vocabulary.len(), labels])?;
        let intercept = read_floats(&tensors, "intercept", &[labels])?;
        Ok(Model::from_parts(card, vocabulary, weights, intercept))
    }
}

/// `stance-1f3a9c20`: the dimension and the first digits of the SHA-256 of all that decides a
/// prediction.
pub(super) fn short_name(
    card: &Card,
    vocabulary: &Vocabulary,
    weights: &[f32],
    intercept: &[f32],
) -> String {
    let mut digest = Sha256::new();
    digest.update(names_as_bytes(vocabulary));
    for value in vocabulary.idf().iter().chain(weights).chain(intercept) {
        digest.update(value.to_le_bytes());
    }
    let digits: String = digest.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{digits}", card.dimension)
}

fn names_as_bytes(vocabulary: &Vocabulary) -> Vec<u8> {
    vocabulary.names().iter().flat_map(|name| name.bytes().chain([b'\n'])).collect()
}

fn read_card(json: &str) -> Result<Card, String> {
    let damaged = |error| format!("the model's metadata is damaged ({error}); train it again");
    let version: Version = serde_json::from_str(json).map_err(damaged)?;
    if version.format != VERSION {
        return Err(format!(
            "model format {}, this program reads {VERSION}; train the model again or use the \
             program that made it",
            version.format
        ));
    }
    let card = serde_json::from_str::<Metadata>(json).map_err(damaged)?.card;
    let k = card.labels.len();
    let calibration = &card.calibration;
    let is_square = calibration.matrix.iter().all(|row| row.len() == k);
    if k < 2 || calibration.matrix.len() != k || calibration.offset.len() != k || !is_square {
        return Err(format!("the model's metadata does not fit its {k} labels; train it again"));
    }
    Ok(card)
}

fn read_vocabulary(tensors: &SafeTensors<'_>) -> Result<Vocabulary, String> {
    let bytes = tensor(tensors, "vocabulary", Dtype::U8, None)?;
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("the model's vocabulary is damaged: {error}; train it again"))?;
    let names: Vec<String> = text.lines().map(str::to_string).collect();
    let idf = read_floats(tensors, "idf", &[names.len()])?;
    Vocabulary::new(names, idf)
        .map_err(|reason| format!("the model's vocabulary is damaged: {reason}; train it again"))
}

fn read_floats(tensors: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let bytes = tensor(tensors, name, Dtype::F32, Some(shape))?;
    let (values, _) = bytes.as_chunks::<4>();
    let values: Vec<f32> = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => {
            Err(format!("number {at} of the model's `{name}` is {}; train it again", values[at]))
        }
        None => Ok(values),
    }
}

fn tensor<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
    shape: Option<&[usize]>,
) -> Result<&'a [u8], String> {
    let tensor = tensors
        .tensor(name)
        .map_err(|_| format!("the model has no tensor `{name}`; train it again"))?;
    if tensor.dtype() != dtype {
        return Err(format!("the model's `{name}` is {}, expected {dtype}", tensor.dtype()));
    }
    match shape {
        Some(shape) if tensor.shape() != shape => Err(format!(
            "the model's `{name}` has the shape {:?}, expected {shape:?}; train it again",
            tensor.shape()
        )),
        _ => Ok(tensor.data()),
    }
}
