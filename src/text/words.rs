//! Simple word splitters. Each counts something else, so their results differ on purpose; the features
//! use [`tokens`](super::tokenizer::tokens).

/// The maximal runs of letters and digits, by which copies of a text are found: hyphens and apostrophes
/// make no difference.
pub(crate) fn alphanumeric_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a word count: runs without white space that hold a letter or a digit.
pub(crate) fn counted_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|run| run.contains(char::is_alphanumeric))
}

/// The words that a dictionary could list: two letters or more, with apostrophes and hyphens inside.
/// Gives each in lower case with straight apostrophes, and whether it is printed with a capital.
pub(crate) fn dictionary_words(text: &str) -> impl Iterator<Item = (String, bool)> {
    let joins = |letter: char| matches!(letter, '\'' | '’' | '-');
    text.split(move |letter: char| !letter.is_alphabetic() && !joins(letter))
        .map(move |run| run.trim_matches(joins))
        .filter(|word| word.chars().nth(1).is_some())
        .map(|word| (word.to_lowercase().replace('’', "'"), word.starts_with(char::is_uppercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionary_words_keep_what_joins_them() {
        let found: Vec<_> =
            dictionary_words("Trump’s so-called 'unit' — a U-turn, 13 tweets… Élysée")
                .map(|(word, _)| word)
                .collect();
        assert_eq!(found, ["trump's", "so-called", "unit", "u-turn", "tweets", "élysée"]);
    }

    #[test]
    fn one_text_in_each_kind_of_words() {
        let text = "It’s 3.5 — so-so!";
        assert_eq!(alphanumeric_runs(text).collect::<Vec<_>>(), ["It", "s", "3", "5", "so", "so"]);
        assert_eq!(counted_words(text).collect::<Vec<_>>(), ["It’s", "3.5", "so-so!"]);
        assert!(dictionary_words(text).eq([("it's".into(), true), ("so-so".into(), false)]));
    }
}
