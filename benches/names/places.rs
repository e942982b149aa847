//! The rows of `NewsMTSC`, and the names in them that can be swapped.

use std::path::Path;

use framescope::example::Example;
use framescope::features::View;
use framescope::io::{BadRows, Columns, Inputs, LabelledRow};
use framescope::text::Span;
use framescope::text::tokenizer::{Kind, tokens};
use framescope::training::dataset::mentions;

use super::Done;

/// A row of the dataset.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) example: Example,
    /// The rows of one sentence share it.
    pub(super) sentence: String,
    /// What the dataset takes for further mentions of the same target.
    pub(super) further: Vec<Span>,
}

pub(super) fn read(path: &Path) -> Done<Vec<Row>> {
    let inputs = Inputs::find(&[path], None)?;
    let rows = inputs.examples(&Columns::default(), BadRows::Refuse)?;
    rows.map(|row| Ok(Row::new(row?))).collect()
}

impl Row {
    fn new(row: LabelledRow) -> Self {
        let field = |name: &str| row.row.field_named(name).unwrap_or_default().to_string();
        let further = spans(&row.example.text, &field("further_mentions"));
        Row { sentence: field("sentence_id"), further, example: row.example }
    }

    /// Where the target's name stands: in the main mention, in further mentions, and wherever else
    /// one of these words stands alone. None where the main mention is no plain name.
    pub(super) fn places(&self) -> Option<Vec<Place>> {
        let text = &self.example.text;
        let main = named(text, self.example.mention.as_ref()?)?;
        let mut spans: Vec<Span> =
            self.further.iter().filter_map(|span| named(text, span)).collect();
        spans.push(main.clone());
        // The name with most words tells which of them is the first name and which the last.
        let words = |span: &&Span| text[(*span).clone()].split_whitespace().count();
        let full = spans.iter().filter(|span| akin(text, span, &main)).max_by_key(words)?.clone();
        spans.retain(|span| akin(text, span, &full));
        let full = text[full].to_string();
        let lone = tokens(text).map(|token| token.span);
        let last = last_word(&full);
        spans.extend(lone.filter(|span| &text[span.clone()] == last));
        Some(apart(spans).into_iter().map(|span| Place::new(text, span, &full)).collect())
    }
}

/// `3-10;15-20`, in characters, as bytes of the text.
fn spans(text: &str, pairs: &str) -> Vec<Span> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let span = |pair: &str| {
        let (from, to) = pair.split_once('-')?;
        Some(*places.get(from.parse::<usize>().ok()?)?..*places.get(to.parse::<usize>().ok()?)?)
    };
    pairs.split(';').filter_map(span).collect()
}

/// Titles: they may stand before a name and are no part of it.
const TITLES: [&str; 14] = [
    "President",
    "Senator",
    "Sen",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Gov",
    "Governor",
    "Rep",
    "Secretary",
    "Justice",
    "Judge",
    "Mayor",
];

/// The name in a mention: one to three capitalised words behind nothing but a title. None for
/// pronouns, descriptions and whatever else is no plain name.
fn named(text: &str, mention: &Span) -> Option<Span> {
    let inside: Vec<_> = tokens(text.get(mention.clone())?).collect();
    let printed = |span: &Span| &text[mention.start + span.start..mention.start + span.end];
    let mut words: Vec<&Span> = inside
        .iter()
        .filter(|token| token.kind == Kind::Word && printed(&token.span).len() > 1)
        .map(|token| &token.span)
        .filter(|span| !matches!(printed(span), "'s" | "’s"))
        .collect();
    let is_title = |span: &&Span| TITLES.contains(&printed(span));
    words.drain(..words.iter().take_while(|span| is_title(span)).count());
    let is_name = |span: &&Span| {
        let mut letters = printed(span).chars();
        let is_capital = letters.next().is_some_and(char::is_uppercase);
        is_capital && letters.clone().any(char::is_lowercase) && !is_pronoun(printed(span))
    };
    let (first, last) = (words.first()?, words.last()?);
    let is_plain = words.len() <= 3 && words.iter().all(is_name);
    // An initial may stand between, and nothing else.
    let between = printed(&(first.start..last.end)).chars();
    let is_close = between.clone().all(|c| c.is_alphabetic() || " .'’".contains(c));
    (is_plain && is_close).then_some(mention.start + first.start..mention.start + last.end)
}

fn is_pronoun(word: &str) -> bool {
    let words = ["He", "Her", "Hers", "Herself", "Him", "Himself", "His", "It", "She", "Their"];
    words.contains(&word) || ["The", "They", "This", "Who", "You", "We", "My"].contains(&word)
}

/// Whether two names of one target share a word: the dataset's further mentions are sometimes wrong.
fn akin(text: &str, span: &Span, name: &Span) -> bool {
    let mut words = text[span.clone()].split_whitespace();
    words.any(|word| text[name.clone()].split_whitespace().any(|other| other == word))
}

fn last_word(name: &str) -> &str {
    name.split_whitespace().last().unwrap_or(name)
}

/// In rising order, without those that lie in another one.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let is_free = span.start >= end;
        end = end.max(span.end);
        is_free
    });
    spans
}

/// A part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Full,
    First,
    Last,
}

/// The place of a name that is swapped.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) form: Form,
}

impl Place {
    /// A single word is a last name, unless the full name begins with it.
    fn new(text: &str, span: Span, full: &str) -> Self {
        let printed = &text[span.clone()];
        let begins = full.split_whitespace().next() == Some(printed) && full != printed;
        let form = match printed.contains(char::is_whitespace) {
            true => Form::Full,
            false if begins => Form::First,
            false => Form::Last,
        };
        Place { span, form }
    }
}

/// The first name in the sentence that the program would hide; one of several words, which is more
/// likely a person's, where there is one.
pub(super) fn found_names(example: &Example) -> Option<Vec<Place>> {
    let view = View::new(&example.text, &mentions(example));
    let mut runs: Vec<Span> = Vec::new();
    for term in view.terms.iter().filter(|term| term.is_name()) {
        match runs.last_mut() {
            Some(run) if &example.text[run.end..term.span.start] == " " => run.end = term.span.end,
            _ => runs.push(term.span.clone()),
        }
    }
    let of = |run: Span| Place::new(&example.text, run.clone(), &example.text[run]);
    let places: Vec<Place> = runs.into_iter().map(of).collect();
    let full = places.iter().find(|place| place.form == Form::Full);
    Some(vec![full.or(places.first())?.clone()])
}

/// The mentions of other targets of the same sentence.
pub(super) fn marked_others(rows: &[Row], at: usize) -> Option<Vec<Place>> {
    let row = &rows[at];
    let mine = mentions(&row.example);
    let is_other = |other: &&Row| {
        other.sentence == row.sentence && other.example.mention != row.example.mention
    };
    let clear = |places: &Vec<Place>| {
        let touches = |place: &Place| {
            mine.iter().any(|span| span.start < place.span.end && place.span.start < span.end)
        };
        !places.iter().any(touches)
    };
    rows.iter().filter(is_other).filter_map(Row::places).find(clear)
}
