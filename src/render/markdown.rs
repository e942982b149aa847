//! A report as GitHub-flavoured Markdown.

use super::document::{Block, Item, SentenceStrip};
use super::outline::{Extent, outline};
use super::sanitize;
use super::table::{Alignment, Column, Table};
use crate::report::Report;

/// The whole report.
pub(super) fn markdown(report: &Report) -> String {
    let mut out = String::new();
    outline(report, Extent::Whole).iter().for_each(|block| one(&mut out, block));
    out
}

fn one(out: &mut String, block: &Block) {
    match block {
        Block::Title(text) => paragraph(out, "# ", text),
        Block::Section(text) => paragraph(out, "## ", text),
        Block::Subsection(name, explained) => {
            paragraph(out, "### ", name);
            if !explained.is_empty() {
                paragraph(out, "", explained);
            }
        }
        Block::Paragraph(text) => paragraph(out, "", text),
        Block::Prose(paragraphs) => {
            paragraphs.iter().for_each(|text| paragraph(out, "> ", text));
        }
        Block::Table(block) => table(out, block),
        Block::Lines(items) => {
            lines(out, items, 0);
            *out += "\n";
        }
        Block::Remarks(remarks) => {
            remarks.iter().for_each(|text| out.extend(["- ", &escaped(text), "\n"]));
            *out += "\n";
        }
        Block::SentenceStrips(strips) => sentence_strips(out, strips),
    }
}

fn paragraph(out: &mut String, mark: &str, text: &str) {
    out.extend([mark, &escaped(text), "\n\n"]);
}

fn lines(out: &mut String, items: &[Item], depth: usize) {
    for item in items {
        out.extend([&"  ".repeat(depth), "- ", &escaped(&item.text), "\n"]);
        lines(out, &item.below, depth + 1);
    }
}

/// The marks stand in code, which keeps them in columns; they need no escape.
fn sentence_strips(out: &mut String, strips: &[SentenceStrip]) {
    for strip in strips {
        out.extend(["- `", &strip.marks, "` ", &escaped(&strip.name), "\n"]);
    }
    *out += "\n";
}

fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        paragraph(out, "### ", &table.caption);
    }
    row(out, table.columns.iter().map(|column| escaped(&head(column))));
    row(out, table.columns.iter().map(|column| rule(column).to_owned()));
    for cells in &table.rows {
        row(out, cells.iter().map(|cell| escaped(&cell.shown())));
    }
    *out += "\n";
}

fn head(column: &Column) -> String {
    format!("{} {}", column.group, column.name)
}

fn rule(column: &Column) -> &'static str {
    match column.alignment {
        Alignment::Left => ":--",
        Alignment::Right => "--:",
    }
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.extend(["| ", &cells.collect::<Vec<_>>().join(" | "), " |\n"]);
}

