//! Names that are printed once in full with their initials in brackets.

use crate::text::Span;

use super::lexicon::tags;
use super::sentence_tokens::SentenceTokens;

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
        if words.has(i, tags!("capital")) && left.last().copied() == letter {
            left.pop();
        }
        if left.is_empty() {
            return (letter == Some(first)).then_some(i..open);
        }
    }
    None
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
        let long = "It left the Centre for Dams and Locks (CDL)";
        assert_eq!(name(long).as_deref(), Some("Centre for Dams and Locks"));
        assert_eq!(name("Rep. Jo Elm (R) met the board (VRB)."), None);
        assert_eq!(name("(VRB)"), None);
    }
}
