//! Words, numbers and marks.

use super::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes and hyphens between them: *don*, *o'clock*, *twenty-one*.
    Word,
    /// Digits, with `.`, `,` and `:` between them: *1,250.50*, *9:30*.
    Number,
    /// Three or more full stops, or any other character that is not white space.
    Mark,
}

/// One token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where in the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// Endings that are split off a word, as in *Trump's*, *won't*, *they've*; letters after the
/// apostrophe. *n't* takes its *n* along.
const ENDINGS: [&str; 7] = ["s", "t", "ve", "re", "d", "ll", "m"];

/// The tokens of a text, in order; white space stands between them and nowhere else.
///
/// ```
/// use framescope::text::tokenizer::tokens;
/// let text = "They didn't pay $1,250.50...";
/// let printed: Vec<&str> = tokens(text).map(|t| &text[t.span]).collect();
/// assert_eq!(printed, ["They", "did", "n't", "pay", "$", "1,250.50", "..."]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, ending: None }
}

/// The tokens of a text as they are found.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The ending that was split off the word before, which comes next.
    ending: Option<Token>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if let Some(ending) = self.ending.take() {
            return Some(ending);
        }
        let start = self.skip_space()?;
        let run = run_of_ascii(self.text.as_bytes(), start);
        match run.end {
            0 => self.other(start),
            end => {
                self.at = end;
                let span = start..end;
                Some(if run.is_joined { self.word(span) } else { Token { span, kind: run.kind } })
            }
        }
    }
}

impl Tokens<'_> {
    /// Leaves out the tokens that begin before a place.
    pub(crate) fn skip_to(&mut self, place: usize) {
        let bytes = self.text.as_bytes();
        // White space stands in no token, so what stands before it need not be taken apart.
        let passed = bytes.get(self.at..place).and_then(|passed| memchr::memrchr(b' ', passed));
        if let Some(space) = passed {
            (self.at, self.ending) = (self.at + space, None);
        }
        let mut next = self.clone();
        while next.next().is_some_and(|token| token.span.start < place) {
            *self = next.clone();
        }
    }

    /// Where the next character that is not white space stands.
    #[inline]
    fn skip_space(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            match CLASSES[usize::from(*byte)] {
                Class::Space => at += 1,
                Class::Foreign => {
                    let mut rest = self.text[at..].char_indices();
                    let (offset, _) = rest.find(|(_, c)| !c.is_whitespace())?;
                    return Some(at + offset);
                }
                _ => return Some(at),
            }
        }
        None
    }

    /// The token that starts at a place, whatever it is.
    fn other(&mut self, start: usize) -> Option<Token> {
        let first = self.text[start..].chars().next()?;
        let (end, kind) = token_end(self.text, start, first);
        self.at = end;
        Some(match kind {
            Kind::Word => self.word(start..end),
            Kind::Number | Kind::Mark => Token { span: start..end, kind },
        })
    }

    /// Splits a known ending off a word.
    fn word(&mut self, span: Span) -> Token {
        let word = &self.text[span.clone()];
        let cut = ending_start(word).map_or(span.end, |offset| span.start + offset);
        self.ending = (cut < span.end).then_some(Token { span: cut..span.end, kind: Kind::Word });
        Token { span: span.start..cut, kind: Kind::Word }
    }
}

/// A token in ASCII.
#[derive(Debug, PartialEq)]
struct Run {
    /// Where it ends; 0 where it is not known to be one.
    end: usize,
    kind: Kind,
    /// Whether an apostrophe or a hyphen stands in it.
    is_joined: bool,
}

/// What a byte is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Space,
    /// An apostrophe or a hyphen.
    Joint,
    Stop,
    Mark,
    /// Part of a character that is not ASCII.
    Foreign,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Foreign; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'\'' | b'-' => Class::Joint,
            b'.' => Class::Stop,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

/// As [`token_end`], of a word or a mark in ASCII, with no other characters beside it: what nearly
/// all are. Words are most of a text, and looking at its bytes takes a fifth of the time.
#[inline]
fn run_of_ascii(text: &[u8], start: usize) -> Run {
    // Past the end stands as good as a space.
    let class = |at: usize| text.get(at).map_or(Class::Space, |byte| CLASSES[usize::from(*byte)]);
    let unknown = Run { end: 0, kind: Kind::Mark, is_joined: false };
    match class(start) {
        Class::Letter => {}
        Class::Joint | Class::Mark => return Run { end: start + 1, ..unknown },
        Class::Digit | Class::Space | Class::Stop | Class::Foreign => return unknown,
    }
    let (mut end, mut is_joined) = (start + 1, false);
    loop {
        match class(end) {
            Class::Letter | Class::Digit => end += 1,
            Class::Foreign => return unknown,
            // What follows a joint decides, and it may be a letter of any alphabet.
            Class::Joint => match class(end + 1) {
                Class::Letter | Class::Digit => (end, is_joined) = (end + 2, true),
                Class::Foreign => return unknown,
                _ => return Run { end, kind: Kind::Word, is_joined },
            },
            _ => return Run { end, kind: Kind::Word, is_joined },
        }
    }
}

