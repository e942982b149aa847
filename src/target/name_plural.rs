//! Tells the plural of a name from another name that ends in *-s*: *the Penhales* from *Ann Penhales*.

/// How words end that name people of one kind, as *Democrat* does. Their plurals are never names.
const KIND_ENDINGS: [&str; 12] =
    ["crat", "ean", "eli", "exan", "ghan", "ian", "ican", "ist", "istani", "ite", "oner", "uban"];

/// Other such words.
const KINDS: [&str; 42] = [
    "arab",
    "asian",
    "bolshevik",
    "catholic",
    "conservative",
    "croat",
    "czech",
    "dane",
    "filipino",
    "finn",
    "german",
    "governor",
    "greek",
    "hindu",
    "hispanic",
    "independent",
    "iraqi",
    "jew",
    "kurd",
    "labourite",
    "latina",
    "latino",
    "liberal",
    "marine",
    "minister",
    "mormon",
    "muslim",
    "native",
    "nazi",
    "pole",
    "president",
    "protestant",
    "saudi",
    "scot",
    "senator",
    "serb",
    "sikh",
    "spaniard",
    "swede",
    "turk",
    "whig",
    "zealot",
];

/// Words before a plural.
const BEFORE: [&str; 35] = [
    "all", "any", "both", "eight", "few", "fewer", "five", "four", "her", "his", "its", "many",
    "more", "most", "my", "nine", "no", "other", "our", "seven", "several", "six", "some", "such",
    "ten", "the", "their", "these", "those", "three", "two", "what", "which", "whose", "your",
];

/// Words behind a plural, in small letters.
const BEHIND: [&str; 24] = [
    "alike",
    "are",
    "aren't",
    "aren’t",
    "ask",
    "deny",
    "don't",
    "don’t",
    "face",
    "get",
    "have",
    "haven't",
    "haven’t",
    "hope",
    "make",
    "need",
    "own",
    "pay",
    "release",
    "say",
    "take",
    "themselves",
    "want",
    "were",
];

/// Takes a word with a capital; says whether it names people of one kind.
pub(super) fn is_kind(word: &str) -> bool {
    let lower = word.to_lowercase();
    KINDS.binary_search(&lower.as_str()).is_ok()
        || KIND_ENDINGS.iter().any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
}

/// Whether the words around a place of a text show that a plural stands there.
pub(super) fn is_shown(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].strip_suffix(' ').unwrap_or_default();
    let before = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_number = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
    let behind = text[end..].strip_prefix(' ').unwrap_or_default();
    let behind = behind.split(|c: char| !c.is_alphanumeric() && !"'’".contains(c)).next();
    is_number
        || BEFORE.contains(&before.to_lowercase().as_str())
        || BEHIND.contains(&behind.unwrap_or_default().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [&KIND_ENDINGS[..], &KINDS, &BEFORE, &BEHIND] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn kinds_are_told_from_names() {
        for word in ["Democrat", "Republican", "American", "Senator", "Arab", "Texan"] {
            assert!(is_kind(word), "{word}");
        }
        for word in ["Wood", "Penhale", "Clinton", "Trump", "Ian"] {
            assert!(!is_kind(word), "{word}");
        }
    }

    #[test]
    fn words_around_show_a_plural() {
        let shown = |before: &str, behind: &str| {
            let text = format!("{before}Woods{behind}");
            is_shown(&text, before.len(), before.len() + 5)
        };
        for (before, behind) in [
            ("the ", ""),
            ("two ", " of Vell"),
            ("12 ", ""),
            ("", " were late"),
            ("", " Face Jail"),
        ] {
            assert!(shown(before, behind), "{before}, {behind}");
        }
        for (before, behind) in [("", ""), ("Ann ", " was"), ("said ", ", who"), ("it. ", "")] {
            assert!(!shown(before, behind), "{before}, {behind}");
        }
    }
}
