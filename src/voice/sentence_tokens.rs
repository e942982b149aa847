//! A sentence as tokens: words and marks with their tags.

use std::ops::Range;

use crate::text::Span;
use crate::text::link_lists::link_lists;
use crate::text::word_key::WordKey;

use super::lexicon::{self, Cue, Entry, Tags, tags};
use super::token_ends::{kind, word_length};
use super::usual_case;

/// How far a clause is looked for behind a cue, in tokens.
pub(super) const REACH: usize = 10;
/// How far any other search goes, in tokens, so that the cost is linear in a sentence's length.
pub(super) const FAR: usize = 60;

/// Tokens are longer on average.
const BYTES_PER_TOKEN: usize = 4;
const US: WordKey = WordKey::listed("us");

/// One word or mark.
#[derive(Debug, Clone)]
struct Token {
    span: Span,
    /// In small letters.
    key: WordKey,
    /// What the lexicon says of it, what it is and where it stands.
    tags: Tags,
    entry: &'static Entry,
}

/// Words in small letters, for [`SentenceTokens::any`], compared as numbers made by the compiler.
macro_rules! listed {
    ($($word:literal),+ $(,)?) => {
        const { &[$($crate::text::word_key::WordKey::listed($word)),+] }
    };
}
pub(super) use listed;

/// The tokens of one sentence. Their methods take any index; outside the sentence a token has the
/// tag `edge` alone and no text, so a rule may look one token before the first.
pub(super) struct SentenceTokens<'a> {
    text: &'a str,
    /// The same bytes with small ASCII letters.
    lower: &'a str,
    /// Where the sentence starts.
    start: usize,
    tokens: Vec<Token>,
    /// Every tag that any of them has, and `edge`: what is not among them need not be looked for.
    seen: Tags,
}

impl<'a> SentenceTokens<'a> {
    /// Splits the sentence in `span` of a text. `lower` is the text in small ASCII letters;
    /// `quoted` gives the tags of a byte offset for being quoted.
    ///
    /// `text::tokenizer` splits otherwise: here abbreviations keep their stop, and `Elm's`, `R-Ohio`
    /// and `3,100` are one token.
    pub(super) fn new(
        text: &'a str,
        lower: &'a str,
        span: &Span,
        mut quoted: impl FnMut(usize) -> Tags,
    ) -> Self {
        let mut tokens = Vec::with_capacity(span.len() / BYTES_PER_TOKEN);
        let (within, mut seen) = (&text[..span.end], tags!("edge"));
        let mut start = span.start;
        while let Some(c) = within[start..].chars().next() {
            if c.is_whitespace() {
                start += c.len_utf8();
                continue;
            }
            let kind = kind(c);
            let is_word = kind == tags!("word");
            let length = if is_word { word_length(&within[start..], c) } else { c.len_utf8() };
            let span = start..start + length;
            let key = WordKey::of(lower, &span);
            let entry = match is_word {
                // The country, not the pronoun.
                true if key == US && &text[span.clone()] == "US" => lexicon::find("u.s."),
                true => lexicon::entry(key),
                false => &lexicon::UNKNOWN,
            };
            let mut tags = entry.tags | quoted(start) | kind;
            if is_word {
                tags = tags | shape(&lower[span.clone()], c.is_uppercase());
            }
            start = span.end;
            seen = seen | tags;
            tokens.push(Token { span, key, tags, entry });
        }
        let mut words = SentenceTokens { text, lower, start: span.start, tokens, seen };
        let is_title = words.is_title();
        words.drop_idle_capitals(is_title);
        words.drop_links();
        if !is_title {
            words.drop_nicknames();
        }
        words
    }

    /// Leaves out lists of links behind names, which articles hold that nothing was taken out of.
    fn drop_links(&mut self) {
        let end = self.tokens.last().map_or(self.start, |token| token.span.end);
        for links in link_lists(&self.text[self.start..end]) {
            let links = self.start + links.start..self.start + links.end;
            self.tokens.retain(|of| of.span.start < links.start || of.span.end > links.end);
        }
    }

