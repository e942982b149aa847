"""The package on a real local Spark. Skips where PySpark or Java is missing: `pip install '.[spark]'`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas
import pyarrow
import pytest
from conftest import ARTICLES, ROOT, TARGET, run_cells

import framescope

pytest.importorskip("pyspark", reason="PySpark is missing")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is missing", allow_module_level=True)

from pyspark.sql import SparkSession

import framescope.spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    # Spark would start another Python than this one.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = SparkSession.builder.master("local[2]").appName("framescope")
    settings = settings.config("spark.sql.shuffle.partitions", "10").config("spark.ui.enabled", "false")
    # Where a machine does not reach itself by its address.
    settings = settings.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = settings.getOrCreate()
    yield session
    session.stop()


def articles() -> pandas.DataFrame:
    """The demo articles; what one outlet prints twice, what has no text, and what is in no English."""
    frame = pandas.read_csv(ARTICLES, dtype=str).fillna("")
    again = frame.iloc[[2]].assign(id="again")
    without = frame.iloc[[3]].assign(id="without", text="n/a")
    foreign = frame.iloc[[4]].assign(id="foreign", text="Der Damm ist alt, und niemand weiß, ob er hält. " * 9)
    return pandas.concat([frame, again, without, foreign], ignore_index=True)


@pytest.fixture(scope="module")
def df(session: SparkSession) -> DataFrame:
    rows = pyarrow.Table.from_pandas(articles(), preserve_index=False)
    return session.createDataFrame(rows).coalesce(1).persist()


def rows(found: Any) -> list[dict[str, Any]]:
    """The rows of a sentence table in the order of articles."""
    return sorted(
        pyarrow.table(found).to_pylist(), key=lambda row: (row["article_id"], row["sentence"], row["target"])
    )


def test_sentences_are_those_of_one_machine(df: DataFrame) -> None:
    found = framescope.spark.classify(df, [TARGET]).toArrow()
    assert rows(found) == rows(framescope.classify(articles(), [TARGET]))


def test_a_report_is_that_of_one_machine(df: DataFrame) -> None:
    found = framescope.spark.report(df, [TARGET]).to_dict()
    whole = framescope.Report(articles(), [TARGET]).to_dict()
    assert {**found, "provenance": None} == {**whole, "provenance": None}


def test_text_is_shared_across_parts_by_its_keys(df: DataFrame) -> None:
    apart = framescope.spark.classify(df, [TARGET], together="id").toArrow().to_pylist()
    assert not any(row["shared_with"] for row in apart)
    found = framescope.spark.classify(df, [TARGET], together="id", everywhere=True).toArrow()
    expected = [row["shared_with"] for row in rows(framescope.classify(articles(), [TARGET]))]
    assert [row["shared_with"] for row in rows(found)] == expected
    assert any(expected)


def test_labels_and_selections(df: DataFrame) -> None:
    options = {"outlet": ["Northway Wire", "Ostrey Beacon"], "from": "2031-06"}
    audit = framescope.sample(articles(), [TARGET], per_outlet=6, **options).to_pandas()
    audit["label"], audit["coder"] = "neutral", "ann"
    found = framescope.spark.report(df, [TARGET], labels=audit, **options).to_dict()
    whole = framescope.Report(articles(), [TARGET], labels=audit, **options).to_dict()
    assert found["targets"] == whole["targets"]


def test_the_page_runs_and_prints_what_it_shows(session: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run_cells("clusters.md", "Spark") == 2


def test_what_cannot_be_read_is_said(df: DataFrame) -> None:
    with pytest.raises(framescope.FramescopeError, match="no column of ids"):
        framescope.spark.classify(df.drop("id"), [TARGET])
    with pytest.raises(Exception, match="no column `text`"):
        framescope.spark.classify(df.drop("text", "title"), [TARGET])
