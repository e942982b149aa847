"""Classifies and reports on articles with the command and on a local Spark, and compares rows, figures and costs.

    pip install '.[spark]' && cargo build --release
    python3 benches/spark.py target/release/framescope ARTICLES.csv --target Trump --articles 15000

Says of each way what it takes on the clock and of the processor, all processes of Spark together. Ends with 1 where
rows or figures differ.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from typing import TypeVar

import pandas
import pyarrow
import pyarrow.parquet
from pyspark.sql import SparkSession

import framescope
import framescope.spark

T = TypeVar("T")
COLUMNS = ["id", "outlet", "date", "title", "text"]


class Meter(threading.Thread):
    """What this process and all below it take of the processor: looked up now and then, as what Spark ends is lost
    with its parent."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ticks: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def run(self) -> None:
        while True:
            self.cpu_seconds()
            time.sleep(0.3)

    def cpu_seconds(self) -> float:
        """Seconds so far."""
        seen = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    seen[entry.name] = (entry / "stat").read_text().rpartition(")")[2].split()

        def is_below(name: str) -> bool:
            while name in seen and name != str(os.getpid()):
                name = seen[name][1]
            return name == str(os.getpid())

        with self._lock:
            for name, fields in seen.items():
                if is_below(name):
                    self._ticks[name, fields[19]] = int(fields[11]) + int(fields[12])
            return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")


METER = Meter()


def timed(name: str, work: Callable[[], T]) -> T:
    """Does some work, and says what it takes."""
    cpu, wall = METER.cpu_seconds(), time.perf_counter()
    done = work()
    print(f"{name}: {time.perf_counter() - wall:.1f} s, {METER.cpu_seconds() - cpu:.1f} CPU s", flush=True)
    return done


def session() -> SparkSession:
    """Two cores of this machine."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = SparkSession.builder.master("local[2]").appName("framescope").config("spark.ui.enabled", "false")
    settings = settings.config("spark.driver.memory", "3g").config("spark.driver.maxResultSize", "3g")
    settings = settings.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    return settings.getOrCreate()


def main() -> int:
    """Measures, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--target", required=True)
    parser.add_argument("--articles", type=int, default=15_000, dest="n", help="the first so many")
    asked = parser.parse_args()
    articles = pandas.read_csv(asked.articles, dtype=str).fillna("").head(asked.n)[COLUMNS]
    METER.start()
    spark = session()
    spark.sparkContext.setLogLevel("OFF")
    with tempfile.TemporaryDirectory() as folder:
        given, table, figures = (Path(folder, name) for name in ("in.csv", "rows.parquet", "figures.json"))
        articles.to_csv(given, index=False)
        pyarrow.parquet.write_table(pyarrow.Table.from_pandas(articles, preserve_index=False), f"{folder}/in.parquet")
        # A file gives its rows in one order.
        df = spark.read.parquet(f"{folder}/in.parquet")

        def command(name: str, out: Path) -> None:
            typed = [asked.program, name, given, "--target", asked.target, "--out", out]
            run(typed, check=True, capture_output=True)

        print(f"{len(articles):,} articles, {given.stat().st_size / 1e6:.1f} MB")
        timed("classify, the command", lambda: command("classify", table))
        found = timed("classify, Spark", lambda: framescope.spark.classify(df, asked.target).toArrow())
        order = [("article_id", "ascending"), ("sentence", "ascending"), ("target", "ascending")]
        rows = pyarrow.parquet.read_table(table).sort_by(order)
        same_rows = rows.equals(found.select(rows.column_names).cast(rows.schema).sort_by(order))
        print(f"{rows.num_rows:,} rows; equal: {same_rows}", flush=True)
        del rows, found
        timed("report, the command", lambda: command("report", figures))
        report = timed("report, Spark", lambda: framescope.spark.report(df, asked.target))
        one, two = json.loads(figures.read_text()), report.to_dict()
        # It names the files that were read.
        differ = [name for name in one if name != "provenance" and one[name] != two[name]]
        print(f"figures equal: {not differ}", *differ, flush=True)
    return int(bool(differ) or not same_rows)


if __name__ == "__main__":
    sys.exit(main())
