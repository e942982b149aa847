"""Smaller encoders that learn what a teacher says: some of its layers, or a small BERT.

Sanh et al. 2019, "DistilBERT": a student begins with layers of its teacher and learns its
probabilities. Whatever it begins with, a student has the teacher's architecture and pieces, so that
`quantize.py` and Framescope read it like its teacher.
"""

import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import AutoConfig, AutoModel

from encoder import Teacher, encode, train_epoch
from pairs import Pair

SPECIAL = {"<s>": "[CLS]", "<pad>": "[PAD]", "</s>": "[SEP]", "<unk>": "[UNK]", "<mask>": "[MASK]"}
FIRST_POSITION = 2  # of MPNet; BERT's is 0
MATRICES = {  # parts of a layer: MPNet's name, BERT's name
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
    "intermediate.dense": "intermediate.dense",
    "output.dense": "output.dense",
    "output.LayerNorm": "output.LayerNorm",
}


def fewer_layers(teacher: Path, layers: int) -> Teacher:
    """The teacher with so many of its layers, evenly from the first to the last, and its head."""
    student = Teacher.load(teacher)
    of_teacher = student.m.encoder.layer
    kept = [round(at * (len(of_teacher) - 1) / (layers - 1)) for at in range(layers)]
    student.m.encoder.layer = torch.nn.ModuleList(deepcopy(of_teacher[at]) for at in kept)
    student.m.config.num_hidden_layers = layers
    print(f"begins with the layers {', '.join(str(at + 1) for at in kept)} of {len(of_teacher)}")
    return student


def from_bert(bert: Path, teacher: Path) -> Teacher:
    """A BERT written as an MPNet, below a random head.

    BERT adds the same token type to every piece, which goes into the positions, and nothing to the
    attention scores: MPNet's position bias begins at zero. Pieces that BERT lacks begin as unknown ones.
    """
    theirs = load_file(bert / "model.safetensors")
    sizes = AutoConfig.from_pretrained(bert)
    config = AutoConfig.from_pretrained(teacher)
    for name in ("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers"):
        setattr(config, name, getattr(sizes, name))
    student = Teacher(AutoModel.from_config(config))
    ours = student.m.state_dict()
    ours["encoder.relative_attention_bias.weight"].zero_()
    words, positions = (f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position"))
    ours[words].copy_(theirs[words][pieces(bert, teacher)])
    token_type = theirs["embeddings.token_type_embeddings.weight"][0]
    ours[positions][FIRST_POSITION:].copy_(theirs[positions] + token_type)
    for part in ("weight", "bias"):
        ours[f"embeddings.LayerNorm.{part}"].copy_(theirs[f"embeddings.LayerNorm.{part}"])
        for layer in range(sizes.num_hidden_layers):
            for name, bert_name in MATRICES.items():
                at = f"encoder.layer.{layer}"
                ours[f"{at}.{name}.{part}"].copy_(theirs[f"{at}.{bert_name}.{part}"])
    return student


def pieces(bert: Path, teacher: Path) -> Tensor:
    """The BERT's id of every piece of the teacher."""
    ours, theirs = ((at / "vocab.txt").read_text("utf-8").split("\n") for at in (teacher, bert))
    place = {piece: id for id, piece in enumerate(theirs)}
    unknown = place["[UNK]"]
    return torch.tensor([place.get(SPECIAL.get(piece, piece), unknown) for piece in ours if piece])


def distil(
    begin: Callable[[], Teacher], pairs: Sequence[Pair], teacher: Path, seed: int, rate: float
) -> Teacher:
    """A student taught one epoch of the pairs: by a pair's label, or else by the teacher's logits."""
    torch.manual_seed(seed)
    student, rows = begin(), encode(pairs, teacher)
    loss, seconds = train_epoch(student.train(), rows, random.Random(seed), rate)
    print(f"{len(rows)} pairs: mean loss {loss:.4f}, {seconds:.0f} s", flush=True)
    return student.eval()
