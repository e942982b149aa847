//! The values of one column, all of one type.

/// Values of some rows in one column of a typed table.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedValues {
    /// Texts; an empty one is no value.
    Text(Vec<String>),
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Fractions; none where a row has no value.
    Fraction(Vec<Option<f64>>),
}

impl TypedValues {
    /// Adds the values of later rows. Values of another type are left out, so that columns of different
    /// lengths tell that they do not fit.
    pub fn append(&mut self, later: TypedValues) {
        match (self, later) {
            (TypedValues::Text(all), TypedValues::Text(later)) => all.extend(later),
            (TypedValues::Whole(all), TypedValues::Whole(later)) => all.extend(later),
            (TypedValues::Fraction(all), TypedValues::Fraction(later)) => all.extend(later),
            _ => {}
        }
    }
}
