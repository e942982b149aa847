"""4-bit codes for the matrices of an encoder.

A matrix is written as weight = levels[index of the block][code] · scale of the row. A block is 32
neighbours in a row; `levels` are 16 rows of 16 whole numbers from -128 to 127, so that every weight
is an 8-bit integer times its row's scale. An index takes 4 bits, and so does a code.

Frantar et al. 2022, "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained
Transformers".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

BLOCK = 32  # neighbours in a row that share a row of levels
KINDS = 16  # rows of levels, and levels in each
TOP = 127  # the largest weight of a row, in units of its scale
FINE, SPAN = 4, 192  # the nearest level is looked up in steps of 1 / FINE, from -SPAN to SPAN
SAMPLE, ROUNDS = 120_000, 40  # blocks and rounds for learning the levels
NF4 = np.array(
    [-1, -0.6962, -0.5251, -0.3949, -0.2844, -0.1848, -0.0911, 0]
    + [0.0796, 0.1609, 0.2461, 0.3379, 0.4407, 0.5626, 0.723, 1]
)
DAMPING = 0.01  # added to the Hessian's diagonal, in units of its mean


@dataclass(frozen=True)
class Codes:
    """A matrix: `scale` of each row, `codes` (rows, columns), `blocks` (rows, columns / 32)."""

    scale: Array
    codes: NDArray[np.uint8]
    blocks: NDArray[np.uint8]

    def integers(self, levels: NDArray[np.int8]) -> NDArray[np.int8]:
        """The 8-bit integers that the codes stand for."""
        return levels[np.repeat(self.blocks, BLOCK, axis=1), self.codes]

    def matrix(self, levels: NDArray[np.int8]) -> Array:
        """The weights that the codes stand for."""
        return self.integers(levels) * self.scale[:, None]

    def tensors(self, name: str) -> dict[str, NDArray]:
        """The three tensors of the file. Two codes fill a byte, the even column in its low half."""
        return {
            f"{name}.scale": self.scale,
            f"{name}.codes": halves(self.codes),
            f"{name}.blocks": halves(self.blocks),
        }


def halves(numbers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two numbers below 16 in each byte.

    >>> halves(np.array([[1, 2, 15, 0]], np.uint8)).tolist()
    [[33, 15]]
    """
    return numbers[:, ::2] | numbers[:, 1::2] << 4


class Nearest:
    """Looks up the level nearest to a number: one table of places for each row of levels."""

    def __init__(self, levels: NDArray):
        steps = np.arange(-SPAN * FINE, SPAN * FINE, dtype=np.float32) / FINE
        levels = levels.astype(np.float32)
        codes = np.abs(steps[None, :, None] - levels[:, None, :]).argmin(axis=2)
        self.width = steps.size
        self.codes = codes.astype(np.uint8).ravel()
        self.values = np.take_along_axis(levels, codes, axis=1).ravel()

    def places(self, numbers: Array, kind: int | NDArray[np.int32]) -> NDArray[np.int32]:
        """Where `codes` and `values` hold the answer for these numbers in this row of levels."""
        steps = np.clip(numbers * FINE + (SPAN * FINE + 0.5), 0, self.width - 1)
        return steps.astype(np.int32) + kind * self.width


def row_scales(matrix: Array) -> Array:
    """The scale of each row that makes its largest weight TOP."""
    return np.maximum(np.abs(matrix).max(axis=1), 1e-9) / np.float32(TOP)


def round_to_nearest(matrix: Array, levels: NDArray[np.int8]) -> Codes:
    """Each block in the row of levels that fits it best, each weight as its nearest level."""
    scale = row_scales(matrix)
    best = round_blocks((matrix / scale[:, None]).reshape(-1, BLOCK), levels)
    codes, blocks = best % KINDS, best[:, 0] // KINDS
    return Codes(scale, codes.reshape(matrix.shape), blocks.reshape(len(matrix), -1))


