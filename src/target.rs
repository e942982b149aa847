//! Targets: the subjects that stance is toward, and their mentions in a text.

mod letter_folding;
mod mention_finder;
mod name_match;
mod name_parts;
mod name_pattern;
mod name_plural;
mod word_boundary;

use serde::Serialize;

pub use mention_finder::Finder;
use mention_finder::{FirstLetters, has_foreign_letters};

use crate::text::Span;

/// A subject with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The name used in tables.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Longer names that hold one of these and mean something else.
    pub excluded: Vec<String>,
    /// Whether only the very letters of a name are a mention.
    pub is_exact: bool,
}

/// How a sentence relates to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetRelation {
    /// It mentions the target or an alias.
    Mention,
    /// It does not mention the target, but the article is about it.
    Context,
    /// Neither: the sentence has no stance toward the target.
    None,
}

impl TargetRelation {
    /// The word for it in tables.
    pub fn name(self) -> &'static str {
        match self {
            TargetRelation::Mention => "mention",
            TargetRelation::Context => "context",
            TargetRelation::None => "none",
        }
    }
}

impl Target {
    /// A target without aliases.
    pub fn named(name: impl Into<String>) -> Self {
        Target { name: name.into(), ..Target::default() }
    }

    /// Finds the target and its aliases in a text: as whole words in any case and Unicode form, in plural
    /// and possessive, without accents, with space, hyphen or nothing between words, with or without full
    /// stops in initials, and in hashtags whose words begin with capitals. A name in capitals that means
    /// something else in small letters, as *US* does, is found in capitals only; so is the plural of a
    /// capitalised name, and of a single word such as *Wood* only where the words around show a plural (*the
    /// Woods*, *Woods are*). Accents that a name has may be missing where it is capitalised. Names inside one of
    /// the target's `excluded` names are left out. With `is_exact` letters, accents and hyphens must be those
    /// of the name. Where several names begin alike, the longest one counts. Spans rise and never overlap.
    ///
    /// ```
    /// use framescope::target::Target;
    /// let aliases = vec!["the scheme".into()];
    /// let target = Target { name: "tidal barrier".into(), aliases, ..Target::default() };
    /// assert_eq!(target.mentions("The scheme, a Tidal-Barrier, schemes."), [0..10, 14..27]);
    /// ```
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        self.finder().mentions(text)
    }

    /// As [`Target::mentions`], with the mention at `main` given; it comes first.
    pub fn mentions_beside(&self, text: &str, main: Option<&Span>) -> Vec<Span> {
        let Some(main) = main else { return self.mentions(text) };
        let has_foreign_letters = has_foreign_letters(text);
        let is_elsewhere = |first: FirstLetters| {
            first.places(text, has_foreign_letters).any(|at| !main.contains(&at))
        };
        let found = match self.names().filter_map(FirstLetters::of).any(is_elsewhere) {
            true => self.mentions(text),
            false => Vec::new(),
        };
        let apart = |span: &Span| span.end <= main.start || main.end <= span.start;
        std::iter::once(main.clone()).chain(found.into_iter().filter(apart)).collect()
    }

    /// Prepares the target's names for a search in many texts.
    pub fn finder(&self) -> Finder {
        Finder::new(self.names(), &self.excluded, self.is_exact)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Whether the name holds no word, so that it cannot be found.
    pub fn is_blank(&self) -> bool {
        !self.name.contains(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests;
