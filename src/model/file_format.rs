//! The model file: a safetensors file, used without copying.
//!
//! Tensors, with n features in the order of their keys: `keys` (n, U64: the hash of each name,
//! rising), `idf` (n, F32), `parts` (n, U8: the index of its template in the metadata's
//! parts), `names` (U8: all names concatenated), `name_ends` (n, U32: where each ends), `weights` (n × labels, F32),
//! `intercept` (labels, F32). A model over an encoder's features has `weights` and `intercept` only; its
//! card names the encoder. Metadata: the key `framescope` holds JSON with the format's version, the
//! model's name, the names of the parts, and the [`Card`].

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use safetensors::tensor::{Dtype, SafeTensors, View};
use serde::{Deserialize, Serialize};

use super::card::Card;
use super::encoder_head::EncoderHead;
use super::reader::Reader;
use super::trained_model::Model;
use super::weights::Weights;
use crate::encoder::Encoder;
use crate::features;
use crate::le_array::LeArray;
use crate::vocabulary::{ColumnArrays, Vocabulary};

/// The version of the format that this program writes, unless an older one can say the same.
pub const VERSION: u32 = 3;
/// The version without a calibration for sentences that do not name their target.
const ONE_CALIBRATION: u32 = 2;

const METADATA_KEY: &str = "framescope";

/// What the metadata holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Metadata {
    format: u32,
    name: String,
    parts: Vec<String>,
    card: Card,
}

/// The version, read before anything that depends on it.
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
    /// The bytes of the model file, always the same for the same model.
    ///
    /// # Errors
    /// Where the card cannot be serialized.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        let metadata = Metadata {
            format: match self.card.context_calibration {
                Some(_) => VERSION,
                None => ONE_CALIBRATION,
            },
            name: self.name.clone(),
            parts: self.vocabulary().map_or_else(Vec::new, |vocabulary| {
                vocabulary.block_template_names().map(str::to_string).collect()
            }),
            card: self.card.clone(),
        };
        let json = serde_json::to_string(&metadata).map_err(|error| error.to_string())?;
        let info = FxHashMap::from_iter([(METADATA_KEY.to_string(), json)]);
        let (features, labels) = (self.n_features(), self.labels().len());
        let mut tensors = match &self.reader {
            Reader::Words(words) => vocabulary_tensors(&words.weights.vocabulary),
            Reader::Encoder(_) => Vec::new(),
        };
        let weights = self.reader.weights().bytes();
        tensors.push(("weights", tensor_of(vec![features, labels], Dtype::F32, weights)));
        let intercept = self.reader.intercept().bytes();
        tensors.push(("intercept", tensor_of(vec![labels], Dtype::F32, intercept)));
        safetensors::serialize(tensors, Some(info.into_iter().collect()))
            .map_err(|error| error.to_string())
    }

    /// Reads a model over words from the bytes of its file, and checks all that they say.
    ///
    /// # Errors
    /// Says what is damaged, missing, contradictory or of another version, and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        Model::from_bytes_with(bytes, |name| {
            Err(format!(
                "the model reads with the encoder {name}; read it together with that encoder"
            ))
        })
    }

    /// Reads a model of either kind. `encoder` opens the encoder of a given name, if one is needed.
    ///
    /// # Errors
    /// As [`Model::from_bytes`], and where the encoder is another one.
    pub fn from_bytes_with(
        bytes: &[u8],
        encoder: impl FnOnce(&str) -> Result<Arc<Encoder>, String>,
    ) -> Result<Self, String> {
        let model = read(bytes, |part| Cow::Owned(part.to_vec()), encoder)?;
        let damaged = |reason| format!("the model is damaged: {reason}; train it again");
        if let Some(vocabulary) = model.vocabulary() {
            vocabulary.check().map_err(damaged)?;
        }
        for (name, list) in
            [("weights", model.reader.weights()), ("intercept", model.reader.intercept())]
        {
            if let Some(found) = list.iter().find(|number| !number.is_finite()) {
                return Err(damaged(format!("a number of `{name}` is {found}")));
            }
        }
        let named = model.reader.short_name(model.card());
        match named == model.name {
            true => Ok(model),
            false => Err(damaged(format!("it is called {}, but is {named}", model.name))),
        }
    }

    /// Reads a model from bytes of the program itself: without copying and without most checks, so that it
    /// is ready at once.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, String> {
        read(bytes, Cow::Borrowed, |name| Err(format!("the encoder {name} is not at hand")))
    }
}

fn tensor_of(shape: Vec<usize>, dtype: Dtype, bytes: &[u8]) -> Tensor<'_> {
    Tensor { dtype, shape, bytes: bytes.into() }
}

