//! The letters of a word as a number: what words are told apart by in a hurry.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::span::Span;

/// A word's letters and their number; of a long word two hashes instead of the letters, as equal in
/// two words as 112 bits are by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordKey(u128);

impl WordKey {
    /// Stands for no word.
    pub(crate) const NONE: WordKey = WordKey(0);
    /// The longest word whose letters a form holds, in bytes.
    const LONGEST: usize = 14;

    /// The form of what stands somewhere in a text: one byte at least.
    #[inline]
    pub(crate) fn of(text: &str, span: &Span) -> Self {
        let length = span.len();
        let letters = if length > WordKey::LONGEST {
            hashes(&text[span.clone()])
        } else if let Some(letters) = text.as_bytes()[span.start..].first_chunk() {
            // All that is behind the word goes, and what this costs does not depend on its length.
            u128::from_le_bytes(*letters) & MASKS[length]
        } else {
            let mut letters = [0; 16];
            letters[..length].copy_from_slice(&text.as_bytes()[span.clone()]);
            u128::from_le_bytes(letters)
        };
        WordKey(letters | (length.min(WordKey::LONGEST + 1) as u128) << (8 * WordKey::LONGEST))
    }

    /// The form of a word that stands in the code; no longer than the letters that a form holds.
    pub(crate) const fn listed(word: &str) -> Self {
        let bytes = word.as_bytes();
        assert!(!word.is_empty() && word.len() <= WordKey::LONGEST);
        let mut letters = (bytes.len() as u128) << (8 * WordKey::LONGEST);
        let mut at = 0;
        while at < bytes.len() {
            letters |= (bytes[at] as u128) << (8 * at);
            at += 1;
        }
        WordKey(letters)
    }

    /// The form of a word of a kind: those of other kinds have others.
    #[inline]
    pub(crate) fn of_kind(self, kind: u8) -> Self {
        WordKey(self.0 | u128::from(kind) << 120)
    }

    /// The hash of the form.
    #[inline]
    pub(crate) fn number(self) -> u64 {
        let mut hasher = FxHasher::default();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl Hash for WordKey {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "its halves, one after the other")]
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.0 as u64);
        hasher.write_u64((self.0 >> 64) as u64);
    }
}

/// For each length the letters of a word that is so long.
const MASKS: [u128; WordKey::LONGEST + 1] = {
    let mut masks = [0; WordKey::LONGEST + 1];
    let mut length = 0;
    while length <= WordKey::LONGEST {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// Two hashes that have nothing to do with each other, cut to 112 bits.
fn hashes(word: &str) -> u128 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    (u128::from(fnv(word)) << 64 | u128::from(hasher.finish())) >> 16
}

/// The 64-bit FNV-1a hash (Fowler, Noll & Vo).
pub(crate) const fn fnv(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let text = "internationalisation, internationalisations of a";
        let form = |span: Span| WordKey::of(text, &span);
        let long = form(0..20);
        // Where a word stands does not matter, at the end of the text neither.
        assert_eq!(long, form(22..42));
        assert_eq!(form(11..12), form(47..48));
        assert_eq!(form(44..46), WordKey::listed("of"));
        assert_eq!(form(0..14), WordKey::listed("internationali"));
        let others = [form(22..43), form(0..14), form(0..13), form(47..48)];
        assert!(others.iter().all(|other| *other != long && *other != WordKey::NONE));
        assert_ne!(others[1], others[2]);
        assert_ne!(others[3], others[3].of_kind(1));
        assert_ne!(others[3].number(), others[3].of_kind(1).number());
    }
}
