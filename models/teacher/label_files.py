"""Brings pairs of whole articles, judged or labelled by a teacher, into the files that `framescope train`
reads.

    python label_files.py subjects.csv --weight 2 --keep-neutral 0.55 --rest rest.csv --out gold.csv
    python label_files.py pairs.csv.gz --weight 2 --context-weight 1.5 --temperature 1.5 \\
        --train train.csv gold.csv --held-out dev.csv --out silver.csv.gz

Rows with neither label nor logits are left out, and so is the coder: two subjects of one sentence that
does not name them would be taken for two codes of one row. `about` = context means that the sentence
does not name its target: the target is emptied, and the sentence counts whole. `--train` and `--held-out`
leave out sentences that share eight words in a row with the first files, six with the second.

With `--keep-neutral`, so large a share of the judged neutral rows goes to `--out`, drawn by id, and the
others to `--rest`, in the form of `--silver`. `train` learns from both and calibrates by the first alone,
so that the model gives the rarer labels more often than a corpus as it falls would have it.
"""

import argparse
import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from mentions import HELD_OUT_RUN, TRAIN_RUN, word_runs, words
from pairs import LABELS, LOGITS, read_rows, writing

PLACE = ("target", "target_start", "target_end")
COLUMNS = ("id", "article_id", "outlet", "date", "text", *PLACE, "weight")


def forbidden(paths: Sequence[Path], length: int) -> set[tuple[str, ...]]:
    """Every run of so many words in the texts of some files, line by line."""
    runs = set()
    for path in paths:
        for _, row in read_rows(path, ["text"]):
            lines = (line for line in row["text"].splitlines() if len(words(line)) >= length)
            runs.update(*(word_runs(line, length) for line in lines))
    return runs


def converted(given: argparse.Namespace) -> Iterator[dict[str, str]]:
    """The rows that are kept, as `framescope train` reads them."""
    runs = {
        length: forbidden(paths, length)
        for length, paths in [(TRAIN_RUN, given.train), (HELD_OUT_RUN, given.held_out)]
    }
    for _, row in read_rows(given.input, ["id", "article_id", "text", *PLACE]):
        if any(word_runs(row["text"], length) & found for length, found in runs.items()):
            continue
        is_context = row.get("about") == "context"
        weight = given.context_weight if is_context else given.weight
        kept = {column: row.get(column) or "" for column in COLUMNS}
        kept["weight"] = f"{given.weight if weight is None else weight:g}"
        kept |= dict.fromkeys(PLACE, "") if is_context else {}
        if row.get("label"):
            yield kept | {"label": row["label"]}
        elif row.get(LOGITS[0]):
            yield kept | {name: f"{float(row[name]) / given.temperature:.3f}" for name in LOGITS}


def is_drawn(row: dict[str, str], share: float) -> bool:
    """Whether a row is in a share of all that depends on its id alone."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest()[:8], 16) < share * 16**8


def without_label(row: dict[str, str]) -> dict[str, str]:
    return {column: value for column, value in row.items() if column != "label"}


def write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with writing(path) as file:
        table = csv.DictWriter(file, rows[0].keys() if rows else COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input", type=Path)
    parser.add_argument("--weight", type=float, default=1.0, help="of every row")
    parser.add_argument("--context-weight", type=float, help="of those that name no target")
    parser.add_argument("--temperature", type=float, default=1.0, help="divides the logits")
    parser.add_argument("--train", type=Path, nargs="*", default=[], help="what is learnt from")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="what measures")
    parser.add_argument("--keep-neutral", type=float, default=1.0, help="share of neutral rows")
    parser.add_argument("--rest", type=Path, help="where the other neutral rows go")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.keep_neutral < 1 and given.rest is None:
        parser.error("--keep-neutral needs --rest")
    gold, rest = [], []
    for row in converted(given):
        is_gold = row.get("label") != "neutral" or is_drawn(row, given.keep_neutral)
        (gold if is_gold else rest).append(row)
    write(given.out, gold)
    if given.rest:
        shares = {f"p_{label}": int(label == "neutral") for label in LABELS}
        write(given.rest, [without_label(row) | shares for row in rest])


if __name__ == "__main__":
    main()
