use super::*;
use crate::article::Article;
use crate::report::fixture::{article, body, prediction};
use crate::target::TargetRelation;
use crate::voice::Voice;

const DRAW: Resampling = Resampling { resamples: 50, seed: 1 };

fn row(article: &str, text: &str, label: &str, coder: &str) -> AuditRow {
    let label_shares = match label {
        "" => Vec::new(),
        label => vec![(label.to_string(), 1.0)],
    };
    let example = Example {
        path: "audit.csv".into(),
        line: 2,
        id: text.into(),
        article_id: article.into(),
        outlet: "A".into(),
        date: String::new(),
        text: text.into(),
        target: "plan".into(),
        mention: None,
        label_shares,
        weight: 1.0,
        coder: coder.into(),
        ..Example::default()
    };
    AuditRow { example, drawn: 0.5, facts: CodedFacts::default() }
}

fn gather(rows: &[AuditRow]) -> Result<Audit, Error> {
    let labels = ["critical", "neutral"].map(String::from);
    Audit::gather(rows, &labels, &[Target::named("plan")], DRAW)
}

/// Sentences of one article, and what the audit makes of them.
fn corrected<'a>(
    audit: &mut Audit,
    article: &'a Article,
    texts: &[&'a str],
) -> Vec<Classified<'a>> {
    let sentence = |(at, text): (usize, &&'a str)| {
        body(article, at + 1, text, TargetRelation::Mention, [0.1, 0.2, 0.7])
    };
    let sentences: Vec<_> = texts.iter().enumerate().map(sentence).collect();
    audit.corrected(&sentences).unwrap_or_default()
}

fn shares(of: &Classified<'_>) -> Vec<f64> {
    of.readings[0].prediction.as_ref().map_or(Vec::new(), |of| of.probabilities.clone())
}

#[test]
fn coders_count_in_equal_parts_unless_somebody_settled_it() {
    let mut audit = gather(&[
        row("a", "One.", "critical", "x"),
        row("a", "One.", "neutral", "y"),
        row("a", "Two.", "critical", "x"),
        row("a", "Two.", "neutral", ADJUDICATED),
    ])
    .unwrap();
    let article = article("A", "a");
    let found = corrected(&mut audit, &article, &["One.", "Two.", "Three."]);
    assert_eq!(
        found.iter().map(shares).collect::<Vec<_>>(),
        [vec![0.5, 0.5], vec![0.0, 1.0], vec![0.1, 0.2, 0.7],]
    );
    let hand_label = found[1].readings[0].hand_label.as_ref().unwrap();
    assert_eq!((hand_label.predicted.label, hand_label.drawn), (2, 0.5));
    assert!(found[2].readings[0].hand_label.is_none());
    assert_eq!(audit.facts().coders, ["x", "y"]);
}

#[test]
fn a_label_must_be_used_and_counts_wherever_the_sentence_stands() {
    let mut audit = gather(&[row("a", "One.", "critical", ""), row("b", "Two.", "", "")]).unwrap();
    let error = audit.check().unwrap_err().to_string();
    assert!(error.contains("audit.csv, line 2: article `a` has no such sentence"), "{error}");
    let (a, b) = (article("A", "a"), article("A", "b"));
    assert!(corrected(&mut audit, &b, &["One."]).is_empty());
    let found = corrected(&mut audit, &a, &["One.", "Else.", "One."]);
    assert_eq!(
        found.iter().map(shares).collect::<Vec<_>>(),
        [vec![1.0, 0.0], vec![0.1, 0.2, 0.7], vec![1.0, 0.0],]
    );
    assert!(audit.check().is_ok());
    assert_eq!((audit.facts().labelled, audit.facts().blank), (1, 1));
}

