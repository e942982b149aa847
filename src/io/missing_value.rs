//! Marks that programs write where a value is missing.

/// Whether a value is the mark of a missing one: `NA` (R), `NaN`, `None` (pandas), `null`, `\N` (MySQL), …
pub(super) fn is_missing(value: &str) -> bool {
    const MARKS: [&str; 12] =
        ["NA", "N/A", "n/a", "<NA>", "NaN", "nan", "NaT", "None", "null", "NULL", "\\N", "-"];
    MARKS.contains(&value.trim()) || value.trim() == "#N/A"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_no_values() {
        for mark in ["NA", " NaN ", "None", "null", "\\N", "-", "#N/A"] {
            assert!(is_missing(mark), "{mark}");
        }
        for value in ["", "Nan", "na", "none", "N", "--", "NAM", "Null Island"] {
            assert!(!is_missing(value), "{value}");
        }
    }
}
