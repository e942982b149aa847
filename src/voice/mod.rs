//! Whose words a sentence conveys: the outlet's own or a source's.

mod clause;
pub mod cues;
mod lead;
mod lexicon;
mod names;
mod noun;
mod paragraph;
mod quotes;
mod speech;
mod teller;
mod words;

use crate::parts::{Part, Sentence};

use names::Names;
use paragraph::Paragraph;
use teller::Teller;

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The outlet speaks itself.
    Outlet,
    /// The sentence mainly conveys what a source said, wrote or thought.
    Attributed,
}

impl Voice {
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
    /// Whose words.
    pub voice: Voice,
    /// Full names or groups; empty for the outlet's voice and where the source is not plain.
    pub speakers: Vec<String>,
    /// The attributing words as printed ("said", "according to"); empty where there are none.
    pub cue: String,
}

impl Attribution {
    /// The outlet's own voice.
    pub fn outlet() -> Self {
        Attribution { voice: Voice::Outlet, speakers: Vec::new(), cue: String::new() }
    }
}

/// The voice of every sentence of one article, in the order given.
pub fn attribute(sentences: &[Sentence<'_>]) -> Vec<Attribution> {
    let groups: Vec<_> = sentences.chunk_by(|one, next| one.paragraph == next.paragraph).collect();
    let opens_quoted =
        |group: &&[Sentence<'_>]| group.first().is_some_and(|s| quotes::opens_with_mark(s.text));
    let paragraphs: Vec<Paragraph> = (0..groups.len())
        .map(|at| Paragraph::new(groups[at], groups.get(at + 1).is_some_and(opens_quoted)))
        .collect();
    let words: Vec<_> = paragraphs.iter().map(Paragraph::words).collect();
    let mut names = Names::default();
    for (group, words) in groups.iter().zip(&words) {
        if group[0].part == Part::Body {
            words.iter().for_each(|words| names.note(words));
        }
    }
    let mut teller = Teller::new(names);
    let mut found = Vec::with_capacity(sentences.len());
    for ((group, paragraph), words) in groups.iter().zip(&paragraphs).zip(&words) {
        if group[0].part.is_counted() {
            found.extend(teller.tell(paragraph, words));
        } else {
            found.extend(group.iter().map(|_| Attribution::outlet()));
        }
    }
    found
}
