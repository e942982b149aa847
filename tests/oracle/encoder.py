"""Recorded features of the built-in encoder, computed with activations in single precision: encoder.json.

Run with Python 3.11.7, numpy 2.4.6, safetensors 0.8.0, tokenizers 0.23.3. The weights are those of
models/encoder*.safetensors, decoded here by their description; the pieces are cut by Hugging Face's
tokenizers; the forward pass is that of models/teacher/mpnet.py. It writes encoder.json beside itself.
"""
import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "models/teacher"))

import mpnet

CASES = [
    # sentence, mention or None, subject, headline, sentence before
    ("Engineers praised the new tidal barrier.", "tidal barrier", "", "", ""),
    ("“It’s a façade,” said Zoë Brontë of the co-operative’s £40m scheme!", "scheme", "the barrier", "", ""),
    ("Nobody had asked them.", None, "the barrier", "Barrier vote delayed", "The council put it off."),
]


def weights(tensors, name):
    scale = tensors[name + ".scale"][:, None]
    if name in tensors:
        return tensors[name] * scale
    halves = lambda t: np.stack([t & 15, t >> 4], axis=-1).reshape(len(t), -1)
    codes, blocks = halves(tensors[name + ".codes"]), halves(tensors[name + ".blocks"])
    return tensors["levels"][np.repeat(blocks, 32, axis=1), codes] * scale


def main():
    tensors = load_file(ROOT / "models/encoder.safetensors") | load_file(ROOT / "models/encoder-pieces.safetensors")
    pieces = bytes(tensors["vocabulary"]).decode().split("\n")
    cutter = Tokenizer(models.WordPiece({piece: at for at, piece in enumerate(pieces)}, unk_token="[UNK]"))
    cutter.normalizer, cutter.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    m = lambda name: weights(tensors, name).astype(np.float32)
    linear = lambda name, x: x @ m(f"{name}.weight").T + tensors[f"{name}.bias"]
    norm = lambda name, x: mpnet.layer_norm(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"])
    table = m("m.encoder.relative_attention_bias.weight")
    found = []
    for sentence, mention, subject, title, before in CASES:
        name = subject or mention
        second = name if mention else f"{name} | {title} | {before}"
        first, rest = cutter.encode(sentence, add_special_tokens=False), cutter.encode(second, add_special_tokens=False)
        ids = [0, *first.ids, 2, 2, *rest.ids, 2]
        if mention:
            start = sentence.index(mention)
            end = start + len(mention)
            target = [1 + at for at, (a, b) in enumerate(first.offsets) if a < end and b > start]
        else:
            target = [len(first.ids) + 3 + at for at, (a, _) in enumerate(rest.offsets) if a < len(name)]
        x = m("m.embeddings.word_embeddings.weight")[ids]
        x = norm("m.embeddings.LayerNorm", x + m("m.embeddings.position_embeddings.weight")[2 : len(ids) + 2])
        for layer in range(12):
            at = f"m.encoder.layer.{layer}."
            q, k, v = (linear(f"{at}attention.attn.{part}", x) for part in "qkv")
            mixed = mpnet.attention(q, k, v, [len(ids)], table)
            x = norm(f"{at}attention.LayerNorm", x + linear(f"{at}attention.attn.o", mixed))
            inner = mpnet.gelu(linear(f"{at}intermediate.dense", x))
            x = norm(f"{at}output.LayerNorm", x + linear(f"{at}output.dense", inner))
        pooled = np.concatenate([x[0], x[target].mean(axis=0), x[1 : len(first.ids) + 1].mean(axis=0)])
        features = tensors["pool.components"] @ (pooled - tensors["pool.mean"])
        found.append(dict(sentence=sentence, mention=mention, subject=subject, title=title, before=before,
                          features=[round(float(feature), 4) for feature in features]))
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in found)
    pathlib.Path(__file__).with_suffix(".json").write_text('{"cases": [\n' + lines + "\n]}\n", encoding="utf-8")


main()
