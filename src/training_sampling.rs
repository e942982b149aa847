//! Chooses the sentences from which a model would learn most once they are labelled.
//!
//! Of each outlet, target and voice those are kept between whose labels the model hesitates most (the
//! smallest margin of its two best labels: Scheffer, Decomain and Wrobel 2001), ten times as many as are
//! wanted, as in diverse mini-batches (Zhdanov 2019); of these the ones that are chosen differ from each
//! other and from what is labelled already, and are like many others (information density: Settles and Craven
//! 2008), since what is doubtful and odd teaches nothing of the rest. They are no random sample: shares that
//! rest on them would be wrong.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::audit_sampling::{
    Drawable, Drawn, Stratum, allocation, drawable, drawn, rank, stratum, target_names,
};
use crate::classifier::{Classified, Classifier};
use crate::text::normalised;
use crate::text::shingles::hash;
use crate::text::stop_words::is_function_word;
use crate::text::words::alphanumeric_runs;
use crate::voice::Voice;

/// How many candidates are kept for each sentence that is wanted.
const CANDIDATES: usize = 10;

/// A sentence that is labelled already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labelled {
    /// Its article's id.
    pub article_id: String,
    /// Who published it.
    pub outlet: String,
    /// The name of its target.
    pub target: String,
    /// The sentence.
    pub text: String,
}

/// Chooses sentences to train on from articles as they are read.
#[derive(Debug)]
pub struct TrainingSampler {
    per_outlet: usize,
    seed: u64,
    voices: Vec<Voice>,
    targets: Vec<String>,
    /// Article, target and letters of what is labelled already.
    labelled: BTreeSet<(String, String, String)>,
    /// By outlet and target, the words of each sentence that is labelled already.
    labelled_words: BTreeMap<(String, String), Vec<Words>>,
    strata: BTreeMap<Stratum, Pool>,
}

/// The candidates of a stratum: by certainty, then by rank, then by the article's id and the sentence's
/// number.
type Pool = BTreeMap<(u64, u64, String, usize), Candidate>;

#[derive(Debug)]
struct Candidate {
    drawn: Drawn,
    /// How far the model hesitates: 1 where its two best labels are equally probable, 0 where it is sure.
    doubt: f64,
    words: Words,
    /// How like it is to the other candidates on average: 0 to 1.
    density: f64,
    /// How like it is to what is chosen: 0 to 1.
    likeness: f64,
}

/// The hashes of a sentence's content words, rising, each once.
type Words = Vec<u64>;

impl TrainingSampler {
    /// Chooses `per_outlet` sentences from each outlet for each of the classifier's targets, in equal parts
    /// from each of the voices as far as they have enough; none that is `labelled` already.
    pub fn new(
        classifier: &Classifier,
        per_outlet: usize,
        voices: &[Voice],
        seed: u64,
        labelled: Vec<Labelled>,
    ) -> Self {
        TrainingSampler::of(target_names(classifier), per_outlet, voices, seed, labelled)
    }

    fn of(
        targets: Vec<String>,
        per_outlet: usize,
        voices: &[Voice],
        seed: u64,
        labelled: Vec<Labelled>,
    ) -> Self {
        let mut known = BTreeSet::new();
        let mut labelled_words: BTreeMap<(String, String), Vec<Words>> = BTreeMap::new();
        for Labelled { article_id, outlet, target, text } in labelled {
            let words = content_words(&text);
            labelled_words.entry((outlet, target.clone())).or_default().push(words);
            known.insert((article_id, target, normalised(&text)));
        }
        let (voices, strata) = (voices.to_vec(), BTreeMap::new());
        TrainingSampler {
            per_outlet,
            seed,
            voices,
            targets,
            labelled: known,
            labelled_words,
            strata,
        }
    }

