//! Makes text from outside fit to be shown: on one line, harmless to a terminal, not too long.

use super::width;

/// Maximum number of characters shown of a sentence.
const EXCERPT: usize = 600;

/// Maximum width of a name.
const NAME: usize = 80;

/// Maximum number of names shown of a list.
const LIST: usize = 8;

/// The name of a person, outlet, article, label or file.
pub(super) fn name(text: &str) -> String {
    width::cut(&tidy(text), NAME)
}

/// Joins names; of a long list the last are only counted.
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n String>, between: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|text| name(text)).collect();
    names.retain(|name| !name.is_empty());
    let more = names.len().saturating_sub(LIST);
    names.truncate(LIST);
    let more = if more > 0 { format!("{between}and {more} more") } else { String::new() };
    names.join(between) + &more
}

/// The start of a text, at most the length of a long sentence.
pub(super) fn excerpt(text: &str) -> &str {
    text.char_indices().nth(EXCERPT).map_or(text, |(end, _)| &text[..end])
}

/// An ellipsis where an excerpt is not the whole text.
pub(super) fn more(text: &str) -> &'static str {
    if excerpt(text).len() < text.len() { "…" } else { "" }
}

/// The start of a text, cut between words to at most `most` characters.
pub(super) fn start(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ' ']))
}

/// A text on one line, no longer than an excerpt.
pub(super) fn shortened(text: &str) -> String {
    tidy(excerpt(text)) + more(text)
}

/// Puts text on one line, without characters that control a terminal or change the direction of the
/// text around it.
pub(super) fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_direction_mark(*c)).collect();
    let parts = visible.split(|c: char| c.is_whitespace() || c.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A message of one or more lines, in which every character that controls a terminal or changes the direction
/// of the text around it is replaced: it may repeat what stands in a file or its name.
///
/// ```
/// assert_eq!(framescope::render::harmless("a\u{1b}[31m.csv\nb"), "a\u{fffd}[31m.csv\nb");
/// ```
pub fn harmless(message: &str) -> String {
    let is_odd = |c: char| c.is_control() && !['\n', '\t'].contains(&c) || is_direction_mark(c);
    message.chars().map(|c| if is_odd(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(tidy("a\u{1b}[31m\tb\n\n c\u{202e}d\u{0}"), "a [31m b cd");
    }

    #[test]
    fn long_lists_and_names_are_cut() {
        let names: Vec<String> = (1..=10).map(|n| format!("file{n}.csv")).collect();
        let list = list(&names, ", ");
        assert!(list.ends_with("file8.csv, and 2 more"), "{list}");
        assert_eq!(width::width(&name(&"x".repeat(200))), NAME);
        assert_eq!(super::list(&[String::new()], ", "), "");
    }

    #[test]
    fn beginnings_are_cut_between_words() {
        assert_eq!(start("Short.", 70), "Short.");
        let long = "word ".repeat(30);
        assert!(start(&long, 70).ends_with("word…") && start(&long, 70).chars().count() <= 71);
        assert_eq!(start(&"é".repeat(90), 70).chars().count(), 71);
    }

    #[test]
    fn an_excerpt_says_that_it_is_one() {
        assert_eq!(shortened("Short."), "Short.");
        assert!(shortened(&"é".repeat(EXCERPT + 1)).ends_with("é…"));
    }
}
