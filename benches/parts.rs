//! Times the parts of the program, each alone, on the articles and labels of the tests:
//!
//! `cargo bench` runs all, `cargo bench -- voice` those with *voice* in their name.
//!
//! Whole programs are compared in `benches/compare`.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

use framescope::article::Article;
use framescope::article_parts::{self, Sentence};
use framescope::classifier::Classifier;
use framescope::cluster_bootstrap::{self, Resampling};
use framescope::features::View;
use framescope::io::{BadRows, Columns, Inputs};
use framescope::model::Model;
use framescope::model::newton_cg::Stopping;
use framescope::model::softmax_regression::{Softmax, SoftmaxParams};
use framescope::model_input::ModelInput;
use framescope::render;
use framescope::report::{PredictionSource, ReportBuilder, Settings};
use framescope::sparse_matrix::Csr;
use framescope::target::Target;
use framescope::text::{Span, sentence_splitter, tokenizer};
use framescope::voice;
use linfa::ParamGuard;

fn main() {
    divan::main();
}

const ARTICLES: &str = "tests/articles/tidal-barrier.csv";

fn read() -> Vec<Article> {
    let inputs = Inputs::find(&[ARTICLES], None).expect("the articles of the tests");
    let articles = inputs.articles(&Columns::default(), BadRows::Refuse);
    articles.expect("a table of articles").collect::<Result<_, _>>().expect("sound rows")
}

fn model() -> Model {
    static BYTES: &[u8] = include_bytes!("../models/stance.safetensors");
    Model::from_static(BYTES).expect("the built-in model")
}

fn target() -> Target {
    Target {
        name: "tidal barrier".into(),
        aliases: vec!["the barrier".into()],
        ..Target::default()
    }
}

fn n_bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.text.len()).sum::<usize>())
}

/// Every sentence of the articles that names the target, with its mentions.
fn mentioning(articles: &[Article]) -> Vec<(&str, Vec<Span>)> {
    let finder = target().finder();
    let sentences = articles.iter().flat_map(article_parts::split);
    let found = sentences.map(|sentence| (sentence.text, finder.mentions(sentence.text)));
    found.filter(|(_, mentions)| !mentions.is_empty()).collect()
}

#[divan::bench]
fn reading_articles(bencher: Bencher) {
    bencher.counter(n_bytes(&read())).bench(read);
}

#[divan::bench]
fn opening_the_model(bencher: Bencher) {
    bencher.bench(model);
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    let articles = read();
    let count =
        || articles.iter().map(|article| tokenizer::tokens(&article.text).count()).sum::<usize>();
    bencher.counter(n_bytes(&articles)).bench_local(count);
}

#[divan::bench]
fn sentences(bencher: Bencher) {
    let articles = read();
    let count =
        || articles.iter().map(|a| sentence_splitter::sentences(&a.text).len()).sum::<usize>();
    bencher.counter(n_bytes(&articles)).bench_local(count);
}

#[divan::bench]
fn parts_of_pages(bencher: Bencher) {
    let articles = read();
    let count =
        || articles.iter().map(|article| article_parts::split(article).len()).sum::<usize>();
    bencher.counter(n_bytes(&articles)).bench_local(count);
}

#[divan::bench]
fn voices(bencher: Bencher) {
    let articles = read();
    let pages: Vec<Vec<Sentence<'_>>> = articles.iter().map(article_parts::split).collect();
    let count = || pages.iter().map(|page| voice::attribute(page).len()).sum::<usize>();
    bencher.counter(n_bytes(&articles)).bench_local(count);
}

#[divan::bench]
fn mentions_of_a_target(bencher: Bencher) {
    let articles = read();
    let finder = target().finder();
    let count = || articles.iter().map(|a| finder.mentions(&a.text).len()).sum::<usize>();
    bencher.counter(n_bytes(&articles)).bench_local(count);
}

