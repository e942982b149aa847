//! What is done to single rows of numbers, on vectors as wide as the processor has.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};
use rten_vecmath::{MinMax, Normalize, NormalizeOptions, Sum, SumSquareSub};

/// The quantised value that stands for 0.
pub(super) const ZERO_POINT: i32 = 128;

/// The largest distance of a quantised value from the zero point.
const LARGEST: f32 = 127.0;

/// What keeps the variance of a normalised row above 0.
const EPSILON: f32 = 1e-5;

/// Quantises a row to 8 bits with a scale of its own; gives the scale:
/// `value ≈ (quantised − ZERO_POINT) · scale`.
///
/// One scale for each token matters: some tokens have activations a hundred times as large as others.
pub(super) fn quantise(row: &[f32], quantised: &mut [u8]) -> f32 {
    let (least, most) = MinMax::new(row).dispatch();
    let largest = most.max(-least).max(1e-9);
    Quantise { row, quantised, factor: LARGEST / largest }.dispatch();
    largest / LARGEST
}

struct Quantise<'a> {
    row: &'a [f32],
    quantised: &'a mut [u8],
    factor: f32,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the instructions of its caller")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, integers) = (isa.f32(), isa.i32());
        let factor = floats.splat(self.factor);
        let zero_point = integers.splat(ZERO_POINT);
        let lanes = 4 * floats.len();
        let mut from = self.row.chunks_exact(lanes);
        let mut to = self.quantised.chunks_exact_mut(lanes);
        for (values, bytes) in from.by_ref().zip(to.by_ref()) {
            let [a, b, c, d] = floats
                .load_many::<4>(values)
                .map(|x| integers.add(floats.to_int_round(floats.mul(x, factor)), zero_point));
            let (low, high) = (integers.narrow_saturate(a, b), integers.narrow_saturate(c, d));
            isa.u8().store(isa.i16().narrow_saturate(low, high), bytes);
        }
        for (value, byte) in from.remainder().iter().zip(to.into_remainder()) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the factor keeps it between 1 and 255"
            )]
            let rounded = ((value * self.factor).round_ties_even() as i32 + ZERO_POINT) as u8;
            *byte = rounded;
        }
    }
}

/// What turns a row of integer products into numbers.
pub(super) struct Rescale<'a> {
    /// The products.
    pub(super) products: &'a [i32],
    /// `ZERO_POINT` times the sum of each output's weights, as integers.
    pub(super) offsets: &'a [i32],
    /// The scale of each output's weights.
    pub(super) scales: &'a [f32],
    /// The bias of each output.
    pub(super) biases: &'a [f32],
    /// The scale of the row.
    pub(super) row_scale: f32,
    /// Where the numbers go: `(product − offset) · scale · row scale + bias`.
    pub(super) outputs: &'a mut [f32],
}

impl SimdOp for Rescale<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the instructions of its caller")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, integers) = (isa.f32(), isa.i32());
        let lanes = floats.len();
        let row_scale = floats.splat(self.row_scale);
        let n_whole = self.outputs.len() / lanes * lanes;
        for at in (0..n_whole).step_by(lanes) {
            let here = at..at + lanes;
            let product = integers.load(&self.products[here.clone()]);
            let exact = integers.sub(product, integers.load(&self.offsets[here.clone()]));
            let scale = floats.mul(floats.load(&self.scales[here.clone()]), row_scale);
            let bias = floats.load(&self.biases[here.clone()]);
            let output = floats.mul_add(integers.to_float(exact), scale, bias);
            floats.store(output, &mut self.outputs[here]);
        }
        for at in n_whole..self.outputs.len() {
            let exact = (self.products[at] - self.offsets[at]) as f32;
            self.outputs[at] = exact.mul_add(self.scales[at] * self.row_scale, self.biases[at]);
        }
    }
}

/// Scale and bias of a layer normalisation (Ba, Kiros & Hinton 2016), one of each per column.
#[derive(Debug)]
pub(super) struct LayerNorm {
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl LayerNorm {
    /// Normalises each row of a matrix.
    pub(super) fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.scale.len()) {
            let n = row.len() as f32;
            let mean = Sum::new(row).dispatch() / n;
            let variance = SumSquareSub::new(row, mean).dispatch() / n;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: 1.0 / (variance + EPSILON).sqrt(),
                element_scale: Some(&self.scale),
                element_bias: Some(&self.bias),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).dispatch();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest value is 2, so the scale is 2/127; 1 becomes 63.5, rounded to the even 64.
    #[test]
    fn a_row_is_quantised_by_its_own_largest_value() {
        let mut row = vec![0.0; 71];
        (row[0], row[1], row[70]) = (-2.0, 1.0, 2.0);
        let mut quantised = vec![0; 71];
        let scale = quantise(&row, &mut quantised);
        assert!((scale - 2.0 / 127.0).abs() < 1e-9);
        assert_eq!((quantised[0], quantised[1], quantised[2], quantised[70]), (1, 192, 128, 255));
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        let mut quantised = [7; 5];
        quantise(&[0.0; 5], &mut quantised);
        assert_eq!(quantised, [128; 5]);
    }

    #[test]
    fn products_become_numbers() {
        let n = 19;
        let products: Vec<i32> = (0..n).map(|at| 1000 + at).collect();
        let offsets = [900; 19];
        let (scales, biases) = (vec![0.5; 19], vec![1.0; 19]);
        let mut outputs = vec![0.0; 19];
        let (products, offsets) = (&products[..], &offsets[..]);
        let (scales, biases) = (&scales[..], &biases[..]);
        Rescale { products, offsets, scales, biases, row_scale: 0.1, outputs: &mut outputs }
            .dispatch();
        for (at, output) in outputs.iter().enumerate() {
            assert!((output - (100.0 + at as f32).mul_add(0.05, 1.0)).abs() < 1e-5);
        }
    }

    /// 1 and 3: mean 2, standard deviation 1.
    #[test]
    fn rows_are_normalised() {
        let norm = LayerNorm { scale: vec![1.0, 2.0], bias: vec![0.0, 5.0] };
        let mut rows = [1.0, 3.0];
        norm.apply(&mut rows);
        assert!((rows[0] + 1.0).abs() < 1e-4 && (rows[1] - 7.0).abs() < 1e-4, "{rows:?}");
    }
}
