//! Where a name may begin and end in a text.

use super::letter_folding::{is_hyphen, is_part_of_letter};
use crate::text::tokenizer::is_apostrophe;

/// Clitics that may follow a name: the letters after the apostrophe.
const CLITICS: [&str; 7] = ["s", "t", "ve", "re", "d", "ll", "m"];

/// Whether a name may begin at an offset: at the start of a word, behind the hyphen of a small prefix as in
/// *anti-dam*, or at a capital inside a hashtag.
pub(super) fn begins_at(text: &str, at: usize, is_initials: bool) -> bool {
    // Most places are inside a word of ASCII letters.
    let is_apart =
        |last: &u8| last.is_ascii() && !last.is_ascii_alphanumeric() && !b"'-".contains(last);
    if text.as_bytes()[..at].last().is_some_and(is_apart) {
        return true;
    }
    let mut before = text[..at].chars().rev().filter(|c| !is_part_of_letter(*c));
    let Some(last) = before.next() else { return true };
    let joined_to = before.next().filter(|c| c.is_alphanumeric());
    if last.is_alphanumeric() {
        let is_capital = text[at..].starts_with(char::is_uppercase);
        return is_capital && !last.is_uppercase() && is_in_tag(text, at);
    }
    if is_apostrophe(last) {
        return joined_to.is_none();
    }
    let is_small_prefix = || {
        let prefix = text[..at].trim_end_matches(|c: char| is_hyphen(c) || is_part_of_letter(c));
        let letters = prefix.chars().rev().take_while(|c| c.is_alphanumeric());
        letters.into_iter().all(|c| !c.is_uppercase())
    };
    !is_hyphen(last) || joined_to.is_none() || is_initials || is_small_prefix()
}

/// Whether a name may end at an offset: at the end of a word, before a clitic, before a hyphen with a small
/// word behind it as in *dam-owned*, or before a capital inside a hashtag.
pub(super) fn ends_at(text: &str, at: usize, is_initials: bool) -> bool {
    let mut after = text[at..].chars().filter(|c| !is_part_of_letter(*c));
    let Some(next) = after.next() else { return true };
    if next.is_alphanumeric() {
        let is_hump = match next.is_uppercase() {
            true => {
                !text[..at].ends_with(char::is_uppercase)
                    || after.next().is_some_and(char::is_lowercase)
            }
            false => next.is_numeric() && !text[..at].ends_with(char::is_numeric),
        };
        return is_hump && is_in_tag(text, at);
    }
    let joined_to = after.next().filter(|c| c.is_alphanumeric());
    if is_apostrophe(next) && joined_to.is_some() {
        let rest = text[at..].split_once(is_apostrophe).map_or("", |(_, rest)| rest);
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        return CLITICS.iter().any(|clitic| rest[..end].eq_ignore_ascii_case(clitic));
    }
    !is_hyphen(next) || is_initials || next == '–' || joined_to.is_none_or(|c| !c.is_uppercase())
}

/// Whether an offset is inside a hashtag or the name of an account, or at its start.
pub(super) fn is_in_tag(text: &str, at: usize) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_' || is_part_of_letter(c);
    text[..at].trim_end_matches(is_inside).ends_with(['#', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` in a text is the offset.
    #[track_caller]
    fn check(of: fn(&str, usize, bool) -> bool, marked: &[(&str, bool)]) {
        for (text, expected) in marked {
            let (at, text) = (text.find('|').unwrap(), text.replace('|', ""));
            assert_eq!(of(&text, at, false), *expected, "{text} at {at}");
        }
    }

    #[test]
    fn names_begin_with_words() {
        check(
            begins_at,
            &[
                ("|Dam", true),
                ("a‘|Dam", true),
                ("Mac|Dam", false),
                ("O’|Dam", false),
                ("anti-|Dam", true),
                ("Smith-|Dam", false),
                ("#Stop|Dam", true),
                ("Stop|Dam", false),
                ("#stop|dam", false),
                ("É|Dam", false),
            ],
        );
    }

    #[test]
    fn names_end_with_words() {
        check(
            ends_at,
            &[
                ("Dam|", true),
                ("Dam|’s", true),
                ("Dam|’ed", false),
                ("Dam|e", false),
                ("Dam|-owned", true),
                ("Dam|-Smith", false),
                ("#Dam|Now", true),
                ("#Dam|2031", true),
                ("Dam|2031", false),
                ("Dam|\u{301} x", true),
            ],
        );
    }
}
