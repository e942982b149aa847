"""The encoder's speed and score beside onnxruntime with the same weights, on one core.

    cargo build --release
    python benches/compare/encoder.py FOLDER [--rows 400] [--framescope target/release/framescope]
    python benches/compare/encoder.py FOLDER --export FILE.onnx

FOLDER (or FRAMESCOPE_DATA) holds `encoder`, the encoder with 8 bits a weight, and `newsmtsc/dev.csv`; neither is
part of the project. onnxruntime gets the encoder as a graph that this script writes: in single precision, with 8 bits
and one scale for a whole tensor of activations (its dynamic quantisation), and with 4 bits in blocks of 32
(MatMulNBits, activations at 8 bits in the same blocks). Sentences of equal length go through it eight at a time,
so nothing is padded. Its time is the forward pass alone. framescope's is the whole command, with reading, voices, the
decoding of its 4-bit file and the table, less that of the command for one sentence.
"""

import argparse
import csv
import itertools
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from safetensors.numpy import load_file
from sklearn.metrics import f1_score
from tokenizers import Tokenizer

sys.path.append("models/teacher")
import mpnet  # noqa: E402

LABELS = ["critical", "neutral", "supportive"]  # in the order of the encoder's head
HIDDEN, LAYERS, LONGEST, TOGETHER = 768, 12, 256, 8
START, END = 0, 2


def weights(folder):
    """Every tensor in single precision."""
    stored = load_file(folder / "encoder.safetensors")
    return {
        name: array * stored[f"{name}.scale"][:, None] if f"{name}.scale" in stored else array.astype(np.float32)
        for name, array in stored.items()
        if not name.endswith(".scale")
    }


class Graph:
    """Nodes and weights of an ONNX graph, written down one operation at a time."""

    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], itertools.count()

    def constant(self, array):
        name = f"w{next(self.count)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def __call__(self, operation, *inputs, **attributes):
        output = f"x{next(self.count)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], name=f"n{output}", **attributes))
        return output


def export(tensors, path):
    """Writes the graph: `ids` and `positions` (rows, pieces), `bias` (heads, pieces, pieces) to `states`."""
    graph = Graph()

    def linear(x, name):
        product = graph("MatMul", x, graph.constant(tensors[f"{name}.weight"].T))
        return graph("Add", product, graph.constant(tensors[f"{name}.bias"]))

    def norm(x, name):
        learnt = [graph.constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias")]
        return graph("LayerNormalization", x, *learnt, axis=-1, epsilon=mpnet.EPSILON)

    def embed(kind, ids):
        return graph("Gather", graph.constant(tensors[f"m.embeddings.{kind}_embeddings.weight"]), ids)

    split = graph.constant(np.array([0, 0, mpnet.HEADS, HIDDEN // mpnet.HEADS]))
    join = graph.constant(np.array([0, 0, HIDDEN]))
    root = graph.constant(np.float32(np.sqrt(HIDDEN / mpnet.HEADS)))
    x = norm(graph("Add", embed("word", "ids"), embed("position", "positions")), "m.embeddings.LayerNorm")
    for layer in range(LAYERS):
        at = f"m.encoder.layer.{layer}"
        q, k, v = (
            graph("Transpose", graph("Reshape", linear(x, f"{at}.attention.attn.{part}"), split), perm=order)
            for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3]))
        )
        scores = graph("Add", graph("Div", graph("MatMul", q, k), root), "bias")
        mixed = graph("Transpose", graph("MatMul", graph("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        mixed = linear(graph("Reshape", mixed, join), f"{at}.attention.attn.o")
        x = norm(graph("Add", mixed, x), f"{at}.attention.LayerNorm")
        inner = graph("Gelu", linear(x, f"{at}.intermediate.dense"))
        x = norm(graph("Add", linear(inner, f"{at}.output.dense"), x), f"{at}.output.LayerNorm")
    graph.nodes.append(helper.make_node("Identity", [x], ["states"]))
    value = helper.make_tensor_value_info
    inputs = [
        value("ids", TensorProto.INT64, ["rows", "pieces"]),
        value("positions", TensorProto.INT64, ["rows", "pieces"]),
        value("bias", TensorProto.FLOAT, [mpnet.HEADS, "pieces", "pieces"]),
    ]
    outputs = [value("states", TensorProto.FLOAT, ["rows", "pieces", HIDDEN])]
    made = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.initializers)
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def read_rows(folder, n_rows):
    """The first rows of the development split, as they stand."""
    with open(folder / "newsmtsc/dev.csv", newline="") as file:
        return list(csv.DictReader(file))[:n_rows]


def cut(rows, tokenizer):
    """For each row the pieces of both segments, and which are the target's and the sentence's."""
    for row in rows:
        start, end = int(row["target_start"]), int(row["target_end"])
        first = tokenizer.encode(row["text"], add_special_tokens=False)
        second = tokenizer.encode(row["text"][start:end], add_special_tokens=False).ids
        kept = LONGEST - 4 - len(second)
        target = [1 + i for i, (a, b) in enumerate(first.offsets[:kept]) if a < end and b > start]
        ids = [START, *first.ids[:kept], END, END, *second, END]
        yield np.array(ids), target, range(1, 1 + len(first.ids[:kept]))


def through(session, inputs, tensors, names):
    """Labels, and the CPU seconds of the forward passes."""
    table = tensors["m.encoder.relative_attention_bias.weight"]
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i][0]))
    labels, seconds = [""] * len(inputs), 0.0
    for length, alike in itertools.groupby(order, key=lambda i: len(inputs[i][0])):
        bias = mpnet.position_bias(table, length).astype(np.float32)
        for batch in batches(alike):
            ids = np.stack([inputs[i][0] for i in batch])
            positions = np.broadcast_to(np.arange(length) + mpnet.FIRST_POSITION, ids.shape).copy()
            begin = time.process_time()
            (states,) = session.run(None, {"ids": ids, "positions": positions, "bias": bias})
            seconds += time.process_time() - begin
            for i, row in zip(batch, states):
                _, target, sentence = inputs[i]
                pooled = np.concatenate([row[0], row[target].mean(axis=0), row[list(sentence)].mean(axis=0)])
                labels[i] = names[int(np.argmax(tensors["fc.weight"] @ pooled + tensors["fc.bias"]))]
    return labels, seconds


