//! Draws sentences at random to be labelled by hand.
//!
//! Within each outlet, target and voice every sentence has the same probability of being drawn: each
//! gets a random rank, a hash of the seed and its place, and the lowest ranks are kept (bottom-k
//! sampling). The sample does not depend on the order in which articles are read, and memory holds no
//! more than what is drawn.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::article_parts::ArticlePart;
use crate::classifier::{Classified, Classifier};
use crate::model::Prediction;
use crate::sentence_table;
use crate::statistics::prediction_powered::{MIN_LABELS, Sums};
use crate::statistics::sample_size::half_width;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// A sentence to be labelled, with its context.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// Who published it.
    pub outlet: String,
    /// The article's id.
    pub article_id: String,
    /// Where the article was published.
    pub url: String,
    /// When, as the input writes it.
    pub date: String,
    /// The sentence's number in the article.
    pub sentence: usize,
    /// Headline or body.
    pub part: ArticlePart,
    /// Whose words, by the rules.
    pub voice: Voice,
    /// Who speaks, by the rules.
    pub speakers: Vec<String>,
    /// The target of the label; empty where the whole sentence counts.
    pub target: String,
    /// What the sentence calls the target, as printed, each once, joined by `; `.
    pub mentions: String,
    /// The article's headline.
    pub headline: String,
    /// The sentence before the one before it.
    pub earlier: String,
    /// The sentence before it.
    pub before: String,
    /// The sentence as printed.
    pub text: String,
    /// The sentence behind it.
    pub after: String,
    /// The probability of being drawn: the drawn sentences of its outlet, target and voice over all of
    /// them. None where it was chosen to train on.
    pub probability: Option<f64>,
    /// The model's probability of each label; never shown to the person who labels. Empty where it was
    /// chosen to train on.
    pub predicted: Vec<f64>,
}

/// The precision to expect from the sample of one outlet, target and voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The outlet.
    pub outlet: String,
    /// The target's name.
    pub target: String,
    /// The voice.
    pub voice: Voice,
    /// Number of sentences.
    pub sentences: u64,
    /// Number of them that are drawn.
    pub drawn: usize,
    /// The half-width of the interval of each label's share, if the model's probabilities are right here
    /// and sentences are independent; empty where too few are drawn.
    pub half_widths: Vec<f64>,
    /// For each label the model's probabilities and their squares, summed over all sentences.
    pub sums: Vec<(f64, f64)>,
}

/// Draws sentences from articles as they are read.
#[derive(Debug)]
pub struct AuditSampler {
    per_outlet: usize,
    seed: u64,
    voices: Vec<Voice>,
    targets: Vec<String>,
    strata: BTreeMap<Stratum, BottomK>,
}

/// Outlet, number of the target, voice.
pub(crate) type Stratum = (String, usize, Voice);

/// The sentences with the lowest ranks of a stratum, and the sums over all of them.
#[derive(Debug, Default)]
struct BottomK {
    sentences: u64,
    /// By rank, then by the article's id and the sentence's number.
    kept: BTreeMap<(u64, String, usize), Drawn>,
    /// By label: summed probabilities and summed squares.
    sums: Vec<(f64, f64)>,
}

impl AuditSampler {
    /// Draws `per_outlet` sentences from each outlet for each of the classifier's targets, in equal
    /// parts from each of the voices as far as they have enough.
    pub fn new(classifier: &Classifier, per_outlet: usize, voices: &[Voice], seed: u64) -> Self {
        let (voices, targets) = (voices.to_vec(), target_names(classifier));
        AuditSampler { per_outlet, seed, voices, targets, strata: BTreeMap::new() }
    }

    /// Adds the sentences of an article; one that it prints twice counts once.
    pub fn add(&mut self, article: &[Classified<'_>]) {
        for Drawable { at, target, prediction } in drawable(article, &self.voices) {
            let of = &article[at];
            let rank = rank(self.seed, of, &self.targets[target]);
            let sample = self.strata.entry(stratum(of, target)).or_default();
            sample.count(&prediction.probabilities);
            sample.offer(rank, self.per_outlet, of, || {
                let predicted = prediction.probabilities.clone();
                Drawn { predicted, ..drawn(article, at, target, self.targets[target].clone()) }
            });
        }
    }

    /// The drawn sentences in random order, and the precision to expect of them.
    pub fn finish(mut self) -> (Vec<Drawn>, Vec<Expected>) {
        let sizes = self.strata.iter().map(|(key, sample)| (key.clone(), sample.kept.len()));
        let allocation = allocation(&sizes.collect(), &self.voices, self.per_outlet);
        let mut drawn = Vec::new();
        let mut expected = Vec::new();
        for ((outlet, target, voice), sample) in &mut self.strata {
            let kept = allocation.get(&(outlet.clone(), *target, *voice)).copied().unwrap_or(0);
            let kept = kept.min(sample.kept.len());
            let probability = Some(kept as f64 / sample.sentences as f64);
            let first = std::mem::take(&mut sample.kept).into_iter().take(kept);
            drawn.extend(first.map(|(rank, row)| (rank, Drawn { probability, ..row })));
            expected.push(Expected {
                outlet: outlet.clone(),
                target: self.targets[*target].clone(),
                voice: *voice,
                sentences: sample.sentences,
                drawn: kept,
                half_widths: sample.half_widths(kept),
                sums: sample.sums.iter().map(|(p, q)| (rounded(*p), rounded(*q))).collect(),
            });
        }
        drawn.sort_by(|a, b| a.0.cmp(&b.0));
        (drawn.into_iter().map(|(_, row)| row).collect(), expected)
    }
}

/// The names of a classifier's targets; a single empty one where each sentence counts whole.
pub(crate) fn target_names(classifier: &Classifier) -> Vec<String> {
    match classifier.targets() {
        [] => vec![String::new()],
        targets => targets.iter().map(|target| target.name.clone()).collect(),
    }
}

/// A sentence that can be drawn: its place in the article, the number of its target, and what the model says.
pub(crate) struct Drawable<'a> {
    pub(crate) at: usize,
    pub(crate) target: usize,
    pub(crate) prediction: &'a Prediction,
}

