//! A sentence as the feature templates see it: stemmed terms, each mention of the target one term.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::name::{NamePart, PartSource, spell_letters};
use super::placeholder::{self, PLACEHOLDERS};
use super::polarity::replace_negated;
use super::stem_cache::{self, StemCache, Word};
use super::term::Term;
use super::word_classes::WordClass;
use crate::model_input::ModelInput;
use crate::text::Span;
use crate::text::tokenizer::{Kind, Token, tokens};

/// A sentence in terms.
#[derive(Debug)]
pub struct View<'a> {
    /// The sentence as printed.
    pub sentence: &'a str,
    /// Its terms, in order.
    pub terms: Vec<Term>,
    /// The index of the main mention of the target, from which distances are measured.
    pub target: Option<usize>,
    /// The generation of the stem cache that numbered its words.
    pub(crate) generation: u32,
    /// Keeps the view on its thread: each thread's cache numbers words differently.
    not_send: PhantomData<*const ()>,
}

impl<'a> View<'a> {
    /// The view of a sentence that mentions the target at `mentions`, the main mention first: spans on
    /// character boundaries that do not overlap.
    pub fn new(sentence: &'a str, mentions: &[Span]) -> Self {
        let (mut terms, generation) =
            stem_cache::with(|cache, generation| (terms(sentence, mentions, cache), generation));
        hide_names(&mut terms);
        replace_negated(&mut terms);
        View::of(sentence, terms, mentions, generation)
    }

    /// Looks at what a model is asked about.
    pub fn of_input(input: &ModelInput<'a>) -> Self {
        match input.is_masked {
            true => View::unnamed(input.text, input.mentions),
            false => View::new(input.text, input.mentions),
        }
    }

    fn of(sentence: &'a str, mut terms: Vec<Term>, mentions: &[Span], generation: u32) -> Self {
        terms.iter_mut().zip(0..).for_each(|(term, index)| term.index = index);
        let is_main = |term: &Term| term.is_target && Some(&term.span) == mentions.first();
        let target = terms.iter().position(is_main);
        View { sentence, terms, target, generation, not_send: PhantomData }
    }

    /// The view of a sentence without its mentions of the target. Training adds such copies of some
    /// sentences, so that the model can predict sentences that do not name the target.
    pub fn unnamed(sentence: &'a str, mentions: &[Span]) -> Self {
        let View { mut terms, generation, .. } = View::new(sentence, mentions);
        terms.retain(|term| !term.is_target);
        View::of(sentence, terms, &[], generation)
    }

    /// Evidence of which stems are names, as hashes of stems: `true` for each hidden name, `false` for each
    /// word that begins with a small letter.
    pub(crate) fn names_and_others(&self) -> impl Iterator<Item = (u64, bool)> {
        let words = self.terms.iter().filter(|term| !term.is_target && term.kind == Kind::Word);
        words.filter_map(move |term| {
            let is_small = || self.printed(term).starts_with(char::is_lowercase);
            let printed = || Token { span: term.span.clone(), kind: term.kind };
            let hidden = || stem_cache::with(|cache, _| cache.word(self.sentence, &printed()));
            match term.is_name() {
                true => Some((hidden().hash, true)),
                false => is_small().then_some((term.word.hash, false)),
            }
        })
    }

    /// The stem of a term, or its placeholder.
    pub fn stem(&self, term: &Term) -> String {
        match term {
            _ if term.is_target => placeholder::TARGET.to_string(),
            _ if term.is_name() => placeholder::NAME.to_string(),
            _ => match term.word.polarity_and_class() {
                Some((polarity, class)) => PLACEHOLDERS[polarity][class].to_string(),
                None => stem_cache::stem(self.printed(term), term.kind),
            },
        }
    }

