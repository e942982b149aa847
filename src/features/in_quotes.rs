use super::word_classes::WordClass;
use super::{Amount, Feature, FeatureSink, Observation, Scaling, View};

/// ## What it notices
/// Stems inside double quotation marks.
///
/// ## Why it bears on stance
/// Quoted words are the ones a source chose, mostly because they judge.
///
/// ## Example
/// He called it “a **folly**”. → `quoted=folli`
///
/// ## What it misses
/// Quotes that began in an earlier sentence, and single quotation marks.
#[derive(Debug)]
pub(super) struct Quoted;

impl Feature for Quoted {
    fn name(&self) -> &'static str {
        "quoted"
    }

    fn scaling(&self) -> Scaling {
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 }
    }

    fn before_one_stem(&self) -> &'static [&'static str] {
        &[""]
    }

    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink) {
        let mut inside = false;
        for term in &view.terms {
            if term.is(WordClass::Quote) {
                inside = !inside;
            } else if inside {
                notebook.note(Observation {
                    details: &[term.detail()],
                    amount: 1.0,
                    place: term.span.clone(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn only_what_stands_in_quotes() {
        check(
            &Quoted,
            "He called it “a folly” and left",
            None,
            &[("quoted=a", 1.0), ("quoted=folli", 1.0)],
        );
    }
}
