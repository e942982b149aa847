//! Names that are printed in full here and as their initials there.

use std::ops::Range;

use crate::text::Span;

use super::lexicon::tags;
use super::sentence_tokens::{SentenceTokens, listed};

/// Maximum length of a long name, in words.
const MAX_NAME: usize = 9;
/// Number of letters of initials that are taken for a name without brackets beside it.
const LENGTHS: Range<usize> = 3..7;

/// `Valley River Board (VRB)`: the name before the bracket that opens at a token.
pub(super) fn spelled_out(words: &SentenceTokens<'_>, open: usize) -> Option<Span> {
    let initials = words.text(open + 1);
    let is_initials = (2..7).contains(&initials.len())
        && initials.bytes().all(|b| b.is_ascii_uppercase())
        && words.has(open + 2, tags!("close"));
    if !is_initials {
        return None;
    }
    let mut left: Vec<char> = initials.chars().collect();
    let first = left[0];
    // *Board of Elm and Oak (BEO)*: small words have no letter; the last words may have none either.
    for i in (open.saturating_sub(2 * left.len() + 2)..open).rev() {
        if !words.has(i, tags!("word")) {
            return None;
        }
        let letter = words.text(i).chars().next();
        // *Department of Dams (DOD)*: a small word may have a letter, too.
        let is_next =
            letter.is_some_and(|letter| left.last() == Some(&letter.to_ascii_uppercase()));
        if is_next {
            left.pop();
        }
        if left.is_empty() {
            return (letter == Some(first)).then_some(i..open);
        }
    }
    None
}

/// `JEA` and `JE` for Jo Elm-Ash: how a transcript may label somebody.
pub(super) fn of_person(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split([' ', '-']).filter_map(|part| part.chars().next());
    let all: Vec<char> = parts.filter(|first| first.is_uppercase()).collect();
    let lengths = if all.len() > 2 { 2..all.len() + 1 } else { all.len()..all.len() + 1 };
    lengths.filter(|length| *length > 1).map(move |length| all[..length].iter().collect())
}

/// Hands over every name of three words or more, small ones counted, by the initials that it can be
/// printed as: `Centre for Dams and Locks` by *CFDAL*, *CDL*; and, as the last part is often left out,
/// `Centre for Dam Control and Locks` by *CDC*.
pub(super) fn each_long_name(words: &SentenceTokens<'_>, mut add: impl FnMut(String, Span)) {
    let mut start = 0;
    while let Some(first) = (start..words.len()).find(|i| begins_long_name(words, *i)) {
        let goes_on = |i: &usize| words.has(*i, tags!("capital")) || joins(words, *i);
        let end = first + (first..words.len().min(first + MAX_NAME)).take_while(goes_on).count();
        start = end;
        if end < first + 3 {
            continue;
        }
        for from in (first..end - 2).filter(|i| begins_long_name(words, *i)) {
            let last = words.rfind(from..end, tags!("conjunction")).unwrap_or(end);
            for (is_whole, until) in [(false, end), (true, end), (false, last)] {
                let initials = initials(words, from..until, is_whole);
                if LENGTHS.contains(&initials.len()) {
                    add(initials, from..end);
                }
            }
        }
    }
}

/// The first letters of the words of a name, small words left out or not.
fn initials(words: &SentenceTokens<'_>, name: Span, is_whole: bool) -> String {
    let parts = name.filter(|i| is_whole || words.has(*i, tags!("capital")));
    let letters = parts.filter_map(|i| words.text(i).chars().next());
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

fn begins_long_name(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.has(i, tags!("capital"))
        && !words.has(i, tags!("determiner preposition conjunction time"))
}

/// `Centre | for | Dams`: a small word within a name.
fn joins(words: &SentenceTokens<'_>, i: usize) -> bool {
    words.any(i, listed!["of", "for", "and", "the", "on"]) && words.has(i + 1, tags!("capital"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    #[test]
    fn the_name_before_its_initials() {
        let name = |text: &str| {
            let lower = text.to_ascii_lowercase();
            let words = plain(text, &lower);
            let open = words.find(0..words.len(), tags!("open"))?;
            spelled_out(&words, open).map(|name| words.slice(&name).to_string())
        };
        assert_eq!(
            name("The Valley River Board (VRB) met.").as_deref(),
            Some("Valley River Board")
        );
        assert_eq!(
            name("The Department of Dams (DOD) met.").as_deref(),
            Some("Department of Dams")
        );
        let long = "It left the Centre for Dams and Locks (CDL)";
        assert_eq!(name(long).as_deref(), Some("Centre for Dams and Locks"));
        assert_eq!(name("Rep. Jo Elm (R) met the board (VRB)."), None);
        assert_eq!(name("(VRB)"), None);
    }

    #[test]
    fn initials_without_brackets() {
        let names = |text: &str| {
            let lower = text.to_ascii_lowercase();
            let (words, mut found) = (plain(text, &lower), Vec::new());
            each_long_name(&words, |initials, name| {
                found.push(format!("{initials} {}", words.slice(&name)));
            });
            found
        };
        let found = names("It left the Centre for Dams and Locks today.");
        for initials in ["CDL", "CFDAL"] {
            let name = format!("{initials} Centre for Dams and Locks");
            assert!(found.contains(&name), "{name}: {found:?}");
        }
        assert!(names("Jo Elm met Al Oak.").is_empty());
    }
}
