//! Compares found spans with annotated ones.

use super::score::Score;

/// The overlap of found and annotated spans.
#[derive(Default)]
pub(crate) struct Overlap {
    /// By character.
    letters: Score,
    /// By sentence: right where at least half of their union is in both.
    sentences: Score,
}

impl Overlap {
    /// Adds a sentence: for each byte, none for white space, whether it is marked; and the spans
    /// found in it.
    pub(crate) fn add(&mut self, marked: &[Option<bool>], found: &[std::ops::Range<usize>]) {
        let is_found = |at: usize| found.iter().any(|span| span.contains(&at));
        let mut here = Score::default();
        for (at, is_marked) in marked.iter().enumerate() {
            if let Some(is_marked) = is_marked {
                here.count(*is_marked, is_found(at));
            }
        }
        self.letters.add(here.right, here.found, here.gold);
        let union = here.found + here.gold - here.right;
        let right = union > 0 && here.right * 2 >= union;
        let any = |letters: usize| usize::from(letters > 0);
        self.sentences.add(usize::from(right), any(here.found), any(here.gold));
    }
}

impl std::fmt::Display for Overlap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "spans of what was said, letter by letter: {}", self.letters)?;
        write!(f, "spans of what was said, by sentence, half in common: {}", self.sentences)
    }
}
