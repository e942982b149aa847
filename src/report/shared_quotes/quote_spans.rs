//! The quotations of one sentence, and whose they are.

use crate::text::Span;
use crate::text::stop_words::is_lower_case_in_titles;
use crate::text::tweet_signature;

use super::normalized_quote;

/// Minimum number of words of a quote; fewer are a phrase.
pub(super) const QUOTED_WORDS: usize = 4;

/// What separates an attribution from the two parts of the quotation around it.
const PAUSES: [char; 3] = [',', '—', '–'];

/// The quotations of a sentence that are long enough and no titles of works; each as the spans that it is
/// printed in. `“We go,” she said, “and soon.”` is one.
pub(super) fn quotes(sentence: &str, quoted: &[Span]) -> Vec<Vec<Span>> {
    let mut found: Vec<Vec<Span>> = Vec::new();
    for span in quoted.iter().filter(|span| !is_title(&sentence[(*span).clone()])) {
        match found.last_mut() {
            Some(quote) if quote.last().is_some_and(|last| continues(sentence, last, span)) => {
                quote.push(span.clone());
            }
            _ => found.push(vec![span.clone()]),
        }
    }
    found.retain(|quote| normalized_quote::count(&joined(sentence, quote)) >= QUOTED_WORDS);
    found
}

/// The text of a quotation, without the comma before its attribution.
pub(super) fn joined(sentence: &str, quote: &[Span]) -> String {
    let parts: Vec<&str> = quote.iter().map(|span| sentence[span.clone()].trim()).collect();
    parts.join(" ").trim_end_matches(',').to_owned()
}

/// Whether a quotation is interrupted by an attribution and continues after it.
fn continues(sentence: &str, first: &Span, next: &Span) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !PAUSES.contains(&c) && c != '.';
    let between = &sentence[first.end..next.start];
    let paused = sentence[first.clone()].ends_with(PAUSES)
        || between.trim_start_matches(is_mark).starts_with(PAUSES);
    let resumed = between.trim_end_matches(is_mark).ends_with(PAUSES);
    let next = &sentence[next.clone()];
    let is_one = next.starts_with(char::is_lowercase)
        || next.strip_prefix('I').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    paused && resumed && is_one
}

/// The name of a programme or a book: every word but the smallest has a capital, not every letter.
fn is_title(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_named =
        |word: &str| is_lower_case_in_titles(word) || !word.starts_with(char::is_lowercase);
    !text.contains([',', '.', '!', '?', ';', ':'])
        && text.contains(' ')
        && text.contains(char::is_lowercase)
        && text.starts_with(char::is_uppercase)
        && text.split_whitespace().all(is_named)
}

/// A tweet without its signature and its links.
pub(super) fn unsigned(text: &str) -> &str {
    let starts = text.char_indices().map(|(at, _)| at);
    let mut words = starts.filter(|at| text[..*at].ends_with(char::is_whitespace));
    let is_count = |c: char| c.is_ascii_digit() || c == '/' || c.is_whitespace();
    let mut end = text.len();
    for at in words.clone().rev().filter(|at| tweet_signature::opens(&text[*at..])) {
        // The last dash signs it; the tweet's count before that is no word of it: `2/3 —`.
        let is_part = end == text.len() || text[at..end].chars().all(is_count);
        end = if is_part { at } else { end };
    }
    let is_link =
        |at: &usize| ["http", "pic.twitter"].iter().any(|link| text[*at..].starts_with(link));
    end = words.find(is_link).unwrap_or(end).min(end);
    text[..end].trim_end()
}

