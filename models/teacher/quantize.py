"""Writes an encoder as the files that Framescope reads, with 4 or 8 bits a weight.

    python quantize.py ENCODER --out FILE --texts ARTICLES.csv.gz --calibration ROWS.csv ...
    python quantize.py ENCODER --out FILE --bits 8

With `--pieces FILE` the vocabulary, the embeddings and the components of the pooled states go to a
file of their own.

The folder holds `encoder.safetensors` (matrices as 8-bit rows: weight = integer · scale of the row),
`config.json`, `tokenizer.json` and `vocab.txt`. The same inputs give the same file.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

import mpnet
from gptq import error, gptq, learn_levels, round_to_nearest
from model_inputs import LONGEST, cut
from pairs import read_pairs, read_rows

Array = NDArray[np.float32]

WORDS = "m.embeddings.word_embeddings.weight"
POSITIONS = "m.embeddings.position_embeddings.weight"
RELATIVE = "m.encoder.relative_attention_bias.weight"
PIECES = ("m.embeddings.", "pool.", "vocabulary")  # what goes with the pieces
COMPONENTS = 128  # of the pooled states
DESCRIPTIONS = ("tokenizer.json", "config.json", "vocab.txt")
UNUSED = "m.pooler."  # the head reads the states themselves
BASE, LICENCE = "all-mpnet-base-v2", "Apache-2.0"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "[UNK]")


@dataclass(frozen=True)
class Source:
    """An encoder: its tensors as they are in the file, its pieces, its tokenizer's settings."""

    tensors: dict[str, NDArray]
    pieces: list[str]
    tokenizer: dict
    config: dict
    sha256: str

    @classmethod
    def load(cls, folder: Path) -> "Source":
        """Reads the folder. Stops if a file is missing."""
        weights = folder / "encoder.safetensors"
        for path in (weights, *(folder / name for name in DESCRIPTIONS)):
            if not path.exists():
                sys.exit(f"{path}: not found; expected a folder that holds an encoder")
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        read = [json.loads((folder / name).read_text(encoding="utf-8")) for name in DESCRIPTIONS[:2]]
        sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
        tensors = {k: v for k, v in load_file(weights).items() if not k.startswith(UNUSED)}
        return cls(tensors, pieces, *read, sha256)

    def keep(self, ids: Sequence[int]) -> "Source":
        """The same with these pieces alone, and with the positions that an input can reach."""
        tensors = dict(self.tensors)
        for name, rows in ((WORDS, ids), (POSITIONS, range(mpnet.FIRST_POSITION + LONGEST))):
            for tensor in (name, f"{name}.scale"):
                tensors[tensor] = tensors[tensor][list(rows)]
        pieces = [self.pieces[id] for id in ids]
        return Source(tensors, pieces, self.tokenizer, self.config, self.sha256)

    def cutter(self) -> Tokenizer:
        """The tokenizer with these pieces."""
        place = {piece: id for id, piece in enumerate(self.pieces)}
        added = [
            {**token, "id": place[token["content"]]}
            for token in self.tokenizer["added_tokens"]
            if token["content"] in place
        ]
        model = {**self.tokenizer["model"], "vocab": place}
        settings = {"model": model, "added_tokens": added, "truncation": None, "padding": None}
        return Tokenizer.from_str(json.dumps({**self.tokenizer, **settings}))

    def weights(self, name: str) -> Array:
        """A tensor as numbers."""
        tensor = self.tensors[name]
        if tensor.dtype != np.int8:
            return tensor
        return tensor * self.tensors[f"{name}.scale"][:, None]


def frequent_pieces(source: Source, texts: Path, count: int) -> list[int]:
    """The pieces that the texts use most.

    A word whose piece is gone falls to smaller pieces that stay. Special pieces and single
    characters stay whatever the count.
    """
    uses = np.zeros(len(source.pieces), np.int64)
    cutter = source.cutter()
    for _, row in read_rows(texts, ["text"]):
        whole = f"{row.get('title') or ''} {row['text']}"
        np.add.at(uses, cutter.encode(whole, add_special_tokens=False).ids, 1)
    stays = [piece in SPECIAL or len(piece.removeprefix("##")) == 1 for piece in source.pieces]
    order = np.lexsort((-uses, np.logical_not(stays)))[:count]
    lost = 1 - uses[order].sum() / uses.sum()
    print(f"{len(order)} of {len(uses)} pieces stay; they are all but {lost:.2%} of the texts")
    return sorted(order.tolist())


def inputs(source: Source, files: Sequence[Path], count: int) -> list[list[int]]:
    """The pieces of a random sample of rows."""
    rows = [pair for path in files for pair in read_pairs(path)]
    cutter = source.cutter()
    return [cut(pair, cutter).ids for pair in random.Random(0).sample(rows, min(count, len(rows)))]


