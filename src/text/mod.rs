//! Text processing: spans, tokens, words and sentences. Nothing here is about news.

mod abbreviation;
mod byte_search;
pub(crate) mod link_lists;
mod lookaround;
pub(crate) mod month;
mod normalise;
pub mod sentence_splitter;
pub(crate) mod shingles;
mod span;
pub(crate) mod stop_words;
pub mod tokenizer;
pub(crate) mod tweet_signature;
pub(crate) mod word_key;
pub(crate) mod words;

pub(crate) use byte_search::find_any;
pub(crate) use normalise::LOWER_CASE;
pub use normalise::normalised;
pub use span::Span;
