//! Scales the amounts of features to values.

/// How the amounts of one template's features become values, before they are normalised by block: see
/// [`normalise`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaling {
    /// The function of the summed amount.
    pub amount: Amount,
    /// Whether values are multiplied by the inverse document frequency, ln((1 + n) / (1 + df)) + 1, where
    /// `df` of `n` training rows hold the feature (Salton & Buckley 1988, smoothed as in scikit-learn).
    pub idf: bool,
    /// Minimum number of training rows that hold a feature with a column.
    pub min_rows: usize,
}

impl Scaling {
    /// Sublinear term frequency and idf, for features in two rows or more.
    pub(super) const SUBLINEAR: Scaling =
        Scaling { amount: Amount::Sublinear, idf: true, min_rows: 2 };

    /// The value of a feature, from its summed amount and its idf.
    #[inline]
    pub fn value(self, amount: f32, idf: f32) -> f32 {
        self.amount.value(amount) * idf
    }
}

/// The function of a summed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// 1 + ln(amount): the second occurrence says less than the first.
    Sublinear,
    /// The amount itself.
    Linear,
    /// 1, whatever the amount.
    Presence,
}

impl Amount {
    /// The value of a summed amount.
    #[inline]
    pub(crate) fn value(self, amount: f32) -> f32 {
        match self {
            // Nearly all amounts are 1: skipping their logarithm saves most of the time spent here.
            #[expect(clippy::float_cmp, reason = "only the logarithm of exactly 1 is 0")]
            Amount::Sublinear if amount != 1.0 => 1.0 + amount.ln(),
            Amount::Linear => amount,
            Amount::Sublinear | Amount::Presence => 1.0,
        }
    }
}

/// Divides the values of each block by their Euclidean length, so that long sentences weigh no more than
/// short ones and no template outweighs another. A block holds the columns of one template in one model:
/// columns that a model adds to those of its base are normalised by themselves. `block` gives the index of
/// a column's block, below `n_blocks`.
pub fn normalise(row: &mut [(u32, f32)], n_blocks: usize, block: impl Fn(u32) -> usize) {
    let mut lengths = vec![0.0_f32; n_blocks];
    row.iter().for_each(|&(column, value)| lengths[block(column)] += value * value);
    lengths.iter_mut().for_each(|length| *length = length.sqrt());
    row.iter_mut().for_each(|(column, value)| *value /= lengths[block(*column)]);
}

/// Adds up the amounts of each feature, and sorts the row by id.
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