/// Where the token that starts at `start` with `first` ends.
fn token_end(text: &str, start: usize, first: char) -> (usize, Kind) {
    if matches!(first, '“' | '”' | '‘' | '’' | '–' | '—') {
        // The marks that are not ASCII in most news: no need to ask Unicode's tables.
        (start + first.len_utf8(), Kind::Mark)
    } else if first.is_alphabetic() {
        (run_end(text, start, char::is_alphanumeric, is_word_joint), Kind::Word)
    } else if first.is_numeric() {
        (
            run_end(text, start, char::is_alphanumeric, |c| matches!(c, '.' | ',' | ':')),
            Kind::Number,
        )
    } else if text[start..].starts_with("...") {
        let dots = text[start..].bytes().take_while(|&b| b == b'.').count();
        (start + dots, Kind::Mark)
    } else {
        (start + first.len_utf8(), Kind::Mark)
    }
}

/// What may stand between two letters of one word.
fn is_word_joint(c: char) -> bool {
    is_apostrophe(c) || c == '-'
}

/// Straight or curly.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The end of the run of `inside` characters from `start`; a `joint` belongs to it only between two
/// of them. Combining marks go with what they stand on.
fn run_end(
    text: &str,
    start: usize,
    inside: fn(char) -> bool,
    joint: impl Fn(char) -> bool,
) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let next_is_inside = chars.peek().is_some_and(|&(_, next)| inside(next));
        if inside(c) || is_combining(c) || (joint(c) && next_is_inside) {
            end = start + offset + c.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Diacritics that follow their letter.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Where in a word its split-off ending starts.
fn ending_start(word: &str) -> Option<usize> {
    // The first bytes of both: where neither stands, which is nearly always, nothing is split off.
    if !word.bytes().any(|byte| byte == b'\'' || byte == 0xE2) {
        return None;
    }
    let (apostrophe, mark) = word.char_indices().rfind(|&(_, c)| is_apostrophe(c))?;
    let letters = &word[apostrophe + mark.len_utf8()..];
    let ending = ENDINGS.iter().find(|ending| letters.eq_ignore_ascii_case(ending))?;
    let before = &word[..apostrophe];
    let takes_n = *ending == "t" && before.len() > 1 && before.ends_with(['n', 'N']);
    Some(if takes_n { apostrophe - 1 } else { apostrophe })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let printed: Vec<&str> = tokens(text).map(|t| &text[t.span]).collect();
        assert_eq!(printed, expected);
    }

    #[test]
    fn splits_words_numbers_and_marks() {
        check("A 3.5% rise, at 9:30.", &["A", "3.5", "%", "rise", ",", "at", "9:30", "."]);
    }

    #[test]
    fn splits_known_endings_only() {
        check(
            "don’t it's O'Neill's o'clock",
            &["do", "n’t", "it", "'s", "O'Neill", "'s", "o'clock"],
        );
    }

    #[test]
    fn keeps_hyphens_inside_words_alone() {
        check("a well-kept -- list-", &["a", "well-kept", "-", "-", "list", "-"]);
    }

    #[test]
    fn a_quoted_word_keeps_its_quotes_apart() {
        check("the 'plan' (so-called)", &["the", "'", "plan", "'", "(", "so-called", ")"]);
    }

    #[test]
    fn runs_of_stops_are_one_mark() {
        check("wait.... no..", &["wait", "....", "no", ".", "."]);
    }

    #[test]
    fn combining_marks_stay_with_their_letter() {
        check("cafe\u{301} noir", &["cafe\u{301}", "noir"]);
    }

    proptest! {
        #[test]
        fn bytes_and_characters_tell_the_same(text in "[a-zA-Z0-9'’.,é\u{301} -]{0,40}") {
            for (start, first) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let found = run_of_ascii(text.as_bytes(), start);
                if found.end > 0 {
                    let (end, kind) = token_end(&text, start, first);
                    let is_joined = kind == Kind::Word && text[start..end].contains(['\'', '-']);
                    prop_assert_eq!(found, Run { end, kind, is_joined });
                }
            }
        }

        #[test]
        fn everything_but_white_space_is_in_one_token(text in "\\PC{0,60}|[a-z'’.\\- ]{0,40}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= at && token.span.end > token.span.start);
                prop_assert!(text[at..token.span.start].trim().is_empty());
                at = token.span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
