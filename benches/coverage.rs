//! How often 95 % intervals hold the truth: a simulation of five outlets, through the whole report.
//!
//! ```sh
//! cargo run --release --example coverage -- 400
//! ```
//!
//! Five outlets with true critical shares of 5, 15, 30, 45 and 60 % and 300 sentences each; one
//! classifier that tells the two classes apart with d′ = 1.6 and is calibrated at 30 %; 60 sentences
//! of each outlet labelled by hand, drawn at random. In one setting its errors are alike in every
//! outlet, in the other it leans one way in some and the other way in others. Sentences are
//! independent, or stand in articles of five that resemble each other (intraclass correlation 0.1).
//! Independent sentences are judged against the outlet's actual 300, those in articles against what
//! the outlet would print in the long run.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measuring program")]

use framescope::article::Article;
use framescope::article_parts::{ArticlePart, Sentence};
use framescope::classifier::{Classified, Classifier, TargetStance};
use framescope::cluster_bootstrap::Resampling;
use framescope::example::Example;
use framescope::model::{Model, Prediction};
use framescope::random::{self, shuffle};
use framescope::report::{
    Audit, AuditRow, CodedFacts, PredictionSource, Report, ReportBuilder, Settings,
};
use framescope::statistics::prediction_powered::{Lambda, Sums};
use framescope::statistics::prevalence;
use framescope::target::{Target, TargetRelation};
use framescope::voice::{Attribution, Voice};
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

const SHARES: [f64; 5] = [0.05, 0.15, 0.30, 0.45, 0.60];
const SENTENCES: usize = 300;
const LABELLED: usize = 60;
const D_PRIME: f64 = 1.6;
const CALIBRATED_AT: f64 = 0.30;

/// The classifier's bias in each outlet, in standard deviations of its score.
const ALIKE: [f64; 5] = [0.0; 5];
const DIFFERING: [f64; 5] = [-0.6, -0.3, 0.0, 0.3, 0.6];

struct Setting {
    name: &'static str,
    lean: [f64; 5],
    per_article: usize,
    /// The probability that a sentence has its article's label: the square root of the correlation.
    follows: f64,
}

/// One outlet's sentences: true labels and predictions.
struct Outlet {
    is_critical: Vec<bool>,
    predicted: Vec<f64>,
    is_labelled: Vec<bool>,
}

fn main() {
    let runs = std::env::args().nth(1).map_or(400, |runs| runs.parse().unwrap());
    let clustered = 0.1_f64.sqrt();
    let setting = |name, lean, per_article, follows| Setting { name, lean, per_article, follows };
    for setting in [
        setting("errors alike, independent sentences", ALIKE, 1, 0.0),
        setting("errors differ, independent sentences", DIFFERING, 1, 0.0),
        setting("errors alike, articles of five", ALIKE, 5, clustered),
        setting("errors differ, articles of five", DIFFERING, 5, clustered),
    ] {
        simulate(&setting, runs);
    }
}

