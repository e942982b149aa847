//! From the states of a sequence's pieces to its features.

use super::checkpoint::Checkpoint;
use super::sequence::Sequence;

/// Pools states: the state of `<s>`, the mean state of the target's pieces, the mean state of the
/// sentence's pieces; then projects these onto fewer numbers, where the file has a projection.
#[derive(Debug)]
pub(super) struct Pooling {
    hidden: usize,
    projection: Option<Projection>,
}

/// Principal components of pooled states.
#[derive(Debug)]
struct Projection {
    mean: Vec<f32>,
    /// One row of pooled length for each feature.
    components: Vec<f32>,
}

impl Pooling {
    pub(super) fn new(checkpoint: &Checkpoint<'_>) -> Result<Self, String> {
        let hidden = checkpoint.description.hidden;
        let pooled = 3 * hidden;
        let projection = if checkpoint.has("pool.components") {
            let n_features = checkpoint.n_floats("pool.components")? / pooled;
            let mean = checkpoint.vector("pool.mean", pooled)?;
            let components = checkpoint.vector("pool.components", n_features * pooled)?;
            Some(Projection { mean, components })
        } else {
            None
        };
        Ok(Pooling { hidden, projection })
    }

    /// Length of the features.
    pub(super) fn n_features(&self) -> usize {
        let pooled = 3 * self.hidden;
        self.projection.as_ref().map_or(pooled, |projection| projection.components.len() / pooled)
    }

    /// The features of a sequence, given a state for each piece.
    pub(super) fn features(&self, states: &[f32], sequence: &Sequence) -> Vec<f32> {
        let mean = |places: &std::ops::Range<usize>| {
            let mut mean = vec![0.0; self.hidden];
            let states = &states[places.start * self.hidden..places.end * self.hidden];
            for state in states.chunks_exact(self.hidden) {
                mean.iter_mut().zip(state).for_each(|(sum, value)| *sum += value);
            }
            let n = places.len().max(1) as f32;
            mean.iter_mut().for_each(|sum| *sum /= n);
            mean
        };
        let pooled = [mean(&(0..1)), mean(&sequence.target), mean(&sequence.sentence)].concat();
        match &self.projection {
            None => pooled,
            Some(projection) => projection.apply(pooled),
        }
    }
}

impl Projection {
    fn apply(&self, mut pooled: Vec<f32>) -> Vec<f32> {
        pooled.iter_mut().zip(&self.mean).for_each(|(value, mean)| *value -= mean);
        let components = self.components.chunks_exact(pooled.len());
        components.map(|row| row.iter().zip(&pooled).map(|(a, b)| a * b).sum()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence() -> Sequence {
        Sequence { pieces: vec![0, 5, 6, 2], sentence: 1..3, target: 2..3 }
    }

    const STATES: [f32; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 8.0, 0.0, 0.0];

    #[test]
    fn the_first_state_and_two_means() {
        let pooling = Pooling { hidden: 2, projection: None };
        assert_eq!(pooling.features(&STATES, &sequence()), [1.0, 2.0, 5.0, 8.0, 4.0, 6.0]);
    }

    #[test]
    fn a_projection_subtracts_the_mean_first() {
        let components = vec![1.0, 0.0, 0.0, 0.0, 0.0, 2.0];
        let projection = Some(Projection { mean: vec![1.0; 6], components });
        let pooling = Pooling { hidden: 2, projection };
        assert_eq!(pooling.n_features(), 1);
        assert_eq!(pooling.features(&STATES, &sequence()), [10.0]);
    }
}