def batches(items):
    """The items in groups of `TOGETHER`."""
    items = list(items)
    return [items[i : i + TOGETHER] for i in range(0, len(items), TOGETHER)]


def session(path):
    """The graph, ready to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def framescope(program, rows, folder):
    """Labels, and the command's CPU seconds."""
    path, table = Path(folder, "rows.csv"), Path(folder, "table.csv")
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    command = [program, "classify", path, "--unit", "sentence", "--reader", "encoder", "--out", table]
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    after = os.times()
    seconds = sum(after[2:4]) - sum(before[2:4])
    with open(table, newline="") as file:
        return [row["stance"] for row in csv.DictReader(file)], seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("FRAMESCOPE_DATA"))
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--export", type=Path, help="write the graph in single precision and stop")
    parser.add_argument("--framescope", default="target/release/framescope")
    arguments = parser.parse_args()
    if arguments.folder is None:
        raise SystemExit("name the folder of data, or set FRAMESCOPE_DATA; without it nothing is measured")
    logging.disable(logging.WARNING)
    folder = Path(arguments.folder)
    tensors = weights(folder / "encoder")
    if arguments.export:
        return export(tensors, arguments.export)
    rows = read_rows(folder, arguments.rows)
    truth = [row["label"] for row in rows]
    tokenizer = Tokenizer.from_file(str(folder / "encoder/tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    inputs = list(cut(rows, tokenizer))
    mean = np.mean([len(ids) for ids, _, _ in inputs])
    print(f"{len(rows)} rows of newsmtsc's development split, {mean:.0f} pieces on average, one core")
    print(f"{'':44}{'sentences a second':>20}{'macro-F1':>10}")

    def line(name, labels, seconds):
        score = f1_score(truth, labels, average="macro")
        print(f"{name:44}{len(rows) / seconds:20.1f}{100 * score:10.1f}", flush=True)

    with tempfile.TemporaryDirectory() as place:
        single, eight, four = (Path(place, f"{name}.onnx") for name in ("single", "eight", "four"))
        export(tensors, single)
        quantize_dynamic(single, eight, weight_type=QuantType.QInt8, per_channel=True)
        blocks = MatMulNBitsQuantizer(onnx.load(single), block_size=32, is_symmetric=True, accuracy_level=4)
        blocks.process()
        blocks.model.save_model_to_file(str(four))
        for name, path in (
            ("onnxruntime, single precision", single),
            ("onnxruntime, 8 bits, a scale a tensor", eight),
            ("onnxruntime, 4 bits in blocks of 32", four),
        ):
            line(name, *through(session(path), inputs, tensors, LABELS))
        _, start = framescope(arguments.framescope, rows[:1], place)
        labels, seconds = framescope(arguments.framescope, rows, place)
        line("framescope, 4 bits read as 8, a scale a token", labels, seconds - start)


if __name__ == "__main__":
    main()
