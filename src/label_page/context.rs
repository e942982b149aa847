//! The text around a sentence: its paragraph, and the whole article.

use serde::Serialize;

use super::card::Card;
use crate::article::Article;
use crate::article_parts::{self, ArticlePart, Sentence};

/// What stands around a card's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardContext {
    /// What stands before it: of its paragraph, or of the paragraph before where it stands alone.
    pub before: String,
    /// What stands behind it, in the same way.
    pub after: String,
    /// All sentences of the article, the headline first.
    pub sentences: Vec<ContextSentence>,
}

/// A sentence of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContextSentence {
    /// As printed.
    pub text: String,
    /// 0 for the headline, then 1, 2, … down the text.
    pub paragraph: usize,
    /// Its part, by the rules.
    pub part: ArticlePart,
    /// Whether it is the card's.
    pub is_here: bool,
}

/// Finds what stands around a card's sentence in its article.
pub fn context(article: &Article, card: &Card) -> CardContext {
    let sentences = article_parts::split(article);
    let here = sentences.iter().position(|sentence| sentence.number == card.drawn.sentence);
    let (before, after) = here.map_or_else(Default::default, |here| around(&sentences, here));
    let shown = |sentence: &Sentence<'_>| ContextSentence {
        text: sentence.text.to_string(),
        paragraph: sentence.paragraph,
        part: sentence.part,
        is_here: sentence.number == card.drawn.sentence,
    };
    CardContext { before, after, sentences: sentences.iter().map(shown).collect() }
}

/// Maximum number of characters shown before and behind a sentence.
const MAX_AROUND: usize = 1_200;

fn around(sentences: &[Sentence<'_>], here: usize) -> (String, String) {
    let paragraph_of = |at: usize| sentences[at].paragraph;
    let (before, after) = (&sentences[..here], &sentences[here + 1..]);
    let end = |of: usize| after.iter().take_while(|s| s.paragraph == of).count();
    let start = |of: usize| before.iter().rev().take_while(|s| s.paragraph == of).count();
    let n_after = match (end(paragraph_of(here)), after.first()) {
        (0, Some(next)) => end(next.paragraph),
        (n, _) => n,
    };
    let n_before = match (start(paragraph_of(here)), before.last()) {
        // The headline is shown above.
        (0, Some(last)) if last.paragraph > 0 => start(last.paragraph),
        (n, _) => n,
    };
    (tail(&joined(&before[here - n_before..])), head(&joined(&after[..n_after])))
}

fn joined(sentences: &[Sentence<'_>]) -> String {
    sentences.iter().map(|sentence| sentence.text).collect::<Vec<_>>().join(" ")
}

fn head(text: &str) -> String {
    match text.char_indices().nth(MAX_AROUND) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

fn tail(text: &str) -> String {
    match text.char_indices().rev().nth(MAX_AROUND) {
        Some((start, _)) => format!("…{}", &text[start..]),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit_sampling::Drawn;
    use crate::voice::Voice;

    fn around_sentence(number: usize) -> (String, String) {
        let article = Article {
            title: "Gates shut".into(),
            text: "One fell. Two rose.\n\nThree sat.\n\nFour ran. Five hid. Six won.".into(),
            ..Article::default()
        };
        let drawn = Drawn {
            outlet: String::new(),
            article_id: String::new(),
            url: String::new(),
            date: String::new(),
            sentence: number,
            part: ArticlePart::Body,
            voice: Voice::Outlet,
            speakers: Vec::new(),
            target: String::new(),
            mentions: String::new(),
            headline: String::new(),
            earlier: String::new(),
            before: String::new(),
            text: String::new(),
            after: String::new(),
            probability: None,
            predicted: Vec::new(),
        };
        let card = Card { drawn, article: 0, mentions: Vec::new(), stratum: 0 };
        let found = context(&article, &card);
        assert_eq!(found.sentences.iter().filter(|s| s.is_here).count(), 1);
        (found.before, found.after)
    }

    #[test]
    fn the_paragraph_stands_around_a_sentence_or_else_its_neighbours() {
        let of = |before: &str, after: &str| (before.to_string(), after.to_string());
        assert_eq!(around_sentence(1), of("", "One fell. Two rose."));
        assert_eq!(around_sentence(2), of("", "Two rose."));
        assert_eq!(around_sentence(4), of("One fell. Two rose.", "Four ran. Five hid. Six won."));
        assert_eq!(around_sentence(6), of("Four ran.", "Six won."));
        assert_eq!(around_sentence(7), of("Four ran. Five hid.", ""));
    }
}
