//! A line of an answer, whose parts lead to their evidence.

use crate::render::sanitize;
use crate::report::LabelCount;
use crate::voice::Voice;

/// Maximum number of characters shown of a headline.
const HEADLINE: usize = 110;

/// One line of an answer.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The outlet, where it is about one alone.
    pub(crate) outlet: Option<usize>,
    pub(crate) parts: Vec<Part>,
}

/// Words, and where their evidence stands.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) words: String,
    pub(crate) place: Option<LinkDestination>,
}

/// A place in the page.
#[derive(Debug, Clone)]
pub(crate) enum LinkDestination {
    /// The sentences of an outlet, a voice and a label.
    Group { outlet: usize, voice: Voice, label: usize },
    /// One sentence.
    Sentence { outlet: usize, article: String, number: usize },
    /// The headline of an article.
    Headline { outlet: usize, article: String },
    /// A shared quote, from 0.
    Quote(usize),
    /// The table of all outlets.
    Overview,
    /// The table of headlines and bodies.
    Headlines,
    /// The table of quotes left out.
    Omissions,
}

impl Line {
    pub(super) fn plain(words: impl Into<String>) -> Self {
        Line::default().words(words)
    }

    pub(super) fn words(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part { words: words.into(), place: None });
        self
    }

    pub(super) fn link(mut self, words: impl Into<String>, place: LinkDestination) -> Self {
        self.parts.push(Part { words: words.into(), place: Some(place) });
        self
    }

    /// A count that leads to its sentences.
    pub(super) fn count(self, outlet: usize, label: usize, voice: Voice, of: &LabelCount) -> Self {
        self.link(
            format!("{} of {}", of.count, of.all),
            LinkDestination::Group { outlet, voice, label },
        )
    }

    /// The beginning of a headline.
    pub(super) fn headline(self, outlet: usize, article: &str, headline: &str) -> Self {
        let text = sanitize::start(&sanitize::tidy(headline), HEADLINE);
        self.link(
            format!("“{text}”"),
            LinkDestination::Headline { outlet, article: article.to_owned() },
        )
    }

    /// Parts one after the other, as in a list.
    pub(super) fn list(mut self, parts: Vec<Part>, between: &str) -> Self {
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                self = self.words(between);
            }
            self.parts.push(part);
        }
        self
    }

    /// The line without its links.
    pub(crate) fn text(&self) -> String {
        self.parts.iter().map(|part| part.words.as_str()).collect()
    }
}
