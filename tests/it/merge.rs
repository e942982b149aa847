//! A corpus that is counted in parts, written and read again, makes the same report as one that is counted at
//! once.

use framescope::article::Article;
use framescope::classifier::{Classified, Classifier};
use framescope::cluster_bootstrap::Resampling;
use framescope::example::Example;
use framescope::render::{self, Format};
use framescope::report::{
    Audit, AuditRow, CodedFacts, PredictionSource, ReportPipeline, ReportState, Settings,
};
use framescope::target::Target;
use proptest::prelude::*;
use proptest::sample::Index;

/// Invented sentences: about the target or not, own and attributed, quoted alike in several outlets.
const SENTENCES: [&str; 14] = [
    "The plan is a shameful waste of a fine old harbour.",
    "The reckless plan failed again.",
    "Everybody praises the useful plan.",
    "It rained for 12 hours on the quay.",
    "“We will not spend one more penny on this wall of steel,” said Mayor Jo Elm.",
    "“The plan is not the worst dam I have ever seen,” Elm said.",
    "Jo Elm said that the town would spend no penny more on a wall of steel.",
    "Senator Al Oak called the plan “a folly of the very first order in these parts.”",
    "Oak said the plan had friends in every street of the town.",
    "Officials said on Monday that the dam above the mill broke in the night.",
    "According to Matt Birch, the harbour fiasco goes on and on.",
    "Matthew Birch said the fiasco was nobody's fault.",
    "The fiasco, a fiasco like no other fiasco, cost a fortune.",
    "Talks on the plan went on quietly until the evening.",
];

const TITLES: [&str; 5] =
    ["Plan mocked", "A 'mad' plan for the harbour", "Rain again", "Mayor hails useful plan", ""];

fn article() -> impl Strategy<Value = Article> {
    let sentence = prop::sample::select(&SENTENCES[..]);
    let paragraphs = prop::collection::vec(prop::collection::vec(sentence, 1..4), 1..5);
    let outlet = prop::sample::select(vec!["Courier", "Herald", "Post"]);
    let title = prop::sample::select(&TITLES[..]);
    (0..25_u8, outlet, 0..28_u8, title, paragraphs).prop_map(|(id, outlet, day, title, text)| {
        let paragraphs: Vec<String> = text.iter().map(|sentences| sentences.join(" ")).collect();
        Article {
            id: format!("a{id}"),
            outlet: outlet.into(),
            date: if day == 0 { String::new() } else { format!("2031-06-{day:02}") },
            title: title.into(),
            text: paragraphs.join("\n\n"),
            ..Article::default()
        }
    })
}

/// Hand labels of the sentences of every second article that name the target.
fn audit(classified: &[Vec<Classified<'_>>], classifier: &Classifier) -> Audit {
    let labels = classifier.model().labels();
    let sentences = classified.iter().step_by(2).flatten();
    let named = sentences.filter(|of| !of.readings[0].mentions.is_empty());
    let row = |(number, of): (usize, &Classified<'_>)| AuditRow {
        example: Example {
            path: "audit.csv".into(),
            line: number as u64,
            id: number.to_string(),
            article_id: of.article.id.clone(),
            outlet: of.article.outlet.clone(),
            date: String::new(),
            text: of.sentence.text.into(),
            target: "plan".into(),
            mention: None,
            label_shares: vec![(labels[number % labels.len()].clone(), 1.0)],
            weight: 1.0,
            coder: String::new(),
            ..Example::default()
        },
        drawn: 0.5,
        facts: CodedFacts::default(),
    };
    let rows: Vec<AuditRow> = named.enumerate().map(row).collect();
    let resampling = Resampling { resamples: 10, seed: 1 };
    Audit::gather(&rows, labels, classifier.targets(), resampling).unwrap()
}

/// What was counted of some articles.
fn counted(
    articles: &[&Vec<Classified<'_>>],
    classifier: &Classifier,
    audit: Option<Audit>,
) -> ReportState {
    let mut pipeline = ReportPipeline::new(None, audit);
    articles.iter().for_each(|article| pipeline.add(std::slice::from_ref(*article)));
    let settings = Settings { resamples: 20, ..Settings::default() };
    let source = PredictionSource::of_model(classifier.model());
    pipeline.finish(source, classifier.targets().to_vec(), settings)
}

/// The report in some formats.
fn written(state: ReportState, classifier: &Classifier) -> Vec<String> {
    let mut report = state.finish(Some(classifier.model()));
    report.explain(classifier.model());
    let write = |format| {
        let mut out = Vec::new();
        render::write(&report, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    [Format::Json, Format::Text].map(write).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_in_any_order_make_the_report_on_the_whole(
        mut articles in prop::collection::vec(article(), 1..60),
        is_audited in any::<bool>(),
        n_parts in 1..6_usize,
        shuffle in prop::collection::vec(any::<(Index, u8)>(), 60),
    ) {
        if is_audited {
            // A label belongs to one article.
            for (number, article) in articles.iter_mut().enumerate() {
                article.id = format!("a{number}");
            }
            articles[0].text = SENTENCES[0].into();
        }
        let classifier = Classifier::new(super::features::model(), vec![Target::named("plan")]);
        let classified = classifier.classify_together(&articles);
        let labels = || is_audited.then(|| audit(&classified, &classifier));
        let whole: Vec<&Vec<Classified<'_>>> = classified.iter().collect();
        let mut order = whole.clone();
        let mut parts = vec![Vec::new(); n_parts];
        for (next, part) in &shuffle {
            if !order.is_empty() {
                parts[usize::from(*part) % n_parts].push(order.remove(next.index(order.len())));
            }
        }
        let mut merged: Option<ReportState> = None;
        for part in parts {
            let written = counted(&part, &classifier, labels()).to_bytes();
            let read = ReportState::from_bytes(&written).unwrap();
            prop_assert_eq!(read.to_bytes(), written);
            match &mut merged {
                None => merged = Some(read),
                Some(merged) => merged.merge(read).unwrap(),
            }
        }
        let whole = written(counted(&whole, &classifier, labels()), &classifier);
        prop_assert_eq!(written(merged.unwrap(), &classifier), whole);
    }
}
