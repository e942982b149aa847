"""Takes the same articles through framescope, and through other builds of it, each run a process of
its own.

Prints the seconds of CPU time (user and system), the seconds on the clock, the peak memory and the
megabytes read per second of CPU time. See README.md beside this file.
"""

import argparse
import csv
import gzip
import os
import sys
import tempfile
from itertools import islice
from pathlib import Path

from classify import HERE, measured

FIELD = 1 << 30


def write_articles(data, n, path):
    """The first so many articles."""
    csv.field_size_limit(FIELD)
    with gzip.open(data / "articles" / "articles.csv.gz", "rt", newline="") as given:
        with open(path, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(islice(csv.reader(given), n + 1))


def programs(binaries, target, folder):
    """Name, command up to the input, and environment of each program."""
    one = {"RAYON_NUM_THREADS": "1"}
    question = ["--target", target, "--out"]
    for binary in binaries:
        name = "framescope" if len(binaries) == 1 else binary
        table = [binary, "classify", *question, str(folder / "sentences.csv")]
        page = [binary, "report", "--format", "html", *question, str(folder / "report.html")]
        yield f"{name} classify, one core", table, one
        yield f"{name} classify, all cores", table, {}
        yield f"{name} report --format html, all cores", page, {}
    yield "wc -w", ["wc", "-w"], {}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    built = str(HERE.parents[1] / "target/release/framescope")
    parser.add_argument("--binaries", nargs="+", default=[built], help="builds that take turns")
    parser.add_argument("--articles", type=int, default=15_000)
    parser.add_argument("--target", default="Trump")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    data = os.environ.get("FRAMESCOPE_DATA")
    if not data:
        sys.exit("FRAMESCOPE_DATA names no folder: nothing to read")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        articles = folder / "articles.csv"
        write_articles(Path(data), options.articles, articles)
        found = {}
        # In turn, so that all see the same neighbours; the best of the rounds is kept.
        for _ in range(options.rounds):
            for name, command, environment in programs(options.binaries, options.target, folder):
                taken = measured([*command, str(articles)], environment)
                found[name] = min(found.get(name, taken), taken)
        size = articles.stat().st_size / 1e6
        print(f"{options.articles:,} articles, {size:.1f} MB\n")
        print("| program | CPU s | wall s | MiB | MB per CPU s |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, (cpu, wall, memory) in found.items():
            print(f"| {name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {size / cpu:.1f} |")


if __name__ == "__main__":
    main()
