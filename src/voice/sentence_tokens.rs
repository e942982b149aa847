//! A sentence as words and marks, with what stands between quote marks known.

use crate::text::word_key::WordKey;
use crate::text::{LOWER_CASE, Span};

use super::attribution_cues::Cue;
use super::function_words::{self, Entry, Role};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a number, with the stop of its abbreviation.
    Word,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Stop,
    Open,
    Close,
    Mark,
    Other,
}

/// Whether a token stands between quote marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    No,
    /// In a phrase too short to be a statement.
    Scare,
    Yes,
}

/// One word or mark.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether it is a word that is written with a capital.
    is_capital: bool,
    pub(super) quoted: Quoted,
    /// In small letters.
    form: WordKey,
    entry: Entry,
}

const US: WordKey = WordKey::listed("us");

/// Words in small letters, for [`SentenceTokens::any`].
macro_rules! listed {
    ($($word:literal),+ $(,)?) => {
        const { &[$($crate::text::word_key::WordKey::listed($word)),+] }
    };
}
pub(super) use listed;

/// The tokens of one sentence.
pub(super) struct SentenceTokens<'a> {
    text: &'a str,
    /// The same bytes with small ASCII letters.
    lower: &'a str,
    /// Where the sentence starts.
    start: usize,
    tokens: Vec<Token>,
}

/// Tokens are longer on average.
const BYTES_PER_TOKEN: usize = 4;

impl<'a> SentenceTokens<'a> {
    /// Reads the sentence at `place` of a text; `lower` is the text in small ASCII letters and
    /// `quoted` tells how a byte of the text is quoted.
    pub(super) fn new(
        text: &'a str,
        lower: &'a str,
        place: &Span,
        mut quoted: impl FnMut(usize) -> Quoted,
    ) -> Self {
        let mut tokens = Vec::with_capacity(place.len() / BYTES_PER_TOKEN);
        let within = &text[..place.end];
        let mut at = place.start;
        while let Some(c) = within[at..].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let kind = kind(c);
            let end =
                at + if kind == Kind::Word { word_length(&within[at..], c) } else { c.len_utf8() };
            let form = WordKey::of(lower, &(at..end));
            let entry = match kind {
                // The country, not the pronoun.
                Kind::Word if form == US && &text[at..end] == "US" => function_words::find("u.s."),
                Kind::Word => function_words::entry(form),
                // Marks have no entry.
                _ => Entry::default(),
            };
            let is_capital = kind == Kind::Word && c.is_uppercase();
            tokens.push(Token { span: at..end, kind, is_capital, quoted: quoted(at), form, entry });
            at = end;
        }
        SentenceTokens { text, lower, start: place.start, tokens }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn is(&self, at: usize, kind: Kind) -> bool {
        self.kind(at) == Some(kind)
    }

    pub(super) fn quoted(&self, at: usize) -> Quoted {
        self.tokens.get(at).map_or(Quoted::No, |token| token.quoted)
    }

    /// Where tokens stand in their sentence, in bytes; empty outside it.
    pub(super) fn place(&self, range: &Span) -> Span {
        let within = |at: usize| self.tokens.get(at);
        match (within(range.start), range.end.checked_sub(1).and_then(within)) {
            (Some(first), Some(last)) => first.span.start - self.start..last.span.end - self.start,
            _ => 0..0,
        }
    }

