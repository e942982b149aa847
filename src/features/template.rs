//! Feature templates: what each kind of features is called and how it is scaled, and where extracted
//! features go.

use super::name::NamePart;
use super::scaling::Scaling;
use super::sentence_view::Term;
use crate::text::Span;

/// One kind of features of a sentence (the feature templates of Ratnaparkhi 1996). Its module extracts
/// them with a function `extract(view, sink)`, which notes no feature twice of the same terms, nor
/// twice of none. Extraction cannot fail: odd text is not an error.
#[derive(Debug)]
pub struct FeatureTemplate {
    /// What stands before the `=` in its features' names: `side` in `side=right scorn`.
    pub name: &'static str,
    /// How amounts become values.
    pub scaling: Scaling,
    /// The parts that may stand before a single term, as [`NamePart::prefixes`] makes them.
    pub prefixes: &'static [NamePart],
    /// What stands before the stem in the names of those features of one stem that word knowledge
    /// applies to: `left` in `side=left scorn`, nothing in `word=scorn`.
    pub known_prefixes: &'static [&'static str],
}

/// One feature found in a sentence.
#[derive(Debug)]
pub struct Observation<'a> {
    /// The parts of its name behind the `=`; one to four.
    pub parts: &'a [NamePart],
    /// How much of it; amounts of one feature in a sentence are added up.
    pub amount: f32,
    /// Where in the sentence; empty where it is about the sentence as a whole.
    pub place: Span,
}

/// Receives the features of a sentence.
pub trait FeatureSink {
    /// Whether a template, given as its index in [`TEMPLATES`](super::TEMPLATES), is wanted. What is
    /// noted until the next call belongs to it.
    fn open(&mut self, template: usize) -> bool;

    /// Receives one feature.
    fn note(&mut self, seen: Observation<'_>);

    /// Receives a feature of one term.
    #[inline]
    fn note_term(&mut self, term: &Term, amount: f32) {
        self.note(Observation { parts: &[term.name_part()], amount, place: term.span.clone() });
    }

    /// Receives a feature of one term behind a prefix.
    #[inline]
    fn note_prefixed(&mut self, prefix: NamePart, term: &Term, amount: f32) {
        let parts = [prefix, term.name_part()];
        self.note(Observation { parts: &parts, amount, place: term.span.clone() });
    }
}
