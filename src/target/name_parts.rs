//! The words and marks that a name is made of.

use super::letter_folding::{is_hyphen, is_invisible, is_part_of_letter};
use crate::text::tokenizer::is_apostrophe;

/// One word or mark of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamePart {
    /// How it is parted from the part before it.
    pub(super) gap: NameGap,
    /// As printed; apostrophes are straight.
    pub(super) printed: String,
    /// Whether it is a word of letters and digits.
    pub(super) is_word: bool,
    /// Whether full stops stand behind its letters.
    pub(super) is_dotted: bool,
}

/// What parts two parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameGap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// A hyphen.
    Hyphen,
    /// A capital inside a word, as in *MeToo*.
    Capital,
}

/// Takes a name apart. What marks a hashtag or an account is left out. With `is_exact` hyphens and full
/// stops are marks, and capitals part nothing.
pub(super) fn name_parts(name: &str, is_exact: bool) -> Vec<NamePart> {
    let letters: Vec<char> = name.chars().filter(|c| !is_invisible(*c)).collect();
    let is_inside =
        |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || is_part_of_letter(*c));
    let mut parts: Vec<NamePart> = Vec::new();
    let mut gap = NameGap::Space;
    // Whether the last part is a word that goes on.
    let mut is_open = false;
    for (at, &c) in letters.iter().enumerate() {
        let (before, after) =
            (at.checked_sub(1).and_then(|at| letters.get(at)), letters.get(at + 1));
        let is_joint = is_open && is_apostrophe(c) && is_inside(after);
        if is_inside(Some(&c)) || is_joint {
            let is_hump = !is_exact && c.is_uppercase() && before.is_some_and(|c| c.is_lowercase());
            if let Some(word) = parts.last_mut().filter(|_| is_open && !is_hump) {
                word.printed.push(if is_apostrophe(c) { '\'' } else { c });
            } else {
                let gap = if is_open { NameGap::Capital } else { gap };
                let printed = c.to_string();
                parts.push(NamePart { gap, printed, is_word: true, is_dotted: false });
            }
            (is_open, gap) = (true, NameGap::None);
            continue;
        }
        let last = parts.last_mut().filter(|last| last.is_word && is_open);
        let is_initial =
            last.as_ref().is_some_and(|last| last.is_dotted || last.printed.chars().count() == 1);
        if !is_exact && c == '.' && (is_initial || !is_inside(after)) {
            // The letters of `U.S.` are one word; behind `St.` the stop may be missing.
            last.into_iter().for_each(|last| last.is_dotted = is_initial);
            is_open = is_initial && is_inside(after);
            continue;
        }
        is_open = false;
        if c.is_whitespace() {
            gap = NameGap::Space;
        } else if !is_exact && is_hyphen(c) {
            gap = if gap == NameGap::Space { gap } else { NameGap::Hyphen };
        } else if !(is_apostrophe(c) || (gap == NameGap::Space && matches!(c, '#' | '@'))) {
            parts.push(NamePart { gap, printed: c.to_string(), is_word: false, is_dotted: false });
            gap = NameGap::None;
        }
    }
    parts
}

impl NamePart {
    /// Whether it is written in capitals, two at least.
    pub(super) fn is_capitals(&self) -> bool {
        self.printed.chars().nth(1).is_some() && self.printed.chars().all(char::is_uppercase)
    }

    /// Whether it is a word written without capitals.
    pub(super) fn is_small(&self) -> bool {
        self.is_word && !self.printed.chars().any(char::is_uppercase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let parts = name_parts(name, false);
        let printed: Vec<&str> = parts.iter().map(|part| part.printed.as_str()).collect();
        assert_eq!(printed, expected);
    }

    #[test]
    fn words_and_marks() {
        check("tidal-barrier  plan", &["tidal", "barrier", "plan"]);
        check("Oak & Elm", &["Oak", "&", "Elm"]);
        check("#SaveTheDam", &["Save", "The", "Dam"]);
        check("U.S. Navy", &["US", "Navy"]);
        check("St. Ives", &["St", "Ives"]);
        check("Dam.example", &["Dam", ".", "example"]);
        check("Mabel’s", &["Mabel's"]);
        check("-- '", &[]);
    }
}