/// The sentences of an article that can be drawn: those of headline and body in one of the voices that name
/// a target, or count whole; one that the article prints twice counts once.
pub(crate) fn drawable<'a>(
    article: &'a [Classified<'_>],
    voices: &'a [Voice],
) -> impl Iterator<Item = Drawable<'a>> {
    let mut printed = BTreeSet::new();
    let counted = article.iter().enumerate().filter(move |(_, of)| {
        let is_new = of.sentence.part.is_counted() && printed.insert(of.sentence.text);
        is_new && voices.contains(&of.attribution.voice)
    });
    counted.flat_map(|(at, of)| {
        let readings = of.readings.iter().enumerate();
        let named = readings.filter(|(_, reading)| reading.about != TargetRelation::Context);
        named.filter_map(move |(target, reading)| {
            let prediction = reading.prediction.as_ref()?;
            Some(Drawable { at, target, prediction })
        })
    })
}

/// The stratum that a sentence belongs to, for one of its targets.
pub(crate) fn stratum(of: &Classified<'_>, target: usize) -> Stratum {
    (of.article.outlet.clone(), target, of.attribution.voice)
}

/// The number of sentences to draw from each stratum, given how many each has: equal parts, and what one
/// voice lacks the other gives.
pub(crate) fn allocation(
    sizes: &BTreeMap<Stratum, usize>,
    voices: &[Voice],
    per_outlet: usize,
) -> BTreeMap<Stratum, usize> {
    let mut allocation: BTreeMap<Stratum, usize> = BTreeMap::new();
    for (outlet, target, _) in sizes.keys() {
        let mut left = per_outlet;
        let of = |voice: &Voice| {
            let key = (outlet.clone(), *target, *voice);
            let has = sizes.get(&key).copied().unwrap_or(0);
            (key, has)
        };
        let mut voices: Vec<(Stratum, usize)> = voices.iter().map(of).collect();
        voices.sort_by_key(|(_, has)| *has);
        for (at, (key, has)) in voices.iter().enumerate() {
            let part = (left / (voices.len() - at)).min(*has);
            allocation.insert(key.clone(), part);
            left -= part;
        }
    }
    allocation
}

impl BottomK {
    fn count(&mut self, probabilities: &[f64]) {
        self.sentences += 1;
        self.sums.resize(probabilities.len(), (0.0, 0.0));
        for (sums, p) in self.sums.iter_mut().zip(probabilities) {
            *sums = (sums.0 + p, sums.1 + p * p);
        }
    }

    fn offer(&mut self, rank: u64, room: usize, of: &Classified<'_>, row: impl FnOnce() -> Drawn) {
        let key = (rank, of.article.id.clone(), of.sentence.number);
        let is_lower = self.kept.last_key_value().is_none_or(|(last, _)| key < *last);
        if self.kept.len() < room || is_lower {
            self.kept.insert(key, row());
        }
        if self.kept.len() > room {
            self.kept.pop_last();
        }
    }

    fn half_widths(&self, drawn: usize) -> Vec<f64> {
        if (drawn as f64) < MIN_LABELS {
            return Vec::new();
        }
        let n = self.sentences as f64;
        let width = |(sum, squares): &(f64, f64)| {
            let sums = Sums::of_rest(n, *sum, *squares);
            let correlation = sums.correlation_if_calibrated().unwrap_or(0.0);
            let half_width = half_width(sum / n, correlation, drawn as f64, n);
            rounded(half_width)
        };
        self.sums.iter().map(width).collect()
    }
}

