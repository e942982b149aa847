//! What a model is asked about: a sentence, and what a reader of the article knows beside it.

use crate::text::Span;

/// A sentence and its target. Empty fields are not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModelInput<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Where the target stands in it, in bytes, the main mention first; they do not overlap. Without
    /// mentions the whole sentence counts.
    pub mentions: &'a [Span],
    /// Whether the mentions are hidden, as if the sentence did not name the target.
    pub is_masked: bool,
    /// The target's name, where it has one beside the string that stands in the sentence.
    pub subject: &'a str,
    /// The article's headline.
    pub title: &'a str,
    /// The sentence before.
    pub before: &'a str,
}

impl<'a> ModelInput<'a> {
    /// A sentence by itself.
    pub fn sentence(text: &'a str, mentions: &'a [Span]) -> Self {
        ModelInput { text, mentions, ..ModelInput::default() }
    }

    /// Whether it has a target that the sentence does not name.
    pub fn is_context(&self) -> bool {
        self.mentions.is_empty() && !self.subject.is_empty()
    }
}
