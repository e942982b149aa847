//! What a negation does to words of praise, blame and harm: they get a placeholder, as names do, so that
//! every template tells *praised* from *not praised* (Pang, Lee & Vaithyanathan 2002). A class has one
//! placeholder for all its words, since a single word is too seldom negated to be learnt.

use super::negator::negates;
use super::placeholder::JUDGING;
use super::stem_cache::Word;
use super::term::Term;
use super::word_classes::{Classes, WordClass};
use crate::text::tokenizer::Kind;

/// Maximum number of terms that a negation reaches: *no doctor interviewed by the inquiry regretted*.
const REACH: usize = 9;
/// Maximum number of terms between a verb that prevents and what it prevents.
const OBJECT_REACH: usize = 5;
/// Maximum number of terms between what is prevented and a passive verb: *floods were prevented*.
const PASSIVE_REACH: usize = 3;

/// What can change a word's polarity.
const CHANGING: Classes = Classes::all_of(&[
    WordClass::Negator,
    WordClass::NegatorStart,
    WordClass::Prevention,
    WordClass::Asking,
]);

/// What a sentence does to a word that judges, in the order of [`PLACEHOLDERS`](super::placeholder::PLACEHOLDERS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Polarity {
    Negated,
    Prevented,
    /// Not prevented where one might have.
    NotPrevented,
    /// Behind *whether* or *if*.
    Asked,
}

/// Puts placeholders in the place of negated, prevented and questioned words.
pub(super) fn replace_negated(terms: &mut [Term]) {
    for at in 0..terms.len() {
        if !terms[at].is_judging() {
            continue;
        }
        let class = JUDGING.iter().position(|(class, _)| terms[at].is(*class)).unwrap_or(0);
        if let Some(polarity) = polarity(terms, at, JUDGING[class].0) {
            terms[at].word = Word::polar(polarity as usize, class);
        }
    }
}

/// What the sentence does to the word at an index; none where it stands plain.
fn polarity(terms: &[Term], at: usize, class: WordClass) -> Option<Polarity> {
    // Most words stand plain, and one look at their neighbours shows it.
    let near = at.saturating_sub(REACH + OBJECT_REACH)..terms.len().min(at + 1 + PASSIVE_REACH);
    if !terms[near].iter().any(|term| term.is_any(CHANGING)) {
        return None;
    }
    let is_open = |&before: &usize| terms[before].kind != Kind::Mark;
    let before = |at: usize, reach: usize| (at.saturating_sub(reach)..at).rev().take_while(is_open);
    let passive =
        || (at + 1..terms.len().min(at + 1 + PASSIVE_REACH)).find(|&at| is_passive(terms, at));
    let active =
        || before(at, OBJECT_REACH).find(|&before| terms[before].is(WordClass::Prevention));
    let verb = (class != WordClass::Praise).then(|| active().or_else(passive)).flatten();
    let first = verb.map_or(at, |verb| verb.min(at));
    let mut is_negated = false;
    for before in before(first, REACH) {
        if terms[before].is(WordClass::Asking) {
            return Some(Polarity::Asked);
        }
        is_negated |= negates(terms, before);
    }
    match (is_negated, verb) {
        (true, None) => Some(Polarity::Negated),
        (false, Some(_)) => Some(Polarity::Prevented),
        (true, Some(_)) => Some(Polarity::NotPrevented),
        (false, None) => None,
    }
}

/// Whether a verb that prevents follows a form of *be*.
fn is_passive(terms: &[Term], at: usize) -> bool {
    terms[at].is(WordClass::Prevention) && terms[at - 1].is(WordClass::Be)
}

#[cfg(test)]
mod tests {
    use crate::features::View;

    #[track_caller]
    fn seen(sentence: &str, expected: &str) {
        let view = View::new(sentence, &[]);
        let stems: Vec<String> = view.terms.iter().map(|term| view.stem(term)).collect();
        assert_eq!(stems.join(" "), expected);
    }

    #[test]
    fn few_and_none_negate() {
        seen("no resident praised it", "no resid NOT-PRAISE it");
        seen("a few residents praised it", "a few resid prais it");
        seen("it is far from safe, and praised", "it is far from NOT-PRAISE , and prais");
        seen("not only safe", "not onli safe");
    }

    #[test]
    fn what_is_prevented_is_told_from_what_is_not() {
        seen("it prevented floods", "it prevent PREVENTED-HARM");
        seen("floods were prevented", "PREVENTED-HARM were prevent");
        seen("it never prevented floods", "it never prevent LEFT-HARM");
        seen("it caused floods", "it caus flood");
    }

    #[test]
    fn what_is_only_asked_is_told() {
        seen("they ask whether it is safe", "they ask whether it is ASKED-PRAISE");
    }
}