fn simulate(setting: &Setting, runs: u64) {
    let mut estimators = [
        Estimator::named("count predictions"),
        Estimator::named("adjusted counts (ACC)"),
        Estimator::named("most likely shares (EMQ)"),
        Estimator::named("hand labels only"),
        Estimator::named("report --labels (PPI++)"),
        Estimator::named("… where it says anything"),
    ];
    let mut differences = Estimator::named("differences of two outlets");
    let classifier = classifier();
    for run in 0..runs {
        let mut rng = random::rng(run + 1);
        let rates = error_rates(&mut rng);
        let outlets: Vec<Outlet> = (0..5).map(|at| outlet(setting, at, &mut rng)).collect();
        let truth: Vec<f64> = (0..5).map(|at| outlets[at].truth(setting, at)).collect();
        for (at, outlet) in outlets.iter().enumerate() {
            let of = |estimator: &mut Estimator, value: f64, ends| {
                estimator.note(at, value, truth[at], ends);
            };
            of(&mut estimators[0], outlet.counted(), None);
            of(&mut estimators[1], outlet.adjusted(&rates), None);
            of(&mut estimators[2], outlet.most_likely(), None);
            let hand = outlet.sums().estimate(Lambda::Fixed(0.0)).unwrap();
            let interval = hand.interval();
            of(&mut estimators[3], hand.value, Some((interval.low, interval.high)));
        }
        let report = report(setting, &outlets, &classifier, run);
        for (at, summary) in report.targets[0].outlets.iter().enumerate() {
            let stratum = summary.stratum(Voice::Outlet, TargetRelation::Mention).unwrap();
            let share = &stratum.audited.as_ref().unwrap().shares[0];
            // The report states no share below the minimum; the estimate is measured all the same.
            if let Some(corrected) = share.corrected {
                let interval = corrected.interval.unwrap();
                let ends = Some((interval.low, interval.high));
                estimators[4].note(at, corrected.value, truth[at], ends);
                estimators[5].note(at, corrected.value, truth[at], ends);
            } else {
                let ends = outlets[at].interval(setting, run);
                let value = outlets[at].sums().estimate(Lambda::Tuned).unwrap().value;
                estimators[4].note(at, value, truth[at], Some(ends));
            }
        }
        for found in report.targets[0].differences.iter().filter(|found| found.label.index == 0) {
            let (interval, true_gap) =
                (found.interval, truth[found.first.index] - truth[found.second.index]);
            let ends = Some((interval.low, interval.high));
            differences.note(0, found.difference, true_gap, ends);
        }
    }
    print(setting, runs, &estimators, &differences);
}

fn print(setting: &Setting, runs: u64, estimators: &[Estimator], differences: &Estimator) {
    println!("\n{} ({runs} runs)\n", setting.name);
    println!(
        "| way | bias by outlet, points | RMSE | coverage by outlet, % | mean width | said, % |"
    );
    println!("| --- | --- | --: | --- | --: | --- |");
    estimators.iter().for_each(|estimator| estimator.print(runs, 5));
    println!("\ndifferences: coverage {}", differences.coverages(1).join(" "));
}

/// Draws the label of a row and the classifier's score.
fn score(is_critical: bool, lean: f64, rng: &mut Pcg64Mcg) -> f64 {
    let side = if is_critical { 0.5 } else { -0.5 };
    let x = normal(rng) + D_PRIME * side + lean;
    let odds = D_PRIME * x + (CALIBRATED_AT / (1.0 - CALIBRATED_AT)).ln();
    1.0 / (1.0 + (-odds).exp())
}

fn outlet(setting: &Setting, at: usize, rng: &mut Pcg64Mcg) -> Outlet {
    let mut is_critical = Vec::new();
    for _ in 0..SENTENCES / setting.per_article {
        let of_article = uniform(rng) < SHARES[at];
        for _ in 0..setting.per_article {
            let own = uniform(rng) < SHARES[at];
            is_critical.push(if uniform(rng) < setting.follows { of_article } else { own });
        }
    }
    let predicted = is_critical.iter().map(|is| score(*is, setting.lean[at], rng)).collect();
    let mut order: Vec<usize> = (0..SENTENCES).collect();
    shuffle(&mut order, rng);
    let mut is_labelled = vec![false; SENTENCES];
    order[..LABELLED].iter().for_each(|at| is_labelled[*at] = true);
    Outlet { is_critical, predicted, is_labelled }
}

impl Outlet {
    fn truth(&self, setting: &Setting, at: usize) -> f64 {
        let critical = self.is_critical.iter().filter(|is| **is).count();
        if setting.follows > 0.0 { SHARES[at] } else { critical as f64 / SENTENCES as f64 }
    }

    fn counted(&self) -> f64 {
        self.predicted.iter().filter(|p| **p > 0.5).count() as f64 / SENTENCES as f64
    }

    fn adjusted(&self, rates: &[Vec<f64>]) -> f64 {
        let counted = self.counted();
        prevalence::adjusted_count(rates, &[counted, 1.0 - counted]).unwrap()[0]
    }

