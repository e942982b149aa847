//! A report for a terminal.

use super::clean;
use super::columns::{self, wrap};
use super::event;
use super::frames;
use super::inference;
use super::phrase;
use super::table::{self, Table};
use crate::report::{Frames, Outlet, OutletSummary, Report, TargetSummary};
use crate::target::About;
use crate::voice::Voice;

/// The report as plain text, at most 100 columns wide.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    heading(&mut out, &phrase::title(report), '=');
    wrap(&mut out, "", &phrase::corpus(report), 0);
    wrap(&mut out, "", &phrase::left_out(report), 0);
    wrap(&mut out, "", &phrase::made_by(report), 0);
    if !report.outlets.is_empty() {
        tables(&mut out, &[table::coverage(report)]);
        report.targets.iter().for_each(|target| one_target(&mut out, report, target));
        report.frames.iter().for_each(|frames| stories(&mut out, frames));
        quotes(&mut out, report);
        distinctive(&mut out, &report.outlets);
    }
    out += "\n";
    heading(&mut out, "Notes", '-');
    report.notes.iter().for_each(|note| wrap(&mut out, "- ", &clean::tidy(note), 2));
    out
}

fn heading(out: &mut String, text: &str, rule: char) {
    let text = columns::cut(text, columns::WIDTH);
    let rule = rule.to_string().repeat(columns::width(&text));
    out.extend([text.as_str(), "\n", &rule, "\n"]);
}

fn tables(out: &mut String, tables: &[Table]) {
    for table in tables {
        *out += "\n";
        columns::table(out, table);
    }
}

fn one_target(out: &mut String, report: &Report, target: &TargetSummary) {
    *out += "\n";
    heading(out, &phrase::target(target), '-');
    corrections(out, report, target);
    wrap(out, "", phrase::SHARES, 0);
    for about in [About::Mention, About::Context] {
        for voice in Voice::ALL {
            tables(out, &table::shares(report, target, voice, about));
        }
    }
    gaps(out, report, target);
    tables(out, &table::headlines(report, target));
    headlines(out, report, target);
    headline_gaps(out, report, target);
    tables(out, &table::speakers(report, target));
    typical(out, report, target);
}

fn stories(out: &mut String, frames: &Frames) {
    *out += "\n";
    heading(out, &frames::title(frames), '-');
    wrap(out, "", &frames::key(frames), 0);
    tables(out, &frames::tables(frames));
}

/// What hand labels or the model's errors elsewhere make of the shares, and what may be said.
fn corrections(out: &mut String, report: &Report, target: &TargetSummary) {
    let of_voices = |tables: fn(&Report, &TargetSummary, Voice) -> Vec<Table>| {
        Voice::ALL.into_iter().flat_map(move |voice| tables(report, target, voice))
    };
    let kinds: [(_, Vec<Table>); 2] = [
        (inference::CORRECTED, of_voices(inference::corrected).collect()),
        (inference::MODELLED, of_voices(inference::modelled).collect()),
    ];
    for (explained, found) in kinds.iter().filter(|(_, found)| !found.is_empty()) {
        wrap(out, "", explained, 0);
        tables(out, found);
        *out += "\n";
    }
    let told = inference::differences(report, target);
    told.iter().for_each(|line| wrap(out, "- ", line, 2));
    *out += if told.is_empty() { "" } else { "\n" };
}