def learn_levels(matrices: Sequence[Array], seed: int = 0) -> NDArray[np.int8]:
    """The levels that lose least on a sample of blocks: Lloyd's algorithm over whole rows of levels.

    It begins with the quantiles of a normal distribution (Dettmers et al. 2023, "QLoRA", NF4) at
    eight widths, and their mirror images, for NF4 has one level more above zero than below.
    """
    random = np.random.default_rng(seed)
    weights = sum(matrix.size for matrix in matrices)
    sample, importance = [], []
    for matrix in matrices:
        scaled = (matrix / row_scales(matrix)[:, None]).reshape(-1, BLOCK)
        share = min(len(scaled), SAMPLE * matrix.size // weights)
        picked = random.choice(len(scaled), share, replace=False)
        rows = picked // (matrix.shape[1] // BLOCK)
        sample.append(scaled[picked])
        importance.append(1 / np.square(scaled.reshape(matrix.shape)[rows]).mean(axis=1))
    numbers, weight = np.concatenate(sample), np.repeat(np.concatenate(importance), BLOCK)
    widths = TOP * 0.85 ** np.arange(KINDS // 2)
    levels = np.concatenate([np.outer(widths, side) for side in (NF4, -NF4[::-1])])
    for _ in range(ROUNDS):
        found = round_blocks(numbers, levels).ravel()
        count = np.bincount(found, weight, KINDS * KINDS)
        total = np.bincount(found, weight * numbers.ravel(), KINDS * KINDS)
        mean = np.where(count > 0, total / np.maximum(count, 1e-30), levels.ravel())
        levels = np.sort(mean.reshape(KINDS, KINDS), axis=1)
    return np.rint(levels).clip(-128, 127).astype(np.int8)


def round_blocks(numbers: Array, levels: NDArray) -> NDArray[np.uint8]:
    """For blocks, (blocks, 32): the nearest of all levels, as kind · 16 + code, of the best kind."""
    nearest = Nearest(levels)
    least, best = np.full(len(numbers), np.inf, np.float32), np.zeros(numbers.shape, np.uint8)
    for kind in range(KINDS):
        places = nearest.places(numbers, kind)
        error = np.square(nearest.values[places] - numbers).sum(axis=1)
        better = error < least
        least[better] = error[better]
        best[better] = kind * KINDS + nearest.codes[places[better]]
    return best


def gptq(matrix: Array, hessian: Array, levels: NDArray[np.int8]) -> Codes:
    """The codes that change the outputs little: (difference of rows) · hessian · (the same)ᵀ.

    `hessian`, (columns, columns), is inputsᵀ · inputs. Columns are rounded one after the other, and
    what rounding one does to the outputs is made good by those that follow, as far as they can.
    Blocks and the columns in them go by the size of their inputs, largest first. A block's row of
    levels is the one of the sixteen with which the whole block, rounded so, loses least.
    """
    hessian = hessian.astype(np.float64)
    hessian += np.eye(len(hessian)) * DAMPING * np.diag(hessian).mean()
    order = by_size(np.diag(hessian))
    inverse = np.linalg.inv(hessian[np.ix_(order, order)])
    factor = np.linalg.cholesky(inverse).T.astype(np.float32)
    scale, nearest = row_scales(matrix), Nearest(levels)
    rest = (matrix / scale[:, None]).T[order]  # (columns, rows), changed as errors are passed on
    codes = np.zeros(rest.shape, np.uint8)
    blocks = np.zeros((len(rest) // BLOCK, len(matrix)), np.uint8)
    for start in range(0, len(rest), BLOCK):
        stop = start + BLOCK
        here = slice(start, stop)
        kinds, found, errors = round_block(rest[here], factor[here, here], nearest)
        blocks[order[start] // BLOCK] = kinds
        codes[order[here]] = found
        rest[stop:] -= factor[here, stop:].T @ errors
    codes, blocks = (np.ascontiguousarray(numbers.T) for numbers in (codes, blocks))
    rounded = Codes(scale, codes, blocks)
    return Codes(best_scales(matrix, rounded.integers(levels), hessian), codes, blocks)


def by_size(diagonal: NDArray[np.float64]) -> NDArray[np.int64]:
    """The order of the columns: blocks by the diagonal's sum, columns in a block by the diagonal."""
    inputs = diagonal.reshape(-1, BLOCK)
    blocks = np.argsort(-inputs.sum(axis=1), kind="stable")
    columns = np.argsort(-inputs, axis=1, kind="stable")
    return (blocks[:, None] * BLOCK + columns[blocks]).ravel()


def round_block(
    block: Array, factor: Array, nearest: Nearest
) -> tuple[NDArray[np.int64], NDArray[np.uint8], Array]:
    """GPTQ in one block, (columns, rows), with all rows of levels side by side.

    Returns the best row of levels for each row, its codes and the errors to pass on.
    """
    kinds = np.arange(KINDS, dtype=np.int32)[:, None]
    trials = np.repeat(block[:, None, :], KINDS, axis=1)
    places, errors = np.empty(trials.shape, np.int32), np.empty_like(trials)
    for column in range(BLOCK):
        places[column] = nearest.places(trials[column], kinds)
        error = trials[column] - nearest.values[places[column]]
        errors[column] = error / factor[column, column]
        following = factor[column, column + 1 :, None, None]
        trials[column + 1 :] -= following * errors[column]
    best = np.square(errors).sum(axis=0).argmin(axis=0)
    picked = best[None, None, :]
    places = np.take_along_axis(places, picked, axis=1)[:, 0]
    return best, nearest.codes[places], np.take_along_axis(errors, picked, axis=1)[:, 0]


def best_scales(matrix: Array, integers: NDArray[np.int8], hessian: NDArray[np.float64]) -> Array:
    """The scale of each row with which its integers lose least (least squares)."""
    integers = integers.astype(np.float32)
    weighted = integers @ hessian.astype(np.float32)
    size = np.maximum((weighted * integers).sum(axis=1), 1e-30)
    return np.maximum((weighted * matrix).sum(axis=1) / size, 1e-12)


def error(matrix: Array, rounded: Array, hessian: Array) -> float:
    """The square of what rounding changes in the outputs (without the bias), as a share of theirs."""
    lost = matrix - rounded
    return float(((lost @ hessian) * lost).sum() / ((matrix @ hessian) * matrix).sum())
