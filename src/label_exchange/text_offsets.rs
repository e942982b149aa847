//! Places in a text: Unicode characters here, UTF-16 code units where a tool counts as JavaScript does.

/// Takes a place in characters; gives it in UTF-16 code units.
pub(super) fn to_utf16(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let units = |n: usize| text.chars().take(n).map(char::len_utf16).sum();
    (units(start), units(end))
}

/// Takes a place in UTF-16 code units; gives it in characters. None where it lies beyond the text or splits
/// a character.
pub(super) fn from_utf16(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let characters = |units: usize| {
        let mut passed = 0;
        for (number, character) in text.chars().enumerate() {
            if passed == units {
                return Some(number);
            }
            passed += character.len_utf16();
        }
        (passed == units).then(|| text.chars().count())
    };
    Some((characters(start)?, characters(end)?)).filter(|(start, end)| start <= end)
}

/// The text at a place in characters.
pub(super) fn at(text: &str, (start, end): (usize, usize)) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_two_units_and_accents_one() {
        // 😀 is two code units, é one, the scientist three characters in five units.
        let text = "😀é👩‍🔬 plan";
        assert_eq!(to_utf16(text, (6, 10)), (9, 13));
        assert_eq!(from_utf16(text, (9, 13)), Some((6, 10)));
        assert_eq!(at(text, (6, 10)), "plan");
        assert_eq!((from_utf16(text, (1, 3)), from_utf16(text, (9, 14))), (None, None));
        assert_eq!(from_utf16("", (0, 0)), Some((0, 0)));
    }
}
