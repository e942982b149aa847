//! The kinds of text on a news page.

use serde::{Deserialize, Serialize};

/// A kind of text on a news page. Only the first two are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticlePart {
    /// The article's title.
    Headline,
    /// The article: its deck and captions, embedded tweets and block quotes included.
    Body,
    /// Readers' comments under the article.
    Comment,
    /// Navigation, related links, sign-up boxes, author biographies, time stamps.
    Boilerplate,
}

impl ArticlePart {
    /// All of them.
    pub const ALL: [ArticlePart; 4] =
        [ArticlePart::Headline, ArticlePart::Body, ArticlePart::Comment, ArticlePart::Boilerplate];

    /// The part of a name in tables.
    pub fn of_name(name: &str) -> Option<ArticlePart> {
        ArticlePart::ALL.into_iter().find(|part| part.name() == name)
    }

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            ArticlePart::Headline => "headline",
            ArticlePart::Body => "body",
            ArticlePart::Comment => "comment",
            ArticlePart::Boilerplate => "boilerplate",
        }
    }

    /// Whether sentences of this part count in summaries.
    pub fn is_counted(self) -> bool {
        matches!(self, ArticlePart::Headline | ArticlePart::Body)
    }
}