/// Text on one line, with everything escaped that Markdown or HTML would interpret.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in sanitize::tidy(text).chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{articles, report_on};

    #[test]
    fn nothing_is_read_as_markup() {
        let text = "<b>|x|</b> *y* [z](javascript:1) `c`\n# d & e";
        let expected = r"&lt;b&gt;\|x\|&lt;/b&gt; \*y\* \[z\](javascript:1) \`c\` \# d &amp; e";
        assert_eq!(escaped(text), expected);
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a snapshot")]
    fn a_small_report() {
        insta::assert_snapshot!(markdown(&report_on(&articles()[4..])), @r#"
        # 2 of 4 sentences on “cyber unit” quote or report somebody

        All 2 outlets mention “cyber unit”, each in 2 sentences.

        Nobody has checked the stance yet: 4 labels (about 1 minute) will show which sentences take a side, and whose they are.

        ### Whose words: sentences that mention the target

        | outlet | articles | own words | quoted | quoted most |
        | :-- | --: | --: | --: | :-- |
        | Courier | 1 | 1 | 1 | Ann Lee 1 |
        | Post | 1 | 1 | 1 | Ann Lee 1 |

        ### Read these first

        The model guesses that these own sentences take a side. Nobody has checked, and many such guesses are wrong: read them.

        - Post: A reckless cyber unit.
        - Courier: A reckless cyber unit.

        ## What was read

        2 outlets, 2 articles, 8 sentences in headlines and bodies, 26 words, 2017-07-09.

        Left out: 2 sentences in readers' comments, 0 of menus, links and adverts.

        ### What was read

        | outlet | articles | sentences | words | shared | comments | boilerplate | days |
        | :-- | --: | --: | --: | --: | --: | --: | :-- |
        | Courier | 1 | 4 | 13 | 1 | 1 | 0 | 2017-07-09 |
        | Post | 1 | 4 | 13 | 1 | 1 | 0 | 2017-07-09 |

        ## Target: cyber unit (also: the plan)

        ### In words, to be pasted

        > Read: 2 outlets, 2 articles, 8 sentences in headlines and bodies, 26 words, 2017-07-09. 2 sentences in the outlets' own voice and 2 that convey sources name the target, cyber unit. Each was judged for stance (critical, neutral, supportive) by framescope 0.0.0 with model stance-test of 2017-08-01. None was labelled by hand.

        > Nobody has checked the model's labels, so that no share of an outlet and no difference between outlets is told.

        > This describes the coverage read here of 2017-07-09. It does not show how these outlets treat cyber unit elsewhere, nor why; where no difference is told, none is ruled out.

        ### Shares

        Of each label: its share (%), the 95 % interval of the share over articles (95 %), and the raw count of sentences with that label (n).

        ### Own voice: sentences that name the target

        | outlet | articles | sentences | critical % | critical 95 % | critical n | neutral % | neutral 95 % | neutral n | supportive % | supportive 95 % | supportive n |
        | :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | Courier | 1 | 1 | – | – | 1 | – | – | 0 | – | – | 0 |
        | Post | 1 | 1 | – | – | 1 | – | – | 0 | – | – | 0 |

        ### Attributed voice: sentences that name the target

        | outlet | articles | sentences | critical % | critical 95 % | critical n | neutral % | neutral 95 % | neutral n | supportive % | supportive 95 % | supportive n |
        | :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | Courier | 1 | 1 | – | – | 0 | – | – | 0 | – | – | 1 |
        | Post | 1 | 1 | – | – | 0 | – | – | 0 | – | – | 1 |

        ### Headline, lead and body

        Headline (head), first sentence of the body (lead), and the body's own-voice sentences that name the target (body): how many, and the mean probability of each label. A lead that conveys a source's words is in none of the means. In square brackets, the words that decided.

        | outlet | about | how many head | how many lead | how many body | critical % head | critical % lead | critical % body | neutral % head | neutral % lead | neutral % body | supportive % head | supportive % lead | supportive % body |
        | :-- | :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | Courier | mention | 0 | 1 | 1 | – | – | – | – | – | – | – | – | – |
        | Courier | context | 1 | 0 | 0 | – | – | – | – | – | – | – | – | – |
        | Post | mention | 0 | 1 | 1 | – | – | – | – | – | – | – | – | – |
        | Post | context | 1 | 0 | 0 | – | – | – | – | – | – | – | – | – |

        - Courier
          - c5: Cyber unit mocked — headline critical (guess), not naming the target \[mocked\]; lead critical (guess) \[reckless\]; body mostly critical (guess, 1 own sentence)
        - Post
          - p1: Cyber unit mocked — headline critical (guess), not naming the target \[mocked\]; lead critical (guess) \[reckless\]; body mostly critical (guess, 1 own sentence)

        ### Where in the article

        One mark for each sentence of the body, in order. Sentences that name the target: C critical, N neutral, S supportive; in small letters where they are a source's. Others: · the outlet's, " a source's.

        - `Cs·` Courier, c5
        - `Cs·` Post, p1

        ### Timeline

        All articles with a date are of one day.

        ### Most quoted

        | outlet | speaker | sentences | on target | critical % | neutral % | supportive % |
        | :-- | :-- | --: | --: | --: | --: | --: |
        | Courier | Ann Lee | 1 | 1 | – | – | – |
        | Post | Ann Lee | 1 | 1 | – | – | – |

        ### Typical sentences

        Of each label the sentence of which the model is surest, among those that name the target; without those that stand above.

        - Courier, attributed voice
          - supportive (guess): "The plan helps."
            - \[article c5, sentence 3 \| Ann Lee \| decided by: helps\]
        - Post, attributed voice
          - supportive (guess): "The plan helps."
            - \[article p1, sentence 3 \| Ann Lee \| decided by: helps\]

        ## What cannot be said

        - Nobody labelled any of these sentences by hand, so no difference between outlets can be claimed. \`framescope sample\` draws the sentences to label, \`--labels\` takes them. The model's card holds no cross-validated confusion, so the counts cannot be corrected by its errors either.
        - The figures describe this coverage. They do not show how an outlet treats the subject elsewhere, nor why.
        - Shares that no hand label corrects are mean calibrated probabilities of the model; error rates may differ between outlets. Counts beside them are the sentences to which the model gives the label.
        - 95 % intervals come from 200 resamples of each outlet's articles (seed 1): how far a share could differ in other articles like these. They do not include the model's errors. Intervals of two outlets that overlap do not show that the outlets are alike.
        - Printed by more than one outlet, and counted in each: 2 sentences.
        - 4 of 8 sentences in articles about \`cyber unit\` do not name it (context). The main figures leave them out: there the model errs more often. Theirs stand in CSV, JSON and the page.
        - An interval over articles needs 5 articles with such sentences. Without one for \`cyber unit\`: own voice in Courier, Post; attributed voice in Courier, Post.
        - With fewer than 30 sentences, read them all instead of trusting a percentage. So few for \`cyber unit\`: own voice in Courier, Post; attributed voice in Courier, Post.
        - Distinctive words: own voice only, without sentences shared with other outlets. Function words, names and the target's own words are not shown. A word must stand in three articles and stand out among all words compared (z over articles, Benjamini and Hochberg at 5 %); outlets with fewer than three articles are described, not tested.

        Made by framescope 0.0.0 from articles.csv with model stance-test (labels: critical, neutral, supportive), seed 1, 200 resamples.
        "#);
    }
}
