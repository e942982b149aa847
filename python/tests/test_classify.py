"""``classify`` and the tables that go in and come out."""

from __future__ import annotations

import csv
import io
import pickle
import warnings

import pandas
import polars
import pyarrow
import pytest
from conftest import ARTICLES, ROOT, TARGET, TYPED, command

import framescope
from framescope import FramescopeWarning


def as_written(value: object) -> str:
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def test_the_figures_are_the_commands(table: framescope.Table) -> None:
    written = list(csv.DictReader(io.StringIO(command("classify", ARTICLES, *TYPED))))
    rows = table.to_dicts()
    assert table.column_names == list(written[0])
    assert len(rows) == len(written) > 200
    for row, line in zip(rows, written, strict=True):
        for name, value in row.items():
            if isinstance(value, float):
                assert value == pytest.approx(float(line[name]), abs=1e-4)
            else:
                # Spreadsheets must not run what begins like a formula.
                assert as_written(value) in (line[name], line[name].removeprefix("'"))


def test_every_kind_of_data_is_read_alike(table: framescope.Table) -> None:
    frame = pandas.read_csv(ARTICLES, dtype=str, keep_default_na=False)
    arrow = pyarrow.Table.from_pandas(frame, preserve_index=False)
    kinds = [
        str(ARTICLES), [ARTICLES], frame, polars.from_pandas(frame), arrow, arrow.to_reader(max_chunksize=4),
        arrow.to_pylist(), frame.to_dict("list"), frame.astype({"outlet": "category"}),
        arrow.set_column(2, "date", arrow.column("date").cast(pyarrow.date32())),
    ]  # fmt: skip
    for data in kinds:
        assert framescope.classify(data, TARGET).to_dicts() == table.to_dicts(), type(data)


def test_columns_have_their_usual_names_or_those_that_are_given(table: framescope.Table) -> None:
    frame = polars.read_csv(ARTICLES, infer_schema=False)
    renamed = frame.rename({"outlet": "Newspaper", "text": "Full text", "title": "headline"})
    with pytest.warns(FramescopeWarning, match="the text is read from the column `Full text`"):
        found = framescope.classify(renamed, TARGET)
    assert found.to_dicts() == table.to_dicts()
    renamed = frame.rename({"text": "words"})
    without = renamed.drop("title")
    with pytest.raises(framescope.FramescopeError, match="<articles>: no column `text`, found `id`"):
        framescope.classify(without, TARGET)
    assert framescope.classify(renamed, TARGET, column={"text": "words"}).to_dicts() == table.to_dicts()


def test_tables_go_everywhere(table: framescope.Table) -> None:
    arrow = pyarrow.table(table)
    assert arrow.num_rows == len(table)
    assert arrow.schema.field("p_critical").type == pyarrow.float64()
    assert arrow.schema.field("start").type == pyarrow.int64()
    arrow.validate(full=True)
    frame = table.to_pandas()
    assert frame.loc[frame.about == "none", "stance"].isna().all()
    assert table.to_polars().height == len(frame) == len(table)
    again = pickle.loads(pickle.dumps(table))
    assert again.to_dicts() == table.to_dicts()
    assert pyarrow.table(again).schema == arrow.schema
    assert "<table" in table._repr_html_()


def test_single_sentences_are_classified() -> None:
    rows = [{"text": "Critics mocked Mayor Ruiz.", "target": "Mayor Ruiz", "note": "7"}]
    found = framescope.classify(rows, unit="sentence").to_dicts()
    assert found[0]["stance"] == "critical"
    assert found[0]["note"] == "7"
    assert found[0]["p_critical"] > 0.5


def test_other_languages_are_left_out_and_said() -> None:
    french = "Le maire a dit que la digue est une honte pour la ville, et que les gens sont en colère. " * 4
    english = "The mayor said that the barrier is a disgrace to the town, and that people are angry."
    with pytest.warns(FramescopeWarning, match="1 article is not in English"):
        rows = framescope.classify([{"text": french}, {"text": english}], "the barrier").to_dicts()
    assert {row["article_id"] for row in rows} == {"articles-2"}


@pytest.mark.parametrize(
    ("data", "targets", "options", "message"),
    [
        ([], "x", {}, "no articles: there is no row in it"),
        ([{"text": "a"}], "…", {}, "'…' holds no word"),
        ([{"text": "a"}], ["x", "x"], {}, "'x' is given twice"),
        ([{"text": ""}], "x", {}, "<articles>, line 1: no article: neither title nor text"),
        ([{"text": "a\0b"}], "x", {}, "line 1: a NUL in the column `text`"),
        ("none.csv", "x", {}, "cannot read none.csv"),
        (ARTICLES, "x", {"no_such": 1}, "unexpected argument '--no-such'"),
        (ARTICLES, "x", {"reader": "eyes"}, "invalid value 'eyes'"),
        (ARTICLES, "x", {"model": ROOT / "README.md"}, "README.md: "),
    ],
)
def test_errors_have_the_commands_texts(data: object, targets: object, options: dict, message: str) -> None:
    with pytest.raises(framescope.FramescopeError) as raised:
        framescope.classify(data, targets, **options)  # type: ignore[arg-type]
    assert message in str(raised.value)


def test_what_is_no_data_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="expected a data frame"):
        framescope.classify(7, "x")
    with pytest.raises(TypeError, match="expected a list of names"):
        framescope.classify(ARTICLES, framescope.Target("x", aliases="y"))


def test_notes_are_warnings() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        framescope.classify(ARTICLES, "tidal barier")
    assert ["no sentence names `tidal barier`" in str(one.message) for one in said] == [True]
    assert said[0].filename == __file__
