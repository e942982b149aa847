"""The parts of an MPNet encoder's forward pass in numpy, for the calibration of `quantize.py`.

Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding". The states
of all rows stand one below the other, (tokens, hidden), without padding; `lengths` are the rows'.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

HEADS = 12
EPSILON = 1e-5  # of the layer norms
FIRST_POSITION = 2  # positions below it mean padding
BUCKETS, MAX_DISTANCE = 32, 128  # of the relative positions

Array = NDArray[np.float32]


def round_tokens(states: Array) -> Array:
    """The states as the 8-bit engine reads them: multiples of each token's largest value / 127."""
    scale = np.maximum(np.abs(states).max(axis=1, keepdims=True), 1e-9) / 127
    return np.rint(states / scale) * scale


def layer_norm(states: Array, weight: Array, bias: Array) -> Array:
    """Mean 0 and variance 1 for every token, then the learnt weight and bias."""
    centred = states - states.mean(axis=1, keepdims=True)
    variance = np.square(centred).mean(axis=1, keepdims=True)
    return centred / np.sqrt(variance + EPSILON) * weight + bias


def gelu(x: Array) -> Array:
    """x · Φ(x). The error function is Abramowitz and Stegun's 7.1.26, right to 1.5e-7."""
    half = np.abs(x) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * half)
    series = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    return 0.5 * x * (1 + np.copysign(1 - series * np.exp(-half * half), x))


def position_bias(table: Array, length: int) -> Array:
    """What the relative position adds to the attention scores, (heads, length, length)."""
    position = np.arange(length)
    distance = position[None, :] - position[:, None]
    exact = BUCKETS // 4
    far = np.maximum(np.abs(distance), 1)
    log = np.log(far / exact) / np.log(MAX_DISTANCE / exact) * (BUCKETS // 2 - exact)
    bucket = np.where(np.abs(distance) < exact, np.abs(distance), exact + log.astype(int))
    bucket = np.minimum(bucket, BUCKETS // 2 - 1) + (distance > 0) * (BUCKETS // 2)
    return table[bucket].transpose(2, 0, 1)


def attention(q: Array, k: Array, v: Array, lengths: Sequence[int], table: Array) -> Array:
    """Softmax(q·kᵀ/√d + position bias)·v in each row and head, heads side by side."""
    mixed = np.empty_like(v)
    start = 0
    for length in lengths:
        row = slice(start, start + length)
        start += length
        heads = [x[row].reshape(length, HEADS, -1).transpose(1, 0, 2) for x in (q, k, v)]
        scores = heads[0] @ heads[1].transpose(0, 2, 1) / np.sqrt(np.float32(heads[0].shape[2]))
        scores += position_bias(table, length)
        scores = np.exp(scores - scores.max(axis=2, keepdims=True))
        scores /= scores.sum(axis=2, keepdims=True)
        mixed[row] = (scores @ heads[2]).transpose(1, 0, 2).reshape(length, -1)
    return mixed
