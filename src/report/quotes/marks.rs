//! What stands between the quote marks of one sentence, which may have its other mark elsewhere.

use crate::text::Span;
use crate::voice;

/// The stretches between double quote marks, outermost only, without their marks. A mark without
/// its partner reaches to the end of the sentence, or back to its start. Where there is no double
/// mark, what stands between single ones.
pub(super) fn quoted(text: &str) -> Vec<Span> {
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_mark(*c)).collect();
    if marks.is_empty() {
        return voice::quotations(text).iter().filter_map(|span| inside(text, span)).collect();
    }
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, mark) in marks {
        let end = at + mark.len_utf8();
        match opens(text, at, mark, depth) {
            true => {
                start = if depth == 0 { end } else { start };
                depth += 1;
            }
            false if depth == 0 && found.is_empty() => found.push(0..at),
            false => {
                found.extend((depth == 1).then_some(start..at));
                depth = depth.saturating_sub(1);
            }
        }
    }
    found.extend((depth > 0).then_some(start..text.len()));
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether a mark begins a quotation, inside of `depth` others. Some marks tell by themselves; others,
/// which are set at either end, by what they lean on.
fn opens(text: &str, at: usize, mark: char, depth: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + mark.len_utf8()..].chars().next();
    let leans = |beside: Option<char>, free: &[char]| {
        beside.is_some_and(|c| !c.is_whitespace() && !free.contains(&c) && !is_mark(c))
    };
    let to_the_left = leans(before, &['(', '[', '—', '–', '‘', '\'']);
    let to_the_right = leans(after, &[')', ']', '—', '–', '.', ',', ';', ':', '!', '?']);
    match mark {
        '„' | '«' => true,
        '”' | '»' => false,
        _ if to_the_left != to_the_right => to_the_right,
        _ => depth == 0,
    }
}

/// A quotation without its marks.
fn inside(text: &str, span: &Span) -> Option<Span> {
    let within = &text[span.clone()];
    let inner = within.trim_matches(|c| matches!(c, '‘' | '’' | '\'' | '`'));
    let start = span.start + within.find(inner)?;
    Some(start..start + inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_paired_outermost() {
        let cases: &[(&str, &[&str])] = &[
            ("“It is late,” he said, “and dark.”", &["It is late,", "and dark."]),
            ("\"It is late,\" he said.", &["It is late,"]),
            ("“It goes on in the next sentence.", &["It goes on in the next sentence."]),
            ("And it ends here,” he said.", &["And it ends here,"]),
            ("And it ends here,\" he said.", &["And it ends here,"]),
            ("“She said “no way” and left,” he said.", &["She said “no way” and left,"]),
            ("\"She said \"no way\" and left,\" he said.", &["She said \"no way\" and left,"]),
            ("“It is late,“ he said.", &["It is late,"]),
            ("‘It is late and very dark,’ he said.", &["It is late and very dark,"]),
            ("Nothing is quoted.", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = quoted(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn stretches_rise_and_never_overlap(text in "([A-Za-z .\"”“„'’‘«»]|\\PC){0,60}") {
            let mut end = 0;
            for span in quoted(&text) {
                prop_assert!(end <= span.start && span.start <= span.end);
                prop_assert!(text.get(span.clone()).is_some());
                end = span.end;
            }
        }
    }
}
