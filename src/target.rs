//! Targets: the subjects that stance is toward, and their mentions in a text.

use memchr::{memchr2, memchr2_iter};
use serde::Serialize;

use crate::text::Span;
use crate::text::tokenizer::{Kind, Token, Tokens, is_apostrophe, tokens};

/// A subject with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name used in tables.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
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
        Target { name: name.into(), aliases: Vec::new() }
    }

    /// Finds the target and its aliases in a text: whole words, in any case, with any white space between
    /// words and straight or curly apostrophes. Where several names begin alike, the longest one counts.
    /// Spans rise and never overlap.
    ///
    /// ```
    /// use framescope::target::Target;
    /// let target = Target { name: "tidal barrier".into(), aliases: vec!["the scheme".into()] };
    /// assert_eq!(target.mentions("The scheme, a Tidal  Barrier, schemes."), [0..10, 14..28]);
    /// ```
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        self.finder().mentions(text)
    }

    /// As [`Target::mentions`], with the mention at `main` given; it comes first.
    pub fn mentions_beside(&self, text: &str, main: Option<&Span>) -> Vec<Span> {
        let Some(main) = main else { return self.mentions(text) };
        let may_begin = |name: &str| match NamePrefix::of(name).places(text) {
            Some(mut places) => places.any(|at| !main.contains(&at)),
            None => true,
        };
        let found = match self.names().any(may_begin) {
            true => self.mentions(text),
            false => Vec::new(),
        };
        let apart = |span: &Span| span.end <= main.start || main.end <= span.start;
        std::iter::once(main.clone()).chain(found.into_iter().filter(apart)).collect()
    }

    /// Prepares the target's names for a search in many texts.
    pub fn finder(&self) -> Finder {
        let folded = |name: &str| tokens(name).map(|t| fold(&name[t.span]).collect()).collect();
        let mut names: Vec<Vec<String>> = self.names().map(folded).collect();
        names.retain(|name| !name.is_empty());
        // The first name that matches is then the longest.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let prefixes = self.names().map(|name| NamePrefix(NamePrefix::of(name).0.into())).collect();
        Finder { names, prefixes }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Whether the name holds no word, so that it cannot be found.
    pub fn is_blank(&self) -> bool {
        !tokens(&self.name).any(|token| token.kind != Kind::Mark)
    }
}

/// The ASCII letters that a name begins with, by which a text is searched before it is tokenized: most
/// texts do not hold them.
#[derive(Debug, Clone)]
struct NamePrefix<T>(T);

impl<'a> NamePrefix<&'a str> {
    fn of(name: &'a str) -> Self {
        let name = tokens(name).next().map_or("", |token| &name[token.span]);
        let is_other = |c: char| !c.is_ascii() || is_apostrophe(c);
        NamePrefix(&name[..name.find(is_other).unwrap_or(name.len())])
    }
}

impl<T: AsRef<str>> NamePrefix<T> {
    /// Where the name may begin in a text; `None` where it may begin anywhere.
    fn places<'t>(&'t self, text: &'t str) -> Option<impl Iterator<Item = usize> + 't> {
        let (letters, bytes) = (self.0.as_ref().as_bytes(), text.as_bytes());
        let first = letters.first()?;
        let begins = move |at: &usize| {
            let here = bytes.get(*at..at + letters.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(letters))
        };
        let places = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes);
        (!folds_to_ascii(text)).then(|| places.filter(begins))
    }
}

/// Whether a text holds a letter outside ASCII whose lower case begins with an ASCII letter. There are
/// two: the Kelvin sign and the dotted capital I.
fn folds_to_ascii(text: &str) -> bool {
    let may = memchr2(0x84, 0xB0, text.as_bytes()).is_some();
    may && text.contains(['\u{212A}', '\u{130}'])
}

/// Finds the mentions of one target.
#[derive(Debug, Clone)]
pub struct Finder {
    /// Every name as folded tokens, the longest first.
    names: Vec<Vec<String>>,
    /// How each name begins.
    prefixes: Vec<NamePrefix<String>>,
}

impl Finder {
    /// See [`Target::mentions`].
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        let mut places = Vec::new();
        for name in &self.prefixes {
            let Some(of_name) = name.places(text) else {
                return self.mentions_at(text, tokens(text).map(|token| token.span.start));
            };
            places.extend(of_name);
        }
        places.sort_unstable();
        self.mentions_at(text, places)
    }

    /// The mentions that begin at one of some rising offsets.
    fn mentions_at(&self, text: &str, places: impl IntoIterator<Item = usize>) -> Vec<Span> {
        let mut found = Vec::new();
        let mut rest = tokens(text);
        for place in places {
            rest.skip_to(place);
            let here = rest.clone();
            // No mention begins inside a token.
            let Some(token) = rest.next().filter(|token| token.span.start == place) else {
                rest = here;
                continue;
            };
            let printed = &text[token.span.clone()];
            let begins = |name: &&Vec<String>| is_folded(printed, &name[0]);
            let ends =
                self.names.iter().filter(begins).find_map(|name| match_name(text, &here, name));
            if let Some((end, after)) = ends {
                found.push(token.span.start..end);
                rest = after;
            }
        }
        found
    }
}

/// Matches a name against the next tokens: gives the end of the name and the tokens after it.
fn match_name<'t>(text: &str, from: &Tokens<'t>, name: &[String]) -> Option<(usize, Tokens<'t>)> {
    let mut rest = from.clone();
    let mut end = 0;
    for wanted in name {
        let Token { span, .. } = rest.next()?;
        if !is_folded(&text[span.clone()], wanted) {
            return None;
        }
        end = span.end;
    }
    Some((end, rest))
}

/// Whether a printed word equals a folded one.
fn is_folded(printed: &str, folded: &str) -> bool {
    match printed.is_ascii() {
        true => printed.eq_ignore_ascii_case(folded),
        false => fold(printed).eq(folded.chars()),
    }
}

/// Folds case and apostrophes.
fn fold(word: &str) -> impl Iterator<Item = char> {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.map(|c| if is_apostrophe(c) { '\'' } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn looking_only_where_a_name_may_begin_misses_nothing(
            name in "[aAb’' -]{1,6}",
            alias in "[aAb’' -]{1,3}",
            text in "[aAbB’' .\u{301}-]{0,40}",
        ) {
            let finder = Target { name, aliases: vec![alias] }.finder();
            let everywhere = tokens(&text).map(|token| token.span.start);
            prop_assert_eq!(finder.mentions(&text), finder.mentions_at(&text, everywhere));
        }
    }

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
    fn letters_that_fold_to_ascii_are_found() {
        check("kelvin", &["i\u{307}zmir"], "a \u{212A}ELVIN", &["\u{212A}ELVIN"]);
        check("\u{130}zmir", &[], "\u{130}ZM\u{130}R, \u{130}zmir", &["\u{130}zmir"]);
        check("’tis plan", &[], "a ’Tis plan", &["’Tis plan"]);
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
