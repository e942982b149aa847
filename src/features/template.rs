//! Feature templates, and the sinks that receive extracted features.

use super::name::NamePart;
use super::scaling::Scaling;
use super::term::Term;
use crate::text::Span;

/// One kind of features of a sentence (a feature template: Ratnaparkhi 1996). Its module extracts them
/// with a function `extract(view, sink)`, which cannot fail: odd text is not an error.
///
/// The scorer relies on two rules. `extract` adds no feature twice for the same terms, nor twice for
/// none, unless one of its parts is a class of terms. And the terms of one feature stand at fixed distances, so that one determines the others.
#[derive(Debug)]
pub struct FeatureTemplate {
    /// What stands before the `=` in its features' names: `side` in `side=right scorn`.
    pub name: &'static str,
    /// How amounts become values.
    pub scaling: Scaling,
    /// The parts that may stand before a single term, made by [`NamePart::prefixes`].
    pub prefixes: &'static [NamePart],
    /// The prefixes of those features of one stem that word vectors apply to: `left` in
    /// `side=left scorn`, empty in `word=scorn`.
    pub vector_prefixes: &'static [&'static str],
}

/// One feature found in a sentence.
#[derive(Debug)]
pub struct Observation<'a> {
    /// The parts of its name after the `=`; one to four.
    pub parts: &'a [NamePart],
    /// How much it counts; the amounts of one feature in a sentence are added up.
    pub amount: f32,
    /// Where in the sentence; empty where it is about the sentence as a whole.
    pub span: Span,
}

/// Receives the features of a sentence.
pub trait FeatureSink {
    /// Whether a template, given as its index in [`TEMPLATES`](super::TEMPLATES), is wanted. What is
    /// added until the next call belongs to it.
    fn open(&mut self, template: usize) -> bool;

    /// Receives one feature.
    fn add(&mut self, observation: Observation<'_>);

    /// Receives a feature of one term.
    #[inline]
    fn add_term(&mut self, term: &Term, amount: f32) {
        self.add(Observation { parts: &[term.name_part()], amount, span: term.span.clone() });
    }

    /// Receives a feature of one term after a prefix.
    #[inline]
    fn add_prefixed(&mut self, prefix: NamePart, term: &Term, amount: f32) {
        let parts = [prefix, term.name_part()];
        self.add(Observation { parts: &parts, amount, span: term.span.clone() });
    }
}
