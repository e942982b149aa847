use super::name::{NamePart, spell_letters};
use super::scaling::Scaling;
use super::sentence_view::View;
use super::template::{FeatureSink, FeatureTemplate, Observation};

/// ## What it notices
/// Every run of three to five letters of a word, with `_` where the word begins or ends, in small letters;
/// of names too, but not of the target. Only models trained on few labels without marked targets have
/// it.
///
/// ## Why it bears on stance
/// Few labels hold each word once or never; *hoax*, *hoaxer*, *#ClimateHoax* share most of their letters.
///
/// ## Example
/// It is a **hoax**. → `letters=_hoa`, `letters=hoax_`
///
/// ## What it misses
/// What a word means: *unhealthy* shares more with *healthy* than with *sick*.
pub(super) const TEMPLATE: FeatureTemplate = FeatureTemplate {
    name: "letters",
    scaling: Scaling::SUBLINEAR,
    prefixes: &[],
    vector_prefixes: &[],
};

/// Least and most characters of a run, the marks of the word's ends among them.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=5;

pub(super) fn extract(view: &View<'_>, sink: &mut impl FeatureSink) {
    let mut ends: Vec<usize> = Vec::new();
    let mut run = String::new();
    for term in view.terms.iter().filter(|term| !term.is_target) {
        let word = view.printed(term);
        ends.clear();
        ends.push(0);
        ends.extend(word.char_indices().map(|(at, c)| at + c.len_utf8()));
        // With one mark before the word and one behind it.
        let n = ends.len() + 1;
        for length in LENGTHS.filter(|length| *length <= n) {
            for first in 0..=n - length {
                let (opens, closes) = (first == 0, first + length == n);
                let start = ends[first.saturating_sub(1)];
                let end = ends[(first + length - 1).min(ends.len() - 1)];
                let span = term.span.start + start..term.span.start + end;
                spell_letters(&view.sentence[span.clone()], opens, closes, &mut run);
                let parts = [NamePart::letters(&span, opens, closes, &run)];
                sink.add(Observation { parts: &parts, amount: 1.0, span });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tests::check;

    #[test]
    fn runs_know_where_words_begin_and_end() {
        let expected = [
            ("letters=_ho", 1.0),
            ("letters=_hoa", 1.0),
            ("letters=_hoax", 1.0),
            ("letters=hoa", 1.0),
            ("letters=hoax", 1.0),
            ("letters=hoax_", 1.0),
            ("letters=oax", 1.0),
            ("letters=oax_", 1.0),
            ("letters=ax_", 1.0),
        ];
        let mut expected = expected.to_vec();
        expected.sort_by_key(|(name, _)| *name);
        check(&TEMPLATE, "Hoax", None, &expected);
    }

    #[test]
    fn the_target_is_not_spelled() {
        check(&TEMPLATE, "Ö plan", Some("plan"), &[("letters=_ö_", 1.0)]);
    }
}
