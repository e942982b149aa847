//! Linear layers: 8-bit weights, 8-bit activations with a scale for each token.

use std::fmt;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::checkpoint::Int8Matrix;
use super::row_kernels::{Rescale, ZERO_POINT, quantise};

/// Multiplies integers.
pub(super) type IntegerProducts = GemmExecutor<u8, i8, i32>;

/// A linear layer, packed for the processor.
pub(super) struct Linear {
    packed: Packed,
    offsets: Vec<i32>,
    scales: Vec<f32>,
    biases: Vec<f32>,
    n_inputs: usize,
}

/// The weights as the processor multiplies them.
enum Packed {
    Whole(PackedBMatrix<i8>),
    /// Some processors add pairs of products in 16 bits, which overflow with weights of 8 bits. There
    /// each weight is `2 · high + low`, and no sum of two products is above 2 · 255 · 64.
    Halves {
        high: PackedBMatrix<i8>,
        low: PackedBMatrix<i8>,
    },
}

/// What products need, kept from one to the next.
#[derive(Default)]
pub(super) struct Buffers {
    multiply: IntegerProducts,
    quantised: Vec<u8>,
    row_scales: Vec<f32>,
    products: Vec<i32>,
    low_products: Vec<i32>,
}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Linear({} → {})", self.n_inputs, self.scales.len())
    }
}

impl Linear {
    /// A layer of outputs × inputs weights. `split` where the products may overflow: see
    /// [`GemmExecutor::may_saturate`].
    pub(super) fn new(
        multiply: &IntegerProducts,
        weights: Int8Matrix,
        biases: Vec<f32>,
        split: bool,
    ) -> Self {
        let Int8Matrix { values, scales, n_columns: n_inputs } = weights;
        let sum = |row: &[i8]| row.iter().map(|&value| i32::from(value)).sum::<i32>();
        let offsets = values.chunks_exact(n_inputs).map(|row| ZERO_POINT * sum(row)).collect();
        let pack = |values: Vec<i8>| {
            let matrix = NdTensor::from_data([scales.len(), n_inputs], values);
            multiply.prepack_b(matrix.view().transposed())
        };
        let part = |of: fn(i8) -> i8| pack(values.iter().map(|&value| of(value)).collect());
        let packed = match split {
            true => Packed::Halves { high: part(|value| value >> 1), low: part(|value| value & 1) },
            false => Packed::Whole(pack(values)),
        };
        Linear { packed, offsets, scales, biases, n_inputs }
    }

    /// Writes the outputs of each row of inputs.
    pub(super) fn apply(&self, inputs: &[f32], buffers: &mut Buffers, outputs: &mut Vec<f32>) {
        let (n_rows, n_outputs) = (inputs.len() / self.n_inputs, self.scales.len());
        let Buffers { multiply, quantised, row_scales, products, low_products } = buffers;
        quantised.resize(inputs.len(), 0);
        row_scales.clear();
        let rows = inputs.chunks_exact(self.n_inputs);
        let quantised_rows = quantised.chunks_exact_mut(self.n_inputs);
        row_scales
            .extend(rows.zip(quantised_rows).map(|(row, quantised)| quantise(row, quantised)));
        products.resize(n_rows * n_outputs, 0);
        let inputs = NdTensorView::from_data([n_rows, self.n_inputs], &quantised[..]);
        match &self.packed {
            Packed::Whole(weights) => product(multiply, inputs, weights, products),
            Packed::Halves { high, low } => {
                low_products.resize(products.len(), 0);
                product(multiply, inputs, high, products);
                product(multiply, inputs, low, low_products);
                let halves = products.iter_mut().zip(&*low_products);
                halves.for_each(|(high, low)| *high = 2 * *high + low);
            }
        }
        outputs.resize(n_rows * n_outputs, 0.0);
        let rows = products.chunks_exact(n_outputs).zip(outputs.chunks_exact_mut(n_outputs));
        for ((products, outputs), &row_scale) in rows.zip(&*row_scales) {
            let (offsets, scales, biases) = (&self.offsets, &self.scales, &self.biases);
            Rescale { products, offsets, scales, biases, row_scale, outputs }.dispatch();
        }
    }
}

fn product(
    multiply: &IntegerProducts,
    inputs: NdTensorView<'_, u8, 2>,
    weights: &PackedBMatrix<i8>,
    products: &mut [i32],
) {
    let (inputs, weights) = (GemmInputA::Unpacked(inputs), GemmInputB::Packed(weights));
    let done = multiply.gemm(products, inputs, weights, GemmOptions::default());
    done.expect("the sizes of all weights were checked when they were read");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two outputs of 64 inputs: weights 127 · 0.01 and −128 · 0.02, inputs 1 and −0.5 in turn.
    fn outputs(split: bool) -> Vec<f32> {
        let multiply = IntegerProducts::new();
        let values = [vec![127; 64], vec![-128; 64]].concat();
        let weights = Int8Matrix { values, scales: vec![0.01, 0.02], n_columns: 64 };
        let layer = Linear::new(&multiply, weights, vec![0.0, 10.0], split);
        let inputs: Vec<f32> = (0..128).map(|at| if at % 2 == 0 { 1.0 } else { -0.5 }).collect();
        let mut outputs = Vec::new();
        layer.apply(&inputs, &mut Buffers::default(), &mut outputs);
        outputs
    }

    /// −0.5 is quantised to −63.5, rounded to the even −64; so each sum is 32 · (1 − 64/127).
    #[test]
    fn outputs_are_weighted_sums() {
        let sum = 32.0 * (1.0 - 64.0 / 127.0);
        let expected = [1.27 * sum, -2.56 * sum + 10.0];
        let found = outputs(false);
        for (found, expected) in found.iter().zip(expected.iter().cycle()) {
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn halves_give_the_same_bits() {
        assert_eq!(outputs(true), outputs(IntegerProducts::new().may_saturate()));
    }
}
