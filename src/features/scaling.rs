//! From the amounts of features to their values.

/// How the amounts of one template's features become values.
///
/// After this, the values of each block are divided by their Euclidean length: see [`normalise`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaling {
    /// How the summed amount counts.
    pub amount: Amount,
    /// Whether rarer features count more: times ln((1 + n) / (1 + df)) + 1, with `n` training
    /// rows of which `df` hold the feature (Salton & Buckley 1988, smoothed as in scikit-learn).
    pub idf: bool,
    /// Minimum number of training rows with the feature for it to get a column.
    pub min_rows: usize,
}

impl Scaling {
    /// Words count sublinearly and by their rarity, from two rows on.
    pub(super) const SUBLINEAR: Scaling =
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 };

    /// The value of a feature, from its summed amount and its idf.
    #[inline]
    pub fn value(self, amount: f32, idf: f32) -> f32 {
        self.amount.value(amount) * idf
    }
}

/// How a summed amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// 1 + ln(count): the second occurrence says less than the first.
    Sublinear,
    /// The sum as it is.
    Linear,
    /// 1, however often.
    Presence,
}

impl Amount {
    /// What a summed amount counts.
    #[inline]
    pub(crate) fn value(self, amount: f32) -> f32 {
        match self {
            // Nearly all counts are 1; skipping their logarithm, 0, saves most of the time spent here.
            #[expect(clippy::float_cmp, reason = "only the logarithm of exactly 1 is 0")]
            Amount::Sublinear if amount != 1.0 => 1.0 + amount.ln(),
            Amount::Linear => amount,
            Amount::Sublinear | Amount::Presence => 1.0,
        }
    }
}

/// Divides the values of each block by their Euclidean length, so that a long sentence weighs no more
/// than a short one and no template drowns another. A block is the columns of one template that were
/// learnt at one time: what a model adds to a template of its base has a length of its own. `block`
/// gives the number of a column's block, below `n_blocks`.
pub fn normalise(row: &mut [(u32, f32)], n_blocks: usize, block: impl Fn(u32) -> usize) {
    let mut lengths = vec![0.0_f32; n_blocks];
    row.iter().for_each(|&(column, value)| lengths[block(column)] += value * value);
    lengths.iter_mut().for_each(|length| *length = length.sqrt());
    row.iter_mut().for_each(|(column, value)| *value /= lengths[block(*column)]);
}

/// Adds up the amounts of each feature; the ids then rise.
pub fn sum_amounts<I: Ord + Copy>(row: &mut Vec<(I, f32)>) {
    row.sort_by_key(|&(id, _)| id);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}
