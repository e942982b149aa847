//! What the stance is toward, and where it is named.

use memchr::{memchr2, memchr2_iter};
use serde::Serialize;

use crate::text::Span;
use crate::text::tokenizer::{Kind, Token, Tokens, is_apostrophe, tokens};

/// A subject with its other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name used in tables.
    pub name: String,
    /// What else it is called.
    pub aliases: Vec<String>,
}

/// How a sentence bears on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetRelation {
    /// The target or an alias stands in it.
    Mention,
    /// It does not, but the article is about the target.
    Context,
    /// Neither: the sentence has no stance toward the target.
    None,
}

impl TargetRelation {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            TargetRelation::Mention => "mention",
            TargetRelation::Context => "context",
            TargetRelation::None => "none",
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
        self.finder().mentions(text)
    }

    /// As `mentions`, where it is known that the target stands at `main`, which comes first.
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

    /// The target made ready to be looked for in many texts.
    pub fn finder(&self) -> Finder {
        let folded = |name: &str| tokens(name).map(|t| fold(&name[t.span]).collect()).collect();
        let mut names: Vec<Vec<String>> = self.names().map(folded).collect();
        names.retain(|name| !name.is_empty());
        // The first that is found is to be the longest.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let beginnings =
            self.names().map(|name| NamePrefix(NamePrefix::of(name).0.into())).collect();
        Finder { names, beginnings }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Whether the name holds no word that could ever be found.
    pub fn is_blank(&self) -> bool {
        !tokens(&self.name).any(|token| token.kind != Kind::Mark)
    }
}

/// How a name begins: the letters that are printed as they are, in either case, wherever it is found.
/// A text without them need not be taken apart, and most texts are without.
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
    /// Where the name could begin in a text; nothing where it could begin anywhere.
    fn places<'t>(&'t self, text: &'t str) -> Option<impl Iterator<Item = usize> + 't> {
        let (letters, bytes) = (self.0.as_ref().as_bytes(), text.as_bytes());
        let first = letters.first()?;
        let begins = move |at: &usize| {
            let here = bytes.get(*at..at + letters.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(letters))
        };
        let places = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes);
        (!folds_otherwise(text)).then(|| places.filter(begins))
    }
}

/// Whether a text holds one of the only letters outside ASCII that fold to letters within it: the
/// sign of Kelvin and the dotted capital I.
fn folds_otherwise(text: &str) -> bool {
    let may = memchr2(0x84, 0xB0, text.as_bytes()).is_some();
    may && text.contains(['\u{212A}', '\u{130}'])
}

/// A target whose names are taken apart.
#[derive(Debug, Clone)]
pub struct Finder {
    /// Every name as folded tokens, the longest first.
    names: Vec<Vec<String>>,
    /// How they begin.
    beginnings: Vec<NamePrefix<String>>,
}

impl Finder {
    /// See [`Target::mentions`].
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        let mut places = Vec::new();
        for name in &self.beginnings {
            let Some(of_name) = name.places(text) else {
                return self.mentions_at(text, tokens(text).map(|token| token.span.start));
            };
            places.extend(of_name);
        }
        places.sort_unstable();
        self.mentions_at(text, places)
    }

    /// The mentions that begin at some of the places, which rise.
    fn mentions_at(&self, text: &str, places: impl IntoIterator<Item = usize>) -> Vec<Span> {
        let mut found = Vec::new();
        let mut rest = tokens(text);
        for place in places {
            rest.skip_to(place);
            let here = rest.clone();
            // A place inside a token begins none.
            let Some(token) = rest.next().filter(|token| token.span.start == place) else {
                rest = here;
                continue;
            };
            let printed = &text[token.span.clone()];
            let begins = |name: &&Vec<String>| is_folded(printed, &name[0]);
            let ends = self.names.iter().filter(begins).find_map(|name| end(text, &here, name));
            if let Some((end, after)) = ends {
                found.push(token.span.start..end);
                rest = after;
            }
        }
        found
    }
}

/// Where a name ends that the tokens begin with, and the tokens after it.
fn end<'t>(text: &str, from: &Tokens<'t>, name: &[String]) -> Option<(usize, Tokens<'t>)> {
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

/// Whether a printed word is a folded one.
fn is_folded(printed: &str, folded: &str) -> bool {
    match printed.is_ascii() {
        true => printed.eq_ignore_ascii_case(folded),
        false => fold(printed).eq(folded.chars()),
    }
}

/// Case and the form of the apostrophe do not count.
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
