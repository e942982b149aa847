//! Splits an article into headline, body, comments and boilerplate, and these into sentences.

mod article_part;
mod author_biography;
mod boilerplate;
mod boilerplate_line;
mod boilerplate_words;
mod caption;
mod paragraph_breaks;
mod reader_comments;
mod sentences;

pub use article_part::ArticlePart;
pub use sentences::{Sentence, split};