/// Reads a model; `keep` copies or borrows parts of its bytes.
fn read<'a>(
    bytes: &'a [u8],
    keep: impl Fn(&'a [u8]) -> Cow<'static, [u8]>,
    encoder: impl FnOnce(&str) -> Result<Arc<Encoder>, String>,
) -> Result<Model, String> {
    let not_a_model = |error| format!("not a model, or a damaged one ({error}); train it again");
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(not_a_model)?;
    let tensors = SafeTensors::deserialize(bytes).map_err(not_a_model)?;
    let json = header.metadata().as_ref().and_then(|info| info.get(METADATA_KEY));
    let json = json.ok_or("a safetensors file, but not a Framescope model")?;
    let Metadata { name, parts, card, .. } = read_metadata(json)?;
    let n_labels = card.labels.len();
    let numbers = |name, shape: &[usize]| {
        Ok::<_, String>(LeArray::new(keep(tensor(&tensors, name, Dtype::F32, Some(shape))?)))
    };
    let intercept = numbers("intercept", &[n_labels])?;
    let reader = if let Some(name) = &card.encoder {
        let encoder = encoder(name)?;
        if encoder.name() != name {
            let found = encoder.name();
            return Err(format!("the model reads with the encoder {name}, but this is {found}"));
        }
        let by_feature = numbers("weights", &[encoder.n_features(), n_labels])?;
        Reader::Encoder(EncoderHead { encoder, by_feature, intercept })
    } else {
        let vocabulary = read_vocabulary(&tensors, &keep, &parts)?;
        let by_column = numbers("weights", &[vocabulary.len(), n_labels])?;
        Reader::words(Weights { vocabulary, by_column, intercept })
    };
    Ok(Model::named(name, card, reader))
}

fn read_vocabulary<'a>(
    tensors: &SafeTensors<'a>,
    keep: &impl Fn(&'a [u8]) -> Cow<'static, [u8]>,
    parts: &[String],
) -> Result<Vocabulary, String> {
    let features = tensor(tensors, "keys", Dtype::U64, None)?.len() / size_of::<u64>();
    let list = |name, dtype| tensor(tensors, name, dtype, Some(&[features])).map(keep);
    let lists = ColumnArrays {
        keys: LeArray::new(list("keys", Dtype::U64)?),
        idf: LeArray::new(list("idf", Dtype::F32)?),
        blocks: LeArray::new(list("parts", Dtype::U8)?),
        names: keep(tensor(tensors, "names", Dtype::U8, None)?),
        name_ends: LeArray::new(list("name_ends", Dtype::U32)?),
    };
    Ok(Vocabulary::unchecked(lists, known_parts(parts)?))
}

fn vocabulary_tensors(vocabulary: &Vocabulary) -> Vec<(&'static str, Tensor<'_>)> {
    let (n, lists) = (vocabulary.len(), vocabulary.arrays());
    vec![
        ("keys", tensor_of(vec![n], Dtype::U64, lists.keys.bytes())),
        ("idf", tensor_of(vec![n], Dtype::F32, lists.idf.bytes())),
        ("parts", tensor_of(vec![n], Dtype::U8, lists.blocks.bytes())),
        ("names", tensor_of(vec![lists.names.len()], Dtype::U8, &lists.names)),
        ("name_ends", tensor_of(vec![n], Dtype::U32, lists.name_ends.bytes())),
    ]
}

/// The index of each template in [`features::TEMPLATES`], by name.
fn known_parts(names: &[String]) -> Result<Vec<usize>, String> {
    let place = |name: &String| {
        let place = features::template_index(name);
        place.ok_or_else(|| {
            format!(
                "the model counts a kind of feature that this program does not know, `{name}`; \
                 train it again or use the program that made it"
            )
        })
    };
    names.iter().map(place).collect()
}

fn read_metadata(json: &str) -> Result<Metadata, String> {
    let damaged = |error| format!("the model's metadata is damaged ({error}); train it again");
    let version: Version = serde_json::from_str(json).map_err(damaged)?;
    if !(ONE_CALIBRATION..=VERSION).contains(&version.format) {
        return Err(format!(
            "model format {}, this program reads {ONE_CALIBRATION} and {VERSION}; train the model again or use the \
             program that made it",
            version.format
        ));
    }
    let metadata = serde_json::from_str::<Metadata>(json).map_err(damaged)?;
    let card = &metadata.card;
    let k = card.labels.len();
    if !card.decision.fits(k) {
        return Err("the model is damaged: its decision does not fit its labels".to_string());
    }
    let mut calibrations = std::iter::once(&card.calibration).chain(&card.context_calibration);
    if k < 2 || !calibrations.all(|calibration| calibration.fits(k)) {
        return Err(format!("the model's metadata does not fit its {k} labels; train it again"));
    }
    Ok(metadata)
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
