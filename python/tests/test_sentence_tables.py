"""Sentence tables and given predictions go where articles go."""

from __future__ import annotations

import pyarrow
import pyarrow.parquet
from conftest import ARTICLES, TARGET, TYPED, command

import framescope


def test_a_report_reads_the_table_that_classify_gives(table: framescope.Table) -> None:
    of_articles = framescope.Report(ARTICLES, TARGET).to_dict()
    of_table = framescope.Report(table).to_dict()
    assert of_table["outlets"] == of_articles["outlets"]
    shares = framescope.Report(table).shares().to_dicts()
    assert [row["count"] for row in shares] == [
        row["count"] for row in framescope.Report(ARTICLES, TARGET).shares().to_dicts()
    ]


def test_predictions_of_another_model_take_the_place_of_ours(table: framescope.Table, tmp_path: object) -> None:
    path = f"{tmp_path}/predictions.csv"
    rows = table.to_pandas().dropna(subset=["stance"])[["article_id", "sentence", "target"]]
    rows.assign(p_critical=0.8, p_neutral=0.1, p_supportive=0.1, model="theirs").to_csv(path, index=False)
    report = framescope.Report(ARTICLES, TARGET, predictions=path)
    counted = [row for row in report.shares().to_dicts() if row["label"] == "critical" and row["sentences"]]
    assert counted
    assert all(row["count"] == row["sentences"] for row in counted)
    assert "theirs" in report.to_json()


def test_parquet_of_the_command_is_the_table_of_the_package(table: framescope.Table, tmp_path: object) -> None:
    path = f"{tmp_path}/sentences.parquet"
    command("classify", ARTICLES, *TYPED, "--out", path)
    written = pyarrow.parquet.read_table(path)
    assert written.schema.field("sentence").type == pyarrow.int64()
    assert written.schema.field("p_critical").type == pyarrow.float64()
    assert written.equals(pyarrow.table(table))
