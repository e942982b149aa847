//! Finds the mentions of one target.

use memchr::memchr2_iter;

use super::Target;
use super::letter_folding::Folding;
use super::name_pattern::NamePattern;
use crate::text::Span;

/// Finds the mentions of one target.
#[derive(Debug, Clone)]
pub struct Finder {
    names: Vec<Searched>,
    /// Longer names that hold one of the target's and mean something else.
    excluded: Vec<Searched>,
}

/// A pattern, and the letters by which a text is searched for it.
#[derive(Debug, Clone)]
struct Searched {
    pattern: NamePattern,
    first: FirstLetters,
}

impl Finder {
    pub(super) fn new(target: &Target) -> Self {
        let of = |name: &str| NamePattern::all(name, target.is_exact);
        let searched = |pattern: NamePattern| {
            let (first, second) = pattern.first_letters()?;
            let folding = pattern.folding;
            Some(Searched { pattern, first: FirstLetters { first, second, folding } })
        };
        let excluded = target.excluded.iter().flat_map(|name| of(name)).filter_map(searched);
        let names = target.names().flat_map(of).filter_map(searched);
        Finder { names: names.collect(), excluded: excluded.collect() }
    }

    /// See [`Target::mentions`].
    pub fn mentions(&self, text: &str) -> Vec<Span> {
        let mut found = spans(&self.names, text);
        if !found.is_empty() && !self.excluded.is_empty() {
            let longer = spans(&self.excluded, text);
            found.retain(|span| !longer.iter().any(|l| l.start <= span.start && span.end <= l.end));
        }
        found
    }
}

/// Where one of some names stands: the first and longest, none in another.
fn spans(names: &[Searched], text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for Searched { pattern, first } in names {
        let end = |at| pattern.end_in(text, at).map(|end| at..end);
        found.extend(first.places(text).filter_map(end));
    }
    if found.len() > 1 {
        found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        found.retain(|span| {
            let is_free = span.start >= end;
            end = if is_free { span.end } else { end };
            is_free
        });
    }
    found
}

/// The letters that a name begins with, by which a text is searched: most texts do not hold them.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstLetters {
    first: char,
    second: Option<char>,
    folding: Folding,
}

impl FirstLetters {
    /// The first letters of every spelling of a name; none where it holds no letter.
    pub(super) fn of(name: &str) -> Option<Self> {
        let first = name.chars().find(|c| c.is_alphanumeric())?;
        let first = *Folding::Accents.folded(first.encode_utf8(&mut [0; 4])).first()?;
        Some(FirstLetters { first, second: None, folding: Folding::Accents })
    }

    /// Where the name may begin in a text.
    pub(super) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let FirstLetters { first, second, folding } = *self;
        let bytes = text.as_bytes();
        let byte = u8::try_from(first).ok().filter(u8::is_ascii);
        let in_ascii = byte.map(|byte| {
            memchr2_iter(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), bytes)
                .filter(move |at| second.is_none_or(|second| may_follow(second, bytes.get(at + 1))))
        });
        // Other characters may fold to a letter of ASCII, but few texts hold any.
        let others = (!text.is_ascii()).then(|| {
            let folds = move |c: char| {
                let mut parts = None;
                folding.fold(c, |part| parts = parts.or(Some(part)));
                parts == Some(first)
            };
            let is_mark = |c: char| matches!(c, '\u{2000}'..='\u{206F}');
            let places = text.char_indices().filter(move |(_, c)| !c.is_ascii() && !is_mark(*c));
            places.filter(move |(_, c)| folds(*c)).map(|(at, _)| at)
        });
        in_ascii.into_iter().flatten().chain(others.into_iter().flatten())
    }
}

/// Whether a byte may stand where the second letter of a word does.
fn may_follow(second: char, byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| {
        let is_joint = matches!(byte, b'.' | b'-' | b'\'') || !byte.is_ascii();
        is_joint
            || !second.is_ascii()
            || char::from(byte.to_ascii_lowercase()) == second.to_ascii_lowercase()
    })
}
