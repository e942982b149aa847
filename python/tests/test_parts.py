"""Corpora that are counted in parts."""

from __future__ import annotations

import json
from pathlib import Path

import pandas
import pyarrow
import pytest
from conftest import ARTICLES, TARGET, TYPED, command

import framescope
from framescope import _core
from framescope.calls import Call
from framescope.corpus_batches import Batches


def counted(table: framescope.Table) -> list[bytes]:
    """Every article by itself."""
    rows = pyarrow.table(table).to_pandas()
    return [framescope.partial(article, TARGET) for _, article in rows.groupby("article_id")]


def test_parts_in_any_order_and_as_a_tree_make_the_report_on_all(table: framescope.Table) -> None:
    whole = framescope.Report(pyarrow.table(table), TARGET).to_dict()
    states = counted(table)
    assert len(states) > 9
    report = framescope.merge(reversed(states)).to_dict()
    tree = framescope.merge([framescope.merge_states(states[:7]), framescope.merge_states(states[7:])])
    assert tree.to_dict() == report
    for figures in (whole, report):
        figures["provenance"]["inputs"] = None
    assert report == whole


def test_states_are_the_commands(tmp_path: Path) -> None:
    halves = [pandas.read_csv(ARTICLES, dtype=str).iloc[at::2] for at in (0, 1)]
    paths = [tmp_path / f"{at}.csv" for at in (0, 1)]
    for half, path in zip(halves, paths, strict=True):
        half.to_csv(path, index=False)
    states = [framescope.partial(path, TARGET) for path in paths]
    for at, path in enumerate(paths):
        command("report", path, *TYPED, "--partial", tmp_path / f"{at}.state")
        assert (tmp_path / f"{at}.state").read_bytes() == states[at]
    written = command("report", "--merge", *sorted(tmp_path.glob("*.state")), "--format", "json")
    assert framescope.merge(states).to_dict() == json.loads(written)
    assert framescope.merge(sorted(tmp_path.glob("*.state"))).to_json() == framescope.merge(states).to_json()


def test_parts_that_do_not_belong_together_are_refused(table: framescope.Table) -> None:
    states = counted(table)[:2]
    other = framescope.partial(ARTICLES, ["quay"])
    with pytest.raises(framescope.FramescopeError, match="<state 3>: counted with other targets"):
        framescope.merge([*states, other])
    with pytest.raises(framescope.FramescopeError, match="a damaged state: its hash is another"):
        framescope.merge_states([states[0], states[1][:-1] + b"\0"])
    with pytest.raises(framescope.FramescopeError, match="no state"):
        framescope.merge([])
    with pytest.raises(TypeError, match=r"write \[state\]"):
        framescope.merge(states[0])


def test_labels_find_their_sentences_when_parts_are_merged() -> None:
    audit = framescope.sample(ARTICLES, TARGET, per_outlet=6).to_pandas()
    audit["label"], audit["coder"] = "neutral", "ann"
    articles = pandas.read_csv(ARTICLES, dtype=str)
    parts = [articles.iloc[:8], articles.iloc[8:]]
    report = framescope.merge([framescope.partial(part, TARGET, labels=audit) for part in parts])
    assert report.to_dict()["provenance"]["audit"]["labelled"] == len(audit)


def test_batches_are_those_that_the_command_reads_together() -> None:
    bits = 33
    batches = Batches(bits)
    second = 1 << bits
    batches.add([0, 1, second, second + 1], [1, _core.BATCH_BYTES, 3, 4])
    batches.add(range(second + 2, second + 2 + _core.BATCH_ARTICLES), [0] * _core.BATCH_ARTICLES)
    last = second + _core.BATCH_ARTICLES - 1
    assert batches.ranges == [(0, 0, 1, 0), (1, second, last, 1), (1, last + 1, last + 2, 2)]


def test_what_is_known_of_articles_beforehand() -> None:
    rows = [
        {"id": "a", "outlet": "Lamp", "title": "Dam", "text": "The dam is old."},
        {"id": "b", "outlet": "Lamp", "title": "Dam", "text": "The  dam is old."},
        {"id": "c", "outlet": "Bell", "title": "Dam", "text": "Grüße."},
        {"id": "d", "outlet": "Bell", "title": "Dam", "text": "n/a"},
    ]
    call = Call("classify").read("articles", rows).with_options(keep_duplicates=True, outlet="Lamp")
    found, _ = _core.survey(call.arguments, call.frames)
    assert [article[0] for article in found] == ["a", "b", "c"]
    assert [article[1] for article in found] == [15, 16, 8]
    assert found[0][2] == found[1][2] != found[2][2]
    assert [article[3] for article in found] == [True, True, False]
