"""Reports, explanations, samples, plans and agreement."""

from __future__ import annotations

import csv
import io
import json
import pickle
import sys

import pandas
import pytest
from conftest import ARTICLES, LABELS, ROOT, TARGET, TYPED, command

import framescope


def test_a_report_is_the_commands() -> None:
    report = framescope.Report(ARTICLES, TARGET)
    written = json.loads(command("report", ARTICLES, *TYPED, "--format", "json"))
    assert report.to_dict() == written
    frame = framescope.Report(pandas.read_csv(ARTICLES), [TARGET]).to_dict()
    assert {**frame, "provenance": None} == {**written, "provenance": None}
    assert frame["provenance"]["inputs"] == ["<articles>"]
    assert report.to_text() == command("report", ARTICLES, *TYPED) == repr(report)


def test_a_page_stands_alone_in_a_notebook() -> None:
    shown = framescope.Report(ARTICLES, TARGET)._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts"')
    assert "<html" not in shown
    assert "&lt;html" in shown


def test_figures_are_tables() -> None:
    report = framescope.Report(ARTICLES, TARGET)
    written = list(csv.DictReader(io.StringIO(command("report", ARTICLES, *TYPED, "--format", "csv"))))
    shares = report.shares().to_dicts()
    assert len(shares) == len(written)
    assert [row["outlet"] for row in shares] == [row["outlet"] for row in written]
    assert all(isinstance(row["sentences"], int) for row in shares)
    assert len(report.quotes()) > 10
    assert len(report.openings()) > 0
    assert len(report.timeline()) > 0
    assert len(report.prominence()) > 0
    speakers = report.speakers().to_pandas()
    assert speakers.iloc[0].speaker == "J. R. Tolland"
    assert speakers.sentences.min() > 0


def test_a_plot_has_the_shares_of_each_outlet() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    report = framescope.Report(ARTICLES, TARGET)
    figure = report.plot()
    (axes,) = figure.axes
    outlets = [label.get_text() for label in axes.get_yticklabels()]
    shares = [row for row in report.shares().to_dicts() if row["voice"] == "outlet" and row["about"] == "mention"]
    assert outlets == list(dict.fromkeys(row["outlet"] for row in shares))
    widths = {
        (outlet, bars.get_label()): bar.get_width()
        for bars in axes.containers
        for outlet, bar in zip(outlets, bars, strict=True)
    }
    assert widths == pytest.approx({(row["outlet"], row["label"]): row["share"] for row in shares})
    pyplot.close(figure)


def test_without_matplotlib_altair_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("altair")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    chart = framescope.Report(ARTICLES, TARGET).plot().to_dict()
    assert chart["encoding"]["x"]["field"] == "share"
    assert {row["outlet"] for row in chart["data"]["values"]} > {"Lanner Courier", "Northway Wire"}


def test_a_report_can_be_pickled() -> None:
    report = framescope.Report(ARTICLES, TARGET)
    again = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(report))))
    assert again.to_html() == report.to_html()
    assert again.to_text(full=True) == report.to_text(full=True)
    assert again.speakers().to_dicts() == report.speakers().to_dicts()
    assert again.timeline().to_dicts() == report.timeline().to_dicts()


def test_hand_labels_correct_a_report(tmp_path: object) -> None:
    drawn = framescope.sample(ARTICLES, TARGET, per_outlet=12, seed=3).to_pandas()
    assert drawn.label.isna().all()
    drawn["label"] = ["critical", "neutral", "supportive"] * (len(drawn) // 3) + ["neutral"] * (len(drawn) % 3)
    drawn["coder"] = "ann"
    report = framescope.Report(ARTICLES, TARGET, labels=drawn)
    together = report.to_dict()["targets"][0]["together"]
    assert together[0]["audited"] is not None
    planned = framescope.plan(ARTICLES, TARGET, labels=drawn, width=[0.1])
    assert planned
    path = f"{tmp_path}/audit.csv"
    drawn.to_csv(path, index=False)
    assert framescope.Report(ARTICLES, TARGET, labels=path).to_dict()["targets"] == report.to_dict()["targets"]


def test_agreement_takes_files_and_frames() -> None:
    path = ROOT / "labels/stance.csv"
    assert framescope.agree(path) == framescope.agree(pandas.read_csv(path, dtype=str)) == json.loads(
        command("agree", path, "--format", "json")
    )


def test_an_explanation_is_coloured() -> None:
    text = "Lawmakers mocked the <tidal> tidal barrier – “folly”."
    found = framescope.explain(text, TARGET)
    assert found["label"] == "critical"
    shown = found._repr_html_()
    assert "<b>tidal barrier</b>" in shown
    assert "&lt;" in shown
    assert "mocked</span>" in shown
    assert "<tidal>" not in shown
    assert framescope.explain("--help")["text"] == "--help"


def test_labelled_rows_are_plain(table: framescope.Table) -> None:
    assert set(table.to_pandas().stance.dropna()) == {"critical", "neutral", "supportive"}
    assert LABELS.exists()
