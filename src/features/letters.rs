use super::{Amount, Detail, Feature, Scaling, Seen, View};
use crate::text::token::Kind;

/// ## What it notices
/// Runs of three to five letters of every word but the target, the word's ends included (`_`).
///
/// ## Why it bears on stance
/// Words too rare to be learnt share parts with others: *mis-*, *-less*, *disgrac-*.
///
/// ## Example
/// A sham**eless** plan. → `letters=less_`
///
/// ## What it misses
/// Meaning: *restless* and *ruthless* end alike.
#[derive(Debug)]
pub(super) struct Letters;

impl Feature for Letters {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 3 }
    }

    fn extract(&self, view: &View<'_>, note: &mut dyn FnMut(Seen<'_>)) {
        let mut word = String::new();
        let mut ends = Vec::new();
        for term in view.terms.iter().filter(|t| t.kind == Kind::Word && !t.is_target) {
            word.clear();
            word.push('_');
            word.extend(view.printed(term).chars().flat_map(char::to_lowercase));
            word.push('_');
            ends.clear();
            ends.extend(word.char_indices().map(|(at, _)| at).chain([word.len()]));
            for length in 3..=5 {
                for run in ends.windows(length + 1) {
                    let details = [Detail::new(&word[run[0]..run[length]])];
                    note(Seen { details: &details, amount: 1.0, place: term.span.clone() });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn runs_reach_over_the_ends_of_words_alone() {
        check(
            &Letters,
            "Add plan 99",
            Some("plan"),
            &[
                ("letters=_ad", 1.0),
                ("letters=_add", 1.0),
                ("letters=_add_", 1.0),
                ("letters=add", 1.0),
                ("letters=add_", 1.0),
                ("letters=dd_", 1.0),
            ],
        );
    }
}
