//! How wide text is on a terminal, and how it is cut.

use unicode_width::UnicodeWidthChar;

/// How many columns a text takes: the sum over its characters, so that a part never takes more than
/// the whole.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// As much of a text as fits, with `…` where something is cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |c: &char| {
        let taken = char_width(*c);
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("The Register", 12), "The Register");
        assert_eq!(cut("The Register", 11), "The Regist…");
        assert_eq!(cut("新華社通信", 10), "新華社通信");
        assert_eq!(cut("新華社通信", 8), "新華社…");
        assert_eq!(cut("e\u{301}e\u{301}", 2), "e\u{301}e\u{301}");
        assert_eq!(cut("📰📰📰", 3), "📰…");
    }
}
