//! Places in a text: Unicode characters here, UTF-16 code units where a tool counts as JavaScript and Java do.

/// Takes a place in characters; gives it in UTF-16 code units.
pub(super) fn to_utf16(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let units = |n: usize| text.chars().take(n).map(char::len_utf16).sum();
    (units(start), units(end))
}

/// From UTF-16 code units of a text to its characters.
pub(super) struct Places {
    /// For each unit, and for the end, its character; none within a character.
    characters: Vec<Option<usize>>,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let units = |(number, character): (usize, char)| {
            (0..character.len_utf16()).map(move |unit| (unit == 0).then_some(number))
        };
        let mut characters: Vec<_> = text.chars().enumerate().flat_map(units).collect();
        characters.push(Some(text.chars().count()));
        Places { characters }
    }

    /// None where a place lies beyond the text or splits a character.
    pub(super) fn characters(&self, (start, end): (usize, usize)) -> Option<(usize, usize)> {
        let of = |unit: usize| *self.characters.get(unit)?;
        Some((of(start)?, of(end)?)).filter(|(start, end)| start <= end)
    }
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
        let places = Places::of(text);
        assert_eq!(to_utf16(text, (6, 10)), (9, 13));
        assert_eq!(places.characters((9, 13)), Some((6, 10)));
        assert_eq!(at(text, (6, 10)), "plan");
        assert_eq!((places.characters((1, 3)), places.characters((9, 14))), (None, None));
        assert_eq!(Places::of("").characters((0, 0)), Some((0, 0)));
    }
}
