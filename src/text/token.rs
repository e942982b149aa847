//! Words, numbers and marks.

use super::Span;

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
/// use framescope::text::token::tokens;
/// let text = "They didn't pay $1,250.50...";
/// let printed: Vec<&str> = tokens(text).iter().map(|t| &text[t.span.clone()]).collect();
/// assert_eq!(printed, ["They", "did", "n't", "pay", "$", "1,250.50", "..."]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (end, kind) = token_end(text, at, first);
        match kind {
            Kind::Word => push_word(text, at..end, &mut found),
            _ => found.push(Token { span: at..end, kind }),
        }
        at = end;
    }
    found
}

/// Where the token that starts at `start` with `first` ends.
fn token_end(text: &str, start: usize, first: char) -> (usize, Kind) {
    if first.is_alphabetic() {
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

/// Splits a known ending off a word.
fn push_word(text: &str, span: Span, found: &mut Vec<Token>) {
    let cut = ending_start(&text[span.clone()]).map_or(span.end, |offset| span.start + offset);
    found.push(Token { span: span.start..cut, kind: Kind::Word });
    if cut < span.end {
        found.push(Token { span: cut..span.end, kind: Kind::Word });
    }
}

/// Where in a word its split-off ending starts.
fn ending_start(word: &str) -> Option<usize> {
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
        let printed: Vec<&str> = tokens(text).iter().map(|t| &text[t.span.clone()]).collect();
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
