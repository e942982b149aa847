//! What a row, a list or a sentence is about: the attributes by which the script filters the page.

use crate::voice::Voice;

/// The script hides a row where the reader asks for something else.
#[derive(Default, Clone)]
pub(super) struct RowAttributes {
    pub(super) target: Option<usize>,
    pub(super) outlet: Option<usize>,
    pub(super) label: Option<usize>,
    pub(super) speaker: Option<String>,
    /// Whether there is too little data to rank the row: it is faint and comes last.
    pub(super) is_few: bool,
}

impl RowAttributes {
    pub(super) fn of_outlet(outlet: usize) -> Self {
        RowAttributes { outlet: Some(outlet), ..RowAttributes::default() }
    }
}

/// The word for a voice in addresses and attributes.
pub(super) fn voice_key(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own",
        Voice::Attributed => "quoted",
    }
}

/// A voice in words.
pub(super) fn voice_name(voice: Voice) -> &'static str {
    match voice {
        Voice::Outlet => "own words",
        Voice::Attributed => "sources quoted or reported",
    }
}
