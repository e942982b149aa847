//! Searches for the first of several bytes.

/// Number of bytes that are searched at once, so that many rare bytes without a frequent one cost no more
/// than their number.
const WINDOW: usize = 1024;

/// The offset of the first of five bytes at or after `from`. Finds the first `frequent` byte, then searches
/// only the text before it for the `rare` ones.
#[inline]
pub(crate) fn find_any(text: &str, from: usize, frequent: [u8; 3], rare: [u8; 2]) -> Option<usize> {
    let rest = text.as_bytes()[from..].chunks(WINDOW);
    rest.enumerate().find_map(|(i, rest)| {
        let end = memchr::memchr3(frequent[0], frequent[1], frequent[2], rest);
        let end = end.unwrap_or(rest.len());
        let at = memchr::memchr2(rare[0], rare[1], &rest[..end]).unwrap_or(end);
        (at < rest.len()).then_some(from + i * WINDOW + at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_five_bytes_is_found() {
        let found = |from| find_any("ab(c.d-e", from, *b".!?", *b"(-");
        assert_eq!([0, 3, 5, 7, 8].map(found), [Some(2), Some(4), Some(6), None, None]);
        let far = "a".repeat(3 * WINDOW) + "(";
        assert_eq!(find_any(&far, 1, *b".!?", *b"(-"), Some(3 * WINDOW));
    }
}
