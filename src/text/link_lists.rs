//! Lists of links that a page sets behind a name, which copies of its text hold within the sentence.

use std::borrow::Cow;

use super::Span;

/// What a page ends such a list with.
const LAST_LINK: &str = " MORE";
/// Maximum number of words from a name to where it is printed in full again.
const MAX_FULL_NAME: usize = 12;
/// Maximum length of the links, in bytes.
const MAX_LINKS: usize = 600;

/// Takes a text; gives it without the links behind names. `Jo Elm Joan Mary ElmDam breaks Ten more stories MORE (D)
/// said it leaks.` becomes `Jo Elm (D) said it leaks.`: the name is printed in full again, and the first link begins
/// right behind its last word.
pub(crate) fn without_links(text: &str) -> Cow<'_, str> {
    let lists = link_lists(text);
    if lists.is_empty() {
        return Cow::from(text);
    }
    let starts = std::iter::once(0).chain(lists.iter().map(|list| list.end));
    let ends = lists.iter().map(|list| list.start).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| &text[start..end]).collect()
}

/// The bytes of a text that such lists take, in order.
pub(crate) fn link_lists(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices(LAST_LINK) {
        let end = at + LAST_LINK.len();
        if text[end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let from = found.last().map_or(0, |list| list.end);
        let line = text[from..at].rfind('\n').map_or(from, |line_end| from + line_end + 1);
        if let Some(name_end) = name_end(&text[line..at]) {
            found.push(line + name_end..end);
        }
    }
    found
}

/// Where the name ends behind which a line holds links up to its own end; none if there are no links.
fn name_end(line: &str) -> Option<usize> {
    let start = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words: Vec<&str> = line.split_whitespace().collect();
    let far = words.partition_point(|word| start(word) + MAX_LINKS < line.len());
    let is_name = |word: &str| word.len() > 2 && word.starts_with(char::is_uppercase);
    (0..words.len()).filter(|i| is_name(words[*i])).find_map(|i| {
        let again = words[i + 1..].iter().take(MAX_FULL_NAME);
        let is_printed_again =
            again.skip(far.saturating_sub(i + 1)).any(|next| begins_with_name(next, words[i]));
        is_printed_again.then(|| start(words[i]) + words[i].len())
    })
}

/// Whether a word is a name with the first word of a link right behind it.
fn begins_with_name(word: &str, name: &str) -> bool {
    word.strip_prefix(name).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "‘“\"".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_links(text), expected);
    }

    #[test]
    fn links_behind_names() {
        check(
            "Senator Jo Elm Joan Mary ElmDam breaks Ten more stories MORE (D) said it leaks.",
            "Senator Jo Elm (D) said it leaks.",
        );
        check(
            "Jo Elm Joan ElmDam breaks MORE and Ada Roe Ada Roe‘No,’ she says. Why? MORE, who left.\nNo MORE.",
            "Jo Elm and Ada Roe, who left.\nNo MORE.",
        );
        check("Elm ElmDam MORE's ox. Roe RoeAxe MORE", "Elm's ox. Roe");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "We want MORE, said Jo Elm.",
            "Roe met RoeCare.\nThey want MORE.",
            "Roe’s Roe’s MORE.",
            "Elm ElmDam MOREOVER.",
            "",
        ] {
            check(text, text);
        }
        let far = format!("Elm ElmDam {} MORE.", "word ".repeat(200));
        check(&far, &far);
        assert!(matches!(without_links("plain MORE"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn words_are_only_left_out(text in "(A|El|Elm|Dam|[ \n]| MORE|é|“){0,60}") {
            let kept = without_links(&text);
            let mut left = text.chars();
            prop_assert!(kept.chars().all(|c| left.any(|other| other == c)));
        }
    }
}
