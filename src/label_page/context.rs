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

/// About how many characters are shown before a sentence, and how many behind it; the article has the rest.
/// More would push the sentence and its buttons out of a small window.
const AROUND: usize = 500;

fn around(sentences: &[Sentence<'_>], here: usize) -> (String, String) {
    // Bylines, captions of advertisements and links stand between paragraphs and say nothing of them.
    let is_shown = |of: &&Sentence<'_>| {
        of.part != ArticlePart::Boilerplate || sentences[here].part == ArticlePart::Boilerplate
    };
    let before: Vec<&Sentence<'_>> = sentences[..here].iter().rev().filter(is_shown).collect();
    let after: Vec<&Sentence<'_>> = sentences[here + 1..].iter().filter(is_shown).collect();
    let paragraph = sentences[here].paragraph;
    // The headline is shown above.
    let mut before = of_paragraph(&before, paragraph, |paragraph| paragraph > 0);
    before.reverse();
    let after = of_paragraph(&after, paragraph, |_| true);
    (before.join(" "), after.join(" "))
}

/// Whole sentences of the paragraph, the nearest first: as many as there is room for, then a sign that
/// there are more. Where the paragraph has none of them, those of the next one that may be shown.
fn of_paragraph<'a>(
    nearest_first: &[&Sentence<'a>],
    paragraph: usize,
    may: impl Fn(usize) -> bool,
) -> Vec<&'a str> {
    let Some(nearest) =
        nearest_first.first().filter(|of| of.paragraph == paragraph || may(of.paragraph))
    else {
        return Vec::new();
    };
    let mut shown = Vec::new();
    let mut length = 0;
    for of in nearest_first.iter().take_while(|of| of.paragraph == nearest.paragraph) {
        if length > 0 && length + of.text.len() > AROUND {
            shown.push("…");
            break;
        }
        length += of.text.len();
        shown.push(of.text);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit_sampling::Drawn;
    use crate::voice::Voice;

    fn around_sentence(number: usize) -> (String, String) {
        let text = "One fell. Two rose.\n\nThree sat.\n\nFour ran. Five hid. Six won.";
        around_sentence_of(text, number)
    }

    fn around_sentence_of(text: &str, number: usize) -> (String, String) {
        let article =
            Article { title: "Gates shut".into(), text: text.into(), ..Article::default() };
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

    #[test]
    fn furniture_is_passed_over_and_long_paragraphs_are_cut_between_sentences() {
        let text = "One fell.\n\nAdvertisement\n\nThree sat.";
        assert_eq!(around_sentence_of(text, 4), ("One fell.".into(), String::new()));
        let long = |n: usize| format!("Sentence {n} is {} long.", "very ".repeat(40));
        let text: Vec<String> = (1..=9).map(long).collect();
        let (before, after) = around_sentence_of(&text.join(" "), 6);
        assert_eq!(before, format!("… {} {}", long(3), long(4)));
        assert_eq!(after, format!("{} {} …", long(6), long(7)));
    }
}
