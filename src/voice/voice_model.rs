//! The last word on whose words a sentence conveys: a logistic regression over a closed list of
//! signs, which corrects the rules where their signs outweigh them.
//!
//! ```text
//! score = Σ weight of a sign · how often it is seen        attributed where score > 0
//! ```
//!
//! The weights stand in `models/voice.csv`; its card tells what they were fitted on.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Voice;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::SentenceTokens;
use super::voice_features::{self, Neighbour, VoiceFeature};

/// One weight per line, as `sign,weight`; a sign that is not listed weighs nothing.
const TABLE: &str = include_str!("../../models/voice.csv");

/// By group and value.
static WEIGHTS: LazyLock<Vec<Vec<f32>>> = LazyLock::new(|| {
    let listed: FxHashMap<&str, f32> = entries().collect();
    let weight = |name: String| listed.get(name.as_str()).copied().unwrap_or(0.0);
    voice_features::names()
        .into_iter()
        .map(|group| group.into_iter().map(weight).collect())
        .collect()
});

/// Names hold commas, weights do not.
fn entries() -> impl Iterator<Item = (&'static str, f32)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let (name, weight) = line.rsplit_once(',')?;
        Some((name.trim_matches('"'), weight.parse().ok()?))
    })
}

fn weight(sign: VoiceFeature) -> f32 {
    let (group, value) = sign.place();
    WEIGHTS[group].get(value).copied().unwrap_or(0.0)
}

/// What a sentence's own signs add up to.
pub(super) fn score(words: &SentenceTokens<'_>, reading: &SpeechParse) -> f32 {
    let mut score = 0.0;
    voice_features::each(words, reading, |sign| score += weight(sign));
    score
}

/// Whose words, given the score of the sentence's own signs, what the rules take it for and what
/// they take its neighbours for.
pub(super) fn verdict(own: f32, rules: Voice, before: Neighbour, behind: Neighbour) -> Voice {
    let told = if rules == Voice::Attributed { weight(VoiceFeature::attributed()) } else { 0.0 };
    let score = own + told + weight(VoiceFeature::beside(before, behind));
    if score > 0.0 { Voice::Attributed } else { Voice::Outlet }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_belongs_to_a_sign() {
        let names: Vec<String> = voice_features::names().into_iter().flatten().collect();
        let listed: Vec<&str> = entries().map(|(name, _)| name).collect();
        assert_eq!(listed.len(), TABLE.lines().count() - 1);
        for name in listed {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
    }
}
