//! A word's letters as one number, for fast comparison and hashing.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::span::Span;

/// A word's first 14 bytes and its length, in 16 bytes. Of a longer word, 112 bits of two hashes take the
/// place of the bytes; two words are equal by chance with probability 2⁻¹¹².
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordKey(u128);

impl WordKey {
    /// The key of no word.
    pub(crate) const NONE: WordKey = WordKey(0);
    /// Length of the longest word that is stored itself, in bytes.
    const LONGEST: usize = 14;

    /// The key of a word in a text, of one byte at least.
    #[inline]
    pub(crate) fn of(text: &str, span: &Span) -> Self {
        let length = span.len();
        let letters = if length > WordKey::LONGEST {
            hashes(&text[span.clone()])
        } else if let Some(letters) = text.as_bytes()[span.start..].first_chunk() {
            // Read 16 bytes and mask those after the word: faster than a copy of variable length.
            u128::from_le_bytes(*letters) & MASKS[length]
        } else {
            let mut letters = [0; 16];
            letters[..length].copy_from_slice(&text.as_bytes()[span.clone()]);
            u128::from_le_bytes(letters)
        };
        WordKey(letters | (length.min(WordKey::LONGEST + 1) as u128) << (8 * WordKey::LONGEST))
    }

    /// The key of a word in the source code, of 14 bytes at most.
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

    /// The key of a word of a kind; words of different kinds have different keys.
    #[inline]
    pub(crate) fn of_kind(self, kind: u8) -> Self {
        WordKey(self.0 | u128::from(kind) << 120)
    }

    /// A 64-bit hash.
    #[inline]
    pub(crate) fn hash64(self) -> u64 {
        let mut hasher = FxHasher::default();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl Hash for WordKey {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.0 as u64);
        hasher.write_u64((self.0 >> 64) as u64);
    }
}

/// For each length, the mask of a word of that length.
const MASKS: [u128; WordKey::LONGEST + 1] = {
    let mut masks = [0; WordKey::LONGEST + 1];
    let mut length = 0;
    while length <= WordKey::LONGEST {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// Two independent hashes, cut to 112 bits in total.
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
    fn keys_are_told_apart() {
        let text = "internationalisation, internationalisations of a";
        let key = |span: Span| WordKey::of(text, &span);
        let long = key(0..20);
        // The place of a word makes no difference, even at the end of the text.
        assert_eq!(long, key(22..42));
        assert_eq!(key(11..12), key(47..48));
        assert_eq!(key(44..46), WordKey::listed("of"));
        assert_eq!(key(0..14), WordKey::listed("internationali"));
        let others = [key(22..43), key(0..14), key(0..13), key(47..48)];
        assert!(others.iter().all(|other| *other != long && *other != WordKey::NONE));
        assert_ne!(others[1], others[2]);
        assert_ne!(others[3], others[3].of_kind(1));
        assert_ne!(others[3].hash64(), others[3].of_kind(1).hash64());
    }
}
