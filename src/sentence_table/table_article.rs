//! One article as the rows of a sentence table hold it.

use crate::article::Article;
use crate::article_parts::{ArticlePart, Sentence};
use crate::classifier::{Classified, TargetStance};
use crate::text::Span;
use crate::voice::Attribution;

/// An article and its classified sentences. Its title and text are known from its sentences alone.
#[derive(Debug)]
pub struct TableArticle {
    article: Article,
    texts: Vec<String>,
    sentences: Vec<TableSentence>,
}

/// What a table says of a sentence beside its text.
#[derive(Debug)]
pub(super) struct TableSentence {
    pub(super) number: usize,
    pub(super) part: ArticlePart,
    pub(super) paragraph: usize,
    pub(super) span: Span,
    pub(super) attribution: Attribution,
    pub(super) readings: Vec<TargetStance>,
    pub(super) shared_with: Vec<String>,
}

impl TableArticle {
    pub(super) fn new(article: Article) -> Self {
        TableArticle { article, texts: Vec::new(), sentences: Vec::new() }
    }

    /// The article: its id, outlet, date and address.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// The classified sentences. They can be taken once.
    pub fn take_classified(&mut self) -> Vec<Classified<'_>> {
        let article = &self.article;
        let sentences = std::mem::take(&mut self.sentences);
        let classified =
            sentences.into_iter().zip(&self.texts).map(|(of, text)| {
                let TableSentence {
                    number,
                    part,
                    paragraph,
                    span,
                    attribution,
                    readings,
                    shared_with,
                } = of;
                let sentence = Sentence { number, part, paragraph, span, text };
                Classified { article, sentence, attribution, readings, shared_with }
            });
        classified.collect()
    }

    pub(super) fn last(&mut self) -> Option<(&str, &mut TableSentence)> {
        self.texts.last().map(String::as_str).zip(self.sentences.last_mut())
    }

    pub(super) fn push(&mut self, text: String, sentence: TableSentence) {
        self.texts.push(text);
        self.sentences.push(sentence);
    }
}
