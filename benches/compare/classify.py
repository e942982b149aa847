"""Classifies the same rows with framescope and with others, each a process of its own.

Prints for each number of sentences the seconds of CPU time (user and system), the seconds on the
clock and the peak memory of each program, and how many times framescope's CPU time that is. See
README.md beside this file.
"""

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = ["critical", "neutral", "supportive"]
COLUMNS = ["id", "text", "target", "target_start", "target_end"]


def silver(data):
    """The rows of silver labels, with the most probable label."""
    with gzip.open(data / "silver" / "silver.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            row["label"] = max(LABELS, key=lambda label: float(row[f"logit_{label}"]))
            yield row


def write_sentences(rows, n, path):
    """So many sentences: the rows, again and again."""
    with open(path, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for at in range(n):
            row = rows[at % len(rows)]
            table.writerow([row[column] for column in COLUMNS])


def measured(command, environment):
    """CPU seconds, seconds on the clock and peak MiB of a process."""
    launched = subprocess.run(
        [sys.executable, "-I", "-S", HERE / "measure.py", *command],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
    )
    if launched.returncode != 0:
        sys.exit(f"{command[0]} failed: {' '.join(map(str, command))}")
    return tuple(json.loads(launched.stdout))


OTHERS = ["scikit-learn", "fastText", "LIBLINEAR"]


def programs(binary, folder, others):
    """Name, command up to the input, and environment of each program."""
    python, other = sys.executable, str(HERE / "other.py")
    one = {"RAYON_NUM_THREADS": "1"}
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    framescope = [binary, "classify", "--unit", "sentence", "--out", str(folder / "out.csv")]
    yield "framescope, one core", framescope, one
    yield "framescope, all cores", framescope, {}
    for name in others:
        yield name, [python, other, "classify", name, str(folder)], threads
    yield "wc -w", ["wc", "-w"], {}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(HERE.parents[1] / "target/release/framescope"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 500_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--others", nargs="*", choices=OTHERS, default=OTHERS)
    parser.add_argument("--training", type=int, default=50_000, help="rows that others learn from")
    options = parser.parse_args()
    data = os.environ.get("FRAMESCOPE_DATA")
    if not data:
        sys.exit("FRAMESCOPE_DATA names no folder: nothing to compare with")
    rows = list(silver(Path(data)))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        compare(options, rows, folder)


def compare(options, rows, folder):
    training = folder / "train.csv"
    with open(training, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        n = min(options.training, len(rows))
        spread = (rows[at * len(rows) // n] for at in range(n))
        table.writerows([row["text"], row["label"]] for row in spread)
    for name in options.others:
        command = [sys.executable, HERE / "other.py", "train", name, folder, training]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print("| sentences | program | CPU s | wall s | MiB | × framescope's CPU |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    for n in options.sizes:
        table = folder / "sentences.csv"
        write_sentences(rows, n, table)
        found = {}
        # In turn, so that all see the same neighbours; the best of the rounds is kept.
        for _ in range(options.rounds):
            for name, command, environment in programs(options.binary, folder, options.others):
                taken = measured([*command, str(table)], environment)
                found[name] = min(found.get(name, taken), taken)
        ours = found["framescope, one core"][0]
        for name, (cpu, wall, memory) in found.items():
            print(f"| {n:,} | {name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {cpu / ours:.1f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
