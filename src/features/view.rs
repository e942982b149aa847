//! A sentence as the parts see it: stemmed terms, with the target folded into one.

use rust_stemmers::{Algorithm, Stemmer};

use super::Detail;
use super::closed::{FUNCTION_WORDS, OPENERS, TITLES, holds};
use crate::text::Span;
use crate::text::token::{Kind, Token, is_apostrophe, tokens};

/// What stands for the target. In capitals, which no stem has, so that who the target is cannot
/// decide how it is treated.
const TARGET: &str = "TARGET";

/// What stands for every other name, for the same reason.
const NAME: &str = "NAME";

/// One term: a stemmed token, or a mention of the target.
#[derive(Debug)]
pub struct Term {
    /// Where it stands in the sentence.
    pub span: Span,
    /// What it is; a mention is a word.
    pub kind: Kind,
    /// Lower case, quotes and apostrophes straight, words stemmed (Snowball English; Porter 2001).
    pub stem: String,
    /// Whether it is a mention of the target.
    pub is_target: bool,
}

impl Term {
    /// Whether it stands for a name that is hidden.
    pub fn is_name(&self) -> bool {
        self.stem == NAME
    }

    /// As a piece of a feature's name.
    pub fn detail(&self) -> Detail<'_> {
        Detail::new(&self.stem)
    }
}

/// A sentence in terms.
#[derive(Debug)]
pub struct View<'a> {
    /// The sentence as printed.
    pub sentence: &'a str,
    /// Its terms, in order.
    pub terms: Vec<Term>,
    /// The term that is the main mention of the target; places are counted from it.
    pub target: Option<usize>,
}

impl<'a> View<'a> {
    /// Looks at a sentence in which the target stands at `mentions`, the main one first: on
    /// character boundaries, not overlapping.
    pub fn new(sentence: &'a str, mentions: &[Span]) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut terms = Vec::with_capacity(sentence.len() / 5);
        let mut rising: Vec<&Span> = mentions.iter().collect();
        rising.sort_by_key(|mention| mention.start);
        let mut next = 0;
        for token in tokens(sentence) {
            while rising.get(next).is_some_and(|mention| mention.end <= token.span.start) {
                next += 1;
            }
            match rising.get(next).filter(|mention| mention.start < token.span.end) {
                None => terms.push(term(sentence, token, &stemmer)),
                Some(mention) => push_around(sentence, &token.span, mention, &stemmer, &mut terms),
            }
        }
        terms.extend(mentions.iter().map(|mention| Term {
            span: mention.clone(),
            kind: Kind::Word,
            stem: TARGET.to_string(),
            is_target: true,
        }));
        terms.sort_by_key(|term| term.span.start);
        hide_names(sentence, &mut terms);
        let is_main = |term: &Term| term.is_target && Some(&term.span) == mentions.first();
        let target = terms.iter().position(is_main);
        View { sentence, terms, target }
    }

    /// Looks at a sentence as at one that does not name the target: what stands at `mentions` is
    /// left out. Training shows some sentences so, that the model may judge others by the rest.
    pub fn unnamed(sentence: &'a str, mentions: &[Span]) -> Self {
        let mut view = View::new(sentence, mentions);
        view.terms.retain(|term| !term.is_target);
        view.target = None;
        view
    }

    /// The names among the terms, as stems: what was hidden, and what stands in small letters, which
    /// is no name.
    pub fn names_and_others(&self) -> impl Iterator<Item = (String, bool)> {
        let stemmer = Stemmer::create(Algorithm::English);
        let words = self.terms.iter().filter(|term| !term.is_target && term.kind == Kind::Word);
        words.filter_map(move |term| match term.is_name() {
            true => Some((stemmer.stem(&plain(self.printed(term))).into_owned(), true)),
            false if self.printed(term).starts_with(char::is_lowercase) => {
                Some((term.stem.clone(), false))
            }
            false => None,
        })
    }