    /// Whether the sentence is written as a title is: capitals on all but the words that join others.
    fn is_title(&self) -> bool {
        let joins = tags!("preposition conjunction determiner coordinator");
        let is_other = |i: &usize| self.has(*i, tags!("word")) && !self.has(*i, joins);
        let mut others = (0..self.len()).filter(is_other);
        let is_small = |i: usize| self.weight(i) > 2 && !self.has(i, tags!("capital"));
        let capitals = (0..self.len()).filter(|i| self.has(*i, tags!("capital")));
        !others.any(is_small) && capitals.take(3).count() == 3
    }

    /// Takes the tag `capital` from words that are usually written small, where their place asks for a
    /// capital: `Poor Jo Elm`, `However, Elm …`. Acronyms keep it.
    fn drop_idle_capitals(&mut self, is_title: bool) {
        for i in 0..self.len() {
            let is_given = || {
                self.has_before(i, tags!("female-name male-name"))
                    || self.any_before(i, listed!["mr.", "mrs.", "ms.", "minister"])
            };
            let is_paper = || {
                !is_title && self.any(i, listed!["today"]) && self.has_before(i, tags!("capital"))
            };
            // `Jo May`, `USA Today`: no time.
            if self.has(i, tags!("time"))
                && self.has(i, tags!("capital"))
                && (is_given() || is_paper())
            {
                let others = tags!("time label auxiliary modal");
                self.tokens[i].tags = self.tokens[i].tags.without(others);
            }
            let opens = || i == 0 || self.has(i - 1, tags!("colon semicolon open stop mark dash"));
            if !self.has(i, tags!("capital")) || !(is_title || opens()) {
                continue;
            }
            let is_acronym =
                self.weight(i) > 1 && self.text(i).bytes().all(|b| b.is_ascii_uppercase());
            // `Valley River Board`
            let names = || self.run(i + 1..self.len().min(i + REACH), tags!("capital"));
            let is_name = !is_title && self.rfind(names(), tags!("institution")).is_some();
            if !(is_acronym || is_name) && self.is_usually_small(i) {
                let tags = self.tokens[i].tags.without(tags!("capital"));
                self.tokens[i].tags = tags | shape(self.lower(i), false);
                self.seen = self.seen | self.tokens[i].tags;
            }
        }
    }

    /// Leaves out some tokens.
    pub(super) fn leave_out(&mut self, tokens: Span) {
        self.tokens.drain(tokens);
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether a token has any of some tags.
    pub(super) fn has(&self, i: usize, tags: Tags) -> bool {
        let found = self.tokens.get(i).map_or_else(|| tags!("edge"), |token| token.tags);
        found.intersect(tags)
    }

    /// The same of a word without a capital.
    pub(super) fn has_small(&self, i: usize, tags: Tags) -> bool {
        self.has(i, tags) && !self.has(i, tags!("capital"))
    }

    /// Whether any token may have any of some tags.
    pub(super) fn mentions(&self, tags: Tags) -> bool {
        self.seen.intersect(tags)
    }

    /// Whether a token is any of some words, made by `listed!`.
    pub(super) fn any(&self, i: usize, words: &[WordKey]) -> bool {
        self.tokens.get(i).is_some_and(|token| words.contains(&token.key))
    }

    /// Whether the token before another has any of some tags.
    pub(super) fn has_before(&self, i: usize, tags: Tags) -> bool {
        self.has(i.wrapping_sub(1), tags)
    }

    /// Whether the token before another is any of some words.
    pub(super) fn any_before(&self, i: usize, words: &[WordKey]) -> bool {
        self.any(i.wrapping_sub(1), words)
    }

    /// Whether a token stands between quote marks, be it in a statement or a phrase.
    pub(super) fn in_quotes(&self, i: usize) -> bool {
        self.has(i, tags!("quoted scare"))
    }

    /// The first token in a range that has any of some tags.
    pub(super) fn find(&self, mut range: Span, tags: Tags) -> Option<usize> {
        range.end = if self.mentions(tags) { range.end.min(self.len()) } else { range.start };
        range.find(|i| self.has(*i, tags))
    }

    /// The last token in a range that has any of some tags.
    pub(super) fn rfind(&self, range: Span, tags: Tags) -> Option<usize> {
        if self.mentions(tags) { range.rev().find(|i| self.has(*i, tags)) } else { None }
    }

    /// The tokens from a range's start on that all have any of some tags.
    pub(super) fn run(&self, range: Span, tags: Tags) -> Range<usize> {
        let end = range.clone().find(|i| !self.has(*i, tags));
        range.start..end.unwrap_or(range.end)
    }

    /// The same from a range's end on backwards.
    pub(super) fn run_back(&self, range: Span, tags: Tags) -> Range<usize> {
        let start = range.clone().rev().find(|i| !self.has(*i, tags));
        start.map_or(range.start, |i| i + 1)..range.end
    }

    /// A token as printed.
    pub(super) fn text(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| &self.text[token.span.clone()])
    }

