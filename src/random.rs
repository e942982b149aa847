//! Reproducible random numbers: the same seed gives the same results everywhere.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// The steps between 0 and 1 of [`uniform`].
const UNIFORM_STEPS: usize = 1 << 40;

/// The generator of a seed.
pub fn rng(seed: u64) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(seed)
}

/// The generator of one of many streams of a seed: each parallel task takes its own, so that threads
/// cannot change the result.
pub fn stream_rng(seed: u64, stream: u64) -> Pcg64Mcg {
    rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream)
}

/// A seed derived from another and a text, so that each outlet has its own and adding one outlet changes no
/// other's figures (FNV-1a).
pub fn derived_seed(seed: u64, text: &str) -> u64 {
    let bytes = seed.to_le_bytes();
    bytes.iter().chain(text.as_bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A uniform number below `bound`. The bias of multiply-and-shift is below bound / 2⁶⁴ (Lemire 2019).
#[expect(clippy::cast_possible_truncation, reason = "the product's upper half is below `bound`")]
pub fn uniform_below(bound: usize, rng: &mut Pcg64Mcg) -> usize {
    ((u128::from(rng.next_u64()) * bound as u128) >> 64) as usize
}

/// A uniform number from 0 up to 1, which is never reached.
pub fn uniform(rng: &mut Pcg64Mcg) -> f64 {
    uniform_below(UNIFORM_STEPS, rng) as f64 / UNIFORM_STEPS as f64
}

/// Puts values in random order (Fisher–Yates).
pub fn shuffle<T>(values: &mut [T], rng: &mut Pcg64Mcg) {
    for last in (1..values.len()).rev() {
        values.swap(last, uniform_below(last + 1, rng));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_below_it() {
        let mut rng = rng(1);
        let mut seen = [false; 7];
        (0..200).for_each(|_| seen[uniform_below(7, &mut rng)] = true);
        assert!(seen.iter().all(|is_seen| *is_seen));
        assert!((0..200).all(|_| (0.0..1.0).contains(&uniform(&mut rng))));
    }

    #[test]
    fn a_shuffle_keeps_every_value() {
        let mut values: Vec<usize> = (0..50).collect();
        shuffle(&mut values, &mut rng(3));
        assert!(!values.is_sorted());
        values.sort_unstable();
        assert_eq!(values, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn streams_of_one_seed_differ() {
        let first = |seed, stream| stream_rng(seed, stream).next_u64();
        assert_eq!(first(3, 0), first(3, 0));
        assert_ne!(first(3, 0), first(3, 1));
        assert_ne!(first(3, 0), first(4, 0));
    }
}
