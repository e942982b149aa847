//! Hand-made articles and sentences for the tests of reports.

use super::collector::{ArticleView, Collector, OutletFinishInputs, TargetView};
use super::explanation::Predictor;
use super::speaker_index::SpeakerIndex;
use super::{KnownFile, Provenance, Report, ReportBuilder, Settings};
use crate::article::Article;
use crate::article_parts::{ArticlePart, Sentence};
use crate::category::Categories;
use crate::classifier::{Classified, TargetStance};
use crate::cluster_bootstrap::Resampling;
use crate::model::{Explanation, Prediction, Share};
use crate::model_input::ModelInput;
use crate::target::{Target, TargetRelation};
use crate::text::Span;
use crate::voice::{Attribution, Voice};

/// A prediction of critical, neutral or supportive.
pub(crate) fn prediction(probabilities: [f64; 3]) -> Prediction {
    let label =
        (0..3).fold(0, |best, at| if probabilities[at] > probabilities[best] { at } else { best });
    Prediction { label, probabilities: probabilities.to_vec(), labels: labels() }
}

/// The labels of every prediction here.
pub(crate) fn labels() -> Categories {
    ["critical", "neutral", "supportive"].map(str::to_owned).into()
}

pub(crate) fn article(outlet: &str, id: &str) -> Article {
    Article {
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        date: "2017-07-09".to_owned(),
        url: format!("https://example.org/{id}"),
        ..Article::default()
    }
}

pub(crate) fn body<'a>(
    article: &'a Article,
    number: usize,
    text: &'a str,
    about: TargetRelation,
    probabilities: [f64; 3],
) -> Classified<'a> {
    let prediction = (about != TargetRelation::None).then(|| prediction(probabilities));
    let sentence =
        Sentence { number, part: ArticlePart::Body, paragraph: 1, span: 0..text.len(), text };
    Classified {
        article,
        sentence,
        attribution: Attribution::outlet(),
        readings: vec![TargetStance { about, mentions: Vec::new(), prediction, hand_label: None }],
        shared_with: Vec::new(),
    }
}

pub(crate) fn headline<'a>(
    article: &'a Article,
    text: &'a str,
    about: TargetRelation,
    probabilities: [f64; 3],
) -> Classified<'a> {
    let mut classified = body(article, 1, text, about, probabilities);
    classified.sentence.part = ArticlePart::Headline;
    classified.sentence.paragraph = 0;
    classified
}

pub(crate) fn quoted<'a>(speaker: &str, mut classified: Classified<'a>) -> Classified<'a> {
    classified.attribution = attributed(&[speaker]);
    classified
}

pub(crate) fn attributed(speakers: &[&str]) -> Attribution {
    Attribution {
        voice: Voice::Attributed,
        speakers: speakers.iter().map(|&name| name.to_owned()).collect(),
        cue: "said".to_owned(),
        is_unquoted: false,
    }
}

/// A feature that speaks for the first label.
pub(crate) fn share(feature: &str, place: Span, weight: f64) -> Share {
    Share {
        feature: feature.to_owned(),
        places: Vec::from([place]),
        by_label: vec![weight, -weight, 0.0],
    }
}

pub(crate) fn provenance() -> Provenance {
    Provenance {
        version: "0.0.0".to_owned(),
        model: "stance-test".to_owned(),
        model_date: Some("2017-08-01".to_owned()),
        dimension: "stance".to_owned(),
        labels: labels().to_vec(),
        targets: vec![Target {
            name: "cyber unit".to_owned(),
            aliases: vec!["the plan".to_owned()],
            ..Target::default()
        }],
        settings: Settings {
            seed: 1,
            resamples: 200,
            inputs: vec!["articles.csv".to_owned()],
            selection: Vec::new(),
            files: vec![KnownFile {
                name: "articles.csv".to_owned(),
                bytes: 9,
                sha256: "ab12".repeat(16),
            }],
            models: vec![KnownFile {
                name: "test.safetensors".to_owned(),
                bytes: 7,
                sha256: "cd34".repeat(16),
            }],
        },
        confusion: None,
        audit: None,
    }
}

/// The longest word of a sentence decides.
pub(crate) struct LongestWord;

impl Predictor for LongestWord {
    fn predict(&self, _: &ModelInput<'_>) -> Prediction {
        prediction([0.4, 0.3, 0.3])
    }

    fn explain(&self, input: &ModelInput<'_>) -> Explanation {
        let longest = input.text.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
        let start = input.text.find(longest).unwrap_or_default();
        let mut share = share(&format!("word={longest}"), start..start + longest.len(), 0.5);
        share.by_label = vec![0.5; 15];
        Explanation {
            prediction: self.predict(input),
            scores: vec![0.0; 3],
            intercept: vec![0.0; 3],
            shares: vec![share],
            hidden: Vec::new(),
            is_exact: true,
        }
    }
}

/// Two outlets: the Courier has five articles and so intervals, the Post has one.
pub(crate) fn articles() -> Vec<Article> {
    let ids = ["c1", "c2", "c3", "c4", "c5"].map(|id| article("Courier", id));
    ids.into_iter().chain([article("Post", "p1")]).collect()
}

/// One article's sentences.
pub(crate) fn classified(article: &Article) -> Vec<Classified<'_>> {
    let tilt = f64::from(article.id.bytes().last().unwrap_or_default() % 5) / 20.0;
    let about = if tilt > 0.1 { TargetRelation::Context } else { TargetRelation::Mention };
    let mut comment = body(article, 5, "First!", TargetRelation::None, [0.0; 3]);
    comment.sentence.part = ArticlePart::Comment;
    let mut shared = body(article, 4, "Talks went on.", TargetRelation::Context, [0.1, 0.8, 0.1]);
    shared.shared_with.push("Herald".to_owned());
    vec![
        headline(article, "Cyber unit mocked", about, [0.7 + tilt, 0.2 - tilt, 0.1]),
        body(
            article,
            2,
            "A reckless cyber unit.",
            TargetRelation::Mention,
            [0.5 + tilt, 0.3 - tilt, 0.2],
        ),
        quoted(
            "Ann Lee",
            body(article, 3, "\"The plan helps.\"", TargetRelation::Mention, [0.1, 0.2, 0.7]),
        ),
        shared,
        comment,
    ]
}

/// The report on some articles.
pub(crate) fn report_on(articles: &[Article]) -> Report {
    let mut builder = ReportBuilder::new();
    for article in articles {
        builder.add(&classified(article));
    }
    explained(builder, provenance())
}

/// The finished report, with the longest word of each sentence as the one that decided.
pub(crate) fn explained(builder: ReportBuilder, provenance: Provenance) -> Report {
    let mut report = builder.conclude(provenance, Some(&LongestWord));
    report.explain_by(&LongestWord);
    report
}

/// Adds the sentences of one article to a collector, for the first target.
pub(super) fn add<C>(collector: &mut C, sentences: &[Classified<'_>])
where
    C: for<'v, 'c> Collector<TargetView<'v>, OutletFinishInputs<'c>>,
{
    let article = ArticleView::new(sentences, false).unwrap();
    collector.add(&TargetView::new(&article, 0));
}

/// What the figures of an outlet of some articles and one target are finished with.
pub(super) fn outlet_context(articles: u64) -> OutletFinishInputs<'static> {
    OutletFinishInputs {
        name: "A",
        articles,
        n_targets: 1,
        resampling: Resampling { resamples: 200, seed: 1 },
        error_rates: None,
        speaker_index: Box::leak(Box::<SpeakerIndex>::default()),
        n_exemplars: 2,
        n_speakers: 100,
    }
}
