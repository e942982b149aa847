//! A report as plain text for a terminal.

use super::document::{Block, Item, SentenceStrip};
use super::outline::{Extent, outline};
use super::sanitize;
use super::terminal::{self, WIDTH, paragraph, wrap};
use super::width::{cut, width};
use crate::report::Report;

/// The report as plain text, at most 100 columns wide.
pub(super) fn text(report: &Report, extent: Extent) -> String {
    let mut out = String::new();
    let blocks = outline(report, extent);
    let before = std::iter::once(None).chain(blocks.iter().map(Some));
    for (before, block) in before.zip(&blocks) {
        out += if is_apart(before, block) { "\n" } else { "" };
        one(&mut out, block);
    }
    out
}

/// Whether an empty line stands before a block.
fn is_apart(before: Option<&Block>, block: &Block) -> bool {
    use Block::{
        Lines, Paragraph, Prose, Remarks, Section, SentenceStrips, Subsection, Table, Title,
    };
    match (before, block) {
        (None | Some(Section(_)), _)
        | (_, Title(_) | Lines(_) | SentenceStrips(_) | Prose(_) | Remarks(_))
        | (Some(Title(_) | Paragraph(_)), Paragraph(_)) => false,
        (_, Table(table)) => !table.caption.is_empty(),
        (_, Section(_) | Subsection(..) | Paragraph(_)) => true,
    }
}

fn one(out: &mut String, block: &Block) {
    match block {
        Block::Title(text) => heading(out, text, '='),
        Block::Section(text) => heading(out, text, '-'),
        Block::Subsection(name, explained) => {
            let stop = if name.ends_with('?') { "" } else { "." };
            let end = if explained.is_empty() { "" } else { " " };
            paragraph(out, &format!("{name}{stop}{end}{explained}"));
        }
        Block::Paragraph(text) => paragraph(out, text),
        Block::Prose(paragraphs) => {
            for (number, text) in paragraphs.iter().enumerate() {
                *out += if number > 0 { "\n" } else { "" };
                wrap(out, "  ", text, 2);
            }
        }
        Block::Table(table) => terminal::table(out, table),
        Block::Lines(items) => lines(out, items),
        Block::Remarks(remarks) => {
            remarks.iter().for_each(|text| wrap(out, "- ", &sanitize::tidy(text), 2));
        }
        Block::SentenceStrips(strips) => sentence_strips(out, strips),
    }
}

fn heading(out: &mut String, text: &str, rule: char) {
    let text = cut(text, WIDTH);
    let rule = rule.to_string().repeat(width(&text));
    out.extend([text.as_str(), "\n", &rule, "\n"]);
}

/// Indents each line below the one that it belongs to; an empty line stands before lines that have
/// others below them.
fn lines(out: &mut String, items: &[Item]) {
    for item in items {
        *out += if item.below.is_empty() { "" } else { "\n" };
        wrap(out, "  ", &item.text, 4);
        below(out, &item.below, 4);
    }
}

fn below(out: &mut String, items: &[Item], indent: usize) {
    for item in items {
        wrap(out, &" ".repeat(indent), &item.text, indent + 2);
        below(out, &item.below, indent + 2);
    }
}

/// Maximum width of an article's name.
const NAME: usize = 36;

/// Names in one column, marks in the other, broken where a line ends.
fn sentence_strips(out: &mut String, strips: &[SentenceStrip]) {
    let names: Vec<String> = strips.iter().map(|strip| cut(&strip.name, NAME)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let room = WIDTH - widest - 4;
    for (name, strip) in names.iter().zip(strips) {
        let marks: Vec<char> = strip.marks.chars().collect();
        for (number, part) in marks.chunks(room).enumerate() {
            let name = if number == 0 { name.as_str() } else { "" };
            let fill = " ".repeat(widest - width(name));
            out.extend(["  ", name, &fill, "  "]);
            out.extend(part);
            *out += "\n";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Extent;
    use crate::report::fixture::{articles, report_on};

    #[test]
    fn a_small_report() {
        insta::assert_snapshot!(super::text(&report_on(&articles()), Extent::Brief), @r#"
        6 of 15 sentences on “cyber unit” quote or report somebody
        ==========================================================
        All 2 outlets mention “cyber unit”: most often Courier (13 sentences in 5 articles), least often
        Post (2 in 1 article).
        Most widely quoted on “cyber unit”: Ann Lee (2 of 2 outlets).
        Nobody has checked the stance yet: 15 labels (about 4 minutes) will show which sentences take a
        side, and whose they are.

        Whose words: sentences that mention the target
        outlet   articles  own words  quoted  quoted most
        Courier         5          8       5  Ann Lee 5
        Post            1          1       1  Ann Lee 1

        Read these first. The model guesses that these own sentences take a side. Nobody has checked, and
        many such guesses are wrong: read them.
          Courier, headline: Cyber unit mocked
          Post: A reckless cyber unit.

        More: --full; the page with every sentence: --format html --out report.html; for programs: --format
        json.
        "#);
    }
}