    /// A token in small letters.
    pub(super) fn lower(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| &self.lower[token.span.clone()])
    }

    /// Where some tokens stand in the paragraph, in bytes; empty where they are outside.
    fn bytes(&self, tokens: &Span) -> Span {
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        let range = self.tokens.get(tokens.start).zip(last);
        let range = range.map_or(0..0, |(first, last)| first.span.start..last.span.end);
        if range.start <= range.end { range } else { 0..0 }
    }

    /// Where some tokens stand in their sentence, in bytes; there is one at least.
    pub(super) fn span(&self, tokens: &Span) -> Span {
        let bytes = self.bytes(tokens);
        bytes.start - self.start..bytes.end - self.start
    }

    /// Some tokens as printed; empty where they are outside the sentence.
    pub(super) fn slice(&self, tokens: &Span) -> &'a str {
        &self.text[self.bytes(tokens)]
    }

    /// A token's length in bytes: its weight in shares of a sentence.
    pub(super) fn weight(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(0, |token| token.span.len())
    }

    /// The cue that a token is, if it is one and stands outside quote marks.
    pub(super) fn cue(&self, i: usize) -> Option<Cue> {
        let token = self.tokens.get(i)?;
        token.entry.cue.filter(|_| !token.tags.intersect(tags!("quoted scare")))
    }

    /// Whether a word is usually written small, however it is printed here.
    pub(super) fn is_usually_small(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| usual_case::is_usually_small(token.key))
    }

    /// Whether a token has digits alone.
    pub(super) fn is_number(&self, i: usize) -> bool {
        let text = self.text(i);
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// A token's row in the lexicon; 0 for one that is not in it.
    pub(super) fn row(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(0, |token| token.entry.row.into())
    }
}

/// Whether a word ends as a possessive does.
pub(super) fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

/// The tags of a word's form.
fn shape(lower: &str, is_capital: bool) -> Tags {
    let ending = match lower.as_bytes() {
        [.., b'e', b'd'] => tags!("ed"),
        [.., b'i', b'n', b'g'] => tags!("ing"),
        [.., b'l', b'y'] if !is_capital => tags!("ly"),
        _ => Tags::default(),
    };
    if is_capital { ending | tags!("capital") } else { ending }
}

/// Words of a text that quotes nothing; for tests.
#[cfg(test)]
pub(super) fn plain<'a>(text: &'a str, lower: &'a str) -> SentenceTokens<'a> {
    SentenceTokens::new(text, lower, &(0..text.len()), |_| Tags::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_behind_a_name_are_left_out() {
        let text =
            "Senator Jo Elm Joan Mary ElmDam breaks Ten more stories MORE (D) said it leaks.";
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        let left: Vec<&str> = (0..words.len()).map(|i| words.text(i)).collect();
        assert_eq!(left.join(" "), "Senator Jo Elm ( D ) said it leaks .");
    }

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
