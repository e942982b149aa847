//! Counts and lists of names in words.

/// Maximum number of names that are listed; the rest are counted.
const NAMED: usize = 5;

/// Maximum number of characters of a name.
const LONGEST: usize = 60;

/// The names, the rest counted where there are many.
pub(super) fn shortened(names: &[&str]) -> String {
    let start = |name: &&str| name.chars().take(LONGEST).collect::<String>();
    let shown: Vec<String> = names.iter().take(NAMED).map(start).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A count with its noun.
pub(super) fn several(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
