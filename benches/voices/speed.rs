//! Times cleaning, splitting and attribution beside the rest of classifying.

use std::path::Path;
use std::time::{Duration, Instant};

use framescope::article::Article;
use framescope::classifier::Classifier;
use framescope::model::Model;
use framescope::{article_parts, voice};

use super::gold::{Done, rows};

const MODEL: &[u8] = include_bytes!("../../models/stance.safetensors");
/// Number of runs; the fastest counts, as the least disturbed one.
const RUNS: usize = 5;

/// Times both on one core, over all articles of a file.
pub(crate) fn measure(path: &Path) -> Done<()> {
    let article = |text: &String| Article { text: text.clone(), ..Article::default() };
    let articles: Vec<Article> = rows(path)?.iter().map(|row| article(&row["text"])).collect();
    // Without targets every sentence is predicted, as where an article is about its target.
    let classifier = Classifier::new(Model::from_bytes(MODEL)?, Vec::new());
    let whole = fastest(|| articles.iter().map(|a| classifier.classify(a).len()).sum());
    let voices = fastest(|| {
        articles.iter().map(|article| voice::attribute(&article_parts::split(article)).len()).sum()
    });
    println!(
        "speed, {}: {} sentences; cleaning, splitting and attribution {:.1} µs a sentence, all of \
         classifying {:.1} µs; the first is {:.2} times the rest",
        path.display(),
        whole.1,
        per_sentence(voices),
        per_sentence(whole),
        voices.0.as_secs_f64() / (whole.0.saturating_sub(voices.0)).as_secs_f64()
    );
    Ok(())
}

/// The time of the fastest run, and how many sentences it counted.
fn fastest(run: impl Fn() -> usize) -> (Duration, usize) {
    let timed = || {
        let start = Instant::now();
        let sentences = run();
        (start.elapsed(), sentences)
    };
    (0..RUNS).map(|_| timed()).min().unwrap_or_default()
}

fn per_sentence((time, sentences): (Duration, usize)) -> f64 {
    time.as_secs_f64() * 1e6 / sentences.max(1) as f64
}
