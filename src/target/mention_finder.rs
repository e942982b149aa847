//! Finds the mentions of one target.

use memchr::memchr2_iter;

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

/// The patterns of a name, and the letters by which a text is searched for them.
#[derive(Debug, Clone)]
struct Searched {
    patterns: Vec<NamePattern>,
    first: FirstLetters,
}

impl Finder {
    /// Takes a target's names, the longer ones that are excluded, and whether only their very letters count.
    pub(super) fn new<'n>(
        names: impl Iterator<Item = &'n str>,
        excluded: &[String],
        is_exact: bool,
    ) -> Self {
        let searched = |name: &str| {
            let patterns = NamePattern::all(name, is_exact);
            let first = FirstLetters::of_patterns(&patterns)?;
            Some(Searched { patterns, first })
        };
        let excluded = excluded.iter().filter_map(|name| searched(name));
        let names = names.filter_map(searched);
        Finder { names: names.collect(), excluded: excluded.collect() }
    }

    /// See [`Target::mentions`](crate::target::Target::mentions).
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
    let has_foreign_letters = has_foreign_letters(text);
    for Searched { patterns, first } in names {
        for at in first.places(text, has_foreign_letters) {
            let ends = patterns.iter().filter_map(|pattern| pattern.end_in(text, at));
            found.extend(ends.max().map(|end| at..end));
        }
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
#[derive(Debug, Clone)]
pub(super) struct FirstLetters {
    first: char,
    /// The letters and digits of the name as far as they are ASCII, small.
    letters: Vec<u8>,
    folding: Folding,
}

/// How many letters are compared before a name is matched.
const MOST_LETTERS: usize = 12;

impl FirstLetters {
    /// The first letter of every spelling of a name; none where it holds no letter.
    pub(super) fn of(name: &str) -> Option<Self> {
        let first = name.chars().find(|c| c.is_alphanumeric())?;
        let first = *Folding::Accents.folded(first.encode_utf8(&mut [0; 4])).first()?;
        Some(FirstLetters { first, letters: Vec::new(), folding: Folding::Accents })
    }

    /// The letters that all patterns of a name begin with.
    fn of_patterns(patterns: &[NamePattern]) -> Option<Self> {
        let pattern = patterns.first()?;
        let all = patterns.iter().map(ascii_letters);
        let shared = |a: Vec<u8>, b: Vec<u8>| {
            let n = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
            a[..n].to_vec()
        };
        let letters = all.reduce(shared)?;
        let first = pattern.letters().next()?;
        Some(FirstLetters { first, letters, folding: pattern.folding })
    }

    /// Where the name may begin in a text, given what [`has_foreign_letters`] says of it.
    pub(super) fn places<'t>(
        &'t self,
        text: &'t str,
        has_foreign_letters: bool,
    ) -> impl Iterator<Item = usize> + 't {
        let bytes = text.as_bytes();
        let byte = u8::try_from(self.first).ok().filter(u8::is_ascii);
        let in_ascii = byte.map(|byte| {
            memchr2_iter(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), bytes)
                .filter(|at| may_begin_word(bytes, *at) && self.may_begin_name(&bytes[*at..]))
        });
        let others = has_foreign_letters.then(|| {
            let folds_to_first = |c: char| {
                let mut parts = None;
                self.folding.fold(c, |part| parts = parts.or(Some(part)));
                parts == Some(self.first)
            };
            let places = text.char_indices().filter(|(_, c)| !c.is_ascii());
            places.filter(move |(_, c)| folds_to_first(*c)).map(|(at, _)| at)
        });
        in_ascii.into_iter().flatten().chain(others.into_iter().flatten())
    }

    /// Whether a text begins with the letters of the name, whatever stands between them; `true` where
    /// characters outside ASCII have to be folded to tell.
    fn may_begin_name(&self, text: &[u8]) -> bool {
        let mut letters = self.letters.iter();
        let Some(mut wanted) = letters.next() else { return true };
        for byte in text {
            if byte.is_ascii_alphanumeric() {
                if byte.to_ascii_lowercase() != *wanted {
                    return false;
                }
                match letters.next() {
                    Some(next) => wanted = next,
                    None => return true,
                }
            } else if !byte.is_ascii() {
                return true;
            }
        }
        false
    }
}

/// The first letters and digits of a pattern as far as they are ASCII, small.
fn ascii_letters(pattern: &NamePattern) -> Vec<u8> {
    let letters = pattern.letters().filter(|c| c.is_alphanumeric()).take(MOST_LETTERS);
    let letters = letters.map_while(|c| u8::try_from(c).ok().filter(u8::is_ascii));
    letters.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// Whether a word may begin at an offset, as far as the bytes tell: not inside a word, unless with a
/// capital, as in hashtags.
fn may_begin_word(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
    !before.is_ascii_alphanumeric()
        || (text[at].is_ascii_uppercase() && !before.is_ascii_uppercase())
}

/// Whether a text holds characters outside ASCII other than dashes, quotation marks and spaces: they may
/// fold to letters of ASCII.
pub(super) fn has_foreign_letters(text: &str) -> bool {
    // U+2000 to U+206F begin with these two bytes.
    let is_mark = |rest: &[u8]| matches!(rest, [0xE2, 0x80 | 0x81, ..]);
    let bytes = text.as_bytes();
    let is_lead = |byte: u8| byte >= 0xC0;
    !text.is_ascii() && (0..bytes.len()).any(|at| is_lead(bytes[at]) && !is_mark(&bytes[at..]))
}
