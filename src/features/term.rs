//! The terms of a sentence: stemmed tokens, and mentions of the target.

use super::name::{NamePart, PartSource};
use super::stem_cache::Word;
use super::word_classes::{Classes, WordClass};
use crate::text::Span;
use crate::text::tokenizer::Kind;

const JUDGING_CLASSES: Classes =
    Classes::all_of(&[WordClass::Praise, WordClass::Blame, WordClass::Harm]);

/// One term: a stemmed token, or a mention of the target.
#[derive(Debug)]
pub struct Term {
    /// Its place in the sentence.
    pub span: Span,
    /// The kind of token; a mention is a word.
    pub kind: Kind,
    /// Whether it is a mention of the target.
    pub is_target: bool,
    /// Whether it is printed with a capital.
    pub(super) is_capital: bool,
    /// The printed word, or the placeholder of a name.
    pub word: Word,
    /// Its index among the terms.
    pub(super) index: u32,
}

impl Term {
    /// Whether it is the placeholder of a hidden name.
    pub fn is_name(&self) -> bool {
        self.word.number == Word::NAME.number
    }

    /// As a part of a feature's name.
    #[inline]
    pub fn name_part(&self) -> NamePart {
        NamePart { source: PartSource::Term(self.index), hash: self.word.hash }
    }

    /// Whether its stem equals a part of a feature's name.
    pub(super) fn reads(&self, part: NamePart) -> bool {
        self.word.hash == part.hash
    }

    /// Whether its stem belongs to one of several word classes.
    pub(super) fn is_any(&self, classes: Classes) -> bool {
        self.word.classes.share(classes)
    }

    /// Whether it is a word of praise, blame or harm.
    pub(super) fn is_judging(&self) -> bool {
        self.is_any(JUDGING_CLASSES)
    }

    /// Whether its stem belongs to a word class.
    pub(super) fn is(&self, class: WordClass) -> bool {
        self.word.classes.has(class)
    }
}