fn gaps(out: &mut String, report: &Report, target: &TargetSummary) {
    if target.gaps.is_empty() {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Largest gaps. {}", inference::GAPS), 0);
    target.gaps.iter().for_each(|gap| wrap(out, "  ", &inference::gap(report, target, gap), 4));
}

fn headlines(out: &mut String, report: &Report, target: &TargetSummary) {
    for outlet in target.outlets.iter().filter(|outlet| outlet.headlines.total() > 0) {
        *out += "\n";
        wrap(out, "  ", &phrase::headlines_of(outlet), 2);
        for line in &outlet.headlines.shown {
            wrap(out, "    ", &phrase::headline(report, line), 6);
        }
    }
}

fn headline_gaps(out: &mut String, report: &Report, target: &TargetSummary) {
    let gap = |outlet| Some((outlet, event::headline_gap(report, outlet)?));
    let gaps: Vec<(&OutletSummary, String)> = target.outlets.iter().filter_map(gap).collect();
    if gaps.is_empty() {
        return;
    }
    *out += "\n";
    wrap(out, "", event::HEADLINES, 0);
    for (outlet, line) in gaps {
        wrap(out, "  ", &line, 4);
        let furthest = outlet.headline_gap.furthest.iter();
        furthest.for_each(|gap| wrap(out, "    ", &event::further(report, gap), 6));
    }
}

fn quotes(out: &mut String, report: &Report) {
    let (quotes, omissions) = (event::quotes(report), event::omissions(report));
    if quotes.is_empty() && omissions.is_empty() {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Shared quotes. {}", event::QUOTES), 0);
    for (number, quote) in (1..).zip(&quotes) {
        *out += "\n";
        wrap(out, "  ", &format!("{number}. {}", quote.quote), 5);
        quote.uses.iter().for_each(|line| wrap(out, "     ", line, 7));
    }
    *out += "\n";
    omissions.iter().for_each(|line| wrap(out, "  ", line, 4));
}

fn typical(out: &mut String, report: &Report, target: &TargetSummary) {
    if target.outlets.iter().all(|outlet| outlet.typical.is_empty()) {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Typical sentences. {}", phrase::typical(target)), 0);
    for outlet in target.outlets.iter().filter(|outlet| !outlet.typical.is_empty()) {
        for voice in Voice::ALL {
            typical_of(out, report, outlet, voice);
        }
    }
}

fn typical_of(out: &mut String, report: &Report, outlet: &OutletSummary, voice: Voice) {
    let mut sentences = outlet.typical.iter().filter(|typical| typical.voice == voice).peekable();
    if sentences.peek().is_some() {
        *out += "\n";
        wrap(
            out,
            "  ",
            &format!("{}, {}", phrase::outlet(&outlet.outlet), phrase::voice(voice)),
            2,
        );
    }
    for typical in sentences {
        let said = phrase::said(report, typical.label, typical.probability);
        let text = clean::shortened(&typical.text);
        wrap(out, "    ", &format!("{said}: {text}"), 6);
        wrap(out, "      ", &format!("[{}]", phrase::source(typical)), 6);
    }
}

fn distinctive(out: &mut String, outlets: &[Outlet]) {
    if outlets.iter().all(|outlet| outlet.distinctive.is_empty()) {
        return;
    }
    *out += "\n";
    wrap(out, "", &format!("Distinctive words. {}", phrase::DISTINCTIVE), 0);
    for outlet in outlets.iter().filter(|outlet| !outlet.distinctive.is_empty()) {
        let words: Vec<String> = outlet.distinctive.iter().map(phrase::distinctive).collect();
        let line = format!("{}: {}", phrase::outlet(&outlet.name), words.join(", "));
        wrap(out, "  ", &line, 4);
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
        Left out: 6 sentences in readers' comments, 0 sentences of page furniture.
        Made by framescope 0.0.0 from articles.csv with model stance-test (labels: critical, neutral,
        supportive), seed 1, 200 resamples.

        What was read
        outlet   articles  sentences  words  shared  comments  furniture  days
        Courier         5         20     65       5         5          0  2017-07-09
        Post            1          4     13       1         1          0  2017-07-09

        Target: cyber unit (also: the plan)
        -----------------------------------
        Of each label: its share (%), the 95 % interval of the share over articles (95 %), and the raw count
        of sentences with that label (n).

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

        Own voice, context: the article is about the target, the sentence does not name it
                                      ─── critical  ──── neutral  ─ supportive
        outlet   articles  sentences   %   95 %  n   %   95 %  n   %   95 %  n
        Courier         5          7  32  10–45  2  58  45–80  5  10  10–10  0
        Post            1          2  50      –  1  40      –  1  10      –  0

        Headlines: mean probability of each label
        outlet   about    headlines  critical %  neutral %  supportive %
        Courier  mention          3          75         15            10
        Courier  context          2          88          2            10
        Post     context          1          90          0            10

          Courier
            critical 70 %: Cyber unit mocked
            critical 75 %: Cyber unit mocked
            critical 80 %: Cyber unit mocked
            critical 90 %, context: Cyber unit mocked
            critical 85 %, context: Cyber unit mocked

          Post
            critical 90 %, context: Cyber unit mocked

        Headlines that read otherwise than their article: the probability of the headline's label there, and
        its mean over the body's own-voice sentences that name the target.
          Courier: headline less body in 5 articles, points: critical +20 (+20 to +20), neutral −10 (−10 to
            −10), supportive −10 (−10 to −10)
          Post: headline less body in 1 article, points: critical +20, neutral −10, supportive −10

        Most quoted
        outlet   speaker  sentences  on target  critical %  neutral %  supportive %
        Courier  Ann Lee          5          5          10         20            70
        Post     Ann Lee          1          1          10         20            70

        Typical sentences. Of each label the two sentences of which the model is surest, among those that
        name the target.

          Courier, own voice
            critical 80 %: Cyber unit mocked
              [article c4, sentence 1 | decided by: mocked]
            critical 70 %: A reckless cyber unit.
              [article c1, sentence 2 | decided by: reckless]

          Courier, attributed voice
            supportive 70 %: "The plan helps."
              [article c1, sentence 3 | Ann Lee | decided by: helps]

          Post, own voice
            critical 70 %: A reckless cyber unit.
              [article p1, sentence 2 | decided by: reckless]

          Post, attributed voice
            supportive 70 %: "The plan helps."
              [article p1, sentence 3 | Ann Lee | decided by: helps]

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
          them out: there the model is a poorer judge.
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
        "#);
    }
}
