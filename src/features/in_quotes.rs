use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate};
use super::word_classes::WordClass;

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
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "quoted",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[""],
};

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let mut is_inside = false;
    for term in &view.terms {
        if term.is(WordClass::Quote) {
            is_inside = !is_inside;
        } else if is_inside {
            sink.add_term(term, 1.0);
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
            &TEMPLATE,
            "He called it “a folly” and left",
            None,
            &[("quoted=a", 1.0), ("quoted=folli", 1.0)],
        );
    }
}
