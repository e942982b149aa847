//! What the stance is toward, and where it is named.

use crate::text::Span;

/// A subject with its other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name used in tables.
    pub name: String,
    /// What else it is called.
    pub aliases: Vec<String>,
}

/// How a sentence bears on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The target or an alias stands in it.
    Mention,
    /// It does not, but the article is about the target.
    Context,
    /// Neither: the sentence has no stance toward the target.
    None,
}

impl About {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            About::Mention => "mention",
            About::Context => "context",
            About::None => "none",
        }
    }
}

impl Target {
    /// Where the target or an alias stands in `text`: whole words, any case, any run of white space
    /// between words, straight or curly apostrophes; the longest name first where several overlap.
    /// Spans rise and never overlap.
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        let _ = text;
        Vec::new()
    }
}