    fn most_likely(&self) -> f64 {
        let cells: Vec<_> = self.predicted.iter().map(|p| (vec![*p, 1.0 - p], 1.0)).collect();
        prevalence::em_prevalence(&cells, &[CALIBRATED_AT, 1.0 - CALIBRATED_AT]).unwrap()[0]
    }

    fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        (0..SENTENCES).for_each(|at| self.add(at, &mut sums));
        sums
    }

    fn add(&self, at: usize, sums: &mut Sums) {
        let label = f64::from(u8::from(self.is_critical[at]));
        match self.is_labelled[at] {
            true => sums.add_labelled(label, self.predicted[at], 0.2),
            false => sums.add_rest(self.predicted[at]),
        }
    }

    /// The interval that the report would give without a minimum.
    fn interval(&self, setting: &Setting, seed: u64) -> (f64, f64) {
        let articles: Vec<Sums> = (0..SENTENCES / setting.per_article)
            .map(|article| {
                let mut sums = Sums::default();
                let first = article * setting.per_article;
                (first..first + setting.per_article).for_each(|at| self.add(at, &mut sums));
                sums
            })
            .collect();
        let draw = Resampling { resamples: 1000, seed };
        let drawn = framescope::cluster_bootstrap::intervals(articles.len(), draw, |times| {
            let mut total = Sums::default();
            let times = articles.iter().zip(times);
            times.for_each(|(sums, times)| total.add(sums, f64::from(*times)));
            Some(vec![total.estimate(Lambda::Tuned)?.value])
        });
        let interval = drawn.unwrap()[0];
        (interval.low.clamp(0.0, 1.0), interval.high.clamp(0.0, 1.0))
    }
}

/// Counted on 2,000 rows like those on which the classifier was calibrated.
fn error_rates(rng: &mut Pcg64Mcg) -> Vec<Vec<f64>> {
    let mut rates = vec![vec![0.0; 2]; 2];
    for _ in 0..2000 {
        let is_critical = uniform(rng) < CALIBRATED_AT;
        let predicted = score(is_critical, 0.0, rng) > 0.5;
        rates[usize::from(!is_critical)][usize::from(!predicted)] += 1.0;
    }
    rates
}

/// Only its labels are used: critical, neutral, supportive.
fn classifier() -> Classifier {
    let model = Model::from_bytes(include_bytes!("../models/stance.safetensors")).unwrap();
    Classifier::new(model, vec![Target::named("plan")])
}

/// The report on the simulated sentences with their hand labels.
fn report(setting: &Setting, outlets: &[Outlet], classifier: &Classifier, seed: u64) -> Report {
    let articles: Vec<Vec<Article>> = (0..outlets.len())
        .map(|outlet| (0..SENTENCES / setting.per_article).map(|n| article(outlet, n)).collect())
        .collect();
    let texts: Vec<String> =
        (0..setting.per_article).map(|n| format!("Sentence {n} on the plan.")).collect();
    let mut rows = Vec::new();
    for (outlet, articles) in outlets.iter().zip(&articles) {
        for at in (0..SENTENCES).filter(|at| outlet.is_labelled[*at]) {
            let (article, text) = (&articles[at / setting.per_article], at % setting.per_article);
            rows.push(audit_row(article, &texts[text], outlet.is_critical[at]));
        }
    }
    let settings = Settings { seed: seed + 1, ..Settings::default() };
    let draw = Resampling { resamples: settings.resamples, seed: settings.seed };
    let (labels, targets) = (classifier.model().labels(), classifier.targets());
    let audit = Audit::gather(&rows, labels, targets, draw).unwrap();
    let mut builder = ReportBuilder::audited(audit);
    for (outlet, articles) in outlets.iter().zip(&articles) {
        for (number, article) in articles.iter().enumerate() {
            let first = number * setting.per_article;
            let line = |n: usize| line(article, n, &texts[n], outlet.predicted[first + n]);
            builder.add(&(0..setting.per_article).map(line).collect::<Vec<_>>());
        }
    }
    builder.finish(
        PredictionSource::of_model(classifier.model()),
        classifier.targets().to_vec(),
        settings,
        Some(classifier.model()),
    )
}