class Calibration:
    """The states of the sample, and in `out` the tensors rounded so far.

    Every matrix is fitted to the inputs that it will have: those that the rounded layers below it
    give.
    """

    def __init__(self, source: Source, rows: Sequence[Sequence[int]], levels: NDArray[np.int8]):
        self.source, self.levels = source, levels
        self.lengths = [len(row) for row in rows]
        ids = np.concatenate([np.array(row) for row in rows])
        places = np.concatenate([np.arange(n) for n in self.lengths]) + mpnet.FIRST_POSITION
        codes = round_to_nearest(source.weights(WORDS), levels)
        self.out = codes.tensors(WORDS)
        states = codes.matrix(levels)[ids] + source.weights(POSITIONS)[places]
        self.states = self.norm(states, "m.embeddings")

    def norm(self, states: Array, name: str) -> Array:
        """The layer norm of that name."""
        weight, bias = (self.source.tensors[f"{name}.LayerNorm.{x}"] for x in ("weight", "bias"))
        return mpnet.layer_norm(states, weight, bias)

    def linear(self, names: Sequence[str], inputs: Array) -> list[Array]:
        """Rounds matrices that have the same inputs, and returns their outputs."""
        inputs = mpnet.round_tokens(inputs)
        hessian = inputs.T @ inputs
        outputs = []
        for name in names:
            matrix, bias = (self.source.weights(f"{name}.{x}") for x in ("weight", "bias"))
            codes = gptq(matrix, hessian, self.levels)
            rounded = codes.matrix(self.levels)
            self.out |= codes.tensors(f"{name}.weight")
            outputs.append(inputs @ rounded.T + bias)
            print(f"{name}: error {error(matrix, rounded, hessian):.5f}", flush=True)
        return outputs

    def layer(self, name: str):
        """Rounds the matrices of one layer and takes the states through it."""
        attention = f"{name}.attention"
        queries = self.linear([f"{attention}.attn.{x}" for x in "qkv"], self.states)
        mixed = mpnet.attention(*queries, self.lengths, self.source.weights(RELATIVE))
        (added,) = self.linear([f"{attention}.attn.o"], mixed)
        self.states = self.norm(self.states + added, attention)
        (inner,) = self.linear([f"{name}.intermediate.dense"], self.states)
        (added,) = self.linear([f"{name}.output.dense"], mpnet.gelu(inner))
        self.states = self.norm(self.states + added, f"{name}.output")


def four_bits(source: Source, rows: Sequence[Sequence[int]]) -> dict[str, NDArray]:
    """The tensors with the layers' matrices and the word embeddings in codes."""
    layers = [f"m.encoder.layer.{number}" for number in range(source.config["num_hidden_layers"])]
    matrices = [
        name
        for name, tensor in source.tensors.items()
        if name.startswith("m.encoder.layer.") and tensor.dtype == np.int8
    ]
    levels = learn_levels([source.weights(name) for name in matrices])
    calibration = Calibration(source, rows, levels)
    for name in layers:
        calibration.layer(name)
    replaced = {WORDS, *matrices}
    rest = {name: tensor for name, tensor in source.tensors.items() if name not in replaced}
    return rest | calibration.out | {"levels": levels}


def components(paths: Sequence[Path], width: int) -> dict[str, Array]:
    """Mean and first principal components of pooled states, as `pool.mean` and `pool.components`.

    The files hold one row of `width` little-endian f32 numbers after the other. The components are
    scaled so that the projections have a mean squared norm of 1; the largest part of each is positive.
    """
    states = np.concatenate([np.fromfile(path, "<f4").reshape(-1, width) for path in paths])
    variances, vectors = np.linalg.eigh(np.cov(states, rowvar=False))
    kept = vectors[:, ::-1][:, :COMPONENTS].T
    largest = np.take_along_axis(kept, np.abs(kept).argmax(axis=1)[:, None], axis=1)
    kept = kept * np.sign(largest) / np.sqrt(variances[::-1][:COMPONENTS].sum())
    return {"pool.mean": states.mean(axis=0), "pool.components": kept.astype(np.float32)}


def write(source: Source, tensors: dict[str, NDArray], options: argparse.Namespace):
    """Writes tensors and vocabulary, with the description of the encoder beside the layers."""
    intermediate = source.tensors["m.encoder.layer.0.intermediate.dense.weight"]
    config = source.config
    sizes = {"layers": config["num_hidden_layers"], "heads": config["num_attention_heads"]}
    sizes |= dict(zip(("intermediate", "hidden"), intermediate.shape))
    about = {"format": 1, "kind": "encoder", "name": options.name, "architecture": "mpnet", **sizes}
    about |= {"base": options.base, "licence": LICENCE, "source_sha256": source.sha256}
    vocabulary = np.frombuffer("\n".join(source.pieces).encode(), np.uint8)
    tensors = tensors | {"vocabulary": vocabulary}
    if options.pieces:
        moved = {name: tensors.pop(name) for name in list(tensors) if name.startswith(PIECES)}
        save_file(moved, options.pieces)
    save_file(tensors, options.out, {"framescope": json.dumps(about)})
    for path in filter(None, (options.out, options.pieces)):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def main():
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("encoder", type=Path, help="folder of the encoder")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--name", default="stance encoder", help="what the file calls itself")
    parser.add_argument("--base", default=BASE, help=f"what it was made from [{BASE}]")
    parser.add_argument("--bits", type=int, choices=(4, 8), default=4)
    parser.add_argument("--calibration", type=Path, nargs="+", help="4 bits: CSV of judged pairs")
    parser.add_argument("--rows", type=int, default=512, help="pairs that are taken of them")
    parser.add_argument("--texts", type=Path, help="CSV of articles; their pieces are kept")
    parser.add_argument("--kept", type=int, default=20_000, help="how many pieces are kept")
    parser.add_argument("--pieces", type=Path, help="file for vocabulary, embeddings, components")
    parser.add_argument("--states", type=Path, nargs="+", help="pooled states: raw rows of f32")
    options = parser.parse_args()
    if options.bits == 4 and not options.calibration:
        parser.error("4 bits need --calibration: rows like those that the encoder will read")
    source = Source.load(options.encoder)
    ids = range(len(source.pieces))
    if options.texts:
        ids = frequent_pieces(source, options.texts, options.kept)
    source = source.keep(ids)
    tensors = dict(source.tensors)
    if options.bits == 4:
        tensors = four_bits(source, inputs(source, options.calibration, options.rows))
    if options.states:
        tensors |= components(options.states, source.tensors["fc.weight"].shape[1])
    write(source, tensors, options)


if __name__ == "__main__":
    main()