#[test]
fn a_few_labels_may_be_lost_but_not_many() {
    let names = ["Ten", "Nine", "Eight", "Seven", "Six", "Five", "Four", "Three", "Two", "One"];
    let text = |name: &&str| format!("{name} to go.");
    let rows: Vec<AuditRow> =
        names.iter().map(|name| row("a", &text(name), "neutral", "")).collect();
    let lost_of = |n_found: usize| {
        let mut audit = gather(&rows).unwrap();
        let texts: Vec<String> = names[..n_found].iter().map(text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        corrected(&mut audit, &article("A", "a"), &texts);
        let facts = audit.facts();
        (audit.check().is_ok(), facts.labelled, facts.lost)
    };
    assert_eq!(lost_of(9), (true, 9, 1));
    assert_eq!(lost_of(8), (false, 8, 2));
}

#[test]
fn what_the_coder_corrected_stands_where_the_coders_agree() {
    let facts = |voice, speakers: &[&str]| CodedFacts {
        voice: Some(voice),
        speakers: Some(speakers.iter().map(ToString::to_string).collect()),
        part: None,
    };
    let coded = |text, coder, facts| AuditRow { facts, ..row("a", text, "neutral", coder) };
    let mut audit = gather(&[
        coded("One.", "x", facts(Voice::Attributed, &["Ann Lee"])),
        coded("One.", "y", facts(Voice::Attributed, &["Ann Lee"])),
        coded("Two.", "x", facts(Voice::Attributed, &["Ann Lee"])),
        coded("Two.", "y", facts(Voice::Outlet, &[])),
    ])
    .unwrap();
    let article = article("A", "a");
    let found = corrected(&mut audit, &article, &["One.", "Two."]);
    let voices: Vec<_> = found.iter().map(|of| of.attribution.voice).collect();
    assert_eq!(voices, [Voice::Attributed, Voice::Outlet]);
    assert_eq!(found[0].attribution.speakers, ["Ann Lee"]);
}

#[test]
fn of_two_labels_that_as_many_gave_the_models_stands() {
    let predicted = prediction([0.1, 0.2, 0.7]);
    let label = |shares: &[f64]| by_coders(shares, &predicted).label;
    assert_eq!(
        [label(&[0.5, 0.0, 0.5]), label(&[0.5, 0.5, 0.0]), label(&[0.0, 1.0, 0.0])],
        [2, 0, 1]
    );
}

#[test]
fn labels_must_be_the_models_and_there_must_be_some() {
    let error = gather(&[row("a", "One.", "hostile", "")]).unwrap_err().to_string();
    assert!(error.contains("unknown label `hostile`, expected one of critical, neutral"));
    assert!(gather(&[row("a", "One.", "", "")]).is_err());
    let other = AuditRow {
        example: Example { target: "else".into(), ..row("a", "One.", "neutral", "").example },
        drawn: 1.0,
        facts: CodedFacts::default(),
    };
    assert!(gather(&[other]).is_err());
}

#[test]
fn what_other_aliases_named_is_lost_and_said() {
    let scheme = |line| {
        let mut row = row("a", "The scheme stands.", "critical", "");
        (row.example.line, row.example.other_names) = (line, vec!["The scheme".into()]);
        row
    };
    let kept = row("a", "A plan stands.", "neutral", "");
    let audit = gather(&[kept, scheme(7)]).unwrap();
    let facts = audit.facts();
    assert_eq!((facts.labelled, facts.lost), (0, 2));
    assert_eq!(facts.lost_labels[1].reason, LossReason::OtherAliases);
    assert_eq!((facts.lost_labels[1].line, facts.lost_labels[0].line), (7, 2));
    let error = gather(&[scheme(7)]).unwrap_err().to_string();
    assert!(error.contains("line 7: no labelled sentence names its target"), "{error}");
    // A sentence that never named it is what its coder took it for.
    let context = row("a", "It stands.", "critical", "");
    assert!(gather(&[context]).unwrap().renamed.is_empty());
}

#[test]
fn a_coder_codes_once() {
    let rows = [
        row("a", "A plan stands.", "critical", "x"),
        row("a", "A plan stands.", "neutral", "x"),
        row("a", "A plan stands.", "neutral", "y"),
    ];
    let error = gather(&rows).unwrap_err().to_string();
    assert!(error.contains("coder `x` coded item"), "{error}");
}