    /// As printed; empty outside the sentence.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span.clone()])
    }

    /// In small letters; empty outside the sentence.
    pub(super) fn lower(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.lower[token.span.clone()])
    }

    /// Several tokens as printed.
    pub(super) fn slice(&self, range: &Span) -> &'a str {
        match (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) if first.span.start <= last.span.end => {
                &self.text[first.span.start..last.span.end]
            }
            _ => "",
        }
    }

    /// How many bytes the token has: its weight in shares of a sentence.
    pub(super) fn weight(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.span.len())
    }

    /// The attributing word at this place, if it is one and is not quoted.
    pub(super) fn cue(&self, at: usize) -> Option<Cue> {
        self.tokens.get(at).filter(|token| token.quoted == Quoted::No)?.entry.cue
    }

    /// The word's place among the hints, if it is one.
    pub(super) fn hint(&self, at: usize) -> Option<usize> {
        self.tokens.get(at)?.entry.hint.map(usize::from)
    }

    /// The sentence's place among those that open with a listed word, if it does.
    pub(super) fn opening(&self) -> Option<usize> {
        self.tokens.first()?.entry.opening.map(usize::from)
    }

    /// Whether the word is written with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capital)
    }

    /// Whether the word can play a role.
    pub(super) fn plays(&self, at: usize, role: Role) -> bool {
        self.tokens.get(at).is_some_and(|token| token.entry.plays(role))
    }

    /// Whether any of `words` stands here.
    pub(super) fn any(&self, at: usize, words: &[WordKey]) -> bool {
        self.tokens.get(at).is_some_and(|token| words.contains(&token.form))
    }
}

/// The length of the word at the start of `text`, whose first character is `c`.
fn word_length(text: &str, c: char) -> usize {
    // Most words are small letters with a space or a mark behind them.
    let first = c.len_utf8();
    let is_other = |byte: &u8| LOWER_CASE[usize::from(*byte)] == 0;
    let others = text.as_bytes()[first..].iter().position(is_other);
    let letters = others.map_or(text.len(), |length| first + length);
    let ends = |b: &u8| b.is_ascii() && !matches!(b, b'.' | b'\'' | b'-' | b',' | b'_' | b'&');
    if text.as_bytes().get(letters).is_none_or(ends) {
        return letters;
    }
    let mut characters = text[letters..].char_indices().map(|(at, c)| (letters + at, c)).peekable();
    while let Some((at, c)) = characters.next() {
        let within = characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric()
            || (within && matches!(c, '.' | '\'' | '’' | '-' | ',' | '_' | '&')))
            || (c == ',' && !is_thousand(text, at))
        {
            let abbreviates =
                c == '.' && is_short(&text[..at]) && !text[at + 1..].trim_start().is_empty();
            return if abbreviates { at + 1 } else { at };
        }
    }
    text.len()
}

/// `3,100`: the comma belongs to the number.
fn is_thousand(text: &str, comma: usize) -> bool {
    text[..comma].ends_with(|c: char| c.is_ascii_digit())
        && text[comma + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// A word that may well be an abbreviation; inside a sentence its stop is no end.
fn is_short(word: &str) -> bool {
    word.len() <= 5 || word.contains('.')
}

fn kind(c: char) -> Kind {
    match c {
        _ if c.is_ascii_alphanumeric() => Kind::Word,
        ',' => Kind::Comma,
        ':' => Kind::Colon,
        ';' => Kind::Semicolon,
        '—' | '–' | '-' | '―' => Kind::Dash,
        '.' | '!' | '?' | '…' => Kind::Stop,
        '(' | '[' => Kind::Open,
        ')' | ']' => Kind::Close,
        '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„' | '`' => Kind::Mark,
        _ if c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '£' | '€') => Kind::Word,
        _ => Kind::Other,
    }
}

/// Words of a text that quotes nothing; for tests.
#[cfg(test)]
pub(super) fn plain<'a>(text: &'a str, lower: &'a str) -> SentenceTokens<'a> {
    SentenceTokens::new(text, lower, &(0..text.len()), |_| Quoted::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = plain(text, text);
        let found: Vec<&str> = (0..words.len()).map(|at| words.text(at)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_and_marks() {
        check(
            "Sen. Oak (R-Fla.) paid $3,100, no less.",
            &["Sen.", "Oak", "(", "R-Fla.", ")", "paid", "$3,100", ",", "no", "less", "."],
        );
        check("The U.S. isn’t “it”.", &["The", "U.S.", "isn’t", "“", "it", "”", "."]);
        check("", &[]);
        check("é\0—😀", &["é", "\0", "—", "😀"]);
    }
}