/// Six decimals: the last bits of a sum depend on the order in which articles are read.
fn rounded(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

/// A sentence's random rank: FNV-1a of the seed and its place, mixed by the finaliser of SplitMix64.
pub(crate) fn rank(seed: u64, of: &Classified<'_>, target: &str) -> u64 {
    let number = of.sentence.number.to_le_bytes();
    let parts = [&seed.to_le_bytes()[..], of.article.id.as_bytes(), &number, target.as_bytes()];
    let hash = parts.concat().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A sentence of an article as it is written for coders; `name` is that of the target with number `target`.
pub(crate) fn drawn(article: &[Classified<'_>], at: usize, target: usize, name: String) -> Drawn {
    let of = &article[at];
    let mentions = of.readings.get(target).map_or(&[][..], |reading| &reading.mentions);
    let text = |of: &Classified<'_>| of.sentence.text.to_owned();
    let in_body = |at: Option<usize>| {
        let sentence = at.and_then(|at| article.get(at));
        sentence.filter(|of| of.sentence.part == ArticlePart::Body).map_or(String::new(), text)
    };
    Drawn {
        outlet: of.article.outlet.clone(),
        article_id: of.article.id.clone(),
        url: of.article.url.clone(),
        date: of.article.date.clone(),
        sentence: of.sentence.number,
        part: of.sentence.part,
        voice: of.attribution.voice,
        speakers: of.attribution.speakers.clone(),
        target: name,
        mentions: sentence_table::names(of.sentence.text, mentions).into_owned(),
        headline: of.article.title.clone(),
        earlier: in_body(at.checked_sub(2)),
        // Whatever it is: a model reads the same.
        before: at.checked_sub(1).map_or(String::new(), |before| text(&article[before])),
        text: of.sentence.text.to_owned(),
        after: in_body(at.checked_add(1)),
        probability: None,
        predicted: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{article, body, quoted};

    fn sampler(per_outlet: usize) -> AuditSampler {
        AuditSampler {
            per_outlet,
            seed: 1,
            voices: Voice::ALL.to_vec(),
            targets: vec!["plan".to_string()],
            strata: BTreeMap::new(),
        }
    }

    const LINES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

    /// Ten sentences of own voice and two quotes in each article.
    fn sentences(article: &Article) -> Vec<Classified<'_>> {
        let line = |n: usize| {
            let p = n as f64 / 12.0;
            let line = body(article, n + 1, LINES[n], TargetRelation::Mention, [p, 1.0 - p, 0.0]);
            if n < 10 { line } else { quoted("Ann Lee", line) }
        };
        (0..12).map(line).collect()
    }

    fn draw(per_outlet: usize, articles: &[Article]) -> (Vec<Drawn>, Vec<Expected>) {
        let mut sampler = sampler(per_outlet);
        articles.iter().for_each(|article| sampler.add(&sentences(article)));
        sampler.finish()
    }

    fn articles(n: usize) -> Vec<Article> {
        (0..n).map(|n| article("A", &format!("a{n}"))).collect()
    }

    #[test]
    fn what_one_voice_lacks_the_other_gives() {
        let (drawn, expected) = draw(60, &articles(8));
        assert_eq!(drawn.len(), 60);
        let counts: Vec<_> = expected.iter().map(|e| (e.voice, e.sentences, e.drawn)).collect();
        assert_eq!(counts, [(Voice::Outlet, 80, 44), (Voice::Attributed, 16, 16)]);
        let own = drawn.iter().find(|row| row.voice == Voice::Outlet).unwrap();
        assert!((own.probability.unwrap() - 44.0 / 80.0).abs() < 1e-12);
        assert!(expected[0].half_widths[0] > 0.0 && expected[1].half_widths.is_empty());
    }

    #[test]
    fn the_order_of_articles_changes_nothing() {
        let mut all = articles(8);
        let forth = draw(20, &all);
        all.reverse();
        assert_eq!(draw(20, &all), forth);
    }

    #[test]
    fn every_sentence_has_the_same_chance() {
        let all = articles(200);
        let mut times = [0; 10];
        for row in draw(800, &all).0.iter().filter(|row| row.voice == Voice::Outlet) {
            times[row.sentence - 1] += 1;
        }
        assert!(times.iter().all(|n| (20..=60).contains(n)), "{times:?}");
    }

    #[test]
    fn context_stands_beside_the_sentence() {
        let article = article("A", "a");
        let lines = ["One.", "Two.", "Three.", "Four."];
        let mut lines: Vec<_> = (0..4)
            .map(|n| body(&article, n + 1, lines[n], TargetRelation::Mention, [0.5, 0.5, 0.0]))
            .collect();
        lines[2].readings[0].mentions = vec![0..5, 2..5, 0..5];
        let row = drawn(&lines, 2, 0, "plan".to_string());
        assert_eq!((row.earlier.as_str(), row.before.as_str()), ("One.", "Two."));
        assert_eq!((row.text.as_str(), row.after.as_str()), ("Three.", "Four."));
        assert_eq!(row.mentions, "Three; ree");
        assert_eq!(drawn(&lines, 0, 0, String::new()).before, "");
    }
}
