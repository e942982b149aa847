"""Classifies the same rows with the command and with the Python package, and beside them scikit-learn in the same
Python.

The command is a process that reads a CSV file and writes one. In Python an Arrow table stands in memory before the
clock starts, and another one, with labels and probabilities, when it stops; Python and modules are imported before.
Prints the seconds of CPU time (user and system), the least of several rounds in turn, on the clock, and how many times
the CPU time of the command that is. See README.md beside this file.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from articles import write_articles
from classify import HERE, measured, silver, write_sentences
from other import ScikitLearn

PACKAGE, SCIKIT_LEARN = "framescope.classify, Arrow in and out", "scikit-learn, Arrow in and out"


def of_scikit_learn(pipeline, rows):
    """The rows with labels and probabilities of a pipeline."""
    import numpy
    import pyarrow

    shares = pipeline.predict_proba(rows.column("text").to_pylist())
    labels = pipeline.classes_[numpy.argmax(shares, axis=1)]
    rows = rows.append_column("label", pyarrow.array(labels))
    for at, label in enumerate(pipeline.classes_):
        rows = rows.append_column(f"p_{label}", pyarrow.array(shares[:, at]))
    return rows


def inside(way, folder, kind, target):
    """One way, in this process: prints its CPU seconds and seconds on the clock, and its number of rows."""
    import pyarrow.parquet

    import framescope

    rows = pyarrow.parquet.read_table(folder / f"{kind}.parquet")
    if way == SCIKIT_LEARN:
        pipeline = pickle.loads((folder / "scikit-learn").read_bytes())
    cpu, wall = time.process_time(), time.perf_counter()
    if way == SCIKIT_LEARN:
        found = of_scikit_learn(pipeline, rows)
    elif kind == "sentences":
        found = pyarrow.table(framescope.classify(rows, unit="sentence"))
    else:
        found = pyarrow.table(framescope.classify(rows, target))
    print(json.dumps([time.process_time() - cpu, time.perf_counter() - wall, found.num_rows]))


def asked(way, folder, kind, target):
    """CPU seconds, seconds on the clock and number of rows of a way, in a new Python."""
    typed = [sys.executable, __file__, "--inside", way, str(folder), kind, target]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} if way == SCIKIT_LEARN else {}
    done = subprocess.run(typed, env={**os.environ, **threads}, stdout=subprocess.PIPE, check=True)
    return tuple(json.loads(done.stdout))


def compare(options, folder, kind):
    """Prints the table of sentences, or of articles."""
    import pyarrow.csv
    import pyarrow.parquet

    table, out = folder / f"{kind}.csv", folder / "out.csv"
    # Texts stand on several lines, and as text in every cell.
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    names = table.open().readline().strip().split(",")
    converting = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string()))
    reading = pyarrow.csv.ReadOptions(block_size=1 << 26)
    rows = pyarrow.csv.read_csv(table, parse_options=parsing, convert_options=converting, read_options=reading)
    pyarrow.parquet.write_table(rows, folder / f"{kind}.parquet")
    typed = [options.binary, "classify", str(table), "--out", str(out)]
    typed += ["--unit", "sentence"] if kind == "sentences" else ["--target", options.target]
    ways = [PACKAGE, SCIKIT_LEARN] if kind == "sentences" else [PACKAGE]
    found = {}
    for _ in range(options.rounds):
        taken = measured(typed, {})[:2]
        found["the command"] = min(found.get("the command", taken), taken)
        for way in ways:
            *taken, n_rows = asked(way, folder, kind, options.target)
            found[way] = min(found.get(way, tuple(taken)), tuple(taken))
            print(f"{way}: {taken[0]:.2f} CPU s, {n_rows:,} rows", file=sys.stderr, flush=True)
    print(f"\n{rows.num_rows:,} {kind}\n\n| way | CPU s | wall s | × the command's CPU |\n| --- | ---: | ---: | ---: |")
    for name, (cpu, wall) in found.items():
        print(f"| {name} | {cpu:.2f} | {wall:.2f} | {cpu / found['the command'][0]:.2f} |")
    sys.stdout.flush()


def main():
    if sys.argv[1:2] == ["--inside"]:
        return inside(sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(HERE.parents[1] / "target/release/framescope"))
    parser.add_argument("--sentences", type=int, default=500_000)
    parser.add_argument("--articles", type=int, default=15_000)
    parser.add_argument("--target", default="Trump")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--training", type=int, default=50_000, help="rows that scikit-learn learns from")
    options = parser.parse_args()
    data = os.environ.get("FRAMESCOPE_DATA")
    if not data:
        sys.exit("FRAMESCOPE_DATA names no folder: nothing to compare with")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        rows = list(silver(Path(data)))
        write_sentences(rows, options.sentences, folder / "sentences.csv")
        n = min(options.training, len(rows))
        spread = [rows[at * len(rows) // n] for at in range(n)]
        texts, labels = zip(*((row["text"], row["label"]) for row in spread))
        ScikitLearn().train(texts, labels, folder)
        del rows, spread, texts, labels
        compare(options, folder, "sentences")
        write_articles(Path(data), options.articles, folder / "articles.csv")
        compare(options, folder, "articles")


if __name__ == "__main__":
    main()
