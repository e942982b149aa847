use super::*;
use crate::category::Category;
use crate::cluster_bootstrap::{Interval, Over};
use crate::report::fixture::{articles, labels, report_on};
use crate::report::{Audited, AuditedShare, ChartKind, Mark};

/// Hand labels of a stratum, given how many of them have each label, with an interval where it is not
/// complete.
fn audited(counts: [u64; 3], is_complete: bool) -> Audited {
    let labelled: u64 = counts.iter().sum();
    let share = |(at, n): (usize, u64)| {
        let value = n as f64 / labelled as f64;
        let interval = Interval { low: value - 0.05, high: value + 0.05 };
        AuditedShare {
            label: Category::new(at, &labels()),
            with_label: n as f64,
            corrected: Some(Corrected {
                value,
                interval: Some(interval).filter(|_| !is_complete),
                standard_error: 0.02,
                over: Over::Articles,
                lambda: 0.5,
            }),
        }
    };
    let shares = counts.into_iter().enumerate().map(share).collect();
    Audited { labelled, articles: 5, is_complete, shares }
}

/// A report in which each outlet has so many own sentences, and these hand labels of them.
fn labelled(own: [(u64, Option<Audited>); 2]) -> Report {
    let mut report = report_on(&articles());
    let target = &mut report.targets[0];
    for (outlet, (sentences, audited)) in target.outlets.iter_mut().zip(own) {
        outlet.strata[0].sentences = sentences;
        outlet.strata[0].audited = audited;
    }
    report
}

/// The same, every quoted sentence labelled too.
fn census(own: [[u64; 3]; 2], quoted: [[u64; 3]; 2]) -> Report {
    let mut report = labelled(own.map(|of| (of.iter().sum(), Some(audited(of, true)))));
    for (outlet, counts) in report.targets[0].outlets.iter_mut().zip(quoted) {
        outlet.strata[2].sentences = counts.iter().sum();
        outlet.strata[2].audited = Some(audited(counts, true));
    }
    report
}

fn said(report: &Report) -> Vec<String> {
    let LeadText { title, sentences } = lead(report, 0);
    std::iter::once(title).chain(sentences).collect()
}

#[test]
fn without_labels_no_outlet_takes_a_side() {
    let report = report_on(&articles());
    let expected = [
        "6 of 15 sentences on “cyber unit” quote or report somebody",
        "All 2 outlets mention “cyber unit”: most often Courier (13 sentences in 5 articles), least often Post (2 in 1 article).",
        "Most widely quoted on “cyber unit”: Ann Lee (2 of 2 outlets).",
        "Nobody has checked the stance yet: 15 labels (about 4 minutes) will show which sentences take a \
         side, and whose they are.",
    ];
    assert_eq!(said(&report), expected);
    let chart = report.stance_chart(0);
    assert_eq!((chart.kind, chart.rows.len(), chart.thin.len()), (ChartKind::WhoseWords, 2, 0));
    assert!(chart.all_rows().flat_map(|row| &row.voices).all(|of| of.marks.is_empty()));
}

#[test]
fn what_nobody_mentions_is_said_first() {
    let mut report = report_on(&articles());
    for stratum in report.targets[0].outlets.iter_mut().flat_map(|outlet| &mut outlet.strata) {
        stratum.sentences = 0;
    }
    let expected = [
        "No article mentions “cyber unit”",
        "Looked for: “cyber unit” and “the plan”. Add what the articles call it with --alias.",
    ];
    assert_eq!(said(&report), expected);
    assert_eq!(report.stance_chart(0).absent, [0, 1]);
}

