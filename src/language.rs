//! Tells texts that are not English: the models and rules here read English alone.
//!
//! English is told by its function words, of which every running text is full; only where they are rare,
//! trigrams decide (the crate `whatlang`), which take a hundred times as long.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whatlang::{Lang, detect};

use crate::text::stop_words;

static FUNCTION_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| stop_words::function_words().collect());

/// How many words of a text are looked at.
const MOST_WORDS: usize = 120;

/// A text of fewer words may be a headline or a list of names: it is taken for English.
const FEWEST_WORDS: usize = 10;

/// A text of fewer words is short: without function words it is another language only where the trigrams
/// are sure.
const SHORT: usize = 20;

/// Share of function words above which a text is English: of 9,799 news articles none has less than 0.15.
const ENGLISH_SHARE: f64 = 0.12;

/// The same of the most words that are looked at.
const ENOUGH: usize = 15;

/// The confidence that is asked of the trigrams, for short texts and for others.
const CONFIDENCES: [f64; 2] = [0.85, 0.5];

/// How many characters the trigrams are counted of.
const MOST_CHARACTERS: usize = 1000;

/// Takes a text; gives the English name of its language if that is surely another one.
///
/// ```
/// use framescope::language::other_language;
/// let text = "Der Damm vor dem alten Hafen ist nach zwei Jahren noch immer nicht fertig, sagt die Behörde.";
/// assert_eq!(other_language(text), Some("German"));
/// assert_eq!(other_language("Der Spiegel on dams: why the old one leaks, and who will pay for it"), None);
/// ```
pub fn other_language(text: &str) -> Option<&'static str> {
    let (mut n_words, mut n_function_words) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        n_words += 1;
        let is_function_word =
            word.len() <= 10 && FUNCTION_WORDS.contains(word.to_lowercase().as_str());
        n_function_words += usize::from(is_function_word);
        if n_function_words >= ENOUGH {
            return None;
        }
        if n_words == MOST_WORDS {
            break;
        }
    }
    let share = n_function_words as f64 / n_words.max(1) as f64;
    let is_short = n_words < SHORT;
    let is_in_doubt = if is_short { n_function_words == 0 } else { share < ENGLISH_SHARE };
    let is_in_other_script = is_in_doubt && is_in_other_script(text);
    if !is_in_doubt || (n_words < FEWEST_WORDS && !is_in_other_script) {
        return None;
    }
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let found = detect(&text[..end])?;
    // Of related languages any may be named; none in such a script is English.
    let is_sure = is_in_other_script || found.confidence() >= CONFIDENCES[usize::from(!is_short)];
    (is_sure && found.lang() != Lang::Eng).then(|| found.lang().eng_name())
}

/// Whether most letters are of no Latin script: some such scripts have no spaces between words.
fn is_in_other_script(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(MOST_CHARACTERS);
    let n_other = letters().filter(|c| *c > '\u{24F}').count();
    n_other >= FEWEST_WORDS && 2 * n_other > letters().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(other_language(text), expected, "{text}");
    }

    #[test]
    fn other_languages_are_told() {
        check(
            "Le quai du vieux port est une folie, disent les pêcheurs. Le maire répond que les travaux \
             seront finis avant l’hiver.",
            Some("French"),
        );
        check(
            "El muelle del puerto viejo es una locura, dicen los pescadores, y el alcalde no quiere hablar \
             con nadie de la ciudad.",
            Some("Spanish"),
        );
        check("Старая плотина в порту снова течёт, говорят рыбаки.", Some("Russian"));
        check("老港口的堤坝又漏水了，渔民们说市长不愿意回答问题。", Some("Mandarin"));
    }

    #[test]
    fn english_and_short_texts_are_kept() {
        check("The quay of the old port is a folly, fishermen say.", None);
        check("Mayor Osric Vell slams “folie” of quay plan", None);
        check(
            "Quay plan: mayor, fishermen, bankers clash; ferry firm Gloam sues Ostrey port board",
            None,
        );
        check("Le quai", None);
        check("", None);
    }
}
