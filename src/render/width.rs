//! How wide text is on a terminal, and how it is cut.

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Wide East Asian characters and emoji take two columns, marks on another character none. Close
/// enough for names; terminals differ in the rest.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36F
        | 0x591..=0x5BD
        | 0x64B..=0x65F
        | 0x200B..=0x200F
        | 0x2060..=0x2064
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F
        | 0x1F3FB..=0x1F3FF => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
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
