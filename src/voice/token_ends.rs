//! Where a word of a text ends, and what its first character tells of it.

use crate::text::LOWER_CASE;

use super::lexicon::{self, Tags, tags};

/// The length of the word at the start of `text`, whose first character is `c`.
pub(super) fn word_length(text: &str, c: char) -> usize {
    // Most words are small letters with a space or a mark behind them.
    let first = c.len_utf8();
    let is_other = |byte: &u8| LOWER_CASE[usize::from(*byte)] == 0;
    let others = text.as_bytes()[first..].iter().position(is_other);
    let letters = others.map_or(text.len(), |length| first + length);
    let ends = |b: &u8| b.is_ascii() && !matches!(b, b'.' | b'\'' | b'-' | b',' | b'_' | b'&');
    if text.as_bytes().get(letters).is_none_or(ends) {
        return letters;
    }
    let mut characters = text[letters..].char_indices().map(|(at, c)| (letters + at, c)).peekable();
    while let Some((at, c)) = characters.next() {
        let within = characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric()
            || (within && matches!(c, '.' | '\'' | '’' | '-' | ',' | '_' | '&')))
            || (c == ',' && !is_thousand(text, at))
        {
            if matches!(c, '\'' | '’') && is_owned_plural(&text[..at], &text[at + c.len_utf8()..])
            {
                return at + c.len_utf8();
            }
            let abbreviates =
                c == '.' && is_short(&text[..at]) && !text[at + 1..].trim_start().is_empty();
            return if abbreviates { at + 1 } else { at };
        }
    }
    text.len()
}

/// `Dockers’ | Federation`: whether a mark behind a word is an apostrophe within a name.
fn is_owned_plural(word: &str, behind: &str) -> bool {
    let next = behind.strip_prefix(' ').and_then(|behind| behind.split(' ').next());
    // *The Times’ Jo Elm* is a person.
    let is_part = |next: &str| {
        next.starts_with(char::is_uppercase)
            && !lexicon::find(&next.to_lowercase()).has(tags!("female-name male-name"))
    };
    word.ends_with('s') && word.starts_with(char::is_uppercase) && next.is_some_and(is_part)
}

/// `3,100`: the comma belongs to the number.
fn is_thousand(text: &str, comma: usize) -> bool {
    text[..comma].ends_with(|c: char| c.is_ascii_digit())
        && text[comma + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// A word that may well be an abbreviation; inside a sentence its stop is no end.
fn is_short(word: &str) -> bool {
    word.len() <= 5 || word.contains('.')
}

/// What kind of token a character begins.
pub(super) fn kind(c: char) -> Tags {
    match c {
        _ if c.is_ascii_alphanumeric() => tags!("word"),
        ',' => tags!("comma"),
        ':' => tags!("colon"),
        ';' => tags!("semicolon"),
        '—' | '–' | '-' | '―' => tags!("dash"),
        '.' | '!' | '?' | '…' => tags!("stop"),
        '(' | '[' => tags!("open"),
        ')' | ']' => tags!("close"),
        '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„' | '`' => tags!("mark"),
        _ if c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '£' | '€') => tags!("word"),
        _ => tags!("other"),
    }
}
