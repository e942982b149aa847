//! A report as plain text for a terminal.

use super::document::{Block, Item, SentenceStrip};
use super::outline::{Extent, outline};
use super::sanitize;
use super::terminal::{self, WIDTH, paragraph, wrap};
use super::width::{cut, width};
use crate::report::Report;

/// A first look at the report as plain text, at most 100 columns wide.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    let blocks = outline(report, Extent::Brief);
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
    use crate::report::fixture::{articles, report_on};

    #[test]
    #[expect(clippy::too_many_lines, reason = "a snapshot")]
    fn a_small_report() {
        insta::assert_snapshot!(super::text(&report_on(&articles())), @r#"
        Framescope report: stance toward cyber unit
        ===========================================
        2 outlets, 6 articles, 24 sentences in headlines and bodies, 78 words, 2017-07-09.
        Left out: 6 sentences in readers' comments, 0 of menus, links and adverts.
        Made by framescope 0.0.0 from articles.csv with model stance-test (labels: critical, neutral,
        supportive), seed 1, 200 resamples.

        What was read
        outlet   articles  sentences  words  shared  comments  menus  days
        Courier         5         20     65       5         5      0  2017-07-09
        Post            1          4     13       1         1      0  2017-07-09

        Target: cyber unit (also: the plan)
        -----------------------------------
        Who is critical in their own words? Counts are of sentences, as the model reads them. At times it
        takes a report of what others think for the outlet’s own view: read the sentences before you repeat
        a count. Named it is by “cyber unit”, “the plan” alone; “without naming it”: in articles about it,
        where the model is a poorer judge.
          Courier: 8 of 8 own sentences that name the target are read as critical, most surely “Cyber unit
            mocked” (80 %); without naming it 2 of 7, most surely “Cyber unit mocked” (90 %).
          Post: 1 of 1 own sentence that names the target is read as critical, most surely “A reckless cyber
            unit.” (70 %); without naming it 1 of 2, most surely “Cyber unit mocked” (90 %).
          Read as supportive: no own sentence that names the target in any outlet.
          Too few own sentences that name the target (fewer than 30) to say how often: every outlet. Read
            them.

        Who is critical only in quotes? A sentence that quotes or reports a source counts as the source’s,
        whole.
          No outlet is critical in quotes alone.
          Supportive only or almost only in quotes: Courier 5 of 5, Post 1 of 1.

        Which shared quotes does each outlet leave out? Found by rules, paraphrases too; a free rewording is
        missed, and so is a post that was embedded and is not in the text.
          No quote was found in two outlets.

        Whose headline goes further than its body?
          No headline of 6 that can be compared goes further by the model: by 25 points of probability or
            more.

        Shares. Of each label: its share (%), the 95 % interval of the share over articles (95 %), and the
        raw count of sentences with that label (n).

        Own voice: sentences that name the target
                                      ─── critical  ──── neutral  ─ supportive
        outlet   articles  sentences   %   95 %  n   %   95 %  n   %   95 %  n
        Courier         5          8  66  62–69  8  18  13–22  0  16  15–18  0
        Post            1          1  70      –  1  10      –  0  20      –  0

        Attributed voice: sentences that name the target
                                      ─── critical  ──── neutral  ─ supportive
        outlet   articles  sentences   %   95 %  n   %   95 %  n   %   95 %  n
        Courier         5          5  10  10–10  0  20  20–20  0  70  70–70  5
        Post            1          1  10      –  0  20      –  0  70      –  1

        Where in the article. One mark for each sentence of the body, in order. Sentences that name the
        target: C critical, N neutral, S supportive; in small letters where they are a source's. Others: ·
        the outlet's, " a source's.
          Courier, c1  Cs·
          Courier, c2  Cs·
          Courier, c3  Cs·
          Courier, c4  Cs·
          Courier, c5  Cs·
          Post, p1     Cs·

        Most quoted. Sentences that convey their words; in brackets, those that name the target.
          Courier: Ann Lee 5 (5)
          Post: Ann Lee 1 (1)

        Notes
        -----
        - Shares are mean calibrated probabilities of the model, not hand labels; error rates may differ
          between outlets. Counts are the sentences to which the model gives the label.
        - The figures describe this coverage. They do not show how an outlet treats the subject elsewhere,
          nor why.
        - 95 % intervals come from 200 resamples of each outlet's articles (seed 1): how far a share could
          differ in other articles like these. They do not include the model's errors. Intervals of two
          outlets that overlap do not show that the outlets are alike.
        - Nobody labelled any of these sentences by hand, so no difference between outlets can be claimed.
          `framescope sample` draws the sentences to label, `--labels` takes them. The model's card holds no
          cross-validated confusion, so the counts cannot be corrected by its errors either.
        - Printed by more than one outlet, and counted in each: 6 sentences.
        - 9 of 24 sentences in articles about `cyber unit` do not name it (context). The main figures leave
          them out: there the model is a poorer judge. Theirs stand in CSV, JSON and the page.
        - An interval over articles needs 5 articles with such sentences. Without one for `cyber unit`: own
          voice in Post; attributed voice in Post.
        - Intervals from fewer than 20 articles tend to be too narrow. Such intervals for `cyber unit`: own
          voice in Courier; attributed voice in Courier.
        - With fewer than 30 sentences, read them all instead of trusting a percentage. So few for `cyber
          unit`: own voice in Courier, Post; attributed voice in Courier, Post.
        - Distinctive words: own voice only, without sentences shared with other outlets. Function words,
          names and the target's own words are not shown. A word must stand in three articles and stand out
          among all words compared (z over articles, Benjamini and Hochberg at 5 %); outlets with fewer than
          three articles are described, not tested.

        This is a first look. Everything, each figure with its sentences: --format html --out report.html.
        In words and tables: --format markdown. For programs: --format json.
        "#);
    }
}
