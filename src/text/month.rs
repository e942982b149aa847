//! Names of months.

/// Full names and the abbreviations that newspapers print, without a full stop; sorted.
const MONTHS: [&str; 24] = [
    "Apr",
    "April",
    "Aug",
    "August",
    "Dec",
    "December",
    "Feb",
    "February",
    "Jan",
    "January",
    "Jul",
    "July",
    "Jun",
    "June",
    "Mar",
    "March",
    "May",
    "Nov",
    "November",
    "Oct",
    "October",
    "Sep",
    "Sept",
    "September",
];

/// Whether `word` names a month, in full or abbreviated.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_sorted() {
        assert!(MONTHS.is_sorted());
        assert!(is_month("Sept") && is_month("May") && !is_month("Monday"));
    }
}
