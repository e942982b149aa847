//! An outlet's own words around a quote: where outlets quote the same, they differ here.

use super::normalized_quote;
use crate::report::quotes::QuoteContext;
use crate::text::Span;

/// Minimum number of own words that are labelled; fewer only attribute.
const JUDGED_WORDS: usize = 5;

impl QuoteContext {
    /// Whether the outlet's own words are enough to express anything.
    pub(crate) fn is_judged(&self) -> bool {
        normalized_quote::count(&self.own) >= JUDGED_WORDS
    }
}

/// A sentence with … for each of the quotations at `quoted`, marks included; empty where there is nothing
/// else.
pub(super) fn own_words(sentence: &str, quoted: &[Span]) -> String {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`');
    let mut own = String::new();
    let mut from = 0;
    for span in quoted {
        // Of marks side by side, those that close one quotation are not those that open the next.
        let between = sentence.get(from..span.start).unwrap_or_default();
        own += between.trim_end_matches(is_mark);
        own += "…";
        let rest = &sentence[span.end..];
        from = sentence.len() - rest.trim_start_matches(is_mark).len();
    }
    own += sentence.get(from..).unwrap_or_default();
    if own.contains(char::is_alphanumeric) { own.trim().to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;
    use crate::voice;

    #[test]
    fn what_is_quoted_is_cut_out() {
        let cases = [
            ("“It is late,” he claimed, “and dark.”", "… he claimed, …"),
            ("He called it “a folly of the first order” again.", "He called it … again."),
            ("“Nothing but the quote itself stands here.”", ""),
            ("“It ends here,” the embattled mayor said.", "… the embattled mayor said."),
        ];
        for (sentence, expected) in cases {
            let article = Article { text: sentence.into(), ..Article::default() };
            let quoted = voice::quoted(&article_parts::split(&article)).remove(0);
            assert_eq!(own_words(sentence, &quoted), expected);
        }
    }
}
