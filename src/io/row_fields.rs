//! The fields of a row, held in one string.

/// The fields of one row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFields {
    /// The fields one after the other.
    text: String,
    /// Where each field ends.
    ends: Vec<usize>,
}

impl RowFields {
    /// Takes the number of bytes to make room for; gives a row without fields.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        RowFields { text: String::with_capacity(bytes), ends: Vec::with_capacity(8) }
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The field at an index; none where the row has fewer fields.
    pub fn get(&self, index: usize) -> Option<&str> {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(index).map(|&end| &self.text[start..end])
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Adds text to the last field, which has not ended.
    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the last field.
    pub(super) fn end_field(&mut self) {
        self.ends.push(self.text.len());
    }
}

impl<S: AsRef<str>> FromIterator<S> for RowFields {
    fn from_iter<I: IntoIterator<Item = S>>(fields: I) -> Self {
        let mut all = RowFields::default();
        for field in fields {
            all.push_str(field.as_ref());
            all.end_field();
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
