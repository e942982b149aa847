//! The fields of a row, in one piece.

/// The fields of one row of a table, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFields {
    text: String,
    /// Where each field ends.
    ends: Vec<usize>,
}

impl RowFields {
    /// None yet, with room for so many bytes of them.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        RowFields { text: String::with_capacity(bytes), ends: Vec::with_capacity(8) }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One of them, where there are so many.
    pub fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(at).map(|&end| &self.text[start..end])
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// Adds to the field that has not ended.
    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends a field.
    pub(super) fn end(&mut self) {
        self.ends.push(self.text.len());
    }
}

impl<S: AsRef<str>> FromIterator<S> for RowFields {
    fn from_iter<I: IntoIterator<Item = S>>(fields: I) -> Self {
        let mut all = RowFields::default();
        for field in fields {
            all.push_str(field.as_ref());
            all.end();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_kept_apart() {
        let fields: RowFields = ["", "a b", "", "é"].into_iter().collect();
        assert_eq!(fields.iter().collect::<Vec<_>>(), ["", "a b", "", "é"]);
        assert_eq!((fields.get(3), fields.get(4)), (Some("é"), None));
        assert_eq!(RowFields::default().get(0), None);
    }
}
