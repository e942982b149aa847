//! Splits a text into words, numbers and marks.

use super::span::Span;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes and hyphens between them: *don*, *o'clock*, *twenty-one*.
    Word,
    /// Digits, with `.`, `,` and `:` between them: *1,250.50*, *9:30*.
    Number,
    /// Three or more full stops, or any other character that is not white space.
    Mark,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
}

/// Clitics that are split off a word, as in *Trump's*, *won't*, *they've*: the letters after the
/// apostrophe. The *n* of *n't* goes with it.
const CLITICS: [&str; 7] = ["s", "t", "ve", "re", "d", "ll", "m"];

/// The tokens of a text, in order. White space is never part of a token, and all else is.
///
/// ```
/// use framescope::text::tokenizer::tokens;
/// let text = "They didn't pay $1,250.50...";
/// let printed: Vec<&str> = tokens(text).map(|t| &text[t.span]).collect();
/// assert_eq!(printed, ["They", "did", "n't", "pay", "$", "1,250.50", "..."]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, clitic: None }
}

/// Iterates over the tokens of a text.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The clitic of the last word, which comes next.
    clitic: Option<Token>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if let Some(clitic) = self.clitic.take() {
            return Some(clitic);
        }
        let start = self.skip_space()?;
        let token = ascii_token(self.text.as_bytes(), start);
        match token.end {
            0 => self.other(start),
            end => {
                self.at = end;
                let span = start..end;
                Some(if token.is_joined {
                    self.word(span)
                } else {
                    Token { span, kind: token.kind }
                })
            }
        }
    }
}

impl Tokens<'_> {
    /// The offset of the next character that is not white space.
    #[inline]
    fn skip_space(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            match BYTE_CLASSES[usize::from(*byte)] {
                ByteClass::Space => at += 1,
                ByteClass::Foreign => {
                    let mut rest = self.text[at..].char_indices();
                    let (offset, _) = rest.find(|(_, c)| !c.is_whitespace())?;
                    return Some(at + offset);
                }
                _ => return Some(at),
            }
        }
        None
    }

    /// The token that starts at an offset, found character by character.
    fn other(&mut self, start: usize) -> Option<Token> {
        let first = self.text[start..].chars().next()?;
        let (end, kind) = token_end(self.text, start, first);
        self.at = end;
        Some(match kind {
            Kind::Word => self.word(start..end),
            Kind::Number | Kind::Mark => Token { span: start..end, kind },
        })
    }

    /// Splits a clitic off a word.
    fn word(&mut self, span: Span) -> Token {
        let word = &self.text[span.clone()];
        let cut = clitic_start(word).map_or(span.end, |offset| span.start + offset);
        self.clitic = (cut < span.end).then_some(Token { span: cut..span.end, kind: Kind::Word });
        Token { span: span.start..cut, kind: Kind::Word }
    }
}

/// A token of ASCII characters.
#[derive(Debug, PartialEq)]
struct AsciiToken {
    /// Its end; 0 where [`token_end`] has to find the token.
    end: usize,
    kind: Kind,
    /// Whether it contains an apostrophe or a hyphen.
    is_joined: bool,
}

/// The class of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    Letter,
    Digit,
    Space,
    /// An apostrophe or a hyphen.
    Joint,
    Stop,
    Mark,
    /// Part of a character outside ASCII.
    Foreign,
}

const BYTE_CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Foreign; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => ByteClass::Letter,
            b'0'..=b'9' => ByteClass::Digit,
            b' ' | b'\t'..=b'\r' => ByteClass::Space,
            b'\'' | b'-' => ByteClass::Joint,
            b'.' => ByteClass::Stop,
            _ => ByteClass::Mark,
        };
        byte += 1;
    }
    classes
};

/// As [`token_end`], for a word or mark in ASCII without other characters beside it, as nearly all are.
/// Reading bytes takes a fifth of the time that characters take.
#[inline]
fn ascii_token(text: &[u8], start: usize) -> AsciiToken {
    // The end of the text counts as a space.
    let class =
        |at: usize| text.get(at).map_or(ByteClass::Space, |byte| BYTE_CLASSES[usize::from(*byte)]);
    let unknown = AsciiToken { end: 0, kind: Kind::Mark, is_joined: false };
    match class(start) {
        ByteClass::Letter => {}
        ByteClass::Joint | ByteClass::Mark => return AsciiToken { end: start + 1, ..unknown },
        ByteClass::Digit | ByteClass::Space | ByteClass::Stop | ByteClass::Foreign => {
            return unknown;
        }
    }
    let (mut end, mut is_joined) = (start + 1, false);
    loop {
        match class(end) {
            ByteClass::Letter | ByteClass::Digit => end += 1,
            ByteClass::Foreign => return unknown,
            // The character after a joint decides, and it may be outside ASCII.
            ByteClass::Joint => match class(end + 1) {
                ByteClass::Letter | ByteClass::Digit => (end, is_joined) = (end + 2, true),
                ByteClass::Foreign => return unknown,
                _ => return AsciiToken { end, kind: Kind::Word, is_joined },
            },
            _ => return AsciiToken { end, kind: Kind::Word, is_joined },
        }
    }
}

/// The end and kind of the token that starts at `start` with the character `first`.
fn token_end(text: &str, start: usize, first: char) -> (usize, Kind) {
    if matches!(first, '“' | '”' | '‘' | '’' | '–' | '—') {
        // The most frequent marks outside ASCII: this saves a look into the tables of Unicode.
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

/// Whether a character may stand between two letters of a word.
fn is_word_joint(c: char) -> bool {
    is_apostrophe(c) || c == '-'
}

/// Whether a character is an apostrophe, straight or curly.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The end of the run of `inside` characters from `start`. A `joint` belongs to the run only between two of
/// them; combining marks belong to their letter.
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

/// Whether a character is a combining diacritic.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The offset of a word's clitic.
fn clitic_start(word: &str) -> Option<usize> {
    // The first bytes of both apostrophes: nearly all words have neither.
    if !word.bytes().any(|byte| byte == b'\'' || byte == 0xE2) {
        return None;
    }
    let (apostrophe, mark) = word.char_indices().rfind(|&(_, c)| is_apostrophe(c))?;
    let letters = &word[apostrophe + mark.len_utf8()..];
    let clitic = CLITICS.iter().find(|clitic| letters.eq_ignore_ascii_case(clitic))?;
    let before = &word[..apostrophe];
    let takes_n = *clitic == "t" && before.len() > 1 && before.ends_with(['n', 'N']);
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
    fn splits_known_clitics_only() {
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
        fn bytes_and_characters_agree(text in "[a-zA-Z0-9'’.,é\u{301} -]{0,40}") {
            for (start, first) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let found = ascii_token(text.as_bytes(), start);
                if found.end > 0 {
                    let (end, kind) = token_end(&text, start, first);
                    let is_joined = kind == Kind::Word && text[start..end].contains(['\'', '-']);
                    prop_assert_eq!(found, AsciiToken { end, kind, is_joined });
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