#[divan::bench]
fn views(bencher: Bencher) {
    let articles = read();
    let sentences = mentioning(&articles);
    let look = || sentences.iter().map(|(text, at)| View::new(text, at).terms.len()).sum::<usize>();
    bencher.counter(ItemsCount::new(sentences.len())).bench_local(look);
}

#[divan::bench]
fn predictions(bencher: Bencher) {
    let (articles, model) = (read(), model());
    let sentences = mentioning(&articles);
    let predict = || {
        sentences
            .iter()
            .map(|(text, at)| model.predict(&ModelInput::sentence(text, at)).label)
            .sum::<usize>()
    };
    bencher.counter(ItemsCount::new(sentences.len())).bench_local(predict);
}

#[divan::bench]
fn explanations(bencher: Bencher) {
    let (articles, model) = (read(), model());
    let sentences = mentioning(&articles);
    let explain = || {
        sentences
            .iter()
            .map(|(text, at)| model.explain(&ModelInput::sentence(text, at)).shares.len())
            .sum::<usize>()
    };
    bencher.counter(ItemsCount::new(sentences.len())).bench_local(explain);
}

#[divan::bench]
fn classifying_articles(bencher: Bencher) {
    let (articles, classifier) = (read(), Classifier::new(model(), vec![target()]));
    let classify = || classifier.classify_together(&articles).len();
    bencher.counter(n_bytes(&articles)).bench_local(classify);
}

#[divan::bench]
fn reporting_to_a_page(bencher: Bencher) {
    let (articles, classifier) = (read(), Classifier::new(model(), vec![target()]));
    let classified = classifier.classify_together(&articles);
    bencher.counter(n_bytes(&articles)).bench_local(|| {
        let mut builder = ReportBuilder::new();
        classified.iter().for_each(|article| builder.add(article));
        let mut report = builder.finish(
            PredictionSource::of_model(classifier.model()),
            classifier.targets().to_vec(),
            Settings::default(),
            Some(classifier.model()),
        );
        report.explain(classifier.model());
        let mut page = Vec::new();
        render::write(&report, render::Format::Html, &mut page).expect("memory takes it");
        page
    });
}

#[divan::bench]
fn intervals_by_bootstrap(bencher: Bencher) {
    let values: Vec<f64> = (0..500_u32).map(|n| f64::from(n % 7)).collect();
    let mean = |times: &[u32]| {
        let sum: f64 =
            values.iter().zip(times).map(|(value, times)| value * f64::from(*times)).sum();
        Some(vec![sum / values.len() as f64])
    };
    let draw = Resampling { resamples: 1000, seed: 1 };
    bencher.bench_local(|| cluster_bootstrap::intervals(black_box(values.len()), draw, mean));
}

#[divan::bench]
fn fitting_a_regression(bencher: Bencher) {
    const N_ROWS: u32 = 5000;
    const N_COLUMNS: u32 = 20_000;
    let mut rows = Csr::new(N_COLUMNS as usize);
    for row in 0..N_ROWS {
        // Like words: lower columns are more frequent.
        let mut columns: Vec<u32> =
            (1..40).map(|n| (row * 7919 + n * n * n * 31) % (n * n * 13) % N_COLUMNS).collect();
        columns.sort_unstable();
        columns.dedup();
        let values: Vec<(u32, f32)> = columns.into_iter().map(|column| (column, 0.16)).collect();
        rows.push(&values);
    }
    let label = |row: u32| (row * 31 / 7 % 3) as usize;
    let shares = |row| (0..3).map(move |at| f64::from(u8::from(label(row) == at)));
    let targets: Vec<f64> = (0..N_ROWS).flat_map(shares).collect();
    let weights = vec![1.0; N_ROWS as usize];
    let stopping = Stopping { tolerance: 1e-4, max_steps: 100 };
    let params = SoftmaxParams::new(3).stopping(stopping).check().expect("sound parameters");
    bencher.counter(ItemsCount::new(N_ROWS)).bench_local(|| {
        let start = Softmax::zeros(rows.n_columns(), 3);
        params.fit_soft(&rows, &targets, &weights, start).expect("it converges")
    });
}