    /// The name of a feature that a template extracted from this view.
    pub fn feature_name(&self, template: &str, parts: &[NamePart]) -> String {
        let text = |part: &NamePart| match part.source {
            PartSource::Term(index) => self.stem(&self.terms[index as usize]),
            PartSource::Letters { start, end, opens, closes } => {
                let mut run = String::new();
                spell_letters(&self.sentence[start..end], opens, closes, &mut run);
                run
            }
            PartSource::Prefix(_, text) | PartSource::Class(text) | PartSource::Text(text) => {
                text.to_string()
            }
        };
        let parts: Vec<String> = parts.iter().map(text).collect();
        format!("{template}={}", parts.join(" "))
    }

    /// The printed text of a term.
    pub fn printed(&self, term: &Term) -> &'a str {
        &self.sentence[term.span.clone()]
    }

    /// Every term but the mentions of the target, with its distance from the main mention, negative on the
    /// left. Empty where there is no mention.
    pub fn around_target(&self) -> impl Iterator<Item = (isize, &Term)> {
        let here = self.target.unwrap_or(0);
        let terms = if self.target.is_some() { &self.terms[..] } else { &[] };
        terms
            .iter()
            .enumerate()
            .filter(|(_, term)| !term.is_target)
            .map(move |(at, term)| (at.cast_signed() - here.cast_signed(), term))
    }
}

/// The terms of a sentence that mentions the target at `mentions`.
fn terms(sentence: &str, mentions: &[Span], cache: &mut StemCache) -> Vec<Term> {
    let mut mentions = Cow::Borrowed(mentions);
    if !mentions.is_sorted_by_key(|mention| mention.start) {
        mentions.to_mut().sort_by_key(|mention| mention.start);
    }
    let apart = tokens_apart(sentence, &mentions);
    let word = |(word, token): (Word, &Token)| {
        let Token { span, kind } = token.clone();
        Term { span, kind, is_target: false, is_capital: word.is_capital, word, index: 0 }
    };
    let mut others = cache.words(sentence, &apart).zip(&apart).map(word).peekable();
    let mut terms = Vec::with_capacity(apart.len() + mentions.len());
    for mention in &*mentions {
        while let Some(term) = others.next_if(|term| term.span.start <= mention.start) {
            terms.push(term);
        }
        let is_capital = sentence[mention.clone()].starts_with(char::is_uppercase);
        let (span, kind, word) = (mention.clone(), Kind::Word, Word::TARGET);
        terms.push(Term { span, kind, is_target: true, is_capital, word, index: 0 });
    }
    terms.extend(others);
    terms
}

/// The tokens of a sentence outside the mentions, which rise: of *Rubio-backed*, *-backed* remains.
fn tokens_apart(sentence: &str, mentions: &[Span]) -> Vec<Token> {
    let mut apart = Vec::with_capacity(sentence.len() / 4);
    for token in tokens(sentence) {
        let Span { start, end } = token.span;
        let next = mentions.partition_point(|mention| mention.end <= start);
        let Some(mention) = mentions.get(next).filter(|mention| mention.start < end) else {
            apart.push(token);
            continue;
        };
        for rest in [start..mention.start.max(start), mention.end.min(end)..end] {
            apart.extend(tokens(&sentence[rest.clone()]).map(|Token { span, kind }| {
                let span = rest.start + span.start..rest.start + span.end;
                Token { span, kind }
            }));
        }
    }
    apart
}

