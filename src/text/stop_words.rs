//! Stop words. There are three lists, as each decides something else: which words a table of distinctive
//! words shows, which quotations two people can say by chance, and which phrase is a title. (The features
//! have a fourth list, of stems, in `features/word_classes.rs`.)

/// English function words: grammar and style rather than subject. Sorted.
const FUNCTION_WORDS: &str = "a about after all also am an and any are aren't as at be because \
    been before being but by can can't could couldn't did didn't do does doesn't doing don't down \
    during each few for from further had hadn't has hasn't have haven't having he her here hers \
    herself him himself his how i i'm if in into is isn't it it's its itself just me more most my \
    myself no nor not now of off on once only or other our ours ourselves out over own same she \
    should shouldn't so some such than that that's the their theirs them themselves then there \
    these they this those through to too under until up very was wasn't we were weren't what when \
    where which while who whom why will with won't would wouldn't you your yours yourself";

/// Function words of four letters or more, as runs of letters, and *said*: two people can say a quotation
/// of these words alone by chance.
const CHANCE_WORDS: &str = "about because been being could couldn didn does doesn from hasn have haven \
    into said should shouldn than that their them then there these they this those wasn were weren what \
    when which will with would wouldn your";

/// Words that a title prints in lower case.
const LOWER_CASE_IN_TITLES: [&str; 12] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "with"];

/// The function words, in byte order.
pub(crate) fn function_words() -> impl Iterator<Item = &'static str> {
    FUNCTION_WORDS.split_ascii_whitespace()
}

/// Whether a word, given in lower case, is a function word. Negations are not: they change what a
/// sentence says.
pub(crate) fn is_function_word(word: &str) -> bool {
    const NEGATIONS: [&str; 3] = ["no", "nor", "not"];
    let word = word.replace('\u{2019}', "'");
    let negates = NEGATIONS.contains(&word.as_str()) || word.ends_with("n't");
    !negates && function_words().any(|other| other == word)
}

/// Whether a word, given in lower case, can be in two quotations by chance.
pub(crate) fn is_chance_word(word: &str) -> bool {
    CHANCE_WORDS.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a word as printed can be in lower case in a title.
pub(crate) fn is_lower_case_in_titles(word: &str) -> bool {
    LOWER_CASE_IN_TITLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::dictionary_words;

    #[test]
    fn function_words_are_sorted_dictionary_words() {
        let list: Vec<_> = function_words().filter(|word| word.len() > 1).collect();
        let read: Vec<_> = dictionary_words(FUNCTION_WORDS).map(|(word, _)| word).collect();
        assert_eq!(read, list);
        assert!(list.is_sorted());
    }

    #[test]
    fn negations_are_no_function_words() {
        assert!(is_function_word("it\u{2019}s") && !is_function_word("isn\u{2019}t"));
        assert!(!is_function_word("not") && !is_function_word("dam"));
    }
}
