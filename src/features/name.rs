//! Names of features, and their keys.
//!
//! A name is the template's name, `=`, and its parts: `word=scorn`, `side=right scorn`. To find a feature's
//! column its name is only hashed ([`Key`]); names are spelled out where a model is trained or a prediction
//! is explained.

use crate::text::Span;
pub(crate) use crate::text::word_key::fnv as hash;

/// One part of a feature's name, without white space.
#[derive(Debug, Clone, Copy)]
pub struct NamePart {
    /// Where it comes from, so that a sink can recognise it without its text.
    pub(crate) source: PartSource,
    /// The hash of its text: see [`Key`].
    pub(crate) hash: u64,
}

/// Where a part of a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartSource {
    /// A term of the view, by its index.
    Term(u32),
    /// One of the template's [prefixes](super::FeatureTemplate::prefixes): its index, and its text.
    Prefix(u32, &'static str),
    /// The class of a term: a sentence may hold several terms of it.
    Class(&'static str),
    /// Letters of the sentence, and whether they begin or end a word. They may recur in it.
    Letters {
        /// Where they begin.
        start: usize,
        /// Where they end.
        end: usize,
        /// Whether a word begins with them.
        opens: bool,
        /// Whether a word ends with them.
        closes: bool,
    },
    /// Any other text.
    Text(&'static str),
}

impl NamePart {
    /// A part with a fixed text.
    pub const fn new(text: &'static str) -> Self {
        NamePart { source: PartSource::Text(text), hash: hash(text) }
    }

    /// The name of a class of terms, which makes the feature one that can occur more than once.
    pub(crate) const fn class(text: &'static str) -> Self {
        NamePart { source: PartSource::Class(text), hash: hash(text) }
    }

    /// Letters of the sentence, spelled as in names.
    pub(super) fn letters(span: &Span, opens: bool, closes: bool, spelled: &str) -> Self {
        let (start, end) = (span.start, span.end);
        NamePart { source: PartSource::Letters { start, end, opens, closes }, hash: hash(spelled) }
    }

    /// The prefixes of a template.
    pub const fn prefixes<const N: usize>(texts: [&'static str; N]) -> [Self; N] {
        let mut prefixes = [NamePart::new(""); N];
        let (mut at, mut index) = (0, 0);
        while at < N {
            prefixes[at] =
                NamePart { source: PartSource::Prefix(index, texts[at]), hash: hash(texts[at]) };
            (at, index) = (at + 1, index + 1);
        }
        prefixes
    }
}

/// Writes letters of a sentence as names spell them: small, with `_` where a word begins or ends.
pub(super) fn spell_letters(letters: &str, opens: bool, closes: bool, spelled: &mut String) {
    spelled.clear();
    spelled.push_str(if opens { "_" } else { "" });
    spelled.extend(letters.chars().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()));
    spelled.push_str(if closes { "_" } else { "" });
}

/// The hash of a feature's name. No two features of a model have the same key: training refuses that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// The key of a feature of a template.
    pub fn of(template: &str, parts: &[NamePart]) -> Self {
        parts.iter().fold(Key::of_template(template), |key, part| key.followed_by(part.hash))
    }

    /// The key of a template's name without parts, which the keys of its features are built from.
    pub(crate) fn of_template(template: &str) -> Self {
        Key(hash(template))
    }

    /// The key with one more part, given by its hash.
    #[inline]
    pub(crate) fn followed_by(self, part: u64) -> Self {
        Key(mix(self.0 ^ part))
    }

    /// The key of a feature by its name.
    pub fn of_name(name: &str) -> Self {
        let (template, parts) = split_name(name);
        parts.split(' ').fold(Key::of_template(template), |key, part| key.followed_by(hash(part)))
    }
}

/// The template and the parts of a name.
pub fn split_name(name: &str) -> (&str, &str) {
    name.split_once('=').unwrap_or((name, ""))
}

/// Mixes the bits of a key, so that the order of parts matters (the finalizer of `SplitMix64`: Steele, Lea &
/// Flood 2014).
const fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_can_be_made_from_the_name() {
        let parts = [NamePart::new("right"), NamePart::new("a=b")];
        assert_eq!(Key::of("side", &parts), Key::of_name("side=right a=b"));
        assert_eq!(Key::of("side", &NamePart::prefixes(["left"])), Key::of_name("side=left"));
    }

    #[test]
    fn the_order_of_parts_counts() {
        assert_ne!(Key::of_name("pair=a b"), Key::of_name("pair=b a"));
        assert_ne!(Key::of_name("pair=a a"), Key::of_name("word=a"));
    }
}
