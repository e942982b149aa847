//! Names and noun phrases of a sentence, by capitals and function words: no grammar.

use crate::text::stop_words;
use crate::text::tokenizer::{Kind, tokens};

/// A phrase as it is printed, and what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) kind: PhraseKind,
}

/// Kinds of phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PhraseKind {
    /// Words with capitals: *Tidal Barrier Authority*.
    Name,
    /// Two or three small words: *tidal barrier*.
    Common,
    /// The same behind an article or a demonstrative, or one word there: *the scheme*.
    Definite,
}

/// Maximum number of words of a name and of a common phrase.
const NAME_WORDS: usize = 5;
const COMMON_WORDS: usize = 3;

/// Words that join the words of a name.
const LINKS: [&str; 6] = ["of", "de", "for", "the", "von", "&"];

/// Days and months, which stand in all news; *May* can be a person.
const TIMES: [&str; 18] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Small words that name no subject: of time, number and speech.
const EMPTY: &str = "added according ago another asked back called came come day days don earlier even \
    every expected first five four get give going good got including just know last late later least less \
    like likely long made make making many may might million minutes month months much must never new next \
    night nine number often one one's part people percent percentage place put said say saying says \
    second see seen set seven several six since still take taken ten think third three time times today \
    told took tomorrow two use used want wanted way week weeks well went whether without years year \
    yesterday yet billion also among around away became become best better big clear end far full half \
    hard held high home hours kind left look low main morning need old open others own past point \
    real really recent right run small something start statement thing things try trying whose work \
    working would could should told reporters interview news read more";

/// The names, phrases and definite phrases of a sentence.
pub(super) fn phrases(sentence: &str) -> Vec<Phrase> {
    let words: Vec<&str> = words(sentence);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let end = name_end(&words, at);
        if end > at {
            // The first word of a sentence has a capital, whatever it is.
            let is_first_word = at == 0 && end == 1;
            let is_time = end == at + 1 && TIMES.contains(&words[at]);
            if !is_first_word && !is_time {
                found.push(Phrase { text: words[at..end].join(" "), kind: PhraseKind::Name });
            }
            at = end;
        } else {
            common(&words, at, &mut found);
            at += 1;
        }
    }
    found
}

/// The words in order; an empty one stands for a mark, which ends phrases.
fn words(sentence: &str) -> Vec<&str> {
    let printed = tokens(sentence).map(|token| (&sentence[token.span.clone()], token.kind));
    printed
        .map(|(word, kind)| match kind {
            Kind::Word => word,
            Kind::Number | Kind::Mark if word == "&" => word,
            Kind::Number | Kind::Mark => "",
        })
        .filter(|word| !word.starts_with(['\'', '’']))
        .collect()
}

/// The end of the name that begins at a word; the same number where none begins.
fn name_end(words: &[&str], at: usize) -> usize {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_function = |word: &str| is_function_word(&word.to_lowercase());
    let is_start =
        |word: &str| is_capital(word) && word.chars().nth(1).is_some() && !is_function(word);
    if !words.get(at).is_some_and(|word| is_start(word)) {
        return at;
    }
    let mut end = at + 1;
    while end < words.len() && end - at < NAME_WORDS {
        let next = words[end];
        let is_link =
            LINKS.contains(&next) && words.get(end + 1).is_some_and(|word| is_start(word));
        if (!is_capital(next) || is_function(next)) && !is_link {
            break;
        }
        end += 1 + usize::from(is_link);
    }
    end.min(words.len())
}

/// Adds the common phrases that begin at a word, and the definite phrase that it opens.
fn common(words: &[&str], at: usize, found: &mut Vec<Phrase>) {
    let is_opened =
        matches!(words[at].to_ascii_lowercase().as_str(), "the" | "this" | "that" | "these");
    let start = at + usize::from(is_opened);
    let run = words[start..].iter().take(COMMON_WORDS).take_while(|word| is_content(word)).count();
    for n in 1..=run {
        let text = words[start..start + n].join(" ");
        if is_opened && n < COMMON_WORDS {
            found.push(Phrase { text: format!("the {text}"), kind: PhraseKind::Definite });
        } else if !is_opened && n > 1 {
            found.push(Phrase { text, kind: PhraseKind::Common });
        }
    }
}

/// Whether a small word can be part of a subject's name.
fn is_content(word: &str) -> bool {
    let is_small = word.chars().all(|c| c.is_lowercase() || c == '-');
    // A participle or an adverb tells of an action.
    let is_action = word.ends_with("ing") || word.ends_with("ed") || word.ends_with("ly");
    word.len() > 2
        && is_small
        && !is_action
        && !is_function_word(word)
        && !EMPTY.split(' ').any(|e| e == word)
}

fn is_function_word(word: &str) -> bool {
    stop_words::function_words().any(|other| other == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, kind: PhraseKind, expected: &[&str]) {
        let found = phrases(sentence);
        let of_kind: Vec<&str> =
            found.iter().filter(|p| p.kind == kind).map(|p| p.text.as_str()).collect();
        assert_eq!(of_kind, expected);
    }

    #[test]
    fn names_are_runs_of_capitals() {
        let sentence = "Critics say Dorothea Penhale of the Port of Ostrey misled the House.";
        check(sentence, PhraseKind::Name, &["Dorothea Penhale", "Port of Ostrey", "House"]);
    }

    #[test]
    fn phrases_hold_no_function_words() {
        let sentence = "We hear the tidal barrier plan was costly, a flood wall.";
        check(sentence, PhraseKind::Definite, &["the tidal", "the tidal barrier"]);
        check(
            sentence,
            PhraseKind::Common,
            &["tidal barrier", "tidal barrier plan", "barrier plan", "flood wall"],
        );
    }
}
