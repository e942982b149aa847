//! Findings of hand-made reports, in words.

use super::*;
use crate::category::Category;
use crate::report::fixture::{article, articles, labels, report_on};
use crate::report::{self, ArticleGap, OutletUse, SharedQuote, UseForm};
use crate::target::TargetRelation;

/// The answers on the first target after a change by hand.
fn answered(report: &Report) -> Vec<AnsweredQuestion> {
    let mut report = report.clone();
    report.targets[0].findings = report::findings(&report, &report.targets[0]);
    answers(&report, 0)
}

fn lines(report: &Report, question: usize) -> Vec<String> {
    answered(report)[question].lines.iter().map(Line::text).collect()
}

/// Sets how many own and quoted sentences that name the target are read as critical.
fn set_critical(report: &mut Report, outlet: usize, own: u64, quoted: u64) {
    let outlet = &mut report.targets[0].outlets[outlet];
    for stratum in outlet.strata.iter_mut().filter(|of| of.about.name() == "mention") {
        let count = if stratum.voice == Voice::Outlet { own } else { quoted };
        stratum.shares[0].predicted = count;
        stratum.sentences = stratum.sentences.max(count);
    }
}

#[test]
fn few_sentences_are_counted_and_enough_are_worded_as_a_share() {
    let mut report = report_on(&articles());
    let worded = lines(&report, 0);
    assert!(worded[0].starts_with("Courier: 8 of 8 own sentences that name the target are read"));
    assert!(!worded[0].contains("by the model alone"), "{}", worded[0]);
    assert!(worded.iter().any(|line| line.starts_with("Too few") && line.contains("every outlet")));
    let stratum = &mut report.targets[0].outlets[0].strata[0];
    stratum.sentences = 40;
    let worded = lines(&report, 0);
    let share = "Courier: 8 of 40 own sentences that name the target are read as critical \
                 (66 % by the model alone; 95 % interval 62–69)";
    assert!(worded[0].starts_with(share), "{}", worded[0]);
    assert!(worded.iter().any(|line| line.starts_with("Too few") && line.contains(": Post.")));
    report.targets[0].outlets[0].strata[0].shares[0].interval = None;
    assert!(!lines(&report, 0)[0].contains("by the model alone"));
}

#[test]
fn only_in_quotes_means_nine_in_ten_at_least() {
    let mut report = report_on(&articles());
    set_critical(&mut report, 0, 0, 3);
    set_critical(&mut report, 1, 1, 9);
    let worded = lines(&report, 1);
    assert!(worded[0].starts_with("Courier: critical only in quotes: 3 of 3 critical sentences"));
    assert!(worded[1].starts_with("Post: critical almost only in quotes: 9 of 10 critical"));
    set_critical(&mut report, 1, 2, 9);
    set_critical(&mut report, 0, 0, 0);
    let worded = lines(&report, 1);
    assert_eq!(worded[0], "No outlet is critical in quotes alone.");
    assert!(worded[1].ends_with("that name the target: Post 9 of 11."), "{}", worded[1]);
}

#[test]
fn of_many_outlets_the_rest_is_counted() {
    let all: Vec<_> = (0..20).map(|n| article(&format!("outlet {n:02}"), "a1")).collect();
    let worded = lines(&report_on(&all), 0);
    assert_eq!(worded.iter().filter(|line| line.starts_with("outlet")).count(), 8);
    assert!(worded.contains(&"And 12 more outlets.".to_owned()), "{worded:#?}");
}

#[test]
fn quotes_left_out_are_named() {
    let mut report = report_on(&articles());
    assert_eq!(lines(&report, 2), ["No quote was found in two outlets."]);
    let absent = OutletUse {
        outlet: String::new(),
        form: UseForm::Absent,
        place: None,
        dropped: Vec::new(),
    };
    let quote = SharedQuote {
        text: "one two three four five six seven eight nine ten".to_owned(),
        speakers: vec!["Ann Lee".to_owned()],
        judged: Vec::new(),
        uses: vec![absent; 2],
    };
    report.quotes.shared = vec![quote.clone()];
    report.quotes.outlets[0].omitted = vec![0];
    let expected = "Courier: 1 of 1: “one two three four five six…” Lee.";
    assert_eq!(lines(&report, 2)[0], expected);
    report.quotes.shared = vec![quote; 17];
    report.quotes.outlets[0].omitted = Vec::new();
    report.quotes.outlets[1].omitted = (0..17).collect();
    let worded = lines(&report, 2);
    assert_eq!(worded[0], "Courier: 17 of 17, none of which half of the outlets have.");
    assert!(worded[1].ends_with("; 2 more.") && worded[1].matches('“').count() == 15, "{worded:?}");
    report.quotes.too_many = 9;
    assert!(lines(&report, 2)[0].starts_with("Quotes are not compared: 9 "));
}

#[test]
fn a_headline_that_is_more_neutral_goes_no_further() {
    let mut report = report_on(&articles());
    let gap = |label: usize| ArticleGap {
        article: "c1".to_owned(),
        url: String::new(),
        headline: "Unit mocked".to_owned(),
        about: if label == 0 { TargetRelation::Context } else { TargetRelation::Mention },
        label: Category::new(label, &labels()),
        of_headline: 0.9,
        of_body: 0.25,
        sentences: 1,
    };
    let found = &mut report.targets[0].outlets[0].headline_gap;
    found.furthest = vec![gap(1), gap(0)];
    found.gaps.iter_mut().zip([1, 1, 0]).for_each(|(of, further)| of.further = further);
    let worded = lines(&report, 3);
    let expected = "Courier: “Unit mocked”, which does not name the target, is read as critical 90 %, the body’s 1 own sentence \
                    that names the target as 25 %.";
    assert_eq!(worded[0], expected);
    assert!(
        worded[1].starts_with("1 of the 6 headlines that can be compared goes further"),
        "{}",
        worded[1]
    );
}

#[test]
fn a_label_without_a_side_is_no_question() {
    let mut report = report_on(&articles());
    report.provenance.labels = ["neutral".to_owned()].to_vec();
    assert!(answered(&report).is_empty());
    report.provenance.labels = ["conflict", "economy", "morality"].map(str::to_owned).to_vec();
    assert_eq!(answered(&report)[0].question, "Whose own words are read as conflict?");
    assert!(!lines(&report, 0).iter().any(|line| line.contains("economy")));
}
