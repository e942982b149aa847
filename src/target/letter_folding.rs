//! Folds letters, so that the same word in another Unicode form, in other case or without its accents is
//! found.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::text::tokenizer::is_apostrophe;

/// How letters are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// As printed; only Unicode forms are one.
    Exact,
    /// In any case.
    Case,
    /// In any case, and without accents.
    Accents,
}

impl Folding {
    /// Calls `each` with the folded characters of one character.
    pub(super) fn fold(self, c: char, mut each: impl FnMut(char)) {
        if c.is_ascii() {
            return each(if self == Folding::Exact { c } else { c.to_ascii_lowercase() });
        }
        if is_apostrophe(c) {
            return each('\'');
        }
        decompose_compatible(c, |part| match self {
            Folding::Exact => each(part),
            Folding::Case => part.to_lowercase().for_each(|c| each(small(c))),
            Folding::Accents => part.to_lowercase().for_each(|c| {
                let plain = plain_letters(c);
                match plain.is_empty() {
                    true if is_combining_mark(c) => {}
                    true => each(small(c)),
                    false => plain.chars().for_each(&mut each),
                }
            }),
        });
    }

    /// The folded characters of a text; what [`is_invisible`] is left out.
    pub(super) fn folded(self, text: &str) -> Vec<char> {
        let mut folded = Vec::with_capacity(text.len());
        let visible = text.chars().filter(|c| !is_invisible(*c));
        visible.for_each(|c| self.fold(c, |part| folded.push(part)));
        folded
    }
}

/// Letters that no accent can be taken from, as they are printed without it.
fn plain_letters(c: char) -> &'static str {
    match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

/// A small letter with one form for all places in a word.
fn small(c: char) -> char {
    if c == 'ς' { 'σ' } else { c }
}

/// Whether a character is not printed: a soft hyphen, characters of no width, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Whether a character belongs to the letter before it.
pub(super) fn is_part_of_letter(c: char) -> bool {
    !c.is_ascii() && (is_invisible(c) || is_combining_mark(c))
}

/// Whether a character joins the words of a compound. Dashes join some, such as *Ostrey–Penhale line*.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–' | '\u{FE63}' | '\u{FF0D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_letter_are_one() {
        let folded = |folding: Folding, text| folding.folded(text).into_iter().collect::<String>();
        assert_eq!(folded(Folding::Case, "É"), folded(Folding::Case, "e\u{301}"));
        assert_eq!(folded(Folding::Accents, "ÉŁÆẞ ﬁve\u{AD}"), "elaess five");
        assert_eq!(folded(Folding::Exact, "Ｅ\u{212A}"), "EK");
        assert_eq!(folded(Folding::Case, "ΣΑΣ"), folded(Folding::Case, "σας"));
    }
}
