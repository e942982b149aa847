//! The weights of a logistic regression over a closed list of features, which corrects the rules
//! where their features outweigh them.
//!
//! ```text
//! score = Σ weight of a feature · how often it occurs        attributed where score > 0
//! ```
//!
//! The weights stand in `models/voice.csv`; its card tells what they were fitted on.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::voice_features::{self, VoiceFeature};

/// One weight per line, as `sign,weight`; a feature that is not listed weighs nothing.
const TABLE: &str = include_str!("../../models/voice.csv");

/// By group and value.
static WEIGHTS: LazyLock<Vec<Vec<f32>>> = LazyLock::new(|| {
    let listed: FxHashMap<(&str, &str), f32> = entries().collect();
    let weights = |(group, values): (&str, Vec<Cow<'_, str>>)| {
        let weight = |value: Cow<'_, str>| listed.get(&(group, &*value)).copied().unwrap_or(0.0);
        values.into_iter().map(weight).collect()
    };
    voice_features::names().map(weights).collect()
});

/// The group, the value and the weight of each line. Names hold commas, weights do not.
fn entries() -> impl Iterator<Item = ((&'static str, &'static str), f32)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let (name, weight) = line.rsplit_once(',')?;
        Some((name.trim_matches('"').split_once(' ')?, weight.parse().ok()?))
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
        let names: Vec<_> = voice_features::names().collect();
        assert_eq!(entries().count(), TABLE.lines().count() - 1);
        for ((group, value), _) in entries() {
            let group = names.iter().find(|(name, _)| *name == group).unwrap();
            assert!(group.1.iter().any(|name| name == value), "{} {value}", group.0);
        }
    }
}
