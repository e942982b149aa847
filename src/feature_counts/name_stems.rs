//! Which stems of a training set are names.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::View;

/// Number of rows whose stems are counted in parallel before they are added up.
const BATCH: usize = 4096;

/// Stems that are names more often than not, as hashes. Their features are left out wherever a capital
/// does not tell, as at the start of a sentence: who is named must not decide the stance.
pub(super) fn name_stems<'a>(
    n_rows: usize,
    view: impl Fn(usize) -> View<'a> + Sync,
) -> FxHashSet<u64> {
    let mut counts: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for first in (0..n_rows).step_by(BATCH) {
        let batch = first..n_rows.min(first + BATCH);
        let stems: Vec<Vec<(u64, bool)>> =
            batch.into_par_iter().map(|row| view(row).names_and_others().collect()).collect();
        for (stem, is_name) in stems.into_iter().flatten() {
            let count = counts.entry(stem).or_default();
            *(if is_name { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    let names = counts.into_iter().filter(|(_, (names, others))| names > others);
    names.map(|(stem, _)| stem).collect()
}
