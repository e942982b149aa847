//! The weights of a logistic regression over a closed list of features, which corrects the rules
//! where their features outweigh them.
//!
//! ```text
//! score = Σ weight of a feature · how often it occurs        attributed where score > 0
//! ```
//!
//! The weights stand in `models/voice.csv`; its card tells what they were fitted on.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::voice_features::{self, VoiceFeature};

/// One weight per line, as `sign,weight`; a feature that is not listed weighs nothing.
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

/// The weight of a feature.
pub(super) fn weight(feature: VoiceFeature) -> f32 {
    let (group, value) = feature.place();
    WEIGHTS[group].get(value).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_belongs_to_a_feature() {
        let names: Vec<String> = voice_features::names().into_iter().flatten().collect();
        let listed: Vec<&str> = entries().map(|(name, _)| name).collect();
        assert_eq!(listed.len(), TABLE.lines().count() - 1);
        for name in listed {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
    }
}