/// Replaces every name by a placeholder: a word that has a capital elsewhere than at the start of a
/// sentence. Does nothing where most words have capitals, as in headlines.
fn hide_names(terms: &mut [Term]) {
    let (mut n_long, mut n_capital) = (0, 0);
    for term in terms.iter().filter(|term| !term.is_target && term.span.len() > 3) {
        n_long += 1;
        n_capital += usize::from(term.word.has_capital);
    }
    if 5 * n_capital > 3 * n_long {
        return;
    }
    let opens = |term: &Term| term.kind == Kind::Mark && term.is(WordClass::Opener);
    let is_name =
        |term: &Term| !term.is_target && term.word.has_capital && !term.is(WordClass::Title);
    // Backwards: whether a name follows decides, and the printed term before it must still be there.
    let mut is_followed = false;
    for at in (0..terms.len()).rev() {
        let has_name = is_name(&terms[at]);
        let is_inside = has_name && at.checked_sub(1).is_some_and(|before| !opens(&terms[before]));
        // At the start of a sentence a word is a name only where another name follows.
        let starts = is_followed && has_name && !terms[at].is(WordClass::FunctionWord);
        if is_inside || starts {
            terms[at].word = Word::NAME;
        }
        is_followed = is_inside;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::hash;

    fn stems(view: &View<'_>) -> Vec<String> {
        view.terms.iter().map(|term| view.stem(term)).collect()
    }

    #[test]
    fn the_target_becomes_one_term_wherever_it_stands() {
        let sentence = "The plan’s critics “mocked” the plan";
        let again = sentence.rfind("plan").unwrap();
        let view = View::new(sentence, &[4..8, again..again + 4]);
        assert_eq!(
            stems(&view),
            ["the", "TARGET", "'s", "critic", "\"", "mock", "\"", "the", "TARGET"]
        );
        assert_eq!(view.target, Some(1));
    }

    #[track_caller]
    fn hidden(sentence: &str, expected: &str) {
        assert_eq!(stems(&View::new(sentence, &[])).join(" "), expected);
    }

    #[test]
    fn names_are_hidden_and_titles_are_not() {
        hidden("the plan of Senator Ada Quill fell", "the plan of senat NAME NAME fell");
        hidden("Ada Quill's plan fell on Monday", "NAME NAME 's plan fell on monday");
        hidden("The Quill plan fell", "the NAME plan fell");
        hidden(
            "It fell. Then he said: “Go” to the FBI",
            "it fell . then he said : \" go \" to the fbi",
        );
    }

    #[test]
    fn a_headline_in_capitals_hides_nothing() {
        hidden("Harbour Town Plan Fails Again", "harbour town plan fail again");
        hidden("HARBOUR TOWN PLAN FAILS", "harbour town plan fail");
    }

    #[test]
    fn names_and_other_words_are_told_apart() {
        let view = View::new("Quill met the mild Ada Quills there", &[]);
        let others = ["met", "the", "mild", "there"].map(|stem| (hash(stem), false));
        let names = ["ada", "quill"].map(|stem| (hash(stem), true));
        let found: Vec<(u64, bool)> = view.names_and_others().collect();
        assert_eq!(found, [&others[..3], &names, &others[3..]].concat());
    }

    #[test]
    fn a_mention_that_cuts_a_word_leaves_the_rest() {
        let view = View::new("a Rubio-backed plan", std::slice::from_ref(&(2..7)));
        assert_eq!(stems(&view), ["a", "TARGET", "-", "back", "plan"]);
    }

    #[test]
    fn distances_are_counted_from_the_main_mention() {
        let view = View::new("Critics mocked Rubio, not Cruz, badly", &[26..30, 15..20]);
        let places: Vec<_> = view.around_target().map(|(d, term)| (d, view.stem(term))).collect();
        let expected = [(-5, "critic"), (-4, "mock"), (-2, ","), (-1, "not"), (1, ","), (2, "bad")];
        assert_eq!(places, expected.map(|(distance, stem)| (distance, stem.to_string())));
    }

    #[test]
    fn an_unnamed_target_leaves_nothing_behind() {
        let view = View::unnamed("Rubio left", std::slice::from_ref(&(0..5)));
        assert_eq!((stems(&view), view.target), (vec!["left".to_string()], None));
    }

    #[test]
    fn without_a_mention_nothing_has_a_distance() {
        assert_eq!(View::new("Nothing here", &[]).around_target().count(), 0);
    }

    #[test]
    fn spans_point_at_what_was_printed() {
        let view = View::new("É la “Réforme” tombe", &[]);
        let printed: Vec<_> = view.terms.iter().map(|term| view.printed(term)).collect();
        assert_eq!(printed, ["É", "la", "“", "Réforme", "”", "tombe"]);
    }
}
