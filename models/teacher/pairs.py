"""Pairs of a sentence and a mention in it, and the CSV files that hold them.

Offsets count Unicode characters, as Python's strings do.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

LABELS = ("critical", "neutral", "supportive")
LOGITS = tuple(f"logit_{label}" for label in LABELS)
COLUMNS = (
    *("id", "article_id", "text", "target", "target_start", "target_end"),
    *("further_mentions", "name_in_train"),
)

csv.field_size_limit(1 << 24)  # whole articles stand in one field


@dataclass(frozen=True)
class Pair:
    """A sentence and the mention that a stance is asked for: `text[start:end] == target`."""

    id: str
    article_id: str
    text: str
    target: str
    start: int
    end: int
    further_mentions: str = ""  # of the same target: "start-end;start-end"
    name_in_train: str = ""  # "1" where the last name is a mention in the labelled file
    label: str | None = None  # one of LABELS, where somebody has judged


def reading(path: Path) -> TextIO:
    """A text file, unpacked if its name ends in .gz, with the line ends left to `csv`."""
    open_it = gzip.open if path.suffix == ".gz" else open
    return open_it(path, "rt", encoding="utf-8-sig", newline="")


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """The same for writing. The file gets its name when it is whole, and holds no time stamp."""
    unfinished = path.with_name(path.name + ".unfinished")
    with open(unfinished, "wb") as raw:
        packed = gzip.GzipFile("", "wb", 6, raw, mtime=0) if path.suffix == ".gz" else raw
        with TextIOWrapper(packed, encoding="utf-8", newline="") as file:
            yield file
    unfinished.replace(path)


def read_rows(path: Path, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with the line it ends on. Stops if a column is missing."""
    with reading(path) as file:
        reader = csv.DictReader(file)
        found = reader.fieldnames or []
        missing = [column for column in needed if column not in found]
        if missing:
            sys.exit(
                f"{path}: no column {', '.join(missing)}; found {', '.join(found) or 'nothing'}"
            )
        for row in reader:
            yield reader.line_num, row


def read_pairs(path: Path, *, labelled: bool = False) -> list[Pair]:
    """Every pair of a file; with `labelled`, every one must carry one of LABELS."""
    needed = ["id", "text", "target", "target_start", "target_end"] + ["label"] * labelled
    return [read_pair(f"{path}, line {line}", row) for line, row in read_rows(path, needed)]


def read_pair(place: str, row: dict[str, str]) -> Pair:
    """One row as a pair. Stops, naming the place, if offsets or label are not what they claim."""
    try:
        start, end = int(row["target_start"]), int(row["target_end"])
    except (TypeError, ValueError):
        sys.exit(f"{place}: target_start and target_end have to be whole numbers")
    if row["text"][start:end] != row["target"]:
        found = row["text"][start:end]
        sys.exit(f"{place}: characters {start} to {end} are {found!r}, target is {row['target']!r}")
    label = row.get("label") or None
    if label not in (None, *LABELS):
        sys.exit(f"{place}: label is {label!r}, expected {', '.join(LABELS)}")
    return Pair(
        *(row["id"], row.get("article_id") or row["id"], row["text"], row["target"], start, end),
        *(row.get("further_mentions") or "", row.get("name_in_train") or "", label),
    )


def write_pairs(path: Path, pairs: Sequence[Pair], logits: Sequence[Sequence[float]] | None = None):
    """Writes pairs in the order given, followed by their logits where there are some."""
    with writing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS + (LOGITS if logits is not None else ()))
        for at, pair in enumerate(pairs):
            row = [pair.id, pair.article_id, pair.text, pair.target, pair.start, pair.end]
            row += [pair.further_mentions, pair.name_in_train]
            row += [f"{logit:.3f}" for logit in logits[at]] if logits is not None else []
            writer.writerow(row)


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean over LABELS of 2·hits / (gold + predicted).

    >>> round(macro_f1(["critical", "neutral", "neutral"], ["critical", "critical", "neutral"]), 3)
    0.444
    """
    hits = [sum(g == p == label for g, p in zip(gold, predicted)) for label in LABELS]
    named = [list(gold).count(label) + list(predicted).count(label) for label in LABELS]
    return sum(2 * hit / max(1, n) for hit, n in zip(hits, named)) / len(LABELS)