fn article(outlet: usize, number: usize) -> Article {
    Article {
        id: format!("{outlet}-{number}"),
        outlet: format!("Outlet {outlet}"),
        ..Article::default()
    }
}

fn line<'a>(article: &'a Article, at: usize, text: &'a str, critical: f64) -> Classified<'a> {
    let label = usize::from(critical <= 0.5);
    let prediction = Prediction {
        label,
        probabilities: vec![critical, 1.0 - critical, 0.0],
        labels: ["critical", "neutral", "supportive"].map(str::to_owned).into(),
    };
    let reading = TargetStance {
        about: TargetRelation::Mention,
        mentions: Vec::new(),
        prediction: Some(prediction),
        hand_label: None,
    };
    let sentence = Sentence {
        number: at + 1,
        part: ArticlePart::Body,
        paragraph: 1,
        span: 0..text.len(),
        text,
    };
    Classified {
        article,
        sentence,
        attribution: Attribution::outlet(),
        readings: vec![reading],
        shared_with: Vec::new(),
    }
}

fn audit_row(article: &Article, text: &str, is_critical: bool) -> AuditRow {
    let label = if is_critical { "critical" } else { "neutral" };
    let example = Example {
        path: "audit.csv".into(),
        line: 1,
        id: article.id.clone(),
        article_id: article.id.clone(),
        outlet: article.outlet.clone(),
        date: String::new(),
        text: text.to_string(),
        target: "plan".to_string(),
        mention: None,
        label_shares: vec![(label.to_string(), 1.0)],
        weight: 1.0,
        coder: String::new(),
        ..Example::default()
    };
    let drawn = LABELLED as f64 / SENTENCES as f64;
    AuditRow { example, drawn, facts: CodedFacts::default() }
}

/// Results of one estimator, by outlet.
#[derive(Default)]
struct Estimator {
    name: &'static str,
    said: [f64; 5],
    errors: [f64; 5],
    squares: [f64; 5],
    covered: [f64; 5],
    widths: [f64; 5],
    has_interval: bool,
}

impl Estimator {
    fn named(name: &'static str) -> Self {
        Estimator { name, ..Estimator::default() }
    }

    fn note(&mut self, at: usize, value: f64, truth: f64, ends: Option<(f64, f64)>) {
        self.said[at] += 1.0;
        self.errors[at] += value - truth;
        self.squares[at] += (value - truth).powi(2);
        if let Some((low, high)) = ends {
            self.has_interval = true;
            self.covered[at] += f64::from(u8::from(low <= truth && truth <= high));
            self.widths[at] += high - low;
        }
    }

    fn coverages(&self, n: usize) -> Vec<String> {
        (0..n).map(|at| format!("{:.0}", 100.0 * self.covered[at] / self.said[at])).collect()
    }

    fn print(&self, runs: u64, n: usize) {
        let all: f64 = self.said.iter().sum();
        let bias = |at: usize| format!("{:+.1}", 100.0 * self.errors[at] / self.said[at]);
        let bias: Vec<String> = (0..n).map(bias).collect();
        let rmse = 100.0 * (self.squares.iter().sum::<f64>() / all).sqrt();
        let width = 100.0 * self.widths.iter().sum::<f64>() / all;
        let said = |at: usize| format!("{:.0}", 100.0 * self.said[at] / runs as f64);
        let said: Vec<String> = (0..n).map(said).collect();
        let (coverage, width) = match self.has_interval {
            true => (self.coverages(n).join(" "), format!("{width:.0}")),
            false => ("–".to_string(), "–".to_string()),
        };
        let (name, bias, said) = (self.name, bias.join(" "), said.join(" "));
        println!("| {name} | {bias} | {rmse:.1} | {coverage} | {width} | {said} |");
    }
}

#[expect(clippy::cast_precision_loss, reason = "53 bits")]
fn uniform(rng: &mut Pcg64Mcg) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Box and Muller 1958.
fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let radius = (-2.0 * (1.0 - uniform(rng)).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(rng)).cos()
}
