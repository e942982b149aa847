//! The records of a journal: what is labelled, and every decision in the order in which it was made.

use serde::{Deserialize, Serialize};

use super::card::{Card, Stratum};
use super::decision::Decision;
use crate::article::Article;
use crate::codebook::Codebook;

/// The version of the journal's format.
pub const FORMAT: u32 = 1;

/// One line of a journal, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The first line.
    Header(Box<Header>),
    /// An article with drawn sentences.
    Article(Article),
    /// A drawn sentence.
    Card(Box<Card>),
    /// A decision; replaces the coder's decision on the same card before it.
    Decided(Decision),
    /// A decision taken back: the one before it counts again.
    Undone(Undone),
}

/// What is labelled, by whom, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: u32,
    /// The command that drew the sentences, as typed, without the program's name.
    pub arguments: Vec<String>,
    /// The folder in which it was typed.
    pub folder: String,
    /// What is labelled: `stance`, `frame`.
    pub dimension: String,
    /// The labels, in the order of the keys.
    pub labels: Vec<String>,
    /// What they mean; none for a dimension of the user's own without a codebook.
    pub codebook: Option<Codebook>,
    /// Who labels.
    pub coders: Vec<String>,
    /// The share of cards that every coder labels.
    pub overlap: f64,
    /// Whether outlet and date are hidden.
    pub is_blind: bool,
    /// From which the links of the coders are made.
    pub secret: String,
    /// What was drawn from.
    pub strata: Vec<Stratum>,
}

impl Header {
    /// The codebook's dimension and version, as every decision carries them.
    pub fn codebook_version(&self) -> String {
        let version = self.codebook.as_ref().map_or("", |book| book.version.as_str());
        format!("{} {version}", self.dimension).trim_end().to_string()
    }
}

/// A coder takes back a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The card.
    pub card: u32,
    /// The coder.
    pub coder: String,
    /// As in a decision.
    pub request: String,
    /// When, in seconds since 1970.
    pub time: u64,
}
