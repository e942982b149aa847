//! What headlines quote that their articles do not say, for programs.

use serde::Serialize;

use crate::report;

/// `quoting` headlines quote anything; `lacking` of them quote words that no sentence of the body has,
/// of which five are `shown`.
#[derive(Serialize)]
pub(super) struct HeadlineQuotes<'r> {
    quoting: u64,
    lacking: u64,
    shown: Vec<Lone<'r>>,
}

#[derive(Serialize)]
struct Lone<'r> {
    article: &'r str,
    url: &'r str,
    headline: &'r str,
    words: &'r str,
}

impl<'r> HeadlineQuotes<'r> {
    pub(super) fn new(found: &'r report::HeadlineQuotes) -> Self {
        let lone = |of: &'r report::LoneQuote| Lone {
            article: &of.article,
            url: &of.url,
            headline: &of.headline,
            words: &of.words,
        };
        HeadlineQuotes {
            quoting: found.quoting,
            lacking: found.lacking,
            shown: found.shown.iter().map(lone).collect(),
        }
    }
}
