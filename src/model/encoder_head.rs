//! The regression over an encoder's features.

use std::sync::Arc;

use super::prediction::{FeatureShares, Share};
use super::softmax_regression::Softmax;
use crate::encoder::Encoder;
use crate::le_array::LeArray;
use crate::model_input::ModelInput;
use crate::text::Span;
use crate::text::tokenizer::{Kind, tokens};

/// An encoder, and a weight for each of its features and each label, calibration and all.
#[derive(Debug, Clone)]
pub(super) struct EncoderHead {
    pub(super) encoder: Arc<Encoder>,
    /// Features × labels, feature by feature.
    pub(super) by_feature: LeArray<f32>,
    /// One per label.
    pub(super) intercept: LeArray<f32>,
}

impl EncoderHead {
    /// The score of each label for each input, in order and on every core. `done` is told after every few
    /// inputs how many more are scored.
    pub(super) fn scores(
        &self,
        inputs: &[ModelInput<'_>],
        done: &(dyn Fn(usize) + Sync),
    ) -> Vec<Vec<f64>> {
        let regression = self.regression();
        let scores = |features: &[f32]| {
            let mut scores = regression.intercept.clone();
            let weights = regression.weights.chunks_exact(scores.len());
            for (&feature, weights) in features.iter().zip(weights) {
                let added = weights.iter().map(|weight| weight * f64::from(feature));
                scores.iter_mut().zip(added).for_each(|(score, added)| *score += added);
            }
            scores
        };
        self.encoder.map_features(inputs, scores, done)
    }

    pub(super) fn regression(&self) -> Softmax {
        let wide = |values: &LeArray<f32>| values.iter().map(f64::from).collect();
        Softmax { weights: wide(&self.by_feature), intercept: wide(&self.intercept) }
    }

    /// What each word adds to the scores, estimated by leaving it out (Li, Monroe & Jurafsky 2016): the
    /// scores with it less those without it. Only words that are wanted are left out, and none of the target.
    pub(super) fn shares(
        &self,
        input: &ModelInput<'_>,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> FeatureShares {
        let is_target = |word: &Span| {
            input.mentions.iter().any(|target| word.start < target.end && target.start < word.end)
        };
        let words = tokens(input.text).filter(|token| token.kind != Kind::Mark);
        let words: Vec<Span> = words
            .map(|token| token.span)
            .filter(|word| !is_target(word) && is_wanted(&input.text[word.clone()]))
            .collect();
        let erased: Vec<Erased> = words.iter().map(|word| Erased::new(input, word)).collect();
        let inputs = erased.iter().map(|erased| erased.input(input));
        let inputs: Vec<ModelInput<'_>> = std::iter::once(*input).chain(inputs).collect();
        let mut scores = self.scores(&inputs, &|_| ()).into_iter();
        let whole = scores.next().unwrap_or_default();
        let share = |(word, without): (Span, Vec<f64>)| {
            let feature = format!("word={}", input.text[word.clone()].to_lowercase());
            let by_label = whole.iter().zip(without).map(|(whole, without)| whole - without);
            Share { feature, by_label: by_label.collect(), places: vec![word] }
        };
        FeatureShares { shares: words.into_iter().zip(scores).map(share).collect(), scores: whole }
    }
}

/// A sentence without one of its words.
struct Erased {
    text: String,
    mentions: Vec<Span>,
}

impl Erased {
    fn new(input: &ModelInput<'_>, word: &Span) -> Self {
        let (before, after) = (&input.text[..word.start], &input.text[word.end..]);
        let shifted = |target: &Span| match target.start >= word.end {
            true => target.start - word.len()..target.end - word.len(),
            false => target.clone(),
        };
        Erased {
            text: [before, after].concat(),
            mentions: input.mentions.iter().map(shifted).collect(),
        }
    }

    fn input<'a>(&'a self, whole: &ModelInput<'a>) -> ModelInput<'a> {
        ModelInput { text: &self.text, mentions: &self.mentions, ..*whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_left_out_and_targets_move() {
        let mentions = [0..3, 15..18];
        let input = ModelInput::sentence("The old wicked tax", &mentions);
        let erased = Erased::new(&input, &(8..14));
        assert_eq!((erased.text.as_str(), erased.mentions), ("The old  tax", vec![0..3, 9..12]));
    }
}
