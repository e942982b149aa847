//! The attribution of a sentence: its voice, and its speakers.

use serde::{Deserialize, Serialize};

/// The voice of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The outlet speaks itself.
    Outlet,
    /// The sentence mainly conveys what a source said, wrote or thought.
    Attributed,
}

impl Voice {
    /// The voice of a name in tables.
    pub fn of_name(name: &str) -> Option<Voice> {
        Voice::ALL.into_iter().find(|voice| voice.name() == name)
    }

    /// Both, in the order of reports.
    pub const ALL: [Voice; 2] = [Voice::Outlet, Voice::Attributed];

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Outlet => "outlet",
            Voice::Attributed => "attributed",
        }
    }
}

/// The voice of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// Full names or groups; empty for the outlet's voice and where the source is not plain.
    pub speakers: Vec<String>,
    /// The attributing words as printed ("said", "according to"); empty where there are none.
    pub cue: String,
    /// Whether all of it is the source's own words without quote marks: a signed tweet, the
    /// paragraph after `Jo Elm:`.
    pub is_unquoted: bool,
}

impl Attribution {
    /// The outlet's own voice.
    pub fn outlet() -> Self {
        let (speakers, cue) = (Vec::new(), String::new());
        Attribution { voice: Voice::Outlet, speakers, cue, is_unquoted: false }
    }

    /// A source's words, reported by a cue.
    pub(super) fn attributed(speakers: Vec<String>, cue: &str) -> Self {
        let cue = cue.to_string();
        Attribution { voice: Voice::Attributed, speakers, cue, is_unquoted: false }
    }

    /// A source's own words without quote marks.
    pub(super) fn unquoted(speakers: Vec<String>, cue: &str) -> Self {
        Attribution { is_unquoted: true, ..Attribution::attributed(speakers, cue) }
    }
}
