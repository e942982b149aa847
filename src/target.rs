//! What the stance is toward, and where it is named.

use crate::text::Span;
use crate::text::token::{Kind, is_apostrophe, tokens};

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
    /// A target without other names.
    pub fn named(name: impl Into<String>) -> Self {
        Target { name: name.into(), aliases: Vec::new() }
    }

    /// Where the target or an alias stands in `text`: whole words, any case, any white space
    /// between words, straight or curly apostrophes; the longest name where several begin alike.
    /// Spans rise and never overlap.
    ///
    /// ```
    /// use framescope::target::Target;
    /// let target = Target { name: "tidal barrier".into(), aliases: vec!["the scheme".into()] };
    /// assert_eq!(target.mentions("The scheme, a Tidal  Barrier, schemes."), [0..10, 14..28]);
    /// ```
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        let names = self.folded_names();
        let words: Vec<(Span, String)> =
            tokens(text).into_iter().map(|t| (t.span.clone(), fold(&text[t.span]))).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest =
                names.iter().filter(|name| starts_with(&words[at..], name)).map(Vec::len).max();
            if let Some(length) = longest {
                found.push(words[at].0.start..words[at + length - 1].0.end);
            }
            at += longest.unwrap_or(1);
        }
        found
    }

    /// Whether the name holds no word that could ever be found.
    pub fn is_blank(&self) -> bool {
        !tokens(&self.name).iter().any(|token| token.kind != Kind::Mark)
    }

    /// Every name as folded tokens.
    fn folded_names(&self) -> Vec<Vec<String>> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .map(|name| tokens(name).into_iter().map(|t| fold(&name[t.span])).collect::<Vec<_>>())
            .filter(|name| !name.is_empty())
            .collect()
    }
}

/// Case and the form of the apostrophe do not count.
fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .collect()
}

/// Whether the words begin with the name.
fn starts_with(words: &[(Span, String)], name: &[String]) -> bool {
    words.len() >= name.len() && words.iter().zip(name).all(|((_, word), wanted)| word == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, aliases: &[&str], text: &str, expected: &[&str]) {
        let target = Target {
            name: name.into(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
        };
        let found: Vec<&str> = target.mentions(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_whole_words_in_any_case() {
        check("Trump", &[], "TRUMP met Trumpeters; Trump's plan", &["TRUMP", "Trump"]);
    }

    #[test]
    fn the_longest_name_wins() {
        check(
            "unit",
            &["unit of cyber security"],
            "a unit of cyber security",
            &["unit of cyber security"],
        );
    }

    #[test]
    fn line_breaks_and_curly_apostrophes_do_not_count() {
        check("people's plan", &[], "The People’s\n plan", &["People’s\n plan"]);
    }

    #[test]
    fn a_name_that_splits_into_hyphens_is_found_as_printed() {
        check(
            "cyber-security unit",
            &["cyber security unit"],
            "cyber security unit, cyber-security unit",
            &["cyber security unit", "cyber-security unit"],
        );
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        check("plan", &[""], "", &[]);
        check("", &[], "a plan", &[]);
    }

    #[test]
    fn a_name_without_words_is_blank() {
        assert!(Target::named("--").is_blank());
        assert!(!Target::named("G20").is_blank());
    }
}
