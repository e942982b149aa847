//! The paragraphs of an export: lines between empty lines.

/// The longest line in characters of a text whose lines were broken to fit a page.
const MAX_WRAPPED: usize = 100;

/// The lines of one paragraph; there is at least one.
#[derive(Debug, Clone)]
pub(super) struct Paragraph<'a> {
    pub(super) lines: Vec<&'a str>,
}

impl<'a> Paragraph<'a> {
    /// The first line, without white space around it.
    pub(super) fn first(&self) -> &'a str {
        self.lines.first().map_or("", |line| line.trim())
    }

    /// Whether it is moved away from the left margin, as titles and dates in the middle of a page are.
    pub(super) fn is_indented(&self) -> bool {
        self.lines.iter().all(|line| line.starts_with("    ") || line.starts_with('\t'))
    }

    /// All lines in one.
    pub(super) fn joined(&self) -> String {
        self.lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// Splits a text at its empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    let mut paragraphs = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if !line.trim().is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            paragraphs.push(Paragraph { lines: std::mem::take(&mut lines) });
        }
    }
    if !lines.is_empty() {
        paragraphs.push(Paragraph { lines });
    }
    paragraphs
}

/// The text of a body: paragraphs with an empty line between them. Lines that were broken to fit a page
/// are joined; where one is longer than any page is wide, each line is kept.
pub(super) fn body(paragraphs: &[Paragraph<'_>]) -> String {
    let mut lines = paragraphs.iter().flat_map(|paragraph| &paragraph.lines);
    let is_wrapped = lines.all(|line| line.trim().chars().count() <= MAX_WRAPPED);
    let text = |paragraph: &Paragraph<'_>| match is_wrapped {
        true => paragraph.joined(),
        false => paragraph.lines.join("\n"),
    };
    paragraphs.iter().map(text).collect::<Vec<_>>().join("\n\n").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined_and_long_ones_kept() {
        let wrapped = "The quay was shut\nfor a week.\n\n\nNobody said why.\n";
        assert_eq!(body(&paragraphs(wrapped)), "The quay was shut for a week.\n\nNobody said why.");
        let long = format!("{}\nA line.\n\nAnother.", "The quay was shut. ".repeat(8).trim());
        assert_eq!(body(&paragraphs(&long)), long);
        assert_eq!(body(&paragraphs(" \n\n")), "");
    }
}
