//! Which features of one word have a column.

/// The kinds of word features in which a word has a column, as a bit mask. A kind is a template, or a
/// template with one of its prefixes: all its features differ in the word alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordFeatureMask(u32);

impl WordFeatureMask {
    /// Maximum number of kinds.
    pub(super) const MAX_KINDS: usize = 30;
    /// No kind.
    pub(super) const EMPTY: WordFeatureMask = WordFeatureMask(0);
    /// Marks a word that has not been looked up yet.
    pub(super) const UNKNOWN: WordFeatureMask = WordFeatureMask(1 << 31);
    /// Marks a word that is also the name of a template. `word=near` and `near=word` have the same key,
    /// so their amounts must be added up: features of such words are not cached, but merged by key.
    pub(super) const AMBIGUOUS: WordFeatureMask = WordFeatureMask(1 << 30);

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self == WordFeatureMask::EMPTY
    }

    #[inline]
    pub(super) fn insert(&mut self, kind: usize) {
        self.0 |= 1 << kind;
    }

    #[inline]
    pub(super) fn contains(self, kind: usize) -> bool {
        self.0 & 1 << kind != 0
    }

    /// Number of kinds in the mask below one: the index of that kind's entry among the word's entries.
    #[inline]
    pub(super) fn rank(self, kind: usize) -> u32 {
        (self.0 & ((1 << kind) - 1)).count_ones()
    }
}
