//! Spellings of labels: which are the same, which mean that nobody coded, and which are slips of the
//! keyboard.

/// What files hold where nobody coded, folded. `none` is among them where it is no label.
const NOT_CODED: [&str; 11] = ["", "na", "n/a", "#n/a", "<na>", "nan", "null", "-", "–", "—", "?"];

/// The word that means "not coded" to programs and "neutral" in some label files.
pub(super) const NONE: &str = "none";

/// The form in which spellings of one label are equal: without white space around, in lower case, words
/// joined by `_`, whole numbers without a sign or decimals that say nothing.
pub(super) fn folded(written: &str) -> String {
    let written = without_mark(written.trim()).to_lowercase().replace('\u{2212}', "-");
    // pandas writes 1 as 1.0 in columns where other rows are empty.
    let whole = written.strip_suffix(".0").unwrap_or(&written);
    match whole.parse::<i64>() {
        Ok(number) => number.to_string(),
        Err(_) if written.chars().any(char::is_alphabetic) => {
            let is_join = |c: char| c.is_whitespace() || c == '-' || c == '_';
            written.split(is_join).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
        }
        Err(_) => written,
    }
}

/// Without the apostrophe that keeps a spreadsheet from running a field that begins like a formula.
fn without_mark(field: &str) -> &str {
    let inner = field.strip_prefix('\'');
    inner.filter(|inner| inner.starts_with(['=', '+', '-', '@'])).unwrap_or(field)
}

/// Whether a folded spelling means that nobody coded.
pub(super) fn is_not_coded(folded: &str) -> bool {
    NOT_CODED.contains(&folded)
}

/// The one of some folded spellings that was probably meant: that with the fewest slips, no more than one
/// for every three letters.
pub(super) fn nearest<'s>(
    folded: &str,
    spellings: impl Iterator<Item = &'s str>,
) -> Option<&'s str> {
    let most = folded.chars().count() / 3;
    let near = spellings.map(|spelling| (slips(folded, spelling), spelling));
    near.filter(|(slips, _)| *slips <= most).min_by_key(|(slips, _)| *slips).map(|(_, near)| near)
}

/// The number of letters left out, added, changed or swapped with the next (the distance of optimal string
/// alignment).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_label_are_equal() {
        for (written, expected) in [
            (" Critical ", "critical"),
            ("Human interest", "human_interest"),
            ("human-interest", "human_interest"),
            ("1.0", "1"),
            ("+1", "1"),
            ("'-1", "-1"),
            ("\u{2212}1", "-1"),
            ("1.5", "1.5"),
            ("'-", "-"),
        ] {
            assert_eq!(folded(written), expected, "{written}");
        }
    }

    #[test]
    fn slips_are_counted_as_a_typist_makes_them() {
        assert_eq!(slips("critcal", "critical"), 1);
        assert_eq!(slips("nuetral", "neutral"), 1);
        assert_eq!(slips("", "con"), 3);
        let labels = || ["critical", "neutral", "con"].into_iter();
        assert_eq!(nearest("critcal", labels()), Some("critical"));
        assert_eq!(nearest("cno", labels()), Some("con"));
        assert_eq!(nearest("hostile", labels()), None);
        assert_eq!(nearest("99", labels()), None);
    }
}