/// Which of a sentence's speakers said what stands at `quote`: the one named next after it where it ends
/// with a comma, else the one named last before it. All speakers where that is not clear.
pub(super) fn speakers(sentence: &str, quote: &[Span], speakers: &[String]) -> Vec<String> {
    let (Some(first), Some(last), 2..) = (quote.first(), quote.last(), speakers.len()) else {
        return speakers.to_vec();
    };
    let is_outside = |place: &Span| place.end <= first.start || place.start >= last.end;
    let mut named: Vec<(Span, &String)> = Vec::new();
    for name in speakers {
        let surname = name.trim_end_matches(" Jr.").rsplit(' ').next().unwrap_or(name);
        let found = sentence.match_indices(surname).map(|(at, found)| at..at + found.len());
        named.extend(found.filter(is_outside).map(|place| (place, name)));
    }
    named.sort_by_key(|(place, _)| place.start);
    let after = named.iter().position(|(place, _)| place.start >= last.end);
    let before = named.iter().rposition(|(place, _)| place.end <= first.start);
    let trails = sentence[last.clone()].trim_end_matches(['\'', '’']).ends_with(',');
    let Some(at) = (if trails { after.or(before) } else { before.or(after) }) else {
        return speakers.to_vec();
    };
    let mut found = vec![named[at].1.clone()];
    // `Elm and Mayor Al Oak said`: both.
    let is_joint = |a: &Span, b: &Span| {
        let mut between = sentence[a.end..b.start].split_whitespace();
        between.clone().any(|word| word == "and")
            && between.all(|word| word == "and" || word.starts_with(char::is_uppercase))
    };
    let beside = [at.checked_sub(1).map(|one| (one, at)), Some((at, at + 1))];
    for (one, next) in beside.into_iter().flatten() {
        if let (Some(a), Some(b)) = (named.get(one), named.get(next)) {
            let other = if one == at { b.1 } else { a.1 };
            if is_joint(&a.0, &b.0) && !found.contains(other) {
                found.push(other.clone());
            }
        }
    }
    found.sort_by_key(|name| speakers.iter().position(|other| other == name));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;
    use crate::voice;

    /// The quotations of one sentence.
    fn found(text: &str) -> Vec<String> {
        let article = Article { text: text.into(), ..Article::default() };
        let sentences = article_parts::split(&article);
        let quoted = voice::quoted(&sentences).remove(0);
        quotes(text, &quoted).iter().map(|quote| joined(text, quote)).collect()
    }

    #[test]
    fn a_quotation_goes_on_behind_its_attribution() {
        let cases: &[(&str, &[&str])] = &[
            (
                "“We will build it,” Lee said, “and it will hold.”",
                &["We will build it, and it will hold."],
            ),
            (
                "“If it breaks,” Lee said, “I will build it anew.”",
                &["If it breaks, I will build it anew."],
            ),
            (
                "‘We will build it’, Lee said, ‘and it will hold.’",
                &["We will build it and it will hold."],
            ),
            (
                "“We will build it,” Lee said, calling it “the best dam of all.”",
                &["We will build it", "the best dam of all."],
            ),
            (
                "Lee has “no time to lose” with it, “and the town must now decide.”",
                &["no time to lose", "and the town must now decide."],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn phrases_and_titles_are_no_quotes() {
        assert_eq!(
            found("On “Talk of the Valley” Lee said it “would never be built here.”"),
            ["would never be built here."]
        );
        assert_eq!(found("Her “so-called dam” broke."), Vec::<String>::new());
        assert_eq!(found("He cried: “WE WILL BUILD THE DAM!”"), ["WE WILL BUILD THE DAM!"]);
        assert_eq!(found("He said “We will beat Oak”, no more."), ["We will beat Oak"]);
    }

    #[test]
    fn signatures_and_links_are_no_words_of_a_tweet() {
        let tweet = "It holds - but why? -& will hold! 2/3 — Jo Elm (@joelm) July 9, 2017";
        assert_eq!(unsigned(tweet), "It holds - but why? -& will hold!");
        assert_eq!(unsigned("It holds – I know it https://example.org/a"), "It holds – I know it");
    }

    /// Who said the quotation at that place among all.
    #[track_caller]
    fn check_speakers(text: &str, at: usize, expected: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        let quoted = voice::quoted(&article_parts::split(&article)).remove(0);
        let all = ["Ann Lee".to_owned(), "Al Oak".to_owned()];
        assert_eq!(speakers(text, &quotes(text, &quoted)[at], &all), expected);
    }

    #[test]
    fn each_quotation_of_a_sentence_has_its_own_speaker() {
        let text = "“We will build this dam,” Ms. Lee wrote, while Mr. Oak said on air it was “not the \
                    worst dam of all.”";
        check_speakers(text, 0, &["Ann Lee"]);
        check_speakers(text, 1, &["Al Oak"]);
        let text = "Lee called it “a very fine old dam,” but Oak said it “would break by night.”";
        check_speakers(text, 1, &["Al Oak"]);
        check_speakers(
            "Lee and Mr. Oak said they “would build this dam.”",
            0,
            &["Ann Lee", "Al Oak"],
        );
    }
}
