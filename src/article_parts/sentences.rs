//! Splits an article into its sentences, and tells the part of each.

use super::article_part::ArticlePart;
use super::{boilerplate, paragraph_breaks, reader_comments};
use crate::article::Article;
use crate::text::{Span, sentence_splitter};

/// One sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Counted from 1 in the article, the headline first.
    pub number: usize,
    /// The kind of text it belongs to.
    pub part: ArticlePart,
    /// 0 for the headline, then 1, 2, … down the text.
    pub paragraph: usize,
    /// Its bytes: of the title for the headline, of the text for all others.
    pub span: Span,
    /// The bytes as text.
    pub text: &'a str,
}

/// Takes an article; gives its sentences: the headline, then the text from top to bottom. Leaves out
/// nothing but white space; a headline of several sentences stays one.
pub fn split(article: &Article) -> Vec<Sentence<'_>> {
    let text = article.text.as_str();
    let paragraphs = paragraph_breaks::paragraphs(text);
    let texts: Vec<&str> = paragraphs.iter().map(|span| &text[span.clone()]).collect();
    let parts = parts(&texts, article);
    let mut found: Vec<Sentence<'_>> = headline(article).into_iter().collect();
    for (index, (paragraph, part)) in paragraphs.into_iter().zip(parts).enumerate() {
        for span in sentence_splitter::sentences(&text[paragraph.clone()]) {
            let span = paragraph.start + span.start..paragraph.start + span.end;
            let number = found.len() + 1;
            let text = &text[span.clone()];
            found.push(Sentence { number, part, paragraph: index + 1, span, text });
        }
    }
    found
}

fn headline(article: &Article) -> Option<Sentence<'_>> {
    let text = article.title.trim();
    let start = article.title.len() - article.title.trim_start().len();
    (!text.is_empty()).then_some(Sentence {
        number: 1,
        part: ArticlePart::Headline,
        paragraph: 0,
        span: start..start + text.len(),
        text,
    })
}

/// The part of each paragraph below the headline.
fn parts(paragraphs: &[&str], article: &Article) -> Vec<ArticlePart> {
    let marked = boilerplate::mark(paragraphs, &article.title, article.outlet.trim());
    let part = |is_boilerplate| match is_boilerplate {
        true => ArticlePart::Boilerplate,
        false => ArticlePart::Body,
    };
    let mut parts: Vec<ArticlePart> = marked.into_iter().map(part).collect();
    if let Some(first) = reader_comments::first(paragraphs) {
        parts[first..].fill(ArticlePart::Comment);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn article(title: &str, text: &str) -> Article {
        Article { title: title.into(), text: text.into(), ..Article::default() }
    }

    #[track_caller]
    fn check(text: &str, expected: &[(ArticlePart, usize, &str)]) {
        let article = article("", text);
        let found: Vec<_> = split(&article).iter().map(|s| (s.part, s.paragraph, s.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_headline_comes_first_and_whole() {
        let article = article(" It rains. It pours ", "So it does. Again.");
        let found = split(&article);
        let parts: Vec<_> = found.iter().map(|s| (s.number, s.part, s.paragraph, s.text)).collect();
        let expected = [
            (1, ArticlePart::Headline, 0, "It rains. It pours"),
            (2, ArticlePart::Body, 1, "So it does."),
            (3, ArticlePart::Body, 1, "Again."),
        ];
        assert_eq!(parts, expected);
        assert_eq!(found[0].span, 1..19);
    }

    #[test]
    fn an_empty_article_has_no_sentences() {
        assert!(split(&article("", " \n\n ")).is_empty());
    }

    #[test]
    fn boilerplate_is_marked_and_kept() {
        let text =
            "The dam holds, officials say.\n\nRelated Articles\n\nOld dam to close\n\nA new dam?";
        check(
            text,
            &[
                (ArticlePart::Body, 1, "The dam holds, officials say."),
                (ArticlePart::Boilerplate, 2, "Related Articles"),
                (ArticlePart::Boilerplate, 3, "Old dam to close"),
                (ArticlePart::Boilerplate, 4, "A new dam?"),
            ],
        );
    }

    #[test]
    fn comments_run_to_the_end() {
        let text = "The dam holds.\n\n1. Jo Elm\n\n / July 3, 2017\n\nFor now it does.";
        let parts: Vec<ArticlePart> = split(&article("", text)).iter().map(|s| s.part).collect();
        assert_eq!(
            parts,
            [ArticlePart::Body, ArticlePart::Comment, ArticlePart::Comment, ArticlePart::Comment]
        );
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_left_out(
            title in "\\PC{0,20}",
            text in "(?s)([A-Za-z .!?…\"”“'’()\n—@-]|Related Articles\n|\n\n|\\PC){0,120}",
        ) {
            let article = article(&title, &text);
            let (mut end, mut number) = (0, 0);
            for sentence in split(&article) {
                number += 1;
                prop_assert_eq!(sentence.number, number);
                if sentence.part == ArticlePart::Headline {
                    prop_assert_eq!(&title[sentence.span], sentence.text);
                    continue;
                }
                prop_assert!(text[end..sentence.span.start].trim().is_empty());
                prop_assert_eq!(&text[sentence.span.clone()], sentence.text);
                prop_assert!(!sentence.text.trim().is_empty());
                end = sentence.span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
