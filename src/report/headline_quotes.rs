//! Words that a headline puts between quotation marks although no sentence of its article has them:
//! a reader takes them for somebody's, and the body does not say whose.

use super::collector::{Collector, OutletFinishInputs, TargetView, keep_first};
use super::stored::stored;
use crate::article_parts::ArticlePart;
use crate::text::Span;
use crate::text::tokenizer::{Kind, tokens};
use serde::Serialize;

/// Maximum number of headlines shown of an outlet; all are counted.
const SHOWN: usize = 5;

/// An outlet's headlines over articles about the target, and what they quote.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HeadlineQuotes {
    /// How many of them quote anything.
    pub quoting: u64,
    /// How many quote words that no sentence of their body has, one after the other, in any case.
    pub lacking: u64,
    /// The first five of these, in byte order of article ids.
    pub shown: Vec<LoneQuote>,
}

stored!(HeadlineQuotes { quoting, lacking, shown });

/// Quoted words that a headline has alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoneQuote {
    /// The article's id.
    pub article: String,
    /// Where the article was published.
    pub url: String,
    /// The headline as printed.
    pub headline: String,
    /// The quoted words as printed, without marks.
    pub words: String,
}

stored!(LoneQuote { article, url, headline, words });

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for HeadlineQuotes {
    type Out = Self;

    fn add(&mut self, view: &TargetView<'_>) {
        let of_part = |part| view.article.counted.iter().filter(move |of| of.sentence.part == part);
        let headline = view.headline().and_then(|_| of_part(ArticlePart::Headline).next());
        let Some(headline) = headline else { return };
        let text = headline.sentence.text;
        let quoted = quoted(text);
        if quoted.is_empty() {
            return;
        }
        self.quoting += 1;
        let body: Vec<Vec<String>> =
            of_part(ArticlePart::Body).map(|of| words(of.sentence.text)).collect();
        let is_in_body = |span: &Span| {
            let quote = words(&text[span.clone()]);
            body.iter().any(|sentence| sentence.windows(quote.len()).any(|run| run == quote))
        };
        if let Some(lone) = quoted.into_iter().find(|span| !is_in_body(span)) {
            self.lacking += 1;
            self.keep(LoneQuote {
                article: headline.article.id.clone(),
                url: headline.article.url.clone(),
                headline: text.to_owned(),
                words: text[lone].to_owned(),
            });
        }
    }

    fn merge(&mut self, later: Self) {
        self.quoting += later.quoting;
        self.lacking += later.lacking;
        later.shown.into_iter().for_each(|lone| self.keep(lone));
    }

    fn finish(self, _: &OutletFinishInputs<'_>) -> Self {
        self
    }
}

impl HeadlineQuotes {
    fn keep(&mut self, lone: LoneQuote) {
        keep_first(&mut self.shown, lone, SHOWN, |a, b| {
            (&a.article, &a.headline).cmp(&(&b.article, &b.headline))
        });
    }
}

/// The words of a text in lower case; marks and the forms of apostrophes make no difference.
fn words(text: &str) -> Vec<String> {
    let all = tokens(text).filter(|token| token.kind != Kind::Mark);
    all.map(|token| text[token.span].to_lowercase().replace('\u{2019}', "'")).collect()
}

/// What stands between quotation marks, without them; what holds no word is left out.
fn quoted(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut opened: Option<(usize, char)> = None;
    for (at, mark) in text.char_indices() {
        let after = at + mark.len_utf8();
        match opened {
            None => {
                opened = closing(mark).filter(|_| opens(text, at, after)).map(|end| (after, end));
            }
            Some((start, end)) if mark == end && closes(text, at, after) => {
                found.push(start..at);
                opened = None;
            }
            Some(_) => {}
        }
    }
    found.retain(|span| !words(&text[span.clone()]).is_empty());
    found
}

/// The mark that closes what a mark opens.
fn closing(mark: char) -> Option<char> {
    match mark {
        '“' => Some('”'),
        '‘' => Some('’'),
        '"' | '\'' => Some(mark),
        _ => None,
    }
}

/// Before a word and behind none: an apostrophe opens nothing.
fn opens(text: &str, at: usize, after: usize) -> bool {
    let before = text[..at].chars().next_back();
    let next = text[after..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && next.is_some_and(|c| !c.is_whitespace())
}

/// Behind something and before no word: an apostrophe closes nothing.
fn closes(text: &str, at: usize, after: usize) -> bool {
    let before = text[..at].chars().next_back();
    let next = text[after..].chars().next();
    before.is_some_and(|c| !c.is_whitespace()) && !next.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, body, headline};
    use crate::target::TargetRelation;

    #[track_caller]
    fn finds(text: &str, expected: &[&str]) {
        let found: Vec<_> = quoted(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quotations_are_told_from_apostrophes() {
        finds("Mayor's 'mad' plan for the sailors' home", &["mad"]);
        finds("‘We can’t pay’: residents’ fear", &["We can’t pay"]);
        finds("\"Folly\", says “one” critic", &["Folly", "one"]);
        finds("Rock 'n' roll pier", &["n"]);
        finds("The '…' pier, and an open ‘end", &[]);
    }

    #[test]
    fn words_that_no_sentence_has_are_found() {
        let article = article("A", "a1");
        let line = |text| headline(&article, text, TargetRelation::Mention, [0.8, 0.1, 0.1]);
        let text = "It was not the DUMBEST, she said, but a Mad Plan.";
        let below = body(&article, 2, text, TargetRelation::Mention, [0.8, 0.1, 0.1]);
        let mut quotes = HeadlineQuotes::default();
        for text in ["'Dumb' pier", "A 'mad plan'", "No quotes here", "A 'mad' and ‘sad’ pier"]
        {
            add(&mut quotes, &[line(text), below.clone()]);
        }
        assert_eq!((quotes.quoting, quotes.lacking), (3, 2));
        let lone: Vec<_> = quotes.shown.iter().map(|of| of.words.as_str()).collect();
        assert_eq!(lone, ["Dumb", "sad"]);
        add(&mut quotes, &[below]);
        assert_eq!(quotes.quoting, 3);
    }
}
