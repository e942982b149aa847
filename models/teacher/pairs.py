"""Pairs of a sentence and a mention in it, and the CSV files that hold them.

Offsets count Unicode characters, as Python's strings do.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

LABELS = ("critical", "neutral", "supportive")
LOGITS = tuple(f"logit_{label}" for label in LABELS)
COLUMNS = (
    *("id", "article_id", "text", "target", "target_start", "target_end"),
    *("further_mentions", "name_in_train", "subject", "title", "before", "about"),
)

csv.field_size_limit(1 << 24)  # whole articles stand in one field


@dataclass(frozen=True)
class Pair:
    """A sentence and the target that a stance is asked for: `text[start:end] == target`.

    Where the sentence does not name the target, `target` is empty and `subject` tells it.
    """

    id: str
    article_id: str
    text: str
    target: str
    start: int
    end: int
    further_mentions: str = ""  # of the same target: "start-end;start-end"
    name_in_train: str = ""  # "1" where the last name is a mention in the labelled file
    label: str | None = None  # one of LABELS, where somebody has judged
    subject: str = ""  # the target's name, where it is not the mention
    title: str = ""  # the article's headline
    before: str = ""  # the sentence before
    weight: float = 1.0  # how much the pair counts in training
    logits: tuple[float, ...] = ()  # a teacher's, in the order of LABELS

    @property
    def is_context(self) -> bool:
        """Whether the sentence does not name the target."""
        return not self.target


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
    """Every pair of a file; with `labelled`, every one must carry one of LABELS.

    Headline and sentence before come from the columns `title` and `before`; where there are none, from
    the file's other rows of the article, by `sentence` (1 is the headline).
    """
    needed = ["id", "text", "target", "target_start", "target_end"] + ["label"] * labelled
    rows = list(read_rows(path, needed))
    sentences = {(row.get("article_id"), row.get("sentence")): row["text"] for _, row in rows}
    return [
        with_surroundings(read_pair(f"{path}, line {line}", row), row, sentences)
        for line, row in rows
    ]


def with_surroundings(pair: Pair, row: dict[str, str], sentences: dict) -> Pair:
    """The pair with the headline and the sentence before, as far as they are known."""
    if "title" in row or not row.get("sentence"):
        return replace(pair, title=row.get("title") or "", before=row.get("before") or "")
    article, number = row.get("article_id"), int(row["sentence"])
    title = sentences.get((article, "1"), "")
    return replace(pair, title=title, before=sentences.get((article, str(number - 1)), ""))


def read_pair(place: str, row: dict[str, str]) -> Pair:
    """One row as a pair. Stops, naming the place, if a value is not what it claims."""
    subject, target = row.get("subject") or "", row["target"]
    try:
        start, end = (int(row[name] or 0) for name in ("target_start", "target_end"))
        weight = float(row.get("weight") or 1)
        logits = tuple(float(row[name]) for name in LOGITS if row.get(name))
    except (TypeError, ValueError):
        sys.exit(f"{place}: target_start, target_end, weight and logits have to be numbers")
    if row["text"][start:end] != target:
        found = row["text"][start:end]
        sys.exit(f"{place}: characters {start} to {end} are {found!r}, target is {target!r}")
    if not target and not subject:
        sys.exit(f"{place}: target is empty; a row that does not name it needs its name in `subject`")
    if len(logits) not in (0, len(LABELS)):
        sys.exit(f"{place}: {len(logits)} logits; expected {len(LABELS)} or none")
    label = row.get("label") or None
    if label not in (None, *LABELS):
        sys.exit(f"{place}: label is {label!r}, expected {', '.join(LABELS)}")
    return Pair(
        *(row["id"], row.get("article_id") or row["id"], row["text"], target, start, end),
        *(row.get("further_mentions") or "", row.get("name_in_train") or "", label),
        subject=subject,
        weight=weight,
        logits=logits,
    )


def write_pairs(path: Path, pairs: Sequence[Pair], logits: Sequence[Sequence[float]] | None = None):
    """Writes pairs in the order given, followed by their logits where there are some."""
    with writing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS + (LOGITS if logits is not None else ()))
        for at, pair in enumerate(pairs):
            place = ["", ""] if pair.is_context else [pair.start, pair.end]
            row = [pair.id, pair.article_id, pair.text, pair.target, *place]
            row += [pair.further_mentions, pair.name_in_train]
            row += [pair.subject, pair.title, pair.before]
            row += ["context" if pair.is_context else "mention"]
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