#[test]
fn first_checks_compare_nobody() {
    let mut report = labelled([(40, Some(audited([2, 7, 1], false))), (1, None)]);
    let own = report.targets[0].outlets[0].strata[0].audited.as_mut().unwrap();
    own.shares.iter_mut().for_each(|share| share.corrected = None);
    report.targets[0].agreement = (5, 10);
    let expected = [
        "“cyber unit”: too few checked sentences to compare outlets",
        "10 own sentences are checked: 2 critical, 7 neutral, 1 supportive.",
        "The model agreed with the person in 5 of 10 sentences: do not trust its guesses on the rest.",
        "No two outlets have 30 own sentences: these articles are too few to compare outlets.",
    ];
    assert_eq!(said(&report), expected);
    report.targets[0].outlets[1].strata[0].sentences = 30;
    assert!(
        said(&report)[3].starts_with("To compare two outlets, check up to 60 own sentences of")
    );
    let chart = report.stance_chart(0);
    assert_eq!((chart.rows.len(), &chart.unchecked), (1, &vec![1]));
    assert_eq!(chart.rows[0].voices[0].marks, [2, 7, 1].map(Mark::Squares));
}

#[test]
fn a_small_census_counts_and_ranks_nobody() {
    let report = census([[1, 3, 0], [0, 2, 0]], [[4, 0, 0], [1, 0, 0]]);
    let expected = [
        "Most criticism of “cyber unit” is quoted",
        "6 of 11 sentences are critical; 5 of the 6 are quotations.",
        "Critical in their own words: Courier (1 of 4 own sentences).",
        "A person checked every sentence that mentions “cyber unit”. They are too few to rank the outlets.",
    ];
    assert_eq!(said(&report), expected);
    let none = census([[0, 3, 0], [0, 2, 0]], [[0, 1, 0], [0, 1, 0]]);
    assert_eq!(said(&none)[0], "No sentence on “cyber unit” takes a side");
    let praise = census([[0, 0, 3], [0, 2, 1]], [[1, 0, 0], [0, 1, 0]]);
    assert_eq!(said(&praise)[0], "All praise of “cyber unit” is in the outlets’ own words");
}

#[test]
fn shares_stand_with_what_they_rest_on() {
    let one = labelled([(100, Some(audited([12, 40, 8], false))), (1, None)]);
    let expected = [
        "Courier puts “cyber unit” in a bad light in 20% of its own sentences",
        "The 95% interval is 15 to 25%.",
        "The other outlets have too few checked sentences to compare.",
    ];
    assert_eq!(said(&one)[..3], expected);
    assert!(
        said(&one)[3].starts_with("60 of the 107 sentences are checked by hand"),
        "{:?}",
        said(&one)
    );
    let both = labelled([
        (100, Some(audited([12, 40, 8], false))),
        (90, Some(audited([18, 36, 6], false))),
    ]);
    assert_eq!(said(&both)[0], "These outlets cannot be told apart on “cyber unit”");
    assert!(
        said(&both)[1].starts_with("In their own words they are critical in 20% (Courier) to 30%")
    );
    let rows = both.stance_chart(0).rows;
    let order: Vec<_> = rows.iter().map(|row| row.outlet).collect();
    assert_eq!(order, [Some(1), Some(0)], "the larger share first");
    assert!(
        matches!(rows[0].voices[0].marks[0], Mark::Share(share) if (share.value - 0.3).abs() < 1e-9)
    );
}

#[test]
fn an_outlet_of_which_enough_is_checked_stands_in_the_chart_without_a_share() {
    let few_of_a_side = |counts: [u64; 3]| {
        let mut checked = audited(counts, false);
        checked.shares.iter_mut().for_each(|share| share.corrected = None);
        (90, Some(checked))
    };
    let rows = |first: [u64; 3]| {
        let report = labelled([few_of_a_side(first), (90, Some(audited([20, 20, 20], false)))]);
        let chart = report.stance_chart(0);
        (chart.rows.len(), chart.thin.len())
    };
    assert_eq!(rows([4, 23, 4]), (2, 0), "31 are checked");
    assert_eq!(rows([4, 21, 4]), (1, 1), "29 are checked");
}
