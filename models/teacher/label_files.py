"""Brings pairs of whole articles, judged or labelled by a teacher, into the files that `framescope train`
reads.

    python label_files.py newsmtsc.csv --weight 2 --shares 0.28 0.56 0.16 --rest rest.csv --out gold.csv
    python label_files.py pairs.csv.gz --weight 2 --context-weight 1.5 --temperature 1.5 \\
        --train train.csv gold.csv --held-out dev.csv --out silver.csv.gz

Rows with neither label nor logits are left out, and so is the coder: two subjects of one sentence that
does not name them would be taken for two codes of one row. `about` = context means that the sentence
does not name its target: the target is emptied, and the sentence counts whole. `--train` and `--held-out`
leave out sentences that share eight words in a row with the first files, six with the second.

With `--shares`, as many judged rows as can have these shares of critical, neutral and supportive go to
`--out`, drawn by id, and the others to `--rest`, in the form of `--silver`. `train` learns from both and
calibrates by the first alone, so that its probabilities are those of a corpus with such shares.
"""

import argparse
import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from mentions import HELD_OUT_RUN, TRAIN_RUN, word_runs, words
from pairs import LABELS, LOGITS, read_rows, writing

PLACE = ("target", "target_start", "target_end")
COLUMNS = ("id", "article_id", "outlet", "date", "text", *PLACE, "subject", "weight")


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


def drawn(rows: Sequence[dict[str, str]], shares: Sequence[float]) -> set[str]:
    """The ids of as many judged rows as have these shares of LABELS, drawn by a hash of the id."""
    of_label = {label: [row["id"] for row in rows if row.get("label") == label] for label in LABELS}
    whole = min(len(of_label[label]) / share for label, share in zip(LABELS, shares))
    kept = {
        label: sorted(ids, key=lambda id: hashlib.sha256(id.encode()).hexdigest())
        for label, ids in of_label.items()
    }
    return {id for label, share in zip(LABELS, shares) for id in kept[label][: round(whole * share)]}


def as_silver(row: dict[str, str]) -> dict[str, str | int]:
    """The row with certainties instead of its label."""
    shares = {f"p_{label}": int(row["label"] == label) for label in LABELS}
    return {column: value for column, value in row.items() if column != "label"} | shares


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
    parser.add_argument("--shares", type=float, nargs=3, help=f"of {', '.join(LABELS)}")
    parser.add_argument("--rest", type=Path, help="where the other judged rows go")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if (given.shares is None) != (given.rest is None):
        parser.error("--shares and --rest go together")
    rows = list(converted(given))
    if given.shares is None:
        write(given.out, rows)
        return
    kept = drawn(rows, given.shares)
    write(given.out, [row for row in rows if row["id"] in kept])
    write(given.rest, [as_silver(row) for row in rows if row["id"] not in kept])


if __name__ == "__main__":
    main()
