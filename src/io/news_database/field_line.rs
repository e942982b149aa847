//! Lines such as `BYLINE: Nell Ruck`, by which databases describe an article.

use super::paragraph::Paragraph;

/// Takes a line and the names of fields in small letters; gives the name and the value of the one that
/// begins the line, in any case.
pub(super) fn field<'a>(line: &'a str, names: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let known = names.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    Some((known, value.trim()))
}

/// The position of the first paragraph from which on every paragraph begins with one of the fields.
pub(super) fn trailing_fields(paragraphs: &[Paragraph<'_>], names: &[&'static str]) -> usize {
    let is_field = |paragraph: &Paragraph<'_>| field(paragraph.first(), names).is_some();
    paragraphs.iter().rposition(|paragraph| !is_field(paragraph)).map_or(0, |at| at + 1)
}

/// Whether a line says who owns the rights.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let is_long = line.chars().count() > 200;
    !is_long
        && ["copyright", "(c) ", "© ", "all rights reserved"]
            .iter()
            .any(|start| line.starts_with(start))
}
