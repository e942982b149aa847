//! An outlet's own words around a quote: where outlets quote the same, they differ here.

use super::normalized_quote;
use crate::report::predicted_label::PredictedLabel;
use crate::report::quotes::{Neighbour, QuoteContext};
use crate::text::Span;

/// Fewer own words attribute and do nothing else.
const JUDGED_WORDS: usize = 5;

impl QuoteContext {
    /// What an outlet wrote around a passage: its own words in the sentence, and the sentences before
    /// and after. `is_read` tells by target whether the sentence expresses anything toward it, `judge`
    /// what a text expresses.
    pub(super) fn of(
        own: &str,
        [before, after]: [Option<Neighbour>; 2],
        is_read: &[bool],
        judge: &dyn Fn(&str) -> Vec<PredictedLabel>,
    ) -> Self {
        let is_judged = normalized_quote::count(own) >= JUDGED_WORDS;
        let judged = if is_judged { judge(own) } else { Vec::new() };
        let of_target =
            |(target, is_read): (usize, &bool)| judged.get(target).filter(|_| *is_read).cloned();
        QuoteContext {
            own: own.to_owned(),
            judged: is_read.iter().enumerate().map(of_target).collect(),
            before,
            after,
        }
    }
}

/// A sentence with … for each stretch at `quoted`, its marks included; nothing where nothing else
/// is said.
pub(super) fn own_words(sentence: &str, quoted: &[Span]) -> String {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`');
    let mut own = String::new();
    let mut from = 0;
    for span in quoted {
        // Where marks stand side by side, those behind one stretch are those before the next.
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