    /// The printed text of a term.
    pub fn printed(&self, term: &Term) -> &'a str {
        &self.sentence[term.span.clone()]
    }

    /// Every term but the mentions of the target, with its distance from the main one: negative to
    /// its left. Nothing where there is no mention.
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

fn term(sentence: &str, token: Token, stemmer: &Stemmer) -> Term {
    let plain = plain(&sentence[token.span.clone()]);
    let stem = match token.kind {
        Kind::Word => stemmer.stem(&plain).into_owned(),
        Kind::Number | Kind::Mark => plain,
    };
    Term { span: token.span, kind: token.kind, stem, is_target: false }
}

/// Puts [`NAME`] for every name: a word with a capital where the sentence would not ask for one. A
/// headline in capitals tells nothing.
fn hide_names(sentence: &str, terms: &mut [Term]) {
    let has_capital = |term: &Term| starts_with_capital(&sentence[term.span.clone()]);
    let long = || terms.iter().filter(|term| !term.is_target && term.span.len() > 3);
    let n_capital = long().filter(|term| has_capital(term)).count();
    if 5 * n_capital > 3 * long().count() {
        return;
    }
    let opens = |before: Option<&Term>| {
        before.is_none_or(|term| term.kind == Kind::Mark && holds(&OPENERS, &term.stem))
    };
    let is_name = |at: usize| {
        let term = &terms[at];
        has_capital(term) && !term.is_target && !holds(&TITLES, &term.stem)
    };
    let inside: Vec<bool> = (0..terms.len())
        .map(|at| is_name(at) && !opens(at.checked_sub(1).map(|before| &terms[before])))
        .collect();
    // At the start of a sentence a capital speaks only where another name follows.
    let starts = |at: usize| {
        let is_followed = inside.get(at + 1) == Some(&true);
        is_followed && is_name(at) && !holds(&FUNCTION_WORDS, &terms[at].stem)
    };
    let names: Vec<usize> = (0..terms.len()).filter(|&at| inside[at] || starts(at)).collect();
    names.into_iter().for_each(|at| terms[at].stem = NAME.to_string());
}

/// A capital before small letters: abbreviations in capitals are no person's name.
fn starts_with_capital(printed: &str) -> bool {
    let mut letters = printed.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Adds what a mention leaves of a token that it cuts: *-backed* of *Rubio-backed*.
fn push_around(
    sentence: &str,
    token: &Span,
    mention: &Span,
    stemmer: &Stemmer,
    terms: &mut Vec<Term>,
) {
    let before = token.start..mention.start.max(token.start);
    let after = mention.end.min(token.end)..token.end;
    for rest in [before, after] {
        for Token { span, kind } in tokens(&sentence[rest.clone()]) {
            let span = rest.start + span.start..rest.start + span.end;
            terms.push(term(sentence, Token { span, kind }, stemmer));
        }
    }
}

/// Lower case, with straight quotes and apostrophes.
fn plain(printed: &str) -> String {
    let straight = |c| match c {
        c if is_apostrophe(c) => '\'',
        '‘' | '`' => '\'',
        '“' | '”' | '„' => '"',
        c => c,
    };
    printed.chars().flat_map(char::to_lowercase).map(straight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems<'a>(view: &'a View<'_>) -> Vec<&'a str> {
        view.terms.iter().map(|term| term.stem.as_str()).collect()
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
        let others = ["met", "the", "mild", "there"].map(|stem| (stem.to_string(), false));
        let names = ["ada", "quill"].map(|stem| (stem.to_string(), true));
        let found: Vec<(String, bool)> = view.names_and_others().collect();
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
        let places: Vec<_> =
            view.around_target().map(|(d, term)| (d, term.stem.as_str())).collect();
        assert_eq!(
            places,
            [(-5, "critic"), (-4, "mock"), (-2, ","), (-1, "not"), (1, ","), (2, "bad")]
        );
    }

    #[test]
    fn an_unnamed_target_leaves_nothing_behind() {
        let view = View::unnamed("Rubio left", std::slice::from_ref(&(0..5)));
        assert_eq!((stems(&view), view.target), (vec!["left"], None));
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
