//! A list that ends early.

/// A list that ends early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortened<T> {
    /// The first elements.
    pub shown: Vec<T>,
    /// Number of further elements.
    pub more: usize,
}

impl<T> Shortened<T> {
    /// The first elements of a list, at most so many.
    pub(super) fn of(mut all: Vec<T>, most: usize) -> Self {
        let more = all.len().saturating_sub(most);
        all.truncate(most);
        Shortened { shown: all, more }
    }
}
