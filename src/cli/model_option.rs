//! Which model, and what reads for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::encoder::Encoder;
use crate::error::Error;
use crate::io::{self, FileHash};
use crate::model::{Model, ReaderKind};

/// The models that the program carries, for each reader.
static WORDS_MODEL: &[u8] = include_bytes!("../../models/stance.safetensors");
static ENCODER_MODEL: &[u8] = include_bytes!("../../models/stance-encoder.safetensors");

/// The files of the encoder that the program carries: none where it was built without.
#[cfg(encoder_weights)]
static ENCODER: &[&[u8]] = &[
    include_bytes!("../../models/encoder.safetensors"),
    include_bytes!("../../models/encoder-pieces.safetensors"),
];
#[cfg(not(encoder_weights))]
static ENCODER: &[&[u8]] = &[];

/// The largest model file that is read.
const MAX_MODEL_BYTES: usize = 1 << 30;

/// What messages call the model and the encoder that the program carries.
const BUILT_IN_NAME: &str = "built-in model";
const BUILT_IN_ENCODER_NAME: &str = "built-in encoder";

/// Which model.
#[derive(Debug, Args)]
pub(super) struct ModelOption {
    /// The model to use [default: the built-in stance model of the reader]
    #[arg(long, value_name = "MODEL")]
    model: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reader: ReaderOptions,
}

impl ModelOption {
    /// The files that are read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.model.iter().chain(self.reader.paths())
    }

    /// Whether the built-in model counts words where its encoder could read instead.
    pub(super) fn is_built_in_words(&self) -> bool {
        self.model.is_none() && self.reader.reader.is_none() && !ENCODER.is_empty()
    }

    pub(super) fn read(&self) -> Result<Model, Error> {
        self.reader.model(self.model.as_deref())
    }

    /// The model, with the hashes of its file and its encoder's.
    pub(super) fn read_with_hashes(&self) -> Result<(Model, Vec<FileHash>), Error> {
        self.reader.model_with_hashes(self.model.as_deref())
    }
}

/// What reads the sentences.
#[derive(Debug, Default, Args)]
pub(super) struct ReaderOptions {
    /// What reads the sentences: words counts them, a hundred thousand sentences a second; encoder, a
    /// transformer, reads some fifty a second and is right far more often [default: words, or what the
    /// model was trained with]
    #[arg(long, value_enum, value_name = "READER")]
    pub(super) reader: Option<ReaderKind>,
    /// The file of another encoder than the built-in one; may be repeated where its parts stand in several
    /// files, the one with the metadata first
    #[arg(long, value_name = "FILE")]
    encoder: Vec<PathBuf>,
}

impl ReaderOptions {
    /// The encoder's files, where they are named.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.encoder
    }

    /// Reads a model's file; the built-in one where none is named.
    pub(super) fn model(&self, path: Option<&Path>) -> Result<Model, Error> {
        let bytes = path.map(|path| io::read_bytes(path, MAX_MODEL_BYTES)).transpose()?;
        self.checked(path, bytes.as_deref())
    }

    fn model_with_hashes(&self, path: Option<&Path>) -> Result<(Model, Vec<FileHash>), Error> {
        let bytes = path.map(|path| io::read_bytes(path, MAX_MODEL_BYTES)).transpose()?;
        let model = self.checked(path, bytes.as_deref())?;
        let name = path.unwrap_or(Path::new(BUILT_IN_NAME));
        let bytes = bytes.as_deref().unwrap_or_else(|| self.built_in());
        let mut hashes = vec![FileHash::new(name, bytes)];
        if model.encoder().is_some() {
            for path in &self.encoder {
                hashes.push(FileHash::new(path, &io::read_bytes(path, MAX_MODEL_BYTES)?));
            }
            let built_in = ENCODER.iter().filter(|_| self.encoder.is_empty());
            let name = Path::new(BUILT_IN_ENCODER_NAME);
            hashes.extend(built_in.map(|bytes| FileHash::new(name, bytes)));
        }
        Ok((model, hashes))
    }

    fn built_in(&self) -> &'static [u8] {
        match self.reader {
            Some(ReaderKind::Encoder) => ENCODER_MODEL,
            Some(ReaderKind::Words) | None => WORDS_MODEL,
        }
    }

    /// The model in some bytes, or the built-in one; refused where another reader is asked for.
    fn checked(&self, path: Option<&Path>, bytes: Option<&[u8]>) -> Result<Model, Error> {
        let fail = |reason| Error::file(path.unwrap_or(Path::new(BUILT_IN_NAME)), reason);
        let encoder = |_: &str| self.encoder().map_err(|error| error.to_string());
        let model = match bytes {
            Some(bytes) => Model::from_bytes_with(bytes, encoder).map_err(fail)?,
            None if self.reader == Some(ReaderKind::Encoder) => {
                Model::from_bytes_with(ENCODER_MODEL, encoder).map_err(fail)?
            }
            None => Model::from_static(WORDS_MODEL).map_err(fail)?,
        };
        match self.reader.filter(|reader| *reader != model.reader()) {
            None => Ok(model),
            Some(asked) => Err(fail(format!(
                "the model reads by {}, not by {}; leave --reader out",
                model.reader().name(),
                asked.name()
            ))),
        }
    }

    /// Reads the encoder's files; the built-in one where none is named.
    pub(super) fn encoder(&self) -> Result<Arc<Encoder>, Error> {
        let read = self.encoder.iter().map(|path| io::read_bytes(path, MAX_MODEL_BYTES));
        let read = read.collect::<Result<Vec<_>, _>>()?;
        let named: Vec<&[u8]> = read.iter().map(Vec::as_slice).collect();
        let path = self.encoder.first().map_or(Path::new(BUILT_IN_ENCODER_NAME), PathBuf::as_path);
        let files = if named.is_empty() { ENCODER } else { &named };
        if files.is_empty() {
            let reason = "this program was built without its encoder; give its files \
                          (models/encoder.safetensors and models/encoder-pieces.safetensors of the \
                          repository) as --encoder";
            return Err(Error::Option(reason.to_string()));
        }
        let encoder = Encoder::from_bytes(files).map_err(|reason| Error::file(path, reason))?;
        Ok(Arc::new(encoder))
    }
}

/// Reads a model that counts words, with the hash of its file.
pub(super) fn read_words_model(path: &Path) -> Result<(Model, FileHash), Error> {
    let bytes = io::read_bytes(path, MAX_MODEL_BYTES)?;
    let model = Model::from_bytes(&bytes).map_err(|reason| Error::file(path, reason))?;
    Ok((model, FileHash::new(path, &bytes)))
}