    /// Adds the sentences of an article.
    pub fn add(&mut self, article: &[Classified<'_>]) {
        for Drawable { at, target, prediction } in drawable(article, &self.voices) {
            let (of, name) = (&article[at], &self.targets[target]);
            let text = of.sentence.text;
            let key = (of.article.id.clone(), name.clone(), normalised(text));
            if self.labelled.contains(&key) {
                continue;
            }
            let margin = margin(&prediction.probabilities);
            let rank = rank(self.seed, of, name);
            let key = (millionths(margin), rank, of.article.id.clone(), of.sentence.number);
            let pool = self.strata.entry(stratum(of, target)).or_default();
            let room = self.per_outlet.saturating_mul(CANDIDATES);
            if pool.len() >= room && pool.last_key_value().is_some_and(|(last, _)| key > *last) {
                continue;
            }
            let candidate = Candidate {
                drawn: drawn(article, at, target, name.clone()),
                doubt: 1.0 - margin,
                words: content_words(text),
                density: 1.0,
                likeness: 0.0,
            };
            pool.insert(key, candidate);
            if pool.len() > room {
                pool.pop_last();
            }
        }
    }

    /// The chosen sentences, those first from which most is to be learnt; every outlet and voice has its
    /// turn. The order in which articles were added changes nothing.
    pub fn finish(self) -> Vec<Drawn> {
        let sizes = self.strata.iter().map(|(key, pool)| (key.clone(), pool.len())).collect();
        let allocation = allocation(&sizes, &self.voices, self.per_outlet);
        let mut groups: BTreeMap<(String, usize), Vec<(usize, Vec<Candidate>)>> = BTreeMap::new();
        for (key, pool) in self.strata {
            let wanted = allocation.get(&key).copied().unwrap_or(0);
            let candidates = with_density(pool.into_values().collect());
            groups.entry((key.0, key.1)).or_default().push((wanted, candidates));
        }
        let mut printed = BTreeSet::new();
        let mut chosen = Vec::new();
        for (number, ((outlet, target), mut voices)) in groups.into_iter().enumerate() {
            let key = (outlet, self.targets[target].clone());
            let known = self.labelled_words.get(&key).map_or(&[][..], Vec::as_slice);
            known.iter().for_each(|words| compare(&mut voices, words));
            let of_group = choose(&mut voices, &mut printed).into_iter().enumerate();
            chosen.extend(of_group.map(|(turn, drawn)| ((turn, number), drawn)));
        }
        chosen.sort_by_key(|(turn, _)| *turn);
        chosen.into_iter().map(|(_, drawn)| drawn).collect()
    }
}

/// Takes the candidates of the voices of one outlet and target, and how many of each are wanted; gives the
/// chosen ones, a voice after the other in turn. What other outlets printed in the same words is passed over.
fn choose(voices: &mut [(usize, Vec<Candidate>)], printed: &mut BTreeSet<String>) -> Vec<Drawn> {
    let mut chosen = Vec::new();
    while voices.iter().any(|(wanted, pool)| *wanted > 0 && !pool.is_empty()) {
        for voice in 0..voices.len() {
            let (wanted, pool) = &mut voices[voice];
            let Some(best) = (*wanted > 0).then(|| most_telling(pool)).flatten() else { continue };
            let candidate = pool.remove(best);
            if !printed.insert(normalised(&candidate.drawn.text)) {
                continue;
            }
            *wanted -= 1;
            compare(voices, &candidate.words);
            chosen.push(candidate.drawn);
        }
    }
    chosen
}

/// Maximum number of other candidates that each is compared with, evenly spread.
const COMPARED: usize = 500;

/// Fills in how like each candidate is to the others.
fn with_density(mut pool: Vec<Candidate>) -> Vec<Candidate> {
    let others: Vec<Words> = pool
        .iter()
        .step_by(pool.len().div_ceil(COMPARED).max(1))
        .map(|other| other.words.clone())
        .collect();
    for candidate in &mut pool {
        let sum: f64 = others.iter().map(|other| likeness(&candidate.words, other)).sum();
        candidate.density = sum / others.len() as f64;
    }
    pool
}

/// The place of the candidate that the model doubts most, that is like many others and least like what is
/// chosen; of equals the first.
fn most_telling(pool: &[Candidate]) -> Option<usize> {
    let worth = |of: &Candidate| millionths(of.doubt * (1.0 - of.likeness) * of.density.sqrt());
    (0..pool.len()).max_by_key(|&at| (worth(&pool[at]), Reverse(at)))
}

/// Takes note of how like all candidates are to a sentence that is chosen.
fn compare(voices: &mut [(usize, Vec<Candidate>)], words: &Words) {
    for candidate in voices.iter_mut().flat_map(|(_, pool)| pool) {
        candidate.likeness = candidate.likeness.max(likeness(&candidate.words, words));
    }
}

/// The share of two sentences' content words that both have (Jaccard): 0 to 1.
fn likeness(a: &Words, b: &Words) -> f64 {
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

/// How much more probable the best label is than the second, 0 to 1.
fn margin(probabilities: &[f64]) -> f64 {
    let mut sorted = probabilities.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.first().unwrap_or(&1.0) - sorted.get(1).unwrap_or(&0.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a million")]
fn millionths(part: f64) -> u64 {
    (part.clamp(0.0, 1.0) * 1e6).round() as u64
}

fn content_words(text: &str) -> Words {
    let words = alphanumeric_runs(text).map(str::to_lowercase);
    let content = words.filter(|word| !is_function_word(word)).map(hash);
    content.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{article, body, quoted};
    use crate::target::TargetRelation;

    /// Sentences with how probable their first label is; from the fourth on they are quotes.
    fn choose_from(
        lines: &[(&'static str, f64)],
        per_outlet: usize,
        labelled: &[&str],
        articles: &[Article],
    ) -> Vec<String> {
        let known = |text: &&str| Labelled {
            article_id: "a0".into(),
            outlet: "A".into(),
            target: "plan".into(),
            text: (*text).to_string(),
        };
        let labelled = labelled.iter().map(known).collect();
        let targets = vec!["plan".to_string()];
        let mut sampler = TrainingSampler::of(targets, per_outlet, &Voice::ALL, 1, labelled);
        for article in articles {
            let line = |(at, (text, p)): (usize, &(&'static str, f64))| {
                let probabilities = [*p, 1.0 - p, 0.0];
                let line = body(article, at + 1, text, TargetRelation::Mention, probabilities);
                if at < 3 { line } else { quoted("Ann Lee", line) }
            };
            sampler.add(&lines.iter().enumerate().map(line).collect::<Vec<_>>());
        }
        sampler.finish().into_iter().map(|row| row.text).collect()
    }

    fn one() -> Vec<Article> {
        vec![article("A", "a0")]
    }

    const LINES: [(&str, f64); 3] =
        [("Dull grey stone walls", 0.99), ("Costly gates rust", 0.52), ("Eels like rivers", 0.6)];

    #[test]
    fn what_the_model_doubts_comes_first() {
        assert_eq!(choose_from(&LINES, 2, &[], &one()), ["Costly gates rust", "Eels like rivers"]);
    }

    #[test]
    fn what_is_like_the_chosen_comes_later() {
        let lines = [LINES[1], ("Costly gates rust again", 0.52), LINES[2]];
        let chosen = choose_from(&lines, 2, &[], &one());
        assert_eq!(chosen.len(), 2);
        assert!(chosen.contains(&"Eels like rivers".to_string()), "{chosen:?}");
    }

    #[test]
    fn what_is_like_many_others_comes_before_what_is_odd() {
        let lines =
            [("Zebras xerox quartz", 0.5), ("Costly gates rust", 0.5), ("Costly gates fail", 0.5)];
        let chosen = choose_from(&lines, 1, &[], &one());
        assert!(chosen[0].starts_with("Costly gates"), "{chosen:?}");
    }

    #[test]
    fn voices_take_turns() {
        let lines = [LINES[0], LINES[1], LINES[2], ("We love fish", 0.9), ("Ban boats now", 0.95)];
        let chosen = choose_from(&lines, 4, &[], &one());
        assert_eq!(chosen.len(), 4);
        assert!(chosen[..2].contains(&"We love fish".to_string()), "{chosen:?}");
    }

    #[test]
    fn what_is_labelled_is_not_chosen_again() {
        let chosen = choose_from(&LINES, 3, &["“Costly gates rust!”"], &one());
        assert_eq!(chosen, ["Eels like rivers", "Dull grey stone walls"]);
    }

    #[test]
    fn the_order_of_articles_changes_nothing_and_copies_count_once() {
        let mut articles = vec![article("A", "a0"), article("A", "a1"), article("B", "b0")];
        let forth = choose_from(&LINES, 2, &[], &articles);
        articles.reverse();
        assert_eq!(choose_from(&LINES, 2, &[], &articles), forth);
        assert_eq!(forth.len(), 3, "{forth:?}");
    }
}
